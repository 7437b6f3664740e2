"""How the periods of two figures lie to each other, in whole days."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

from ctcorpus.model.edtf import days

Lie = Literal["same", "inside", "holds", "overlaps", "apart", "length", "unknown"]

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?[~?%]?")
_PER_YEAR, _PER_MONTH = 365.25, 30.4375


def lie(a: str | None, b: str | None) -> Lie:
    """How period a lies to period b: the same days, inside it, holding it, overlapping, apart.

    "length": one is a mere duration ("two decades") and not the length of the other; "unknown": one is not stated.

    >>> lie("2025-01/2025-03", "2025"), lie("2024", "2025"), lie("P20Y", "2025"), lie(None, "2025")
    ('inside', 'apart', 'length', 'unknown')
    """
    if a is None or b is None:
        return "unknown"
    if a == b:
        return "same"
    first, second = days(a), days(b)
    if first is None or second is None:
        return "length"
    if first == second:
        return "same"
    (start_a, end_a), (start_b, end_b) = _closed(first), _closed(second)
    if end_a < start_b or end_b < start_a:
        return "apart"
    if start_b <= start_a and end_a <= end_b:
        return "inside"
    return "holds" if start_a <= start_b and end_b <= end_a else "overlaps"


def length(period: str | None, until: str | None = None) -> float | None:
    """How many days a period has, both ends included; until: a stated date that closes an open end (EDTF).

    >>> length("2024-01/2024-06"), length("2021/.."), length("2021/..", "2025-04-08")
    (182.0, None, 1559.0)
    """
    if period is None:
        return None
    found = days(period)
    if found is None:
        parts = _DURATION.fullmatch(period)
        if parts is None:
            return None
        years, months, weeks, single = (int(x or 0) for x in parts.groups())
        return years * _PER_YEAR + months * _PER_MONTH + weeks * 7 + single or None
    first, last = found
    if not last and until:
        closing = days(until)
        last = closing[1] if closing else ""
    if not first or not last or last < first:
        return None
    return float((date.fromisoformat(last) - date.fromisoformat(first) + timedelta(days=1)).days)


def touches(period: str | None, wanted: str) -> bool:
    """Whether a period shares a day with the wanted one."""
    return lie(period, wanted) in ("same", "inside", "holds", "overlaps")


def _closed(bounds: tuple[str, str]) -> tuple[str, str]:
    return bounds[0] or "0000", bounds[1] or "9999"
