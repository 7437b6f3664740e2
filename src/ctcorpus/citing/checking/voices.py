"""Whose words they are: whether the speaker that a draft names is the one that the source names.

Three answers: yes, no, and that the two do not tell (None). A title is no name; an office may stand for its bearer
where the source says so beside the name; a body's spokesman is the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ctcorpus.annotate.fold import fold, key, skeleton
from ctcorpus.annotate.speech.speakers import (
    AGENCIES,
    COURTESY,
    EXPERTS,
    MEDIA,
    OFFICES,
    PEOPLE,
    PORTFOLIOS,
    RECORDS,
    STATES,
    UNNAMED,
)
from ctcorpus.annotate.thesaurus import Thesaurus
from ctcorpus.model.document import Document
from ctcorpus.model.entry import Entry
from ctcorpus.model.facts import Facts, Quotation
from ctcorpus.model.span import Span

#: words that stand for the text itself or for whoever wrote it
_AUTHORIAL = frozenset(
    [
        "author",
        "authors",
        "writer",
        "writers",
        "article",
        "text",
        "report",
        "piece",
        "paper",
        "essay",
        "analysis",
        "commentary",
        "editorial",
        "column",
        "study",
        "document",
        "source",
        "memo",
        "op-ed",
        "outlet",
        "site",
        "website",
        "magazine",
        "newspaper",
        "it",
        "he",
        "she",
        "they",
        "seed",
        "passage",
        "brief",
    ]
)
_SMALL = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "for",
        "to",
        "and",
        "in",
        "on",
        "by",
        "at",
        "his",
        "her",
        "its",
        "their",
        "our",
        "this",
        "that",
        "one",
        "some",
    ]
)
#: words for outlets that name none
_ANY_OUTLET = frozenset(
    [
        "media",
        "press",
        "newspaper",
        "newspapers",
        "channel",
        "magazine",
        "broadcaster",
        "broadcasters",
        "outlets",
        "journalists",
        "journalist",
        "reporter",
        "reporters",
        "correspondent",
        "columnist",
        "editorial",
    ]
)
#: offices and bodies that are written short
_SHORT = {
    "coas": "chief army staff",
    "dg": "director general",
    "pm": "prime minister",
    "fm": "foreign minister",
    "cm": "chief minister",
    "ispr": "inter services public relations",
}
#: capitals that speak for their states
_CAPITALS = {
    "islamabad": "pakistan", "kabul": "afghanistan", "delhi": "india", "beijing": "china", "moscow": "russia",
    "tehran": "iran", "washington": "us", "london": "uk", "ankara": "turkey", "doha": "qatar", "kyiv": "ukraine",
    "jerusalem": "israel", "riyadh": "saudi", "paris": "france", "berlin": "germany", "tokyo": "japan",
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:[-.’'][^\W_]+)*")
#: characters before a name, in the source, that may hold the bearer's office
_OFFICE_REACH = 90
#: occurrences of a speaker's name whose surroundings are read
MOST_PLACES = 8
#: characters before words, in the source, in which a speaker who is not tied to them may still be meant
_NEAR = 600


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker as a draft names one. named: a person, a body or an outlet by its name, not "officials" or "it"."""

    name: str
    verb: str | None = None

    @property
    def tokens(self) -> frozenset[str]:
        """The words of the name, folded, without articles."""
        return frozenset(fold(x) for x in _WORD.findall(_bare(self.name)) if x.lower() not in _SMALL)

    @property
    def is_authorial(self) -> bool:
        """Whether it stands for the text or its author."""
        return not self.tokens or self.tokens <= _AUTHORIAL

    @property
    def is_named(self) -> bool:
        """Whether it names somebody: a capital beyond the first word of "Officials", an acronym, a state."""
        generic = _AUTHORIAL | UNNAMED | EXPERTS | PEOPLE | RECORDS | {"security", "senior", "military", "government"}
        if self.is_outlet and self.name[:1].isupper() and not self.tokens & _ANY_OUTLET:
            return True
        if self.tokens <= generic:
            return False
        return any(x[0].isupper() for x in _WORD.findall(self.name) if fold(x) not in generic)

    @property
    def is_outlet(self) -> bool:
        """Whether the name is that of a newspaper, an agency or a channel."""
        return bool(self.tokens & MEDIA)


def of_source(facts: Facts, span: Span) -> Quotation | None:
    """The quotation or reported speech that the words stand in, innermost first; None: they are the author's own."""
    holding = [
        x
        for x in facts.quotations
        if x.speaker and min(x.end, span.end) - max(x.start, span.start) > 0.6 * min(len(span), x.end - x.start)
        and (x.end - x.start) >= 0.5 * len(span)
    ]  # fmt: skip
    return min(holding, key=lambda x: (not x.direct, x.end - x.start), default=None)


def is_source(voice: Voice, entry: Entry) -> bool:
    """Whether the name is the document's author, site, publisher or title."""
    named = [x for x in (entry.site, entry.publisher, entry.title) if x]
    bare = " ".join(x for x in _WORD.findall(_bare(voice.name)) if fold(x) not in _AUTHORIAL)
    letters = _letters(bare or voice.name)
    if any(letters == _letters(x) or (len(letters) > 5 and letters in _letters(x)) for x in named):
        return True
    own = set(key(_bare(voice.name))) - {""}
    return any(own and own <= set(key(x)) for x in entry.authors)


