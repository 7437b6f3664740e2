"""Where words of interest may begin: one cheap pass over a text, before any larger pattern is tried.

A text is cut at its blanks; each distinct run between two blanks is looked at once and remembered, so that reading
a text costs a dictionary look-up a run. The rules then try their patterns at the few places that are left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import accumulate

#: runs that a lexicon remembers, and the longest of them: bounds its memory whatever the texts hold
_REMEMBERED = 1 << 16
_LONGEST = 48


class Lexicon(dict[str, tuple[int, ...]]):
    """Run -> the offsets in it at which what is looked for may begin, in order; most often none."""

    def __init__(self, find: Callable[[str], Iterable[int]]) -> None:
        """find: the offsets of one run. A run has no blank, but may hold line breaks and any number of words."""
        super().__init__()
        self._find = find

    def __missing__(self, run: str) -> tuple[int, ...]:
        offsets = tuple(self._find(run))
        if len(run) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[run] = offsets
        return offsets


class Scan:
    """A text cut at its blanks."""

    __slots__ = ("_runs", "_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._runs = text.split(" ")
        self._starts = list(accumulate((len(x) + 1 for x in self._runs[:-1]), initial=0))

    def places(self, lexicon: Lexicon) -> list[int]:
        """The places in the text at which what the lexicon looks for may begin, in order."""
        found = zip(self._starts, map(lexicon.__getitem__, self._runs), strict=True)
        return [start + offset for start, offsets in found if offsets for offset in offsets]
