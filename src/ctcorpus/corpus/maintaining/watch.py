"""Following folders: whenever a source changes, the store is brought up to date, until somebody stops it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Thread

from ctcorpus.corpus.maintaining.patterns import is_glob
from ctcorpus.corpus.place import is_own, own_names, source_name, source_path
from ctcorpus.corpus.stating.configuration import FILE as CONFIGURATION_FILE
from ctcorpus.corpus.stating.sources_file import FILE as SOURCES_FILE
from ctcorpus.errors import CtcorpusError, ExtraMissingError, UsageError
from ctcorpus.model.report import IndexReport

#: plain files of the corpus folder whose changes matter too
PLAIN = (SOURCES_FILE, CONFIGURATION_FILE)
#: seconds after which a run that failed is tried again
_AGAIN = 5.0
#: seconds that a lookout may take to begin, and between two looks at whether its places are still there
_BEGINS, _LOOK = 0.5, 1.0


def follow(
    run: Callable[[], IndexReport], sources: Callable[[], list[str]], folder: Path, thesaurus: Path, quiet: int
) -> Iterator[IndexReport | CtcorpusError]:
    """Runs once, then after every change of a source, a statement or the thesaurus; what each run did, or its error.

    sources: the names that are followed, asked for anew after each run. quiet: milliseconds without a change before a
    run begins. Ends with KeyboardInterrupt. Raises ExtraMissingError, and UsageError where there is nothing to follow.
    """
    if find_spec("watchfiles") is None:
        raise ExtraMissingError("ctcorpus watch", "watch")
    plain = {str(folder / name) for name in PLAIN} | {str(thesaurus)}
    beside = {Path(x).parent for x in plain if Path(x).parent.is_dir()}
    lookout: _Lookout | None = None
    try:
        while True:
            outcome = _outcome(run)
            roots = _roots(sources(), folder)
            if not roots:
                raise UsageError("There is no folder to follow", "Name one with: ctcorpus index PATH")
            places = tuple(dict.fromkeys([*roots, *beside]))
            if lookout is None or not lookout.is_on(places):
                if lookout is not None:
                    lookout.end()
                lookout = _Lookout(places, partial(_matters, folder, plain, roots), quiet)
            yield outcome
            lookout.wait(_AGAIN if isinstance(outcome, CtcorpusError) else None)
    finally:
        if lookout is not None:
            lookout.end()


class _Lookout:
    """Follows places in a thread, while a run is under way too, so that no change falls between two looks."""

    def __init__(self, places: Sequence[Path], matters: Callable[[object, str], bool], quiet: int) -> None:
        from watchfiles import watch

        self._places = [(place, _identity(place)) for place in places]
        self._end, self._news = Event(), Event()
        self._begun = False
        changes = watch(
            *(place for place, known in self._places if known),
            watch_filter=matters,
            debounce=quiet,
            stop_event=self._end,
            rust_timeout=200,
            raise_interrupt=False,
        )
        self._thread = Thread(target=self._follow, args=(changes,), daemon=True)
        self._thread.start()

    def _follow(self, changes: Iterator[object]) -> None:
        with contextlib.suppress(OSError):  # a place that went away ends it: the next run tells, and begins another
            for _ in changes:
                self._news.set()

    def is_on(self, places: Sequence[Path]) -> bool:
        """Whether it follows these places, and each is still the folder that it was."""
        return self._thread.is_alive() and self._places == [(place, _identity(place)) for place in places]

    def wait(self, seconds: float | None) -> None:
        """Returns when something has changed since the last call, or a place came or went, or the time is over.

        Returns at once the first time: what changed between a run and the moment when this one began was seen by none.
        """
        if not self._begun:
            self._begun = True
            self._news.wait(_BEGINS)
            return
        until = None if seconds is None else time.monotonic() + seconds
        while not self._news.wait(_LOOK) and self.is_on([place for place, _ in self._places]):
            if until is not None and time.monotonic() >= until:
                return
        self._news.clear()

    def end(self) -> None:
        """Ends the thread."""
        self._end.set()
        self._thread.join(timeout=2)


def _identity(place: Path) -> tuple[int, int] | None:
    """What tells a folder from another that takes its name; None where there is none."""
    try:
        state = place.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino


def _matters(folder: Path, plain: set[str], roots: Sequence[Path], _: object, path: str) -> bool:
    if path in plain:
        return True
    return any(Path(path).is_relative_to(x) for x in roots) and not is_own(
        source_name(Path(path), folder), own_names(folder)
    )


def _outcome(run: Callable[[], IndexReport]) -> IndexReport | CtcorpusError:
    try:
        return run()
    except CtcorpusError as error:  # told by the caller; the next change may mend it
        return error


def _roots(names: list[str], folder: Path) -> list[Path]:
    """The folders and files that hold these sources, though gone just now; of a glob, the folder before its mark."""
    roots = []
    for name in names:
        path = source_path(name, folder).absolute()
        while is_glob(str(path)) and path != path.parent:
            path = path.parent
        roots.append(path)
    return roots
