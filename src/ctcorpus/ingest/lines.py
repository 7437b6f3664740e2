"""The lines of a text that hold something."""

from __future__ import annotations

from dataclasses import dataclass

from ctcorpus.model.line_index import LineIndex

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
