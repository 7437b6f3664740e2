"""Who says what: direct speech between marks, and reported speech, each with its speaker where the text gives one.

A speaker is the subject of the verb of saying, in the source's own words; never the nearest name. A pronoun stands
for somebody only where the speech directly before has one speaker and nobody else is named in between.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ctcorpus.annotate.scan import Lexicon, Scan
from ctcorpus.annotate.speech.frames import Frame, frame_after, frame_before
from ctcorpus.annotate.speech.quotes import Quoted, find_quoted, masked
from ctcorpus.annotate.speech.reports import report_of_source, report_of_verb
from ctcorpus.annotate.speech.resolution import Draft, resolved
from ctcorpus.annotate.speech.verbs import VERBS
from ctcorpus.model.document import Document
from ctcorpus.model.facts import Quotation
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
_MAY_CUE = re.compile(
    rf"(?<![^\W_])(?:{_alternation([*_REPORTING, 'According', 'according', 'Per', 'per'])})(?!\w)"
    r"|[A-Z][a-z]{3,}?(?P<glued>said)(?![^\W_])"
)
_GLUED_NAME = re.compile(r"[A-Z][a-z]{3,}$")
_TERMINAL = ".!?…"
#: characters that list marks and emphasis may take before a quotation
_MARGIN = 40
#: six verbs of saying in so few characters are no prose, and are not read as such
_CROWD = 120


def cue_starts(text: str) -> Iterator[int]:
    """Where a verb of saying or a source may begin in ``text``, in order."""
    return (match.start("glued") if match["glued"] else match.start() for match in _MAY_CUE.finditer(text))


#: what is looked for in a text before its speech is read
LEXICON = Lexicon({"cue": cue_starts})


def find_quotations(document: Document, starts: Sequence[int] | None = None) -> tuple[Quotation, ...]:
    """Direct and reported speech of a document, in order of start; quoted names, terms and titles are left out.

    A direct quotation includes its marks. The speaker is None where the text does not make it plain. starts: where a
    verb of saying or a source may begin, where that is known already.
    """
    starts = Scan(document.text).places(LEXICON)["cue"] if starts is None else starts
    pairs = find_quoted(document)
    body = masked(document.text, pairs, [p for p in pairs if _is_name(document.text, p)])
    direct = list(_direct(document, pairs, body))
    tags = {edge for d in direct if d.frame.cue.start >= d.end for edge in (d.frame.cue.start, d.frame.cue.end)}
    drafts = [*direct, *_reported(document, body, starts, tags)]
    return tuple(resolved(document, body, _distinct(drafts)))


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


def _direct(document: Document, pairs: tuple[Quoted, ...], body: str) -> Iterator[Draft]:
    """Drafts of what stands between marks and has a frame, or carries on what has."""
    text = document.text
    sentences = document.sentences
    starts = [sentence.start for sentence in sentences]
    previous: tuple[Quoted, Frame | None, int] | None = None  # the pair before, its frame, where that frame's tag ends
    around = _surroundings(pairs, len(text))
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
        frame = _frame(document, pair, body, first, starts, around[pair.start])
        if frame is None and previous is not None and previous[1] is not None:
            between = body[previous[2] : pair.start]
            if len(between) < 4 and "\n" not in between and not between.strip(" .,;—–-") and _is_statement(text, pair):
                frame = previous[1]
        if frame is None and _stands_alone(text, pair, sentence):
            frame = Frame(None, None, Span(pair.start, pair.start))
        end = pair.end
        if frame is not None:
            yield Draft(pair.start, pair.end, sentence, frame, direct=True)
            end = _tag_end(body, max(pair.end, frame.cue.end), sentences, starts)
        previous = (pair, frame, end if frame is not None and frame.cue.start >= pair.end else pair.end)


def _surroundings(pairs: tuple[Quoted, ...], length: int) -> dict[int, Span]:
    """Start of an outer pair -> how far its frame may lie: not before the fourth pair back, nor past the next one."""
    outer = [pair for pair in pairs if pair.outer is None]
    return {
        pair.start: Span(outer[i - 4].start if i >= 4 else 0, outer[i + 1].start + 1 if i + 1 < len(outer) else length)
        for i, pair in enumerate(outer)
    }


def _tag_end(body: str, at: int, sentences: tuple[Span, ...], starts: list[int]) -> int:
    """The end of the sentence that a tag stands in, or the next mark in it."""
    sentence = sentences[max(bisect_right(starts, at - 1) - 1, 0)]
    mark = body.find("“", at, max(sentence.end, at))
    return mark if mark >= 0 else max(at, sentence.end)


def _frame(document: Document, pair: Quoted, body: str, first: int, starts: list[int], around: Span) -> Frame | None:
    """The frame of an outer pair, before it, behind it, or both: then the one behind passes it on."""
    text, sentences = document.text, document.sentences
    inner = text[pair.start + 1 : pair.end - 1]
    left = _left_start(body, sentences, first, pair.start)
    near = max(left, pair.start - _MARGIN)
    lead = near + len(body[near : pair.start].rstrip(" \t\r\n>*_"))
    before = frame_before(body, max(left, around.start), lead, inner=inner, sentence_start=left)
    after = _frame_behind(document, pair, body, starts, around.end)
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


def _frame_behind(document: Document, pair: Quoted, body: str, starts: list[int], limit: int) -> Frame | None:
    """The frame behind a quotation, in its last sentence or, where a splitter cut a tag off, in the next."""
    text, sentences = document.text, document.sentences
    last = bisect_right(starts, pair.end - 1) - 1
    end = sentences[last].end
    final = text[pair.start + 1 : pair.end - 1].rstrip()[-1:] or " "
    closed = final in ",?!—-–….'’"
    if end > pair.end or last + 1 == len(sentences) or not closed or final in ".'’":
        return frame_after(body, pair.end, min(end, limit), closed=closed)
    following = sentences[last + 1]
    if following.start - pair.end > 2 or "\n" in text[pair.end : following.start]:
        return None
    frame = frame_after(body, pair.end, min(following.end, limit), closed=True)
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


def _nested(text: str, pair: Quoted, sentence: Span) -> Draft | None:
    """The draft of words quoted inside a quotation, by what is said there."""
    assert pair.outer is not None
    left = max(pair.outer.start + 1, sentence.start)
    inner = text[pair.start + 1 : pair.end - 1]
    frame = frame_before(text, left, pair.start, inner=inner, sentence_start=left)
    if frame is None:
        closed = inner[-1:] in {",", "?", "!", "."}
        frame = frame_after(text, pair.end, min(pair.outer.end - 1, max(sentence.end, pair.end)), closed=closed)
    return Draft(pair.start, pair.end, sentence, frame, direct=True, outer=pair.outer.start) if frame else None


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


def _reported(document: Document, body: str, cues: Sequence[int], tags: set[int]) -> Iterator[Draft]:
    """Drafts of reported clauses, found by the verbs and sources of each sentence.

    cues: where a verb or a source may begin. tags: where the frames of direct quotations begin and end: a verb there
    has said its words already.
    """
    sentences = document.sentences
    starts = [sentence.start for sentence in sentences]
    recent: deque[int] = deque(maxlen=6)
    for cue in _cues(body, cues):
        recent.append(cue.start)
        at = bisect_right(starts, cue.start) - 1
        if at < 0 or cue.end > sentences[at].end or cue.start in tags or cue.end in tags:
            continue
        if len(recent) == recent.maxlen and cue.start - recent[0] < _CROWD:
            continue
        sentence = sentences[at]
        by_verb = cue.of(body) in VERBS
        if by_verb:
            report = report_of_verb(body, sentence, cue, floor=recent[0] if len(recent) == 6 else 0)
        else:
            report = report_of_source(body, sentence, cue.start)
        if report is not None and _says_something(body, report.clause):
            yield Draft(report.clause.start, report.clause.end, sentence, report.frame, direct=False)


def _cues(body: str, starts: Sequence[int]) -> Iterator[Span]:
    """Every verb of saying and every "according to" or "per", also "said" where it is glued to a name."""
    for start in starts:
        match = _CUE.match(body, start)
        if match is not None:
            yield Span(*match.span())
        elif body.startswith("said", start) and _GLUED_NAME.search(body, max(0, start - 30), start):
            yield Span(start, start + 4)


def _says_something(body: str, clause: Span) -> bool:
    """Whether a clause has words of its own beside what stands between marks (that is direct speech)."""
    words = body[clause.start : clause.start + 300].split()
    return sum(word[0].isalnum() for word in words[:40]) >= 3 and body[clause.start] not in '“"'


def _distinct(drafts: list[Draft]) -> list[Draft]:
    """In order, one for each stretch; of two on the same stretch the one whose cue is nearer."""
    drafts.sort(key=lambda d: (d.start, d.end, d.frame.cue.start))
    kept: list[Draft] = []
    for draft in drafts:
        if not kept or (kept[-1].start, kept[-1].end) != (draft.start, draft.end):
            kept.append(draft)
    return kept
