"""Which words a part of the corpus uses more, or less, than another part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from ctcorpus.analysis.basis import basis_of
from ctcorpus.analysis.words import measures as measures
from ctcorpus.analysis.words.stream import WordStream, word_stream
from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.index.base import Index
from ctcorpus.model.words import Keyness, Keyword
from ctcorpus.query.select import Selection, select
from ctcorpus.store import Store

if TYPE_CHECKING:
    from numpy import bool_, float64, int64
    from numpy.typing import NDArray

#: documents of a side below which one of them alone may make a word key
FEW_DOCUMENTS = 5


def keyness(
    store: Store,
    index: Index,
    table: LabelTable | None,
    target: str,
    reference: str | None = None,
    *,
    minimum: int = 5,
    limit: int = 30,
    all_words: bool = False,
) -> Keyness:
    """The words by which the passages of one filter depart from those of another; see ``compared``.

    reference: None for the rest of the corpus.
    """
    chosen = select(store, index, table, target)
    against = select(store, index, table, reference) if reference is not None else None
    stream = word_stream(store)
    return compared(stream, chosen, against, minimum=minimum, limit=limit, all_words=all_words)


def compared(
    stream: WordStream,
    target: Selection,
    reference: Selection | None = None,
    *,
    minimum: int = 5,
    limit: int = 30,
    all_words: bool = False,
) -> Keyness:
    """The words whose relative frequency in the target departs most from the reference, by G2, at most ``limit``.

    reference: None for all that is not in the target; what both select counts as the target's. minimum: occurrences
    in both together. all_words: also articles, prepositions and the like. Terms are exact forms; a compound counts
    as its parts. Without a word on either side there are no rows.
    """
    import numpy as np

    inside = stream.selected(target)
    other = stream.selected(reference) if reference is not None else np.ones(len(stream), dtype=bool)
    shared = int((inside & other).sum()) if reference is not None else 0
    other &= ~inside
    sides = _Sides(stream, stream.words_in(inside), stream.words_in(other))
    wanted = (sides.a + sides.b >= max(1, minimum)) & (stream.content() | all_words)
    terms = np.flatnonzero(wanted) if sides.c and sides.d else np.zeros(0, dtype=np.int64)
    opening = partial(_opening, target=target.query, reference=reference.query if reference is not None else None)
    return Keyness(
        basis=basis_of(target),
        against=basis_of(reference) if reference is not None else None,
        target_passages=int(inside.sum()),
        reference_passages=int(other.sum()),
        target_words=sides.c,
        reference_words=sides.d,
        shared=shared,
        minimum=minimum,
        candidates=len(terms),
        measures={"g2": measures.G2, "log_ratio": measures.LOG_RATIO, "dispersion": measures.DP},
        rows=tuple(sides.keywords(terms, limit, opening)),
        warnings=tuple(sides.warnings()),
    )


class _Sides:
    """Two heaps of words. a, b: how often each term stands in them; c, d: their words."""

    def __init__(self, stream: WordStream, here: NDArray[bool_], there: NDArray[bool_]) -> None:
        self._stream = stream
        self.a = stream.counted(here)
        # counting what is left over takes as long as reading it all; subtracting takes nothing
        self.b = stream.totals - self.a if bool((here ^ there).all()) else stream.counted(there)
        self.c, self.d = int(self.a.sum()), int(self.b.sum())
        self._words = {True: here, False: there}
        self._sizes = {side: document_sizes(stream, words) for side, words in self._words.items()}

    def keywords(self, terms: NDArray[int64], limit: int, opening: Callable[..., str]) -> Iterator[Keyword]:
        """The best of these terms, by G2; none of which a heap is too small to say on which side it is more frequent.

        In ten words a term is not "less frequent" for being absent: half an occurrence would be more than the other
        heap has.
        """
        is_more = self.a[terms] * self.d > self.b[terms] * self.c
        terms = terms[is_more == (measures.log_ratio(self.a[terms], self.b[terms], self.c, self.d) > 0)]
        tables = (self.a[terms], self.b[terms], self.c, self.d)
        score, ratio = measures.g2(*tables), measures.log_ratio(*tables)
        order = best(terms, score, limit)
        spread = {x: Spread(self._stream, self._words[x], self._sizes[x], terms[order]) for x in (True, False)}
        for at in order:
            term, more = int(terms[at]), bool(ratio[at] > 0)
            here, there = int(self.a[term]), int(self.b[term])
            dispersion, documents = spread[more].of(term)
            yield Keyword(
                term=self._stream.terms[term],
                target=here,
                reference=there,
                target_per_million=round(measures.per_million(here, self.c), 6),
                reference_per_million=round(measures.per_million(there, self.d), 6),
                g2=round(float(score[at]), 6),
                log_ratio=round(float(ratio[at]), 6),
                more_in="target" if more else "reference",
                dispersion=dispersion,
                documents=documents,
                query=opening(self._stream.terms[term], in_target=more),
            )

    def warnings(self) -> Iterator[str]:
        """What a reader should know of the two."""
        for side, name in ((True, "target"), (False, "reference")):
            documents = int((self._sizes[side] > 0).sum())
            if 0 < documents < FEW_DOCUMENTS:
                some = f"{documents} document" + ("" if documents == 1 else "s")
                yield f"the {name} has {some}: a single one may make a word key, so look at the dispersion"


def best(terms: NDArray[int64], score: NDArray[float64], limit: int) -> list[int]:
    """The places in ``terms`` of the highest scores, ties in the order of the terms' letters, as they are numbered."""
    import numpy as np

    order: list[int] = np.lexsort((terms, -score.round(6)))[:limit].tolist()
    return order


class Spread:
    """How some terms are spread over the documents of some of the stream's words."""

    def __init__(self, stream: WordStream, words: NDArray[bool_], sizes: NDArray[int64], terms: NDArray[int64]) -> None:
        """words: which words of the stream are looked at, a truth value each. sizes: how many of them each document
        has. terms: those that are asked for."""
        import numpy as np

        self._sizes = sizes
        wanted = np.zeros(len(stream.terms), dtype=bool)
        wanted[terms] = True
        at = np.flatnonzero(wanted[stream.words] & words)
        self._terms, self._documents = stream.words[at], stream.documents_at(at)

    def of(self, term: int) -> tuple[float | None, int]:
        """The dispersion of a term, to six digits, and the documents that it stands in."""
        import numpy as np

        counts = np.bincount(self._documents[self._terms == term], minlength=len(self._sizes))
        found = measures.dispersion(counts, self._sizes)
        return None if found is None else round(found, 6), int(np.count_nonzero(counts))


def document_sizes(stream: WordStream, words: NDArray[bool_]) -> NDArray[int64]:
    """How many of these words each document has."""
    import numpy as np

    rows = stream.places[:, 0].searchsorted(np.arange(len(stream.documents) + 1))
    counts = [np.count_nonzero(words[first:stop]) for first, stop in pairwise(stream.offsets[rows].tolist())]
    return np.asarray(counts, dtype=np.int64)


def _opening(term: str, *, target: str, reference: str | None, in_target: bool) -> str:
    """The search that opens a term's passages on the side where it is more frequent."""
    if in_target:
        return f"={term} ({target})" if target else f"={term}"
    rest = f" -({target})" if target else ""
    return f"={term} ({reference}){rest}" if reference else f"={term}{rest}"
