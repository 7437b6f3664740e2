"""The documents that a filter selects, with their facts and words: what every analysis reads.

A fact lies in the selection when its span lies in a selected passage; of a document that is selected whole, every
fact does, those of headings and front matter too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ctcorpus.model.document import Document
from ctcorpus.model.entry import Entry
from ctcorpus.model.facts import Facts
from ctcorpus.model.span import Span
from ctcorpus.query.select import Selection
from ctcorpus.store import Store

#: documents whose text is kept at hand
_TEXTS = 64


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

    def __init__(self, store: Store, selection: Selection, kinds: Sequence[str] = ()) -> None:
        """kinds: the kinds of fact that are read ("figures", "dates" …), none for all: less is quicker."""
        self.store = store
        self.selection = selection
        self.text = lru_cache(maxsize=_TEXTS)(store.text)
        self._kinds = kinds

    def __iter__(self) -> Iterator[Read]:
        for entry in self.selection.entries:
            yield self.read(entry)

    def read(self, entry: Entry) -> Read:
        """A document of the selection with its selected facts; quotations that reach out of it are whole."""
        chosen = self.selection.spans.get(entry.id)
        spans = None if chosen is None else [(x.start, x.end) for x in chosen]
        return Read(entry, self.store.facts(entry.id, self._kinds, spans))

    def document(self, id: str) -> Document:
        """The whole document."""
        return self.store.document(id)

    def words(self, document: str, span: Span) -> str:
        """What stands there, verbatim."""
        return span.of(self.text(document))
