"""The memory engine: passages that are in no store, scored by the plain definition that the others are held to.

BM25 is rank-bm25's, with two of its numbers replaced so that it agrees with Lucene's definition: its idf goes negative
for a term in more than half of the passages, and lengths are kept in one byte there.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ctcorpus.index.analysis import Analyzer
from ctcorpus.index.base import Index, IndexedPassage, Match, Matches, Statistics
from ctcorpus.index.compile import Compiler
from ctcorpus.index.explain import Explanation, explained, named, node
from ctcorpus.index.formula import (
    AllOf,
    AnyOf,
    BestOf,
    Between,
    Everyone,
    Formula,
    OneOf,
    Prefix,
    Run,
    Silent,
    Term,
    Times,
)
from ctcorpus.index.layout import RANKED, entry, order_key, place
from ctcorpus.index.ranking import RANKING, Ranking
from ctcorpus.model.query import Query

if TYPE_CHECKING:
    from numpy import bool_, float64
    from numpy.typing import NDArray
    from rank_bm25 import BM25Okapi

#: scores are equal when they agree to so many decimals, as in the disk engine
DECIMALS = 4


class _Found(NamedTuple):
    """Which passages match, and what each scores (0 where it does not match)."""

    matching: NDArray[bool_]
    scores: NDArray[float64]


class MemoryIndex:
    """An index of a few thousand passages at most; it holds them all and reads them all for every query."""

    def __init__(self, passages: Iterable[IndexedPassage], *, ranking: Ranking = RANKING) -> None:
        analyzer = Analyzer()
        ordered = sorted(passages, key=lambda x: place(x.id))
        self._entries = [entry(x, analyzer, ranking) for x in ordered]
        self._at = {x.id: i for i, x in enumerate(ordered)}
        self._ranking = ranking
        self._fields: dict[str, _Field | None] = {}
        self._compiler = Compiler(analyzer, ranking, self)

    def match(self, query: Query, *, limit: int, offset: int = 0) -> Matches:
        """The best ``limit`` passages from rank ``offset``; see ``Index``."""
        found = self._evaluate(self._compiler.compile(query))
        rows = [int(i) for i in found.matching.nonzero()[0]]
        scored = [(round(float(found.scores[i]), DECIMALS), i) for i in rows]
        scored.sort(key=lambda x: (-x[0], x[1]))
        chosen = scored[offset : offset + limit] if limit > 0 else []
        return Matches(len(rows), tuple(Match(self._entries[i].passage.id, score) for score, i in chosen))

    def explain(self, query: Query, passage: str) -> Mapping[str, Any] | None:
        """How the passage's score comes about; None: no match."""
        at = self._at.get(passage)
        return None if at is None else explained(self._compiler.compile(query), lambda leaf: self._leaf(leaf, at))

    def terms(self, query: Query, *, limit: int) -> Sequence[str]:
        """The indexed terms that a Wildcard, Fuzzy or Regex stands for, best first; at most ``limit``."""
        return self._compiler.terms(query, limit)

    def frequency(self, query: Query) -> int:
        """How many passages match."""
        return self.match(query, limit=0).total

    def documents(self, query: Query) -> int:
        """How many documents have a passage that matches."""
        rows = self._evaluate(self._compiler.compile(query)).matching.nonzero()[0]
        return len({self._entries[int(i)].passage.document for i in rows})

    def keys(self, query: Query) -> Sequence[int]:
        """The ``order_key`` of every passage that matches, in order."""
        rows = self._evaluate(self._compiler.compile(query)).matching.nonzero()[0]
        return sorted(order_key(self._entries[int(i)].passage.id) for i in rows)

    def statistics(self) -> Statistics:
        """The numbers that scores rest on; the mean length is 0 in an empty index."""
        field = self._field(RANKED)
        return Statistics(len(self._entries), float(field.bm25.avgdl) if field else 0.0)

    def close(self) -> None:
        """Nothing to let go of."""

    def vocabulary(self, field: str, prefix: str = "") -> Sequence[tuple[str, int]]:
        """The terms of a field that begin so, in order, each with its number of passages."""
        held = self._field(field)
        counts = held.frequency if held else Counter(x for made in self._entries for x in set(made.keys.get(field, ())))
        return sorted((term, count) for term, count in counts.items() if term.startswith(prefix))

    def _field(self, name: str) -> _Field | None:
        """A text field's postings; None where no passage has a word in it, or it is none."""
        if name not in self._fields:
            values = [made.terms.get(name, []) for made in self._entries]
            self._fields[name] = _Field(values, self._ranking) if any(values) else None
        return self._fields[name]

    def _evaluate(self, formula: Formula) -> _Found:
        import numpy as np

        match formula:
            case Term() | Run():
                field = self._field(formula.field)
                terms = formula.terms if isinstance(formula, Run) else (formula.term,)
                return field.scored(terms) if field else self._where([False] * len(self._entries))
            case AllOf():
                must = [self._evaluate(x) for x in formula.must]
                matching = reduce(lambda a, b: a & b, (x.matching for x in must))
                for clause in formula.without:
                    matching = matching & ~self._evaluate(clause).matching
                return _Found(matching, reduce(np.add, (x.scores for x in must)) * matching)
            case AnyOf() | BestOf():
                return self._either(formula)
            case Times():
                inner = self._evaluate(formula.clause)
                return _Found(inner.matching, inner.scores * formula.factor)
            case Silent():
                inner = self._evaluate(formula.clause)
                return _Found(inner.matching, np.where(inner.matching, formula.score, 0.0))
            case _:
                return self._where(self._condition(formula))

    def _either(self, formula: AnyOf | BestOf) -> _Found:
        import numpy as np

        found = [self._evaluate(x) for x in formula.clauses]
        matching = reduce(lambda a, b: a | b, (x.matching for x in found))
        together = np.maximum if isinstance(formula, BestOf) else np.add
        return _Found(matching, reduce(together, (x.scores for x in found)))

    def _condition(self, formula: Formula) -> list[bool]:
        """Which passages a clause without a score selects."""
        match formula:
            case Everyone():
                return [True] * len(self._entries)
            case OneOf():
                wanted = set(formula.terms)
                return [not wanted.isdisjoint(made.keys[formula.field]) for made in self._entries]
            case Prefix():
                start = formula.prefix
                return [any(x.startswith(start) for x in made.keys[formula.field]) for made in self._entries]
            case Between():
                low = -math.inf if formula.low is None else formula.low
                high = math.inf if formula.high is None else formula.high
                return [any(low <= x <= high for x in made.points[formula.field]) for made in self._entries]
            case _:
                return [False] * len(self._entries)

    def _where(self, matching: list[bool]) -> _Found:
        import numpy as np

        return _Found(np.array(matching, dtype=bool), np.zeros(len(matching)))

    def _leaf(self, formula: Formula, at: int) -> Explanation | None:
        found = self._evaluate(formula)
        if not found.matching[at]:
            return None
        field = self._field(formula.field) if isinstance(formula, (Term, Run)) else None
        if field is None:
            return node(0.0, named(formula))
        terms = formula.terms if isinstance(formula, Run) else (formula.term,) if isinstance(formula, Term) else ()
        value, idf = float(found.scores[at]), field.idf(terms)
        rest = node(value / idf / (self._ranking.k1 + 1), "freq / (freq + k1 * (1 - b + b * dl / avgdl))")
        return node(value, named(formula), [node(self._ranking.k1 + 1, "(K1+1)"), node(idf, "idf"), rest])


