"""The process in which the readers are imported and from which a child is forked for every file.

Run as ``python -m ctcorpus.ingest.nursery DESCRIPTOR``: the descriptor is a socket on which orders come, each with two
more descriptors: the file to read and the pipe for the answer. See ``worker`` for the other side.
"""

from __future__ import annotations

import array
import importlib
import json
import os
import pkgutil
import signal
import socket
import struct
import sys
import time
from contextlib import suppress
from typing import Any, NamedTuple

_HEADER = struct.Struct("=I")
#: bytes of an order at most
MOST_ORDER = 65_536
#: a file whose reader was imported in the child, because importing it failed here, would find no module: codecs too
_CODECS = "encodings"
#: the signals of a reader that broke, not of one that took too long
_CRASHES = frozenset((signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGFPE))


class _Child(NamedTuple):
    """A file that is being read: its order, its descriptor, the pipe for the answer, and when it began."""

    order: dict[str, Any]
    source: int
    answer: int
    began: float


def main() -> int:
    """Serves orders until the other side closes the socket."""
    door = socket.socket(fileno=int(sys.argv[1]))
    warm: set[str] = set()
    children: dict[int, _Child] = {}
    _import_codecs()
    door.settimeout(0.05)
    while True:
        _reap(children, door)
        try:
            order, descriptors = _order(door)
        except TimeoutError:
            if not children:
                door.settimeout(None)
            continue
        if order is None:
            return 0
        door.settimeout(0.02)
        source, answer = descriptors
        failure = _prepare(order, source, warm)
        children[_fork(order, source, answer, failure, door)] = _Child(order, source, answer, time.monotonic())


def _order(door: socket.socket) -> tuple[dict[str, Any] | None, list[int]]:
    data, ancillary, _, _ = door.recvmsg(MOST_ORDER, socket.CMSG_SPACE(2 * array.array("i").itemsize))
    if not data:
        return None, []
    descriptors = array.array("i")
    for level, kind, body in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            descriptors.frombytes(body)
    return json.loads(data), list(descriptors)


def _reap(children: dict[int, _Child], door: socket.socket) -> None:
    """Tells the other side of children that died of a signal, and lets go of their pipes.

    Where a reader crashed and there is another for its format, that one has the rest of the time for a second try.
    """
    for number, child in list(children.items()):
        done, status = os.waitpid(number, os.WNOHANG)
        if not done:
            continue
        del children[number]
        code = os.waitstatus_to_exitcode(status)
        left = child.order["wall"] - (time.monotonic() - child.began)
        if -code in _CRASHES and child.order.get("again") and not child.order.get("second") and left > 0:
            order = {**child.order, "second": True, "wall": left}
            children[_fork(order, child.source, child.answer, None, door)] = child._replace(order=order)
            continue
        if code != 0:
            told = {"signal": -code} if code < 0 else {"reason": f"its reader failed ({code})"}
            with suppress(OSError):  # the other side has given the file up
                os.write(child.answer, _frame(told))
        os.close(child.source)
        os.close(child.answer)


def _prepare(order: dict[str, Any], source: int, warm: set[str]) -> str | None:
    """Imports what the file's reader needs, once; why that is not possible, or None."""
    from ctcorpus.ingest import child

    return child.prepare(order, source, warm)


def _fork(order: dict[str, Any], source: int, answer: int, failure: str | None, door: socket.socket) -> int:
    """The process id of a child that reads the file."""
    from ctcorpus.ingest import child

    process = os.fork()
    if process:
        return process
    try:  # the child: it never returns
        door.detach()
        child.serve(order, source, answer, failure)
    finally:
        os._exit(70)


def _frame(value: dict[str, Any]) -> bytes:
    data = json.dumps(value).encode("ascii")
    return _HEADER.pack(len(data)) + data


def _import_codecs() -> None:
    """Imports every codec: a child cannot open the file of one."""
    import encodings

    for module in pkgutil.iter_modules(encodings.__path__):
        if module.name not in ("mbcs", "oem", "cp65001"):
            importlib.import_module(f"{_CODECS}.{module.name}")


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(main())
