"""Dates of a document: temporal expressions with EDTF values, resolved only against what the text itself states.

Left to right over each sentence, heading and front matter line. A relative word ("last year") has a value only
where the source states its date of publication; "the same period in 2024" only where the period was named just
before. What looks like a date and is a count, a code, an age, a resolution's number or a name is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from ctcorpus.annotate.numbers.date_grammar import MONTH, MONTHS, anchors, candidates, month_number
from ctcorpus.annotate.numbers.date_values import day_value, stated
from ctcorpus.annotate.numbers.numerals import word_value
from ctcorpus.annotate.scan import Lexicon, Scan, is_prose
from ctcorpus.model.document import Document
from ctcorpus.model.edtf import days
from ctcorpus.model.facts import Date, DateBasis, DateType
from ctcorpus.model.span import Span

#: a unit longer than this is read in windows
WINDOW = 4_000
#: a date without a year is taken for the one nearest to the publication, within this many days
NEAREST = 92

#: what makes a four-digit number a count rather than a year, by the word after it ...
_COUNTED = re.compile(
    r"\s+(?:[a-z]+\s+)?(?:people|persons?|men|women|children|civilians|soldiers|troops|militants"
    r"|terrorists|fighters|families"
    r"|refugees|personnel|policemen|villages|houses|homes|schools|students|members|workers|cases"
    r"|tons?|tonnes|dollars|rupees"
    r"|euros|pounds|per\s?cent|percent|km|kilomet(?:er|re)s?|miles?|met(?:er|re)s?|feet|acres|hectares|megawatts|MW|kg"
    r"|barrels|pages|copies|times|hours|hrs|words|deaths|casualties|injured|killed|dead|prisoners|detainees|votes)\b"
)
#: ... or before it
_QUANTITY = re.compile(
    r"(?:\b(?:over|than|nearly|almost|about|some|least|most|approximately|roughly|around|only|killed"
    r"|killing|injured|arrested"
    r"|estimated|additional|another|total\s+of|number\s+of)\s+)\Z",
    re.IGNORECASE,
)
#: a number of a text, a plan or a form, not a year
_NUMBERED = re.compile(
    r"(?:\b(?:resolutions?|nos?\.?|numbers?|articles?|sections?|page|pp?\.|order|ordinance|case"
    r"|flight|room|vision|agenda"
    r"|version|code|channel|model|paragraph|paras?|rule|chapter|bill|form|tel|phone|fax|box|route|highway|unit)\s*)\Z",
    re.IGNORECASE,
)
_ANCIENT_CUE = re.compile(
    r"\b(?:in|since|of|from|until|till|by|before|after|during|circa|year|between|and|to)\s+\Z|\(\s?\Z", re.IGNORECASE
)
#: a year before a name is a model's ("the 2019 Falcon Coupe"), unless a word of time leads up to it ...
_NAME_AFTER = re.compile(rf"\s+(?!{MONTH}|The\b)(?P<name>[A-Z][^\s.,;:!?()]*(?:\s[^\s.,;:!?()]+){{0,6}})")
_TIME_BEFORE = re.compile(
    r"(?:\b(?:in|since|by|of|during|from|until|till|to|through|and|or|before|after|around|year|late|early|mid|copyright"
    r"|(?:during|since|before|after|until)\s+the)|[(©,-])\s*\Z",
    re.IGNORECASE,
)
#: ... or the name is that of something that happened or was agreed in that year
_EVENT = re.compile(
    r"\b(?:[a-z]*(?:tion|sion|ment|ing|ism|ics|ance|ence)s?|attacks?|games|cups?|summits?|budgets?|takeovers?|wars?"
    r"|polls?|votes?|referendum|coups?|raids?|strikes?|airstrikes?|siege|crisis|crises|conflicts?|clash(?:es)?|protests?"
    r"|riots?|uprising|revolt|revolution|massacres?|assault|blasts?|explosions?|earthquakes?|quake|floods?"
    r"|hurricane|season|tour|trials?|pact|deal|accords?|treaty|truce|ceasefire|talks|process|plan|policy|strategy"
    r"|act|law|bill|reforms?|charter|reports?|survey|index|study|review|census|draft|championships?|open|prix|festival"
    r"|awards?|prize|oscars|convention|forum|session|assembly|campaign|race|primar(?:y|ies)|surge|withdrawal|fall"
    r"|offensive|hijack\w*|kidnapp\w*|murders?|killings?|death|surrender|collapse|crash|disaster|outbreak|pandemic|visit"
    r"|speech|address|ruling|verdict|case|scandal|list|merger|listing|ipo|debut|release|tournament"
    r"|finals?|series|match|midterms?|caucus(?:es)?|congress|conclave|jirga|memorandum|mou|framework|guidelines|rules|show|fair|expo|exhibition|week|meetings?|presidential|candidates?|nominees?)\b",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(r"\s+(?:Agenda|Vision)\b")
_AGE = re.compile(r"[\s-]olds?\b|\s+of\s+age\b")
_AGE_BEFORE = re.compile(r"\bage[ds]?\s+(?:of\s+)?\Z", re.IGNORECASE)
_RATE_BEFORE = re.compile(r"\b(?:per|times|hours|days|each|once|twice|percent|%|dollars|million|billion|thousand)\s+\Z")
#: "0200 hours" is a time of day; "1430 hours" is one where a word leads up to it that a length of time does not follow
_CLOCK = re.compile(r"(?:1\d|2[0-3])[0-5]\d")
_CLOCK_BEFORE = re.compile(
    r"\b(?:at|by|from|until|till|before|after|since|between|to)\s+(?:the\s+)?\Z|[\dA-Z][\dA-Za-z]*,?\s+(?:and|to)\s+\Z"
)
_CLOCK_AFTER = re.compile(r"\s+(?:GMT|UTC|PST|[Ll]ocal|[Zz]ulu|on\s)")
_BETWEEN = re.compile(r"\bbetween\s+(?:[a-z]+\s+)?[\w-]+\s+and\s+\Z", re.IGNORECASE)
_AS_OF = re.compile(r"\bas\s+(?:of|at|on)\s+(?:the\s+)?\Z", re.IGNORECASE)
_ENDED = re.compile(r"\b(?:after|until)\s+(?:being|having)\b|\bhad\s+(?:long\s+)?been\b", re.IGNORECASE)
_ASIDE = re.compile(
    r"\b(?:compared\s+(?:to|with)|than(?:\s+in)?|versus|vs\.?|relative\s+to|against"
    r"|unlike(?:\s+in)?)\s+(?:the\s+|that\s+of\s+)?\Z",
    re.IGNORECASE,
)
_TYPES_OF_EVENT = ("date", "month", "year", "interval")


#: what is looked for in a text before its dates are read
LEXICON = Lexicon({"date": anchors})


def find_dates(document: Document, named: Sequence[int] | None = None) -> tuple[Date, ...]:
    """The temporal expressions of the document's sentences, headings and front matter, in order of start.

    named: where the text has digits or a word of time, where that is known already.
    """
    named = Scan(document.text).places(LEXICON)["date"] if named is None else named
    published = _published(document)
    prose = {(x.start, x.end) for x in document.sentences}
    found: list[Date] = []
    for unit in document.units():
        prosaic = True
        for start, end in _windows(unit, document.text):
            first = bisect_left(named, start)
            if first == len(named) or named[first] >= end:
                continue
            near = [x - start for x in named[first : bisect_left(named, end, first)]]
            text = document.text[start:end]
            prosaic = is_prose(text, near, before=prosaic)
            for match in candidates(text, near) if prosaic else ():
                item = _read(document, match, Span(start, end), unit, published, found, (unit.start, unit.end) in prose)
                if item is not None:
                    found.append(item)
    return tuple(found)


def _windows(unit: Span, text: str) -> Iterator[tuple[int, int]]:
    """The unit in pieces of bounded length, cut at white space where there is any."""
    start = unit.start
    while unit.end - start > WINDOW:
        cut = text.rfind(" ", start + WINDOW // 2, start + WINDOW)
        end = cut if cut > 0 else start + WINDOW
        yield start, end
        start = end
    yield start, unit.end


def _read(
    document: Document, match: re.Match[str], window: Span, unit: Span, published: date | None, found: list[Date],
    prose: bool,
) -> Date | None:  # fmt: skip
    """The date that the match is, or None where it is none."""
    form = match.lastgroup or ""
    if not _is_date(form, match):
        return None
    start, end = match.span()
    value, kind = stated(match)
    if form == "years" and value is None:  # "2014 and 2012": the first year alone
        value, kind, end = match["ys_a"], "year", match.end("ys_a")
    if form == "since" and value is not None and _ENDED.search(match.string, max(0, start - 60), start):
        value, start = value.removesuffix("/.."), match.start("si_m") if match["si_m"] else match.start("si_y")
        kind = "month" if len(value) > 5 else "year"
    if form == "duration" and _BETWEEN.search(match.string, max(0, start - 40), start):
        value = None  # "between three and six years"
    elif value is None:
        value = _resolved(form, match, published, unit, found)
        kind = _type_of(value) if value is not None and kind == "vague" else kind
    if value is not None and kind != "duration" and days(value) is None:
        value = None
    span = Span(window.start + start, window.start + end)
    basis = _basis(document, span, match.string[max(0, start - 40) : start], value, kind, prose)
    return Date(span.start, span.end, value, kind, basis, unit)


def _is_date(form: str, match: re.Match[str]) -> bool:
    """Whether the form, where it stands, is a date and not a count, an age, a code or a name."""
    text, start, end = match.string, match.start(), match.end()
    before = text[max(0, start - 40) : start]
    if form in ("duration", "ago"):
        if match["du_n" if form == "duration" else "ag_n"].lower() == "one" and "day" in match.group():
            return False  # "one day"
        if form == "duration" and match["du_n"].lower() in ("a", "an") and match["du_unit"][:4] not in ("deca", "cent"):
            return False  # "a day" is a rate or an idiom; it states no length
        if form == "duration" and match["du_unit"][0] == "h" and _is_clock(text, before, match):
            return False
        return not (_AGE.match(text, end) or _AGE_BEFORE.search(before) or _RATE_BEFORE.search(before))
    if form == "relative" and match["re_day"]:  # "USA Today"
        return not (match["re_day"][0].isupper() and re.search(r"[A-Z]\w*\s+\Z", before))
    if form == "day":
        return not _NUMBERED.search(before)
    if form not in ("year", "years", "onward"):
        return True
    if _NUMBERED.search(before) or _NAMED_AFTER.match(text, end) or _COUNTED.match(text, end):
        return False
    if _QUANTITY.search(before) and re.match(r"\s+[a-z]", text[end : end + 3]):
        return False
    if form == "year" and _is_model(text, before, end):
        return False
    if form == "years" and match["ys_c"] is not None and not re.search(r"\bbetween\s+\Z", before, re.IGNORECASE):
        return match["ys_a"] is not None
    first = int(match["y_y"] or match["ys_a"] or match["on_y"])
    return first >= 1900 or _ANCIENT_CUE.search(before) is not None


def _is_clock(text: str, before: str, match: re.Match[str]) -> bool:
    """Whether a number of hours is a time of day in four digits."""
    number = match["du_n"]
    if len(number) == 4 and number[0] == "0" and number.isdigit():
        return True
    if _CLOCK.fullmatch(number) is None:
        return False
    return _CLOCK_BEFORE.search(before) is not None or _CLOCK_AFTER.match(text, match.end()) is not None


def _is_model(text: str, before: str, end: int) -> bool:
    """Whether a year that ends at ``end`` is part of a product's name."""
    if _TIME_BEFORE.search(before):
        return False
    after = _NAME_AFTER.match(text, end)
    return after is not None and _EVENT.search(after["name"]) is None


