"""Files -> documents and facts, in order of name: here for a few, in processes of their own for many.

What a process gives is the same, whichever read it; the one writer takes it in.
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from ctcorpus.corpus.place import source_path
from ctcorpus.corpus.survey import state_of
from ctcorpus.errors import SourceError
from ctcorpus.model.document import Document
from ctcorpus.model.entry import FileState
from ctcorpus.model.facts import Facts

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

    from ctcorpus.annotate.thesaurus import Thesaurus

#: fewer files than this are read in this process: starting others takes as long
LEAST_FOR_POOL = 48
#: files that a process takes at a time, and batches that may wait for the writer, for each process
BATCH, WAITING = 8, 3
FORGOTTEN = "it was forgotten; take it in again with: ctcorpus add PATH"


@dataclass(frozen=True, slots=True)
class Read:
    """What came of a file: its bytes and the documents in them with their facts, or the reason why there are none."""

    name: str
    data: bytes = b""
    found: tuple[tuple[Document, Facts, FileState], ...] = ()
    reason: str | None = None


def read_file(name: str, corpus: Path, thesaurus: Thesaurus, forgotten: Collection[str] = ()) -> Read:
    """What is in the source of this name; never raises SourceError, which is a ``reason`` here."""
    from ctcorpus.annotate import annotate
    from ctcorpus.ingest import documents
    from ctcorpus.ingest.source import read_source

    path = source_path(name, corpus)
    try:
        data = read_source(path)
        found = []
        for document in documents(data, name=name):
            if document.provenance.sha256 in forgotten:
                return Read(name, reason=FORGOTTEN)
            state = state_of(path, document.provenance.path, document.provenance.sha256, document.id)
            found.append((document, annotate(document, thesaurus), state))
    except SourceError as error:
        return Read(name, reason=error.reason)
    except OSError as error:  # the file went away, or changed its nature, between two looks at it
        return Read(name, reason=error.strerror or str(error))
    return Read(name, data, tuple(found))


def read_all(
    names: Sequence[str], corpus: Path, thesaurus: Thesaurus, forgotten: Collection[str], jobs: int
) -> Iterator[Read]:
    """What is in each source, in the order of ``names``. jobs: processes; 1 for this one alone."""
    if jobs < 2 or len(names) < LEAST_FOR_POOL:
        yield from (read_file(name, corpus, thesaurus, forgotten) for name in names)
        return
    with _pool(jobs, corpus, thesaurus, forgotten) as pool:
        batches = (list(some) for some in _batched(names, BATCH))
        with _undisturbed():
            waiting: deque[Future[list[Read]]] = deque(
                pool.submit(_read_some, x) for x in islice(batches, jobs * WAITING)
            )
        while waiting:
            done = waiting.popleft().result()
            waiting.extend(pool.submit(_read_some, x) for x in islice(batches, 1))
            yield from done


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Puts an interrupt off: a process that is interrupted while it starts another leaves that one to complain."""
    import signal

    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _pool(jobs: int, corpus: Path, thesaurus: Thesaurus, forgotten: Collection[str]) -> Iterator[ProcessPoolExecutor]:
    """Processes that start from nothing (no lock, no thread of this one), and end with the block whatever happens."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    given = (corpus, thesaurus.to_turtle(), frozenset(forgotten))
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_begin, initargs=given)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@dataclass(slots=True)
class _Reader:
    """What a process of the pool reads with: set once, when it starts."""

    corpus: Path
    thesaurus: Thesaurus
    forgotten: frozenset[str]


_readers: list[_Reader] = []


def _begin(corpus: Path, turtle: str, forgotten: frozenset[str]) -> None:
    import signal
    import threading

    from ctcorpus.annotate.thesaurus import Thesaurus

    threading.Thread(target=_end_with_parent, daemon=True).start()

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that feeds this one ends it
    _readers.append(_Reader(corpus, Thesaurus.parse(turtle, "thesaurus"), forgotten))


def _end_with_parent() -> None:
    """Ends this process when the one that feeds it is gone, however it went: its pipes alone do not tell."""
    import os
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read_some(names: list[str]) -> list[Read]:
    reader = _readers[-1]
    return [read_file(name, reader.corpus, reader.thesaurus, reader.forgotten) for name in names]


def _batched(names: Iterable[str], size: int) -> Iterator[tuple[str, ...]]:
    walk = iter(names)
    while some := tuple(islice(walk, size)):
        yield some
