"""How dates are written in English prose: one pattern a form.

What a form states is read in ``date_values``; what needs the surroundings (the antecedent of "the same period",
the date of publication) is resolved in ``dates``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ctcorpus.annotate.numbers.numerals import SMALL, WORDS

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: days of a season are not the same everywhere, so a season states its year alone
_SEASON = r"(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)"
_LONG = r"January|February|March|April|May|June|July|August|September|October|November|December"
_SHORT = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
MONTH = rf"(?:(?:{_LONG}|{_LONG.upper()})\b|{_SHORT})"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:\s?(?:st|nd|rd|th))?(?![\d,.]\d)(?!\w)"
YEAR = r"(?:1[5-9]|20)\d\d(?!\w)(?![.,/:]\d)(?!\s?%)"
_DASH = r"\s?[-–—]\s?"
_TO = rf"(?:{_DASH}|\s+(?:to|until|till|through|and|&)\s+)"
_PART = r"(?:(?:the\s+)?(?:[Ee]arly|[Ll]ate|[Mm]id(?:dle)?|(?:[Ee]nd|[Bb]eginning|[Ss]tart|[Mm]iddle)\s+of)(?:\s+|-))"
_SMALL_COUNT = r"(?:\d{1,4}(?![\d,.]\d)|" + WORDS + r"|an?|half\s+an?|several|many|few|(?:a\s+)?few|a\s+couple\s+of)"
#: the lower bound of "three to five years" and what joins it to the upper one; "twenty-one" is no range
_RANGED = r"(?:\d{1,3}(?:\s?[-–]\s?(?=\d)|\s+(?:to|or)\s+)|" + WORDS + r"\s+(?:to|or)\s+)"
_UNIT = r"(?:minute|hour|hr|day|week|fortnight|month|year|decade|centur(?:y|ie))s?"
_ABOUT = (
    r"(?:(?:more\s+than|over|nearly|almost|about|around|some|at\s+least|roughly|approximately"
    r"|less\s+than|just)\s+)"
)
_WHEN = r"(?:(?:[Oo]ver|[Ff]or|[Ii]n|[Dd]uring|[Ww]ithin|[Tt]hroughout|[Aa]cross)\s+)"

_FORMS: tuple[tuple[str, str], ...] = (
    (
        "iso",
        r"(?P<iso_y>(?:1[5-9]|20)\d\d)-(?P<iso_m>0[1-9]|1[0-2])-(?P<iso_d>0[1-9]|[12]\d|3[01])(?!\d)"
        r"(?:(?:T|\s+-\s+|,?\s+)(?P<iso_h>[01]\d|2[0-3]):(?P<iso_min>[0-5]\d)(?!\d))?",
    ),
    ("nine_eleven", r"9/11(?![/\d])"),
    ("slashed", r"(?P<s_a>\d{1,2})[/.](?P<s_b>\d{1,2})[/.](?P<s_y>(?:19|20)\d\d)(?!\d)"),
    (
        "day_to_day",  # 3 March to 5 April 2025; March 3 to April 5, 2025
        rf"(?:(?P<dd_d1>{DAY})\s+(?P<dd_m1>{MONTH})(?:,?\s+(?P<dd_y1>{YEAR}))?{_TO}(?P<dd_d2>{DAY})"
        rf"\s+(?P<dd_m2>{MONTH}),?\s+(?P<dd_y2>{YEAR})"
        rf"|(?P<dd_m3>{MONTH})\s+(?P<dd_d3>{DAY})(?:,?\s+(?P<dd_y3>{YEAR}))?{_TO}(?P<dd_m4>{MONTH})"
        rf"\s+(?P<dd_d4>{DAY}),?\s+(?P<dd_y4>{YEAR}))",
    ),
    (
        "days",  # the 6th and 7th October, 2025; 6-7 October 2025; October 6-7, 2025
        rf"(?:(?:the\s+)?(?P<ds_first>{DAY})(?:(?:,\s?"
        rf"|{_TO})(?:the\s+)?{DAY}){{0,4}}{_TO}(?:the\s+)?(?P<ds_last>{DAY})\s+(?:of"
        rf"\s+)?(?P<ds_m>{MONTH})(?:,?\s+(?P<ds_y>{YEAR}))?"
        rf"|(?P<ds_m2>{MONTH})\s+(?P<ds_first2>{DAY})(?:,\s?{DAY}){{0,4}}{_TO}(?P<ds_last2>{DAY})(?:,?"
        rf"\s+(?P<ds_y2>{YEAR}))?)",
    ),
    (
        "day",  # 7 April 2025; the 7th of April, 2025; April 7, 2025; April 7
        rf"(?:(?:the\s+)?(?P<d_d>{DAY})\s+(?:day\s+)?(?:of\s+)?(?P<d_m>{MONTH})(?:,?\s+(?P<d_y>{YEAR}))?"
        rf"|(?P<d_m2>{MONTH})\s+(?P<d_d2>{DAY})(?:,?\s+(?P<d_y2>{YEAR}))?)",
    ),
    (
        "months",  # January to June 2024; January 2024 to June 2025; March and April 2024
        rf"(?P<ms_m>{MONTH})(?:,?\s+(?P<ms_y>{YEAR}))?{_TO}(?P<ms_m2>{MONTH}),?\s+(?:of\s+)?(?P<ms_y2>{YEAR})",
    ),
    ("month", rf"(?P<m_part>{_PART})?(?P<m_m>{MONTH}),?\s+(?:of\s+)?(?:the\s+year\s+)?(?P<m_y>{YEAR})"),
    (
        "part_of_year",  # the first quarter of 2025; first half of 2024; Q1 2025; 2025 Q1
        r"(?:(?:the\s+)?(?P<q_n>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ll]ast|[Ff]inal|1st|2nd|3rd|4th)\s+"
        r"(?P<q_unit>quarter|half|three\s+months|six\s+months|nine\s+months)"
        rf"(?:\s+(?:of|in)\s+(?:the\s+)?(?:(?:fiscal\s+|calendar\s+)?year\s+)?|\s+)(?P<q_y>{YEAR})"
        rf"|(?P<q_letter>[QH])(?P<q_digit>[1-4])(?:\s+(?:of\s+)?|-|/)?(?P<q_y2>{YEAR})"
        rf"|(?P<q_y3>{YEAR})(?:\s|-)?(?P<q_letter2>[QH])(?P<q_digit2>[1-4])\b)",
    ),
    (
        "same_period",
        r"(?:the\s+)?(?:same|corresponding|comparable)\s+(?P<sp_unit>period|time|quarter|half|months?|timeframe)\s+"
        rf"(?:(?:in|of|during)\s+)?(?:(?P<sp_y>{YEAR})|(?P<sp_before>last\s+year|the\s+previous\s+year"
        rf"|the\s+year\s+before|a\s+year\s+(?:earlier|ago|before)))",
    ),
    (
        "decade",
        r"(?P<de_part>(?:[Tt]he\s+)?(?:[Ee]arly|[Ll]ate|[Mm]id|(?:[Ee]arly|[Ll]ate)-to-[a-z]+)(?:\s+"
        r"|-)(?:the\s+)?)?(?:the\s+)?"
        r"(?P<de_y>(?:1[5-9]|20)\d0)[’']?s\b",
    ),
    ("century", r"(?:the\s+)?(?P<c_n>1[5-9]|2[01])(?:th|st)\s+century"),
    (
        "years",  # 2001-2014; 2024-25; FY2024-25; from 2001 to 2014; between 2001 and 2014
        r"(?:(?:FY|[Ff]iscal\s+[Yy]ears?|[Ff]inancial\s+[Yy]ears?)\s?)?"
        rf"(?P<ys_a>(?:1[5-9]|20)\d\d)(?:(?:\s?[-–—/]\s?|\s+to\s+|\s+(?:until|till"
        rf"|through)\s+)(?P<ys_b>{YEAR}|\d\d(?!\w)(?![.,/:-]\d))|\s+and\s+(?P<ys_c>{YEAR}))",
    ),
    ("part_year", rf"(?P<py_part>{_PART})(?P<py_y>{YEAR})(?!{_DASH}\d)(?!s\b)"),
    ("season", rf"(?:the\s+)?(?:{_PART})?(?P<se_n>{_SEASON})\s+(?:of\s+)?(?P<se_y>{YEAR})"),
    (
        "since",
        rf"(?:[Ss]ince|[Ee]ver\s+since)\s+(?:(?P<si_d>{DAY})\s+)?(?P<si_part>{_PART})?"
        rf"(?:(?P<si_m>{MONTH}),?\s+(?:(?P<si_d2>{DAY}),?\s+)?)?(?P<si_y>{YEAR})(?!{_DASH}\d|s\b"
        rf"|[’'](?!s\b))(?!\s+[a-z]+s?\s+of\b)",
    ),
    ("onward", rf"(?:[Ff]rom\s+)?(?P<on_y>{YEAR})\s+(?:onwards?|forward)\b"),
    (
        "ago",
        rf"(?:{_ABOUT})?(?P<ag_low>{_RANGED})?(?P<ag_n>{_SMALL_COUNT})\s+(?P<ag_unit>{_UNIT})\s+(?:ago|earlier|before|later"
        rf"|hence)\b(?!\s+the\b)",
    ),
    (
        "duration",
        rf"(?:(?:{_WHEN})?(?:the\s+|its\s+|their\s+)?(?:(?:past|last|next|previous|coming|preceding"
        rf"|following|first|final)\s+)?)?"
        rf"{_ABOUT}?(?P<du_low>{_RANGED})?(?P<du_n>{_SMALL_COUNT}|(?:a\s+)?quarter(?:\s+of\s+a)?)[\s-](?:(?:long|full"
        rf"|consecutive|successive|straight)\s+)?"
        rf"(?P<du_unit>{_UNIT})\b(?:\s+and\s+a\s+(?P<du_half>half)\b)?",
    ),
    (
        "vague",
        r"(?:(?:[Oo]ver|[Ff]or)\s+(?:the\s+)?(?:(?:past|last|recent|coming|many"
        r"|intervening)\s+)?(?:few\s+|several\s+|couple\s+of\s+)?(?:decades|years|months|weeks|days"
        r"|centuries)\b"
        r"|(?:[Tt]hrough|[Ii]n|[Dd]uring)\s+(?:the\s+)?(?:past|last|recent|coming"
        r"|intervening)\s+(?:few\s+|several\s+|couple\s+of\s+)?(?:decades|years|months|weeks|days"
        r"|centuries)\b"
        r"|(?:(?:[Tt]he|[Ii]n|[Dd]uring)\s+)?(?:past|last|recent|next|coming)\s+(?:few\s+"
        r"|several\s+)?(?:decades|years|months|weeks|days)\b"
        r"|(?:(?:[Aa]\s+)?(?:[Vv]ery|[Mm]ore|[Mm]ost)\s+[Rr]ecent(?:ly)?|[Aa]\s+recent|[Rr]ecent(?:ly)?|[Ll]ately)\b)",
    ),
    (
        "relative",
        r"(?:(?P<re_which>[Ll]ast|[Tt]his|[Nn]ext|(?:[Tt]he\s+)?[Pp]revious"
        r"|(?:[Tt]he\s+)?[Cc]oming)\s+(?P<re_unit>week|month|year|quarter|decade|century|"
        rf"spring|summer|autumn|fall|winter|weekend|night|{MONTH})(?:[’']s)?\b(?!\s+of\b)"
        r"|(?P<re_day>[Yy]esterday|[Tt]oday|[Tt]omorrow|[Tt]onight|[Ee]arlier\s+today)\b)",
    ),
    (
        "month_alone",
        r"(?:(?<=[Ii]n )|(?<=ince )|(?<=[Bb]y )|(?<=til )|(?<=uring )|(?<=[Oo]f ))"
        rf"(?:{_PART})?(?P<mo_m>{_LONG}|{_SHORT})(?!\w)(?!,?\s+(?:of\s+)?\d)(?!\s+[A-Z])",
    ),
    ("year", rf"(?P<y_y>{YEAR})(?!{_DASH}\d)"),
)
_COUNT_WORDS = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen"
    r"|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|One|Two|Three|Four|Five|Six"
    r"|Seven|Eight|Nine|Ten|Eleven"
    r"|Twelve|Fifteen|Twenty|Thirty|Forty|Fifty)\b"
)
_ADJECTIVES = (
    r"(?:past|last|next|previous|coming|preceding|following|recent|first|final|many|intervening|few"
    r"|several|couple)\b"
)
_NAMED_TIME = (
    r"(?:week|month|year|quarter|decade|century|spring|summer|autumn|fall|winter|weekend|night|"
    + "|".join((_LONG, _SHORT))
    + r")"
)
_START = (
    rf"\d|(?:{_LONG}|{_LONG.upper()}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|[QH][1-4]|FY"
    rf"|[Ff]iscal|[Ff]inancial\s+[Yy]ear|{_SEASON}\s+(?:of\s+)?\d"
    rf"|(?:[Ee]arly|[Ll]ate|[Mm]id|[Ee]nd|[Bb]eginning|[Ss]tart|[Mm]iddle)(?:\s+of)?[\s-]+(?:the\s+"
    rf"|of\s+)?(?:\d|{_LONG}|{_SHORT}|{_SEASON}|to-)"
    r"|(?:[Ee]arly|[Ll]ate|[Mm]id)-|(?:[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]inal)\s+(?:quarter"
    r"|half|three|six|nine|\d|[a-z]+\s+(?:year|month|week|day|decade|hour)s)"
    r"|(?:same|corresponding|comparable)\s+(?:period|time|quarter|half|month)"
)
#: where a date can begin: a cheap test at each word, before the forms are tried
_HEAD = (
    rf"(?=(?:{_START}|{_COUNT_WORDS}|{_ADJECTIVES}|(?:[Ee]ver\s+)?[Ss]ince\s|[Ff]rom\s+\d|(?:[Ll]ast"
    rf"|[Tt]his|[Nn]ext|[Pp]revious|[Cc]oming)\s+{_NAMED_TIME}"
    r"|[Yy]esterday|[Tt]o(?:day|morrow|night)|[Ee]arlier\s+today|(?:(?:[Vv]ery|[Mm]ore"
    r"|[Mm]ost)\s+)?[Rr]ecent|[Ll]ately|half\s+an?\s|quarter\s+of\s+a"
    r"|[Aa]n?\s+(?:few|couple|quarter|recent|very\s+recent|minute|hour|day|week|fortnight|month|year|decade|century)"
    rf"|[Tt]he\s+(?:{_START}|{_COUNT_WORDS}|{_ADJECTIVES}|previous|coming)|(?:[Ii]ts|[Tt]heir|its"
    rf"|their)\s+{_ADJECTIVES}"
    rf"|(?:[Oo]ver|[Ff]or|[Ii]n|[Dd]uring|[Ww]ithin|[Tt]hroughout|[Tt]hrough|[Aa]cross)\s+(?:(?:the"
    rf"|its|their)\s+)?(?:{_ABOUT})?(?:\d|{_COUNT_WORDS}|{_ADJECTIVES}|half\s|an?\s"
    r"|decades|years|months|weeks|days|centuries)"
    rf"|{_ABOUT}(?:the\s+)?(?:\d|{_COUNT_WORDS}|{_ADJECTIVES}|half\s|an?\s)))"
)
DATE = re.compile(
    r"(?<![\w$€£¥₹#@°])(?<![\w.)][-/.:,])"
    + _HEAD
    + "(?:"
    + "|".join(f"(?P<{name}>{form})" for name, form in _FORMS)
    + ")"
)
#: digits or a word of time: every date has one
_ANCHOR = re.compile(
    r"\d+|\b(?:(?:[Mm]inute|[Hh]our|[Dd]ay|[Ww]eek|[Ff]ortnight|[Mm]onth|[Yy]ear|[Dd]ecade|[Cc]entur(?:y|ie))s?\b"
    rf"|[Rr]ecent|[Ll]ately|[Yy]esterday|[Tt]o(?:day|morrow|night)|weekend|night|quarter|{_SEASON}"
    rf"|{_LONG}|{_LONG.upper()}|{_SHORT})"
)
#: what a date may begin with
_FIRST = re.compile(
    r"\b(?:\d|[QH][1-4]|FY|the|in|for|an?|its|their|over|during|within|through(?:out)?|across|ever|since|from|last|past"
    r"|next|previous|coming|preceding|following|recent(?:ly)?|first|second|third|fourth|final|many|intervening|few"
    r"|several|couple|this|yesterday|today|tomorrow|tonight|earlier|very|more|most|lately|half|quarter|fiscal"
    r"|financial|early|late|mid|end|beginning|start|middle|same|corresponding|comparable|nearly|almost|about|around"
    rf"|some|at|roughly|approximately|less|just|spring|summer|autumn|fall|winter|{_LONG}|{_SHORT}|{'|'.join(SMALL)})",
    re.IGNORECASE,
)
#: characters from the beginning of a date to its first digits or word of time
_BEFORE_ANCHOR = 64


def anchors(text: str) -> Iterator[int]:
    """Where ``text`` has digits or a word of time: no date is far from one."""
    return (match.start() for match in _ANCHOR.finditer(text))


def candidates(text: str, near: Iterable[int]) -> Iterator[re.Match[str]]:
    """The matches of ``DATE`` in ``text``, in order and free of overlaps. near: the anchors of the text."""
    free = done = 0
    for anchor in near:
        begin = max(done, free, anchor - _BEFORE_ANCHOR)
        done = anchor + 1
        for first in _FIRST.finditer(text, begin, anchor + 12):
            match = DATE.match(text, first.start()) if free <= first.start() < done else None
            if match is not None:
                yield match
                free = match.end()


def month_number(name: str) -> int:
    """1 to 12, by the first three letters."""
    return MONTHS.index(name[:3].lower()) + 1
