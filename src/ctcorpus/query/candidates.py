"""Passages that an index only narrows down to, read in order of score until enough of them hold.

Proximity is judged on the text. Reading every candidate would make a question about two frequent words wait for
thousands of passages; so as many are read as the answer needs, and the count says "at least" where some were not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ctcorpus.index.base import Index, Match
from ctcorpus.model.query import Near, Phrase, Query
from ctcorpus.query.hits import Found

#: candidates that are read for one question at most, best scores first
MOST_CANDIDATES = 2_000
#: candidates that are read even where fewer would fill the page, so that small counts are exact
LEAST_CANDIDATES = 200
#: candidates that are read at a time
_BATCH = 200


class Candidates:
    """The passages that hold of one query, as far as they have been read."""

    def __init__(
        self,
        index: Index,
        query: Query,
        read: Callable[[Sequence[Match]], Iterator[Found]],
        without: Callable[[], set[str]],
    ) -> None:
        """read: matches -> passages with their words. without: ids that are not wanted, asked when reading begins."""
        self._index = index
        self._query = query
        self._read = read
        self._without = without
        self._seen = 0
        self._all = -1
        self._held: list[Found] = []

    def first(self, wanted: int, *, most: int = MOST_CANDIDATES) -> Sequence[Found]:
        """The passages that hold, best first: at least ``wanted`` where there are so many among the ``most`` best."""
        while not self.is_complete and self._seen < most:
            if len(self._held) >= wanted and self._seen >= LEAST_CANDIDATES:
                break
            found = self._index.match(self._query, limit=_BATCH, offset=self._seen)
            self._all = found.total
            self._seen += len(found.matches)
            without = self._without()
            matches = [x for x in found.matches if x.passage not in without]
            self._held += [x for x in self._read(matches) if x.reading.matches(self._query)]
            if not found.matches:
                self._all = self._seen
        return self._held

    @property
    def held(self) -> Sequence[Found]:
        """The passages found to hold so far."""
        return self._held

    @property
    def is_complete(self) -> bool:
        """Whether every candidate was read."""
        return 0 <= self._all <= self._seen

    @property
    def is_cut(self) -> bool:
        """Whether candidates were left unread because they are too many, not because enough were found."""
        return not self.is_complete and self._seen >= MOST_CANDIDATES

    @property
    def total(self) -> int:
        """How many candidates there are, once one was looked for."""
        return max(0, self._all)


def needs_positions(query: Query) -> bool:
    """Whether an index can only narrow the query down: proximity is judged on the text."""
    return any(isinstance(x, Near) or (isinstance(x, Phrase) and x.slop > 0) for x in query.walk())
