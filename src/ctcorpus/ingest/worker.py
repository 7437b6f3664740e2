"""Workers: a process without rights for every file that is not plain text.

One helper process (the nursery) imports the readers and then forks a child for each file: it has a single thread and
holds no lock, so forking is safe there, and a child costs milliseconds. The child sets its limits, closes every door
but the file it was given and the pipe for its answer, parses, answers and ends. Whatever a hostile file does, it does
to that child: its cause of death becomes the reason for which the file is set aside.
"""

from __future__ import annotations

import array
import atexit
import json
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from ctcorpus.errors import SourceError
from ctcorpus.ingest.readers import Reading, UnreadableError
from ctcorpus.ingest.readers.checking import sound
from ctcorpus.ingest.readers.columns import Columns
from ctcorpus.ingest.sandbox import Limits

_HEADER = struct.Struct("=I")
#: the last frame of every answer; the pipe itself is closed a little later
_LAST = _HEADER.pack(13) + b'{"end": true}'
#: seconds beyond its own limit after which a child that still runs is ended from outside
GRACE = 5.0
_CHUNK = 1 << 20
_CAUSES = {
    signal.SIGALRM: "it takes longer than {wall:g} seconds to read",
    signal.SIGXCPU: "it takes more than {cpu} seconds of processor time to read",
    signal.SIGKILL: "it takes more processor time or memory than allowed to read",
    signal.SIGABRT: "its reader ran out of memory or gave up (SIGABRT)",
    signal.SIGSEGV: "its reader crashed (SIGSEGV)",
    signal.SIGXFSZ: "its reader tried to write to a file",
}


@dataclass(slots=True)
class _Job:
    """A file that is being read. key: the caller's; pipe: where the child answers; until: when it is given up."""

    key: int
    name: str
    pipe: int
    until: float
    parts: list[bytes] = field(default_factory=list)
    size: int = 0


