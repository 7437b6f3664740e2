"""Lines -> the article's blocks: headings, paragraphs and list items, in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

from ctcorpus.ingest.headings import Marked, find_headings, marked
from ctcorpus.ingest.lexicon import ends_sentence
from ctcorpus.ingest.lines import Line
from ctcorpus.model.document import Heading, Paragraph

Kind: TypeAlias = Literal["paragraph", "bullet"]

#: lines of prose broken at a fixed width are between these lengths, in the middle
NARROW, WIDE = 40, 110
#: a text is hard-wrapped when at least so many of its lines that are followed at once end amid a sentence
WRAPPED_LINES, WRAPPED_SHARE = 4, 0.5
WORD_CHARACTER = re.compile(r"[^\W_]")
#: lines that are looked at to tell
SAMPLED_LINES = 2_000


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or a paragraph; apart: what is no part of the body stands between it and the block before."""

    what: Heading | Paragraph
    apart: bool


def find_blocks(text: str, lines: Sequence[Line], outside: set[int], standfirst: int | None = None) -> list[Block]:
    """The blocks of the body. outside: numbers of the lines that are none of it: title, front matter, boilerplate.

    standfirst: where one begins; it is prose, however much it looks like a heading.

    A line is a paragraph, except where the text is hard-wrapped: there a paragraph runs on until a blank line, a
    list mark, a heading or a line that ends early. Lines without a letter or digit only keep others apart.
    """
    wrapped = is_wrapped(text, lines)
    body = [marked(text, line) for line in lines if line.number not in outside and _has_words(text, line)]
    headings = find_headings(text, body, wrapped=wrapped)
    width = _width(lines)
    blocks: list[Block] = []
    above = 0
    last: Marked | None = None
    between = {line.number: at for at, line in enumerate(lines)}
    for item in body:
        number = item.line.number
        apart = between[number] != above
        above = between[number] + 1
        if number in headings and item.line.start != standfirst:
            span, level = headings[number]
            blocks.append(Block(Heading(span.start, span.end, level, inline=False), apart))
            last = None
            continue
        if last is not None and not apart and _runs_on(text, last, item, wrapped, width):
            blocks[-1] = _longer(blocks[-1], item)
        else:
            kind: Kind = "bullet" if item.bullet and _is_item(text, item) else "paragraph"
            blocks.append(Block(Paragraph(item.words.start, item.words.end, kind), apart))
        last = item
    return blocks


def is_wrapped(text: str, lines: Sequence[Line]) -> bool:
    """Whether the text has line breaks inside its paragraphs, at some fixed width."""
    inner = [above for above, line in pairwise(lines[:SAMPLED_LINES]) if line.gap == 0]
    if len(inner) < WRAPPED_LINES:
        return False
    if not NARROW <= _width(inner) <= WIDE:
        return False
    return sum(not ends_sentence(line.of(text)) for line in inner) >= WRAPPED_SHARE * len(inner)


def _width(lines: Sequence[Line]) -> int:
    """The length of the line in the middle, by length; 0 without lines."""
    lengths = sorted(line.end - line.start for line in lines[:SAMPLED_LINES])
    return lengths[len(lengths) // 2] if lengths else 0


def _has_words(text: str, line: Line) -> bool:
    return WORD_CHARACTER.search(text, line.start, line.end) is not None


def _is_item(text: str, item: Marked) -> bool:
    """Whether a marked line is an item of a list: numbered paragraphs of prose are paragraphs."""
    return not item.numbered or len(item.of(text).split()) <= 40


def _runs_on(text: str, last: Marked, item: Marked, wrapped: bool, width: int) -> bool:
    """Whether the line continues the paragraph of the line above it."""
    if item.line.gap or item.bullet:
        return False
    if not ends_sentence(last.of(text)) and text[item.words.start].islower():
        return True
    short = last.line.end - last.line.start < 0.75 * width
    return wrapped and not (short and ends_sentence(last.of(text))) and last.line.end - last.line.start <= 2 * WIDE


def _longer(block: Block, item: Marked) -> Block:
    paragraph = block.what
    assert isinstance(paragraph, Paragraph)
    return Block(Paragraph(paragraph.start, item.words.end, paragraph.kind), block.apart)
