"""Dates as they are printed in front matter and prose -> EDTF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ctcorpus.model.span import Span

MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ],
        start=1,
    )
    for name in names.split()
}
_MONTH = (
    r"(?:J(?:anuary|ANUARY|an|AN|une|UNE|un|UN|uly|ULY|ul|UL)|F(?:ebruary|EBRUARY|eb|EB)|"
    r"M(?:arch|ARCH|ar|AR|ay|AY)|A(?:pril|PRIL|pr|PR|ugust|UGUST|ug|UG)|S(?:eptember|EPTEMBER|ept?|EPT?)|"
    r"O(?:ctober|CTOBER|ct|CT)|N(?:ovember|OVEMBER|ov|OV)|D(?:ecember|ECEMBER|ec|EC))\b\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]|20)\d\d"
_TIME = r"\d{1,2}:\d\d(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?"
DATE = re.compile(
    rf"(?<![\w-])(?:"
    rf"(?P<iso>{_YEAR}-\d\d-\d\d)(?:(?:T|\s+(?:[-–|,]\s*|at\s+)?)(?P<isotime>{_TIME}))?"
    rf"|(?:{_DAY}\s?(?:[-–&,]|and|to)\s?)?(?P<d1>{_DAY})\s(?:of\s)?(?P<m1>{_MONTH}),?\s(?P<y1>{_YEAR})"
    rf"|(?P<m2>{_MONTH})\s(?:{_DAY}\s?(?:[-–&,]|and|to)\s?)?(?P<d2>{_DAY}),?\s(?P<y2>{_YEAR})"
    rf"|(?P<m3>{_MONTH}),?\s(?P<y3>{_YEAR})"
    rf")(?!\w|[-–]\d)"
)


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as printed and its EDTF value: a day ("2025-04-08"), a month ("2025-04") or a minute."""

    span: Span
    value: str

    @property
    def day(self) -> str:
        """The value to the day, or to the month where no day is printed."""
        return self.value[:10]

    @property
    def exact(self) -> bool:
        """Whether the day is printed."""
        return len(self.value) >= len("2025-04-08")


def printed_dates(text: str, start: int, end: int) -> Iterator[PrintedDate]:
    """The dates with a year that stand in ``text[start:end]``, in order; of a run of days the last is the value.

    Bare years are left out, and so are days that the calendar does not have. 06/05/2024 is left out: it may be
    either of two days.
    """
    for match in DATE.finditer(text, start, end):
        value = _value(match)
        if value is not None:
            yield PrintedDate(Span(match.start(), match.end()), value)


def _value(match: re.Match[str]) -> str | None:
    if match["iso"]:
        day = _calendar(*map(int, match["iso"].split("-")))
        minute = clock(match["isotime"]) if match["isotime"] else None
        return f"{day}T{minute}" if day and minute else day
    if match["y3"]:
        return f"{match['y3']}-{MONTHS[match['m3'].rstrip('.').lower()]:02d}"
    which = "1" if match["y1"] else "2"
    month = MONTHS[match["m" + which].rstrip(".").lower()]
    return _calendar(int(match["y" + which]), month, int(re.sub(r"\D", "", match["d" + which])))


def _calendar(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def clock(time: str) -> str | None:
    """A printed time of day as HH:MM on the clock of 24 hours; None where no clock shows it."""
    found = re.match(r"(\d{1,2}):(\d\d)", time)
    assert found is not None
    hour, minute = int(found[1]), int(found[2])
    half = re.sub(r"[^apm]", "", time.lower())
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None
