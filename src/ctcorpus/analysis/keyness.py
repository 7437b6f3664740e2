"""Which words a part of the corpus uses more, or less, than another part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctcorpus.analysis import counts_measures as measures
from ctcorpus.analysis.basis import basis_of
from ctcorpus.analysis.counts import WordStream
from ctcorpus.analysis.counts_cache import cached_stream
from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.index.base import Index
from ctcorpus.model.words import Keyness, Keyword
from ctcorpus.query.plan import STOP_WORDS
from ctcorpus.query.select import Selection, select
from ctcorpus.store import Store

if TYPE_CHECKING:
    from numpy import bool_
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
    stream = cached_stream(store)
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
    here, there = stream.words_in(inside), stream.words_in(other)
    a, b = stream.counted(here), stream.counted(there)
    c, d = int(a.sum()), int(b.sum())
    wanted = (a + b >= max(1, minimum)) & (_content(stream) | all_words)
    terms = np.flatnonzero(wanted) if c and d else np.zeros(0, dtype=np.int64)
    score = measures.g2(a[terms], b[terms], c, d)
    ratio = measures.log_ratio(a[terms], b[terms], c, d)
    best = sorted(range(len(terms)), key=lambda i: (-round(float(score[i]), 6), stream.terms[terms[i]]))[:limit]
    spread = {True: Spread(stream, here), False: Spread(stream, there)}
    filters = (target.query, reference.query if reference is not None else None)
    rows = []
    for at in best:
        term, more = int(terms[at]), bool(ratio[at] > 0)
        dispersion, documents = spread[more].of(term)
        rows.append(
            Keyword(
                term=stream.terms[term],
                target=int(a[term]),
                reference=int(b[term]),
                target_per_million=round(measures.per_million(int(a[term]), c), 6),
                reference_per_million=round(measures.per_million(int(b[term]), d), 6),
                g2=round(float(score[at]), 6),
                log_ratio=round(float(ratio[at]), 6),
                more_in="target" if more else "reference",
                dispersion=dispersion,
                documents=documents,
                query=_opening(stream.terms[term], *filters, in_target=more),
            )
        )
    return Keyness(
        basis=basis_of(target),
        against=basis_of(reference) if reference is not None else None,
        target_passages=int(inside.sum()),
        reference_passages=int(other.sum()),
        target_words=c,
        reference_words=d,
        shared=shared,
        minimum=minimum,
        candidates=len(terms),
        measures={"g2": measures.G2, "log_ratio": measures.LOG_RATIO, "dispersion": measures.DP},
        rows=tuple(rows),
        warnings=tuple(_warnings(spread)),
    )


class Spread:
    """How words are spread over the documents of some of the stream's words."""

    def __init__(self, stream: WordStream, words: NDArray[bool_]) -> None:
        """words: which words of the stream are looked at, a truth value each."""
        import numpy as np

        self._stream = stream
        self._at = np.flatnonzero(words)
        self._words = stream.words[self._at]
        self._sizes = np.bincount(stream.documents_at(self._at), minlength=len(stream.documents))

    @property
    def documents(self) -> int:
        """Documents with at least one of the words."""
        import numpy as np

        return int(np.count_nonzero(self._sizes))

    def of(self, term: int) -> tuple[float | None, int]:
        """The dispersion of a term, to six digits, and the documents that it stands in."""
        import numpy as np

        places = self._stream.documents_at(self._at[self._words == term])
        counts = np.bincount(places, minlength=len(self._sizes))
        found = measures.dispersion(counts, self._sizes)
        return None if found is None else round(found, 6), int(np.count_nonzero(counts))


def _content(stream: WordStream) -> NDArray[bool_]:
    """Which terms are no stop words."""
    import numpy as np

    return np.fromiter((x not in STOP_WORDS for x in stream.terms), dtype=bool, count=len(stream.terms))


def _opening(term: str, target: str, reference: str | None, *, in_target: bool) -> str:
    """The search that opens a term's passages on the side where it is more frequent."""
    if in_target:
        return f"={term} ({target})" if target else f"={term}"
    rest = f" -({target})" if target else ""
    return f"={term} ({reference}){rest}" if reference else f"={term}{rest}"


def _warnings(spread: dict[bool, Spread]) -> list[str]:
    names = {True: "target", False: "reference"}
    return [
        f"the {names[side]} has {found.documents} document{'' if found.documents == 1 else 's'}: "
        "one of them alone may make a word key, so look at its dispersion"
        for side, found in spread.items()
        if 0 < found.documents < FEW_DOCUMENTS
    ]
