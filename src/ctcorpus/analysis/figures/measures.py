"""What a figure measures: the thing counted, in which unit, and what was done to it. Only like measures are compared.

A measure is never the number: 2,600 kilometres of fence and 2,600 men have nothing in common. Nouns are taken by
their stems, names by their concept ("IBOs" and "intelligence-based operations" are one), akin nouns by their kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from ctcorpus.analysis.figures.nouns import ACT_BY_STEM, ACTED_ON, AKIN, EMPTY, EVENTFUL, GRAVE, MONEY, REST
from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.index.analysis import Analyzer
from ctcorpus.model.entry import Entry
from ctcorpus.model.facts import Figure

if TYPE_CHECKING:
    from ctcorpus.analysis.figures.about import About

#: kinds of figure that may measure one thing: a rate is a count over time, "dozens" and "3,000–5,000" are counts
_FAMILY = {"count": "count", "vague": "count", "range": "count", "rate": "count"}
#: units of one dimension: name -> (dimension, how many of the base unit)
_UNITS: dict[str, tuple[str, float]] = {
    "metre": ("metre", 1.0),
    "kilometre": ("metre", 1000.0),
    "mile": ("metre", 1609.344),
    "foot": ("metre", 0.3048),
    "hour": ("day", 1 / 24),
    "day": ("day", 1.0),
    "week": ("day", 7.0),
    "month": ("month", 1.0),
    "year": ("month", 12.0),
}
#: what a rate is per -> days
_PER = {"day": 1, "daily": 1, "week": 7, "weekly": 7, "month": 30.4375, "monthly": 30.4375, "year": 365.25}

_PARTS = re.compile(r"\s*(?:,|;|/|\band\b|\bor\b|\bas well as\b)\s*", re.IGNORECASE)
_TAIL = re.compile(r"\s+(?:of|in|from|by|who|that|which|against|at|on|for|with|among|across|to|between|under)\s")
#: a word for deaths, injuries … with what joins it to the number that follows
_TOLL = re.compile(
    rf"(?<!\w)({'|'.join(sorted(EVENTFUL))})(?: toll)? (?:\w+ )?(?:of|at|to|was|were|as)(?: [a-z]+){{0,3}} $",
    re.IGNORECASE,
)
#: endings of plural nouns for a people or the followers of a belief
_FOLK = (
    "is",
    "ans",
    "ese",
    "ites",
    "ists",
    "ims",
    "ews",
    "indus",
    "ikhs",
    "urds",
    "abs",
    "erbs",
    "urks",
    "azaras",
    "ajiks",
)
_NAMELESS = frozenset(("member", "members", "number", "case", "cases", "kind", "act", "acts"))
_LONGEST_NAME = 5

_analyzer = Analyzer()


@dataclass(frozen=True, slots=True)
class Noun:
    """What a counted phrase counts. heads: kinds or stems. words: the printed nouns' stems.

    names: concepts that narrow it ("BLA", "US"). modifiers: other stems that do. act: said by the noun itself.
    shown: each head for people: the kind, or the noun as it is printed.
    """

    heads: frozenset[str]
    words: frozenset[str]
    names: frozenset[str] = frozenset()
    modifiers: frozenset[str] = frozenset()
    act: str | None = None
    shown: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with what it measures. factor: of its unit to the group's. per: days that a rate is over, or None.

    anchors: concepts named in its sentence that tell events apart: places, groups, events. about: gives the telling
    words about it, see ``about``.
    """

    figure: Figure
    entry: Entry
    family: str
    unit: str | None
    noun: Noun
    act: str | None
    factor: float = 1.0
    per: float | None = None
    anchors: frozenset[str] = frozenset()
    place: frozenset[str] = frozenset()
    about: Callable[[], About] | None = field(default=None, compare=False)

    @property
    def key(self) -> tuple[str, str | None, frozenset[str], str | None]:
        """Equal keys may be compared. What was neutralised stands beside what was killed; the reason names it."""
        act = "killed" if self.act == "neutralised" else self.act
        return self.family, self.unit, self.noun.heads, act

    @property
    def name(self) -> str:
        """The measure for people: "militant, killed or neutralised"."""
        act = "killed or neutralised" if self.act == "neutralised" else self.act
        said = ", ".join(x for x in (" and ".join(sorted(self.noun.shown or self.noun.heads)), act) if x)
        family = "" if self.family == "count" else f" ({self.family.replace('_', ' ')})"
        return said + (f" in {self.unit}" if self.unit else "") + family


