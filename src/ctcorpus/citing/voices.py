"""Whose words they are: whether the speaker that a draft names is the one that the source names.

Three answers: yes, no, and that the two do not tell (None). A title is no name; an office may stand for its bearer
where the source says so beside the name; a body's spokesman is the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ctcorpus.annotate.fold import fold, key, skeleton
from ctcorpus.annotate.speakers import (
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
_WORD = re.compile(r"[^\W_]+(?:[-.’'][^\W_]+)*")
#: characters before a name, in the source, that may hold the bearer's office
_OFFICE_REACH = 120
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
    if said.speaker_span is not None and _holds_office(voice, said.speaker_span, document):
        return True
    theirs = Voice(said.speaker)
    unnamed = theirs.tokens <= (UNNAMED | _GENERAL) or not theirs.is_named
    if not voice.is_named:
        official = voice.tokens & (UNNAMED | OFFICES | AGENCIES | _GENERAL)
        is_official = said.speaker_kind in ("named_official", "unnamed_official", "agency")
        return True if official and is_official else None
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
    if not own and not their and one and other and (one <= other or other <= one):
        return True
    concepts = {x.id for x in thesaurus.look_up(_bare(mine))}
    return bool(concepts & {x.id for x in thesaurus.look_up(_bare(theirs))})


def _holds_office(voice: Voice, speaker: Span, document: Document) -> bool:
    """Whether the draft's title without a name ("the defence minister") stands beside the speaker's name."""
    if _core(voice.tokens) - STATES:
        return False
    office = voice.tokens - STATES
    beside = document.text[max(0, speaker.start - _OFFICE_REACH) : speaker.end + 60]
    return bool(office) and office <= {fold(x) for x in _WORD.findall(beside)}


def _tokens(name: str) -> frozenset[str]:
    return Voice(name).tokens


def _core(tokens: Iterable[str]) -> frozenset[str]:
    """The words that name, without titles and portfolios; "foreign office" keeps both where nothing else is left."""
    return frozenset(x for x in tokens if x not in OFFICES and x not in COURTESY and x not in _FOLDED_PORTFOLIOS)


_FOLDED_PORTFOLIOS = frozenset(fold(x) for x in PORTFOLIOS)


def _skeletons(tokens: Iterable[str]) -> frozenset[str]:
    return frozenset(skeleton(x) for x in tokens)


def _bare(name: str) -> str:
    """The name without what stands in brackets after it, and without a possessive."""
    return re.sub(r"\s*\([^()]*\)|[’']s\b", "", name).strip()


def _letters(name: str) -> str:
    plain = "".join(fold(x) for x in _WORD.findall(_bare(name)))
    return plain.removeprefix("the")
