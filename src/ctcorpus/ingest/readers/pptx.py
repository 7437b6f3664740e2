"""PPTX: the text of the slides, a page each, with their notes; tables row by row."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from ctcorpus.ingest.readers.docx import stated_of
from ctcorpus.ingest.readers.package import Package, dublin_core, local, walk
from ctcorpus.ingest.readers.reading import Reading, UnreadableError
from ctcorpus.ingest.readers.sheet import Sheet

READER = f"pptx/1 lxml/{etree.__version__}"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def read(data: bytes) -> Iterable[Reading]:
    """The slides in order of number, each with its notes and comments below it; charts and diagrams after them.

    Raises UnreadableError where it is no presentation or holds no text.
    """
    package = Package(data)
    slides = sorted(_numbers(package.names, r"ppt/slides/slide(\d+)\.xml"))
    if not slides:
        raise UnreadableError("it is no presentation: it has no slides")
    sheet = Sheet()
    for number in slides:
        sheet.page()
        for part in (f"slides/slide{number}", f"notesSlides/notesSlide{number}", f"comments/comment{number}"):
            root = package.xml(f"ppt/{part}.xml")
            if root is not None:
                _write(sheet, root, "comment" if part.startswith("comments") else "")
    for name in sorted(x for x in package.names if re.match(r"ppt/(?:diagrams/data|charts/chart)\d+\.xml", x)):
        root = package.xml(name)
        if root is not None:
            _write(sheet, root, "")
    for name in sorted(
        x for x in package.names if re.match(r"ppt/(?:handout|slide|notes)(?:Master|Layout)s/\w+\.xml$", x)
    ):
        root = package.xml(name)
        if root is not None:
            _write(sheet, root, "running_head")
    text = sheet.text()
    if not text:
        raise UnreadableError("it is a presentation without text")
    pictures = sum(name.startswith("ppt/media/") for name in package.names)
    yield Reading(
        text=text,
        media_type=MEDIA_TYPE,
        reader=READER,
        encoding="utf-8",
        encoding_basis="format",
        warnings=(f"pictures, not read: {pictures}",) if pictures else (),
        stated=stated_of(dublin_core(package.xml("docProps/core.xml")), text, "pptx properties"),
        marks=tuple(sheet.marks),
        layout="marks",
        pages=tuple(sheet.pages),
        completeness="full",
    )


def _numbers(names: Iterable[str], pattern: str) -> list[int]:
    return [int(found[1]) for name in names if (found := re.fullmatch(pattern, name))]


def _write(sheet: Sheet, root: etree._Element, note: str) -> None:
    """Writes every paragraph of a part; the title of a slide as a heading."""
    words: list[str] = []
    row: list[str] | None = None
    title = False
    for event, element in walk(root):
        name = local(element)
        if name == "tr":
            if event == "end" and row is not None:
                sheet.add("\t".join(row), "item")
            row = [] if event == "start" else None
        elif event == "start" and name == "sp":
            title = False
        elif event == "start" and name == "ph":
            title = element.get("type") in ("title", "ctrTitle")
        elif event == "start" and name in ("br", "tab"):
            words.append("\n" if name == "br" else "\t")
        elif event == "start" and name in ("t", "text", "v"):
            words.append(element.text or "")
        if event == "end" and (name in ("p", "cm", "pt") or element is root):
            line = "".join(words)
            words.clear()
            if row is not None:
                row.append(line.strip())
            elif note:
                sheet.add(line, "boilerplate", note=note)
            else:
                sheet.add(line, "heading" if title else "item", level=2 if title else 0)
