"""Patterns of paths: which recorded names belong to a folder, a file or a glob that somebody named."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

_MARKS = frozenset("*?[")


class Places:
    """Some files, folders and globs; whether a name is one of them, lies below one, or matches one."""

    def __init__(self, places: Iterable[str]) -> None:
        self._plain: set[str] = set()
        self._globs: list[list[str]] = []
        for place in places:
            self._plain.add(place)
            if is_glob(place):
                self._globs.append(place.split("/"))

    def hold(self, name: str) -> bool:
        """Whether the name belongs to one of the places; ``.`` holds every relative name."""
        parts = name.split("/")
        if "." in self._plain and parts[0]:
            return True
        if any("/".join(parts[:end]) in self._plain for end in range(len(parts), 0, -1)):
            return True
        # what a glob stands for may be a folder: then all below it belongs to it
        return any(_matches(parts, glob, below=True) for glob in self._globs)


def is_glob(text: str) -> bool:
    """Whether the text holds a mark of a glob: ``*``, ``?`` or ``[``."""
    return not _MARKS.isdisjoint(text)


def matches(name: str, glob: str) -> bool:
    """Whether a path matches a glob: ``*`` and ``?`` stay inside a part, ``**`` is any number of parts.

    A glob without a slash is matched against the last part, as file names are.
    """
    parts, wanted = name.split("/"), glob.split("/")
    return fnmatchcase(parts[-1], glob) if len(wanted) == 1 else _matches(parts, wanted)


def _matches(parts: list[str], glob: list[str], *, below: bool = False) -> bool:
    """Part by part; the set of places reached in the glob keeps it linear however many ``**`` there are."""
    reached = _skipped({0}, glob)
    for part in parts:
        step: set[int] = set()
        for at in reached:
            if at < len(glob) and glob[at] == "**":
                step.add(at)
            elif at < len(glob) and fnmatchcase(part, glob[at]):
                step.add(at + 1)
        reached = _skipped(step, glob)
        if below and len(glob) in reached:
            return True
    return len(glob) in reached


def _skipped(reached: set[int], glob: list[str]) -> set[int]:
    """The places with those that are reached when ``**`` stands for nothing."""
    more = set(reached)
    for at in reached:
        while at < len(glob) and glob[at] == "**":
            at += 1
            more.add(at)
    return more
