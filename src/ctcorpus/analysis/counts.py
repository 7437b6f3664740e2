"""The words of all searched passages as numbers, one after another: what frequencies are counted on.

A passage's words stand in a row, passages in order of document id and start, so that the order does not depend on how
a store came about. A compound counts as its parts; where it stands joined is kept beside them. Arrays only: a store
of millions of words is counted without reading its texts again.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctcorpus.index.analysis import Analyzer
from ctcorpus.query.plan import STOP_WORDS
from ctcorpus.store import Store

if TYPE_CHECKING:
    from numpy import bool_, float64, int32, int64
    from numpy.typing import NDArray

    from ctcorpus.query.select import Selection

#: words that say how others hang together: no subject of an article
FUNCTION_WORDS = STOP_WORDS | frozenset(
    (
        *("after", "against", "all", "also", "although", "am", "among", "any", "because", "been", "before", "being"),
        *("both", "but", "can", "cannot", "could", "down", "during", "each", "either", "even", "ever", "every", "few"),
        *("further", "having", "he", "her", "here", "hers", "herself", "him", "himself", "his", "however", "i", "if"),
        *("itself", "just", "many", "may", "me", "might", "more", "most", "much", "must", "my", "neither", "no", "nor"),
        *("not", "off", "often", "once", "one", "only", "other", "others", "ought", "ours", "out", "over", "own"),
        *("per", "rather", "same", "shall", "she", "should", "since", "so", "some", "such", "themselves", "theirs"),
        *("them", "those", "though", "through", "thus", "too", "under", "until", "up", "upon", "us", "very", "via"),
        *("well", "were", "whether", "while", "within", "without", "would", "yet", "you", "your", "yours"),
    )
)
#: words that are held against each other at a time while weights are made
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, eq=False)
class WordStream:
    """Passages as stretches of one row of words.

    documents: their ids, in order. places: a row a passage: number of its document, start and end. offsets: where a
    passage's words begin in ``words``; one more than there are passages. words: numbers of ``terms``. joined: first
    word, number of words and term of each compound. terms: exact forms; stem_of: the number in ``stems`` of each.
    totals: how often each term stands in all. found_in: in how many passages each stem stands. norms: the length of
    each passage's row of TF-IDF weights.
    """

    documents: tuple[str, ...]
    terms: tuple[str, ...]
    stems: tuple[str, ...]
    places: NDArray[int64]
    offsets: NDArray[int64]
    words: NDArray[int32]
    joined: NDArray[int64]
    stem_of: NDArray[int32]
    totals: NDArray[int64]
    found_in: NDArray[int64]
    norms: NDArray[float64]

    def __len__(self) -> int:
        """How many passages there are."""
        return len(self.places)

    def passage(self, row: int) -> str:
        """The id of a passage."""
        document, start, end = (int(x) for x in self.places[row])
        return f"{self.documents[document]}:{start}-{end}"

    def rows_of(self, document: str) -> range:
        """The rows of a document's passages; none where it is not here."""
        at = bisect_left(self.documents, document)
        if at == len(self.documents) or self.documents[at] != document:
            return range(0)
        return range(*(int(x) for x in self.places[:, 0].searchsorted([at, at + 1])))

    def selected(self, selection: Selection) -> NDArray[bool_]:
        """Which passages a filter selects, a truth value each."""
        import numpy as np

        chosen = np.zeros(len(self), dtype=bool)
        for entry in selection.entries:
            rows = self.rows_of(entry.id)
            if selection.is_whole(entry.id):
                chosen[rows.start : rows.stop] = True
                continue
            starts = self.places[rows.start : rows.stop, 1]
            chosen[rows.start + starts.searchsorted([x.start for x in selection.spans[entry.id]])] = True
        return chosen

    def words_in(self, passages: NDArray[bool_]) -> NDArray[bool_]:
        """Which words stand in these passages, a truth value each."""
        import numpy as np

        return np.repeat(passages, np.diff(self.offsets))

    def counted(self, words: NDArray[bool_]) -> NDArray[int64]:
        """How often each term stands among these words."""
        import numpy as np

        return np.bincount(self.words[words], minlength=len(self.terms))

    def documents_at(self, positions: NDArray[int64]) -> NDArray[int64]:
        """The number of the document that each of these words stands in."""
        import numpy as np

        return np.asarray(self.places[self.passages_at(positions), 0])

    def passages_at(self, positions: NDArray[int64]) -> NDArray[int64]:
        """The row of the passage that each of these words stands in."""
        import numpy as np

        return np.asarray(self.offsets.searchsorted(positions, side="right") - 1)

    def idf(self) -> NDArray[float64]:
        """The weight of each stem, as scikit-learn has it: ln((1 + n) / (1 + df)) + 1; 0 for function words."""
        import numpy as np

        grammar = np.zeros(len(self.stems), dtype=bool)
        grammar[self.stem_of[~self.content()]] = True
        return np.where(grammar, 0.0, np.log((1 + len(self)) / (1 + self.found_in)) + 1)

    def content(self) -> NDArray[bool_]:
        """Which terms are no function words, a truth value each."""
        import numpy as np

        return np.fromiter((x not in FUNCTION_WORDS for x in self.terms), dtype=bool, count=len(self.terms))


