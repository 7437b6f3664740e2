"""A generation's folder: the files that an index put there, named one by one in a manifest, and held by a lock.

What is in the files is the index's affair. Readers hold a shared lock on the folder itself, which works on
read-only media too; whoever deletes it needs the lock alone.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ctcorpus.errors import StoreDamagedError

GENERATIONS = "generations"
MANIFEST = "manifest.json"
#: up to this many bytes every file is read and checked when a store is opened; above, only sizes are compared
VERIFIED_BYTES = 32 * 1024 * 1024
_UNLOCKABLE = (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL)


def new_folder(store: Path) -> Path:
    """A fresh folder with a random name, as open to others as the store is."""
    mode = store.stat().st_mode & 0o777
    parent = store / GENERATIONS
    parent.mkdir(mode=mode, exist_ok=True)
    folder = parent / os.urandom(16).hex()
    folder.mkdir(mode=mode)
    return folder


def hold(folder: Path) -> int | None:
    """A descriptor that keeps the folder from being deleted until it is closed; None when it is gone or going."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(descriptor), folder.stat()):
            return descriptor
    except (BlockingIOError, FileNotFoundError):
        pass  # somebody is deleting it, or has done so
    except OSError as error:
        if error.errno in _UNLOCKABLE:
            return descriptor  # a file system without locks is read as it is; nobody writes to a store there
        os.close(descriptor)
        raise
    os.close(descriptor)
    return None


def delete_unheld(folder: Path) -> bool:
    """Deletes the folder unless a reader holds it; True when it is gone. What cannot be deleted now is left."""
    import shutil  # writers alone need it, and it is slow to import

    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return not folder.exists()
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return not folder.exists()


def seal_folder(folder: Path, parent: Path | None = None) -> str:
    """Makes every file durable, writes the manifest, and gives the manifest's sha256.

    A file that is a link to one of the parent's, unchanged since the parent was sealed, keeps the checksum that it was
    written with and is durable already: to compute it anew would cost time, and would make good what is damaged.
    """
    files = []
    sealed = _sealed(parent) if parent else {}
    for name in file_names(folder):
        known = sealed.get((folder / name).stat().st_ino)
        if known is not None and known["name"] == name:
            files.append(known)
            continue
        digest, size = _digest(folder / name)
        files.append({"name": name, "size": size, "sha256": digest})
        sync(folder / name)
    text = json.dumps({"format": 1, "files": files}, indent=1).encode("utf-8")
    (folder / MANIFEST).write_bytes(text)
    sync(folder / MANIFEST)
    for place in sorted({(folder / name).parent for name in file_names(folder)} | {folder}):
        sync(place)
    sync(folder.parent)
    sync(folder.parent.parent)
    return hashlib.sha256(text).hexdigest()


def faults(store: Path, folder: Path, manifest: str, *, whole: bool | None) -> Iterator[str]:
    """What is wrong with the folder's files, a sentence each.

    manifest: the digest that the manifest must have. whole: read every byte (True), compare sizes only (False), or
    read every byte up to VERIFIED_BYTES in all (None). Files that the manifest does not name are no fault.
    """
    try:
        text = (folder / MANIFEST).read_bytes()
    except OSError as error:
        yield f"{_shown(store, folder / MANIFEST)}: {error.strerror}"
        return
    if hashlib.sha256(text).hexdigest() != manifest:
        yield f"{_shown(store, folder / MANIFEST)}: its checksum does not match"
        return
    files = json.loads(text)["files"]
    if whole is None:
        whole = sum(file["size"] for file in files) <= VERIFIED_BYTES
    for file in files:
        path = folder / file["name"]
        try:
            if path.stat().st_size != file["size"]:
                yield f"{_shown(store, path)}: {path.stat().st_size} bytes where {file['size']} were written"
            elif whole and _digest(path)[0] != file["sha256"]:
                yield f"{_shown(store, path)}: its checksum does not match"
        except OSError as error:
            yield f"{_shown(store, path)}: {error.strerror}"


def verify(store: Path, folder: Path, manifest: str, *, whole: bool | None) -> None:
    """Raises StoreDamagedError with the first of ``faults``."""
    for fault in faults(store, folder, manifest, whole=whole):
        raise StoreDamagedError(store, fault)


def file_names(folder: Path) -> list[str]:
    """The files that a manifest names, in order: all but itself and the locks that an engine leaves behind."""
    paths = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    names = (str(path.relative_to(folder)) for path in paths)
    return sorted(name for name in names if name != MANIFEST and not name.endswith(".lock"))


def sync(path: Path) -> None:
    """Makes a file's bytes, or a folder's names, durable. A failure is final: it is raised, never tried again."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        full: int | None = getattr(fcntl, "F_FULLFSYNC", None)  # macOS: fsync alone stops at the drive's cache
        if full is None:
            os.fsync(descriptor)
        else:
            fcntl.fcntl(descriptor, full)
    finally:
        os.close(descriptor)


def _sealed(parent: Path) -> dict[int, dict[str, Any]]:
    """Inode -> entry of the manifest, for the parent's files that have not been touched since they were sealed."""
    try:
        written = (parent / MANIFEST).stat().st_mtime_ns
        listed = json.loads((parent / MANIFEST).read_bytes())["files"]
        found = [(entry, (parent / entry["name"]).stat()) for entry in listed]
    except (OSError, ValueError, KeyError):  # whatever is wrong with the parent, nothing of it is taken over
        return {}
    return {x.st_ino: entry for entry, x in found if x.st_size == entry["size"] and x.st_mtime_ns <= written}


def _digest(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return digest, file.tell()


def _shown(store: Path, path: Path) -> str:
    return str(path.relative_to(store))
