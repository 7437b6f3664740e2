"""Drafts of speech -> quotations: pronouns and second-hand chains resolved where only one reading is left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from ctcorpus.annotate.speech.frames import Frame
from ctcorpus.annotate.speech.speakers import SINGLE_PERSONS, is_person_name, kind_of, roles
from ctcorpus.annotate.speech.subjects import Subject
from ctcorpus.model.document import Document
from ctcorpus.model.facts import Quotation, SpeakerKind
from ctcorpus.model.span import Span


@dataclass(frozen=True, slots=True)
class Draft:
    """Speech that is found, its pronoun not yet resolved."""

    start: int
    end: int
    sentence: Span
    frame: Frame
    direct: bool
    outer: int | None = None  # start of the quotation that it stands inside


@dataclass(slots=True)
class _Latest:
    """The speaker of the speech before: whom a pronoun may stand for."""

    span: Span
    speaker: str
    phrase: str
    end: int
    pronoun: str | None = None
    said: int = 0  # where the reported clause ends, whose people are spoken of
    alone: bool = True  # whether nobody else has spoken by name so far


def resolved(document: Document, body: str, drafts: list[Draft]) -> Iterator[Quotation]:
    """Quotations in order of start, pronouns resolved where only one person can be meant."""
    text = document.text
    officials = frozenset(name.split()[-1].lower() for name in roles(document).values()) if drafts else frozenset()
    order = sorted(range(len(drafts)), key=lambda i: drafts[i].frame.cue.start)
    found: dict[int, Quotation] = {}
    by_start: dict[int, Quotation] = {}
    kinds: dict[str, SpeakerKind | None] = {}
    turns = _Turns(text, body)
    for i in order:
        draft = drafts[i]
        span, phrase = turns.speaker(draft)
        outer = by_start.get(draft.outer) if draft.outer is not None else None
        quotation = _with_known_kind(_quotation(document, draft, span, phrase, officials, outer), kinds)
        found[i] = by_start[draft.start] = quotation
    holders = _holders(drafts)
    for i in range(len(drafts)):
        yield _second_hand(found[i], found[holders[i]]) if i in holders else found[i]


class _Turns:
    """Who has spoken so far, speech by speech: what a pronoun may stand for."""

    def __init__(self, text: str, body: str) -> None:
        self._text, self._body = text, body
        self._others = _Others(body)
        self._latest: _Latest | None = None
        self._pronouns: dict[str, str | None] = {}  # last name of whoever has spoken -> that person's pronoun, if known
        self._before: tuple[Span, Span | None, str] | None = None  # the cue before, and whom it meant

    def speaker(self, draft: Draft) -> tuple[Span | None, str]:
        """The place of the draft's speaker and the phrase that names it; None and "" where nobody is named."""
        span, phrase = self._resolved(draft)
        self._before = (draft.frame.cue, span, phrase)
        return span, phrase

    def _resolved(self, draft: Draft) -> tuple[Span | None, str]:
        subject, cue = draft.frame.subject, draft.frame.cue
        if subject is None:
            return None, ""
        said = cue.end if draft.direct else max(draft.end, cue.end)
        if subject.pronoun is None:
            phrase, name = subject.phrase.of(self._text), subject.span.of(self._text)
            last = name.split()[-1]
            if is_person_name(name):
                self._pronouns.setdefault(last, None)
            alone = len(self._pronouns) < 2
            self._latest = _Latest(subject.span, name, phrase, cue.end, self._pronouns.get(last), said, alone)
            return subject.span, phrase
        if self._before is not None and self._before[0] == cue:
            return self._before[1:]  # one tag between two halves of a speech
        latest = self._latest
        if latest is None or not _may_mean(self._body, latest, subject, self._others):
            self._latest = None
            return None, ""
        last = latest.speaker.split()[-1]
        if last in self._pronouns:
            self._pronouns[last] = subject.pronoun
        self._latest = replace(latest, end=cue.end, said=said, pronoun=subject.pronoun)
        return latest.span, latest.phrase


def _with_known_kind(quotation: Quotation, kinds: dict[str, SpeakerKind | None]) -> Quotation:
    """The quotation with the kind that its speaker had under the full name; kinds: last name -> kind, or None
    where two people bear it."""
    speaker = quotation.speaker
    if speaker is None or not is_person_name(speaker):
        return quotation
    *first, last = speaker.split()
    if first:
        known = kinds.setdefault(last, quotation.speaker_kind)
        if known != quotation.speaker_kind and "unknown" not in {known, quotation.speaker_kind}:
            kinds[last] = None
        elif known == "unknown":
            kinds[last] = quotation.speaker_kind
        return quotation
    kind = kinds.get(last)
    return replace(quotation, speaker_kind=kind) if kind and quotation.speaker_kind == "unknown" else quotation


