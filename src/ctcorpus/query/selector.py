"""Where a quotation stands, so that a stranger finds it: by position, and by the words around it.

Source: W3C Web Annotation Data Model, TextQuoteSelector and TextPositionSelector.
"""

from __future__ import annotations

from collections.abc import Iterator

from ctcorpus.model.citation import Selector
from ctcorpus.model.span import Span

#: characters of prefix and suffix, at least, where the document has them
CONTEXT = 32


def select(text: str, span: Span) -> Selector:
    """The selector of a span; prefix and suffix are lengthened until the three together occur once in the text."""
    exact = span.of(text)
    length = CONTEXT
    while True:
        prefix = text[max(0, span.start - length) : span.start]
        suffix = text[span.end : span.end + length]
        at_both_ends = length >= span.start and span.end + length >= len(text)
        if at_both_ends or _occurs_once(text, prefix + exact + suffix):
            return Selector(span.start, span.end, exact, prefix, suffix)
        length *= 2


def resolve(text: str, selector: Selector) -> Span | None:
    """Where the quotation stands in this text, by its words alone; None where it is gone or stands more than once.

    The position is a hint for nothing: a text that has changed is searched, never trusted.
    """
    whole = selector.prefix + selector.exact + selector.suffix
    places = list(_places(text, whole, limit=2))
    if len(places) != 1:
        return None
    start = places[0] + len(selector.prefix)
    return Span(start, start + len(selector.exact))


def _occurs_once(text: str, words: str) -> bool:
    return len(list(_places(text, words, limit=2))) == 1


def _places(text: str, words: str, *, limit: int) -> Iterator[int]:
    """Offsets at which the words stand, overlapping ones too, at most ``limit``."""
    at = text.find(words)
    while at >= 0 and limit > 0:
        yield at
        limit -= 1
        at = text.find(words, at + 1)
