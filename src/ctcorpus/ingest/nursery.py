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
from contextlib import suppress
from typing import Any

_HEADER = struct.Struct("=I")
#: bytes of an order at most
MOST_ORDER = 65_536
#: a file whose reader was imported in the child, because importing it failed here, would find no module: codecs too
_CODECS = "encodings"


def main() -> int:
    """Serves orders until the other side closes the socket."""
    door = socket.socket(fileno=int(sys.argv[1]))
    warm: set[str] = set()
    children: dict[int, int] = {}
    _import_codecs()
    door.settimeout(0.05)
    while True:
        _reap(children)
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
        child = _fork(order, source, answer, warm, door)
        os.close(source)
        children[child] = answer


def _order(door: socket.socket) -> tuple[dict[str, Any] | None, list[int]]:
    data, ancillary, _, _ = door.recvmsg(MOST_ORDER, socket.CMSG_SPACE(2 * array.array("i").itemsize))
    if not data:
        return None, []
    descriptors = array.array("i")
    for level, kind, body in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            descriptors.frombytes(body)
    return json.loads(data), list(descriptors)


def _reap(children: dict[int, int]) -> None:
    """Tells the other side of children that died of a signal, and lets go of their pipes."""
    for child, answer in list(children.items()):
        done, status = os.waitpid(child, os.WNOHANG)
        if not done:
            continue
        code = os.waitstatus_to_exitcode(status)
        if code != 0:
            told = {"signal": -code} if code < 0 else {"reason": f"its reader failed ({code})"}
            with suppress(OSError):  # the other side has given the file up
                os.write(answer, _frame(told))
        os.close(answer)
        del children[child]


def _fork(order: dict[str, Any], source: int, answer: int, warm: set[str], door: socket.socket) -> int:
    """The process id of a child that reads the file; the reader is imported here, once."""
    from ctcorpus.ingest import child

    failure = child.prepare(order, source, warm)
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
