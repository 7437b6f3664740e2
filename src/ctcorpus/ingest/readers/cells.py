"""The value of a cell of a workbook as a text: shared strings, truth values, dates; numbers as they are stored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from lxml import etree

from ctcorpus.ingest.readers.package import local
from ctcorpus.ingest.readers.sheet import one_line

#: formats that every workbook knows and that show a day or a time of day (ECMA-376, 18.8.30)
_DATES = frozenset((*range(14, 23), *range(27, 37), *range(50, 59)))
#: what is no code in a number's format: words in quotes, escaped signs, colours and conditions in brackets
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
#: days of these systems begin here; 1900 is a leap year to the first, so that its days before March 1900 are one off
_EPOCH_1900, _EPOCH_1904, _FIRST_SURE = datetime(1899, 12, 30, tzinfo=UTC), datetime(1904, 1, 1, tzinfo=UTC), 61
_LAST_DAY = 2_958_465
#: digits that a workbook keeps of a number; the others are noise of its binary form
MOST_DIGITS = 15
_NUMBER = re.compile(r"[-+]?\d{1,290}(?:\.\d{0,290})?(?:[eE][-+]?\d{1,2})?")


@dataclass(frozen=True, slots=True)
class Cells:
    """Reads cells. shared: the strings that cells refer to; dates: numbers of the styles that show a date."""

    shared: tuple[str, ...]
    dates: frozenset[int]
    epoch: datetime

    def value(self, cell: etree._Element) -> str:
        """What a cell holds, on one line: a string, TRUE or FALSE, a day, a number as stored; empty where nothing."""
        raw = next((x.text or "" for x in elements(cell, "v")), "")
        kind = cell.get("t") or "n"
        if kind == "s":
            return one_line(self.shared[int(raw)]) if raw.isdecimal() and int(raw) < len(self.shared) else ""
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(raw, raw)
        if kind == "n" and raw:
            style = cell.get("s") or "0"
            return self._day(raw) if style.isdecimal() and int(style) in self.dates else number(raw)
        return one_line(raw or words(cell))

    def _day(self, raw: str) -> str:
        """The day, or day and time, that a number stands for; the number itself where it is none for certain."""
        try:
            days = float(raw)
        except ValueError:
            return raw
        if not (_FIRST_SURE if self.epoch == _EPOCH_1900 else 0) <= days <= _LAST_DAY:
            return number(raw)
        moment = self.epoch + timedelta(seconds=round(days * 86_400))
        return moment.date().isoformat() if days == int(days) else moment.strftime("%Y-%m-%d %H:%M")


def cells_of(shared: etree._Element | None, styles: etree._Element | None, book: etree._Element) -> Cells:
    """The reader of a workbook's cells."""
    custom = {x.get("numFmtId"): _is_date(x.get("formatCode") or "") for x in elements(styles, "numFmt")}
    formats = [x.get("numFmtId") or "0" for group in elements(styles, "cellXfs") for x in elements(group, "xf")]
    dates = {at for at, x in enumerate(formats) if custom.get(x, x.isdecimal() and int(x) in _DATES)}
    late = any(x.get("date1904") in ("1", "true") for x in elements(book, "workbookPr"))
    strings = tuple(words(x) for x in elements(shared, "si"))
    return Cells(strings, frozenset(dates), _EPOCH_1904 if late else _EPOCH_1900)


def number(raw: str) -> str:
    """A number as stored, without the noise beyond its fifteenth digit."""
    if sum(map(str.isdigit, raw)) <= MOST_DIGITS or not _NUMBER.fullmatch(raw):
        return raw
    return f"{float(raw):.{MOST_DIGITS}g}"


def elements(root: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """The elements of these local names, in document order."""
    for element in root.iter() if root is not None else ():
        if local(element) in names:
            yield element


def words(element: etree._Element) -> str:
    """The words inside an element, without the readings that stand above characters of East Asia."""
    return "".join(x.text or "" for x in elements(element, "t") if local(x.getparent()) != "rPh")


def _is_date(code: str) -> bool:
    return bool(re.search(r"[dy]", _LITERAL.sub("", code.partition(";")[0]), re.IGNORECASE))
