"""Passages that are like a text which the corpus holds: cosine of TF-IDF weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ctcorpus.analysis.basis import basis_of
from ctcorpus.analysis.words.stream import WordStream, word_stream
from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.index.analysis import Analyzer
from ctcorpus.index.base import Index
from ctcorpus.model.span import Span
from ctcorpus.model.words import Alike, Similar
from ctcorpus.query.search import cite
from ctcorpus.query.select import Selection, select
from ctcorpus.store import Store

if TYPE_CHECKING:
    from numpy import bool_, float64
    from numpy.typing import NDArray

MEASURE = "cosine of TF-IDF weights of stems, function words left out (idf as in scikit-learn), 0 to 1"
#: shared words that are named
MOST_SHARED = 6
#: words, and passages, that are looked at together
_BLOCK, _BATCH = 1 << 21, 64
#: sums of many weights agree to so much
_SLACK = 1e-9


def similar(
    store: Store,
    index: Index,
    table: LabelTable | None,
    document: str,
    span: Span | None,
    *,
    where: str = "",
    same_document: bool = False,
    limit: int = 10,
) -> Similar:
    """The passages most like a span of a document, or like all of it, best first; see ``most_alike``.

    document: its id. where: a filter; empty for all. same_document: also other passages of that document.
    """
    stream = word_stream(store)
    passages = store.passages_of(document)
    if span is None:
        text, name = " ".join(x.text for x in passages), document
        own = frozenset(x.passage.id for x in passages)
    else:
        text, name = span.of(store.text(document)), f"{document}:{span.start}-{span.end}"
        own = frozenset(x.passage.id for x in passages if span.overlaps(x.passage.span))
    chosen = select(store, index, table, where)
    without = None if same_document else document
    return most_alike(store, stream, chosen, text, name, without=without, own=own, limit=limit)


def most_alike(
    store: Store,
    stream: WordStream,
    selection: Selection,
    text: str,
    id: str,
    *,
    without: str | None = None,
    own: frozenset[str] = frozenset(),
    limit: int = 10,
) -> Similar:
    """The passages of the selection most like ``text``, best first; those that share no word are left out.

    id: what the text is called. without: a document that is left out. own: passages that are left out, being the
    text itself.
    """
    idf = stream.idf()
    chosen = stream.selected(selection)
    left_out = stream.rows_of(without) if without else range(0)
    chosen[left_out.start : left_out.stop] = False
    for passage in own:
        row = stream.row_of(passage)
        if row is not None:
            chosen[row] = False
    asked = weights(stream, idf, text)
    rows = Likeness(stream, idf, asked).best(chosen, limit)
    return Similar(
        basis=basis_of(selection),
        id=id,
        measure=MEASURE,
        compared=int(chosen.sum()),
        passages=tuple(_alike(store, stream, asked * idf, rows)),
    )


def weights(stream: WordStream, idf: NDArray[float64], text: str) -> NDArray[float64]:
    """A text as a row of length 1, a weight for each stem; zeros where the corpus knows none of its words."""
    import numpy as np

    counts = Counter(x.stem for x in Analyzer().tokens(text) if not x.joined)
    row = np.zeros(len(stream.stems))
    for stem, times in counts.items():
        number = stream.stem(stem)
        if number is not None:
            row[number] = times * idf[number]
    length = float(np.linalg.norm(row))
    return np.asarray(row / length if length else row, dtype=np.float64)


class Likeness:
    """How alike passages are to a text: a sum over their words, so that no matrix is needed.

    A passage's cosine is that sum over the length of its row of weights. Lengths take long to compute: they are
    computed for the passages that can be among the best, which a length that none is below tells.
    """

    def __init__(self, stream: WordStream, idf: NDArray[float64], asked: NDArray[float64]) -> None:
        """idf: the weight of each stem. asked: the text, as ``weights`` gives it."""
        self._stream = stream
        self._idf = idf
        self._asked = asked

    def best(self, chosen: NDArray[bool_], limit: int) -> list[tuple[int, float]]:
        """The rows of the most alike of the chosen passages and their cosines, best first, ties in order of row."""
        import numpy as np

        most = np.where(chosen, self._at_most(), 0.0)
        rows = np.flatnonzero(most > 0)
        rows = rows[np.lexsort((rows, -most[rows]))]
        found: list[tuple[float, int]] = []
        for first in range(0, len(rows), _BATCH):
            if len(found) >= limit and (limit < 1 or most[rows[first]] < -found[limit - 1][0] - _SLACK):
                break
            found += [(-round(self.cosine(x), 9), x) for x in rows[first : first + _BATCH].tolist()]
            found.sort()
        return [(row, -cosine) for cosine, row in found[:limit]]

    def cosine(self, row: int) -> float:
        """How alike a passage is to the text; 0 where it has no words but function words."""
        import numpy as np

        stream = self._stream
        words = stream.words[stream.offsets[row] : stream.offsets[row + 1]]
        stems, counts = np.unique(stream.stem_of[words], return_counts=True)
        weighted = counts * self._idf[stems]
        length = float(np.linalg.norm(weighted))
        return float(weighted @ self._asked[stems]) / length if length else 0.0

    def _at_most(self) -> NDArray[float64]:
        """What no passage's cosine is above: a stem that stands k times adds k squared to the length squared, at least
        k."""
        import numpy as np

        stream = self._stream
        found = np.zeros(len(stream))
        gain = (self._asked * self._idf)[stream.stem_of]
        square = (self._idf**2)[stream.stem_of]
        filled = np.flatnonzero(np.diff(stream.offsets))
        for rows in np.array_split(filled, 1 + len(stream.words) // _BLOCK):
            if len(rows):
                begin, end = int(stream.offsets[rows[0]]), int(stream.offsets[rows[-1] + 1])
                words, firsts = stream.words[begin:end], stream.offsets[rows] - begin
                length = np.sqrt(np.add.reduceat(square[words], firsts))
                found[rows] = np.add.reduceat(gain[words], firsts) / np.where(length > 0, length, 1.0)
        return found


def _alike(store: Store, stream: WordStream, gain: NDArray[float64], rows: Sequence[tuple[int, float]]) -> list[Alike]:
    """The passages in these rows, with their cosines. gain: what each stem adds to one."""
    stored = store.passages(stream.passage(row) for row, _ in rows)
    found = []
    for row, score in rows:
        passage = stored[stream.passage(row)]
        words = stream.words[stream.offsets[row] : stream.offsets[row + 1]]
        gains: dict[str, float] = {}
        for word in words.tolist():
            if gain[stream.stem_of[word]]:
                term = stream.terms[word]
                gains[term] = gains.get(term, 0.0) + float(gain[stream.stem_of[word]])
        shared = sorted(gains, key=lambda x: (-round(gains[x], 9), x))[:MOST_SHARED]
        document = passage.passage.document
        found.append(
            Alike(
                passage=passage.passage.id,
                document=document,
                citekey=store.entry(document).citekey,
                score=round(score, 6),
                shared=tuple(shared),
                text=passage.text,
                citation=cite(store, passage),
            )
        )
    return found
