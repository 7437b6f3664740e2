"""Texts that are in no store, held in memory to be searched: what a store would say of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ctcorpus.errors import UnknownIdError
from ctcorpus.model.document import Document
from ctcorpus.model.entry import Counts, Entry
from ctcorpus.model.facts import Facts
from ctcorpus.store import StoredPassage
from ctcorpus.store.citekeys import citekey_stem


class LooseTexts:
    """Documents and their facts, in the order given; one of a text that is there already is left out."""

    def __init__(self, documents: Sequence[tuple[Document, Facts]]) -> None:
        self.path = Path("-")
        self.generation = 0
        self._documents = {document.id: document for document, _ in documents}
        self._facts = {document.id: facts for document, facts in documents}
        self._entries = {name: _entry(document) for name, document in self._documents.items()}
        self._passages = {
            passage.id: StoredPassage(passage, passage.span.of(document.text))
            for document in self._documents.values()
            for passage in document.passages
        }

    def counts(self) -> Counts:
        """How many documents and passages are searched."""
        return Counts(len(self._documents), len(self._passages))

    def entries(self) -> Iterable[Entry]:
        """The rows of all documents."""
        return self._entries.values()

    def entry(self, id: str) -> Entry:
        """The row of a document; UnknownIdError."""
        if id not in self._entries:
            raise UnknownIdError(id)
        return self._entries[id]

    def entries_of(self, ids: Iterable[str]) -> dict[str, Entry]:
        """Document id -> row."""
        return {x: self._entries[x] for x in ids if x in self._entries}

    def passages(self, ids: Iterable[str]) -> dict[str, StoredPassage]:
        """Passage id -> passage."""
        return {x: self._passages[x] for x in ids if x in self._passages}

    def text(self, id: str) -> str:
        """A document's text."""
        return self.document(id).text

    def document(self, id: str) -> Document:
        """A whole document; UnknownIdError."""
        if id not in self._documents:
            raise UnknownIdError(id)
        return self._documents[id]

    def facts(self, id: str, kinds: Sequence[str] = ()) -> Facts:
        """What was read from a document; kinds: the lists wanted, none for all."""
        facts = self._facts[id]
        return Facts(facts.rules, **{kind: getattr(facts, kind) for kind in kinds}) if kinds else facts


def _entry(document: Document) -> Entry:
    said, origin = document.metadata, document.provenance
    return Entry(
        id=document.id,
        citekey=citekey_stem(document),
        path=origin.path,
        paths=(origin.path,),
        title=said.title,
        authors=said.authors,
        site=said.site,
        publisher=said.publisher,
        published=said.published,
        as_of=said.as_of,
        language=said.language,
        words=sum(len(x.of(document.text).split()) for x in document.sentences),
        passages=len(document.passages),
        work=document.id,
        title_basis=said.basis.get("title"),
        sha256=origin.sha256,
        text_sha256=document.text_sha256,
    )
