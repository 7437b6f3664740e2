"""Whether two figures measure the same thing: what is counted, what was done, where, when, in which unit.

Each agreement adds to a strength; each contradiction is named. What one of the two does not state neither adds nor
contradicts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ctcorpus.annotate.fold import fold
from ctcorpus.annotate.speech.speakers import STATES
from ctcorpus.annotate.thesaurus import Thesaurus
from ctcorpus.citing.checking.wording import STOPWORDS
from ctcorpus.index.analysis import Analyzer
from ctcorpus.model.edtf import days
from ctcorpus.model.facts import Date, Facts, Figure, Mention

#: words for one kind of thing that people count, by group; a group's name is its first word
_THINGS = (
    "terrorist militant insurgent fighter extremist gunman attacker khariji khawarij jihadist rebel",
    "soldier troop trooper serviceman",
    "police policeman policemen constable",
    "civilian citizen noncombatant",
    "attack assault strike raid",
    "incident event",
    "operation ibo",
    "violence unrest",
    "school madrassa madrassah seminary",
    "woman women",
    "child children",
    "man men",
    "organization organisation group outfit",
    "network cell",
    "fence fencing",
    "dollar usd",
    "cost loss",
)
_ACTS = (
    "kill killed killing eliminate eliminated elimination neutralise neutralize neutralised neutralized neutralisation "
    "slain dead died die death fatality fatalities toll lost martyr martyred murder murdered assassinated slaughtered "
    "perished sacrificed shot casualty casualties deadly",
    "arrest arrested detain detained detention capture captured apprehend apprehended custody",
    "injure injured wound wounded maimed injury injuries",
    "displace displaced evacuated uprooted",
    "abduct abducted kidnap kidnapped",
    "convict convicted sentence sentenced jail jailed imprisoned",
    "conduct conducted carried carry ran run execute executed launch launched perform performed undertake undertook "
    "mount mounted",
    "destroy destroyed dismantle dismantled disrupt disrupted smash smashed broke",
    "foil foiled avert averted thwart thwarted prevent prevented stop stopped",
    "seize seized recover recovered confiscated",
    "rescue rescued release released freed",
    "surrender surrendered",
    "deploy deployed",
    "recruit recruited trained",
    "deport deported expelled repatriated",
    "rise rose grew increase increased surge surged climbed jumped",
    "fall fell drop dropped decline declined decrease decreased",
)
_GENERIC = frozenset(["people", "person", "individual", "life", "victim", "human"])
_HUMAN_GROUPS = frozenset(
    ["terrorist", "soldier", "police", "civilian", "woman", "child", "man", "personnel", "officer", "worker", "refugee"]
)
_PERIODS = {"daily": "day", "weekly": "week", "monthly": "month", "annually": "year", "yearly": "year", "annum": "year"}
_EVERY = re.compile(
    r"\b(?:every|each|per)\s+(?:\w+\s+){0,2}?(\w+?)(?:\s+(?:killed|lost|martyred|arrested))?\b", re.IGNORECASE
)
_AND = re.compile(r"\s+and\s+|\s+or\s+|,\s+|\s+as\s+well\s+as\s+")


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure with the words around it. sentence: that it stands in; dates, mentions: those of the sentence."""

    figure: Figure
    text: str
    sentence: str
    dates: tuple[Date, ...]
    mentions: tuple[Mention, ...]

    @property
    def period(self) -> str | None:
        """Its period, in EDTF: as read, or the only date of its sentence."""
        if self.figure.period is not None:
            return self.figure.period
        dated = [x for x in self.dates if x.value is not None and x.type not in ("duration", "vague")]
        return dated[0].value if len(dated) == 1 else None

    def named_places(self, thesaurus: Thesaurus) -> list[str]:
        """The places that its sentence names, states left out."""
        found = [(x, thesaurus.get(x.concept)) for x in self.mentions]
        names = [f"{self.text[x.start : x.end]} {x.label}" for x, y in found if y is not None and y.type == "place"]
        return [x for x in names if not _names(x) & STATES]


