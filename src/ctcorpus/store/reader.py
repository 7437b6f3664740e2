"""The open store: one generation, pinned, for as long as it is open."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ctcorpus.errors import StoreDamagedError
from ctcorpus.model.entry import Counts, Entry, FileState
from ctcorpus.model.record import record
from ctcorpus.store import generation, rows
from ctcorpus.store.database import DATABASE, connect_reader, meaning
from ctcorpus.store.find import find
from ctcorpus.store.view import View

#: the columns of a generation, in the order of its seal
COLUMNS = "number, folder, manifest, created, documents, versions, passages, files, digest, rules, sources, failed"
#: how often a reader that a writer overtakes looks for the live generation again
_TRIES = 20


@record
class Generation:
    """What a store says of one committed state of itself."""

    number: int
    folder: str
    manifest: str  # sha256 of the manifest of its files
    created: str  # UTC
    documents: int
    versions: int  # documents with those that they supersede
    passages: int
    files: int
    digest: str  # of the content: the same on every machine and in every order
    rules: str
    sources: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]

    def values(self) -> tuple[object, ...]:
        """The columns ``COLUMNS``."""
        plain = (self.number, self.folder, self.manifest, self.created, self.documents, self.versions, self.passages)
        return (*plain, self.files, self.digest, self.rules, json.dumps(self.sources), json.dumps(self.failed))


class Store(View):
    """A store as it was when it was opened, whatever a writer does meanwhile; a context manager.

    path: the store's folder. created: of this generation, UTC, ISO 8601. digest: of what is searched. rules: the
    version that read the facts. index_folder: where the generation's index lies; it is not deleted while this is open.
    """

    def __init__(self, connection: sqlite3.Connection, store: Path, state: Generation, descriptor: int) -> None:
        super().__init__(connection, store, state.number)
        self.state = state
        self.created = state.created
        self.digest = state.digest
        self.rules = state.rules
        self.index_folder = store / generation.GENERATIONS / state.folder
        self._descriptor = descriptor

    def counts(self) -> Counts:
        """How many documents and passages are searched."""
        return Counts(self.state.documents, self.state.passages)

    def entries(self, *, all_versions: bool = False) -> Iterator[Entry]:
        """The documents that are searched, by path; with ``all_versions`` those they supersede as well."""
        count = 0
        for entry in super().entries(all_versions=all_versions):
            count += 1
            yield entry
        wanted = self.state.versions if all_versions else self.state.documents
        if count != wanted:
            raise StoreDamagedError(self.path, f"entries: {count} of {wanted} documents")

    def files(self) -> dict[str, FileState]:
        """Path -> the file as it was when it was last read."""
        found = super().files()
        if len(found) != self.state.files:
            raise StoreDamagedError(self.path, f"files: {len(found)} of {self.state.files}")
        return found

    def sources(self) -> list[str]:
        """The sources that were last remembered."""
        return list(self.state.sources)

    def failed(self) -> list[tuple[str, str]]:
        """(path, reason) of each input that the last run set aside."""
        return list(self.state.failed)

    def find(self, reference: str) -> Entry:
        """The document that an id, a prefix of 6 digits or more, a citekey or a path names; see ``find.find``."""
        return find(self, reference)

    def close(self) -> None:
        """Lets go of the generation; safe to call twice."""
        self.connection.close()
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(path: Path, *, verify: bool = True) -> Store:
    """The live generation of the store at ``path``.

    verify: compare the checksum of every file of the index where they are 32 MB or less in all; sizes are always
    compared. Raises StoreMissingError, StoreOutdatedError, StoreDamagedError, StoreLockedError.
    """
    missing = None
    for _ in range(_TRIES):
        connection = connect_reader(path)
        try:
            state = live_generation(connection, path)
            descriptor = generation.hold(path / generation.GENERATIONS / state.folder)
            if descriptor is not None:
                return _pinned(connection, path, state, descriptor, verify)
        except BaseException:  # nothing is swallowed: the connection is closed, whatever it was
            connection.close()
            raise
        connection.close()
        # a writer replaced and collected this generation between our two looks; the next look sees its successor
        if missing == state.folder:
            break
        missing = state.folder
    raise StoreDamagedError(path, f"{generation.GENERATIONS}/{missing}: the folder of the live generation is missing")


def live_generation(connection: sqlite3.Connection, store: Path) -> Generation:
    """What the store says of its live generation, checked; StoreDamagedError."""
    query = " ".join(("SELECT", COLUMNS, ", g.seal, live.seal FROM live JOIN generations g ON number = generation"))
    with meaning(store, "generations"):
        found: list[tuple[Any, ...]] = connection.execute(query).fetchall()
    if len(found) != 1:
        raise StoreDamagedError(store, f"{DATABASE}: it names no live generation")
    *values, seal, live = found[0]
    rows.check(store, f"generation {values[0]}", seal, *values)
    rows.check(store, "the number of the live generation", live, values[0])
    sources, failed = json.loads(values[-2]), json.loads(values[-1])
    number, folder, manifest, created, documents, versions, passages, files, digest, rules_version = values[:10]
    plain = (number, folder, manifest, created, documents, versions, passages, files, digest, rules_version)
    return Generation(*plain, tuple(sources), tuple((path, reason) for path, reason in failed))


def _pinned(connection: sqlite3.Connection, path: Path, state: Generation, descriptor: int, whole: bool) -> Store:
    try:
        generation.verify(
            path, path / generation.GENERATIONS / state.folder, state.manifest, whole=None if whole else False
        )
    except BaseException:  # nothing is swallowed: the hold is let go, whatever it was
        os.close(descriptor)
        raise
    return Store(connection, path, state, descriptor)