class Workers:
    """Reads files in children of one nursery, as many at a time as there are cores; start it once, use it often.

    Use as a context manager, or close it. Safe to share between threads: one reads at a time.
    """

    def __init__(self, limits: Limits | None = None, at_once: int | None = None) -> None:
        self.limits = limits or Limits()
        self.at_once = at_once or min(8, os.cpu_count() or 1)
        self._nursery: subprocess.Popen[bytes] | None = None
        self._door: socket.socket | None = None
        self._lock = threading.Lock()
        self._owner = os.getpid()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the nursery and every child of it; in a process forked from the one that started it, does nothing."""
        if self._owner != os.getpid():
            return
        if self._door is not None:
            self._door.close()
        if self._nursery is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._nursery.pid, signal.SIGKILL)
            self._nursery.wait()
        self._door = self._nursery = None

    def readings(self, data: bytes, name: str, columns: Columns | None = None) -> list[Reading]:
        """What the file's reader gives; ``name`` and the first bytes choose it. columns: those of a table of articles.

        Raises SourceError with the cause: what the reader says, or which limit the file passed.
        """
        (_, result), *_ = self.read_many([(name, data)], columns)
        if isinstance(result, SourceError):
            raise result
        return result

    def read_many(
        self, files: Iterable[tuple[str, bytes]], columns: Columns | None = None
    ) -> Iterator[tuple[str, list[Reading] | SourceError]]:
        """Name and readings (or the error) of each file, in order; so many are read at once as there are cores.

        ``files`` is drawn from as places become free, so a long list costs no memory.
        """
        with self._lock:
            yield from self._read_many(files, columns)

    def _read_many(
        self, files: Iterable[tuple[str, bytes]], columns: Columns | None
    ) -> Iterator[tuple[str, list[Reading] | SourceError]]:
        waiting = enumerate(files)
        order: deque[tuple[int, str]] = deque()
        running: dict[int, _Job] = {}
        done: dict[int, list[Reading] | SourceError] = {}
        more = True
        try:
            while more or order:
                while more and len(running) < self.at_once and len(order) < 4 * self.at_once:
                    item = next(waiting, None)
                    if item is None:
                        more = False
                        break
                    key, (name, data) = item
                    order.append((key, name))
                    job = self._begin(key, name, data, columns)
                    running[job.pipe] = job
                self._collect(running, done)
                while order and order[0][0] in done:
                    key, name = order.popleft()
                    yield name, done.pop(key)
        finally:
            for job in running.values():
                os.close(job.pipe)

    def _begin(self, key: int, name: str, data: bytes, columns: Columns | None) -> _Job:
        """Hands a file to a new child."""
        door = self._open_door()
        ours, theirs = os.pipe()
        with tempfile.TemporaryFile() as file:
            file.write(data)
            file.flush()
            limits = self.limits
            order = {
                "name": name,
                "wall": limits.wall,
                "cpu": limits.cpu,
                "memory": limits.memory,
                "output": limits.output,
                "columns": dict(columns or {}),
            }
            try:
                _send(door, json.dumps(order).encode("ascii"), [file.fileno(), theirs])
            except OSError:
                self.close()
                _send(self._open_door(), json.dumps(order).encode("ascii"), [file.fileno(), theirs])
        os.close(theirs)
        return _Job(key, name, ours, time.monotonic() + limits.wall + GRACE)

    def _open_door(self) -> socket.socket:
        if self._door is None or self._nursery is None or self._nursery.poll() is not None:
            self.close()
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET if _PACKETS else socket.SOCK_STREAM)
            with theirs:
                self._nursery = subprocess.Popen(
                    [sys.executable, "-m", "ctcorpus.ingest.nursery", str(theirs.fileno())],
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                    env={**os.environ, "PYTHONSAFEPATH": "1", "PYTHONIOENCODING": "utf-8"},
                )
            self._door = ours
        return self._door

    def _collect(self, running: dict[int, _Job], done: dict[int, list[Reading] | SourceError]) -> None:
        """Waits until a child has said something, or one is overdue; takes what is there."""
        if not running:
            return
        soonest = min(job.until for job in running.values())
        ready, _, _ = select.select(list(running), [], [], max(0.0, soonest - time.monotonic()))
        for pipe in ready:
            job = running[pipe]
            piece = os.read(pipe, _CHUNK)
            job.parts.append(piece)
            job.size += len(piece)
            if not piece or piece.endswith(_LAST) or job.size > self.limits.output + _CHUNK:
                self._finish(running.pop(pipe), done)
        for job in [x for x in running.values() if x.until < time.monotonic()]:
            del running[job.pipe]
            os.close(job.pipe)
            done[job.key] = SourceError(job.name, _CAUSES[signal.SIGALRM].format(wall=self.limits.wall))
            self.close()  # its child does not end by itself: the nursery goes, and all children with it

    def _finish(self, job: _Job, done: dict[int, list[Reading] | SourceError]) -> None:
        os.close(job.pipe)
        try:
            done[job.key] = _answer(b"".join(job.parts), self.limits)
        except UnreadableError as error:
            done[job.key] = SourceError(job.name, str(error))


#: packets keep the border between two orders; where there are none (macOS), an order is short enough for one read
_PACKETS = sys.platform == "linux"


def _send(door: socket.socket, order: bytes, descriptors: list[int]) -> None:
    door.sendmsg([order], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))])


def _answer(data: bytes, limits: Limits) -> list[Reading]:
    """The readings in a child's answer, checked: what a hostile file made of it is not trusted.

    Raises UnreadableError with the cause where the answer is none.
    """
    if len(data) > limits.output:
        raise UnreadableError(f"its text is larger than {limits.output:,} bytes")
    found: list[Reading] = []
    at = 0
    while at + _HEADER.size <= len(data):
        (size,) = _HEADER.unpack_from(data, at)
        at += _HEADER.size
        try:
            frame = json.loads(data[at : at + size])
        except (ValueError, RecursionError) as error:
            raise UnreadableError("its reader gave no sound answer") from error
        at += size
        if not isinstance(frame, dict):
            raise UnreadableError("its reader gave no sound answer")
        if "reason" in frame:
            raise UnreadableError(str(frame["reason"])[:500])
        if "signal" in frame:
            raise UnreadableError(_cause(frame["signal"], limits))
        if "end" in frame:
            return found
        found.append(checked(frame))
    raise UnreadableError("its reader ended without an answer")


def _cause(number: object, limits: Limits) -> str:
    known = signal.Signals(number) if isinstance(number, int) and number in list(signal.Signals) else None
    if known is None:
        return f"its reader ended without an answer ({number})"
    return _CAUSES.get(known, f"its reader was ended by {known.name}").format(wall=limits.wall, cpu=limits.cpu)


def checked(frame: dict[str, object]) -> Reading:
    """The reading in a frame. Raises UnreadableError where types, spans or characters are not what they must be."""
    try:
        reading = Reading.from_dict(frame)
    except (KeyError, TypeError, AttributeError) as error:
        raise UnreadableError("its reader gave no sound answer") from error
    if not sound(reading):
        raise UnreadableError("its reader gave no sound answer")
    return reading


#: process id -> its workers: a process that was forked from another has none yet
_SHARED: dict[int, Workers] = {}


def shared() -> Workers:
    """The workers that this process shares; they end with it."""
    here = os.getpid()
    if here not in _SHARED:
        _SHARED.clear()
        _SHARED[here] = Workers()
        atexit.register(_SHARED[here].close)
    return _SHARED[here]
