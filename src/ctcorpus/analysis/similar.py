"""Passages that are like a text which the corpus holds: cosine of TF-IDF weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ctcorpus.analysis.basis import basis_of
from ctcorpus.analysis.counts import WordStream
from ctcorpus.analysis.counts_cache import cached_stream
from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.index.analysis import Analyzer
from ctcorpus.index.base import Index
from ctcorpus.model.span import Span
from ctcorpus.model.words import Alike, Similar
from ctcorpus.query.search import cite
from ctcorpus.query.select import Selection, select
from ctcorpus.store import Store

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

MEASURE = "cosine of TF-IDF weights of stems, function words left out (idf as in scikit-learn), 0 to 1"
#: shared words that are named
MOST_SHARED = 6


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
    stream = cached_stream(store)
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
    import numpy as np

    asked = weights(stream, text)
    chosen = stream.selected(selection)
    left_out = stream.rows_of(without) if without else range(0)
    chosen[left_out.start : left_out.stop] = False
    score = np.where(chosen, cosines(stream, asked), 0.0)
    for row in _best(score, limit + len(own)):
        if stream.passage(row) in own:
            chosen[row], score[row] = False, 0.0
    rows = _best(score, limit)
    return Similar(
        basis=basis_of(selection),
        id=id,
        measure=MEASURE,
        compared=int(chosen.sum()),
        passages=tuple(_alike(store, stream, asked, rows, score)),
    )


def weights(stream: WordStream, text: str) -> NDArray[float64]:
    """A text as a row of length 1, a weight for each stem; zeros where the corpus knows none of its words."""
    import numpy as np

    known = {stem: number for number, stem in enumerate(stream.stems)}
    numbers = [known[x.stem] for x in Analyzer().tokens(text) if not x.joined and x.stem in known]
    row = np.bincount(np.asarray(numbers, dtype=np.int64), minlength=len(known)) * stream.idf()
    length = float(np.linalg.norm(row))
    return np.asarray(row / length if length else row, dtype=np.float64)


def cosines(stream: WordStream, asked: NDArray[float64]) -> NDArray[float64]:
    """How alike each passage is to a row of length 1: a sum over its words, so that no matrix is needed."""
    import numpy as np

    of_term = (asked * stream.idf())[stream.stem_of]
    score = np.zeros(len(stream))
    filled = np.flatnonzero(np.diff(stream.offsets))
    norms = np.where(stream.norms > 0, stream.norms, 1.0)
    if len(filled):
        score[filled] = np.add.reduceat(of_term[stream.words], stream.offsets[filled]) / norms[filled]
    return score


def _best(score: NDArray[float64], limit: int) -> list[int]:
    """The rows of the highest scores above 0, best first, ties in order of row."""
    import numpy as np

    some = np.flatnonzero(score > 0)
    order = np.lexsort((some, -score[some].round(9)))
    return [int(x) for x in some[order[:limit]]]


def _alike(
    store: Store, stream: WordStream, asked: NDArray[float64], rows: Sequence[int], score: NDArray[float64]
) -> list[Alike]:
    stored = store.passages(stream.passage(row) for row in rows)
    idf = stream.idf()
    found = []
    for row in rows:
        passage = stored[stream.passage(row)]
        words = stream.words[stream.offsets[row] : stream.offsets[row + 1]]
        gains: dict[str, float] = {}
        for word in words:
            stem = stream.stem_of[word]
            if asked[stem]:
                gains.setdefault(stream.terms[word], 0.0)
                gains[stream.terms[word]] += float(asked[stem] * idf[stem])
        shared = sorted(gains, key=lambda x: (-round(gains[x], 9), x))[:MOST_SHARED]
        document = passage.passage.document
        found.append(
            Alike(
                passage=passage.passage.id,
                document=document,
                citekey=store.entry(document).citekey,
                score=round(float(score[row]), 6),
                shared=tuple(shared),
                text=passage.text,
                citation=cite(store, passage),
            )
        )
    return found
