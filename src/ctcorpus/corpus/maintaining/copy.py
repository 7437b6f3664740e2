"""A verified copy of a store in another place: one generation, whole, even while a writer is at work.

The copy is put together under a hidden name beside its place, every byte of it is checked, and one rename makes it the
store. Files that people write about the corpus come along; the sources' own files do not: the store keeps their bytes.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import sqlite3
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from ctcorpus.citing.exporting.output import write_new
from ctcorpus.citing.registry import FILE as REGISTERED
from ctcorpus.corpus.points import FILE as POINTS
from ctcorpus.errors import StoreDamagedError, StoreLockedError, UsageError
from ctcorpus.model.report import CopyReport
from ctcorpus.store import corpus_folder
from ctcorpus.store.content import digest_as_kept
from ctcorpus.store.database import DATABASE, connect_reader, connect_writer, meaning
from ctcorpus.store.doctor import examine
from ctcorpus.store.generation import GENERATIONS, MANIFEST, file_names, hold, sync, verify
from ctcorpus.store.lock import file_system, refuse_network, writer_pid
from ctcorpus.store.reader import Generation, live_generation, open_store
from ctcorpus.store.sweep import sweep, undo_staged

#: what people write about a corpus, in its folder
PLAIN = ("citekeys.tsv", "ctcorpus.toml", "notes.jsonl", "sources.toml", "thesaurus.ttl")
#: what the tool remembers beside the database
BESIDE = (REGISTERED, POINTS)
#: how often a writer may overtake the copying before it gives up
_TRIES = 5


def copy_store(source: Path, target: Path) -> CopyReport:
    """Copies the live generation of a store to a place that is empty or not there; what was copied, and both digests.

    Raises UsageError where something is in the way (and nothing was written then), StoreMissingError,
    StoreDamagedError where the source or the copy does not hold up, StoreReadOnlyError for a network file system.
    """
    began = time.perf_counter()
    _refuse(source, target)
    target.parent.mkdir(parents=True, exist_ok=True)
    refuse_network(target, file_system(target.parent))
    temporary = target.with_name(f".{target.name}.copy-{secrets.token_hex(4)}")
    try:
        state, plain = _taken(source, temporary)
        _refuse_plain(plain, corpus_folder(target))
        documents = _checked(source, temporary, state)
        inside = corpus_folder(target) == target.absolute()
        _write_plain(plain, temporary if inside else corpus_folder(target))
        temporary.rename(target)  # over an empty folder, or where there is none; over anything else it fails
        sync(target.parent)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)  # gone already where all went well
    with open_store(target, verify=False) as copied:
        return CopyReport(
            source=str(source),
            target=str(target),
            generation=state.number,
            documents=state.documents,
            versions=documents,
            passages=state.passages,
            digest=state.digest,
            digest_of_copy=digest_as_kept(copied, copied.index_folder),
            files=tuple(plain),
            seconds=round(time.perf_counter() - began, 6),
        )


def _refuse(source: Path, target: Path) -> None:
    """Raises UsageError unless the target is empty, or is not there, and lies outside the source."""
    here, there = source.resolve(), target.resolve()
    if there == here or there.is_relative_to(here):
        raise UsageError(f"'{target}' lies in the store that is to be copied", "Name a folder outside of it")
    if os.path.lexists(target) and (target.is_symlink() or not target.is_dir()):
        raise UsageError(f"'{target}' is no folder", "Name a folder that is empty or not there")
    if target.is_dir() and any(target.iterdir()):
        raise UsageError(f"'{target}' is not empty", "Name a folder that is empty or not there")


def _taken(source: Path, temporary: Path) -> tuple[Generation, Mapping[str, bytes]]:
    """Copies one generation and what lies beside it; what it is, and the plain files as they were at that time."""
    for _ in range(_TRIES):
        temporary.mkdir(mode=0o700)
        state = _database(source, temporary)
        held = hold(source / GENERATIONS / state.folder)
        try:
            plain = dict(_plain(source))
            if held is not None and _live(source).folder == state.folder:
                _folder(source, temporary, state)
                for name in BESIDE:
                    with contextlib.suppress(FileNotFoundError):
                        _copied(source / name, temporary / name)
                return state, plain
        finally:
            if held is not None:
                os.close(held)
        shutil.rmtree(temporary)  # a writer has put another generation in its place meanwhile
    raise StoreLockedError(source, writer_pid(source))


def _database(source: Path, temporary: Path) -> Generation:
    """Copies the database as of one instant, without what a writer has staged; its live generation."""
    copied = contextlib.closing(sqlite3.connect(temporary / DATABASE))
    with meaning(source), contextlib.closing(connect_reader(source)) as reader, copied as copy:
        reader.backup(copy)
    with contextlib.closing(connect_writer(temporary)) as copy:
        state = live_generation(copy, temporary)
        undo_staged(copy, temporary, state.number)
    sync(temporary / DATABASE)
    return state


def _live(source: Path) -> Generation:
    with contextlib.closing(connect_reader(source)) as reader:
        return live_generation(reader, source)


def _folder(source: Path, temporary: Path, state: Generation) -> None:
    """Copies the files of the generation, byte for byte, and takes out of the database what none but others saw."""
    whence, to = (store / GENERATIONS / state.folder for store in (source, temporary))
    for name in (*file_names(whence), MANIFEST):
        _copied(whence / name, to / name)
    for place in sorted({path.parent for path in to.rglob("*")}, reverse=True):
        sync(place)
    verify(temporary, to, state.manifest, whole=True)
    with contextlib.closing(connect_writer(temporary)) as copy:
        sweep(copy, temporary)


def _copied(whence: Path, to: Path) -> None:
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copyfile(whence, to)
    sync(to)


def _plain(source: Path) -> Iterator[tuple[str, bytes]]:
    """Name -> bytes of each file that people wrote about the corpus."""
    for name in PLAIN:
        with contextlib.suppress(FileNotFoundError):
            yield name, (corpus_folder(source) / name).read_bytes()


def _refuse_plain(plain: Mapping[str, bytes], folder: Path) -> None:
    """Raises UsageError where a file of the same name says something else."""
    for name, data in plain.items():
        if os.path.lexists(folder / name) and _bytes(folder / name) != data:
            raise UsageError(
                f"'{folder / name}' is another one and is not overwritten", "Move it, or name another place"
            )


def _write_plain(plain: Mapping[str, bytes], folder: Path) -> None:
    for name, data in plain.items():
        if not os.path.lexists(folder / name):
            write_new(folder / name, data)


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _checked(source: Path, temporary: Path, state: Generation) -> int:
    """How many documents the copy holds, versions too, after every byte of it was read and found sound."""
    examination = examine(temporary)
    for finding in examination:
        if finding.fatal:
            raise StoreDamagedError(source, f"{finding.block}: {finding.problem}")
    with contextlib.closing(connect_reader(temporary)) as copy:
        if live_generation(copy, temporary) != state:
            raise StoreDamagedError(source, "the copy is of another generation")
    return examination.checked["documents"]
