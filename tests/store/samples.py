"""Small documents made by hand, as a reader would make them, for the tests of the store."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from ctcorpus.errors import StoreMissingError
from ctcorpus.model.document import Document, Metadata, Passage, Provenance, document_id, text_digest
from ctcorpus.model.entry import Entry, FileState
from ctcorpus.model.facts import Facts, Mention
from ctcorpus.model.span import Span
from ctcorpus.store import open_store
from ctcorpus.store.doctor import examine
from ctcorpus.store.writer import StoreWriter


@dataclass(frozen=True)
class Sample:
    """What is put: a document with its facts, bytes and file."""

    document: Document
    facts: Facts
    source: bytes
    state: FileState

    @property
    def id(self) -> str:
        return self.document.id


def sample(path: str, text: str, *, title: str | None = None, author: str | None = None, mtime: int = 1) -> Sample:
    """A document of which every paragraph is a passage."""
    source = text.encode("utf-8")
    digest = hashlib.sha256(source).hexdigest()
    name = document_id(digest, text_digest(text))
    passages, at = [], 0
    for number, paragraph in enumerate(text.split("\n\n"), start=1):
        if paragraph:
            passages.append(Passage(name, at, at + len(paragraph), f"Part {number} – ß", number, (number, number)))
        at += len(paragraph) + 2
    document = Document(
        id=name,
        text=text,
        text_sha256=text_digest(text),
        provenance=Provenance(path, "text/plain", digest, len(source), "utf-8", "utf-8", "text/1"),
        metadata=Metadata(
            title=title,
            authors=(author,) if author else (),
            published="2025-04-08",
            evidence={"title": (Span(0, 3),)} if title else {},
        ),
        sentences=tuple(passage.span for passage in passages),
        passages=tuple(passages),
    )
    facts = Facts("rules/1", (Mention(0, 3, "concept", "the label"),))
    return Sample(document, facts, source, FileState(path, len(source), mtime, mtime, 2**64 - 1, digest, name))


def put(writer: StoreWriter, one: Sample) -> Entry:
    """Puts the sample."""
    return writer.put(one.document, one.facts, one.source, one.state)


def fill(folder: Path, content: str = "index") -> None:
    """Two files, as an index would leave them."""
    (folder / "meta.json").write_text(content, encoding="utf-8")
    (folder / "segment.bin").write_bytes(bytes(range(256)) * 4)


def build(store: Path, *samples: Sample) -> int:
    """Commits a generation with these samples."""
    with StoreWriter.open(store) as writer:
        for one in samples:
            put(writer, one)
        fill(writer.folder)
        return writer.commit(rules="rules/1")


SAMPLES = (
    sample("a.txt", "Border “fence” work began.\n\nThe second paragraph – with é.", title="On the Border's Fence"),
    sample("b/b.txt", "Talks were held in the capital.\n\nNobody spoke.\n\nThen they left.", author="Amna R. Khan"),
    sample("c.txt", "Figures rose sharply during the year."),
)

CHANGED = sample("a.txt", "Other words now.\n\nAnd a second paragraph.")


def said(store: Path) -> object:
    """What a store says as a whole, None when there is none; its every byte is checked."""
    try:
        with open_store(store) as opened:
            entries = sorted(opened.entries(all_versions=True), key=lambda entry: entry.id)
            texts = {entry.id: opened.document(entry.id).text for entry in entries}
            state = (opened.counts(), opened.digest, entries, texts, opened.files(), opened.sources())
    except StoreMissingError:
        return None
    assert not [finding for finding in examine(store) if finding.fatal]
    return state


def second(writer: StoreWriter) -> None:
    """The second run of most tests: a change, a removal, an addition."""
    put(writer, CHANGED)
    writer.gone("c.txt")
    put(writer, sample("d.txt", "An added text."))
    writer.remember(["somewhere"])
    fill(writer.folder, "second")