def _type_of(value: str) -> DateType:
    if "/" in value:
        return "interval"
    return "year" if len(value) <= 5 else "month" if len(value) <= 8 else "date"


def _published(document: Document) -> date | None:
    """The day of publication that the source states or a maintainer stated; None where it is not known to the day."""
    value = (document.metadata.published or "")[:10]
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _basis(document: Document, span: Span, before: str, value: str | None, kind: DateType, prose: bool) -> DateBasis:
    evidence = document.metadata.evidence
    if any(span.overlaps(x) for x in evidence.get("published", ())):
        return "published"
    if _AS_OF.search(before) or any(span.overlaps(x) for x in evidence.get("as_of", ())):
        return "as_of"
    if value is None or kind not in _TYPES_OF_EVENT or not prose or _ASIDE.search(before):
        return "mentioned"
    return "event"


def _resolved(form: str, match: re.Match[str], published: date | None, unit: Span, found: list[Date]) -> str | None:
    """A value from what was stated before or from the date of publication; None where neither gives one."""
    if form == "same_period":
        return _same_period(match, unit, found)
    if published is None:
        return None
    if form == "relative":
        return _relative(match, published)
    if form == "ago":
        return _ago(match, published)
    if form == "day":
        tail = "" if match["d_m"] else "2"
        return _nearest(month_number(match[f"d_m{tail}"]), int(re.sub(r"\D", "", match[f"d_d{tail}"])), published)
    if form == "month_alone":
        near = _nearest(month_number(match["mo_m"]), 15, published)
        return near[:7] if near else None
    return None


