"""Numbers as a text prints them: digits, words, scale words, fractions, ranges and vague plurals.

Only the number itself is read here; what it counts, and whether it is a claim at all, is told in ``figures``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Form = Literal["digits", "words", "fraction", "vague", "range"]

UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "hundred": 100, "thousand": 1_000, "lakh": 100_000, "lac": 100_000, "million": 1_000_000,
    "crore": 10_000_000, "billion": 1_000_000_000, "trillion": 1_000_000_000_000,
    "k": 1_000, "m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000, "tn": 1_000_000_000_000,
}  # fmt: skip
VAGUE = {
    "tens": 20, "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000, "lakhs": 200_000,
    "millions": 2_000_000, "crores": 20_000_000, "billions": 2_000_000_000, "trillions": 2_000_000_000_000,
    "dozen": 12,
}  # fmt: skip
FRACTIONS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "hundredth": 100,
}  # fmt: skip
#: what a word of a compound number adds
SMALL = {**UNITS, **TEENS, **TENS}

_SMALL = rf"(?:(?:{'|'.join(TENS)})(?:[-\s](?:{'|'.join(UNITS)})\b)?|(?:{'|'.join(TEENS)})|(?:{'|'.join(UNITS)}))\b"
_GROUP = rf"{_SMALL}(?:[-\s]hundred\b(?:\s+(?:and\s+)?{_SMALL})?)?"
_SCALE = r"(?:thousand|lakh|lac|million|crore|billion|trillion)s?\b"
_LARGE = rf"(?:[-\s]{_SCALE})"
_AND_HALF = r"(?:[-\s]and[-\s]a[-\s](?:half|quarter)\b)"
#: "two hundred and fifty thousand", "one million two hundred thousand", "two and a half million"
WORDS = (
    rf"{_GROUP}{_AND_HALF}?(?:{_LARGE}(?:,?\s+(?:and\s+)?{_GROUP}(?={_LARGE})"
    rf"|\s+and\s+{_SMALL}(?!{_LARGE}))?){{0,3}}"
)
_DIGITS = (
    r"(?:\d{1,3}(?:,\d{2,3}){1,5}(?:\.\d{1,4})?"
    r"|\d{1,3}(?:[\u00a0\u202f\u2009 ]\d{3}){1,4}(?![\d,.]\d)(?!\d)(?!\s(?-i:[A-Z])[a-z])"
    r"|\d{1,12}(?:\.\d{1,6})?)"
)
_CURRENCY = r"(?:(?:US|U\.S\.|AU|CA|HK|NZ|A|C|S|R)?\$|[€£¥₹₨]|Rs\.?|PKR|USD|EUR|GBP|INR|Rupees|rupees|AED|SAR|CNY|JPY)"
_PERCENT = r"(?:\s?(?:%|٪)|[\s-](?:per\s?cent|percent|pct)\b)"

#: what a number in words begins with: a cheap test at each word, before the forms are tried
_HEAD = (
    rf"{'|'.join(SMALL)}|several|many|few|some|countless|half|tens|dozens|scores|hundreds|thousands"
    rf"|lakhs|millions|crores|billions"
    r"|trillions|an?\s+(?:few|half|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
    r"|hundred|thousand|lakh|million|crore|billion|trillion|dozen)"
)
NUMBER = re.compile(
    rf"""
    (?<![\w°])(?<![^\W\d][-–])(?<![.)][-–])(?<![\w.)][/.:,'’])(?<!\#)(?<!@)
    (?=\d|(?:{_CURRENCY})\s?\d|(?:{_HEAD})\b)
    (?:
      (?P<currency>{_CURRENCY})\s?(?=[\d])
    )?
    (?:
      (?P<digits>{_DIGITS})(?P<plus>\+)?
        (?P<scale>(?:[\s-]?(?:hundred|{_SCALE[:-2]})\b){{1,2}}|\s?(?:bn|mn|tn)\b|(?:k|m|M|B)\b)?
        (?P<half>{_AND_HALF}(?:\s+{_SCALE})?)?
    | (?P<vague>(?:(?:several|many|(?:a\s+)?few|some|countless)\s+)?
        (?:tens|dozens|scores(?=\s+(?:of|and|or)\b)|hundreds|thousands|lakhs|millions|crores|billions|trillions)
        (?:\s+(?:of|and|or|upon)\s+(?:thousands|hundreds|lakhs|millions|crores|billions|trillions))?\b
        |(?:several|many|(?:a\s+)?few)\s+(?:dozen|hundred|thousand|lakh|million|crore|billion)
          (?:\s+(?:thousand|million))?\b)
    | (?P<fraction>(?:(?:{"|".join(UNITS)}|a)[-\s]
        (?:half|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)s?\b
        (?![-\s](?:{"|".join(FRACTIONS)}))(?!-)))
    | (?P<dozen>(?:half\s+a|an?|{"|".join(UNITS)}|ten|twelve|\d{{1,3}})[\s-]dozen\b)
    | (?P<article>(?:half\s+an?|an?(?:\s+half)?)\s+
        (?:hundred\b(?:\s+(?:and\s+)?{_SMALL})?(?:\s+{_SCALE})?|{_SCALE}))
    | (?P<half_of>half(?=\s+(?:of|the|its|their|our|his|her|all)\b))
    | (?P<words>{WORDS})
    )
    (?P<percent>{_PERCENT})?
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: the first word, sign or digit of every number
_FIRST = re.compile(rf"(?<!\w)(?:\d|{_CURRENCY}|(?:{_HEAD})\b)", re.IGNORECASE)
#: digits or a word of quantity: every number has one
_ANCHOR = re.compile(
    rf"\d+|\b(?:{'|'.join(SMALL)}|half|scores|(?:tens|(?:hundred|thousand|lakh|lac|million|crore|billion|trillion|dozen"
    r"|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)s?))\b",
    re.IGNORECASE,
)
#: characters from the beginning of a number to its first digits or word of quantity
_BEFORE_ANCHOR = 24
#: "0430", "007": a code or a time of day
_PADDED = re.compile(r"0\d")
_WORD = re.compile(r"[A-Za-z]+")
_RANGE_SIGN = re.compile(r"\s?[-–—]\s?\Z")
_RANGE_WORD = re.compile(r"\s+(?:to|or|and|through)\s+\Z")
_BETWEEN = re.compile(r"\b(?:between|from|anywhere from)\s+(?:[a-z]+\s+){0,2}\Z", re.IGNORECASE)
_CHANGE_FROM = re.compile(
    r"\b(?:r[oi]se\w*|fell|fall\w*|drop\w*|increas\w+|decreas\w+|declin\w+|gr[eo]w\w*|reduc\w+|up|down|rais\w+|cut|went"
    r"|jump\w*|surg\w+|climb\w*|expand\w*|doubl\w+|chang\w+)\b[^.;]{0,60}\bfrom\s+(?:[a-z]+\s+){0,2}\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as printed, offsets into the text that was read. A range or fraction has low and high, no value."""

    start: int
    end: int
    value: float | int | None
    form: Form
    low: float | int | None = None
    high: float | int | None = None
    currency: str | None = None
    percent: bool = False
    scaled: bool = False  # with thousands separators or a scale word: printed as a quantity
    plus: bool = False  # "200+"


def anchors(text: str) -> Iterator[int]:
    """Where ``text`` has digits or a word of quantity: no number is far from one."""
    return (match.start() for match in _ANCHOR.finditer(text))


def numerals(text: str, near: Iterable[int] | None = None) -> list[Numeral]:
    """The numbers of ``text`` in order, ranges joined; joined digits that are no range ("555-1234", "3-1") left out.

    near: the anchors of the text, where they are known already.
    """
    found: list[Numeral] = []
    free = done = 0
    for anchor in anchors(text) if near is None else near:
        begin, done = max(done, free, anchor - _BEFORE_ANCHOR), anchor + 1
        for first in _FIRST.finditer(text, begin, anchor + 12):
            match = NUMBER.match(text, first.start()) if free <= first.start() < done else None
            if match is None:
                continue
            free = match.end()
            numeral = _numeral(match)
            if numeral is not None and _ends_well(text, numeral):
                found.append(numeral)
    return [x for x in _joined(text, found) if _PADDED.match(text, x.start) is None]


def word_value(words: str) -> float | int:
    """The value of a number in words or words with digits: "two hundred and fifty" -> 250; 0 where there is none."""
    total: float = 0
    group: float = 0
    for word in _WORD.findall(words.lower()):
        if word in SMALL:
            group += SMALL[word]
        elif word in ("half", "quarter"):
            group += 1 / FRACTIONS[word]
        elif word == "hundred":
            group = (group or 1) * 100
        elif word in SCALES or word.rstrip("s") in SCALES:
            total += (group or 1) * SCALES.get(word, SCALES.get(word.rstrip("s"), 1))
            group = 0
    return _whole(total + group)


def _whole(value: float) -> float | int:
    return int(value) if float(value).is_integer() else round(value, 10)


def _numeral(match: re.Match[str]) -> Numeral | None:
    groups = match.groupdict()
    start, end = match.span()
    percent = groups["percent"] is not None
    if groups["digits"] is not None:
        return _from_digits(match)
    if groups["vague"] is not None:
        return Numeral(start, end, None, "vague", low=_vague_bound(groups["vague"]))
    if groups["fraction"] is not None:
        first, last = re.split(r"[-\s]", groups["fraction"].lower(), maxsplit=1)
        parts = FRACTIONS.get(last, FRACTIONS.get(last.rstrip("s"), 0))
        return Numeral(start, end, None, "fraction", low=UNITS.get(first, 1), high=parts)
    if groups["half_of"] is not None:
        return Numeral(start, end, None, "fraction", low=1, high=2)
    if groups["dozen"] is not None:
        return Numeral(start, end, _dozens(groups["dozen"].lower()), "words", scaled=True)
    if groups["article"] is not None:
        words = groups["article"].lower()
        half = re.search(r"\bhalf\b", words) is not None
        rest = re.sub(r"\bhalf\b", "", words)
        value = word_value(rest)
        return Numeral(start, end, _whole(value * 0.5 if half else value), "words", scaled=True, percent=percent)
    words = groups["words"]
    scaled = re.search(_SCALE + r"|hundred", words, re.IGNORECASE) is not None
    return Numeral(start, end, word_value(words), "words", percent=percent, scaled=scaled)


def _from_digits(match: re.Match[str]) -> Numeral | None:
    """The number in digits; None where an "m" or "B" that is no scale word follows (metres)."""
    digits = match["digits"]
    start, end = match.span()
    currency = match["currency"]
    plain = re.sub(r"[,\s\u00a0\u202f\u2009]", "", digits)
    value = float(plain) if "." in plain else int(plain)
    scale = match["scale"]
    if scale in ("m", "M", "B") and currency is None:
        return None
    if scale is not None:
        for word in _WORD.findall(scale.lower()):
            value *= {"b": 1_000_000_000}.get(word, SCALES.get(word, SCALES.get(word.rstrip("s"), 1)))
    half = match["half"]
    if half is not None:
        value += 0.25 if "quarter" in half.lower() else 0.5
        rest = re.search(_SCALE, half, re.IGNORECASE)
        value *= SCALES[rest.group().lower().rstrip("s")] if rest else 1
    printed = scale is not None or len(plain) < len(digits)
    return Numeral(
        start, end, _whole(value), "digits", currency=currency, percent=match["percent"] is not None,
        scaled=printed, plus=match["plus"] is not None,
    )  # fmt: skip


def _vague_bound(words: str) -> int | None:
    """The least that the words allow, None where they promise nothing: "dozens" 24, "tens of thousands" 20,000."""
    bound = 1
    plural = False
    for word in _WORD.findall(words.lower()):
        if word in ("and", "or"):  # "hundreds or thousands"
            break
        if word in VAGUE and word != "dozen":
            bound *= VAGUE[word] // (2 if plural else 1)
            plural = True
        elif word in SCALES or word == "dozen":
            bound *= (2 if not plural else 1) * SCALES.get(word, 12)
            plural = True
    return bound if plural else None


def _dozens(words: str) -> float | int:
    count = words.rsplit("dozen", 1)[0].strip(" -")
    if count.startswith("half"):
        return 6
    return 12 * (int(count) if count.isdigit() else SMALL.get(count, 1))


def _ends_well(text: str, numeral: Numeral) -> bool:
    """Whether the number is not glued to what follows: no ordinal, version, clock time, code or date in digits."""
    after = text[numeral.end : numeral.end + 2]
    if _CODE.search(text[max(0, numeral.start - 16) : numeral.start]):
        return False
    if numeral.form != "digits" or not after:
        return True
    if numeral.percent:
        return not after[0].isalnum()
    if after[0] in ".,:/’'" and after[1:].isdigit():
        return False
    return not (after[0].isalnum() or after[0] == "_") or _UNIT_AHEAD.match(text, numeral.end) is not None


#: "A350-900": a number joined to a code with letters
_CODE = re.compile(r"[^\W\d]\w*[-–]\Z")
_UNIT_AHEAD = re.compile(r"(?:km|kg|cm|mm|kms|kgs|MW|GW|kW|ft|mph|kph|mg|ml|gb|GB|TB|ha)\b")


def _joined(text: str, found: list[Numeral]) -> Iterator[Numeral]:
    """The numbers with ranges made one; chains of digits ("051-111-222") and falling pairs ("3-1") dropped."""
    index = 0
    while index < len(found):
        stop = index + 1
        while stop < len(found) and _RANGE_SIGN.fullmatch(text[found[stop - 1].end : found[stop].start]):
            stop += 1
        run = found[index:stop]
        if len(run) == 1:
            pair = _spoken_range(text, run[0], found[stop] if stop < len(found) else None)
            if pair is not None:
                yield pair
                stop += 1
            else:
                yield run[0]
        elif len(run) == 2:
            pair = _range(run[0], run[1])
            if pair is not None and not _is_reference(run[0], run[1]):
                yield pair
        index = stop


def _is_reference(first: Numeral, second: Numeral) -> bool:
    """Whether two plain numbers are too far apart to bound a count: "17-29597" is the number of some paper."""
    low, high = first.value, second.value
    if low is None or high is None or first.scaled or second.scaled or first.currency or second.percent:
        return False
    return low > 1 and high > _WIDEST * low


#: the upper bound of a range is at most this many times the lower one
_WIDEST = 100


def _spoken_range(text: str, first: Numeral, second: Numeral | None) -> Numeral | None:
    """ "3,000 to 5,000", "two or three", "between 5 and 10"; None where the two are separate numbers."""
    if second is None or second.start - first.end > 12:
        return None
    gap = text[first.end : second.start]
    if not _RANGE_WORD.fullmatch(gap):
        return None
    before = text[max(0, first.start - 90) : first.start]
    word = gap.strip().lower()
    if word == "and" and not re.search(r"\bbetween\s+(?:[a-z]+\s+){0,2}\Z", before, re.IGNORECASE):
        return None
    if word == "to" and _CHANGE_FROM.search(before):
        return None
    return _range(first, second)


def _range(first: Numeral, second: Numeral) -> Numeral | None:
    """The two as one range; None where they cannot bound one."""
    if first.value is None or second.value is None:
        return None
    if (second.currency and not first.currency) or (first.percent and not second.percent):
        return None  # "3.5 per cent to $2.4 billion"
    low, high = first.value, second.value
    if second.scaled and not first.scaled and low < 1000 <= high:  # "3 to 5 million"
        factor = _factor(second)
        low = _whole(low * factor) if low * factor < high else low
    if low >= high:
        return None
    return Numeral(
        first.start, second.end, None, "range", low=low, high=high, currency=first.currency or second.currency,
        percent=first.percent or second.percent, scaled=first.scaled or second.scaled, plus=second.plus,
    )  # fmt: skip


def _factor(numeral: Numeral) -> int:
    """The scale word's factor, judged by the value: 5 million -> 1,000,000; 1 where digits carry separators alone."""
    value = numeral.value or 0
    return next((scale for scale in (10**12, 10**9, 10**6, 10**5, 10**3) if value >= scale), 1)
