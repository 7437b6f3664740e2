"""The SQLite file of a store: its tables, how it is opened, and what its errors mean here.

Rows of ``documents``, ``entries`` and ``files`` carry the generation they were ``born`` in and the one they ``died``
in (NULL: they live). A reader of generation G sees those with born <= G < died; a writer adds and buries rows for
G + 1 beside them. Nothing of that is seen before ``live`` is flipped.

The journal is a rollback journal, not a write-ahead log: a reader then writes nothing at all, so that read-only
media and other people's folders need no special treatment.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ctcorpus.errors import (
    StoreDamagedError,
    StoreLockedError,
    StoreMissingError,
    StoreOutdatedError,
    StoreReadOnlyError,
    UsageError,
)
from ctcorpus.store.lock import writer_pid

DATABASE = "corpus.db"
#: the number of the format; another one is refused, never guessed at
FORMAT = 1
#: marks the file as ours in SQLite's header: "ctcp"
APPLICATION_ID = 0x63746370
#: how long to wait for another process's transaction; they are small
BUSY_SECONDS = 5.0

_SCHEMA = """
CREATE TABLE generations (
  number INTEGER PRIMARY KEY, folder TEXT NOT NULL UNIQUE, manifest TEXT NOT NULL, created TEXT NOT NULL,
  documents INTEGER NOT NULL, versions INTEGER NOT NULL, passages INTEGER NOT NULL, files INTEGER NOT NULL,
  digest TEXT NOT NULL,
  rules TEXT NOT NULL, sources TEXT NOT NULL, failed TEXT NOT NULL, seal BLOB NOT NULL);
CREATE TABLE live (
  one INTEGER PRIMARY KEY CHECK (one = 1), generation INTEGER NOT NULL REFERENCES generations, seal BLOB NOT NULL);
CREATE TABLE texts (row INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, utf8 BLOB NOT NULL);
CREATE TABLE blobs (sha256 TEXT PRIMARY KEY, packed BLOB NOT NULL);
CREATE TABLE documents (
  row INTEGER PRIMARY KEY, id TEXT NOT NULL, born INTEGER NOT NULL, died INTEGER,
  text INTEGER NOT NULL REFERENCES texts, source TEXT NOT NULL REFERENCES blobs,
  structure BLOB NOT NULL, structure_seal BLOB NOT NULL, facts BLOB NOT NULL, facts_seal BLOB NOT NULL);
CREATE INDEX documents_by_id ON documents (id);
CREATE INDEX documents_by_text ON documents (text);
CREATE INDEX documents_by_source ON documents (source);
CREATE INDEX documents_by_death ON documents (died) WHERE died IS NOT NULL;
CREATE INDEX documents_by_birth ON documents (born);
CREATE TABLE passages (
  row INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  heading TEXT, paragraph INTEGER NOT NULL, line INTEGER NOT NULL, last_line INTEGER NOT NULL,
  page INTEGER, last_page INTEGER, byte INTEGER NOT NULL, bytes INTEGER NOT NULL, seal BLOB NOT NULL,
  PRIMARY KEY (row, start, "end")) WITHOUT ROWID;
CREATE TABLE entries (
  row INTEGER PRIMARY KEY, id TEXT NOT NULL, born INTEGER NOT NULL, died INTEGER, searched INTEGER NOT NULL,
  path TEXT NOT NULL, citekey TEXT NOT NULL, work TEXT NOT NULL, passages INTEGER NOT NULL,
  record TEXT NOT NULL, seal BLOB NOT NULL);
CREATE INDEX entries_by_id ON entries (id);
CREATE INDEX entries_by_path ON entries (path, row);
CREATE INDEX entries_by_citekey ON entries (citekey);
CREATE INDEX entries_by_work ON entries (work);
CREATE INDEX entries_by_death ON entries (died) WHERE died IS NOT NULL;
CREATE INDEX entries_by_birth ON entries (born);
CREATE TABLE files (
  row INTEGER PRIMARY KEY, path TEXT NOT NULL, born INTEGER NOT NULL, died INTEGER, size INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL, inode TEXT NOT NULL, sha256 TEXT NOT NULL,
  document TEXT NOT NULL, seal BLOB NOT NULL);
