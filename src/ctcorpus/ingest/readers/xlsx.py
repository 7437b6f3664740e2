"""XLSX: the cells of every sheet, a line a row, under the sheet's name; headers, footers and comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from ctcorpus.ingest.readers.docx import stated_of
from ctcorpus.ingest.readers.package import Package, attribute, dublin_core, local
from ctcorpus.ingest.readers.reading import Reading, UnreadableError
from ctcorpus.ingest.readers.sheet import Sheet, one_line

READER = f"xlsx/1 lxml/{etree.__version__}"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: codes of a header: "&L" left, "&P" the page number, '&"Arial"' a font, "&12" a size
_CODES = re.compile(r'&(?:"[^"]*"|\d+|[A-Za-z&])')


def read(data: bytes) -> Iterable[Reading]:
    """The sheets in order of their part. Numbers stand as stored, not as formatted (dates are day numbers): it is said.

    Raises UnreadableError where it is no workbook or holds no text.
    """
    package = Package(data)
    book = package.xml("xl/workbook.xml")
    if book is None:
        raise UnreadableError("it is no workbook: it has no part 'xl/workbook.xml'")
    shared = [_words(x) for x in _elements(package.xml("xl/sharedStrings.xml"), "si")]
    names = [attribute(x, "name") for x in _elements(book, "sheet")]
    sheet = Sheet()
    for at, part in enumerate(_sheets(package.names)):
        root = package.xml(part)
        if root is None:
            continue
        sheet.page()
        sheet.add(names[at] if at < len(names) else part, "heading", level=2)
        for row in _elements(root, "row"):
            sheet.add("\t".join(filter(None, (_cell(cell, shared) for cell in _elements(row, "c")))), "item")
        for element in root.iter():
            if local(element) in ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"):
                sheet.add(one_line(_CODES.sub(" ", element.text or "")), "boilerplate", note="running_head")
    for part in sorted(x for x in package.names if re.fullmatch(r"xl/comments\d*\.xml|xl/drawings/drawing\d+\.xml", x)):
        for element in _elements(package.xml(part), "comment", "p"):
            sheet.add(_words(element), "boilerplate", note="comment")
    text = sheet.text()
    if not text:
        raise UnreadableError("it is a workbook without text")
    yield Reading(
        text=text,
        media_type=MEDIA_TYPE,
        reader=READER,
        encoding="utf-8",
        encoding_basis="format",
        warnings=("numbers stand as stored, not as the workbook shows them",),
        stated=stated_of(dublin_core(package.xml("docProps/core.xml")), text, "xlsx properties"),
        marks=tuple(sheet.marks),
        layout="marks",
        pages=tuple(sheet.pages),
        completeness="full",
    )


def _sheets(names: Iterable[str]) -> list[str]:
    """The parts that hold a sheet, by their number."""
    found = [x for x in names if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", x)]
    return sorted(found, key=lambda x: int("".join(filter(str.isdigit, x))))


def _elements(root: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    for element in root.iter() if root is not None else ():
        if local(element) in names:
            yield element


def _words(element: etree._Element) -> str:
    return "".join(x.text or "" for x in _elements(element, "t"))


def _cell(cell: etree._Element, shared: list[str]) -> str:
    value = next((x.text or "" for x in _elements(cell, "v")), "")
    if cell.get("t") == "s" and value.isdigit() and int(value) < len(shared):
        return one_line(shared[int(value)])
    return one_line(value or _words(cell))
