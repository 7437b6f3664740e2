"""The lines above an article's body: site, title, standfirst, byline, dateline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ctcorpus.ingest.dates import clock, printed_dates
from ctcorpus.ingest.keys import read_keys
from ctcorpus.ingest.lexicon import (
    GENERIC_HEADINGS,
    KICKERS,
    MEDIA_WORDS,
    SALUTATION,
    ends_sentence,
    title_cased,
    words_of,
)
from ctcorpus.ingest.lines import Line
from ctcorpus.model.span import Span

#: lines that are looked at before the body must have begun
MOST_LINES = 10
#: a line of more words is prose; so is one of at least PROSE_WORDS that ends as a sentence does
MOST_WORDS, PROSE_WORDS = 45, 20
MOST_TITLE_WORDS = 25
#: a title in sentence case is at most this long: above it is hard to tell from a standfirst
MOST_PLAIN_TITLE_WORDS = 16
LEAST_STANDFIRST_WORDS = 8
#: characters of the shortest line that can say "Posted 1 May 2024"
LEAST_LABELLED = 14

_BY = re.compile(
    r"(?i:^\W*(?:by|written by|reported by|authors?|report by)\s*:?\s+|^\W*(?:by|authors?)\s*:\s*)(?=[^\W\d_])"
)
_PART = r"(?:[A-Z][\w'’.-]*|al|ul|ur|el|bin|ibn|bint|de|da|van|von|der|e)"
_NAME = re.compile(rf"(?:(?:Dr|Prof|Mr|Ms|Mrs|Lt|Gen|Col|Brig|Maj|Amb|Sir)\.?\s)*([A-Z][\w'’.-]*(?:\s{_PART}){{1,5}})")
_BETWEEN = re.compile(r"\s*(?:,?\s+and\s+|\s*&\s*|\s*[,;]\s*)")
_DESK = re.compile(
    r"(?i)\b(?:desk|staff|correspondent|reporter|bureau|editor|team|agenc(?:y|ies)|news|admin|monitoring)\b"
)
_LABEL = re.compile(
    r"(?i)^\W*(?:(?P<published>published(?:\s+(?:on|at))?|posted(?:\s+on)?|date(?:\s+of\s+publication)?|"
    r"publication date|issued(?:\s+on)?|released?(?:\s+date|\s+on)?)"
    r"|(?P<other>(?:last\s+)?(?:updated|modified)(?:\s+(?:on|at))?))?\s*[:,-]?\s*"
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sat|sun)(?:day)?,?\s*)?$"
)
_AFTER_DATE = re.compile(
    r"(?i)^\s*(?:[,|–—-]\s*|at\s+)?(?P<time>\d{1,2}:\d\d(?:\s?[ap]\.?m\.?)?)?\s*(?:PK?T|PST|GMT|UTC|IST|EST|EDT|BST)?"
    r"\s*(?:[|(–—-]?\s*(?:last\s+)?(?:updated|modified).*)?$"
)
_INTRODUCTORY = re.compile(
    r"^(?:Despite|As|While|With|Amid|Amidst|After|Although|Though|Even|When|Where|Once|Since|Without|Whereas|Far|Unlike|"
    r"From|In|Given|Beyond|Following|Having)\b"
)
_MARK = re.compile(r"^(?:[-*•‣·▪●–]\s|\d{1,3}[.)]\s|>\s)")
_MARKDOWN_TITLE = re.compile(r"#{1,6}\s+")


@dataclass(slots=True)
class Front:
    """What was found above the body. used: numbers of the lines that are neither body nor, so far, a heading."""

    site: Span | None = None
    title: Span | None = None
    standfirst: Span | None = None
    kicker: Line | None = None
    bylines: list[Line] = field(default_factory=list)
    authors: list[Span] = field(default_factory=list)
    datelines: list[Line] = field(default_factory=list)
    published: tuple[str, Span] | None = None
    used: set[int] = field(default_factory=set)


def read_front(text: str, lines: Sequence[Line]) -> Front:
    """The front matter of an article whose lines (boilerplate left out) are ``lines``; empty where in doubt."""
    front = Front()
    lines = _take_keys(text, lines, front)
    plain = [line for line in _zone(text, lines) if not _takes_credit(text, line, front)]
    below = {line.number: nearest for line, nearest in pairwise(lines[: MOST_LINES + 2])}
    if plain and lines and plain[0] is lines[0]:
        plain = _take_top_line(text, plain, below, front)
    if front.title:
        return front
    if plain and _is_title(text, plain[0], below.get(plain[0].number), front):
        front.title = _title_span(text, plain[0])
        front.used.add(plain[0].number)
        plain = plain[1:]
        if plain and _is_subtitle(text, plain[0], below.get(plain[0].number), front):
            front.standfirst = Span(plain[0].start, plain[0].end)
    elif plain and plain[0] is lines[0] and _is_lone_standfirst(text, plain[0], below.get(plain[0].number)):
        front.standfirst = Span(plain[0].start, plain[0].end)
    return front


def _take_keys(text: str, lines: Sequence[Line], front: Front) -> Sequence[Line]:
    """Reads the block of keys that a markdown file may begin with; the lines below it come back."""
    size, keys = read_keys(text, lines)
    front.used.update(line.number for line in lines[:size])
    for key, line, value in keys:
        if key == "title":
            front.title = front.title or value
        elif key in ("author", "authors"):
            names = list(_NAME.finditer(text, value.start, value.end))
            front.authors.extend(Span(*name.span(1)) for name in names)
            front.bylines.append(line)
        elif key in ("date", "published"):
            front.published = front.published or _published(text, value.start, value.end)
            front.datelines.append(line)
        elif key in ("site", "publication"):
            front.site = front.site or value
    return lines[size:]


def _zone(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines above the body. A byline or dateline within the next two lines keeps a line of prose above it."""
    zone: list[Line] = []
    for at, line in enumerate(lines[:MOST_LINES]):
        if _is_prose(text, line) and not any(_takes_credit(text, other, Front()) for other in lines[at + 1 : at + 3]):
            break
        if _is_prose(text, line) and not zone:
            break
        zone.append(line)
    return zone


