"""Figures that relate two things: ratios ("for every A, three B"; "one in five") and changes in per cent."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ctcorpus.annotate.numbers.noun_phrases import STOPS
from ctcorpus.annotate.numbers.numerals import Numeral
from ctcorpus.model.span import Span

_FOR_EVERY = re.compile(r"\b(?:for|to)\s+(?:every|each)\s+(?:(?:one|single)\s+)?", re.IGNORECASE)
_THING = re.compile(
    r"(?:(?P<n>\d{1,6}|[a-z]+)\s+)?[^\d.;:()]{2,60}?,\s+(?:(?:about|some|roughly|nearly|almost|over"
    r"|at\s+least|approximately|there\s+(?:were|are|was|is))\s+)*\Z",
    re.IGNORECASE,
)
_AFTER_FOR_EVERY = re.compile(
    r"\s+(?:[\w’'-]+\s+){1,5}?(?:for|to)\s+(?:every|each)\s+(?:one\s+|single\s+)?(?P<noun>(?!second"
    r"|minute|hour|day|week|month|year|other|time)[A-Za-z][\w’'-]*)",
    re.IGNORECASE,
)
_OUT_OF = re.compile(r"\s+(?:in|out\s+of(?:\s+every)?|of\s+every|in\s+every)\s+\Z", re.IGNORECASE)
_DONE = re.compile(
    r"\b(?:kill|injur|wound|arrest|captur|detain|eliminat|neutrali[sz]|destroy"
    r"|dead)\w*\s+(?:\w+\s+){0,2}\Z",
    re.IGNORECASE,
)
_TO_ONE = re.compile(r"\s?(?:-\s?to\s?-|:)\s?\Z")
_RATIO_WORD = re.compile(r"\b(?:ratio|odds|margin)\b[^.;]{0,40}\Z", re.IGNORECASE)

_FALL_WORDS = (
    r"(?:drop(?:ped|s|ping)?|declin(?:e|ed|es|ing)|decreas(?:e|ed|es|ing)|fall(?:s|en|ing)?|fell"
    r"|reduc(?:e|ed|es|ing|tion)|cut(?:s|ting)?|lower(?:ed|ing)?"
    r"|down|dip(?:ped)?|shr[aiu]nk(?:ing)?|plung(?:e|ed|ing)|slump(?:ed)?|contract(?:ed|ion)"
    r"|slash(?:ed|ing)?|fewer|less|loss|lost|weaker|slid|tumbl(?:e|ed)|plummet(?:ed)?|slide)"
)
_RISE_WORDS = (
    r"(?:ris(?:e|en|es|ing)|rose|increas(?:e|ed|es|ing)|gr[eo]w(?:n|s|ing|th)?|surg(?:e|ed|es|ing)"
    r"|jump(?:ed|s)?|climb(?:ed|s|ing)?|soar(?:ed)?|up|spik(?:e|ed)|gain(?:ed|s)?"
    r"|expan(?:d|ded|sion)|higher|more|uptick|uplift|escalat(?:ed|ion)|swell(?:ed)?|upsurge"
    r"|advanc(?:ed)|hike|rais(?:ed|ing)|appreciat(?:ed|ion)|improv(?:ed|ement))"
)
_ADVERBS = (
    r"(?:\s+(?:by|of|a|an|some|about|around|nearly|almost|over|more\s+than|at\s+least|approximately"
    r"|roughly|as\s+much\s+as|up\s+to|further|another|sharply|only|just|an\s+estimated"
    r"|an\s+average\s+of|less\s+than|slightly|in|whopping|staggering))"
)
_CHANGE_BEFORE = re.compile(
    rf"\b(?:(?P<fall>{_FALL_WORDS})|(?P<rise>{_RISE_WORDS})){_ADVERBS}{{0,4}}\s*\Z", re.IGNORECASE
)
_CHANGE_BY = re.compile(
    rf"\b(?:(?P<fall>{_FALL_WORDS})"
    rf"|(?P<rise>{_RISE_WORDS}))\b[^.;,\d]{{0,70}}\sby{_ADVERBS}{{0,3}}\s*\Z",
    re.IGNORECASE,
)
_CHANGE_AFTER = re.compile(
    rf"(?:\s+(?:point|points|annual|overall|sharp|average|real|net|further|year-on-year|yearly|steep"
    rf"|significant))?\s+(?:(?P<fall>{_FALL_WORDS})|(?P<rise>{_RISE_WORDS}))\b"
    r"(?!\s+(?:rate|target))(?!\s+to\s+[a-z])(?:\s+(?:in|of)(?:\s+(?:the|its|their|overall)(?=\s))?)?",
    re.IGNORECASE,
)
_AUXILIARIES = re.compile(r"(?:(?:has|have|had|also|was|were|been|is|are|being|be)\s+)+\Z")
_ACTIVE = re.compile(r"\s*(?P<noun>(?:[A-Za-z][\w’'-]*\s+){1,5})\Z")


@dataclass(frozen=True, slots=True)
class Ratio:
    """``low`` : ``high`` as printed, and where the words stand."""

    low: float | int
    high: float | int
    span: Span
    end: int


def ratio_at(text: str, numeral: Numeral, following: Numeral | None) -> Ratio | None:
    """The ratio that begins with, or ends in, the number; None where it belongs to none.

    following: the next number of the sentence.
    """
    if numeral.value is None:
        return None
    before = text[max(0, numeral.start - 110) : numeral.start]
    everies = list(_FOR_EVERY.finditer(before))
    every = everies[-1] if everies else None
    if every is not None:
        thing = _THING.fullmatch(before[every.end() :])
        if thing is not None:
            start = numeral.start - len(before) + every.start()
            return Ratio(1, numeral.value, Span(start, numeral.end), numeral.end)
    each = _AFTER_FOR_EVERY.match(text[numeral.end : numeral.end + 110])
    if each is not None and not numeral.percent and numeral.currency is None:
        end = numeral.end + each.end()
        return Ratio(numeral.value, 1, Span(numeral.start, end), end)
    if (
        following is not None
        and following.value is not None
        and following.start - numeral.end < 22
        and numeral.value <= 20
    ):
        gap = text[numeral.end : following.start]
        if (
            _OUT_OF.fullmatch(gap)
            and numeral.value < following.value
            and not _DONE.search(before)
            and _bare(text, following)
        ):
            return Ratio(numeral.value, following.value, Span(numeral.start, following.end), following.end)
        if _TO_ONE.fullmatch(gap) and _RATIO_WORD.search(before):
            return Ratio(numeral.value, following.value, Span(numeral.start, following.end), following.end)
    return None


def _bare(text: str, numeral: Numeral) -> bool:
    """Whether the second number of "one in five" is a small whole number, not a year or a measure."""
    year = numeral.value is not None and 1500 <= numeral.value < 2100
    if numeral.percent or numeral.value is None or numeral.value > 10_000 or year:
        return False
    return not re.match(
        r"\s*(?:km|kilomet|mile|minutes|hours|days|weeks|months|years|%)", text[numeral.end : numeral.end + 12]
    )


def change_sign(text: str, start: int, end: int) -> int | None:
    """+1 or -1 where the percentage from ``start`` to ``end`` rises or falls; None for a share or a level."""
    before = text[max(0, start - 100) : start]
    for pattern in (_CHANGE_BEFORE, _CHANGE_BY):
        found = pattern.search(before)
        if found is not None:
            return -1 if found["fall"] else 1
    return _after_sign(text, end)


def _after_sign(text: str, end: int) -> int | None:
    found = _CHANGE_AFTER.match(text[end : end + 60])
    return None if found is None else (-1 if found["fall"] else 1)


def changed_thing(text: str, start: int, end: int) -> tuple[int, bool] | None:
    """Where the thing that changed is to be read: after "drop in" (offset, False), or up to the verb (offset, True)."""
    after = _CHANGE_AFTER.match(text[end : end + 60])
    if after is not None and after.group().rstrip().lower().endswith(
        (" in", " of", " the", " its", " their", " overall")
    ):
        lead = after.group().rstrip()
        cut = len(lead) - len(" overall") if lead.lower().endswith(" overall") else len(lead)
        return end + cut, False
    for pattern in (_CHANGE_BEFORE, _CHANGE_BY):
        left = max(0, start - 100)
        found = pattern.search(text[left:start])
        if found is not None and not found.group().lower().startswith(("up", "down")):
            return left + found.start(), True
    return None


def goes_on(text: str, end: int, start: int) -> bool:
    """Whether a second change shares the verb of the first: "raids rose 12 percent and [arrests] 30 percent"."""
    between = _SHARED_VERB.fullmatch(text[end:start][:60])
    return between is not None and STOPS.isdisjoint(between["thing"].lower().split())


_SHARED_VERB = re.compile(r"\s*(?:,|,?\s+and)\s+(?:the\s+)?(?P<thing>[a-z][\w-]*s(?:\s+[a-z][\w-]*s)?)\s+(?:by\s+)?")


def subject_before(text: str, verb: int) -> tuple[int, int] | None:
    """Span of the plain noun phrase that ends where the verb begins: "[terrorist attacks] rose"."""
    left = max(0, verb - 60)
    verb = left + len(_AUXILIARIES.sub("", text[left:verb]))
    words = re.split(
        r"[.,;:()“”\"]|\b(?:in|of|that|which|the|The|and|but|while|whereas|when|said|has|have|had|was"
        r"|were|is|are|with|by|to|a|an|for|as|from)\b",
        text[left:verb],
    )[-1]
    start = verb - len(words)
    phrase = _ACTIVE.match(words)
    if phrase is None or (start == left and left > 0):
        return None
    noun = phrase["noun"].rstrip()
    return start + phrase.start("noun"), start + phrase.start("noun") + len(noun)
