"""The words of all searched passages as numbers, one after another: what frequencies are counted on.

A passage's words stand in a row, passages in order of document id and start, so that the order does not depend on how
a store came about. A compound counts as its parts; where it stands joined is kept beside them. Arrays only: a store
of millions of words is counted without reading its texts again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from ctcorpus.index.analysis import Analyzer
from ctcorpus.index.forward import ForwardWriter, has_forward
from ctcorpus.index.forward_arrays import Forward, open_forward
from ctcorpus.index.layout import place, span
from ctcorpus.query.plan import STOP_WORDS
from ctcorpus.store import Store

if TYPE_CHECKING:
    from numpy import bool_, float64, int64
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
#: words that are looked at together
_BLOCK = 1 << 21


@dataclass(frozen=True, slots=True, eq=False)
class WordStream(Forward):
    """The forward index, and what is asked of it: which passages, which words, how often."""

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

    def row_of(self, passage: str) -> int | None:
        """The row of a passage; None where it is not here."""
        document, start, end = place(passage)[0], *span(passage)
        rows = self.rows_of(document)
        row = rows.start + int(self.places[rows.start : rows.stop, 1].searchsorted(start))
        return row if row < rows.stop and tuple(self.places[row, 1:]) == (start, end) else None

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

        found = np.zeros(len(self.terms), dtype=np.int64)
        for first in range(0, len(self.words), _BLOCK):  # numbers twice as wide are made of what is counted
            here = slice(first, first + _BLOCK)
            found += np.bincount(self.words[here][words[here]], minlength=len(found))
        return found

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

        said = np.ones(len(self.terms), dtype=bool)
        said[[x for x in map(self.term, FUNCTION_WORDS) if x is not None]] = False
        return said

    def term(self, form: str) -> int | None:
        """The number of a term; None where it stands nowhere."""
        return _place(self.terms, form)

    def stem(self, form: str) -> int | None:
        """The number of a stem; None where it stands nowhere."""
        return _place(self.stems, form)


def word_stream(store: Store) -> WordStream:
    """The words of everything that is searched. Raises StoreDamagedError where they are not those that were written.

    An index that was made before there was a forward index has none: then all passages are read, each time, which
    takes a minute for 150,000 of them; the next writing run makes it.
    """
    if has_forward(store.index_folder):
        return _stream(open_forward(store.index_folder))
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="ctcorpus-") as folder:
        made = ForwardWriter(Path(folder))
        try:
            analyzer = Analyzer()
            for document in sorted(x.id for x in store.entries()):
                for stored in store.passages_of(document):
                    made.take(document, stored.passage.start, stored.passage.end, analyzer.tokens(stored.text))
            made.finish()
        finally:
            made.abandon()
        return _stream(open_forward(Path(folder)))


def _stream(forward: Forward) -> WordStream:
    return WordStream(*(getattr(forward, x.name) for x in fields(forward)))


def _place(names: Sequence[str], name: str) -> int | None:
    at = bisect_left(names, name)
    return at if at < len(names) and names[at] == name else None
