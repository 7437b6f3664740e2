"""What a page of a PDF holds besides its running text: comments, filled fields, alternative texts, invisible words."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdfium2 import raw

#: of one page: annotations, objects and elements of its structure that are looked at; bytes of one text
MOST_ANNOTATIONS, MOST_OBJECTS, MOST_ELEMENTS, MOST_BYTES = 10_000, 20_000, 20_000, 200_000
#: annotations whose words stand on the page itself
_SHOWN = (raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_WIDGET)
_NO_WORDS = (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP)
_TEXT, _IMAGE = 1, 3


@dataclass(slots=True)
class Besides:
    """What stands on a page. shown: words in fields and boxes; alternatives: what pictures are said to show.

    invisible, pictures: how many pieces of text that nobody sees, and how many pictures, it has.
    """

    shown: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    invisible: int = 0
    pictures: int = 0


def besides(page: Any, notes: Counter[str]) -> Besides:
    """What stands on an open page of pypdfium2; what is too much to look at is counted in ``notes``."""
    found = Besides()
    count = raw.FPDFPage_GetAnnotCount(page)
    for at in range(min(count, MOST_ANNOTATIONS)):
        _look_at(raw.FPDFPage_GetAnnot(page, at), found)
    objects = raw.FPDFPage_CountObjects(page)
    for at in range(min(objects, MOST_OBJECTS)):
        one = raw.FPDFPage_GetObject(page, at)
        kind = raw.FPDFPageObj_GetType(one)
        found.pictures += kind == _IMAGE
        found.invisible += kind == _TEXT and raw.FPDFTextObj_GetTextRenderMode(one) == raw.FPDF_TEXTRENDERMODE_INVISIBLE
    notes["pages with more parts than are looked at for hidden words"] += objects > MOST_OBJECTS
    found.alternatives.extend(dict.fromkeys(_alternatives(page)))
    return found


def _look_at(annotation: Any, found: Besides) -> None:
    if not annotation:
        return
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    if kind not in _NO_WORDS:
        name = b"V" if kind == raw.FPDF_ANNOT_WIDGET else b"Contents"
        is_button = kind == raw.FPDF_ANNOT_WIDGET and _value(annotation, b"FT") == "Btn"
        words = "" if is_button else _value(annotation, name)
        if words.strip():
            (found.shown if kind in _SHOWN else found.comments).append(words)
    raw.FPDFPage_CloseAnnot(annotation)


def _value(annotation: Any, name: bytes) -> str:
    def get(buffer: Any, size: int) -> int:
        return int(raw.FPDFAnnot_GetStringValue(annotation, name, buffer, size))

    return _string(get, ctypes.POINTER(raw.FPDF_WCHAR))


def _alternatives(page: Any) -> Iterator[str]:
    """The alternative texts in the structure of a page; not recursive."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return
    top = [raw.FPDF_StructTree_GetChildAtIndex(tree, at) for at in range(raw.FPDF_StructTree_CountChildren(tree))]
    waiting = top[::-1]
    for _ in range(MOST_ELEMENTS):
        if not waiting:
            break
        element = waiting.pop()
        if not element:
            continue

        def get(buffer: Any, size: int, element: Any = element) -> int:
            return int(raw.FPDF_StructElement_GetAltText(element, buffer, size))

        if words := _string(get, ctypes.c_void_p):
            yield words
        children = min(raw.FPDF_StructElement_CountChildren(element), MOST_ELEMENTS)
        waiting.extend(raw.FPDF_StructElement_GetChildAtIndex(element, at) for at in range(children - 1, -1, -1))
    raw.FPDF_StructTree_Close(tree)


def _string(get: Callable[[Any, int], int], kind: Any) -> str:
    """A text that pdfium writes as UTF-16 into a buffer, after it was asked how long it is."""
    size = get(None, 0)
    if not 2 < size <= MOST_BYTES:
        return ""
    buffer = ctypes.create_string_buffer(size)
    get(ctypes.cast(buffer, kind), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")