class _Field:
    """One text field of all passages: rank-bm25's scorer, and the words in order for runs."""

    def __init__(self, values: list[list[list[str]]], ranking: Ranking) -> None:
        from rank_bm25 import BM25Okapi

        self._values = values
        words = [[term for value in passage for term in value] for passage in values]
        self.bm25: BM25Okapi = BM25Okapi(words, k1=ranking.k1, b=ranking.b)
        self.frequency = Counter(term for counts in self.bm25.doc_freqs for term in counts)
        self.bm25.idf = {term: _idf(count, len(values)) for term, count in self.frequency.items()}
        self.bm25.doc_len = [kept_length(x) for x in self.bm25.doc_len]

    def scored(self, terms: Sequence[str]) -> _Found:
        """Passages with the terms side by side."""
        import numpy as np

        counts: list[int]
        if len(terms) == 1:
            counts = [x.get(terms[0], 0) for x in self.bm25.doc_freqs]
            return _Found(np.array(counts) > 0, self.bm25.get_scores(list(terms)))
        counts = [self._runs(i, terms) for i in range(len(self._values))]
        frequency, k1, b = np.array(counts, dtype=float), self.bm25.k1, self.bm25.b
        norm = k1 * (1 - b + b * np.array(self.bm25.doc_len) / self.bm25.avgdl)
        return _Found(frequency > 0, self.idf(terms) * frequency * (k1 + 1) / (frequency + norm))

    def idf(self, terms: Sequence[str]) -> float:
        """The idf of a term, or the sum of a run's."""
        return sum(self.bm25.idf.get(term) or _idf(0, len(self._values)) for term in terms)

    def _runs(self, at: int, terms: Sequence[str]) -> int:
        """How often the terms stand side by side in passage number ``at``."""
        if any(term not in self.bm25.doc_freqs[at] for term in terms):
            return 0
        wanted, n = list(terms), len(terms)
        return sum(value[i : i + n] == wanted for value in self._values[at] for i in range(len(value) - n + 1))


def open_memory(passages: Iterable[IndexedPassage], *, ranker: Literal["bm25", "tfidf"] = "bm25") -> Index:
    """An index over passages that are in no store, ranked by BM25 or by TF-IDF."""
    held = list(passages)
    if ranker == "bm25":
        return MemoryIndex(held)
    from ctcorpus.index.tfidf import TfidfIndex, TfidfMatrix

    return TfidfIndex(MemoryIndex(held), TfidfMatrix.of(held))


def kept_length(length: int) -> int:
    """A field's length as one byte keeps it: exact to 40, then the next lower of some 8 steps a doubling.

    Source: Lucene's SmallFloat.byte4ToInt, tantivy's field norms.

    >>> kept_length(40), kept_length(41), kept_length(119)
    (40, 40, 112)
    """
    table = _lengths()
    return table[bisect_right(table, length) - 1]


@lru_cache(maxsize=1)
def _lengths() -> list[int]:
    def steps(i: int) -> int:
        return i if i < 8 else (i & 7 | 8) << (i >> 3) - 1

    return [i if i < 24 else 24 + steps(i - 24) for i in range(256)]


def _idf(frequency: int, passages: int) -> float:
    """ln(1 + (N - n + 0.5) / (n + 0.5)): positive for every n, as in Lucene."""
    return math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))