def word_stream(store: Store) -> WordStream:
    """The words of everything that is searched; every passage is read, its checksum compared.

    Memory: four bytes a word, and the vocabulary; half a minute for 200,000 passages.
    """
    import numpy as np

    documents = tuple(sorted(x.id for x in store.entries()))
    reader = _Reader()
    for number, document in enumerate(documents):
        for stored in store.passages_of(document):
            reader.take(number, stored.passage.start, stored.passage.end, stored.text)
    stream = WordStream(
        documents=documents,
        terms=tuple(reader.terms),
        stems=tuple(reader.stems),
        places=np.asarray(reader.places, dtype=np.int64).reshape(-1, 3),
        offsets=np.asarray(reader.offsets, dtype=np.int64),
        words=np.asarray(reader.words, dtype=np.int32),
        joined=np.asarray(reader.joined, dtype=np.int64).reshape(-1, 3),
        stem_of=np.asarray(reader.stem_of, dtype=np.int32),
        totals=np.bincount(np.asarray(reader.words, dtype=np.int32), minlength=len(reader.terms)),
        found_in=np.zeros(len(reader.stems), dtype=np.int64),
        norms=np.zeros(len(reader.places) // 3),
    )
    return weighted(stream)


class _Reader:
    """Takes passages in and numbers their words."""

    def __init__(self) -> None:
        self._analyzer = Analyzer()
        self.terms: dict[str, int] = {}
        self.stems: dict[str, int] = {}
        self.places, self.offsets, self.joined = array("q"), array("q", [0]), array("q")
        self.words, self.stem_of = array("i"), array("i")

    def take(self, document: int, start: int, end: int, text: str) -> None:
        """Adds a passage; passages come in order."""
        words, terms = self.words, self.terms
        begin = len(words)
        compound = -1  # where the last compound ends: its parts follow it
        for token in self._analyzer.tokens(text):
            number = terms.get(token.exact)
            if number is None:
                number = terms[token.exact] = len(terms)
                self.stem_of.append(self.stems.setdefault(token.stem, len(self.stems)))
            if token.joined:
                self.joined.extend((begin + token.position, 0, number))
                compound = token.end
            else:
                words.append(number)
                if token.end <= compound:
                    self.joined[-2] += 1
        self.places.extend((document, start, end))
        self.offsets.append(len(words))


def weighted(stream: WordStream) -> WordStream:
    """The stream with ``found_in`` and ``norms`` computed, a block of passages at a time."""
    import numpy as np

    for _, _, stems, _ in _blocks(stream):
        stream.found_in[:] += np.bincount(stems, minlength=len(stream.stems))
    idf = stream.idf()
    for rows, passages, stems, counts in _blocks(stream):
        squares = (counts * idf[stems]) ** 2
        stream.norms[rows.start : rows.stop] = np.sqrt(
            np.bincount(passages - rows.start, weights=squares, minlength=len(rows))
        )
    return stream


def _blocks(stream: WordStream) -> Iterator[tuple[range, NDArray[int64], NDArray[int64], NDArray[int64]]]:
    """Rows, and for each stem in each of their passages: the passage's row, the stem and how often it stands there."""
    import numpy as np

    first = 0
    while first < len(stream):
        last = int(stream.offsets.searchsorted(stream.offsets[first] + _BLOCK, side="right")) - 1
        last = min(max(last, first + 1), len(stream))
        begin, end = int(stream.offsets[first]), int(stream.offsets[last])
        lengths = np.diff(stream.offsets[first : last + 1])
        keys = np.repeat(np.arange(first, last, dtype=np.int64), lengths) * len(stream.stems)
        keys += stream.stem_of[stream.words[begin:end]]
        pairs, counts = np.unique(keys, return_counts=True)
        yield range(first, last), pairs // len(stream.stems), pairs % len(stream.stems), counts
        first = last