class Measures:
    """Tells what figures measure. table: the names that the corpus was read by."""

    def __init__(self, table: LabelTable) -> None:
        self._table = table
        self.noun = lru_cache(maxsize=65_536)(self._noun)

    def of(self, figure: Figure, entry: Entry, sentence: str, near: Sequence[Figure] = ()) -> Measured | None:
        """What the figure measures, or None where nothing says it.

        sentence: its words. near: the figures before it in the same sentence, in order: an average "of 200 a day"
        is of what was counted before.
        """
        family = _FAMILY.get(figure.kind, figure.kind)
        unit, factor, per = _unit(figure)
        counted = figure.counted or self._borrowed(figure, near)
        act = act_of(figure.act)
        if family == "ratio":
            noun = _ratio_noun(sentence, figure)
        elif family == "money":
            noun = _purpose(counted, sentence, figure) or self.noun(counted or "")
        elif counted:
            noun = self.noun(counted)
        elif family == "count" and per is None and (said := _before(sentence, figure)):
            noun = Noun(frozenset(("people",)), frozenset(), act=said)
        elif family == "count" and per is None and act in ("killed", "neutralised", "injured", "arrested"):
            noun = Noun(frozenset(("people",)), frozenset())
        else:
            return None
        if not noun.heads:
            return None
        if family == "count" and not (noun.heads & ACTED_ON and act in GRAVE) and act != "prevented":
            act = None
        act = noun.act or act
        return Measured(figure, entry, family, unit, noun, act, factor, per)

    def _borrowed(self, figure: Figure, near: Sequence[Figure]) -> str | None:
        if figure.kind != "rate":
            return None
        return next((x.counted for x in reversed(near) if x.counted and x.kind in ("count", "range")), None)

    def _noun(self, counted: str) -> Noun:
        whole = self._table.find(counted.split())
        if whole is not None and whole.type == "topic" and not whole.umbrella:
            counted = whole.name
        heads, words, names, modifiers, shown = set[str](), set[str](), set[str](), set[str](), set[str]()
        act = None
        for part in _PARTS.split(counted):
            head, said, rest, own = self._head(part)
            if head is None:
                continue
            heads.add(head)
            words.add(own)
            shown.add(_printed(part, head) if head == own else head)
            act = act or said
            some, others = self._narrowing(rest)
            names |= some
            modifiers |= others
        return Noun(frozenset(heads), frozenset(words), frozenset(names), frozenset(modifiers), act, frozenset(shown))

    def _head(self, part: str) -> tuple[str | None, str | None, list[str], str]:
        """Head, act that it says, the words before it, and its own stem."""
        before, *after = _TAIL.split(f"{part} ", maxsplit=1)
        words = before.split()
        if after and words and words[-1].lower() in _NAMELESS:
            words = _TAIL.split(after[0], maxsplit=1)[0].split()
        if not words:
            return None, None, [], ""
        said = None
        last = _plain(words[-1])
        if last in REST:
            return None, None, [], ""
        if EVENTFUL.get(last):
            said = EVENTFUL[last]
            owner = _plain(words[-2]) if len(words) > 1 else ""
            if owner not in AKIN:
                return "people", said, words[:-1], _stem(last)
            words, last = words[:-1], owner
        if _is_folk(words[-1]):
            return "people", said, words, "people"
        return AKIN.get(last) or _stem(last) or None, said, words[:-1], _stem(last)

    def _narrowing(self, words: list[str]) -> tuple[set[str], set[str]]:
        """The concepts and the other stems before a noun."""
        names, others = set[str](), set[str]()
        at = 0
        while at < len(words):
            length = 0
            if words[at][:1].isupper():
                for size in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
                    found = self._table.find([x.strip("(),’'") for x in words[at : at + size]])
                    if found is not None and not found.umbrella:
                        names.add(found.id)
                        length = size
                        break
            if not length and _is_folk(words[at]):
                names.add(f"people:{_stem(words[at])}")
                length = 1
            if not length:
                others |= {x for x in _stems(words[at]) if x not in EMPTY}
                length = 1
            at += length
        return names, others


