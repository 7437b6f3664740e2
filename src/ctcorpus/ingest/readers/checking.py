"""Whether a reading is what it must be: it comes from a process that a hostile file may have taken over."""

from __future__ import annotations

from typing import Any, get_args

from ctcorpus.ingest.readers.reading import Layout, Mark, MarkKind, Reading, Stated
from ctcorpus.model.document import Completeness

_SURROGATES = range(0xD800, 0xE000)


def sound(reading: Reading) -> bool:
    """Whether every field has its type, every mark lies in the text, in order, and no text holds lone surrogates."""
    stated: Any = reading.stated
    texts = [reading.text, reading.media_type, reading.reader, reading.encoding, reading.encoding_basis, reading.part]
    if not isinstance(stated, Stated):
        return False
    if not all(isinstance(x, kind) for x, kind in ((stated.authors, tuple), (stated.origin, dict))):
        return False
    optional = [
        reading.url,
        reading.retrieved,
        stated.title,
        stated.site,
        stated.publisher,
        stated.published,
        stated.language,
    ]
    lists = [*reading.warnings, *stated.authors, *stated.origin, *stated.origin.values()]
    if not all(isinstance(x, str) for x in (*texts, *lists)) or not all(
        x is None or isinstance(x, str) for x in optional
    ):
        return False
    if reading.layout not in get_args(Layout) or reading.completeness not in get_args(Completeness):
        return False
    if not all(_is_encodable(x) for x in (*texts, *lists, *(x for x in optional if x))):
        return False
    return _in_order(reading)


def _in_order(reading: Reading) -> bool:
    at = 0
    marks: tuple[Any, ...] = reading.marks
    for mark in marks:
        if not isinstance(mark, Mark) or mark.kind not in get_args(MarkKind) or not isinstance(mark.note, str):
            return False
        if not all(type(x) is int for x in (mark.start, mark.end, mark.level)) or not 0 <= mark.level <= 9:
            return False
        if not at <= mark.start < mark.end <= len(reading.text):
            return False
        at = mark.end
    pages = [0, *reading.pages]
    return all(type(x) is int for x in pages) and pages == sorted(pages) and pages[-1] <= len(reading.text) + 2


def _is_encodable(text: str) -> bool:
    return not any(ord(character) in _SURROGATES for character in text) if not text.isascii() else True
