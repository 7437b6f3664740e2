"""The block of "key: value" lines, fenced by ``---``, that markdown files may begin with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ctcorpus.ingest.lines import Line
from ctcorpus.model.span import Span

FENCE = "---"
#: lines within which the block must end
MOST_LINES = 60
_KEY = re.compile(r"(?P<key>[A-Za-z][\w -]{0,30}?)[ \t]*:[ \t]*(?P<value>.*)")
_ITEM = re.compile(r"-[ \t]+(?P<value>.+)")


def read_keys(text: str, lines: Sequence[Line]) -> tuple[int, list[tuple[str, Line, Span]]]:
    """How many lines the block takes (0: there is none), and each key in lower case, its line and its value.

    Values stand without the quotation marks around them; an item of a list ("- Ana Lopez") has the key above it.
    """
    if not lines or lines[0].of(text) != FENCE:
        return 0, []
    found: list[tuple[str, Line, Span]] = []
    key = ""
    for at, line in enumerate(lines[1:MOST_LINES], start=1):
        words = line.of(text)
        if words in (FENCE, "..."):
            return at + 1, found
        match = _ITEM.match(words) or _KEY.match(words)
        if match is None:
            return 0, []
        key = match.groupdict().get("key") or key
        value = _bare(text, line.start + match.start("value"), line.end)
        if len(value):
            found.append((key.lower(), line, value))
    return 0, []


def _bare(text: str, start: int, end: int) -> Span:
    quoted = end - start >= 2 and text[start] in "\"'" and text[end - 1] == text[start]
    return Span(start + 1, end - 1) if quoted else Span(start, end)
