"""Small charts of text: a bar in eighths of a column, a sparkline. Beside numbers, never instead of them."""

from __future__ import annotations

from collections.abc import Sequence

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_STEPS = "▁▂▃▄▅▆▇█"


def bar(value: float, most: float, width: int = 12) -> str:
    """A bar of at most ``width`` columns, as long as the value is to ``most``; any value above 0 shows something.

    >>> bar(3, 4, 4), bar(0.001, 4, 4), bar(0, 4, 4)
    ('███', '▏', '')
    """
    if value <= 0 or most <= 0 or width < 1:
        return ""
    eighths = max(1, round(min(1.0, value / most) * width * 8))
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def sparkline(values: Sequence[float]) -> str:
    """A column a value, from 0 to the largest; a value of 0 (or below) is a blank.

    >>> sparkline([1, 0, 4, 8])
    '▁ ▄█'
    """
    most = max(values, default=0)
    if most <= 0:
        return " " * len(values)
    return "".join(_STEPS[max(0, round(x / most * 8) - 1)] if x > 0 else " " for x in values)
