"""Following folders: whenever a source changes, the store is brought up to date, until somebody stops it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from ctcorpus.corpus.configuration import FILE as CONFIGURATION_FILE
from ctcorpus.corpus.patterns import is_glob
from ctcorpus.corpus.place import source_path
from ctcorpus.corpus.sources_file import FILE as SOURCES_FILE
from ctcorpus.errors import CtcorpusError, ExtraMissingError, UsageError
from ctcorpus.model.report import IndexReport

#: plain files of the corpus folder whose changes matter too
PLAIN = (SOURCES_FILE, CONFIGURATION_FILE)
#: milliseconds after which a run that failed is tried again
_AGAIN = 5_000


def follow(
    run: Callable[[], IndexReport], sources: Callable[[], list[str]], folder: Path, thesaurus: Path, quiet: int
) -> Iterator[IndexReport | CtcorpusError]:
    """Runs once, then after every change of a source, a statement or the thesaurus; what each run did, or its error.

    sources: the names that are followed, asked for anew after each run. quiet: milliseconds without a change before a
    run begins. Ends with KeyboardInterrupt. Raises ExtraMissingError, and UsageError where there is nothing to follow.
    """
    try:
        from watchfiles import watch
    except ImportError as error:
        raise ExtraMissingError("ctcorpus watch", "watch") from error
    while True:
        outcome = _outcome(run)
        yield outcome
        plain = {str(folder / name) for name in PLAIN} | {str(thesaurus)}
        roots = _roots(sources(), folder)
        if not roots:
            raise UsageError("There is no folder to follow", "Name one with: ctcorpus index PATH")
        places = [*roots, *{Path(x).parent for x in plain if Path(x).parent.is_dir()}]
        failed = isinstance(outcome, CtcorpusError)
        changes = watch(
            *dict.fromkeys(places),
            watch_filter=partial(_matters, plain, roots),
            debounce=quiet,
            rust_timeout=_AGAIN,
            yield_on_timeout=failed,
            raise_interrupt=True,
        )
        next(changes, None)  # the run itself looks at what has changed: a report that is lost costs nothing


def _matters(plain: set[str], roots: list[Path], _: object, path: str) -> bool:
    return path in plain or any(Path(path).is_relative_to(x) for x in roots)


def _outcome(run: Callable[[], IndexReport]) -> IndexReport | CtcorpusError:
    try:
        return run()
    except CtcorpusError as error:  # told by the caller; the next change may mend it
        return error


def _roots(names: list[str], folder: Path) -> list[Path]:
    """The folders and files that hold these sources; of a glob, the folder before its first mark."""
    roots = []
    for name in names:
        path = source_path(name, folder).absolute()
        while is_glob(str(path)) and path != path.parent:
            path = path.parent
        if path.exists():
            roots.append(path)
    return roots
