"""Which lines are headings, and of which level."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ctcorpus.ingest.lexicon import SALUTATION, ends_sentence, title_cased, words_of
from ctcorpus.ingest.lines import Line
from ctcorpus.model.span import Span

LIST_MARK = re.compile(r"(?:[-*•‣·▪●○–]|\(?\d{1,3}[.)]|\([a-z]\))[^\S\r\n]+(?=\S)")
MARKDOWN = re.compile(r"(#{1,6})[^\S\r\n]+(?=\S)")
#: a line that leads into a list is a sentence of the body: "Key features include:"
LEAD_IN = re.compile(
    r"(?i)\b(?:includes?|including|following|follows?|are|is|were|was|below|such as|that|said|says)\s*:?$"
)
#: more characters make no heading; more words neither; a heading in sentence case is shorter still
MOST_CHARACTERS, MOST_WORDS, MOST_PLAIN_WORDS = 110, 13, 9
#: what stands below a heading has at least so many words, or ends as a sentence does
PROSE_WORDS = 12
#: so many heading-like lines in a row are a list or a table
LIST_RUN = 4


@dataclass(frozen=True, slots=True)
class Marked:
    """A line with its list mark set apart: words is what stands after it. bullet: it has a list mark."""

    line: Line
    words: Span
    bullet: bool
    numbered: bool

    def of(self, text: str) -> str:
        """The words of the line without its mark."""
        return self.words.of(text)


def marked(text: str, line: Line) -> Marked:
    """The line and where its words begin after a list mark."""
    found = LIST_MARK.match(text, line.start, line.end) if line.end - line.start > 2 else None
    if found is None:
        return Marked(line, Span(line.start, line.end), bullet=False, numbered=False)
    numbered = any(character.isdigit() for character in found.group())
    return Marked(line, Span(found.end(), line.end), bullet=True, numbered=numbered)


def find_headings(text: str, lines: Sequence[Marked], *, wrapped: bool) -> dict[int, tuple[Span, int]]:
    """Line number -> (span, level) of the headings among the lines of the body.

    level: 2 for a section, 3 for a list item that heads the items below it, or as markdown says.
    wrapped: the text has hard line breaks inside its paragraphs, so a short line alone says little.
    """
    found: dict[int, tuple[Span, int]] = {}
    run: list[int] = []
    for at, item in enumerate(lines):
        before = lines[at - 1] if at else None
        below = lines[at + 1] if at + 1 < len(lines) else None
        heading = _heading(text, before, item, below, wrapped)
        if heading is not None:
            found[item.line.number] = heading
        if heading is not None and heading[1] == 2 and not MARKDOWN.match(text, item.line.start):
            run.append(item.line.number)
            continue
        _drop_list(run, found)
    _drop_list(run, found)
    return found


def _drop_list(run: list[int], found: dict[int, tuple[Span, int]]) -> None:
    if len(run) >= LIST_RUN:
        for number in run:
            del found[number]
    run.clear()


def _heading(
    text: str, before: Marked | None, item: Marked, below: Marked | None, wrapped: bool
) -> tuple[Span, int] | None:
    if item.line.end - item.line.start > MOST_CHARACTERS + 10:
        return None
    hashes = MARKDOWN.match(text, item.line.start, item.line.end)
    if hashes:
        return _bare(text, hashes.end(), item.line.end), min(3, max(2, len(hashes[1])))
    if below is None:
        return None
    span = _bare(text, item.words.start, item.words.end)
    title = span.of(text)
    words = words_of(title)
    if not words or len(words) > MOST_WORDS or 2 * sum(map(str.isalpha, title)) < len(title):
        return None
    if title[0].islower() or title[-1] in ".!…,;" or SALUTATION.match(title):
        return None
    if item.bullet and not item.numbered:
        heads = text[item.words.end - 1] == ":" and below.bullet and not LEAD_IN.search(title)
        return (span, 3) if heads else None
    return (span, 2) if _is_section(text, before, item, below, title, words, wrapped) else None


def _is_section(
    text: str, before: Marked | None, item: Marked, below: Marked, title: str, words: list[str], wrapped: bool
) -> bool:
    """Whether an unmarked or numbered line heads the section below it."""
    cased = title_cased(words)
    colon = text[item.words.end - 1] == ":"
    apart = below.line.gap > 0 and (before is None or item.line.gap > 0)
    if wrapped and not apart:
        return False
    if text[below.words.start].islower() or LEAD_IN.search(title) or (item.numbered and (below.numbered or not cased)):
        return False
    if cased:
        long = len(title) > 3 and (len(words) > 1 or apart or not wrapped)
        return long and (below.bullet or _is_prose(text, below) or _looks_alike(text, below))
    settled = apart or before is None or ends_sentence(before.of(text))
    plain = not colon and 2 <= len(words) <= MOST_PLAIN_WORDS and title[0].isupper() and title[-1] not in '?”’")'
    return plain and settled and _is_prose(text, below, PROSE_WORDS)


def _is_prose(text: str, item: Marked, least: int = 0) -> bool:
    if item.line.end - item.line.start > 200:
        return True
    words = item.of(text)
    count = len(words.split())
    return count >= PROSE_WORDS or (count >= max(least, 4) and (ends_sentence(words) or words.endswith(":")))


def _looks_alike(text: str, item: Marked) -> bool:
    words = item.of(text)
    return len(words) <= MOST_CHARACTERS and not ends_sentence(words) and title_cased(words_of(words))


def _bare(text: str, start: int, end: int) -> Span:
    """The span without the marks of emphasis, the closing hashes and the closing colon around it."""
    while end > start and text[end - 1] in "*_#: \t\u00a0":
        end -= 1
    while start < end and text[start] in "*_ \t\u00a0":
        start += 1
    return Span(start, end)