def _is_prose(text: str, line: Line) -> bool:
    if line.end - line.start > 600:
        return True
    words = line.of(text)
    count = len(words.split())
    return count > MOST_WORDS or (count >= PROSE_WORDS and ends_sentence(words)) or bool(_MARK.match(words))


def _takes_credit(text: str, line: Line, front: Front) -> bool:
    """Whether the line says who or when, and not what; if so, what it says is kept."""
    return _take_byline(text, line, front) or _take_dateline(text, line, front)


def _take_byline(text: str, line: Line, front: Front) -> bool:
    """Reads "By: NAME, NAME and NAME", a date after it or not; desks and agencies are no persons."""
    cue = _BY.match(line.of(text)) if line.end - line.start <= 200 else None
    if cue is None or (ends_sentence(line.of(text)) and len(line.of(text).split()) > 12):
        return False
    at = line.start + cue.end()
    names: list[Span] = []
    while (name := _NAME.match(text, at, line.end)) is not None:
        names.append(Span(name.start(1), name.end(1)))
        between = _BETWEEN.match(text, name.end(), line.end)
        if between is None:
            break
        at = between.end()
    rest = text[names[-1].end if names else at : line.end].strip(" \t\u00a0,|–—-()")
    if not names and not _DESK.search(rest) and not (rest.isupper() or len(rest.split()) == 1):
        return False
    front.authors.extend(name for name in names if not _DESK.search(name.of(text)))
    front.bylines.append(line)
    front.used.add(line.number)
    if names and front.published is None:
        front.published = _published(text, names[-1].end, line.end)
    return True


def _take_dateline(text: str, line: Line, front: Front) -> bool:
    if line.end - line.start > 120 or not any(c.isdigit() for c in line.of(text)):
        return False
    dates = list(printed_dates(text, line.start, line.end))
    label = _LABEL.match(text[line.start : dates[0].span.start]) if dates else None
    if label is None or not _AFTER_DATE.match(text[dates[0].span.end : line.end]):
        return False
    front.datelines.append(line)
    front.used.add(line.number)
    if front.published is None and label["other"] is None:
        front.published = _published(text, line.start, line.end)
    return True


def _published(text: str, start: int, end: int) -> tuple[str, Span] | None:
    """The first date between the offsets, with the time of day right after it, as EDTF and as printed."""
    first = next(printed_dates(text, start, end), None)
    if first is None:
        return None
    after = _AFTER_DATE.match(text[first.span.end : end])
    minute = clock(after["time"]) if after and after["time"] and first.exact and "T" not in first.value else None
    if after is None or minute is None:
        return first.value, first.span
    return f"{first.value}T{minute}", Span(first.span.start, first.span.end + after.end("time"))