def stated(figure: Figure, text: str, facts: Facts) -> Stated:
    """A figure of a text with what its sentence holds."""
    sentence = figure.sentence
    low = bisect_left(facts.dates, sentence.start, key=lambda x: x.start)
    high = bisect_left(facts.dates, sentence.end, key=lambda x: x.start)
    first = bisect_left(facts.mentions, sentence.start, key=lambda x: x.start)
    last = bisect_left(facts.mentions, sentence.end, key=lambda x: x.start)
    return Stated(figure, text, sentence.of(text), facts.dates[low:high], facts.mentions[first:last])


@dataclass(frozen=True, slots=True)
class Relation:
    """strength: how much agrees. conflicts: what contradicts ("period", "place", "act", "counted", "unit").

    doubts: what is wider or narrower in the draft, or not stated in the source. counted: whether both count the same
    kind of thing; None where one does not say.
    """

    strength: float
    conflicts: tuple[str, ...]
    doubts: tuple[str, ...]
    counted: bool | None


def relation(draft: Stated, source: Stated, thesaurus: Thesaurus) -> Relation:
    """How two figures are related, their values aside."""
    strength = 0.0
    conflicts: list[str] = []
    doubts: list[str] = []
    if not _same_unit(draft.figure, source.figure):
        conflicts.append("unit")
    counted = _same_thing(draft, source, thesaurus)
    if counted is not None:
        strength += counted * 2.0
        if counted < 0.5:
            conflicts.append("counted")
        elif counted < 1:
            doubts.append("counted")
    acts = _acts(draft), _acts(source)
    if acts[0] and acts[1]:
        agree = bool(acts[0] & acts[1])
        strength += 1.0 if agree else 0.0
        conflicts += [] if agree else ["act"]
    for name, told in (("period", _periods(draft, source)), ("place", _places(draft, source, thesaurus))):
        strength += 1.0 if told == "same" else 0.0
        conflicts += [name] if told == "conflict" else []
        doubts += [name] if told == "scope" else []
    strength += min(2.5, 0.5 * len(_context(draft, source)))
    if draft.figure.kind == "ratio" and not _same_side(draft, source):
        doubts.append("side")
    return Relation(strength, tuple(conflicts), tuple(doubts), None if counted is None else counted >= 0.5)


def _same_unit(one: Figure, other: Figure) -> bool:
    families = {"percent_change": "percent", "range": "count", "vague": "count", "rate": "count"}
    if families.get(one.kind, one.kind) != families.get(other.kind, other.kind):
        return one.unit is not None and one.unit == other.unit
    return _unit(one.unit) == _unit(other.unit) or "ratio" in (one.kind, other.kind)


def _unit(unit: str | None) -> str | None:
    if unit is None:
        return None
    last = unit.split()[-1].lower()
    return _PERIODS.get(last, last)


def _same_thing(draft: Stated, source: Stated, thesaurus: Thesaurus) -> float | None:
    """From 0 (other things) to 1 (the same); None where one of the two does not say what it counts."""
    own, other = draft.figure.counted, source.figure.counted
    if own is None or other is None:
        return None
    mine, theirs = _heads(own), _heads(other)
    if not mine or not theirs:
        return None
    concepts = {x.id for x in thesaurus.look_up(own)} & {x.id for x in thesaurus.look_up(other)}
    if concepts or _is_acronym(own, other) or _is_acronym(other, own):
        return 1.0
    shared = mine & theirs
    if shared:
        return 1.0 if shared == mine == theirs else 0.75
    if draft.figure.kind == source.figure.kind == "length" and mine <= _content(other):
        return 0.75  # "2,600-kilometre border" and "2,600-kilometre border fence"
    if mine <= _stems(_GENERIC) and theirs & _stems(_HUMAN_GROUPS):
        return 0.75 if len(theirs) == 1 else 1.0
    deaths = _group_of_acts(mine) & _acts(source) or _group_of_acts(theirs) & _acts(draft)
    return 1.0 if deaths else 0.0


