"""Writing what people asked for: under a temporary name, then renamed, and never over a file that is there."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from ctcorpus.errors import UsageError
from ctcorpus.model.export import Written


def write_new(path: Path, data: bytes, *, force: bool = False) -> Written:
    """Writes a whole file or nothing; UsageError where something is there already and ``force`` was not given.

    A symbolic link at the path is replaced, not followed. Raises OSError where nothing can be written.
    """
    refuse_existing(path, force=force)
    temporary = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _put(temporary, path, force=force)
    finally:
        temporary.unlink(missing_ok=True)
    return Written(str(path), len(data), hashlib.sha256(data).hexdigest())


def refuse_existing(path: Path, *, force: bool) -> None:
    """Raises UsageError where an output exists that must not be replaced, or cannot be one at all."""
    if path.is_dir():
        raise UsageError(f"'{path}' is a folder", "Name a file: -o FILE")
    if not path.parent.is_dir():
        raise UsageError(f"'{path.parent}' is no folder", "Make it first, or name another place: -o FILE")
    if path.exists() and not path.is_file():
        raise UsageError(f"'{path}' is no regular file", "Leave out -o to write to the standard output")
    if not force and os.path.lexists(path):
        raise UsageError(f"'{path}' exists and is not overwritten", "Replace it with: --force")


def write_folder(folder: Path, files: Mapping[str, bytes], *, force: bool, own: str) -> list[Written]:
    """Writes a whole folder or nothing.

    force replaces a folder, but only one that holds the file ``own``: by that it is known to be of the same making.
    Raises UsageError, OSError.
    """
    _refuse_folder(folder, force=force, own=own)
    temporary = folder.with_name(f".{folder.name[:100]}.{secrets.token_hex(4)}")
    temporary.mkdir()
    try:
        written = []
        for name, data in files.items():
            (temporary / name).parent.mkdir(parents=True, exist_ok=True)
            written.append(replaced_path(write_new(temporary / name, data), folder / name))
        if folder.exists():
            aside = folder.with_name(f".{folder.name[:100]}.{secrets.token_hex(4)}.old")
            folder.rename(aside)
            temporary.rename(folder)
            shutil.rmtree(aside)
        else:
            temporary.rename(folder)
    finally:
        with contextlib.suppress(FileNotFoundError):  # it was renamed: nothing is left to take away
            shutil.rmtree(temporary)
    return written


def replaced_path(written: Written, path: Path) -> Written:
    """The same file under another path."""
    return Written(str(path), written.size, written.sha256)


def _refuse_folder(folder: Path, *, force: bool, own: str) -> None:
    if not folder.parent.is_dir():
        raise UsageError(f"'{folder.parent}' is no folder", "Make it first, or name another place")
    if not os.path.lexists(folder):
        return
    if folder.is_symlink() or not folder.is_dir():
        raise UsageError(f"'{folder}' is no folder", "Name another place")
    if any(folder.iterdir()) and not (folder / own).is_file():
        raise UsageError(f"'{folder}' holds something else", "Name an empty or a new folder")
    if any(folder.iterdir()) and not force:
        raise UsageError(f"'{folder}' exists and is not overwritten", "Replace it with: --force")


def _put(temporary: Path, path: Path, *, force: bool) -> None:
    """Gives the file its name; without ``force`` by a link, which fails where the name was taken meanwhile."""
    if force:
        temporary.replace(path)
        return
    try:
        os.link(temporary, path)
    except FileExistsError as error:
        raise UsageError(f"'{path}' exists and is not overwritten", "Replace it with: --force") from error
    except OSError:  # a file system without hard links
        temporary.replace(path)
