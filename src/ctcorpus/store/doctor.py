"""Checks every byte of a store, and brings out what is sound. Nothing is repaired in place."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ctcorpus.errors import CtcorpusError, StoreDamagedError, UnknownIdError
from ctcorpus.model.document import Document, document_id
from ctcorpus.model.entry import Entry, FileState
from ctcorpus.model.facts import Facts
from ctcorpus.model.record import Record, record
from ctcorpus.store import generation
from ctcorpus.store.content import digest_as_kept
from ctcorpus.store.database import DATABASE, connect_reader
from ctcorpus.store.lock import OWN_NAMES
from ctcorpus.store.reader import Generation, live_generation
from ctcorpus.store.view import View

_ORPHANS = {
    "texts": "SELECT count(*) FROM texts WHERE row NOT IN (SELECT text FROM documents)",
    "sources": "SELECT count(*) FROM blobs WHERE sha256 NOT IN (SELECT source FROM documents)",
}


@record
class Finding(Record):
    """One thing that is not as it should be. block: where; fatal: answers may be missing or withheld because of it."""

    block: str
    problem: str
    fatal: bool


@record
class SoundDocument:
    """A document of which every byte was checked, and how it stands in the store.

    entry: None when the entry is damaged; states: the files that hold it, none for a superseded version.
    """

    document: Document
    facts: Facts
    source: bytes
    states: tuple[FileState, ...]
    entry: Entry | None


class Examination:
    """The findings of a check of a whole store, made while it is iterated over, once.

    checked: what was looked at so far: "documents", "passages", "sources", "files" of the index, "bytes" of the store.
    Raises StoreMissingError and StoreOutdatedError; all else is a finding.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.checked: Counter[str] = Counter()
        self._findings = self._examined()

    def __iter__(self) -> Iterator[Finding]:
        return self._findings

    def _examined(self) -> Iterator[Finding]:
        try:
            connection = connect_reader(self.path)
        except StoreDamagedError as error:
            yield Finding(DATABASE, error.block, True)
            return
        with contextlib.closing(connection):
            try:
                state = live_generation(connection, self.path)
            except StoreDamagedError as error:
                yield Finding(DATABASE, error.block, True)
                return
            yield from self._pages(view := View(connection, self.path, state.number))
            for step in (self._documents, self._rest):
                try:
                    yield from step(view, state)
                except StoreDamagedError as error:
                    yield Finding(DATABASE, error.block, True)
            yield from self._folder(state)
        yield from self._orphans(state)
        self.checked["bytes"] = sum(file.stat().st_size for file in self.path.rglob("*") if file.is_file())

    def _pages(self, view: View) -> Iterator[Finding]:
        """SQLite's own checks."""
        for pragma in ("integrity_check", "foreign_key_check"):
            try:
                found = view.select(DATABASE, f"PRAGMA {pragma}")
            except CtcorpusError as error:
                yield Finding(DATABASE, error.message, True)
                continue
            for row in found:
                if row != ("ok",):
                    yield Finding(DATABASE, " ".join(str(value) for value in row), True)

    def _documents(self, view: View, _state: Generation) -> Iterator[Finding]:
        """Every document with its text, passages, facts and source."""
        for document in _document_ids(view):
            try:
                sound = _sound(view, document)
            except (CtcorpusError, ValueError, KeyError, TypeError) as error:
                block = error.block if isinstance(error, StoreDamagedError) else str(error)
                yield Finding(f"document {document}", block, True)
                continue
            self.checked["documents"] += 1
            self.checked["passages"] += len(sound.document.passages)
            self.checked["sources"] += 1
            if sound.entry is None:
                yield Finding(
                    f"document {document}", f"entry of document {document}: its checksum does not match", True
                )

    def _rest(self, view: View, state: Generation) -> Iterator[Finding]:
        """The entries as a whole, the files, the digest, and what belongs to nobody."""
        ids: set[str] = set()
        for entry in view.entries(all_versions=True):
            ids.add(entry.id)
            if not view.visible("documents", "1", "documents", "id = ?", entry.id):
                yield Finding(f"document {entry.id}", "it has an entry and no text", True)
        for path, file in view.files().items():
            if file.document not in ids:
                yield Finding(f"file '{path}'", f"its document {file.document} is not there", False)
        found = (*view.totals(), digest_as_kept(view, self.path / generation.GENERATIONS / state.folder))
        if found != (state.documents, state.versions, state.passages, state.files, state.digest):
            yield Finding(DATABASE, "the content is not that of the live generation: its digest does not match", True)
        for what, query in _ORPHANS.items():
            (count,) = view.select(DATABASE, query)[0]
            if count:
                yield Finding(DATABASE, f"{count} {what} belong to no document", False)

    def _folder(self, state: Generation) -> Iterator[Finding]:
        """The files of the live generation."""
        folder = self.path / generation.GENERATIONS / state.folder
        for fault in generation.faults(self.path, folder, state.manifest, whole=True):
            block, _, problem = fault.partition(": ")
            yield Finding(block, problem, True)
        self.checked["files"] = len(generation.file_names(folder)) if folder.is_dir() else 0

    def _orphans(self, state: Generation) -> Iterator[Finding]:
        """What lies in the folder and belongs to nothing: harmless, and the next writer's to collect."""
        parent = self.path / generation.GENERATIONS
        for folder in sorted(parent.iterdir()) if parent.is_dir() else ():
            if folder.name != state.folder:
                yield Finding(f"{generation.GENERATIONS}/{folder.name}", "no longer used", False)
        for file in sorted(self.path.iterdir()):
            if file.name not in OWN_NAMES and not file.name.startswith("."):
                yield Finding(file.name, "not part of a store", False)


