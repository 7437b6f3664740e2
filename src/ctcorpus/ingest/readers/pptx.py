"""PPTX: the text of the slides, a page each, with their charts, notes and comments; tables row by row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from lxml import etree

from ctcorpus.ingest.readers.docx import stated_of
from ctcorpus.ingest.readers.drawing import drawn
from ctcorpus.ingest.readers.package import Package, dublin_core, local, walk
from ctcorpus.ingest.readers.reading import Reading, UnreadableError
from ctcorpus.ingest.readers.sheet import Sheet, one_line

READER = f"pptx/2 lxml/{etree.__version__}"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
#: placeholders that say the same on every slide; of a master or layout these are shown, the others only prompt
_RUNNING = frozenset(("hdr", "ftr", "dt", "sldNum"))


def read(data: bytes) -> Iterable[Reading]:
    """The slides in the order of the presentation, each with its charts, notes and comments; then what masters show.

    Raises UnreadableError where it is no presentation or holds no text.
    """
    package = Package(data)
    slides = _slides(package)
    if not slides:
        raise UnreadableError("it is no presentation: it has no slides")
    sheet, notes = Sheet(), Counter[str]()
    for name in slides:
        sheet.page()
        _write_slide(sheet, package, name, notes)
    shown: set[str] = set()
    for name in sorted(
        x for x in package.names if re.match(r"ppt/(?:handout|slide|notes)(?:Master|Layout)s/\w+\.xml$", x)
    ):
        root = package.xml(name)
        if root is not None:
            _write(sheet, root, "running_head", shown=shown)
    text = sheet.text()
    if not text:
        raise UnreadableError("it is a presentation without text")
    notes["pictures, not read"] += sum(name.startswith("ppt/media/") for name in package.names)
    notes["embedded files, not read"] += sum(name.startswith("ppt/embeddings/") for name in package.names)
    yield Reading(
        text=text,
        media_type=MEDIA_TYPE,
        reader=READER,
        encoding="utf-8",
        encoding_basis="format",
        warnings=tuple(f"{what}: {count}" for what, count in notes.items() if count),
        stated=stated_of(dublin_core(package.xml("docProps/core.xml")), text, "pptx properties"),
        marks=tuple(sheet.marks),
        layout="marks",
        pages=tuple(sheet.pages),
        completeness="full",
    )


def _slides(package: Package) -> list[str]:
    """The parts of the slides in the order of the presentation; by their number where it says none."""
    main = package.main("ppt/presentation.xml")
    root = package.xml(main)
    parts = {x.id: x.part for x in package.related(main)}
    listed = list(root.iter("{*}sldId")) if root is not None else []
    named = [parts.get(value, "") for x in listed for key, value in x.attrib.items() if str(key).endswith("}id")]
    known = set(package.names)
    if named := [x for x in named if x in known]:
        return named
    numbers = sorted(int(x[1]) for name in package.names if (x := re.fullmatch(r"ppt/slides/slide(\d+)\.xml", name)))
    return [f"ppt/slides/slide{number}.xml" for number in numbers]


def _write_slide(sheet: Sheet, package: Package, name: str, notes: Counter[str]) -> None:
    """Writes a slide, its charts and diagrams, its speaker's notes and its comments."""
    root = package.xml(name)
    if root is None:
        return
    hidden = "hidden" if root.get("show") in ("0", "false") else ""
    notes["hidden slides, marked as such"] += bool(hidden)
    _write(sheet, root, hidden)
    related = package.related(name)
    for line in drawn(package, [x.part for x in related if x.kind in ("chart", "chartEx", "diagramData")]):
        sheet.add(line, "boilerplate" if hidden else "item", note=hidden)
    number = re.sub(r"\D", "", name.rpartition("/")[2])
    usual = [f"ppt/notesSlides/notesSlide{number}.xml", f"ppt/comments/comment{number}.xml"]
    for part in [x.part for x in related if x.kind in ("notesSlide", "comments")] if related else usual:
        other = package.xml(part)
        if other is not None:
            _write(sheet, other, "comment" if "/comments/" in part else hidden)


def _write(sheet: Sheet, root: etree._Element, note: str, *, shown: set[str] | None = None) -> None:
    """Writes every paragraph of a part; the title of a slide as a heading.

    note: they are boilerplate of this kind. shown: of a master or layout, the lines that were written already.
    """
    words: list[str] = []
    alternatives: list[str] = []
    row: list[str] | None = None
    holder: str | None = None
    skipped = 0
    for event, element in walk(root):
        name = local(element)
        if name == "Fallback":
            skipped += 1 if event == "start" else -1
        if skipped:
            continue
        if name == "tr":
            if event == "end" and row is not None:
                sheet.add("\t".join(row), "boilerplate" if note else "item", note=note)
            row = [] if event == "start" else None
        elif event == "start" and name in ("sp", "graphicFrame", "pic", "cxnSp"):
            holder = None
        elif event == "start" and name == "ph":
            holder = element.get("type") or "obj"
        elif event == "start" and name == "cNvPr" and element.get("descr") and shown is None:
            alternatives.append(one_line(element.get("descr") or ""))
        elif event == "start" and name in ("br", "t", "text"):
            words.append("\n" if name == "br" else element.text or "")
        if event == "end" and (name in ("p", "cm") or element is root):
            line = "".join(words)
            words.clear()
            if row is not None:
                row.append(line.strip())
            elif shown is None:
                _add(sheet, line, note, holder)
            elif holder in (None, "hdr", "ftr", "dt") and line not in shown:
                shown.add(line)
                sheet.add(line, "boilerplate", note=note)
    for line in dict.fromkeys(alternatives):
        sheet.add(line, "boilerplate", note="alternative")


def _add(sheet: Sheet, line: str, note: str, holder: str | None) -> None:
    if note or holder in _RUNNING:
        sheet.add(line, "boilerplate", note=note or "running_head")
    elif holder in ("title", "ctrTitle"):
        sheet.add(line, "heading", level=2)
    else:
        sheet.add(line, "item")