def _same_period(match: re.Match[str], unit: Span, found: list[Date]) -> str | None:
    """The period last named in this sentence or the one before, moved to the year that the words give."""
    antecedent = next(
        (x.value for x in reversed(found[-6:]) if x.value and x.type in _TYPES_OF_EVENT and unit.start - x.end < 400),
        None,
    )
    if antecedent is None or ".." in antecedent or "~" in antecedent:
        return match["sp_y"]
    year = int(match["sp_y"] or int(antecedent[:4]) - 1)
    shift = year - int(antecedent[:4])
    return "/".join(f"{int(end[:4]) + shift:04d}{end[4:10]}" for end in antecedent.split("/"))


def _relative(match: re.Match[str], published: date) -> str | None:
    word = (match["re_day"] or "").lower()
    if word:
        shift = {"yesterday": -1, "tomorrow": 1, "earlier today": 0, "tonight": 0}.get(word)
        return None if shift is None else (published + timedelta(days=shift)).isoformat()
    which, unit = match["re_which"].lower().split()[-1], match["re_unit"]
    step = {"last": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}[which]
    if unit == "year":
        return f"{published.year + step}"
    if unit == "month":
        months = published.year * 12 + published.month - 1 + step
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    if unit[:3].lower() in MONTHS and unit[0].isupper():
        month = month_number(unit)
        year = published.year - (step < 0 and month >= published.month) + (step > 0 and month <= published.month)
        return f"{year:04d}-{month:02d}"
    return None


