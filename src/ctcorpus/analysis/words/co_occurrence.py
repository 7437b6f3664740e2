"""Which concepts stand in the same passages, counted by the index alone."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from ctcorpus.analysis.words.measures import G2, g2
from ctcorpus.index.base import Index
from ctcorpus.model.analysis import Basis
from ctcorpus.model.query import And, ConceptIs, Everything, Filtered, Query
from ctcorpus.model.words import ConceptPair, CoOccurrence

#: concepts that are paired with each other: those in most passages
MOST_CONCEPTS = 40


def co_occurrence(
    index: Index,
    concepts: Iterable[str],
    basis: Basis,
    within: Query | None = None,
    *,
    minimum: int = 1,
    most: int = MOST_CONCEPTS,
) -> CoOccurrence:
    """The pairs among the ``most`` concepts in most passages that stand in the same passages, by G2.

    concepts: ids. within: only passages that match it; None for all. minimum: passages that a pair has at least.
    Umbrella concepts are the caller's to leave out. A concept that no passage names is in no row.
    """
    import numpy as np

    found = {x: index.frequency(_all(within, x)) for x in concepts}
    kept = dict(sorted(((x, n) for x, n in found.items() if n), key=lambda x: (-x[1], x[0]))[:most])
    total = index.frequency(_all(within))
    pairs = []
    for a, b in combinations(kept, 2):
        together = index.frequency(_all(within, a, b))
        if together < max(1, minimum):
            continue
        rest = kept[b] - together
        score = g2(np.asarray([together]), np.asarray([rest]), kept[a], total - kept[a])
        expected = kept[a] * kept[b] / total
        pairs.append(
            ConceptPair(
                a=a,
                b=b,
                passages=together,
                a_passages=kept[a],
                b_passages=kept[b],
                expected=round(expected, 6),
                g2=round(float(score[0]), 6),
                query=f"@{a} AND @{b}" + (f" AND ({within})" if within else ""),
            )
        )
    pairs.sort(key=lambda x: (-x.g2, x.a, x.b))
    return CoOccurrence(basis=basis, concepts=kept, measure=G2, pairs=tuple(pairs))


def _all(within: Query | None, *concepts: str) -> Query:
    """All of them at once; without any, everything."""
    clauses = (*((within,) if within else ()), *(ConceptIs(x) for x in concepts))
    return Filtered(And(clauses) if clauses else Everything())
