"""The documents that a filter selects, with their facts and words: what every analysis reads.

A fact lies in the selection when its span lies in a selected passage; of a document that is selected whole, every
fact does, those of headings and front matter too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from ctcorpus.model.document import Document
from ctcorpus.model.entry import Entry
from ctcorpus.model.facts import Date, Facts, Figure
from ctcorpus.model.outline import DateLine, FigureLine, MentionLine, QuotationLine
from ctcorpus.model.span import Span
from ctcorpus.query.select import Selection
from ctcorpus.store import Store
from ctcorpus.store.outlines import outlines

#: characters of text that are kept at hand
_CHARACTERS = 16_000_000

_Line = TypeVar("_Line", FigureLine, DateLine, MentionLine)


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
    """A selection of a store, read document by document; no more than some texts are held at a time.

    What chooses among many facts reads them in outline, and then the few that it shows.
    """

    def __init__(self, store: Store, selection: Selection, kinds: Sequence[str] = ()) -> None:
        """kinds: the kinds of fact that are read ("figures", "dates" …), none for all: less is quicker."""
        self.store = store
        self.selection = selection
        self._kinds = kinds
        self._texts: dict[str, str] = {}
        self._characters = 0

    def __iter__(self) -> Iterator[Read]:
        for entry in self.selection.entries:
            yield self.read(entry)

    def read(self, entry: Entry) -> Read:
        """A document of the selection with its selected facts; quotations that reach out of it are whole."""
        chosen = self.selection.spans.get(entry.id)
        spans = None if chosen is None else [(x.start, x.end) for x in chosen]
        return Read(entry, self.store.facts(entry.id, self._kinds, spans))

    # -- facts in outline

    def figure_lines(self, among: Iterable[str] | None = None) -> Iterator[tuple[Entry, list[FigureLine]]]:
        """The selected figures of each document, or of some of them, in outline."""
        for document, lines in outlines(self.store, "figures", self._among(among)):
            yield self.entries[document], self._selected(document, lines)

    def date_lines(self, among: Iterable[str] | None = None) -> Iterator[tuple[Entry, list[DateLine]]]:
        """The selected dates of each document, or of some of them, in outline."""
        for document, lines in outlines(self.store, "dates", self._among(among)):
            yield self.entries[document], self._selected(document, lines)

    def mention_lines(self, among: Iterable[str] | None = None) -> Iterator[tuple[Entry, list[MentionLine]]]:
        """The selected mentions of each document, or of some of them, in outline."""
        for document, lines in outlines(self.store, "mentions", self._among(among)):
            yield self.entries[document], self._selected(document, lines)

    def quotation_lines(self) -> Iterator[tuple[Entry, list[QuotationLine]]]:
        """The quotations of each document that reach into the selection, in outline."""
        for document, lines in outlines(self.store, "quotations", self.entries):
            whole = self.selection.is_whole(document)
            yield (
                self.entries[document],
                lines if whole else [x for x in lines if self.selection.meets(document, x.start, x.end)],
            )

    def figures(self, document: str, lines: Sequence[FigureLine]) -> list[Figure]:
        """The figures of a document that these lines are the outline of."""
        found: list[Figure] = self.store.facts_at(document, "figures", lines)
        return found

    def dates(self, document: str, lines: Sequence[DateLine]) -> list[Date]:
        """The dates of a document that these lines are the outline of."""
        found: list[Date] = self.store.facts_at(document, "dates", lines)
        return found

    # -- words

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Document -> its row, in order of path."""
        return {x.id: x for x in self.selection.entries}

    def document(self, id: str) -> Document:
        """The whole document."""
        return self.store.document(id)

    def text(self, id: str) -> str:
        """The text of a document, of the selection or not."""
        known = self._texts.get(id)
        if known is None:
            entry = self.entries.get(id)
            known = self._texts[id] = self.store.text(id, entry.text_sha256 if entry else "")
            self._characters += len(known)
            while self._characters > _CHARACTERS and len(self._texts) > 1:  # the one that came first goes first
                self._characters -= len(self._texts.pop(next(iter(self._texts))))
        return known

    def words(self, document: str, span: Span) -> str:
        """What stands there, verbatim."""
        return span.of(self.text(document))

    def _among(self, among: Iterable[str] | None) -> Iterable[str]:
        return self.entries if among is None else among

    def _selected(self, document: str, lines: list[_Line]) -> list[_Line]:
        if self.selection.is_whole(document):
            return lines
        return [x for x in lines if self.selection.holds(document, x.start, x.end)]
