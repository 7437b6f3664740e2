"""A process gives up its rights: no file can be opened, nothing connected to, nothing started.

Limits hold wherever POSIX does. ``close_doors`` leaves room for no further file descriptor, so that no file, socket
or pipe can be opened; on Linux, Landlock refuses the same once more in the kernel, and executing too.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import struct
import sys
from dataclasses import dataclass
from pathlib import Path

#: numbers of the system calls, the same on every architecture that Landlock knows but Alpha
_CREATE, _RESTRICT = 444, 446
_NO_NEW_PRIVILEGES = 38
#: ABI of Landlock -> number of the rights over files that it knows
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
#: from this ABI on: TCP bind and connect; from this on: abstract sockets and signals to others
_NET_ABI, _SCOPE_ABI = 4, 6


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. wall, cpu: seconds; memory: bytes beside those in use; output: bytes of its answer."""

    wall: float = 60.0
    cpu: int = 60
    memory: int = 1_000_000_000
    output: int = 200_000_000


def confine(limits: Limits) -> None:
    """Sets the limits of this process; the kernel ends it where it passes one. Nothing can be written to a file."""
    used = _address_space()
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu, limits.cpu))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform == "linux":  # elsewhere address space cannot be bounded
        resource.setrlimit(resource.RLIMIT_AS, (used + limits.memory, used + limits.memory))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limits.wall)


def close_doors(keep: tuple[int, ...]) -> None:
    """Closes every file descriptor but those of ``keep``: 0, 1, 2 ... in order. No other can be opened after that."""
    assert keep == tuple(range(len(keep)))
    os.closerange(len(keep), max(64, resource.getrlimit(resource.RLIMIT_NOFILE)[0] if _few_files() else 4_096))
    resource.setrlimit(resource.RLIMIT_NOFILE, (len(keep), len(keep)))


def landlock_abi() -> int:
    """The ABI of Landlock that the kernel knows; 0 where there is none."""
    if sys.platform != "linux":
        return 0
    return max(0, int(ctypes.CDLL(None, use_errno=True).syscall(_CREATE, None, ctypes.c_size_t(0), 1)))


def missing_protection(abi: int | None = None) -> str | None:
    """What holds a reader back less here than it could elsewhere, and what that means; None where nothing is missing.

    abi: of Landlock; what the kernel says where it is None.
    """
    abi = landlock_abi() if abi is None else abi
    if not abi:
        return (
            "no Landlock on this system: what keeps the reader of a hostile file from files, network and programs is"
            " that it may open no further descriptor, and limits of time and memory; the kernel adds nothing to that"
        )
    if abi < _NET_ABI:
        return (
            f"Landlock of ABI {abi}, without rules for the network: only that no further descriptor may be opened keeps"
            " the reader of a hostile file from connecting"
        )
    return None


def landlock() -> int:
    """Gives up every right over files and the network for good; the ABI of Landlock, 0 where nothing was given up.

    Source: Linux, Documentation/userspace-api/landlock.rst.
    """
    abi = landlock_abi()
    if not abi:
        return 0
    libc = ctypes.CDLL(None, use_errno=True)
    files = (1 << _FILE_RIGHTS.get(abi, 16)) - 1
    rules = struct.pack("=QQQ", files, 3 if abi >= _NET_ABI else 0, 3 if abi >= _SCOPE_ABI else 0)
    size = 24 if abi >= _SCOPE_ABI else 16 if abi >= _NET_ABI else 8
    ruleset = int(libc.syscall(_CREATE, rules, ctypes.c_size_t(size), 0))
    if ruleset < 0:
        return 0
    refused = libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or libc.syscall(_RESTRICT, ruleset, 0)
    os.close(ruleset)
    return 0 if refused else abi


def _few_files() -> bool:
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0] <= 65_536


def _address_space() -> int:
    """Bytes of address space in use; 0 where the system does not say."""
    try:
        with Path("/proc/self/statm").open("rb") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0
