"""Every occurrence of a concept's label in a document: what it counts for is decided by what stands around it.

The order of the rules: names by the longest label; acronyms as the document explains them; weak labels only
beside a strong cue; a capital as its government only where it acts; a person by surname only after the full
name; events, which alone may hold other names.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from ctcorpus.annotate.concepts.acronyms import Bindings, bindings
from ctcorpus.annotate.concepts.trie import Entry, Match
from ctcorpus.annotate.fold import PARTICLES, TOKEN, fold
from ctcorpus.annotate.scan import Scan
from ctcorpus.annotate.thesaurus import Thesaurus
from ctcorpus.model.concept import Label
from ctcorpus.model.document import Document
from ctcorpus.model.facts import Mention
from ctcorpus.model.span import Span

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_YEAR_BEFORE = re.compile(rf"(?:(?:\d{{1,2}} )?(?:{_MONTHS}),? )?((?:19|20)\d\d)[ \u00a0]$")
_YEAR_AFTER = re.compile(
    rf"[ \u00a0](?:in|of|on)[ \u00a0](?:(?:\d{{1,2}} )?(?:{_MONTHS})(?: \d\d?)?,? )?((?:19|20)\d\d)(?!\d)"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: a capital is its government where it has an attitude, where one has relations with it, or where it speaks
_HAS_ATTITUDE = re.compile(
    r"[’'‘]s?[ \u00a0](?:\w+[ \u00a0])?(?:disregard|stakes?|stance|position|polic(?:y|ies)|concerns?|refusal|"
    r"reluctance|claims?|response|allegations?|accusations?|demands?|interests?|support|willingness|inaction|"
    r"assurances?|leaders|rulers|relations|ties|leverage|influence|rhetoric|commitments?|approach|strategy|ambitions?)\b"
)
_ACTS = re.compile(
    r"[ \u00a0](?:(?:has|had|have)[ ](?:\w+ly[ ]|also[ ]|long[ ])?(?:raised|said|accused|denied|rejected|urged|called|"
    r"sought|maintained|insisted|warned|expressed|demanded|asked|blamed|argued|claimed|conveyed|pressed|refused|failed|"
    r"agreed|condemned|welcomed|announced|offered|shared|protested|responded|proposed|signalled|pledged|vowed)|"
    r"is[ ](?:willing|unwilling|determined)|(?:calls|called)[ ](?:on|for)|said|says|believed?s?|argued?s?|"
    r"maintain(?:s|ed)?|accused?s?|denie[ds]|reject(?:s|ed)|insist(?:s|ed)|want(?:s|ed)|claim(?:s|ed)|demand(?:s|ed)|expect(?:s|ed)|"
    r"blamed?s?|urged?s?|warn(?:s|ed)|must|cannot|seeks|sought|refused?s?|hopes|fears|views|considers|agreed|responded|"
    r"condemned|welcomed|announced|conveyed|protested)\b"
)
_WITH_IT = re.compile(
    r"\b(?:relations|ties|talks|tensions|dialogue|engagement|cooperation|negotiations|contacts|pressure|relationship)"
    r"[ \u00a0](?:with|between|on|upon)[ \u00a0]$"
)
_AT_PLACE = re.compile(r"\b(?:in|at|from|near|of|to|around|outside|across|inside|for|through|via)[ \u00a0]$")
_TITLES = _words(
    """
    mr mrs ms dr general gen lt col colonel maj major brig brigadier marshal president minister secretary
    ambassador senator premier pm chief justice maulana mullah mufti syed mian sir prime director foreign lieutenant
    sheikh begum hafiz haji admiral vice king prince sultan commander captain governor mayor judge professor prof
    ayatollah emir amir chairman chairperson adviser advisor envoy representative spokesperson spokesman spokeswoman
    speaker leader chancellor commissioner inspector superintendent late former shaheed mohtarma quaid journalist
    analyst author candidate opposition
    """
)
_OPENING = _words(
    """
    the a an and but when while if as in on at for after before since because although though however that this
    then so yet both like with by from to of said says according meanwhile later also still even now once unlike
    under
    """
)
_PART_OF_NAME = re.compile(r"([^\W\d_]+)(\.?)[ \u00a0]$")
_SURNAME_LETTERS = 4


def find_mentions(document: Document, thesaurus: Thesaurus, starts: Sequence[int] | None = None) -> tuple[Mention, ...]:
    """The mentions in a document's article text, in order of start, a longer one first.

    They do not overlap, except that the name of an event may hold others. Linear in the length of the text.
    starts: where a name may begin, where that is known already.
    """
    starts = Scan(document.text).places(thesaurus.matcher.lexicon)["name"] if starts is None else starts
    return _Reading(document.text, list(document.units()), thesaurus, starts).mentions()


class _Reading:
    """One document under one thesaurus."""

    def __init__(self, text: str, units: list[Span], thesaurus: Thesaurus, starts: Sequence[int]) -> None:
        self.text, self.units, self.thesaurus = text, units, thesaurus
        self.names, self.events = thesaurus.matcher.find(text, units, starts)
        self._plain: dict[str, Entry | None] = {}

    def mentions(self) -> tuple[Mention, ...]:
        found = [x for number, match in self.names if (x := self._mention(number, match)) is not None]
        found += self._later(found)
        found += [x for number, match in self.events if (x := self._event(number, match)) is not None]
        return tuple(sorted(found, key=lambda x: (x.start, -x.end)))

    @cached_property
    def starts(self) -> list[int]:
        """Where the names start, in order."""
        return [x.start for _, x in self.names]

    @cached_property
    def ends(self) -> frozenset[int]:
        """Where the names end."""
        return frozenset(x.end for _, x in self.names)

    @cached_property
    def bindings(self) -> Bindings:
        ends = {
            match.end: (match.start, entry.concept, entry.label)
            for _, match in self.names
            if (entry := _only(match.entries)) is not None
        }
        return bindings(self.text, [(x.start, x.end) for x in self.units], ends, self._knows)

    def _knows(self, acronym: str, expansion: str) -> bool:
        """Whether one concept of the thesaurus has both as labels."""
        ids = {x.id for x in self.thesaurus.look_up(acronym)}
        return any(x.id in ids for x in self.thesaurus.look_up(expansion))

    @cached_property
    def strong(self) -> tuple[frozenset[str], dict[int, set[str]]]:
        """The concepts that a strong label names: in the document, and unit by unit."""
        here: defaultdict[int, set[str]] = defaultdict(set)
        for number, match in (*self.names, *self.events):
            bound = self.bindings.bound.get(self._acronym(match))
            ids = [bound[0]] if bound else [x.concept for x in match.entries if x.label.strength == "strong"]
            if self._acronym(match) not in self.bindings.taken:
                here[number].update(ids)
        return frozenset().union(*here.values()), here

    def _acronym(self, match: Match) -> str:
        printed = self.text[match.start : match.end]
        return printed.removesuffix("s") if printed[:-1].isupper() else printed

    def _mention(self, number: int, match: Match) -> Mention | None:
        printed = self.text[match.start : match.end]
        if printed not in self._plain:
            self._plain[printed] = self._plainly(match)
        plain = self._plain[printed]
        if plain is not None and not self.text.startswith("$", match.end):
            return Mention(match.start, match.end, plain.concept, plain.label.text)
        acronym = self._acronym(match)
        if acronym in self.bindings.taken or self.text.startswith("$", match.end):
            return None
        bound = self.bindings.bound.get(acronym)
        if bound is not None:
            own = next((x.label for x in match.entries if x.concept == bound[0]), bound[1])
            return Mention(match.start, match.end, bound[0], own.text)
        entries = [x for x in match.entries if self._counts(number, x, match)]
        weak = [x for x in entries if x.label.strength == "weak"]
        strong = [x for x in entries if x.label.strength == "strong"]
        if strong and weak and self._acts(number, match):
            return Mention(match.start, match.end, weak[0].concept, weak[0].label.text)
        entry = _only(tuple(strong or weak))
        if entry and self._is_person(entry) and self._follows_name(match.start, self.units[number]):
            return None
        return Mention(match.start, match.end, entry.concept, entry.label.text) if entry else None

    def _plainly(self, match: Match) -> Entry | None:
        """The entry that the printed form means wherever it stands in this document; None where that depends."""
        acronym = self._acronym(match)
        short = match.end - match.start < 5 and self.text[match.start : match.end].isupper()
        if short or acronym in self.bindings.taken or acronym in self.bindings.bound:
            return None
        for entry in match.entries:
            concept = self.thesaurus.get(entry.concept)
            if entry.label.strength != "strong" or concept is None or concept.umbrella or concept.type == "person":
                return None
        return _only(match.entries)

    def _inside(self, match: Match) -> set[str]:
        """The concepts whose names lie inside a match."""
        at = bisect_left(self.starts, match.start)
        inside: set[str] = set()
        while at < len(self.names) and self.names[at][1].end <= match.end:
            inside.update(x.concept for x in self.names[at][1].entries)
            at += 1
        return inside

    def _counts(self, number: int, entry: Entry, match: Match) -> bool:
        """Whether a label is a mention here: no class of concepts, no acronym among capitals, no weak label alone."""
        concept = self.thesaurus.get(entry.concept)
        if concept is None or (concept.umbrella and not _is_acronym(entry.label)):
            return False
        if entry.label.strength == "strong":
            return self._case_tells(number, entry.label.text, match)
        if any(x.label.strength == "strong" for x in match.entries):
            return True  # the word is another concept's strong label: which of the two is meant is decided later
        everywhere, here = self.strong
        if concept.id in everywhere:
            return True
        cues = {*concept.broader, *concept.related, *(x.id for x in self.thesaurus.narrower(concept.id))}
        cues -= self._inside(match)  # a name does not vouch for the event that it is part of
        return any(not cues.isdisjoint(here.get(x, ())) for x in (number - 1, number, number + 1))

    def _case_tells(self, number: int, label: str, match: Match) -> bool:
        """Whether a short name is no word: "JOIN US" is no country, a SWAT team no place."""
        short = match.end - match.start < 5 and self.text[match.start : match.end].isupper()
        if not short:
            return True
        if label.isupper():
            return match.end - match.start == 4 or not self._all_capitals(number)
        return self._all_capitals(number)

    def _all_capitals(self, number: int) -> bool:
        words = TOKEN.findall(self.text[self.units[number].start : self.units[number].end][:200])
        return len(words) > 1 and all(not x.islower() and x[1:] == x[1:].upper() for x in words)

    def _acts(self, number: int, match: Match) -> bool:
        """Whether a capital stands for its government."""
        unit = self.units[number]
        before = self.text[max(unit.start, match.start - 40) : match.start]
        if _HAS_ATTITUDE.match(self.text, match.end, unit.end) or _WITH_IT.search(before):
            return True
        return not _AT_PLACE.search(before) and _ACTS.match(self.text, match.end, unit.end) is not None

    def _event(self, number: int, match: Match) -> Mention | None:
        """The event, with a date that stands directly before its name; none where a date beside it is another's."""
        unit, entry = self.units[number], _only(match.entries)
        if entry is None:
            return None
        floor = max(unit.start, match.start - 24)
        before = _YEAR_BEFORE.search(self.text[floor : match.start])
        after = _YEAR_AFTER.match(self.text, match.end, unit.end)
        start = floor + before.start() if before else match.start
        concept = self.thesaurus.get(entry.concept)
        known = set(_YEAR.findall(concept.preferred)) if concept else set()
        printed = set(_YEAR.findall(self.text[start : after.end() if after else match.end]))
        if known and printed and not printed <= known:
            return None
        if printed and printed <= known:
            return Mention(start, match.end, entry.concept, entry.label.text)
        if not self._counts(number, entry, match):
            return None
        return Mention(match.start, match.end, entry.concept, entry.label.text)

    def _later(self, found: list[Mention]) -> list[Mention]:
        """Acronyms that only this document explains, and persons by surname after their full name."""
        wanted: dict[str, tuple[int, str, str]] = {
            x: (0, concept, label.text)
            for x, (concept, label) in self.bindings.bound.items()
            if not self.thesaurus.matcher.is_label(x)
        }
        wanted |= self._surnames(found)
        if not wanted:
            return []
        pattern = re.compile(
            rf"(?<![^\W_])(?:{'|'.join(map(re.escape, sorted(wanted, key=len, reverse=True)))})(?![^\W_])"
        )
        places = sorted((x.start, x.end) for x in found)
        others: set[str] = set()
        later: list[Mention] = []
        at = 0
        for unit in self.units:
            for match in pattern.finditer(self.text, unit.start, unit.end):
                while at < len(places) and places[at][1] <= match.start():
                    at += 1
                if at < len(places) and places[at][0] < match.end():
                    continue
                after, concept, label = wanted[match.group()]
                if after and self._of_another(match, unit):
                    others.add(match.group())
                elif match.start() >= after:
                    later.append(Mention(match.start(), match.end(), concept, label))
        return [x for x in later if self.text[x.start : x.end] not in others]

    def _surnames(self, found: list[Mention]) -> dict[str, tuple[int, str, str]]:
        """Surname -> where its full name first ends, the person and the label; shared surnames are left out."""
        bearers: dict[str, tuple[int, str, str]] = {}
        shared: set[str] = set()
        for mention in found:
            concept = self.thesaurus.get(mention.concept)
            if concept is None or concept.type != "person":
                continue
            tokens = TOKEN.findall(self.text[mention.start : mention.end])
            surname = tokens[-1]
            if len(tokens) < 2 or len(surname) < _SURNAME_LETTERS or fold(surname) in PARTICLES:
                continue
            if bearers.setdefault(surname, (mention.end, mention.concept, mention.label))[1] != mention.concept:
                shared.add(surname)
        return {x: y for x, y in bearers.items() if x not in shared and not self.thesaurus.matcher.is_label(x)}

    def _is_person(self, entry: Entry) -> bool:
        concept = self.thesaurus.get(entry.concept)
        return concept is not None and concept.type == "person"

    def _follows_name(self, start: int, unit: Span) -> bool:
        """Whether a capitalised word stands before that is no title and no name of its own: part of a longer name."""
        before = _PART_OF_NAME.search(self.text[max(unit.start, start - 30) : start])
        if before is None or not before[1][0].isupper() or start - 1 in self.ends:
            return False
        return before[1].casefold() not in _TITLES | _OPENING and not self.thesaurus.matcher.is_label(before[1])

    def _of_another(self, match: re.Match[str], unit: Span) -> bool:
        """Whether a surname stands beside another capitalised word that is no title."""
        if self._follows_name(match.start(), unit):
            return True
        following = self.text[match.end() : match.end() + 2]
        return len(following) == 2 and following[0] in " \u00a0-" and following[1].isupper()


def _only(entries: tuple[Entry, ...]) -> Entry | None:
    """The one entry, the strong one before weak ones; None where two concepts are meant equally."""
    strong = [x for x in entries if x.label.strength == "strong"] or list(entries)
    return strong[0] if len({x.concept for x in strong}) == 1 else None


def _is_acronym(label: Label) -> bool:
    return label.text.isupper()
