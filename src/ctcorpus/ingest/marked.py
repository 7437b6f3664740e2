"""What a reader has marked, brought under the rules of this room: boilerplate, front matter, blocks, metadata."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ctcorpus.ingest.dates import printed_dates
from ctcorpus.ingest.front import Front
from ctcorpus.ingest.lines import Line
from ctcorpus.ingest.readers import Mark, Reading
from ctcorpus.ingest.readers.reading import Layout
from ctcorpus.ingest.structure import Block
from ctcorpus.model.document import Basis, Boilerplate, Heading, Metadata, Paragraph, Passage
from ctcorpus.model.span import Span

_WORD = re.compile(r"[^\W_]")
#: places of a name that are kept as evidence
MOST_PLACES = 5


def lines_of(lines: Sequence[Line], mark: Mark) -> Sequence[Line]:
    """The lines that a mark touches."""
    first = bisect_right(lines, mark.start, key=lambda line: line.end)
    return lines[first : bisect_left(lines, mark.end, key=lambda line: line.start)]


def set_aside(lines: Sequence[Line], marks: Sequence[Mark], kinds: dict[int, str]) -> None:
    """Adds what the reader marked as boilerplate to ``kinds``, and takes out its title, author and date."""
    for mark in marks:
        if mark.kind in ("title", "byline", "dateline"):
            for line in lines_of(lines, mark):
                kinds.pop(line.number, None)
    for mark in marks:
        if mark.kind == "boilerplate":
            kinds.update((line.number, mark.note or "navigation") for line in lines_of(lines, mark))


def over_front(lines: Sequence[Line], marks: Sequence[Mark], layout: Layout, front: Front) -> Front:
    """The front matter with what the reader marked in it in place of what was read off the lines."""
    stated = [mark for mark in marks if mark.kind in ("title", "standfirst", "byline", "dateline")]
    if layout == "marks" and front.title is not None and not _is_marked(front.title, marks, "heading", "title"):
        front = Front(authors=front.authors, published=front.published)
    if not stated:
        return front
    title = next((Span(x.start, x.end) for x in stated if x.kind == "title"), None)
    below = next((Span(x.start, x.end) for x in stated if x.kind == "standfirst"), None)
    if title is not None:
        front = Front(site=None, title=title, standfirst=below, authors=front.authors, published=front.published)
    front.used.update(line.number for x in stated if x.kind != "standfirst" for line in lines_of(lines, x))
    known = {line.number for line in (*front.bylines, *front.datelines)}
    for mark in stated:
        found = [line for line in lines_of(lines, mark) if line.number not in known]
        if mark.kind == "byline":
            front.bylines.extend(found)
        elif mark.kind == "dateline":
            front.datelines.extend(found)
    return front


def _is_marked(span: Span, marks: Sequence[Mark], *kinds: str) -> bool:
    return any(mark.kind in kinds and mark.start <= span.start and span.end <= mark.end for mark in marks)


def marked_blocks(text: str, marks: Sequence[Mark], lines: Sequence[Line], outside: set[int]) -> list[Block]:
    """The blocks as the reader marked them. outside: numbers of the lines that are no part of the body."""
    blocks: list[Block] = []
    apart = False
    for mark in marks:
        inside = [line for line in lines_of(lines, mark) if line.number not in outside]
        if mark.kind not in ("heading", "paragraph", "item", "standfirst") or not inside:
            apart = True
            continue
        start, end = inside[0].start, inside[-1].end
        if not _WORD.search(text, start, end):
            continue
        if mark.kind == "heading" and end - start <= 300:
            blocks.append(Block(Heading(start, end, max(2, mark.level), inline=False), apart))
        else:
            kind = Paragraph(start, end, "bullet" if mark.kind == "item" else "paragraph")
            blocks.append(Block(kind, apart))
        apart = False
    return blocks


def hidden_apart(found: Sequence[Boilerplate], marks: Sequence[Mark]) -> tuple[Boilerplate, ...]:
    """The boilerplate with what the reader marked exactly as far as it marked it."""
    exact = [Boilerplate(x.start, x.end, x.note or "navigation") for x in marks if x.kind == "boilerplate"]
    if not exact:
        return tuple(found)
    starts = [x.start for x in exact]
    others = []
    for block in found:
        at = bisect_left(starts, block.start)
        if at == len(exact) or exact[at].start >= block.end:
            others.append(block)
    return tuple(sorted((*others, *exact), key=lambda x: x.start))


def with_pages(passages: Sequence[Passage], pages: Sequence[int]) -> tuple[Passage, ...]:
    """The passages with the first and last page that they stand on, from 1."""
    if not pages:
        return tuple(passages)
    return tuple(
        replace(x, pages=(max(1, bisect_right(pages, x.start)), max(1, bisect_right(pages, x.end - 1))))
        for x in passages
    )


def with_stated(text: str, metadata: Metadata, reading: Reading) -> Metadata:
    """The metadata with what the format states itself put first.

    Its evidence is where the same words stand in the text: the marked line, else their first places; a date's is
    where the text prints the same day. What stands nowhere in the text has none, and its basis is "document".
    """
    stated = reading.stated
    values: dict[str, str | tuple[str, ...]] = {}
    for name in ("title", "site", "publisher", "published", "language"):
        value = getattr(stated, name)
        if value and not (name == "language" and metadata.language):
            values[name] = value
    if stated.authors:
        values["authors"] = stated.authors
    if not values:
        return metadata
    evidence, basis = dict(metadata.evidence), dict(metadata.basis)
    for name, value in values.items():
        evidence.pop(name, None)
        spans = _evidence(text, name, value, reading.marks)
        if spans:
            evidence[name] = spans
        stands: Basis = "document"
        basis[name] = stands
    known: dict[str, Any] = {str(name): getattr(metadata, name) for name in Metadata.__match_args__}
    return Metadata.from_dict({**known, **values, "evidence": evidence, "basis": basis})


def _evidence(text: str, name: str, value: str | tuple[str, ...], marks: Sequence[Mark]) -> tuple[Span, ...]:
    if name == "published":
        return _printed(text, str(value), marks)
    if name == "language":
        return ()
    kind = {"title": "title", "authors": "byline"}.get(name, "")
    near = [Span(x.start, x.end) for x in marks if x.kind == kind]
    found = []
    for words in (value,) if isinstance(value, str) else value:
        place = next((x for zone in near if (x := _find(text, words, zone.start, zone.end))), None)
        place = place or _find(text, words, 0, len(text))
        if place:
            found.append(place)
    return tuple(found)


def _find(text: str, words: str, start: int, end: int) -> Span | None:
    """Where the words stand, whole, between the offsets."""
    at = start
    for _ in range(MOST_PLACES):
        at = text.find(words, at, end)
        if at < 0:
            return None
        after = at + len(words)
        if not (text[at - 1 : at].isalnum() or text[after : after + 1].isalnum()):
            return Span(at, after)
        at += 1
    return None


def _printed(text: str, value: str, marks: Sequence[Mark]) -> tuple[Span, ...]:
    """Where a marked dateline or byline prints the same day."""
    for mark in marks:
        if mark.kind in ("dateline", "byline"):
            for date in printed_dates(text, mark.start, mark.end):
                if date.value[:10] == value[:10]:
                    return (date.span,)
            if mark.kind == "dateline":
                return (Span(mark.start, mark.end),)
    return ()
