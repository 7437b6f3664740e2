"""Intervals as an index can hold them, so that overlap is decided exactly, however many a passage has.

Two multi-valued fields, one of lows and one of highs, lose which low belongs to which high: a passage about 2001
and 2020 would match 2010. So each interval [low, high] is indexed as

- its low, a point: an interval that begins in the asked range [a, b] overlaps it;
- where high > low, its *cover*: the fewest blocks of a tree of base 4 that together are exactly the interval. An
  interval that began before ``a`` overlaps the range if and only if it holds ``a``, that is, if one of its blocks is
  among the blocks of the tree in which ``a`` lies: one for each level.

The blocks of a point are few (13 for days, 33 for numbers) and are matched as terms.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from datetime import date

#: bits of a day's number and of a number's key, both even: a level of the tree takes two
DAY_BITS = 24
NUMBER_BITS = 64
#: the open ends of time, as numbers of days
FIRST_DAY, LAST_DAY = 0, (1 << DAY_BITS) - 1


def day_number(day: str, *, open_end: int) -> int:
    """The number of an ISO date, 1 for 0001-01-01; ``open_end`` for "". Raises ValueError for what is no date."""
    return date.fromisoformat(day).toordinal() if day else open_end


def number_key(value: float) -> int:
    """A key of 64 bits in the order of the numbers themselves; -0.0 is 0.0. Raises ValueError for NaN."""
    if value != value:
        raise ValueError("not a number")
    bits: int = struct.unpack(">Q", struct.pack(">d", value + 0.0))[0]
    return bits ^ (1 << 63) if bits < 1 << 63 else bits ^ ((1 << 64) - 1)


def cover(low: int, high: int) -> list[str]:
    """The blocks that make up ``[low, high]`` exactly, none inside another; none when it is empty."""
    blocks: list[str] = []
    level = 0
    while low <= high:
        while low <= high and low % 4:
            blocks.append(_block(level, low))
            low += 1
        while low <= high and high % 4 != 3:
            blocks.append(_block(level, high))
            high -= 1
        if low > high:
            break
        low, high, level = low // 4, high // 4, level + 1
        if low == high == 0:
            blocks.append(_block(level, 0))
            break
    return blocks


def holding(point: int, bits: int) -> list[str]:
    """The blocks in which a point lies, from itself to the whole."""
    return [_block(level, point >> 2 * level) for level in range(bits // 2 + 1)]


def blocks_of(intervals: Iterable[tuple[int, int]]) -> list[str]:
    """The blocks to index for these intervals: the cover of each that is more than a point, without repetition."""
    return list(dict.fromkeys(block for low, high in intervals if low < high for block in cover(low, high)))


def _block(level: int, number: int) -> str:
    return f"{level:x}.{number:x}"
