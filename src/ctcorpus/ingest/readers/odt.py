"""ODT: paragraphs, headings, lists, tables, notes, text boxes; headers and footers from the styles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from lxml import etree

from ctcorpus.ingest.readers.docx import quoted, stated_of
from ctcorpus.ingest.readers.odt_story import Item, Story, hiding_styles
from ctcorpus.ingest.readers.package import Package, dublin_core, local, walk
from ctcorpus.ingest.readers.reading import MarkKind, Reading, UnreadableError
from ctcorpus.ingest.readers.sheet import Sheet

READER = f"odt/2 lxml/{etree.__version__}"
MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_LEFT_OUT = frozenset(("binary-data", "event-listeners", "sequence-decls", "forms", "script", "deletion"))


def read(data: bytes) -> Iterable[Reading]:
    """The text as one document, then its charts; comments, alternative texts, heads and feet as boilerplate.

    Raises UnreadableError where it is no OpenDocument text or holds no text.
    """
    package = Package(data)
    body = package.xml("content.xml")
    if body is None:
        raise UnreadableError("it is no OpenDocument file: it has no part 'content.xml'")
    sheet, notes = Sheet(), Counter[str]()
    styles = package.xml("styles.xml")
    hidden = hiding_styles(body) | (hiding_styles(styles) if styles is not None else set())
    deleted: list[str] = []
    _write(sheet, body, notes, "", hidden, deleted)
    for name in sorted(x for x in package.names if re.fullmatch(r"(?:\./)?Object [^/]+/content\.xml", x)):
        if (chart := package.xml(name)) is not None:
            _write(sheet, chart, notes, "", set(), deleted)
    for element in styles.iter() if styles is not None else ():
        if local(element).startswith(("header", "footer")) and not local(element).endswith(("style", "properties")):
            _write(sheet, element, notes, "running_head", set(), deleted)
    text = sheet.text()
    if not text:
        raise UnreadableError("it is a document without text")
    notes["pictures, not read"] += sum(name.startswith("Pictures/") for name in package.names)
    notes["embedded files, not read"] += sum(bool(re.fullmatch(r"Object [^/]+", name)) for name in package.names)
    notes["parts with macros, not read"] += any(re.match(r"(?:Basic|Scripts)/.+\w$", name) for name in package.names)
    yield Reading(
        text=text,
        media_type=MEDIA_TYPE,
        reader=READER,
        encoding="utf-8",
        encoding_basis="format",
        warnings=(*(f"{name}: {count}" for name, count in notes.items() if count), *quoted(deleted)),
        stated=stated_of(dublin_core(package.xml("meta.xml")), text, "odt properties"),
        marks=tuple(sheet.marks),
        layout="marks" if any(mark.kind == "heading" for mark in sheet.marks) else "lines",
        completeness="full",
    )


def _write(
    sheet: Sheet, root: etree._Element, notes: Counter[str], note: str, hidden: set[str], deleted: list[str]
) -> None:
    """Writes every paragraph below ``root``; a note or a text box inside one comes after it, a comment at the end."""
    story = Story(hidden)
    apart: list[Item] = []
    skipped = 0
    for event, element in walk(root):
        name = local(element)
        if name in _LEFT_OUT:
            skipped += 1 if event == "start" else -1
            if event == "start" and name == "deletion":
                deleted.append(" ".join("".join(element.itertext("{*}p", "{*}h", "{*}span", "{*}a")).split()))
        elif skipped:
            continue
        elif event == "start":
            story.begin(name, element)
        else:
            story.end(name, element)
        for item in story.taken():
            if item.note == "hidden":
                notes["hidden paragraphs, marked as such"] += 1
            if item.note in ("comment", "alternative"):
                apart.append(item)
                continue
            kind: MarkKind = "boilerplate" if note or item.note else item.kind
            sheet.add(item.words, kind, level=0 if kind == "boilerplate" else item.level, note=note or item.note)
    for item in apart:
        sheet.add(item.words, "boilerplate", note=item.note)
