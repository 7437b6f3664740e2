"""The way from an offset to a line number."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

_LINE_END = re.compile(r"\r\n|\n|\r")


class LineIndex:
    """Where the lines of a text begin. Lines end at LF, CRLF or CR and count from 1."""

    def __init__(self, text: str) -> None:
        self._size = len(text)
        self._starts = [0]
        self._starts.extend(match.end() for match in _LINE_END.finditer(text))

    def number(self, offset: int) -> int:
        """The number of the line that holds the code point at ``offset``; a line end belongs to the line it ends."""
        return bisect_right(self._starts, offset)

    def spans(self) -> Iterator[tuple[int, int]]:
        """Start and end of every line, its line end included."""
        yield from zip(self._starts, [*self._starts[1:], self._size], strict=True)