def examine(path: Path) -> Examination:
    """Checks the store at ``path``: iterate over the findings, then read ``checked``."""
    return Examination(path)


def sound_documents(path: Path) -> Iterator[SoundDocument]:
    """Every document of the live generation, superseded ones too, of which each byte is as it was written, by id.

    The index is not looked at. Raises StoreMissingError, StoreOutdatedError, and StoreDamagedError when not even the
    list of documents can be read.
    """
    with contextlib.closing(connect_reader(path)) as connection:
        view = View(connection, path, live_generation(connection, path).number)
        for document in _document_ids(view):
            with contextlib.suppress(CtcorpusError, ValueError, KeyError, TypeError):
                yield _sound(view, document)


def damaged_documents(path: Path) -> list[str]:
    """The ids of the documents that ``sound_documents`` leaves out, or whose entry is damaged, sorted."""
    with contextlib.closing(connect_reader(path)) as connection:
        view = View(connection, path, live_generation(connection, path).number)
        ids = set(_document_ids(view))
    return sorted(ids - {sound.document.id for sound in sound_documents(path) if sound.entry})


def _document_ids(view: View) -> list[str]:
    """The ids in the tables that name documents: one may be damaged where another is not."""
    ids: set[str] = set()
    failed: list[StoreDamagedError] = []
    for table in ("documents", "entries"):
        try:
            ids.update(str(row[0]) for row in view.visible(table, "id", table, "1"))
        except StoreDamagedError as error:
            failed.append(error)
    if len(failed) == 2:
        raise failed[0]
    return sorted(ids)


def _sound(view: View, id: str) -> SoundDocument:
    entry: Entry | None = None
    with contextlib.suppress(StoreDamagedError, UnknownIdError):
        entry = view.entry(id)
    states = tuple(view.files_of(id))
    path = entry.path if entry else states[0].path if states else ""
    document = view.document(id, path=path)
    source = view.source_bytes(document.provenance.sha256)
    if id != document_id(document.provenance.sha256, document.text_sha256):
        raise StoreDamagedError(view.path, f"document {id}: its id is not that of its source and text")
    for stored in view.passages_of(id):
        if document.text[stored.passage.start : stored.passage.end] != stored.text:
            raise StoreDamagedError(view.path, f"passage {stored.passage.id}: its words are not those of the text")
    return SoundDocument(document, view.facts(id), source, states, entry)
