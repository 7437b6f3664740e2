"""A sentence while its figures are read: its words, its dates, and what carries over from the one before."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ctcorpus.model.facts import Date
from ctcorpus.model.span import Span

#: a sentence longer than this is read in windows
WINDOW = 4_000


@dataclass(slots=True)
class Sentence:
    """One sentence while its figures are read: its text, where it begins, its dates, and what carries over."""

    unit: Span
    offset: int
    text: str
    near: Sequence[int]  # where the text has digits or a word of quantity
    dates: Sequence[Date]
    carried: Date | None = None  # the period of the sentence before
    counting: bool = False  # whether the sentence before held figures
    actor: Span | None = None  # the last actor named


def pieces(text: str, unit: Span, dates: Sequence[Date], near: Sequence[int]) -> Iterator[Sentence]:
    """The sentence in windows of bounded length (one, unless it is very long), cut at white space if there is any."""
    start = unit.start
    while start < unit.end:
        end = unit.end
        if end - start > WINDOW:
            cut = text.rfind(" ", start + WINDOW // 2, start + WINDOW)
            end = cut if cut > 0 else start + WINDOW
        low = bisect_left(dates, start, key=lambda x: x.start)
        high = bisect_left(dates, end, key=lambda x: x.start)
        own = near[bisect_left(near, start) : bisect_left(near, end)]
        yield Sentence(unit, start, text[start:end], [x - start for x in own], dates[low:high])
        start = end