def is_speaker(voice: Voice, said: Quotation, document: Document, thesaurus: Thesaurus) -> bool | None:
    """Whether the draft's speaker is the source's; None where the two do not tell."""
    assert said.speaker is not None
    for name in (said.speaker, *said.via):
        if same_name(voice.name, name, thesaurus):
            return True
    if _holds_office(voice, said, document):
        return True
    theirs = Voice(said.speaker)
    unnamed = theirs.tokens <= (UNNAMED | _GENERAL) or not theirs.is_named
    if not voice.is_named:
        return _is_official(voice, said)
    if unnamed:
        return None if voice.tokens & STATES else False
    return False


_GENERAL = frozenset(
    [
        "security",
        "government",
        "military",
        "official",
        "public",
        "data",
        "shared",
        "publicly",
        "senior",
        "local",
        "authorities",
    ]
)


def _is_official(voice: Voice, said: Quotation) -> bool | None:
    """Whether somebody unnamed ("officials", "a minister") may be the speaker; an office that the source does not
    give to its speaker leaves it open."""
    is_official = said.speaker_kind in ("named_official", "unnamed_official", "agency")
    if voice.tokens & UNNAMED or voice.tokens <= _GENERAL:
        return True if is_official else None
    if voice.tokens & OFFICES:
        return None
    return True if is_official and voice.tokens & AGENCIES else None


def is_near(voice: Voice, document: Document, span: Span, *, reach: int = _NEAR) -> bool:
    """Whether the source names this speaker in the ``reach`` characters before the words, or right after them."""
    around = document.text[max(0, span.start - reach) : span.end + 200]
    present = {fold(x) for x in _WORD.findall(around)}
    core = _core(voice.tokens)
    return bool(core) and core <= present


def same_name(mine: str, theirs: str, thesaurus: Thesaurus) -> bool:
    """Whether two names are of one person or body: one is part of the other, or they are labels of one concept."""
    one, other = _tokens(mine), _tokens(theirs)
    own, their = _core(one), _core(other)
    if own and their and (_skeletons(own) <= _skeletons(their) or _skeletons(their) <= _skeletons(own)):
        return True
    one, other = _long(one), _long(other)
    if not own and not their and one and other and (one <= other or other <= one):
        return True
    concepts = {x.id for x in thesaurus.look_up(_bare(mine))}
    return bool(concepts & {x.id for x in thesaurus.look_up(_bare(theirs))})


def _holds_office(voice: Voice, said: Quotation, document: Document) -> bool:
    """Whether the draft's office or body, named without a person ("the defence minister"), stands in apposition to the
    speaker's name somewhere in the source."""
    assert said.speaker is not None
    office = _long(voice.tokens) - STATES - UNNAMED
    if not office or _persons(voice.tokens - UNNAMED):
        return False
    places = [x.start() for x in re.finditer(re.escape(said.speaker), document.text)][:MOST_PLACES]
    return any(office <= _beside(document.text, at, at + len(said.speaker)) for at in places)


def _beside(text: str, start: int, end: int) -> frozenset[str]:
    """The words of the name at ``start`` and of what stands in apposition to it: before it, or after a comma."""
    before = re.split(r"[.;:“”\"\n]", text[max(0, start - _OFFICE_REACH) : start])[-1]
    after = text[end : end + _OFFICE_REACH] if text[end : end + 2].strip()[:1] in (",", "(") else ""
    words = f"{before} {text[start:end]} {re.split(r'[.;:“”]', after)[0]}"
    return _long(fold(x) for x in re.findall(r"[^\W_]+", words))


def _long(tokens: Iterable[str]) -> frozenset[str]:
    """The words with short forms of offices written out."""
    return frozenset(y for x in tokens for y in _SHORT.get(x, x).split())


def _tokens(name: str) -> frozenset[str]:
    return Voice(name).tokens


def _core(tokens: Iterable[str]) -> frozenset[str]:
    """The words that name: those of a person where there are any, else of a body or a state; no titles."""
    names = frozenset(_CAPITALS.get(x, x) for x in tokens if x not in _TITLES)
    return _persons(names) or names


def _persons(tokens: Iterable[str]) -> frozenset[str]:
    return frozenset(x for x in tokens if x not in _TITLES and x not in AGENCIES and x not in STATES)


_TITLES = OFFICES | COURTESY | frozenset(fold(x) for x in PORTFOLIOS) | {"director", "spokesman", "spokesperson"}


def _skeletons(tokens: Iterable[str]) -> frozenset[str]:
    return frozenset(skeleton(x) for x in tokens)


def _bare(name: str) -> str:
    """The name without what stands in brackets after it, and without a possessive."""
    return re.sub(r"\s*\([^()]*\)|[’']s\b", "", name).strip()


def _letters(name: str) -> str:
    plain = "".join(fold(x) for x in _WORD.findall(_bare(name)))
    return plain.removeprefix("the")
