"""Values of date fields and of ``num:``: from what is typed to a range, or a sentence that says what is wrong."""

from __future__ import annotations

import math
import re

from ctcorpus.model.edtf import days
from ctcorpus.model.query import DateRange, NumberRange
from ctcorpus.query.grammar import NUMBER_FIELD

_QUARTER = re.compile(r"([0-9]{4})-[Qq]([1-4])")
_DATE = re.compile(r"[0-9XYS~?%-]+(?:T[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2})?[~?%]?)?")
# groups of two digits too: 1,00,000 is a hundred thousand as it is written in South Asia
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{2,3})+|[0-9]+)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
# to a person "more than 1,000" in a text is a figure of 1,000 as well, and ranges include their ends
_COMPARISONS = ((">=", "{}.."), (">", "{}.."), ("<=", "..{}"), ("<", "..{}"))

_DATE_HELP = "Write {0}:2024, {0}:2024-06, {0}:2024-06-01, {0}:2025-Q1 or a range like {0}:2024-06..2025-03"
_NUMBER_HELP = "Write num:75,175, num:>1000 or a range like num:70000..80000"


def read_range(field: str, value: str) -> DateRange | NumberRange | str:
    """The range that ``field:value`` asks for, or a sentence with what is wrong and what to write instead."""
    if field == NUMBER_FIELD:
        return _number_range(value)
    return _date_range(field, value)


def _date_range(field: str, value: str) -> DateRange | str:
    """Bounds as EDTF, both included; a quarter becomes its months. ``/`` divides too, as in EDTF."""
    low, high = _split(value.replace("/", "..", 1) if "/" in value and ".." not in value else value)
    first = _date_bound(low, 0)
    last = _date_bound(high, 1)
    for typed, bound in ((low, first), (high, last)):
        if typed and bound is None:
            return f"'{typed}' is no date, searched as text. {_DATE_HELP.format(field)}"
    if first is None and last is None:
        return f"'{field}:{value}' has no date, searched as text. {_DATE_HELP.format(field)}"
    if first and last and _day(first, 0) > _day(last, 1):
        return f"'{value}' ends before it starts, searched as text. Write {field}:{high}..{low}"
    return DateRange(field, first, last)


def _date_bound(typed: str, end: int) -> str | None:
    """The bound as EDTF (``end`` 0: its start, 1: its end), or None where it is none."""
    quarter = _QUARTER.fullmatch(typed)
    if quarter:
        month = 3 * int(quarter[2]) - (0 if end else 2)
        typed = f"{quarter[1]}-{month:02d}"
    if not _DATE.fullmatch(typed):
        return None
    covered = days(typed)
    return typed if covered is not None and any(covered) else None


def _day(bound: str, end: int) -> str:
    """The first or the last day of a bound, for comparison; "" where it is open."""
    covered = days(bound)
    return covered[end] or covered[1 - end] if covered else ""


def _number_range(value: str) -> NumberRange | str:
    """Both ends included; thousands may be set off by commas."""
    written = value
    for sign, form in _COMPARISONS:
        if value.startswith(sign):
            written = form.format(value[len(sign) :])
            break
    low, high = _split(written)
    first, last = _number(low), _number(high)
    for typed, bound in ((low, first), (high, last)):
        if typed and bound is None:
            return f"'{typed}' is no number, searched as text. {_NUMBER_HELP}"
    if first is None and last is None:
        return f"'num:{value}' has no number, searched as text. {_NUMBER_HELP}"
    if first is not None and last is not None and first > last:
        return f"'{value}' ends before it starts, searched as text. Write num:{high}..{low}"
    return NumberRange(first, last)


def _number(typed: str) -> float | None:
    """The number typed; None where it is none, or larger than a float holds."""
    if not _NUMBER.fullmatch(typed):
        return None
    number = float(typed.replace(",", ""))
    return number if math.isfinite(number) else None


def _split(value: str) -> tuple[str, str]:
    """What stands before and after ``..``; a single value is both."""
    low, dots, high = value.partition("..")
    return (low, high) if dots else (value, value)
