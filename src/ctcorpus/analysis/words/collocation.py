"""Which words stand beside a word more often than chance would put them there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from ctcorpus.analysis.basis import basis_of
from ctcorpus.analysis.words import measures as measures
from ctcorpus.analysis.words.keyness import Spread, best, document_sizes
from ctcorpus.analysis.words.mentions import mentions
from ctcorpus.analysis.words.nodes import Nodes
from ctcorpus.analysis.words.stream import WordStream, word_stream
from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.errors import UsageError
from ctcorpus.index.base import Index
from ctcorpus.model.query import ConceptIs, Query
from ctcorpus.model.words import Collocate, Collocations
from ctcorpus.query.expand import resolved
from ctcorpus.query.parse import parse
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
    stream = word_stream(store)

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
    a, b = stream.counted(inside), stream.counted(rest & ~inside)
    c, d = int(a.sum()), int(b.sum())
    wanted = (a >= max(1, minimum)) & (a > (a + b) * (c / max(1, c + d)))
    terms = np.flatnonzero(wanted & (stream.content() | all_words))
    opening = partial(_opening, str(word), window=window, where=selection.query)
    return Collocations(
        basis=basis_of(selection),
        word=str(word),
        window=window,
        minimum=minimum,
        occurrences=len(found),
        words=c + d,
        candidates=len(terms),
        measures={"g2": measures.G2, "log_ratio": measures.LOG_RATIO, "mi": measures.MI, "dispersion": measures.DP},
        rows=tuple(_rows(stream, terms, inside, (a, b, c, d), limit, opening)),
    )


def _rows(
    stream: WordStream,
    terms: NDArray[int64],
    inside: NDArray[bool_],
    counts: tuple[NDArray[int64], NDArray[int64], int, int],
    limit: int,
    opening: Callable[[str], str],
) -> Iterator[Collocate]:
    """The best of these terms, by G2. inside: the words of the windows; counts: of each term there and elsewhere."""
    a, b, c, d = counts
    tables = (a[terms], b[terms], c, d)
    score, ratio, mutual = (x(*tables) for x in (measures.g2, measures.log_ratio, measures.mutual_information))
    order = best(terms, score, limit)
    spread = Spread(stream, inside, document_sizes(stream, inside), terms[order])
    for at in order:
        term = int(terms[at])
        dispersion, documents = spread.of(term)
        yield Collocate(
            term=stream.terms[term],
            together=int(a[term]),
            alone=int(a[term] + b[term]),
            expected=round(float((a[term] + b[term]) * c / (c + d)), 6),
            g2=round(float(score[at]), 6),
            log_ratio=round(float(ratio[at]), 6),
            mi=round(float(mutual[at]), 6),
            dispersion=dispersion,
            documents=documents,
            query=opening(stream.terms[term]),
        )


def _covered(found: NDArray[int64], words: int) -> NDArray[bool_]:
    """The words from first to last of each stretch, a truth value for each word of the stream."""
    import numpy as np

    marked = np.zeros(words, dtype=bool)
    at, last = found[:, 0], found[:, 1]
    while len(at):
        marked[at] = True
        longer = at < last
        at, last = at[longer] + 1, last[longer]
    return marked


def _windows(stream: WordStream, found: NDArray[int64], window: int) -> NDArray[bool_]:
    """The words within the window of an occurrence, in its passage, a truth value for each word of the stream."""
    import numpy as np

    passages = stream.passages_at(found[:, 0])
    first = np.maximum(found[:, 0] - window, stream.offsets[passages])
    last = np.minimum(found[:, 1] + window, stream.offsets[passages + 1] - 1)
    return _covered(np.stack([first, last], axis=1), len(stream.words))


def _opening(word: str, term: str, *, window: int, where: str) -> str:
    """The search that opens the passages in which both stand within the window."""
    together = f"{word} w/{window} ={term}"
    return f"({together}) ({where})" if where else together
