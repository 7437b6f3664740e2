"""Figures of a document: numeric claims, each with what it counts, who did what, where, when and on whose word.

One pass over the sentences: numbers are read (``numerals``), names, dates, ages and idioms set aside
(``figure_rules``), and the rest are given their unit (``figure_units``), kind (``figure_kinds``), noun
(``figure_nouns``) and surroundings (``figure_context``), each with its span. What is not stated is None.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ctcorpus.annotate.numbers.figure_context import (
    act_of,
    actor_of,
    continues,
    hedge_of,
    period_of,
    place_of,
    refers_back,
)
from ctcorpus.annotate.numbers.figure_kinds import change_sign, goes_on, ratio_at
from ctcorpus.annotate.numbers.figure_nouns import counted_by
from ctcorpus.annotate.numbers.figure_rules import is_claim, is_name, qualifier
from ctcorpus.annotate.numbers.figure_sentence import Sentence, pieces
from ctcorpus.annotate.numbers.figure_units import Unit, rate_after, unit_after
from ctcorpus.annotate.numbers.noun_phrases import coordinated, noun_phrase
from ctcorpus.annotate.numbers.numerals import Numeral, anchors, numerals
from ctcorpus.annotate.scan import Lexicon, Scan, is_prose
from ctcorpus.model.document import Document
from ctcorpus.model.facts import Attribution, Date, Figure, FigureKind
from ctcorpus.model.span import Span

#: what is looked for in a text before its figures are read
LEXICON = Lexicon({"number": anchors})

Attributed = Callable[[Span, Span], Attribution | None]

_LENGTH_OF_TIME = re.compile(
    r"\b(?:lasted|lasting|lasts|sentenced\s+to|jailed\s+for|imprisoned\s+for|imprisonment\s+(?:of"
    r"|for)|term\s+of|sentence\s+of|prison\s+for|serving\s+a)\s+(?:[\w-]+\s+){0,3}\Z",
    re.IGNORECASE,
)
_IN_PRISON = re.compile(
    r"s?[’']?\s+(?:in\s+(?:prison|jail)|imprisonment|of\s+(?:\w+\s+)?imprisonment|behind\s+bars"
    r"|jail)\b"
)
_POINTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_PROPER_PLAN = re.compile(r"[\s-][A-Z]")


@dataclass(frozen=True, slots=True)
class _Reading:
    """A number found to be a claim, offsets into the sentence's text."""

    number: Span
    end: int
    numeral: Numeral
    kind: FigureKind
    unit: str | None
    value: float | int | None
    low: float | int | None
    high: float | int | None
    counted: Span | None
    act: Span | None


def find_figures(
    document: Document, *, dates: Sequence[Date], attribution: Attributed, near: Sequence[int] | None = None
) -> tuple[Figure, ...]:
    """The numeric claims of the document's sentences and headings, in order of start.

    dates: those of ``find_dates``: no figure is made of a date's digits. attribution: for a sentence and the
    number's span, whose word it is. near: where the text has digits or a word of quantity, where that is known
    already.
    """
    near = Scan(document.text).places(LEXICON)["number"] if near is None else near
    found: list[Figure] = []
    front = {(x.start, x.end) for x in document.front}
    paragraphs = [x.start for x in document.paragraphs]
    carried: Date | None = None
    counting = False
    low = 0  # the first date of the sentence
    last = (-1, 0)  # paragraph and end of the sentence before
    for unit in document.units():
        if (unit.start, unit.end) in front:
            continue
        while low < len(dates) and dates[low].start < unit.start:
            low += 1
        high = low
        while high < len(dates) and dates[high].start < unit.end:
            high += 1
        first = bisect_left(near, unit.start)
        numbered = first < len(near) and near[first] < unit.end
        if not numbered and high == low:
            counting, carried = False, None
            continue
        paragraph = bisect_right(paragraphs, unit.start)
        new: list[Figure] = []
        prose = True
        if numbered:
            follows = paragraph == last[0] and "\n\n" not in document.text[last[1] : min(unit.start, last[1] + 80)]
            for piece in pieces(document.text, unit, dates[low:high], near):
                piece.carried = carried if follows else None
                piece.counting = counting and follows
                prose = is_prose(piece.text, piece.near, before=prose)
                new.extend(_figures(document.id, piece, attribution) if prose else ())
        counting = bool(new)
        carried = _carry(new, dates[low:high]) if new or high > low else None
        found.extend(new)
        last = (paragraph, unit.end)
        low = high
    return tuple(found)