def _printed(part: str, stem: str) -> str:
    """The last word of a phrase that has a stem, in small letters."""
    return next((x for x in map(_plain, reversed(part.split())) if _stem(x) == stem), stem)


@lru_cache(maxsize=65_536)
def act_of(word: str | None) -> str | None:
    """The kind of act that a source's word names: "lost their lives" -> "killed"; the stem itself where unknown.

    >>> act_of("eliminated"), act_of("neutralising"), act_of(None)
    ('killed', 'neutralised', None)
    """
    if not word:
        return None
    stems = _stems(word)
    known = [ACT_BY_STEM[x] for x in stems if x in ACT_BY_STEM]
    known += [kind for x in stems for start, kind in ACT_BY_STEM.items() if len(start) > 4 and x.startswith(start)]
    return known[0] if known else " ".join(stems)


def _unit(figure: Figure) -> tuple[str | None, float, float | None]:
    """Unit of the group, factor to it, and the days that a rate is over."""
    unit = (figure.unit or "").lower()
    if figure.kind == "rate":
        per = next((days for word, days in _PER.items() if word in unit.split()), None)
        return (None, 1.0, per) if per else (unit or None, 1.0, None)
    if figure.kind in ("length", "duration") and unit in _UNITS:
        return (*_UNITS[unit], None)
    if figure.kind == "money":
        return (figure.unit or "").partition(" ")[0] or None, 1.0, None
    return (figure.unit if figure.kind in ("length", "duration") else None), 1.0, None


def _ratio_noun(sentence: str, figure: Figure) -> Noun:
    """The first thing that a ratio counts, by its kind."""
    at = figure.start - figure.sentence.start
    words = sentence[at : at + figure.end - figure.start].lower().split()
    kinds = [AKIN[x.strip(",.;")] for x in words if x.strip(",.;") in AKIN]
    return Noun(frozenset(kinds[:1]), frozenset(kinds))


def _purpose(counted: str | None, sentence: str, figure: Figure) -> Noun | None:
    """What a sum is for: the word of MONEY that it counts, else the one that stands nearest in its sentence."""
    named = [x for x in (counted or "").lower().split() if x in MONEY]
    if named:
        return Noun(frozenset((MONEY[named[-1]],)), frozenset())
    at = figure.start - figure.sentence.start
    found = [(abs(x.start() - at), MONEY[x[0].lower()]) for x in re.finditer(r"\w+", sentence) if x[0].lower() in MONEY]
    return Noun(frozenset((min(found)[1],)), frozenset()) if found and not counted else None


def _before(sentence: str, figure: Figure) -> str | None:
    """What happened to those whom a bare number counts: "the deaths of nearly 3,000", "a death toll of 400"."""
    begin = figure.start - figure.sentence.start
    found = _TOLL.search(sentence[max(0, begin - 60) : begin])
    return EVENTFUL.get(found[1].lower()) if found else None


def _is_folk(word: str) -> bool:
    """Whether a noun names people by where they are from or what they believe: Kashmiris, Afghans, Hindus."""
    return word[:1].isupper() and word.endswith(_FOLK)


def _plain(word: str) -> str:
    return word.strip(".,;:()“”\"'’‘").lower().removesuffix("’s").removesuffix("'s").rstrip("’'")


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    return next(iter(_stems(word)), "")


def _stems(words: str) -> tuple[str, ...]:
    """The stems of the words; "terrorist", "terrorism" and "terror" are one when they narrow a noun."""
    return tuple(_same(x.stem) for x in _analyzer.tokens(words) if not x.joined)


def _same(stem: str) -> str:
    return "terror" if stem in ("terrorist", "terror") else stem


def anchors_of(concepts: Iterable[str]) -> frozenset[str]:
    """The concepts that tell one event from another."""
    return frozenset(x for x in concepts if x.partition(":")[0] in ("plc", "grp", "evt", "op", "lab"))
