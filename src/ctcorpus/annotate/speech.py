"""Who says what: direct speech between marks, and reported speech, each with its speaker where the text gives one.

A speaker is the subject of the verb of saying, in the source's own words; never the nearest name. A pronoun stands
for somebody only where the speech directly before has one speaker and nobody else is named in between.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ctcorpus.annotate.quotes import Quoted, find_quoted, masked
from ctcorpus.annotate.speakers import SINGLE_PERSONS, is_person_name, kind_of, roles
from ctcorpus.annotate.speech_frames import Frame, frame_after, frame_before
from ctcorpus.annotate.speech_reports import report_of_source, report_of_verb
from ctcorpus.annotate.speech_subjects import Subject
from ctcorpus.annotate.speech_verbs import VERBS
from ctcorpus.model.document import Document
from ctcorpus.model.facts import Quotation, SpeakerKind
from ctcorpus.model.span import Span


def _alternation(words: list[str]) -> str:
    """A regular expression that matches exactly these words, with common beginnings shared: it reads text in one
    pass, ten times as fast as a plain list."""
    heads: dict[str, list[str]] = {}
    for word in words:
        heads.setdefault(word[:1], []).append(word[1:])
    branches = [head + _alternation(tails) for head, tails in sorted(heads.items()) if head]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{joined})?" if "" in heads else joined


_REPORTING = sorted(word for word, form in VERBS.items() if form.group not in {"describe", "deny"})
_CUE = re.compile(
    rf"(?<![^\W_])(?:{_alternation([*_REPORTING, 'According to', 'according to', 'Per', 'per'])})(?![\w’'])"
)
_GLUED_NAME = re.compile(r"[A-Z][a-z]{3,}$")
_TERMINAL = ".!?…"
#: characters that list marks and emphasis may take before a quotation
_MARGIN = 40


@dataclass(frozen=True, slots=True)
class _Draft:
    """Speech that is found, its pronoun not yet resolved."""

    start: int
    end: int
    sentence: Span
    frame: Frame
    direct: bool
    outer: int | None = None  # start of the quotation that it stands inside


def find_quotations(document: Document) -> tuple[Quotation, ...]:
    """Direct and reported speech of a document, in order of start; quoted names, terms and titles are left out.

    A direct quotation includes its marks. The speaker is None where the text does not make it plain.
    """
    pairs = find_quoted(document)
    body = masked(document.text, pairs, [p for p in pairs if _is_name(document.text, p)])
    direct = list(_direct(document, pairs, body))
    tags = {edge for d in direct if d.frame.cue.start >= d.end for edge in (d.frame.cue.start, d.frame.cue.end)}
    drafts = [*direct, *_reported(document, body, tags)]
    return tuple(_resolved(document, body, _distinct(drafts)))


def _is_name(text: str, pair: Quoted) -> bool:
    """Whether a pair holds a name or a term that is part of its sentence: short, and no stop or comma inside."""
    if pair.end - pair.start > 60:
        return False
    inner = text[pair.start + 1 : pair.end - 1]
    words = inner.split()
    if not words or len(words) > 5 or inner[-1] in ".,!?;:":
        return False
    return text[max(0, pair.start - 9) : pair.start].rstrip()[-1:] not in {",", ":"} and all(
        w[:1].isupper() or len(w) <= 3 for w in words
    )


# --- direct speech ---------------------------------------------------------------------------------------------


def _direct(document: Document, pairs: tuple[Quoted, ...], body: str) -> Iterator[_Draft]:
    """Drafts of what stands between marks and has a frame, or carries on what has."""
    text = document.text
    sentences = document.sentences
    starts = [sentence.start for sentence in sentences]
    previous: tuple[Quoted, Frame | None, int] | None = None  # the pair before, its frame, where that frame's tag ends
    for pair in pairs:
        first = bisect_right(starts, pair.start) - 1
        if first < 0:
            continue
        if pair.outer is not None:
            draft = _nested(text, pair, sentences[first])
            if draft is not None:
                yield draft
            continue
        sentence = sentences[first]
        frame = _frame(document, pair, body, first, starts)
        if frame is None and previous is not None and previous[1] is not None:
            between = body[previous[2] : pair.start]
            if len(between) < 4 and "\n" not in between and not between.strip(" .,;—–-") and _is_statement(text, pair):
                frame = previous[1]
        if frame is None and _stands_alone(text, pair, sentence):
            frame = Frame(None, None, Span(pair.start, pair.start))
        end = pair.end
        if frame is not None:
            yield _Draft(pair.start, pair.end, sentence, frame, direct=True)
            end = _tag_end(body, max(pair.end, frame.cue.end), sentences, starts)
        previous = (pair, frame, end if frame is not None and frame.cue.start >= pair.end else pair.end)


def _tag_end(body: str, at: int, sentences: tuple[Span, ...], starts: list[int]) -> int:
    """The end of the sentence that a tag stands in, or the next mark in it."""
    sentence = sentences[max(bisect_right(starts, at - 1) - 1, 0)]
    mark = body.find("“", at, max(sentence.end, at))
    return mark if mark >= 0 else max(at, sentence.end)


def _frame(document: Document, pair: Quoted, body: str, first: int, starts: list[int]) -> Frame | None:
    text, sentences = document.text, document.sentences
    inner = text[pair.start + 1 : pair.end - 1]
    left = _left_start(body, sentences, first, pair.start)
    before = frame_before(body, left, pair.start, inner=inner, sentence_start=left)
    after = _frame_behind(document, pair, body, starts)
    if after is not None and before is not None and inner[-1:] != ",":
        opens = not body[max(left, pair.start - _MARGIN) : pair.start].strip()
        after = after if opens else None
    if before is not None and after is not None:
        if before.subject is not None and before.subject.pronoun is None and _same(document.text, before, after):
            return before
        return before if after.subject is None or after.subject.pronoun else replace(before, via=after.subject)
    return before or after


def _same(text: str, one: Frame, other: Frame) -> bool:
    return (
        one.subject is not None
        and other.subject is not None
        and one.subject.span.of(text) == other.subject.span.of(text)
    )


def _frame_behind(document: Document, pair: Quoted, body: str, starts: list[int]) -> Frame | None:
    """The frame behind a quotation, in its last sentence or, where a splitter cut a tag off, in the next."""
    text, sentences = document.text, document.sentences
    last = bisect_right(starts, pair.end - 1) - 1
    end = sentences[last].end
    final = text[pair.start + 1 : pair.end - 1].rstrip()[-1:] or " "
    closed = final in ",?!—-–….'’"
    if end > pair.end or last + 1 == len(sentences) or not closed or final in ".'’":
        return frame_after(body, pair.end, end, closed=closed)
    following = sentences[last + 1]
    if following.start - pair.end > 2 or "\n" in text[pair.end : following.start]:
        return None
    frame = frame_after(body, pair.end, following.end, closed=True)
    whole = frame is None or final == "," or not body[frame.cue.end : following.end].strip(" .,")
    return frame if whole or text[following.start].islower() else None


def _left_start(body: str, sentences: tuple[Span, ...], first: int, mark: int) -> int:
    """Where to look for the frame before a mark: its sentence, or the one before where that ends with a colon."""
    start = sentences[first].start
    if first and mark - start < _MARGIN and not body[start:mark].strip(" \t\r\n>*_-"):
        before = sentences[first - 1]
        if body[max(before.start, before.end - 9) : before.end].rstrip(" *_")[-1:] in {":", ","}:
            return before.start
    return start


def _nested(text: str, pair: Quoted, sentence: Span) -> _Draft | None:
    """The draft of words quoted inside a quotation, by what is said there."""
    assert pair.outer is not None
    left = max(pair.outer.start + 1, sentence.start)
    inner = text[pair.start + 1 : pair.end - 1]
    frame = frame_before(text, left, pair.start, inner=inner, sentence_start=left)
    if frame is None:
        closed = inner[-1:] in {",", "?", "!", "."}
        frame = frame_after(text, pair.end, min(pair.outer.end - 1, max(sentence.end, pair.end)), closed=closed)
    return _Draft(pair.start, pair.end, sentence, frame, direct=True, outer=pair.outer.start) if frame else None


def _is_statement(text: str, pair: Quoted) -> bool:
    inner = text[pair.start + 1 : pair.end - 1].strip("*_ ")
    return inner[:1].isupper() and len(inner.split()) >= 2


def _stands_alone(text: str, pair: Quoted, sentence: Span) -> bool:
    """Whether a quotation is a sentence or a paragraph of its own: speech, though nobody says whose."""
    inner = text[pair.start + 1 : pair.end - 1].strip("*_ ")
    if len(inner.split()) < 6 or not inner[:1].isupper():
        return False
    opens = pair.start - sentence.start < _MARGIN and not text[sentence.start : pair.start].strip(" \t>*_-")
    closes = text[pair.end : pair.end + 1] in {"", "\n", "\r", " ", "*"} and inner[-1] in _TERMINAL
    return opens and closes


# --- reported speech -------------------------------------------------------------------------------------------


def _reported(document: Document, body: str, tags: set[int]) -> Iterator[_Draft]:
    """Drafts of reported clauses, found by the verbs and sources of each sentence.

    tags: where the frames of direct quotations begin and end: a verb there has said its words already.
    """
    sentences = document.sentences
    starts = [sentence.start for sentence in sentences]
    for cue in _cues(body):
        at = bisect_right(starts, cue.start) - 1
        if at < 0 or cue.end > sentences[at].end or cue.start in tags or cue.end in tags:
            continue
        sentence = sentences[at]
        by_verb = cue.of(body) in VERBS
        report = report_of_verb(body, sentence, cue) if by_verb else report_of_source(body, sentence, cue.start)
        if report is not None and _says_something(body, report.clause):
            yield _Draft(report.clause.start, report.clause.end, sentence, report.frame, direct=False)


def _cues(body: str) -> Iterator[Span]:
    """Every verb of saying and every "according to" or "per", also "said" where it is glued to a name."""
    for match in _CUE.finditer(body):
        yield Span(*match.span())
    at = body.find("said")
    while at >= 0:
        if _GLUED_NAME.search(body, max(0, at - 30), at) and not body[at + 4 : at + 5].isalnum():
            yield Span(at, at + 4)
        at = body.find("said", at + 4)


def _says_something(body: str, clause: Span) -> bool:
    """Whether a clause has words of its own beside what stands between marks (that is direct speech)."""
    words = body[clause.start : clause.start + 300].split()
    return sum(word[0].isalnum() for word in words[:40]) >= 3 and body[clause.start] not in '“"'


def _distinct(drafts: list[_Draft]) -> list[_Draft]:
    """In order, one for each stretch; of two on the same stretch the one whose cue is nearer."""
    drafts.sort(key=lambda d: (d.start, d.end, d.frame.cue.start))
    kept: list[_Draft] = []
    for draft in drafts:
        if not kept or (kept[-1].start, kept[-1].end) != (draft.start, draft.end):
            kept.append(draft)
    return kept


# --- speakers --------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Latest:
    """The speaker of the speech before: whom a pronoun may stand for."""

    span: Span
    speaker: str
    phrase: str
    end: int
    pronoun: str | None = None


def _resolved(document: Document, body: str, drafts: list[_Draft]) -> Iterator[Quotation]:
    """Quotations in order of start, pronouns resolved where only one person can be meant."""
    text = document.text
    officials = frozenset(name.split()[-1].lower() for name in roles(document).values()) if drafts else frozenset()
    order = sorted(range(len(drafts)), key=lambda i: drafts[i].frame.cue.start)
    found: dict[int, Quotation] = {}
    by_start: dict[int, Quotation] = {}
    kinds: dict[str, SpeakerKind | None] = {}
    latest: _Latest | None = None
    for i in order:
        draft = drafts[i]
        subject = draft.frame.subject
        span, phrase = None, ""
        if subject is not None and subject.pronoun is None:
            span, phrase = subject.span, text[subject.phrase.start : subject.phrase.end]
            latest = _Latest(span, text[span.start : span.end], phrase, draft.frame.cue.end)
        elif subject is not None and latest is not None and _may_mean(body, latest, subject):
            span, phrase = latest.span, latest.phrase
            latest = _Latest(span, latest.speaker, phrase, draft.frame.cue.end, subject.pronoun)
        elif subject is not None:
            latest = None
        outer = by_start.get(draft.outer) if draft.outer is not None else None
        quotation = _with_known_kind(_quotation(document, draft, span, phrase, officials, outer), kinds)
        found[i] = by_start[draft.start] = quotation
    holders = _holders(drafts)
    for i in range(len(drafts)):
        yield _second_hand(found[i], found[holders[i]]) if i in holders else found[i]


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


def _holders(drafts: list[_Draft]) -> dict[int, int]:
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
            if j != i and other.start != cue.start and not drafts[i].start <= other.start < drafts[i].end:
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
    draft: _Draft,
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


#: characters between a speech and the pronoun that carries on with its speaker
_REACH = 500
_OTHER_PERSON = re.compile(
    r"(?<![^\W_])[A-Z][a-z’'-]+ (?:[A-Z]\. )?[A-Z][a-z’'-]+|(?:Mr|Mrs|Ms|Dr|Gen|Gov|Sen|Rep)\. [A-Z]"
)


def _may_mean(body: str, latest: _Latest, pronoun: Subject) -> bool:
    """Whether a pronoun can only mean the speaker before: near, of one number and gender, nobody else named."""
    if not 0 <= pronoun.span.start - latest.end <= _REACH:
        return False
    between = body[latest.end : pronoun.span.start]
    plural = latest.speaker.endswith("s") and latest.speaker.split()[-1][0].islower()
    if (pronoun.pronoun == "they") != plural:
        return False
    if latest.pronoun is not None and latest.pronoun != pronoun.pronoun:
        return False
    person = is_person_name(latest.speaker) or latest.speaker.split()[-1].lower() in SINGLE_PERSONS
    if pronoun.pronoun != "they" and not person:
        return False
    for match in _OTHER_PERSON.finditer(between):
        if is_person_name(match.group()) and match.group().split()[-1] not in latest.speaker:
            return False
    return True