def _carry(new: Sequence[Figure], within: Sequence[Date]) -> Date | None:
    """The period that the next sentence may refer back to: that of the first figure here, else the only date here."""
    for figure in new:
        for span in figure.evidence.get("period", ()):
            own = next((x for x in within if x.start == span.start), None)
            if (figure.period or "P").startswith("P"):
                return None  # a length of time does not go on
            return own or Date(span.start, span.end, figure.period, "interval", "mentioned", span)
    dated = [x for x in within if x.value is not None and x.type != "duration"]
    return dated[0] if len(dated) == 1 and not new else None


def _figures(document: str, sentence: Sentence, attribution: Attributed) -> Iterator[Figure]:
    numbers = numerals(sentence.text, sentence.near)
    if _is_table(sentence.text, len(numbers)):
        return
    readings: list[_Reading] = []
    taken = 0
    for index, numeral in enumerate(numbers):
        if numeral.start < taken or _in_date(sentence, numeral):
            continue
        following = numbers[index + 1] if index + 1 < len(numbers) else None
        reading = _reading(sentence, numeral, following, readings[-1] if readings else None)
        if reading is not None:
            readings.append(reading)
            taken = max(reading.number.end, numeral.end)
    for index, reading in enumerate(readings):
        limit = readings[index + 1].number.start if index + 1 < len(readings) else len(sentence.text)
        yield _figure(document, sentence, reading, readings[0], limit, attribution)


def _is_table(text: str, numbers: int) -> bool:
    """Whether there are as many numbers as words: a row of a table or a list of scores, whose columns are not here."""
    return numbers >= 5 and len(text.split()) < 2 * numbers


def _in_date(sentence: Sentence, numeral: Numeral) -> bool:
    """Whether the number is part of a date; a length of time that the date's words end with is told apart later."""
    start, end = sentence.offset + numeral.start, sentence.offset + numeral.end
    index = bisect_right(sentence.dates, start, key=lambda x: x.start)
    unit = unit_after(sentence.text, numeral.end, None, False) if numeral.form not in ("fraction", "vague") else None
    lengths = unit is not None and unit.kind == "duration"
    return any(
        x.start < end and start < x.end and not (lengths and x.type == "duration")
        for x in sentence.dates[max(0, index - 1) : index + 1]
    )


def _reading(
    sentence: Sentence, numeral: Numeral, following: Numeral | None, previous: _Reading | None
) -> _Reading | None:
    """The claim that the number makes; None where it makes none."""
    text = sentence.text
    if is_name(text, numeral, numeral.start < 4):
        return None
    ratio = ratio_at(text, numeral, following)
    if ratio is not None:
        act = act_of(text, numeral.start, ratio.end, None)
        return _Reading(ratio.span, ratio.end, numeral, "ratio", None, None, ratio.low, ratio.high, None, act)
    unit = unit_after(text, numeral.end, numeral.currency, numeral.percent)
    if unit is not None and unit.kind == "duration":
        return _duration(text, numeral, unit)
    counted = counted_by(text, numeral, unit)
    numeral = _whole_count(text, numeral) if unit is None and counted is not None else numeral
    end = _end(text, numeral, unit, counted)
    rate = rate_after(text, end) or rate_after(text, unit.end if unit else numeral.end)
    act = act_of(text, numeral.start, end, (previous.act, previous.end) if previous and previous.act else None)
    if unit is None and counted is not None and counted.start >= numeral.end and act is None:
        joint = coordinated(text, (counted.start, counted.end))
        counted, end = Span(*joint), max(end, joint[1])
        act = act_of(text, numeral.start, end, None)
    qualified = qualifier(text, numeral.start, end, numeral) != "exact"
    words = counted.of(text) if counted else None
    if not is_claim(text, numeral, words, act is not None, qualified, unit is not None or rate is not None):
        return None
    reading = _typed(text, numeral, unit, counted, end, rate, act)
    shared = previous is not None and previous.kind == "percent_change" and reading.kind == "percent"
    if shared and previous is not None and previous.value and goes_on(text, previous.end, numeral.start):
        sign = -1 if previous.value < 0 else 1
        return replace(reading, kind="percent_change", value=None if reading.value is None else sign * reading.value)
    return reading


def _whole_count(text: str, numeral: Numeral) -> Numeral:
    """The number with its points read as separators of thousands: what is counted is whole ("1.700 people")."""
    if numeral.form != "digits" or _POINTED.fullmatch(text, numeral.start, numeral.end) is None:
        return numeral
    return replace(numeral, value=int(text[numeral.start : numeral.end].replace(".", "")), scaled=True)


