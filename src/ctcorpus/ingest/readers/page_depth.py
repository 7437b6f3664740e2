"""How deep the elements of a page are nested, told before a parser sees them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ctcorpus.ingest.lexicon import word_set

_TAG = re.compile(r"(?i)<(?:!--|(/?)([a-z][a-z0-9:-]{0,40}))")
#: what makes no level, since it ends by itself: empty elements, and those that the next of their kind ends
_FLAT = word_set(
    "area base br col embed hr img input link meta param source track wbr"
    " p li dt dd tr td th thead tbody tfoot option optgroup colgroup rp rt"
)
#: what holds words and no tags, whatever stands in it
_RAW = word_set("script style textarea title xmp iframe noembed noframes")


def is_deeper(text: str, levels: int) -> bool:
    """Whether the elements of a page are nested deeper than so many levels; linear in its length.

    An end tag ends all that is open within its element; one of an element that is not open counts for nothing.
    """
    opened: list[str] = []
    count: Counter[str] = Counter()
    for name, ends in _tags(text):
        if not ends:
            opened.append(name)
            count[name] += 1
            if len(opened) > levels:
                return True
        elif count[name]:
            last = ""
            while last != name:
                last = opened.pop()
                count[last] -= 1
    return False


def _tags(text: str) -> Iterator[tuple[str, bool]]:
    """The names of the tags that make and end levels, and whether they end one."""
    position = 0
    absent: set[str] = set()  # what was looked for and does not come any more: it is looked for once

    def after(wanted: str, start: int) -> int:
        end = text.find(wanted, start) if wanted not in absent else -1
        if end < 0:
            absent.add(wanted)
        return max(end + len(wanted), start)

    while tag := _TAG.search(text, position):
        name = (tag[2] or "").lower()
        position = after(">" if name else "-->", tag.end())
        if not name or name in _FLAT or text[position - 2 : position] == "/>":
            continue
        if name not in _RAW:
            yield name, bool(tag[1])
        elif not tag[1]:
            position = after(f"</{tag[2]}", position)
