"""One event, dated twice: the same named thing and the same act, in two places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Literal

from ctcorpus.analysis.figures.periods import lie
from ctcorpus.analysis.material import Material, Read
from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.model.analysis import DateConflict, Place
from ctcorpus.model.facts import Date, Mention
from ctcorpus.model.span import Span

#: types of concepts that begin or happen at one time
_HAPPEN = frozenset(("event", "operation", "law", "policy"))
#: stem of a verb -> the act that is dated
_ACTS = {
    **dict.fromkeys(("launch", "initiat", "start", "began", "begin", "begun", "commenc", "unveil"), "launched"),
    **dict.fromkeys(("announc", "declar"), "announced"),
    **dict.fromkeys(("establish", "found", "creat", "form", "set"), "established"),
    **dict.fromkeys(("sign", "adopt", "approv", "pass", "enact", "promulgat", "ratif"), "adopted"),
    **dict.fromkeys(("ban", "outlaw", "proscrib", "prohibit"), "banned"),
    **dict.fromkeys(("kill", "bomb", "attack", "struck", "strike", "explod", "target"), "attacked"),
    **dict.fromkeys(("conclud", "end", "complet"), "ended"),
    **dict.fromkeys(("captur", "arrest", "remov", "delist"), "taken or removed"),
}
_VERB = re.compile(
    rf"(?<!\w)({'|'.join(sorted(_ACTS, key=len, reverse=True))})(?:e|ed|es|s|d|ing|n|ned|ning)?(?!\w)", re.I
)
#: acts that happen to an event; it is neither launched nor adopted
_OF_EVENTS = frozenset(("attacked", "ended"))
#: what stands before a name that is the backdrop of something else
_BACKDROP = re.compile(
    r"(?:after|before|since|following|response to|anniversary of|prior to|until|wake of|aftermath of|ahead of)"
    r"\s+(?:the\s+)?[“\"']?\Z",
    re.IGNORECASE,
)
#: a name that goes on is that of something else: "the 9/11 Commission"
_LONGER = re.compile(r"[ \u00a0][A-Z]")
#: what may stand between a name and the date beside it
_BESIDE = re.compile(
    r"[\s,(]*(?:attacks?\s+|bombings?\s+)?(?:(?:of|on|in|from|dated)\s+)?(?:the\s+)?[\s(]*", re.IGNORECASE
)
#: characters between a name and its date, at most
_FAR = 120
#: datings of one event that are held against each other
MOST_DATINGS = 40


@dataclass(frozen=True, slots=True)
class Dating:
    """A date put to an act of a named thing. act: "" where the text has a bare date beside the name."""

    concept: str
    act: str
    document: str
    date: Date


def datings(read: Read, text_of: Callable[[str], str], table: LabelTable) -> Iterator[Dating]:
    """The datings of a document: each resolved date of an event with the name nearest to it in its sentence.

    text_of: gives a document's text.
    """
    happening = [x for x in read.facts.mentions if happens(x.concept, table)]
    if not happening:
        return
    for one in read.facts.dates:
        if one.value is None or one.basis != "event" or one.type in ("duration", "vague") or ".." in one.value:
            continue
        inside = [x for x in happening if one.sentence.start <= x.start and x.end <= one.sentence.end]
        near = [(_gap(x, one), x) for x in inside if _gap(x, one) <= _FAR and not (x.start <= one.start < x.end)]
        if near:
            mention = min(near, key=lambda x: x[0])[1]
            text = text_of(read.id)
            act = _act(text, mention, one)
            beside = (x for x in read.facts.dates if x.sentence == one.sentence and x.value is not None)
            if min(_gap(mention, x) for x in beside) == _gap(mention, one) and _dates(text, mention, one, act, table):
                yield Dating(mention.concept, act, read.id, one)


def conflicts(found: Iterable[Dating], material: Material) -> Iterator[DateConflict]:
    """The pairs of datings of one event with other values, of two sentences; in order of concept."""
    by_event: dict[tuple[str, str], list[Dating]] = {}
    for one in found:
        by_event.setdefault((one.concept, one.act), []).append(one)
    for (concept, act), those in sorted(by_event.items()):
        for a, b in combinations(those[:MOST_DATINGS], 2):
            if (a.document, a.date.sentence) == (b.document, b.date.sentence):
                continue  # one sentence tells of two things: "listed since 2018, removed in 2022"
            first, second = a.date.value, b.date.value
            where = lie(first, second)
            if first is None or second is None or where in ("same", "unknown", "length"):
                continue
            reasons = {"inside": f"{second} holds {first}", "holds": f"{first} holds {second}"}
            apart = f"{first} and {second} {'overlap' if where == 'overlaps' else 'are not one time'}"
            verdict: Literal["compatible", "differs"] = "compatible" if where in reasons else "differs"
            places = _place(a, material), _place(b, material)
            yield DateConflict(concept, act, places[0], first, places[1], second, verdict, reasons.get(where, apart))


@lru_cache(maxsize=4096)
def happens(concept: str, table: LabelTable) -> bool:
    """Whether a concept is one thing that begins or happens at one time."""
    named = table.get(concept)
    return named is not None and named.type in _HAPPEN and not named.umbrella


def _dates(text: str, mention: Mention, one: Date, act: str, table: LabelTable) -> bool:
    """Whether the date is that of the thing named, and not of something else told in the same sentence.

    A name that only serves to place another thing ("after the ... attacks", "the ... Commission") is dated by nothing;
    without an act the date must stand right beside the name.
    """
    if _BACKDROP.search(text, max(0, mention.start - 30), mention.start) or _LONGER.match(text, mention.end):
        return False
    named = table.get(mention.concept)
    if act:
        return named is None or named.type != "event" or act in _OF_EVENTS
    if mention.end <= one.start:
        return _BESIDE.fullmatch(text, mention.end, one.start) is not None
    return not text[one.end : mention.start].strip()


def _gap(mention: Mention, one: Date) -> int:
    return max(mention.start - one.end, one.start - mention.end, 0)


def _act(text: str, mention: Mention, one: Date) -> str:
    """The act whose word stands nearest before the date, between the two or just before; "" without one."""
    begin = max(one.sentence.start, min(mention.start, one.start) - 40)
    end = max(mention.end, one.start)
    found = [x for x in _VERB.finditer(text, begin, end) if not mention.start <= x.start() < mention.end]
    before = [x for x in found if x.start() < one.start] or found
    return _ACTS[before[-1][1].lower()] if before and one.start - before[-1].end() <= 60 else ""


def _place(one: Dating, material: Material) -> Place:
    span = Span(one.date.start, one.date.end)
    return Place(one.document, span.start, span.end, material.words(one.document, one.date.sentence))
