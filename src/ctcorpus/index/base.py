"""The contract of an index: what goes in, what comes out. Every engine is held to it by one battery of tests.

An index knows passages by their id (``DOCUMENT:START-END``) and answers a query *tree*; how a question was
typed, how an answer is cited or shown, it does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any, Protocol

from ctcorpus.model.query import Query
from ctcorpus.model.record import record


@record
class IndexedPassage:
    """One passage as an index takes it.

    body, title, heading: raw text. said: the raw texts of the quotations in it. fields: name -> raw values for
    ``author site path kind country speaker concept label lang citekey id`` (see ``model.query.FIELDS``).
    dates: name (``published asof event period``) -> (first, last) days as ISO dates; "" is an open end.
    numbers: (low, high) of each figure; low == high where it is one value.
    """

    id: str
    document: str
    body: str
    title: str = ""
    heading: str = ""
    said: tuple[str, ...] = ()
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dates: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    numbers: tuple[tuple[float, float], ...] = ()


@record
class Match:
    """A passage and its score for one query: unbounded, comparable within that query only."""

    passage: str
    score: float


@record
class Matches:
    """The best matches from ``offset`` on, by score, ties by document id and start; total: all that match."""

    total: int
    matches: tuple[Match, ...]


@record
class Statistics:
    """What scores rest on. passages: in the index. mean_length: tokens of the ranked field, as the engine counts."""

    passages: int
    mean_length: float


class Index(Protocol):
    """A readable index: one state, for as long as it is open."""

    def match(self, query: Query, *, limit: int, offset: int = 0) -> Matches:
        """The best ``limit`` passages from rank ``offset``; limit 0 only counts.

        ``Near`` and ``Phrase`` with slop are matched as candidates (all their words present): whoever needs the
        positions checks them on the text. ``Words`` and ``Required`` are matched like ``And``.
        """

    def explain(self, query: Query, passage: str) -> Mapping[str, Any] | None:
        """How the passage's score comes about, as a tree {"value", "description", "details": [...]}; None: no match."""

    def terms(self, query: Query, *, limit: int) -> Sequence[str]:
        """The indexed terms that a Wildcard, Fuzzy or Regex stands for, best first; at most ``limit``."""

    def frequency(self, query: Query) -> int:
        """How many passages match."""

    def documents(self, query: Query) -> int:
        """How many documents have a passage that matches."""

    def keys(self, query: Query) -> Sequence[int]:
        """The ``layout.order_key`` of every passage that matches, in order: quicker than their ids."""

    def statistics(self) -> Statistics:
        """The numbers that scores rest on."""

    def close(self) -> None:
        """Let go of files; safe to call twice."""


class IndexWriter(Protocol):
    """Builds the next state of an index beside the live one; nothing is seen of it before ``finish``."""

    def add(self, passages: Iterable[IndexedPassage]) -> None:
        """Takes passages in; an id that is already there must be removed first."""

    def remove(self, documents: Iterable[str]) -> None:
        """Takes out every passage of these documents."""

    def finish(self) -> None:
        """Commits, waits until merges have ended and closes; afterwards the folder's files do not change."""

    def abandon(self) -> None:
        """Closes without a commit; the folder is the caller's to delete."""