def _holders(drafts: list[Draft]) -> dict[int, int]:
    """Draft -> the reported clause that its frame stands in: in "X said that Y claimed …" X is the one who tells."""
    holders: dict[int, int] = {}
    open_: list[int] = []
    added = 0
    for i in sorted(range(len(drafts)), key=lambda i: drafts[i].frame.cue.start):
        cue = drafts[i].frame.cue
        while added < len(drafts) and drafts[added].start <= cue.start:
            if not drafts[added].direct:
                open_.append(added)
            added += 1
        while open_ and drafts[open_[-1]].end < cue.end:
            open_.pop()
        for j in open_[:-3:-1]:
            other = drafts[j].frame.cue
            if j == i or drafts[j].end < cue.end or other.start == cue.start:
                continue
            if not drafts[i].start <= other.start < drafts[i].end:
                holders[i] = j
                break
    return holders


def _second_hand(quotation: Quotation, holder: Quotation) -> Quotation:
    """A quotation with the speaker who passes it on, and cut where that speaker's clause ends."""
    if holder.end < quotation.end and not quotation.direct and quotation.start >= holder.start:
        quotation = replace(quotation, end=holder.end, id=quotation.id.rpartition("-")[0] + f"-{holder.end}")
    if holder.speaker in {None, quotation.speaker} or quotation.via:
        return quotation
    assert holder.speaker is not None
    return replace(quotation, via=(holder.speaker, *holder.via))


def _quotation(
    document: Document,
    draft: Draft,
    span: Span | None,
    phrase: str,
    officials: frozenset[str],
    outer: Quotation | None,
) -> Quotation:
    text = document.text
    speaker = text[span.start : span.end] if span else None
    via: tuple[str, ...] = ()
    if draft.frame.via is not None:
        via = (text[draft.frame.via.span.start : draft.frame.via.span.end],)
    elif outer is not None and outer.speaker is not None:
        via = (outer.speaker, *outer.via)
    return Quotation(
        id=f"{document.id}:{draft.start}-{draft.end}",
        start=draft.start,
        end=draft.end,
        sentence=draft.sentence,
        speaker=speaker,
        speaker_span=span,
        speaker_kind=kind_of(speaker, phrase, officials=officials) if speaker else "unknown",
        verb=draft.frame.verb,
        direct=draft.direct,
        via=via,
    )


#: characters between a speech and the pronoun that carries on with its speaker: of running text, and with what is
#: quoted in between
_REACH = 500
_FAR = 3000
#: characters that marks and a conjunction take between a new paragraph's beginning and its pronoun
_LEAD = 20
_OTHER_PERSON = re.compile(
    r"(?<![^\W_])[A-Z][a-z’'-]+ (?:[A-Z]\. )?[A-Z][a-z’'-]+|(?:Mr|Mrs|Ms|Dr|Gen|Gov|Sen|Rep)\. [A-Z]"
)
_BREAK = re.compile(r"\n[ \t\r]*\n")
_FULL_NAME = re.compile(r"(?<![^\W_])[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]\w+")
_CAPITALISED = re.compile(r"(?<![^\W_])[A-Z][a-z]\w+")


class _Others:
    """The people whom a text names: a last name alone may be another person's whom a pronoun stands for."""

    def __init__(self, body: str) -> None:
        self._body = body

    @cached_property
    def _last_names(self) -> frozenset[str]:
        names = (match.group() for match in _FULL_NAME.finditer(self._body))
        return frozenset(name.split()[-1] for name in names if is_person_name(name))

    def named(self, between: str, after: str, speaker: str) -> bool:
        """Whether a stretch of text names anybody but the speaker: in full, or behind what was said by last name."""
        for match in _OTHER_PERSON.finditer(between):
            if is_person_name(match.group()) and match.group().split()[-1] not in speaker:
                return True
        alone = (match.group() for match in _CAPITALISED.finditer(after))
        return any(word in self._last_names and word not in speaker for word in alone)


def _goes_over(after: str, speaker: str) -> bool:
    """Whether a new paragraph has running text before its pronoun that does not name the speaker."""
    words = after.split()
    return len(" ".join(words)) > _LEAD and speaker.split()[-1] not in words


def _may_mean(body: str, latest: _Latest, pronoun: Subject, others: _Others) -> bool:
    """Whether a pronoun can only mean the speaker before: near, of one number and gender, nobody else named."""
    if not 0 <= pronoun.span.start - latest.end <= _FAR:
        return False
    between = body[latest.end : pronoun.span.start]
    turn = None if latest.alone or latest.pronoun is not None else _BREAK.search(between)
    if turn is not None and _goes_over(between[turn.end() :], latest.speaker):
        return False  # two people speak by turns, and another paragraph may have gone over to the other
    between = " ".join(between.split())  # what stands between marks is blank
    if len(between) > _REACH:
        return False
    plural = latest.speaker.endswith("s") and latest.speaker.split()[-1][0].islower()
    if (pronoun.pronoun == "they") != plural:
        return False
    if latest.pronoun is not None and latest.pronoun != pronoun.pronoun:
        return False
    if latest.pronoun is None and " and " in latest.speaker:
        return False
    person = is_person_name(latest.speaker) or latest.speaker.split()[-1].lower() in SINGLE_PERSONS
    if pronoun.pronoun != "they" and not person:
        return False
    said = " ".join(body[min(latest.said, pronoun.span.start) : pronoun.span.start].split())
    return not others.named(between, said, latest.speaker)
