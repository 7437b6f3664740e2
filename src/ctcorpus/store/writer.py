"""The one writer of a store: puts the next generation together beside the live one, then flips to it.

A store that is new, or that is rebuilt, is put together in a file of its own, which then takes the place of
``corpus.db``: one rename. Otherwise rows are staged in small transactions, and one more flips the live generation.
Until then nothing of it is seen; whatever happens before leaves the store as it was.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace as replaced
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from ctcorpus.errors import (
    CtcorpusError,
    StoreDamagedError,
    StoreMissingError,
    StoreOutdatedError,
    UnknownIdError,
)
from ctcorpus.model.document import Document
from ctcorpus.model.entry import Entry, FileState, Statement
from ctcorpus.model.facts import Facts
from ctcorpus.store import rows
from ctcorpus.store.citekeys import Citekeys, trust, trusted
from ctcorpus.store.content import FILE as CONTENT
from ctcorpus.store.database import DATABASE, connect_reader, connect_writer, create, meaning
from ctcorpus.store.generation import new_folder, seal_folder, sync
from ctcorpus.store.lineage import described, drop, identified, leave, refuse_name, registry, renamed, stated
from ctcorpus.store.lock import WriterLock
from ctcorpus.store.reader import COLUMNS, Generation, Store, live_generation, open_store
from ctcorpus.store.stage import Stage
from ctcorpus.store.sweep import collect_folders, sweep, undo_staged

_NEW = f"{DATABASE}.new"
_JOURNAL = f"{DATABASE}-journal"
_SET_ASIDE = f"{DATABASE}.set-aside"


class StoreWriter:
    """The next generation of a store; a context manager that aborts what was not committed.

    base: the store as it is, None when there is none (or, with ``rebuild``, when it cannot be read). parent_folder:
    the index folder that the new one may start from, None when it starts empty. before: the same, for what lies beside
    the index. folder: the new one, empty, for the caller to fill before ``commit``. staged: what the next generation
    holds so far. warnings: about ``citekeys.tsv``.
    """

    base: Store | None
    parent_folder: Path | None
    before: Path | None
    folder: Path
    staged: Stage

    @classmethod
    def open(cls, path: Path, *, rebuild: bool = False) -> Self:
        """The writer of the store at ``path``, which is made when it is missing.

        rebuild: start with no row and no index; what of ``base`` is to stay is ``carry``-ed over. A store that cannot
        be read at all is then set aside as ``corpus.db.set-aside``.
        Raises StoreLockedError, StoreReadOnlyError, StoreDamagedError, StoreOutdatedError, UsageError.
        """
        return cls(path, WriterLock(path), rebuild)

    def __init__(self, path: Path, lock: WriterLock, rebuild: bool) -> None:
        self.path = path
        self.warnings: list[str] = []
        self._lock = lock
        self._connection: sqlite3.Connection | None = None
        self._citekeys: Citekeys | None = None
        self._closed = self._fresh = self._unreadable = False
        self._sources: list[str] = []
        self._failed: dict[str, str] = {}
        self.base = None
        try:
            self._start(rebuild)
        except BaseException:  # nothing is swallowed: the lock is let go, whatever it was
            self._close()
            raise

    def _start(self, rebuild: bool) -> None:
        for name in (_NEW, f"{_NEW}-journal"):
            (self.path / name).unlink(missing_ok=True)
        self.base, self._unreadable = self._opened_base(rebuild)
        self._fresh = self.base is None or rebuild
        live = self.base.generation if self.base else 0
        if self._fresh:
            self._connection = create(self.path, _NEW)
            if self.base is None and not self._unreadable:
                collect_folders(self.path, set())
        else:
            self._connection = connect_writer(self.path)
            undo_staged(self._connection, self.path, live)
            sweep(self._connection, self.path)
        self._sources = self.base.sources() if self.base else []
        self.parent_folder = self.before = self.base.index_folder if self.base and not rebuild else None
        self.folder = new_folder(self.path)
        self.staged = Stage(self._connection, self.path, live + 1)

    def _opened_base(self, rebuild: bool) -> tuple[Store | None, bool]:
        """The store as it is, if any; whether there is one that cannot be read."""
        if not (self.path / DATABASE).exists():
            return None, False
        try:
            return open_store(self.path, verify=not rebuild), False
        except (StoreDamagedError, StoreOutdatedError):
            if not rebuild:
                raise
            return None, True

    # -- what is put together

    def put(
        self,
        document: Document,
        facts: Facts,
        source_bytes: bytes,
        state: FileState,
        written: tuple[bytes, bytes] | None = None,
    ) -> Entry:
        """Stores what was read from a file, and gives the document's entry.

        A file that held another document before now holds the next version of the same work, unless that other one
        still stands elsewhere. Citekeys that collide are told apart in order of calls: call in order of path.
        written: structure and facts as ``rows`` would write them, where that was done already.
        Raises SourceError for a name that is not Unicode, ValueError where bytes, document and state do not belong
        together.
        """
        digest = hashlib.sha256(source_bytes).hexdigest()
        if not (digest == document.provenance.sha256 == state.sha256 and state.document == document.id):
            raise ValueError(f"the bytes, the document and the state of '{state.path}' do not belong together")
        refuse_name(state.path)
        before = self.staged.document_at(state.path)
        here = self.staged.entry(before).work if before else None
        left = leave(self.staged, before, state.path, document.id) if before and before != document.id else None
        entry = identified(self.staged, self._keys, document, state.path, left)
        entry = described(entry, document)
        self.staged.put_document(document, facts, source_bytes, written)
        self.staged.put_file(state)
        self.staged.put_entry(entry)
        if entry.work != here:
            self._keys().note(entry.citekey, entry.work, state.path)
        return entry

    def see(self, state: FileState) -> None:
        """Records that a file holds a document that the store has already, read from these very bytes.

        Raises UnknownIdError when the store has no such document.
        """
        refuse_name(state.path)
        entry = self.staged.entry(state.document)
        before = self.staged.document_at(state.path)
        self.staged.put_file(state)
        if before == state.document:
            return
        if before:
            leave(self.staged, before, state.path, state.document)
        paths = set(entry.paths) if entry.superseded_by is None else set()
        revived = replaced(entry, superseded_by=None)
        self.staged.put_entry(renamed(revived, paths | {state.path}))
        self._keys().note(entry.citekey, entry.work, state.path)

    def state(self, document_id: str, statements: Mapping[str, Statement]) -> bool:
        """Records what a maintainer states of a document in place of what was; whether that is news. UnknownIdError."""
        entry = self.staged.entry(document_id)
        now = stated(entry, statements)
        if now == entry:
            return False
        self.staged.put_entry(now)
        return True

    def gone(self, path: str) -> None:
        """Records that there is no such file any more; a document that stood nowhere else is dropped."""
        document = self.staged.document_at(path)
        if document is None:
            raise UnknownIdError(path)
        entry = self.staged.entry(document)
        if set(entry.paths) <= {path}:
            self.drop(document)
        else:
            self.staged.drop_file(path)
            self.staged.put_entry(renamed(entry, set(entry.paths) - {path}))

    def drop(self, document_id: str) -> None:
        """Takes a document out; with the newest version of a work go the older ones. UnknownIdError."""
        drop(self.staged, document_id)

    def carry(
        self, entry: Entry, document: Document, facts: Facts, source_bytes: bytes, states: Iterable[FileState]
    ) -> None:
        """Stores a document as another store has it: same work, version and citekey. For ``rebuild``."""
        self.staged.put_document(document, facts, source_bytes)
        self.staged.put_entry(entry)
        for state in states:
            self.staged.put_file(state)
        if entry.superseded_by is None:
            for path in entry.paths:
                self._keys().note(entry.citekey, entry.work, path)

    def forget(self, works: Collection[str]) -> None:
        """Takes the citekeys of works out of the corpus folder's file; their documents are not to be carried over."""
        self._keys().forget(works)

    def remember(self, specs: Iterable[str]) -> None:
        """Replaces the sources that a later run takes when none is named."""
        self._sources = list(specs)

    def fail(self, path: str, reason: str) -> None:
        """Records an input that was set aside, and why."""
        self._failed[path.encode("utf-8", "backslashreplace").decode("utf-8")] = reason

    # -- what the index has to do

    def removed(self) -> list[str]:
        """The documents that the parent's index must lose: no longer searched, or changed."""
        return self.staged.removed() if self.parent_folder else []

    def added(self) -> list[str]:
        """The documents that the new index must take in, by id; all that are searched when it starts empty."""
        return self.staged.added(since=self.staged.generation if self.parent_folder else 0)

    def changed(self) -> tuple[list[str], list[str]]:
        """What ``before`` must lose and take in, as ``removed`` and ``added`` say it of the parent's index."""
        return self.staged.changed() if self.before else ([], self.staged.added(since=0))

    # -- the end

    def commit(self, *, rules: str) -> int:
        """Makes the new generation the live one, durably, and gives its number; rules: the version that read the facts.

        After an error the store is as it was; an OSError (a full disk, say) is raised as it came. The writer is
        closed in either case.
        """
        try:
            self.staged.flush()
            listed, counted = self.staged.whole(self.before, self.base.state if self.base else None)
            (self.folder / CONTENT).write_bytes(listed)
            digest = hashlib.sha256(listed).hexdigest()
            if self._citekeys is not None:
                # before the flip: a key that no store knows yet does no harm, one that is forgotten would
                self._citekeys.save()
            trust(self.folder, self._citekeys.digest if self._citekeys else trusted(self.before))
            manifest = seal_folder(self.folder, self.parent_folder)
            created = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
            state = Generation(
                self.staged.generation, self.folder.name, manifest, created, *counted, digest, rules,
                tuple(self._sources), tuple(sorted(self._failed.items())),
            )  # fmt: skip
            self._flip(state)
        except BaseException:  # nothing is swallowed: what was staged is taken back, whatever it was
            self.abort()
            raise
        self._tidy()
        return state.number

    def _flip(self, state: Generation) -> None:
        assert self._connection is not None
        values = state.values()
        marks = ",".join("?" * (len(values) + 1))
        with meaning(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            insert = " ".join(("INSERT INTO generations (", COLUMNS, ", seal) VALUES (", marks, ")"))
            self._connection.execute(insert, (*values, rows.seal(*values)))
            live = (state.number, rows.seal(state.number))
            self._connection.execute("INSERT OR REPLACE INTO live VALUES (1, ?, ?)", live)
            self._connection.execute("COMMIT")
        if self._fresh:
            self._replace_database()

    def _replace_database(self) -> None:
        assert self._connection is not None
        self._connection.close()
        self._connection = None
        sync(self.path / _NEW)
        live = self.path / DATABASE
        if self._unreadable:
            (self.path / _SET_ASIDE).unlink(missing_ok=True)
            (self.path / _SET_ASIDE).hardlink_to(live)
        # an old transaction's journal would be played back into the new file; whoever could read the old one has
        # undone it already
        (self.path / _JOURNAL).unlink(missing_ok=True)
        (self.path / _NEW).replace(live)
        sync(self.path)

    def _tidy(self) -> None:
        """Collects garbage; a failure to do so is no failure of the commit: the next writer does it."""
        if self.base:
            self.base.close()
        with contextlib.suppress(OSError, CtcorpusError):
            if self._connection is None:
                self._connection = connect_writer(self.path)
            sweep(self._connection, self.path)
        self._close()

    def abort(self) -> None:
        """Takes back everything that was not committed; safe to call twice, and after ``commit``."""
        if self._closed:
            return
        # on a full disk even this may fail: then the next writer does it, and no reader sees a difference
        with contextlib.suppress(OSError, CtcorpusError, sqlite3.Error):
            if self._connection is not None and not self._fresh and self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            if not self._is_live():
                shutil.rmtree(self.folder, ignore_errors=True)
                if self._connection is not None and not self._fresh:
                    undo_staged(self._connection, self.path, self.staged.generation - 1)
        self._close()

    def _is_live(self) -> bool:
        """Whether the flip has come about after all, though an error (an interrupt, say) came with it."""
        try:
            connection = connect_reader(self.path)
        except StoreMissingError:
            return False
        with contextlib.closing(connection):
            return live_generation(connection, self.path).folder == self.folder.name

    def _keys(self) -> Citekeys:
        if self._citekeys is None:
            self._citekeys = registry(self.staged, trusted(self.base.index_folder if self.base else None))
            self.warnings += self._citekeys.warnings
        return self._citekeys

    def _close(self) -> None:
        for open_thing in (self._connection, self.base, self._citekeys):
            if open_thing is not None:
                open_thing.close()
        self._connection = None
        self._closed = True
        (self.path / _NEW).unlink(missing_ok=True)
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.abort()
