"""Quotation marks and what stands between them: which mark opens, which closes, and which is an apostrophe.

A pair lies in one paragraph, or runs over several of which each opens with a mark and only the last closes. A mark
that has no partner makes no pair. One pass over the marks, so time is linear however many there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ctcorpus.model.document import Document
from ctcorpus.model.span import Span

_MARK = re.compile("[\"“”„‟«»‘’']")
_SINGLE = "‘’'"
_ELISIONS = re.compile(r"['’](?:\d0s|tis|twas|em|til|cause|n)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch between quotation marks. ``start``-``end`` includes them; outer: the pair it stands inside, or None."""

    start: int
    end: int
    outer: Quoted | None = None

    @property
    def inner(self) -> Span:
        """What stands between the marks."""
        return Span(self.start + 1, self.end - 1)


def find_quoted(document: Document) -> tuple[Quoted, ...]:
    """Every pair of quotation marks in the document's paragraphs and headings' text, in order of start.

    Single marks count inside double ones and where both ends are clear; apostrophes and plural possessives do not.
    """
    text = document.text
    regions = [Span(p.start, p.end) for p in document.paragraphs] or list(document.sentences)
    doubles: list[Quoted] = []
    singles: list[tuple[int, int]] = []
    opened: int | None = None
    for region in regions:
        found = (match.start() for match in _MARK.finditer(text, region.start, region.end))
        marks = [at for at in found if text[at] not in _SINGLE or not _is_apostrophe(text, at)]
        opened = _pair_doubles(text, region, (m for m in marks if text[m] not in _SINGLE), opened, doubles)
        singles += _pair_singles(text, [m for m in marks if text[m] in _SINGLE])
    return tuple(sorted(_nested(doubles, singles), key=lambda pair: (pair.start, -pair.end)))


def _is_apostrophe(text: str, mark: int) -> bool:
    """Whether a single mark stands inside a word ("Pakistan’s") or between blanks."""
    before, after = text[mark - 1 : mark], text[mark + 1 : mark + 2]
    return (before.isalnum() and after.isalnum()) or not (before.strip() or after.strip())


def _pair_doubles(text: str, region: Span, marks: Iterable[int], opened: int | None, pairs: list[Quoted]) -> int | None:
    """Adds the pairs of one paragraph to ``pairs``; the place of a mark that is still open at its end.

    opened: a mark that the paragraph before left open; it lives on only where this paragraph opens with a mark.
    """
    first = True
    for mark in marks:
        if first:
            first = False
            if opened is not None and not text[max(region.start, mark - 9) : mark].strip(" \t>*_-"):
                if _opens(text, mark, region, opened=""):
                    continue
            else:
                opened = None
        if _opens(text, mark, region, opened="" if opened is None else text[opened]):
            opened = mark
        elif opened is not None:
            if any(char.isalnum() for char in text[opened + 1 : min(mark, opened + 40)]):
                pairs.append(Quoted(opened, mark + 1))
            opened = None
    return None if first else opened


def _opens(text: str, mark: int, region: Span, *, opened: str) -> bool:
    """Whether a double mark opens: by its shape, and for a straight one by the blanks around it.

    opened: the mark that is open, or "".
    """
    char = text[mark]
    if char in "„«‟":
        return True
    if char in "”»":
        return False
    before = text[mark - 1] if mark > region.start else " "
    after = text[mark + 1] if mark + 1 < region.end else " "
    if char == "“":
        return opened != "„"
    if before.isspace() or before in "([—–-‘'*_>":
        return not opened or not (after.isspace() or after in ".,;:!?)")
    if after.isspace() or after in ".,;:!?)]’'—–":
        return False
    return not opened and not before.isalnum()


def _pair_singles(text: str, marks: list[int]) -> Iterator[tuple[int, int]]:
    """Pairs of single marks in one paragraph: an opener and the best closer before the next opener."""
    opener: int | None = None
    closers: list[int] = []
    for mark in marks:
        if _opens_single(text, mark):
            if opener is not None and closers:
                yield opener, _closer(text, closers) + 1
            opener, closers = mark, []
        elif opener is not None:
            closers.append(mark)
    if opener is not None and closers:
        yield opener, _closer(text, closers) + 1


def _opens_single(text: str, mark: int) -> bool:
    before = text[mark - 1] if mark else " "
    if not (before.isspace() or before in '(“"[—–«'):
        return False
    if text[mark] == "‘":
        return True
    return text[mark + 1 : mark + 2].isalpha() and not _ELISIONS.match(text, mark)


def _closer(text: str, closers: list[int]) -> int:
    """The closing mark among candidates: the first that a stop goes before or follows, else the first that is no
    plural possessive ("the scholars’ boards"), else the last."""
    for mark in closers:
        if text[mark - 1] in ".,?!" or text[mark + 1 : mark + 2] in {".", ",", ";", ":", "?", "!", "”", '"', ")", ""}:
            return mark
    return next((mark for mark in closers if text[mark - 1] != "s"), closers[-1])


def _nested(doubles: list[Quoted], singles: list[tuple[int, int]]) -> Iterator[Quoted]:
    """All pairs, each single one with the double one that holds it; those that cross another are left out."""
    yield from doubles
    at = 0
    for start, end in singles:
        while at < len(doubles) and doubles[at].end <= start:
            at += 1
        outer = doubles[at] if at < len(doubles) and doubles[at].start < start else None
        if outer is not None:
            if end <= outer.end:
                yield Quoted(start, end, outer)
        elif at == len(doubles) or doubles[at].start >= end or doubles[at].end <= end:
            yield Quoted(start, end)


def masked(text: str, pairs: Iterable[Quoted], names: Iterable[Quoted] = ()) -> str:
    """The text with what outer pairs hold blanked out, as long as the text itself; marks stay.

    names: pairs whose words are kept and whose marks are blanked: quoted names and terms are part of their sentence.
    """
    pieces: list[str] = []
    at = 0
    kept = {pair.start for pair in names}
    for pair in pairs:
        if pair.outer is not None or pair.start < at:
            continue
        pieces.append(text[at : pair.start])
        if pair.start in kept:
            pieces.append(f" {text[pair.start + 1 : pair.end - 1]} ")
        else:
            pieces.append("“" + " " * (pair.end - pair.start - 2) + "”")
        at = pair.end
    pieces.append(text[at:])
    return "".join(pieces)
