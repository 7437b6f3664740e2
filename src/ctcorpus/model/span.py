"""A contiguous stretch of one document's text."""

from __future__ import annotations

from ctcorpus.model.record import Record, record


@record
class Span(Record):
    """``[start, end)`` in code points of ``Document.text``: half-open, from 0, so ``text[start:end]`` is its text."""

    start: int
    end: int

    def __lt__(self, other: Span) -> bool:
        return (self.start, self.end) < (other.start, other.end)

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words themselves, verbatim."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end