def _typed(
    text: str, numeral: Numeral, unit: Unit | None, counted: Span | None, end: int, rate: tuple[str, int] | None,
    act: Span | None,
) -> _Reading:  # fmt: skip
    """The reading with its kind, unit and signed value."""
    kind: FigureKind = unit.kind if unit else "count"
    name = unit.name if unit else None
    value, low, high = numeral.value, numeral.low, numeral.high
    sign = change_sign(text, numeral.start, unit.end) if unit and kind in ("percent", "percent_change") else None
    if sign is not None:
        kind = "percent_change"
        value = None if value is None else sign * value
        if low is not None and high is not None:
            low, high = sorted((sign * low, sign * high))
    elif kind == "percent_change":
        kind = "percent"
    if rate is not None:
        kind = "rate" if kind == "count" else kind
        name, end = (f"{name} {rate[0]}" if name else rate[0]), max(end, rate[1])
    if numeral.form == "range":
        kind = "range"
    elif numeral.form in ("vague", "fraction"):
        kind = "vague" if numeral.form == "vague" else "ratio"
    return _Reading(Span(numeral.start, numeral.end), end, numeral, kind, name, value, low, high, counted, act)


def _duration(text: str, numeral: Numeral, unit: Unit) -> _Reading | None:
    """A length of time that is a claim ("6-day conflict", "10 years in prison"); others are dates alone."""
    if unit.joined and unit.name == "second" and numeral.form == "words":
        return None  # "the forty-second session": an ordinal
    before = text[max(0, numeral.start - 60) : numeral.start]
    number = Span(numeral.start, numeral.end)
    named = unit.joined and _PROPER_PLAN.match(text, unit.end) is not None
    if unit.joined and not named and numeral.form in ("digits", "words", "range"):
        noun = noun_phrase(text, unit.end, singular=True, limit=3)
        if noun is None:
            return None
        counted = Span(*noun)
        return _Reading(
            number, noun[1], numeral, "duration", unit.name, numeral.value, numeral.low, numeral.high, counted, None
        )
    if _LENGTH_OF_TIME.search(before) or _IN_PRISON.match(text, unit.end):
        return _Reading(
            number, unit.end, numeral, "duration", unit.name, numeral.value, numeral.low, numeral.high, None, None
        )
    return None


def _end(text: str, numeral: Numeral, unit: Unit | None, counted: Span | None) -> int:
    """Where the figure ends: with its noun where that follows closely and holds no other number, else with its unit."""
    end = unit.end if unit else numeral.end
    if counted is None or counted.start < end or counted.start - end > 12:
        return end
    return end if any(x.isdigit() for x in text[end : counted.end]) else counted.end


def _figure(
    document: str, sentence: Sentence, reading: _Reading, first: _Reading, limit: int, attribution: Attributed
) -> Figure:
    """The record of a reading, with its surroundings."""
    text, offset = sentence.text, sentence.offset
    number = Span(reading.number.start + offset, reading.number.end + offset)
    act = reading.act
    actor = actor_of(text, act, reading.number.start, reading.end) if act else None
    if act is not None and actor is None and (act == first.act or act.of(text).lower().endswith("ing")):
        actor = sentence.actor
    sentence.actor = actor or sentence.actor
    place = place_of(text, reading.number.start, reading.end, limit)
    period = period_of(text, offset, number, reading.end + offset, sentence.dates) or _inherited(sentence, first)
    spans = {"counted": reading.counted, "act": act, "actor": actor, "place": place}
    evidence = {name: (Span(x.start + offset, x.end + offset),) for name, x in spans.items() if x is not None}
    if period is not None:
        evidence["period"] = (Span(period.start, period.end),)
    hedge = hedge_of(text, reading.number.start, reading.end)
    start, end = number.start, reading.end + offset
    words = {name: x.of(text) if x else None for name, x in spans.items()}
    return Figure(
        id=f"{document}:{start}-{end}", start=start, end=end, number=number, value=reading.value, low=reading.low,
        high=reading.high, kind=reading.kind, unit=reading.unit, counted=words["counted"], act=words["act"],
        actor=words["actor"], place=words["place"], period=period.value if period else None, evidence=evidence,
        qualifier=qualifier(text, reading.number.start, reading.end, reading.numeral),
        attribution=attribution(sentence.unit, number),
        hedge=Span(hedge.start + offset, hedge.end + offset) if hedge else None, sentence=sentence.unit,
    )  # fmt: skip


def _inherited(sentence: Sentence, first: _Reading) -> Date | None:
    """The period of the sentence before, where this one refers back to it or goes on counting."""
    if sentence.carried is None:
        return None
    opens = sentence.counting and first.number.start <= 24 and continues(sentence.text)
    return sentence.carried if refers_back(sentence.text) or opens else None
