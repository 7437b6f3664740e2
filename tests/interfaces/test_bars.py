from __future__ import annotations

import pytest

from ctcorpus.interfaces.bars import bar, sparkline


@pytest.mark.parametrize(("value", "wide"), [(0, 0), (-1, 0), (8, 8), (80, 8), (4, 4), (0.01, 1)])
def test_a_bar_is_as_long_as_its_value(value: float, wide: int) -> None:
    assert len(bar(value, 8, 8)) == wide


def test_nothing_divides_by_zero() -> None:
    assert (bar(1, 0), bar(0, 0), bar(3, 3, 0), sparkline([]), sparkline([0, 0])) == ("", "", "", "", "  ")


def test_a_sparkline_has_a_column_a_value() -> None:
    assert sparkline([8, 4, 1, 0]) == "█▄▁ "
