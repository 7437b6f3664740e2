"""Dates as the contract writes them: EDTF (ISO 8601-2), the part of it that texts need.

    2025-04-07  2025-04  2025  2026-02-22T22:03      a day, a month, a year, a minute
    2026-02-22T22:03+05:00  2026-02-22T17:03Z        a minute on a clock that is named
    2025-01/2025-03  2021/..  ../2021                an interval, open at either end
    2001~  2025?                                     approximate, uncertain
    P20Y                                             a duration: no place in the calendar

Source: Library of Congress, Extended Date/Time Format (EDTF) Specification, levels 0 and 1; ISO 8601-2:2019.
"""

from __future__ import annotations

import re
from calendar import monthrange

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?:Z|[+-](\d\d):(\d\d))?)?)?)?[~?%]?")
_DURATION = re.compile(r"P(?=\d|T\d)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?)?[~?%]?")


def days(value: str) -> tuple[str, str] | None:
    """First and last day of an EDTF value as ISO dates, both included; "" is an open end.

    A minute belongs to the day that is written, whatever clock it is told by: 22:03+05:00 is not moved to another.
    None where the value is no place in the calendar: a duration, a day that does not exist, no EDTF at all.

    >>> days("2025-02")
    ('2025-02-01', '2025-02-28')
    >>> days("2021/..")
    ('2021-01-01', '')
    """
    if "/" not in value:
        return _single(value)
    start, _, end = value.partition("/")
    first = ("", "") if start in ("", "..") else _single(start)
    last = ("", "") if end in ("", "..") else _single(end)
    if first is None or last is None or (first[0] and last[1] and first[0] > last[1]):
        return None
    return first[0], last[1]


def is_edtf(value: str) -> bool:
    """Whether the value is of this notation: a date, an interval or a duration.

    >>> is_edtf("P20Y"), is_edtf("yesterday")
    (True, False)
    """
    return days(value) is not None or _DURATION.fullmatch(value) is not None


def year(value: str | None) -> int | None:
    """The year a value begins in; None for None, a duration or an open start."""
    found = _DATE.match(value or "")
    return int(found[1]) if found else None


def _single(value: str) -> tuple[str, str] | None:
    found = _DATE.fullmatch(value)
    if found is None or found[1] == "0000":
        return None
    year, month, day, hour, minute, *offset = found.groups()
    if month is None:
        return f"{year}-01-01", f"{year}-12-31"
    if not 1 <= int(month) <= 12:
        return None
    length = monthrange(int(year), int(month))[1]
    if day is None:
        return f"{year}-{month}-01", f"{year}-{month}-{length:02d}"
    clocks = ((hour, minute), offset)
    if not 1 <= int(day) <= length or any(int(x or 0) > 23 or int(y or 0) > 59 for x, y in clocks):
        return None
    return f"{year}-{month}-{day}", f"{year}-{month}-{day}"
