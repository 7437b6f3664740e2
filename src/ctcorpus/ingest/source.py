"""Finding sources and opening them: files, folders and globs on one side, bytes on the other."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ctcorpus.errors import SourceError
from ctcorpus.ingest.readers import is_source

#: a larger file is set aside: it is no article
MAX_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SourceList:
    """The files to read, sorted within each path that was named, each once; and what was set aside, with the reason."""

    files: tuple[Path, ...]
    failed: tuple[tuple[str, str], ...]


def find_sources(paths: Sequence[Path | str]) -> SourceList:
    """The sources under ``paths``: folders (all below them), files and globs.

    In a folder only files with a suffix of READERS count, and hidden entries are passed over; symbolic links and
    whatever is no regular file are set aside with a reason. A file named by hand is taken whatever its suffix, through
    a symbolic link too. Nothing is opened here.
    """
    files: dict[Path, None] = {}
    failed: list[tuple[str, str]] = []
    for named in paths:
        for path in _expanded(named, failed):
            for found in _below(path, failed):
                files.setdefault(found)
    return SourceList(tuple(files), tuple(failed))


def read_source(path: Path) -> bytes:
    """The bytes of a regular file; a FIFO, socket or device is never waited on.

    Raises SourceError: there is no such file, it may not be read, it is no regular file, or exceeds MAX_BYTES.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    except (OSError, ValueError) as error:
        raise SourceError(_shown(path), _why(error)) from error
    state = os.fstat(descriptor)
    if not stat.S_ISREG(state.st_mode):
        os.close(descriptor)
        raise SourceError(_shown(path), f"it is {_kind(state.st_mode)}, not a file")
    with os.fdopen(descriptor, "rb") as file:
        if state.st_size > MAX_BYTES:
            raise SourceError(_shown(path), _too_large(state.st_size))
        try:
            data = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise SourceError(_shown(path), _why(error)) from error
    if len(data) > MAX_BYTES:
        raise SourceError(_shown(path), _too_large(len(data)))
    return data


def _expanded(named: Path | str, failed: list[tuple[str, str]]) -> Iterator[Path]:
    """The path itself, or what a glob stands for."""
    path = Path(named)
    try:
        exists = os.path.lexists(path)
    except ValueError as error:
        failed.append((_shown(path), _why(error)))
        return
    if exists or not any(mark in str(named) for mark in "*?["):
        yield path
        return
    try:
        matches = sorted(Path(path.anchor).glob(str(path.relative_to(path.anchor))))
    except ValueError as error:
        failed.append((_shown(path), _why(error)))
        return
    shown = [match for match in matches if not any(part.startswith(".") and part != ".." for part in match.parts)]
    if not shown:
        failed.append((_shown(path), "no file matches"))
    yield from shown


def _below(path: Path, failed: list[tuple[str, str]]) -> Iterator[Path]:
    """The sources at or under a path that was named."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        failed.append((_shown(path), _why(error)))
        return
    if stat.S_ISDIR(mode):
        yield from _in_folder(path, failed)
    elif not stat.S_ISREG(mode):
        failed.append((_shown(path), f"it is {_kind(mode)}, not a file"))
    elif (reason := _bad_name(path)) is not None:
        failed.append((_shown(path), reason))
    else:
        yield path


def _in_folder(folder: Path, failed: list[tuple[str, str]]) -> Iterator[Path]:
    """The sources below a folder, sorted by name; a stack, so that no depth of folders is too deep."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as listing:
                # what is hidden (a desktop's droppings, a repository) is nobody's article, and nobody's news
                visible = (entry for entry in listing if not entry.name.startswith("."))
                entries = sorted(visible, key=lambda entry: entry.name)
        except OSError as error:
            failed.append((_shown(here), _why(error)))
            continue
        for entry in entries:
            reason = _set_aside(entry)
            if reason is not None:
                failed.append((_shown(Path(entry.path)), reason))
            elif entry.is_file(follow_symlinks=False) and is_source(entry.name):
                yield Path(entry.path)
        waiting.extend(Path(e.path) for e in reversed(entries) if e.is_dir(follow_symlinks=False) and not _set_aside(e))


def _set_aside(entry: os.DirEntry[str]) -> str | None:
    if entry.is_symlink():
        return "it is a symbolic link"
    if (reason := _bad_name(Path(entry.name))) is not None:
        return reason
    if entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False):
        return None
    return f"it is {_kind(entry.stat(follow_symlinks=False).st_mode)}, not a file"


def _bad_name(path: Path) -> str | None:
    """Why no record could hold this name, or None."""
    name = str(path)
    if any("\ud800" <= character <= "\udfff" for character in name):
        return "its name is not valid UTF-8"
    if any(character in name for character in "\n\r\0"):
        return "its name holds a line break"
    return None


def _shown(path: Path) -> str:
    """The path as a text that any record can hold: bytes that are no UTF-8 and line breaks as escapes."""
    name = str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return name.replace("\n", "\\n").replace("\r", "\\r").replace("\0", "\\0")


def _why(error: OSError | ValueError) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[0].lower() + error.strerror[1:]
    return str(error)


def _kind(mode: int) -> str:
    names = (
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISFIFO, "a named pipe"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
    )
    return next((name for test, name in names if test(mode)), "of another kind")


def _too_large(size: int) -> str:
    return f"it has {size:,} bytes; at most {MAX_BYTES:,} are read"