def _ago(match: re.Match[str], published: date) -> str | None:
    """ "three years ago" against the publication, in the unit of the words; only for small exact counts of "ago"."""
    words = match.group().lower()
    if (
        match["ag_low"]
        or not words.endswith("ago")
        or re.search(r"several|many|few|couple|half|more|over|nearly|almost|about|least", words)
    ):
        return None
    count = int(match["ag_n"]) if match["ag_n"].isdigit() else int(word_value(match["ag_n"]) or 1)
    unit = match["ag_unit"].lower().rstrip("s")
    if unit == "year" and count < published.year:
        return f"{published.year - count:04d}~"
    if unit == "day" and count < 60:
        return (published - timedelta(days=count)).isoformat()
    if unit == "month" and count < 1200:
        months = published.year * 12 + published.month - 1 - count
        return f"{months // 12:04d}-{months % 12 + 1:02d}~"
    return None


def _nearest(month: int, day: int, published: date) -> str | None:
    """The day of that name nearest to the publication, where it is near enough to be meant."""
    years = (published.year - 1, published.year, published.year + 1)
    values = [x for x in (day_value(year, month, day) for year in years) if x is not None]
    near = [x for x in values if abs((date.fromisoformat(x) - published).days) <= NEAREST]
    return near[0] if len(near) == 1 else None