CREATE INDEX files_by_path ON files (path);
CREATE INDEX files_by_document ON files (document);
CREATE INDEX files_by_death ON files (died) WHERE died IS NOT NULL;
CREATE INDEX files_by_birth ON files (born);
"""
#: what a store of an older version lacks: derived, and made at its next write
_OUTLINES = (
    "CREATE TABLE IF NOT EXISTS outlines (row INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, "
    "kind TEXT NOT NULL, columns TEXT NOT NULL, seal BLOB NOT NULL, PRIMARY KEY (row, kind)) WITHOUT ROWID"
)


def connect_reader(store: Path) -> sqlite3.Connection:
    """A connection that writes nothing, its format checked.

    After a crash in the middle of a transaction the first to come rolls it back, reader or writer; on read-only
    media nobody can, which is a StoreDamagedError. Also raises StoreMissingError, StoreOutdatedError, UsageError.
    """
    file = store / DATABASE
    if not file.exists():
        raise StoreMissingError(store)
    if not os.access(file, os.R_OK):
        raise UsageError(f"The store at '{store}' may not be read: permission denied", "Choose another: --store DIR")
    try:
        return _opened(store, "ro")
    except StoreReadOnlyError as error:
        if not (os.access(store, os.W_OK) and os.access(file, os.W_OK)):
            unfinished = "an interrupted write has to be undone first, and nothing can be written here: copy the store"
            raise StoreDamagedError(store, unfinished) from error
    _opened(store, "rw").close()
    return _opened(store, "ro")


def connect_writer(store: Path) -> sqlite3.Connection:
    """A connection for the one writer, durable at each commit; raises as ``connect_reader`` does."""
    connection = _opened(store, "rw")
    with meaning(store):
        # a transaction's pages wait in memory until its commit, so that readers are kept out for as short as can be
        for pragma in ("synchronous = EXTRA", "fullfsync = ON", "cache_spill = OFF", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(_OUTLINES)
    return connection


def create(store: Path, name: str) -> sqlite3.Connection:
    """A connection to a new, empty database of this name; nothing of it is durable before the caller syncs the file."""
    with meaning(store):
        connection = sqlite3.connect(store / name, isolation_level=None)
        # thrown away after any failure, hence without a journal; it becomes the store by being renamed
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")
        connection.executescript(_SCHEMA)
        connection.execute(_OUTLINES)
    return connection


@contextmanager
def meaning(store: Path, block: str = DATABASE) -> Iterator[None]:
    """Turns SQLite's errors into ours; ``block`` names what was being read or written."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _meant(error, store, block) from error
    except (UnicodeDecodeError, MemoryError) as error:  # damage reaches even the words of SQLite's errors, and lengths
        raise StoreDamagedError(store, f"{block}: {error}") from error


def _meant(error: sqlite3.DatabaseError, store: Path, block: str) -> Exception:
    code = getattr(error, "sqlite_errorcode", None) or 0
    primary = code & 0xFF
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreLockedError(store, writer_pid(store))
    if primary == sqlite3.SQLITE_READONLY:
        return StoreReadOnlyError(store, str(error))
    if primary == sqlite3.SQLITE_FULL:
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(store / DATABASE))
    if primary == sqlite3.SQLITE_CANTOPEN or (primary == sqlite3.SQLITE_IOERR and code not in _READ_FAULTS):
        return OSError(errno.EIO, str(error), str(store / DATABASE))
    return StoreDamagedError(store, f"{block}: {error}")


#: input that cannot be had is damage; any other failed call of the system is an OSError
_READ_FAULTS = (sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ)


def _opened(store: Path, mode: str) -> sqlite3.Connection:
    quoted = str(store.absolute() / DATABASE).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    with meaning(store):
        connection = sqlite3.connect(
            f"file:{quoted}?mode={mode}", uri=True, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=64
        )
    try:
        with meaning(store):
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA cell_size_check = ON")
            (mark,) = connection.execute("PRAGMA application_id").fetchone()
            (found,) = connection.execute("PRAGMA user_version").fetchone()
        if mark != APPLICATION_ID:
            raise StoreDamagedError(store, f"{DATABASE} is not a store's database")
        if found != FORMAT:
            raise StoreOutdatedError(store, found, FORMAT)
    except BaseException:  # nothing is swallowed: the connection is closed, whatever it was
        connection.close()
        raise
    return connection
