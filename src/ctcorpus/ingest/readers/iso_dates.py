"""Dates as machines write them in the head of a page, a mail or a document's properties -> EDTF."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from ctcorpus.ingest.dates import printed_dates

_ISO = re.compile(
    r"\s*(?P<year>\d{4})-?(?P<month>\d\d)(?:-?(?P<day>\d\d)(?:[T ]\s*(?P<hour>\d\d):?(?P<minute>\d\d)(?P<rest>.*))?)?"
)
_OFFSET = re.compile(r"(?::?\d\d(?:[.,]\d{1,9})?)?\s?(?:(Z|UTC|GMT)|([+-])(\d\d):?(\d\d)?)\s*$")


def edtf(stated: str | None) -> str | None:
    """The date as EDTF, to the minute where a time is stated, with the offset of its clock if stated; None for no date.

    Midnight to the second is how systems write a day without a time: the day alone is kept.

    >>> edtf("2024-05-01T09:30:00+02:00"), edtf("2024-05-01T00:00:00Z"), edtf("Wed, 01 May 2024 09:30:00 GMT")
    ('2024-05-01T09:30+02:00', '2024-05-01', '2024-05-01T09:30Z')
    """
    if not stated or len(stated) > 100:
        return None
    found = _ISO.match(stated)
    if found:
        return _iso(found)
    if re.match(r"\s*[A-Z][a-z]{2},?\s", stated) or re.match(r"\s*\d{1,2} [A-Z][a-z]{2} \d{4} \d", stated):
        try:
            return minute(parsedate_to_datetime(stated))
        except (ValueError, IndexError, TypeError):
            pass
    printed = next(printed_dates(stated, 0, len(stated)), None)
    return printed.value if printed and printed.exact else None


def minute(moment: datetime) -> str:
    """The moment as EDTF on its own clock, with its offset if that is known; midnight as the day alone."""
    if (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        return moment.strftime("%Y-%m-%d")
    return moment.strftime("%Y-%m-%dT%H:%M") + (_offset(moment.strftime("%z")) if moment.tzinfo else "")


def _offset(rest: str) -> str:
    """The offset of a clock as EDTF, from what stands after the minutes; empty where it states none."""
    found = _OFFSET.fullmatch(rest)
    if found is None or int(found[3] or 0) > 23 or int(found[4] or 0) > 59:
        return ""
    hours, minutes = found[3] or "00", found[4] or "00"
    if f"{hours}{minutes}" != "0000":
        return f"{found[2]}{hours}:{minutes}"
    return "" if found[2] == "-" else "Z"  # -00:00 says that the clock is not known (RFC 3339)


def _iso(found: re.Match[str]) -> str | None:
    year, month, day = int(found["year"]), int(found["month"]), int(found["day"] or 1)
    try:
        date(year, month, day)
    except ValueError:
        return None
    if not 1400 <= year <= 2200:
        return None
    if found["day"] is None:
        return f"{year}-{month:02d}"
    whole = f"{year}-{month:02d}-{day:02d}"
    if found["hour"] is None or int(found["hour"]) > 23 or int(found["minute"]) > 59:
        return whole
    midnight = found["hour"] + found["minute"] == "0000" and not re.match(r":0[1-9]|:[1-5]", found["rest"])
    return whole if midnight else f"{whole}T{found['hour']}:{found['minute']}{_offset(found['rest'])}"
