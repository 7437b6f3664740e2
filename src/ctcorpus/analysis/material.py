"""The documents that a filter selects, with their facts and words: what every analysis reads.

A fact lies in the selection when its span lies in a selected passage; of a document that is selected whole, every
fact does, those of headings and front matter too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol, TypeVar

from ctcorpus.model.document import Document
from ctcorpus.model.entry import Entry
from ctcorpus.model.facts import Facts
from ctcorpus.model.span import Span
from ctcorpus.query.select import Selection
from ctcorpus.store import Store

#: documents whose text is kept at hand
_TEXTS = 64


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


_S = TypeVar("_S", bound=_Spanned)


@dataclass(frozen=True, slots=True)
class Read:
    """One document: its row, and those of its facts that lie in the selection."""

    entry: Entry
    facts: Facts

    @property
    def id(self) -> str:
        """The document's id."""
        return self.entry.id


class Material:
    """A selection of a store, read document by document; no more than a few texts are held at a time."""

    def __init__(self, store: Store, selection: Selection) -> None:
        self.store = store
        self.selection = selection
        self.text = lru_cache(maxsize=_TEXTS)(store.text)

    def __iter__(self) -> Iterator[Read]:
        for entry in self.selection.entries:
            yield self.read(entry)

    def read(self, entry: Entry) -> Read:
        """A document of the selection with its selected facts."""
        facts = self.store.facts(entry.id)
        if self.selection.is_whole(entry.id):
            return Read(entry, facts)
        chosen = replace(
            facts,
            mentions=self._inside(entry.id, facts.mentions),
            figures=self._inside(entry.id, facts.figures),
            dates=self._inside(entry.id, facts.dates),
            quotations=tuple(x for x in facts.quotations if self._overlaps(entry.id, x.start, x.end)),
        )
        return Read(entry, chosen)

    def document(self, id: str) -> Document:
        """The whole document."""
        return self.store.document(id)

    def words(self, document: str, span: Span) -> str:
        """What stands there, verbatim."""
        return span.of(self.text(document))

    def _inside(self, document: str, facts: tuple[_S, ...]) -> tuple[_S, ...]:
        return tuple(x for x in facts if self.selection.holds(document, x.start, x.end))

    def _overlaps(self, document: str, start: int, end: int) -> bool:
        spans = self.selection.spans.get(document, ())
        return any(x.start < end and start < x.end for x in spans)
