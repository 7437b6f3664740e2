"""XLSX: the cells of every sheet, a line a row, under the sheet's name; charts, text boxes, headers and comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from lxml import etree

from ctcorpus.ingest.readers.cells import Cells, cells_of, elements, words
from ctcorpus.ingest.readers.docx import stated_of
from ctcorpus.ingest.readers.drawing import drawn
from ctcorpus.ingest.readers.package import Package, Relation, attribute, dublin_core, local
from ctcorpus.ingest.readers.reading import Reading, UnreadableError
from ctcorpus.ingest.readers.sheet import Sheet, one_line

READER = f"xlsx/2 lxml/{etree.__version__}"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: codes of a header: "&L" left, "&P" the page number, '&"Arial"' a font, "&12" a size
_CODES = re.compile(r'&(?:"[^"]*"|\d+|[A-Za-z&])')
_EDGES = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_ON = ("1", "true")


def read(data: bytes) -> Iterable[Reading]:
    """The sheets in the order of the workbook. Dates stand as year-month-day, other numbers as stored: it is said.

    Raises UnreadableError where it is no workbook or holds no text.
    """
    package = Package(data)
    main = package.main("xl/workbook.xml")
    book = package.xml(main)
    if book is None:
        raise UnreadableError("it is no workbook: it has no part 'xl/workbook.xml'")
    cells = cells_of(package.xml("xl/sharedStrings.xml"), package.xml("xl/styles.xml"), book)
    sheet, notes = Sheet(), Counter[str]()
    for name, part, hidden in _sheets(package, main, book):
        root = package.xml(part)
        if root is not None:
            sheet.page()
            notes["hidden sheets, marked as such"] += bool(hidden)
            sheet.add(name, "boilerplate" if hidden else "heading", level=0 if hidden else 2, note=hidden)
            _write_rows(sheet, root, cells, hidden, notes)
            _write_others(sheet, package, package.related(part), hidden)
    text = sheet.text()
    if not text:
        raise UnreadableError("it is a workbook without text")
    notes["pictures, not read"] += sum(name.startswith("xl/media/") for name in package.names)
    notes["embedded files, not read"] += sum(name.startswith("xl/embeddings/") for name in package.names)
    told = (f"{what}: {count}" for what, count in notes.items() if count)
    yield Reading(
        text=text,
        media_type=MEDIA_TYPE,
        reader=READER,
        encoding="utf-8",
        encoding_basis="format",
        warnings=("numbers stand as stored, dates as year-month-day, not as the workbook shows them", *told),
        stated=stated_of(dublin_core(package.xml("docProps/core.xml")), text, "xlsx properties"),
        marks=tuple(sheet.marks),
        layout="marks",
        pages=tuple(sheet.pages),
        completeness="full",
    )


def _sheets(package: Package, main: str, book: etree._Element) -> list[tuple[str, str, str]]:
    """Name, part and "hidden" or nothing of every sheet, in the order of the workbook."""
    parts = {x.id: x.part for x in package.related(main)}
    numbered = sorted(
        (x for x in package.names if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", x)),
        key=lambda x: int("".join(filter(str.isdigit, x))),
    )
    found = []
    for at, listed in enumerate(elements(book, "sheet")):
        usual = numbered[at] if at < len(numbered) else ""
        hidden = "hidden" if (listed.get("state") or "visible") != "visible" else ""
        name = listed.get("name") or ""
        identity = next((str(value) for key, value in listed.attrib.items() if str(key).endswith("}id")), "")
        found.append((name, parts.get(identity, usual), hidden))
    return found


def _write_rows(sheet: Sheet, root: etree._Element, cells: Cells, hidden: str, notes: Counter[str]) -> None:
    """Writes the rows and, as running heads, what is printed above and below every page."""
    for column in elements(root, "col"):
        notes["hidden columns, read as the others"] += column.get("hidden") in _ON
    for row in elements(root, "row"):
        values = []
        for cell in elements(row, "c"):
            values.append(cells.value(cell))
            empty = not values[-1] and any(local(x) == "f" for x in cell)
            notes["formulas without a value (the workbook was never computed)"] += empty
        unseen = hidden or ("hidden" if row.get("hidden") in _ON else "")
        notes["hidden rows, marked as such"] += bool(unseen and not hidden)
        sheet.add("\t".join(filter(None, values)), "boilerplate" if unseen else "item", note=unseen)
    for edge in elements(root, *_EDGES):
        sheet.add(one_line(_CODES.sub(" ", edge.text or "")), "boilerplate", note="running_head")


def _write_others(sheet: Sheet, package: Package, related: Sequence[Relation], hidden: str) -> None:
    """Writes the text boxes and charts of a sheet, then its comments and alternative texts."""
    for part in (x.part for x in related if x.kind == "drawing"):
        root = package.xml(part)
        for paragraph in elements(root, "p"):
            sheet.add(words(paragraph), "boilerplate" if hidden else "item", note=hidden)
        charts = [x.part for x in package.related(part) if x.kind in ("chart", "chartEx", "diagramData")]
        for line in drawn(package, charts):
            sheet.add(line, "boilerplate" if hidden else "item", note=hidden)
        for named in elements(root, "cNvPr"):
            sheet.add(one_line(attribute(named, "descr")), "boilerplate", note="alternative")
    for part in (x.part for x in related if x.kind in ("comments", "threadedComment")):
        for comment in elements(package.xml(part), "comment", "threadedComment"):
            said = words(comment) or "".join(x.text or "" for x in elements(comment, "text"))
            sheet.add(said, "boilerplate", note="comment")
