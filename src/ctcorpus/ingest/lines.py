"""Lines of a text and the way from an offset to a line number."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

LINE_END = re.compile(r"\r\n|\n|\r")
BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank. start, end: without white space at either side. gap: blank lines right above it."""

    number: int
    start: int
    end: int
    gap: int

    def of(self, text: str) -> str:
        """The line's words, trimmed."""
        return text[self.start : self.end]


class LineIndex:
    """Where the lines of a text begin. Lines end at LF, CRLF or CR and count from 1."""

    def __init__(self, text: str) -> None:
        self._size = len(text)
        self._starts = [0]
        self._starts.extend(match.end() for match in LINE_END.finditer(text))

    def number(self, offset: int) -> int:
        """The number of the line that holds the code point at ``offset``; a line end belongs to the line it ends."""
        return bisect_right(self._starts, offset)

    def spans(self) -> Iterator[tuple[int, int]]:
        """Start and end of every line, its line end included."""
        yield from zip(self._starts, [*self._starts[1:], self._size], strict=True)


def full_lines(text: str, index: LineIndex) -> list[Line]:
    """The lines that hold more than white space, in order; a byte-order mark at the start belongs to none."""
    lines: list[Line] = []
    gap = 0
    for number, (start, end) in enumerate(index.spans(), start=1):
        raw = text[start:end]
        if number == 1 and raw.startswith(BOM):
            start += 1
            raw = raw[1:]
        words = raw.strip()
        if not words:
            gap += 1
            continue
        left = start + len(raw) - len(raw.lstrip())
        lines.append(Line(number, left, left + len(words), gap))
        gap = 0
    return lines
