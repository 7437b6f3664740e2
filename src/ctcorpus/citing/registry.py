"""The drafts and exports that a store remembers, so that it can say what rests on a text that has changed.

A JSON line a file in ``registered.jsonl`` of the store's folder. It holds no words of any source: what is forgotten
is forgotten here too.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from ctcorpus.errors import StoreDamagedError, StoreReadOnlyError
from ctcorpus.model.export import Registered
from ctcorpus.store import Store

FILE = "registered.jsonl"


def register(store: Store, kind: Literal["draft", "export"], path: Path, spans: Iterable[str]) -> Registered:
    """Remembers a file and the spans (``DOCUMENT:START-END``, full ids) that it rests on; replaces what was
    remembered of the same path.

    Raises OSError where the file cannot be read, StoreReadOnlyError where the store cannot be written.
    """
    rests_on = tuple(dict.fromkeys(spans))
    entries = store.entries_of({span.partition(":")[0] for span in rests_on})
    row = Registered(
        kind=kind,
        path=str(path.absolute()),
        at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        spans=rests_on,
        works={name: entry.work for name, entry in sorted(entries.items())},
    )
    with _held(store.path):
        _write(store.path, [*(x for x in registered(store.path) if x.path != row.path), row])
    return row


def registered(store: Path) -> tuple[Registered, ...]:
    """What the store at a path remembers, in order of registration; StoreDamagedError where a line is none of ours."""
    try:
        lines = (store / FILE).read_bytes().splitlines()
    except FileNotFoundError:
        return ()
    found = []
    for number, line in enumerate(lines, start=1):
        try:
            found.append(Registered.from_dict(json.loads(line)))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise StoreDamagedError(store, f"{FILE}, line {number}: {error}") from error
    return tuple(found)


@contextmanager
def _held(store: Path) -> Iterator[None]:
    """One at a time: a lock on the store's folder, which dies with its process."""
    descriptor = os.open(store, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _write(store: Path, rows: list[Registered]) -> None:
    data = "".join(json.dumps(row.to_dict(), ensure_ascii=False) + "\n" for row in rows).encode("utf-8")
    temporary = store / f".{FILE}.{secrets.token_hex(4)}"
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(store / FILE)
    except OSError as error:
        raise StoreReadOnlyError(store, os.strerror(error.errno or 0)) from error
    finally:
        temporary.unlink(missing_ok=True)
