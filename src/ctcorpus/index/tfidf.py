"""TF-IDF, as scikit-learn defines it, over our own terms: a second ranker for any engine.

The engine says which passages match; the matrix says how alike each is to the question (cosine). It is kept as raw
arrays and JSON, so that nothing in it is ever executed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from ctcorpus.errors import StoreOutdatedError
from ctcorpus.index.analysis import Analyzer
from ctcorpus.index.base import Index, IndexedPassage, Match, Matches, Statistics
from ctcorpus.index.expansion import MOST_TERMS
from ctcorpus.index.explain import node
from ctcorpus.index.folder import damage
from ctcorpus.index.layout import RANKED, entry, place
from ctcorpus.index.ranking import RANKING, Ranking
from ctcorpus.model.query import Fuzzy, Not, Phrase, Query, Regex, Weighted, Wildcard, Word

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

_ARRAYS = ("data", "indices", "indptr", "idf")
_NAMES = "tfidf.json"
DECIMALS = 6


class TfidfMatrix:
    """Passages by terms: each row has length 1. ids: the passages in order of the rows. terms: term -> column."""

    def __init__(
        self, ids: Sequence[str], terms: Mapping[str, int], idf: NDArray[float64], matrix: csr_matrix[float64]
    ) -> None:
        self.ids = tuple(ids)
        self.terms = dict(terms)
        self.idf = idf
        self.matrix = matrix

    @classmethod
    def of(cls, passages: Iterable[IndexedPassage], *, ranking: Ranking = RANKING) -> Self:
        """The matrix of these passages; without a single word it has no columns."""
        import numpy as np
        from scipy.sparse import csr_matrix
        from sklearn.feature_extraction.text import TfidfVectorizer

        analyzer = Analyzer()
        entries = [entry(x, analyzer, ranking) for x in passages]
        words = [[term for value in made.terms[RANKED] for term in value] for made in entries]
        ids = [made.passage.id for made in entries]
        if not any(words):
            return cls(ids, {}, np.zeros(0), csr_matrix((len(ids), 0)))
        vectorizer = TfidfVectorizer(analyzer=list)
        matrix = vectorizer.fit_transform(words)
        columns = {str(term): int(column) for term, column in vectorizer.vocabulary_.items()}
        return cls(ids, columns, vectorizer.idf_, matrix)

    def save(self, folder: Path) -> None:
        """Writes arrays and names into the folder, which exists."""
        import numpy as np

        arrays = (self.matrix.data, self.matrix.indices, self.matrix.indptr, self.idf)
        for name, array in zip(_ARRAYS, arrays, strict=True):
            np.save(folder / f"{name}.npy", np.asarray(array), allow_pickle=False)
        names = {"analyzer": Analyzer().description(), "ids": self.ids, "terms": self.terms}
        (folder / _NAMES).write_text(json.dumps(names, sort_keys=True), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The matrix that ``save`` wrote. Raises StoreOutdatedError and StoreDamagedError."""
        import numpy as np
        from scipy.sparse import csr_matrix

        with damage(folder):
            names = json.loads((folder / _NAMES).read_text(encoding="utf-8"))
            data, indices, indptr, idf = (np.load(folder / f"{x}.npy", allow_pickle=False) for x in _ARRAYS)
            matrix = csr_matrix((data, indices, indptr), shape=(len(names["ids"]), len(names["terms"])))
            matrix.check_format(full_check=True)
            found = names["analyzer"]
        if found != Analyzer().description():
            raise StoreOutdatedError(folder, f"analyzer {found}", f"analyzer {Analyzer().description()}")
        return cls(names["ids"], names["terms"], idf, matrix)

    def row(self, number: int) -> NDArray[float64]:
        """One passage's weights, a number for each column."""
        import numpy as np

        first, last = self.matrix.indptr[number : number + 2]
        row = np.zeros(len(self.terms))
        row[self.matrix.indices[first:last]] = self.matrix.data[first:last]
        return row

    def cosines(self, weights: NDArray[float64]) -> NDArray[float64]:
        """How alike each passage is to a row of length 1."""
        import numpy as np

        return np.asarray(self.matrix @ weights)

    def weights(self, terms: Mapping[str, float]) -> NDArray[float64]:
        """A question as a row of length 1; zeros where no term is known."""
        import numpy as np

        row = np.zeros(len(self.terms))
        for term, weight in terms.items():
            if term in self.terms:
                row[self.terms[term]] = weight * self.idf[self.terms[term]]
        length = float(np.linalg.norm(row))
        return row / length if length else row