def _heads(counted: str) -> frozenset[str]:
    """The groups of the nouns that a phrase counts: the last word of each of its parts before "of"."""
    heads = set()
    for part in _AND.split(counted):
        words = [x.stem for x in Analyzer().tokens(re.split(r"\s+(?:of|in|from|at|with)\s+", part)[0]) if not x.joined]
        words = [x for x in words if x not in STOPWORDS]
        if words:
            heads.add(_things().get(words[-1], words[-1]))
    return frozenset(heads)


def _is_acronym(short: str, long: str) -> bool:
    """Whether one is written with the first letters of the other's words: "IBOs", "intelligence-based operations"."""
    letters = short.strip().rstrip("s")
    if not (2 <= len(letters) <= 6 and letters.isupper()):
        return False
    return "".join(x[0] for x in Analyzer().exact(long)).upper() == letters


def _acts(stated: Stated) -> frozenset[str]:
    """The groups of the act that is stated, or that the counted noun holds ("633 fatalities")."""
    words = [x for x in (stated.figure.act, stated.figure.counted) if x]
    return _group_of_acts(x.stem for y in words for x in Analyzer().tokens(y))


def _group_of_acts(stems: Iterable[str]) -> frozenset[str]:
    return frozenset(group for x in stems if (group := _act_groups().get(x)) is not None)


def _periods(draft: Stated, source: Stated) -> str:
    """ "same", "conflict", "scope" (one holds the other, or the source states none), or "" where nothing is told."""
    own, other = draft.period, source.period
    if own is None:
        return ""
    if other is None:
        years = set(re.findall(r"\d{4}", own))
        return "" if any(x in source.sentence for x in years) else "scope"
    if own == other:
        return "same"
    mine, theirs = days(own), days(other)
    if mine is None or theirs is None:
        return ""
    (a, b), (c, d) = ((x, y or "9999") for x, y in (mine, theirs))
    if b < c or d < a:
        return "conflict"
    return "same" if (a, b) == (c, d) else "scope"


def _places(draft: Stated, source: Stated, thesaurus: Thesaurus) -> str:
    """As ``_periods``; where the rules read no place from the draft, the places that its sentence names count."""
    other = source.figure.place
    own = draft.figure.place or " ".join(draft.named_places(thesaurus))
    if not own or other is None:
        return ""
    mine, theirs = _names(own), _names(other)
    if mine & theirs:
        return "same"
    if mine & STATES or theirs & STATES:
        return "scope"
    return "" if mine & _names(source.sentence) else "conflict"


def _names(text: str) -> frozenset[str]:
    return frozenset(fold(x) for x in re.findall(r"[^\W_]+", text) if len(x) > 1) - STOPWORDS


def _context(draft: Stated, source: Stated) -> frozenset[str]:
    """The telling stems that both sentences hold, beyond those of the counted thing."""
    counted = _content(draft.figure.counted or "")
    return (_content(draft.sentence) & _content(source.sentence)) - counted


def _content(text: str) -> frozenset[str]:
    tokens = Analyzer().tokens(text)
    return frozenset(x.stem for x in tokens if not x.joined and x.exact not in STOPWORDS and not x.exact[0].isdigit())


def _same_side(draft: Stated, source: Stated) -> bool:
    """Whether the two ratios count for every one of the same thing, where both print "for every …"."""
    mine, theirs = _EVERY.search(draft.sentence), _EVERY.search(source.sentence)
    if mine is None or theirs is None:
        return True
    one, other = _heads(mine[1]), _heads(theirs[1])
    return not one or not other or bool(one & other)


@lru_cache(maxsize=1)
def _things() -> dict[str, str]:
    return _by_stem(_THINGS)


@lru_cache(maxsize=1)
def _act_groups() -> dict[str, str]:
    return _by_stem(_ACTS)


def _by_stem(groups: Iterable[str]) -> dict[str, str]:
    """Stem -> the first stem of its group."""
    table: dict[str, str] = {}
    for group in groups:
        stems = [x.stem for x in Analyzer().tokens(group)]
        table.update(dict.fromkeys(stems, stems[0]))
    return table


@lru_cache(maxsize=16)
def _stems(words: frozenset[str]) -> frozenset[str]:
    return frozenset(_things().get(x.stem, x.stem) for x in Analyzer().tokens(" ".join(sorted(words))))
