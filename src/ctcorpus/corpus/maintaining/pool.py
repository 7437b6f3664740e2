"""Processes that work side by side, fed by this one: what they give comes back in the order in which it was asked for.

They start from nothing (no lock, no thread of this process), and end with it, however it ends.
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

Task = TypeVar("Task")
Answer = TypeVar("Answer")

#: fewer tasks than this are done in this process: starting others takes as long
LEAST = 48
#: tasks that a process takes at a time, and batches that may wait for this one, for each process
BATCH, WAITING = 8, 3


def in_order(
    work: Callable[[list[Task]], list[Answer]],
    tasks: Iterable[Task],
    jobs: int,
    begin: Callable[..., None],
    given: Sequence[object],
) -> Iterator[Answer]:
    """What ``work`` gives for each task, in order. jobs: processes; begin(*given): what each of them does first.

    Tasks are drawn as answers are taken, so that a long row of them costs no memory.
    """
    walk = iter(tasks)
    batches = iter(lambda: list(islice(walk, BATCH)), [])
    with _pool(jobs, begin, given) as pool:
        with _undisturbed():
            waiting: deque[Future[list[Answer]]] = deque(pool.submit(work, x) for x in islice(batches, jobs * WAITING))
        while waiting:
            done = waiting.popleft().result()
            waiting.extend(pool.submit(work, x) for x in islice(batches, 1))
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
def _pool(jobs: int, begin: Callable[..., None], given: Sequence[object]) -> Iterator[ProcessPoolExecutor]:
    """Processes that end with the block whatever happens."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_begin, initargs=(begin, given))
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(begin: Callable[..., None], given: Sequence[object]) -> None:
    import signal
    import threading

    threading.Thread(target=_end_with_parent, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that feeds this one ends it
    begin(*given)


@contextlib.contextmanager
def rarely_collected() -> Iterator[None]:
    """Looks for garbage less often: a run makes a great many objects that stay, and next to none in circles."""
    import gc

    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _end_with_parent() -> None:
    """Ends this process when the one that feeds it is gone, however it went: its pipes alone do not tell."""
    import os
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
