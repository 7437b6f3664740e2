"""What a number counts or measures, as printed: the noun after it, or the one that leads up to it.

After it: "40 men", "40 of these men", "70% of the districts". Before it: "the number of guards rose to 40", "a
coastline of 40 km". Rather no noun than a wrong one.
"""

from __future__ import annotations

import re

from ctcorpus.annotate.numbers.figure_kinds import changed_thing, subject_before
from ctcorpus.annotate.numbers.figure_units import Unit
from ctcorpus.annotate.numbers.noun_phrases import PEOPLE, STOPS, noun_phrase, word_set
from ctcorpus.annotate.numbers.numerals import Numeral
from ctcorpus.model.span import Span

_DETERMINED = r"(?:\s+(?:all|both|the|its|their|our|his|her|these|those|this|that|such)(?=\s)){0,2}(?=\s)"
_OF = re.compile(rf"[\s\u00a0]+(?:of|in|worth\s+of){_DETERMINED}")
_ONLY_OF = re.compile(rf"[\s\u00a0]+of{_DETERMINED}")
_EXTRA = re.compile(r"[\s\u00a0]+(?:more|other|additional|or\s+so|or\s+more|odd)(?=\s)|-odd(?=\s)")
_MEMBERS = re.compile(r"-(member|nation|country|strong|seat|party|bed|person|man)\b")
#: characters before a number in which the noun that it counts may stand
_BACK = 140
_BOUNDS = (
    r"(?:(?:about|around|some|over|nearly|almost|approximately|roughly|up\s+to|at\s+least|more\s+than|less\s+than"
    r"|fewer\s+than|as\s+many\s+as|an\s+estimated|close\s+to|only|just|well\s+over)\s+){0,2}\Z"
)
#: a verb that gives the level of what its subject counts, right before the number
_LEVEL = re.compile(
    r"\s(?:(?:has|have|had|is|are|was|were|been|now|currently|since|also|already|still|thus)\s+){0,4}"
    r"(?:(?:risen|rose|rises?|grown|grew|increased|swelled|climbed|jumped|soared|fallen|fell|dropped|declined"
    r"|decreased)\s+(?:from\s+[\d.,]+\s+)?to|(?:stands?|stood|stay(?:s|ed)|remain(?:s|ed)?|put|estimated|placed|now)\s+at"
    r"|reach(?:es|ed)|total(?:s|led|ed)|number(?:s|ed)|exceed(?:s|ed)?|surpass(?:es|ed)?|is|are|was|were|at)\s+"
    + _BOUNDS,
    re.IGNORECASE,
)
#: how much of something there is: a number of it
_NUMBER_OF = re.compile(
    r"\b(?:numbers?|strength|total|count|tally)\s+of\s+(?:(?:the|its|their|our|all|such|these)\s+){0,2}",
    re.IGNORECASE,
)
#: what a level in plain numbers is a count of, without the words "the number of"
_COUNTED_HEADS = PEOPLE | word_set(
    """forces casualties deaths fatalities arrests attacks incidents killings martyrs martyrdoms prisoners detainees
    recruits hostages victims injuries operations raids"""
)
#: "a coastline of about", "its border of"
_NOUN_OF = re.compile(
    r"(?<!\bin )(?<!\bof )(?<!\bfrom )(?<!\bamong )\b(?:an?|the|its|their|our|his|her)\s+"
    r"(?P<noun>(?:[a-z][a-z-]*\s+){1,4}?)(?:(?:worth|totall?ing)\s+)?of\s+" + _BOUNDS
)
#: nouns of a measure itself: what it measures is another thing
_DIMENSIONS = word_set(
    """length distance height depth width breadth area range radius diameter total average mean maximum minimum speed
    altitude elevation rate weight capacity volume size sum amount value cost price worth tune order level figure excess
    half third quarter fifth rest most share fraction limit ceiling target goal purpose equivalent kind sort lot
    number majority part record profit gain rise fall increase decrease decline drop cut peak high low shortfall
    thickness circumference span stretch track output yield margin growth loss turnover
    accuracy wavelength frequency bandwidth resolution latitude longitude temperature"""
)
_MEASURED = re.compile(
    r"\b(?:[Tt]he|[Ii]ts|[Tt]heir|[Oo]ur|[Aa])\s+(?P<noun>(?:[a-z][a-z-]*\s+){1,3}?)(?:that\s+)?"
    r"(?P<verb>is|was|measures?|measured|runs?|ran|stretch(?:es|ed)|extend(?:s|ed)|spans?|spanned)\s+(?:for\s+)?"
    + _BOUNDS
)
_LONG = re.compile(r"\s+(?:long|wide|deep|high|tall|thick|in\s+length)\b")


