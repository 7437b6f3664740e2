"""Small files of every format, made by hand for the tests, and hostile ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return file.getvalue()


def docx(body: str, parts: Mapping[str, str] | None = None, head: str = "") -> bytes:
    """A DOCX with this inside ``w:body``; parts: name below ``word/`` -> the inside of its root."""
    inner = {f"word/{name}.xml": f"<w:root {W}>{words}</w:root>" for name, words in (parts or {}).items()}
    return package({"word/document.xml": f"{head}<w:document {W}><w:body>{body}</w:body></w:document>", **inner})


def paragraph(words: str, properties: str = "", run: str = "") -> str:
    """A paragraph of a DOCX with one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{words}</w:t></w:r></w:p>"


def odt(body: str, styles: str = "") -> bytes:
    """An ODT with this inside ``office:text`` and, for its pages, these master styles."""
    return package(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {ODF}><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {ODF}>{styles}</office:document-styles>",
        }
    )


def epub(chapters: Sequence[str]) -> bytes:
    """An EPUB with these chapters, the inside of ``body`` each."""
    named = "".join(("root", "file"))
    items = "".join(f'<item id="c{at}" href="c{at}.xhtml"/>' for at in range(len(chapters)))
    spine = "".join(f'<itemref idref="c{at}"/>' for at in range(len(chapters)))
    parts = {f"OPS/c{at}.xhtml": f"<html><body>{words}</body></html>" for at, words in enumerate(chapters)}
    return package(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": f'<container><{named} full-path="OPS/book.opf"/></container>',
            "OPS/book.opf": '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>A Book</dc:title>'
            "<dc:creator>Ana Lopez</dc:creator><dc:date>2024-05-01</dc:date></metadata>"
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
            **parts,
        }
    )


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF with these lines on each page."""
    contents = []
    for lines in pages:
        shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
        contents.append(f"BT /F1 11 Tf 72 720 Td {shown}ET".encode("latin-1"))
    return pdf_of(contents)


def pdf_of(
    contents: Sequence[bytes], *, extra: Sequence[bytes] = (), resources: bytes = b"", filters: bytes = b""
) -> bytes:
    """A PDF with a page for each content stream. extra: objects that follow the pages'."""
    count = len(contents)
    kids = b" ".join(b"%d 0 R" % (4 + 2 * at) for at in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for at, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources"
            b" << /Font << /F1 3 0 R >> %s >> >>" % (5 + 2 * at, resources)
        )
        objects.append(b"<< /Length %d %s >> stream\n%s\nendstream" % (len(content), filters, content))
    return pdf_objects([*objects, *extra])


def pdf_objects(objects: Sequence[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalog."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def page(body: str, head: str = "") -> bytes:
    """An HTML page."""
    return f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{body}</body></html>'.encode()


def prose(sentences: int) -> str:
    """Plain sentences, each different from the others."""
    return " ".join(
        f"The council met for the {at}th time and its members spoke about the budget." for at in range(sentences)
    )