def labelled_date(text: str, line: Line) -> tuple[str, Span] | None:
    """The date of a line that says outright that it is the date of publication, wherever it stands."""
    if not LEAST_LABELLED <= line.end - line.start <= 120:
        return None
    label = re.match(r"(?i)\W*(?:published|posted|date of publication|publication date)\b", line.of(text))
    probe = Front()
    return probe.published if label and _take_dateline(text, line, probe) else None


def _take_top_line(text: str, plain: list[Line], below: dict[int, Line], front: Front) -> list[Line]:
    """Sets the name of the site or the label of a section apart, where one stands above the title."""
    if len(plain) < 2 or not _is_title(text, plain[1], below.get(plain[1].number), front):
        return plain
    top = plain[0].of(text)
    if is_site_name(top):
        front.site = Span(plain[0].start, plain[0].end)
        front.used.add(plain[0].number)
        return plain[1:]
    if top.strip(":").lower() in KICKERS:
        front.kicker = plain[0]
        front.used.add(plain[0].number)
        return plain[1:]
    return plain


def is_site_name(name: str) -> bool:
    """Whether a short line reads as the name of a publication: a word of the trade, or words written together."""
    words = words_of(name)
    if not 1 <= len(words) <= 5 or len(name) > 50 or ends_sentence(name) or not title_cased(words):
        return False
    if name.lower() in KICKERS:
        return False
    return bool(MEDIA_WORDS.search(name)) or (len(words) == 1 and bool(re.fullmatch(r"(?:[A-Z][a-z]+){2,}", name)))


def _title_span(text: str, line: Line) -> Span:
    mark = _MARKDOWN_TITLE.match(line.of(text))
    start = line.start + (mark.end() if mark else 0)
    bare = text[start : line.end]
    inner = bare.strip("*_ ")
    left = start + bare.index(inner) if inner else start
    return Span(left, left + len(inner)) if inner else Span(start, line.end)


def _is_title(text: str, line: Line, below: Line | None, front: Front) -> bool:
    """Whether the line is a stated title: short, no sentence, cased as a title, with an article below.

    In sentence case a title and a standfirst look alike, so such a line needs a byline or dateline near it.
    """
    raw = line.of(text)
    if _MARKDOWN_TITLE.match(raw):
        return len(raw) > 3
    title = raw.strip("*_ ")
    words = words_of(title)
    if below is None or not 2 <= len(words) <= MOST_TITLE_WORDS or len(title) > 200:
        return False
    if title[-1] in ".…;,:" or title[0].islower() or _MARK.match(raw) or SALUTATION.match(title):
        return False
    if title.rstrip(":").lower() in GENERIC_HEADINGS or text[below.start].islower():
        return False
    if title_cased(words):
        return below.gap > 0 or below.number in front.used or len(words) >= 3
    credited = bool(front.bylines or front.datelines)
    return credited and len(words) <= MOST_PLAIN_TITLE_WORDS and title[-1] not in "!”" and not _is_clause(title)


def _is_clause(line: str) -> bool:
    """Whether the line opens with a clause or phrase set off by a comma, as standfirsts do and titles seldom."""
    return bool(_INTRODUCTORY.match(line)) and "," in line


def _is_subtitle(text: str, line: Line, below: Line | None, front: Front) -> bool:
    """Whether the line below the title sums the article up: it stands above the byline, or apart and without a stop."""
    words = line.of(text)
    if below is None or not 6 <= len(words.split()) <= MOST_WORDS or words.lower() in GENERIC_HEADINGS:
        return False
    if below.number in front.used:
        return True
    return not ends_sentence(words) and words[-1] not in ":,;" and below.gap > 0 and not title_cased(words_of(words))


def _is_lone_standfirst(text: str, line: Line, below: Line | None) -> bool:
    """Whether the first line of an article without a title is its standfirst and no title: a clause set apart."""
    words = line.of(text)
    if below is None or below.gap == 0 or text[below.start].islower() or words[-1] in STANDFIRST_ENDS:
        return False
    return _is_clause(words) and LEAST_STANDFIRST_WORDS <= len(words.split()) <= MOST_WORDS


STANDFIRST_ENDS = ".…;,:!?"
