"""A Word document with an evidence table: number, quotation, whose words, source, where it stands."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ctcorpus.citing.exporting.formats.characters import xml_text
from ctcorpus.citing.exporting.formats.credit import credit, speakers
from ctcorpus.citing.exporting.styles import HEADING, bibliography_of
from ctcorpus.errors import ExtraMissingError
from ctcorpus.model.export import CitedPassage, Selection

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

#: heading and width (in mm) of each column, on A4 across
COLUMNS = (("No.", 12), ("Quotation", 120), ("Whose words", 40), ("Reference", 60), ("Span", 35))


def render(selection: Selection) -> bytes:
    """The document's bytes; ExtraMissingError without python-docx. No links, no fields, nothing from outside."""
    try:
        import docx
    except ImportError as error:
        raise ExtraMissingError("A DOCX export", "docx") from error
    document = docx.Document()
    _across(document)
    properties = document.core_properties
    properties.author, properties.comments, properties.title = "", "", "Cited passages"
    with_notes = any(passage.notes for passage in selection.passages)
    headings = [name for name, _ in COLUMNS] + (["Notes"] if with_notes else [])
    table = document.add_table(rows=1, cols=len(headings), style="Table Grid")
    _row(table.rows[0], headings, bold=True)
    _repeat(table.rows[0])
    for passage in selection.passages:
        cells = list(_cells(passage, with_notes))
        _row(table.add_row(), cells)
    _widths(table)
    references = bibliography_of(selection)
    if references:
        document.add_heading(HEADING, level=1)
    for line in references:
        document.add_paragraph(word_text(line))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_text(text: str) -> str:
    """A text as a Word document holds it: line ends are line feeds, characters that XML forbids are U+FFFD."""
    return xml_text(text).replace("\r\n", "\n").replace("\r", "\n")


def _cells(passage: CitedPassage, with_notes: bool) -> Iterator[str]:
    yield str(passage.number)
    yield passage.citation.quote
    yield "\n".join(speakers(passage)) or "no other speaker found"
    yield credit(passage)
    yield f"{passage.id}\ntext sha256 {passage.citation.text_sha256}"
    if with_notes:
        yield "\n".join(f"{note.by}, {note.at}: {note.text}" for note in passage.notes)


def _row(row: Any, cells: list[str], *, bold: bool = False) -> None:
    """Fills the cells of a row; found once, because looking one up walks the whole table."""
    for cell, text in zip(row.cells, cells, strict=True):
        run = cell.paragraphs[0].add_run(word_text(text))
        run.bold = bold or None


def _across(document: WordDocument) -> None:
    """A4, the long side across, with narrow margins."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(15)


def _repeat(row: Any) -> None:
    """Has the heading row stand again on top of every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = row._tr.get_or_add_trPr()
    again = OxmlElement("w:tblHeader")
    again.set(qn("w:val"), "true")
    properties.append(again)


def _widths(table: Any) -> None:
    from docx.shared import Mm

    table.autofit = False
    for column, (_, width) in zip(table.columns, COLUMNS, strict=False):
        column.width = Mm(width)