class TfidfIndex:
    """Another engine's matches, ranked by cosine."""

    def __init__(self, index: Index, matrix: TfidfMatrix) -> None:
        self._index = index
        self._matrix = matrix
        self._row = {passage: row for row, passage in enumerate(matrix.ids)}
        self._analyzer = Analyzer()

    def match(self, query: Query, *, limit: int, offset: int = 0) -> Matches:
        """The best ``limit`` passages from rank ``offset``; every match is read to be ranked."""
        total = self._index.frequency(query)
        if limit <= 0 or not total:
            return Matches(total, ())
        cosines = self._matrix.cosines(self._weights(query))
        found = self._index.match(query, limit=total).matches
        scored = [Match(x.passage, round(float(cosines[self._row[x.passage]]), DECIMALS)) for x in found]
        scored.sort(key=lambda x: (-x.score, place(x.passage)))
        return Matches(total, tuple(scored[offset : offset + limit]))

    def explain(self, query: Query, passage: str) -> Mapping[str, Any] | None:
        """The cosine as the sum over the terms that both have; None: no match."""
        if self._index.explain(query, passage) is None:
            return None
        asked = self._weights(query)
        row = self._matrix.row(self._row[passage])
        names = {column: term for term, column in self._matrix.terms.items()}
        parts = [
            node(
                float(asked[i] * row[i]), f"'{names[i]}'", [node(float(asked[i]), "query"), node(float(row[i]), "text")]
            )
            for i in map(int, (asked * row).nonzero()[0])
        ]
        return node(sum(x["value"] for x in parts), "cosine, sum of", parts)

    def terms(self, query: Query, *, limit: int) -> Sequence[str]:
        """The indexed terms that a Wildcard, Fuzzy or Regex stands for, best first; at most ``limit``."""
        return self._index.terms(query, limit=limit)

    def frequency(self, query: Query) -> int:
        """How many passages match."""
        return self._index.frequency(query)

    def documents(self, query: Query) -> int:
        """How many documents have a passage that matches."""
        return self._index.documents(query)

    def keys(self, query: Query) -> Sequence[int]:
        """The ``order_key`` of every passage that matches, in order."""
        return self._index.keys(query)

    def statistics(self) -> Statistics:
        """The numbers that scores rest on."""
        return self._index.statistics()

    def close(self) -> None:
        """Let go of files; safe to call twice."""
        self._index.close()

    def _weights(self, query: Query) -> NDArray[float64]:
        terms: dict[str, float] = {}
        for term, weight in self._asked(query, 1.0):
            terms[term] = max(weight, terms.get(term, 0.0))
        return self._matrix.weights(terms)

    def _asked(self, query: Query, weight: float) -> Iterator[tuple[str, float]]:
        """The stems that a question asks for, with weights; what it excludes is not asked for."""
        match query:
            case Not():
                return
            case Word() | Phrase():
                if query.field is None:
                    yield from ((token.stem, weight) for token in self._analyzer.tokens(query.text))
            case Wildcard() | Fuzzy() | Regex():
                if query.field is None:
                    for term in self._index.terms(query, limit=MOST_TERMS):
                        yield from ((token.stem, weight) for token in self._analyzer.tokens(term))
            case Weighted():
                yield from self._asked(query.clause, weight * query.weight)
            case _:
                for clause in query.children():
                    yield from self._asked(clause, weight)