def counted_by(text: str, numeral: Numeral, unit: Unit | None) -> Span | None:
    """What the number counts, as printed; None where no noun says it."""
    if unit is None:
        return _after_count(text, numeral) or _before_level(text, numeral)
    if unit.kind in ("percent", "percent_change"):
        changed = changed_thing(text, numeral.start, unit.end)
        if changed is not None:
            noun = subject_before(text, changed[0]) if changed[1] else noun_phrase(text, changed[0], singular=True)
            return Span(*noun) if noun else None
    return _after_unit(text, unit) or _before_unit(text, numeral, unit)


def _after_count(text: str, numeral: Numeral) -> Span | None:
    start = numeral.end
    joined = _MEMBERS.match(text, start)
    if joined is not None:
        return Span(*joined.span(1))
    extra = _EXTRA.match(text, start)
    start = extra.end() if extra else start
    of = _ONLY_OF.match(text, start)
    share = numeral.form == "fraction" or (numeral.form == "words" and numeral.value == 1)
    noun = noun_phrase(text, of.end() if of else start, singular=share)
    return Span(*noun) if noun else None


def _after_unit(text: str, unit: Unit) -> Span | None:
    of = (_OF if unit.kind == "money" else _ONLY_OF).match(text, unit.end)
    if of is None and not unit.joined:
        return None
    noun = noun_phrase(text, of.end() if of else unit.end, singular=True, limit=5)
    if noun is None or (unit.kind == "money" and text[noun[0]].isupper()):
        return None
    return Span(*noun)


def _before_level(text: str, numeral: Numeral) -> Span | None:
    """ "The number of [guards] rose to 40", "[deaths] stood at 40"; a bare noun only where it is people or a loss."""
    if numeral.form not in ("digits", "words", "range") or numeral.currency or numeral.percent:
        return None
    left = max(0, numeral.start - _BACK)
    level = _LEVEL.search(text, left, numeral.start)
    if level is None:
        return None
    clause = max(text.rfind(mark, left, level.start()) for mark in '.;:,()“”"') + 1
    clause = max(clause, left)
    numbers = list(_NUMBER_OF.finditer(text, clause, level.start() + 1))
    if numbers:
        noun = noun_phrase(text, numbers[-1].end() - 1)
        return Span(*noun) if noun is not None and noun[1] <= level.start() else None
    return _head_before(text, clause, level.start())


def _head_before(text: str, start: int, end: int) -> Span | None:
    """The plain plural noun that ends at ``end``, or before its place there: "security forces in the valley"."""
    words = [(m.start(), m.end(), m.group()) for m in re.finditer(r"\S+", text[start:end])]
    for last in range(len(words) - 1, max(-1, len(words) - 5), -1):
        if words[last][2].lower() not in _COUNTED_HEADS:
            continue
        tail = [word for _, _, word in words[last + 1 :]]
        if tail and (tail[0] not in ("in", "inside", "across") or len(tail) > 3):
            return None
        first = last
        while first and last - first < 3 and words[first - 1][2].lower() not in STOPS and words[first - 1][2].isalpha():
            if words[first - 1][2].lower().endswith(("ed", "ing", "s")):
                break
            first -= 1
        return Span(start + words[first][0], start + words[last][1])
    return None


def _before_unit(text: str, numeral: Numeral, unit: Unit) -> Span | None:
    """ "A [coastline] of 40 km", "a [loan] of $40", "its [border] is 40 km long"."""
    if unit.kind not in ("length", "money", "count") or unit.joined or unit.name in ("degree", "kelvin"):
        return None
    left = max(0, numeral.start - _BACK)
    found = _NOUN_OF.search(text, left, numeral.start)
    if found is None and unit.kind == "length":
        found = _MEASURED.search(text, left, numeral.start)
        spans = found is not None and found["verb"] not in ("is", "was")
        found = found if spans or _LONG.match(text, unit.end) else None
    if found is None:
        return None
    words = found["noun"].split()
    if _DIMENSIONS.intersection(words) or STOPS.intersection(words) or words[-1].endswith(("ly", "ing", "ed")):
        return None
    return Span(found.start("noun"), found.start("noun") + len(found["noun"].rstrip()))
