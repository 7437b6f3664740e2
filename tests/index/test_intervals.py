from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctcorpus.index.intervals import DAY_BITS, LAST_DAY, NUMBER_BITS, blocks_of, cover, day_number, holding, number_key

DAY = st.integers(0, LAST_DAY)
NUMBER = st.floats(allow_nan=False)


@given(DAY, DAY, DAY)
def test_a_cover_holds_exactly_the_days_of_its_interval(low: int, high: int, day: int) -> None:
    low, high = sorted((low, high))
    blocks = cover(low, high)
    for point in (day, low, high, max(low - 1, 0), min(high + 1, LAST_DAY)):
        assert (not set(blocks).isdisjoint(holding(point, DAY_BITS))) == (low <= point <= high)
    assert len(blocks) <= 6 * DAY_BITS // 2


@given(NUMBER, NUMBER, NUMBER)
def test_the_same_for_numbers(a: float, b: float, point: float) -> None:
    low, high = sorted((a, b))
    blocks = cover(number_key(low), number_key(high))
    assert (not set(blocks).isdisjoint(holding(number_key(point), NUMBER_BITS))) == (low <= point <= high)


@given(NUMBER, NUMBER)
def test_keys_are_in_the_order_of_the_numbers(a: float, b: float) -> None:
    assert (number_key(a) < number_key(b)) == (a < b)
    assert 0 <= number_key(a) < 1 << NUMBER_BITS


def test_points_have_no_blocks() -> None:
    assert blocks_of([(5, 5), (9, 9)]) == []
    assert blocks_of([(5, 6), (5, 6)]) == cover(5, 6)


def test_days() -> None:
    assert day_number("0001-01-01", open_end=7) == 1
    assert day_number("", open_end=7) == 7
    with pytest.raises(ValueError, match="isoformat"):
        day_number("yesterday", open_end=7)
