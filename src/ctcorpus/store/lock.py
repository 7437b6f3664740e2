"""Who may write: one process, on a local file system, in a folder that is a store's or empty."""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path

from ctcorpus.errors import StoreDamagedError, StoreLockedError, StoreReadOnlyError, UsageError

LOCK = "writer.lock"
_DATABASES = {"corpus.db", "corpus.db-journal", "corpus.db.new", "corpus.db.set-aside"}
#: what people write about a corpus; it lies here when the store is no ``data/index`` inside a corpus folder
PLAIN = frozenset({"citekeys.tsv", "ctcorpus.toml", "notes.jsonl", "sources.toml", "thesaurus.ttl"})
#: what a store folder holds; hidden files (a placeholder, a desktop's droppings) are nobody's business
OWN_NAMES = frozenset({*_DATABASES, *PLAIN, "generations", "cache", "points.json", "registered.jsonl", LOCK})
# fmt: off
_NETWORK = frozenset({
    "9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "fuse.ceph", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone",
    "fuse.s3fs", "fuse.sshfs", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "smb3", "smbfs",
})
# fmt: on


class WriterLock:
    """The right to write to a store, held until ``release`` or the end of the process, however it ends."""

    def __init__(self, store: Path) -> None:
        """Takes the lock, making the folder when it is missing.

        Raises StoreLockedError (held by another), StoreReadOnlyError (no permission, or a network file system, whose
        locks cannot be relied on) and UsageError (a folder with something else in it).
        """
        try:
            store.mkdir(mode=0o700, parents=True, exist_ok=True)
            _refuse_foreign(store)
            flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
            self._descriptor = os.open(store / LOCK, flags, 0o600)
        except NotADirectoryError as error:
            raise UsageError(f"'{store}' is not a folder", "Choose another place with: --store DIR") from error
        except FileExistsError as error:
            raise UsageError(f"'{store}' is not a folder", "Choose another place with: --store DIR") from error
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise StoreDamagedError(store, f"{LOCK} is a symbolic link") from error
            raise StoreReadOnlyError(store, os.strerror(error.errno or errno.EACCES)) from error
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(self._descriptor)
            raise StoreLockedError(store, writer_pid(store)) from error
        except OSError as error:
            os.close(self._descriptor)
            raise StoreReadOnlyError(store, os.strerror(error.errno or errno.ENOLCK)) from error
        # for people only: the lock is the kernel's, and no stale number can hold it
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        """Lets the next writer in, even where a child process inherited the descriptor; safe to call twice."""
        if self._descriptor >= 0:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)
            os.close(self._descriptor)
            self._descriptor = -1


def writer_pid(store: Path) -> int | None:
    """The process that last took the lock, as it wrote itself down; None when that cannot be read."""
    try:
        return int((store / LOCK).read_text(encoding="ascii")[:20])
    except (OSError, ValueError):
        return None


def file_system(folder: Path, mounts: str | None = None) -> str | None:
    """The type of the file system that holds the folder ("ext4"), None where the system does not tell.

    mounts: text in the form of Linux's ``/proc/self/mountinfo``, read from there when None.
    """
    if mounts is None:
        try:
            mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return None
    device = folder.stat().st_dev
    wanted = f"{os.major(device)}:{os.minor(device)}"
    for line in mounts.splitlines():
        here, _, there = line.partition(" - ")
        if here.split(" ")[2:3] == [wanted]:
            return there.split(" ")[0] or None
    return None


def refuse_network(store: Path, kind: str | None) -> None:
    """Raises StoreReadOnlyError when ``kind`` is a network file system: a lock there may be held twice."""
    if kind in _NETWORK:
        raise StoreReadOnlyError(store, f"it lies on a network file system ({kind}), where locks cannot be relied on")


def _refuse_foreign(store: Path) -> None:
    refuse_network(store, file_system(store))
    if not os.access(store, os.W_OK | os.X_OK):
        raise OSError(errno.EACCES, os.strerror(errno.EACCES), str(store))
    names = {entry.name for entry in store.iterdir()}
    if "corpus.db" in names:
        return
    foreign = sorted(name for name in names - OWN_NAMES if not name.startswith("."))
    if foreign:
        raise UsageError(
            f"'{store}' is not a store and not empty: it holds '{foreign[0]}'", "Choose an empty folder: --store DIR"
        )
