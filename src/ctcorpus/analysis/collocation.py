"""Which words stand beside a word more often than chance would put them there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctcorpus.analysis import counts_measures as measures
from ctcorpus.analysis.basis import basis_of
from ctcorpus.analysis.counts import WordStream
from ctcorpus.analysis.counts_cache import cached_stream
from ctcorpus.analysis.counts_mentions import mentions
from ctcorpus.analysis.counts_nodes import Nodes
from ctcorpus.analysis.keyness import Spread
from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.errors import UsageError
from ctcorpus.index.base import Index
from ctcorpus.model.query import ConceptIs, Query
from ctcorpus.model.words import Collocate, Collocations
from ctcorpus.query.expand import resolved
from ctcorpus.query.parse import parse
from ctcorpus.query.plan import STOP_WORDS
from ctcorpus.query.select import Selection, select
from ctcorpus.store import Store

if TYPE_CHECKING:
    from numpy import bool_, int64
    from numpy.typing import NDArray


def collocates(
    store: Store,
    index: Index,
    table: LabelTable | None,
    word: str,
    *,
    where: str = "",
    window: int = 5,
    minimum: int = 3,
    limit: int = 30,
    all_words: bool = False,
) -> Collocations:
    """The words beside a word, phrase, wildcard or concept, in the passages of a filter; see ``beside``.

    where: the filter; empty for all. Raises UsageError for a window below 1, or for what is not one thing.
    """
    if window < 1:
        raise UsageError(f"A window of '{window}' words holds none", "Give --window 1 or more")
    parsed = parse(word)
    asked = resolved(parsed.query, table) if table else parsed.query
    stream = cached_stream(store)

    def named(concept: ConceptIs) -> NDArray[int64]:
        return mentions(store, stream, select(store, index, None, str(concept)), concept)

    return beside(
        Nodes(stream, index, named),
        asked,
        select(store, index, table, where),
        window=window,
        minimum=minimum,
        limit=limit,
        all_words=all_words,
    )


def beside(
    nodes: Nodes,
    word: Query,
    selection: Selection,
    *,
    window: int = 5,
    minimum: int = 3,
    limit: int = 30,
    all_words: bool = False,
) -> Collocations:
    """The words within ``window`` words of an occurrence, in the same passage, by G2, at most ``limit``.

    A word in the windows of two occurrences counts once, and the occurrences' own words count nowhere: the words of
    the selection are parted into those inside a window and those outside, and a term is held against both.
    minimum: times in a window. Only words more frequent inside than outside are given.
    """
    import numpy as np

    stream = nodes.stream
    passages = stream.selected(selection)
    found = nodes.find(word)
    found = found[passages[stream.passages_at(found[:, 0])]] if len(found) else found
    own = _covered(found, len(stream.words))
    rest = stream.words_in(passages) & ~own
    inside = _windows(stream, found, window) & rest
    outside = rest & ~inside
    a, b = stream.counted(inside), stream.counted(outside)
    c, d = int(a.sum()), int(b.sum())
    terms = np.flatnonzero(a >= max(1, minimum))
    terms = terms[[all_words or stream.terms[x] not in STOP_WORDS for x in terms]] if len(terms) else terms
    expected = (a + b)[terms] * (c / max(1, c + d))
    terms, expected = terms[a[terms] > expected], expected[a[terms] > expected]
    score, ratio, mutual = (
        x(a[terms], b[terms], c, d) for x in (measures.g2, measures.log_ratio, measures.mutual_information)
    )
    best = sorted(range(len(terms)), key=lambda i: (-round(float(score[i]), 6), stream.terms[terms[i]]))[:limit]
    spread = Spread(stream, inside)
    rows = []
    for at in best:
        term = int(terms[at])
        dispersion, documents = spread.of(term)
        rows.append(
            Collocate(
                term=stream.terms[term],
                together=int(a[term]),
                alone=int(a[term] + b[term]),
                expected=round(float(expected[at]), 6),
                g2=round(float(score[at]), 6),
                log_ratio=round(float(ratio[at]), 6),
                mi=round(float(mutual[at]), 6),
                dispersion=dispersion,
                documents=documents,
                query=_opening(str(word), stream.terms[term], window, selection.query),
            )
        )
    return Collocations(
        basis=basis_of(selection),
        word=str(word),
        window=window,
        minimum=minimum,
        occurrences=len(found),
        words=c + d,
        candidates=len(terms),
        measures={
            "g2": measures.G2,
            "log_ratio": measures.LOG_RATIO,
            "mi": measures.MI,
            "dispersion": measures.DP,
        },
        rows=tuple(rows),
    )


def _covered(found: NDArray[int64], words: int) -> NDArray[bool_]:
    """The words of the occurrences themselves, a truth value for each word of the stream."""
    import numpy as np

    steps = np.zeros(words + 1, dtype=np.int32)
    np.add.at(steps, found[:, 0], 1)
    np.add.at(steps, found[:, 1] + 1, -1)
    return np.asarray(np.cumsum(steps[:-1]) > 0)


def _windows(stream: WordStream, found: NDArray[int64], window: int) -> NDArray[bool_]:
    """The words within the window of an occurrence, in its passage, a truth value for each word of the stream."""
    import numpy as np

    passages = stream.passages_at(found[:, 0])
    first = np.maximum(found[:, 0] - window, stream.offsets[passages])
    last = np.minimum(found[:, 1] + window, stream.offsets[passages + 1] - 1)
    return _covered(np.stack([first, last], axis=1), len(stream.words))


def _opening(word: str, term: str, window: int, where: str) -> str:
    """The search that opens the passages in which both stand within the window."""
    together = f"{word} w/{window} ={term}"
    return f"({together}) ({where})" if where else together
