"""Where words of interest may begin: one cheap pass over a text, before any larger pattern is tried.

A text is cut at its blanks; each distinct run between two blanks is looked at once and remembered, so that reading
a text costs one dictionary look-up a run. The rules then try their patterns at the few places that are left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate

#: runs that a lexicon remembers, and the longest of them: bounds its memory whatever the texts hold
_REMEMBERED = 1 << 16
_LONGEST = 48

_ONE_MORE = (1).__add__  # a run with its blank

#: run -> the offsets in it at which something may begin, in order. A run may hold line breaks and many words
Finder = Callable[[str], Iterable[int]]


class Lexicon(dict[str, tuple[tuple[str, int], ...]]):
    """Run -> what may begin in it and at which offset; most often nothing."""

    def __init__(self, finders: Mapping[str, Finder]) -> None:
        """finders: the name of what is looked for -> how it is looked for in a run."""
        super().__init__()
        self.finders = finders

    def __missing__(self, run: str) -> tuple[tuple[str, int], ...]:
        found = tuple((name, offset) for name, find in self.finders.items() for offset in find(run))
        if len(run) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[run] = found
        return found


class Scan:
    """A text cut at its blanks."""

    __slots__ = ("_runs", "_starts")

    def __init__(self, text: str) -> None:
        self._runs = text.split(" ")
        self._starts = list(accumulate(map(_ONE_MORE, map(len, self._runs)), initial=0))[:-1]

    def places(self, lexicon: Lexicon) -> Mapping[str, Sequence[int]]:
        """For everything that the lexicon looks for the places in the text at which it may begin, in order."""
        places: dict[str, list[int]] = {name: [] for name in lexicon.finders}
        for start, found in zip(self._starts, map(lexicon.__getitem__, self._runs), strict=True):
            if found:
                for name, offset in found:
                    places[name].append(start + offset)
        return places


#: a stretch with this many places of interest, or words, is long enough to be judged
_MANY = 40
#: prose has more characters than this to each number, and says the same word less often than this
_SPACE = 8
_REPEATED = 5


def is_prose(text: str, near: Sequence[int], *, before: bool = True) -> bool:
    """Whether a stretch can be sentences: no column of numbers, no few words over and over.

    near: the places in it that have digits or words of quantity or time. before: whether the stretch before it in
    the same sentence is prose; a short one is taken to be what that is.
    """
    if len(near) < _MANY // 2:
        return before
    if len(near) >= _MANY and len(near) * _SPACE > len(text):
        return False
    words = text.split()
    return len(words) < _MANY or len(set(words)) * _REPEATED >= len(words)
