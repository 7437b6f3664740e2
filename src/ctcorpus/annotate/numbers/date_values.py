"""What each form of date states: EDTF with the precision of the words and no more.

A reader takes the match of one form and gives (value, type); the value is None where the words state none by
themselves.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from typing import TypeAlias

from ctcorpus.annotate.numbers.date_grammar import month_number
from ctcorpus.annotate.numbers.numerals import word_value
from ctcorpus.model.facts import DateType

Stated: TypeAlias = tuple[str | None, DateType]

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
#: months in a part of a year, and how many parts a year has
_PARTS = {"quarter": 3, "three": 3, "half": 6, "six": 6, "nine": 9}
#: ISO 8601 duration: letter, factor
_DURATIONS = {
    "minute": ("TM", 1), "hour": ("TH", 1), "hr": ("TH", 1), "day": ("D", 1), "week": ("W", 1), "fortnight": ("W", 2),
    "month": ("M", 1), "year": ("Y", 1), "decade": ("Y", 10), "century": ("Y", 100), "centurie": ("Y", 100),
}  # fmt: skip
_DIGITS = re.compile(r"\d+")


def day_value(year: int, month: int, day: int) -> str | None:
    """``2025-04-07``; None for a day that does not exist."""
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def stated(match: re.Match[str]) -> Stated:
    """The value and type that the match of ``date_grammar.DATE`` states."""
    return READERS[match.lastgroup or ""](match)


def _number(text: str | None) -> int:
    found = _DIGITS.search(text or "")
    return int(found.group()) if found else 0


def _interval(first: str | None, last: str | None) -> Stated:
    ordered = first is not None and last is not None and first < last
    return (f"{first}/{last}" if ordered else None), "interval"


def _iso(match: re.Match[str]) -> Stated:
    value = day_value(int(match["iso_y"]), int(match["iso_m"]), int(match["iso_d"]))
    if value is not None and match["iso_h"]:
        value += f"T{match['iso_h']}:{match['iso_min']}"
    return value, "date"


def _slashed(match: re.Match[str]) -> Stated:
    """Day first or month first: told only where one of them is above 12 or both are the same."""
    a, b, year = int(match["s_a"]), int(match["s_b"]), int(match["s_y"])
    if a > 12 or a == b:
        return day_value(year, b, a), "date"
    return (day_value(year, a, b) if b > 12 else None), "date"


def _day_to_day(match: re.Match[str]) -> Stated:
    form = ("1", "2") if match["dd_d1"] else ("3", "4")
    (first, last) = form
    last_year = int(match[f"dd_y{'2' if last == '2' else '4'}"])
    first_year = int(match[f"dd_y{'1' if first == '1' else '3'}"] or last_year)
    return _interval(
        day_value(first_year, month_number(match[f"dd_m{first}"]), _number(match[f"dd_d{first}"])),
        day_value(last_year, month_number(match[f"dd_m{last}"]), _number(match[f"dd_d{last}"])),
    )


def _days(match: re.Match[str]) -> Stated:
    tail = "" if match["ds_m"] else "2"
    year = match[f"ds_y{tail}"]
    if year is None:
        return None, "interval"
    month = month_number(match[f"ds_m{tail}"])
    first, last = (_number(match[f"ds_{end}{tail}"]) for end in ("first", "last"))
    return _interval(day_value(int(year), month, first), day_value(int(year), month, last))


def _day(match: re.Match[str]) -> Stated:
    tail = "" if match["d_m"] else "2"
    year = match[f"d_y{tail}"]
    if year is None:
        return None, "date"
    return day_value(int(year), month_number(match[f"d_m{tail}"]), _number(match[f"d_d{tail}"])), "date"


def _months(match: re.Match[str]) -> Stated:
    last = f"{match['ms_y2']}-{month_number(match['ms_m2']):02d}"
    return _interval(f"{match['ms_y'] or match['ms_y2']}-{month_number(match['ms_m']):02d}", last)


def _month(match: re.Match[str]) -> Stated:
    about = "~" if match["m_part"] else ""
    return f"{match['m_y']}-{month_number(match['m_m']):02d}{about}", "month"


def _part_of_year(match: re.Match[str]) -> Stated:
    if match["q_n"]:
        year, months = match["q_y"], _PARTS[match["q_unit"].split()[0].lower()]
        parts = 12 // months
        number = _ORDINALS.get(match["q_n"].lower(), parts)
    else:
        tail = "" if match["q_letter"] else "2"
        year, months = match["q_y2"] or match["q_y3"], 3 if match[f"q_letter{tail}"] == "Q" else 6
        number = int(match[f"q_digit{tail}"])
    last = months * number
    if match["q_n"] and match["q_n"].lower() in ("last", "final"):
        last = 12
    if last > 12:
        return None, "interval"
    return f"{year}-{last - months + 1:02d}/{year}-{last:02d}", "interval"


def _decade(match: re.Match[str]) -> Stated:
    """ "the early 2000s": some of its first years, so both ends but the outer one are approximate."""
    first, part = int(match["de_y"]), (match["de_part"] or "").lower()
    if "early" in part and "late" not in part:
        return f"{first}/{first + 3}~", "interval"
    if "mid" in part and "early" not in part and "late" not in part:
        return f"{first + 4}~/{first + 6}~", "interval"
    if "late" in part and "early" not in part and "mid" not in part:
        return f"{first + 7}~/{first + 9}", "interval"
    about = "~" if part else ""
    century = 99 if first % 100 == 0 and first < 2000 else 9  # "the 1900s" is a century
    return f"{first}{about}/{first + century}{about}", "interval"


def _century(match: re.Match[str]) -> Stated:
    first = (int(match["c_n"]) - 1) * 100 + 1
    return f"{first}/{first + 99}", "interval"


def _years(match: re.Match[str]) -> Stated:
    first = int(match["ys_a"])
    second = match["ys_b"] or match["ys_c"]
    last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    if len(second) == 2 and last < first and second == "00":
        last += 100
    return _interval(f"{first}", f"{last}")


def _season(match: re.Match[str]) -> Stated:
    """The year alone: which months a season has is not the same everywhere; a winter may reach into the next year."""
    about = "~" if match["se_n"].lower() == "winter" else ""
    return f"{match['se_y']}{about}", "year"


def _since(match: re.Match[str]) -> Stated:
    year, month, day = match["si_y"], match["si_m"], match["si_d"] or match["si_d2"]
    if day and month:
        value = day_value(int(year), month_number(month), _number(day))
        return (f"{value}/.." if value else None), "interval"
    about = "~" if match["si_part"] else ""
    return (f"{year}-{month_number(month):02d}{about}/.." if month else f"{year}{about}/.."), "interval"


def _duration(match: re.Match[str]) -> Stated:
    words, unit = match["du_n"].lower(), match["du_unit"].lower().rstrip("s")
    letter, factor = _DURATIONS["century" if unit.startswith("centur") else unit]
    if match["du_low"] or re.search(r"\b(?:several|many|few|couple)\b", words):
        return None, "duration"  # "three to five years"
    count: float
    if words.isdigit():
        count = int(words)
    elif "quarter" in words:
        count = 0.25
    else:
        count = (word_value(words) or 1) if "half" not in words or "-and-" in words or " and " in words else 0.5
    count = (count + (0.5 if match["du_half"] else 0)) * factor
    if count != int(count) and letter == "Y":
        count, letter = count * 12, "M"
    if count != int(count):
        return None, "duration"
    return f"P{'T' if letter[0] == 'T' else ''}{int(count)}{letter[-1]}", "duration"


READERS: dict[str, Callable[[re.Match[str]], Stated]] = {
    "iso": _iso,
    "nine_eleven": lambda _: ("2001-09-11", "date"),
    "slashed": _slashed,
    "day_to_day": _day_to_day,
    "days": _days,
    "day": _day,
    "months": _months,
    "month": _month,
    "part_of_year": _part_of_year,
    "same_period": lambda _: (None, "interval"),
    "decade": _decade,
    "century": _century,
    "years": _years,
    "part_year": lambda match: (f"{match['py_y']}~", "year"),
    "season": _season,
    "since": _since,
    "onward": lambda match: (f"{match['on_y']}/..", "interval"),
    "ago": lambda _: (None, "vague"),
    "duration": _duration,
    "vague": lambda _: (None, "vague"),
    "relative": lambda _: (None, "vague"),
    "month_alone": lambda _: (None, "month"),
    "year": lambda match: (match["y_y"], "year"),
}
