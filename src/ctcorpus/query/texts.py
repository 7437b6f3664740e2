"""What a search reads: the documents behind an index, in a store or held in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ctcorpus.model.document import Document
    from ctcorpus.model.entry import Counts, Entry
    from ctcorpus.model.facts import Facts
    from ctcorpus.store import StoredPassage


class Texts(Protocol):
    """Documents with their passages and facts, at one state; ``Store`` is one."""

    @property
    def path(self) -> Path:
        """Where they are, for messages."""

    @property
    def generation(self) -> int:
        """The number of the state; 0 where there is only one."""

    def counts(self) -> Counts:
        """How many documents and passages are searched."""

    def entry(self, id: str) -> Entry:
        """The row of a document."""

    def entries_of(self, ids: Iterable[str]) -> Mapping[str, Entry]:
        """Document id -> row."""

    def passages(self, ids: Iterable[str]) -> Mapping[str, StoredPassage]:
        """Passage id -> passage, its words checked."""

    def text(self, id: str) -> str:
        """A document's text."""

    def document(self, id: str) -> Document:
        """A whole document."""

    def facts(self, id: str, kinds: Sequence[str] = ()) -> Facts:
        """What was read from a document; kinds: the lists wanted, none for all."""
