"""Small files of every format, made by hand for the tests, and hostile ones."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
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


def overlapping_zip(times: int = 64) -> bytes:
    """A ZIP whose directory names one packed body many times."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    raw = b" " * 900_000
    body = packed.compress(raw) + packed.flush()
    crc = zlib.crc32(raw)
    sizes = b"".join(x.to_bytes(4, "little") for x in (crc, len(body), len(raw)))
    fields = b"\x14\0\0\0\x08\0\0\0\0\0" + sizes + b"\x04\0\0\0"
    local = b"PK\x03\x04" + fields + b"0000" + body
    directory = b"".join(b"PK\x01\x02\x14\0" + fields + b"\0" * 14 + b"%04d" % at for at in range(times))
    end = b"PK\x05\x06\0\0\0\0" + times.to_bytes(2, "little") * 2
    return local + directory + end + len(directory).to_bytes(4, "little") + len(local).to_bytes(4, "little") + b"\0\0"


def billion_laughs() -> bytes:
    """A DOCX whose XML defines entities that grow."""
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(97 + at)} "{f"&{chr(96 + at)};" * 10}">' for at in range(1, 11)
    )
    return docx(paragraph("&k;"), head=f"<!DOCTYPE w [{entities}]>")


def hostile() -> dict[str, bytes]:
    """File name -> bytes that break, block or bloat one parser or another."""
    nested = "".join(f'Content-Type: multipart/mixed; boundary="b{at}"\n\n--b{at}\n' for at in range(3_000))
    spaces = zlib.compress(b"BT " + b" " * 100_000_000 + b" ET", 1)
    form = b"<< /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> /Length 5 >> stream\n"
    return {
        "deep.html": page("<div>" * 200_000 + "words"),
        "comments.html": b"<!--" * 300_000,
        "anchors.html": b"<a" * 300_000,
        "fields.rtf": rb"{\rtf1 " + rb"{\field{\*\fldinst HYPERLINK " * 20_000,
        "parts.eml": ("From: a@b.example\nSubject: a\nMIME-Version: 1.0\n" + nested).encode(),
        "brackets.eml": b"From: " + b"(" * 20_000 + b"\nSubject: a\nDate: b\n\nwords\n",
        "subject.eml": b"From: a@b.example\nDate: x\nSubject: " + b"=?utf-8?q?a?=\n " * 50_000 + b"\n\nwords\n",
        "spaces.pdf": pdf_of([spaces], filters=b"/Filter /FlateDecode"),
        "operators.pdf": pdf_of(
            [zlib.compress(b"BT /F1 9 Tf " + b"(a) Tj " * 2_000_000 + b"ET")], filters=b"/Filter /FlateDecode"
        ),
        "form.pdf": pdf_of([b"/X Do"], extra=[form + b"/X Do\nendstream"], resources=b"/XObject << /X 6 0 R >>"),
        "cycle.pdf": pdf_objects(
            [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 500000 >>"]
        ),
        "laughs.docx": billion_laughs(),
        "outside.docx": docx(paragraph("A&x;B"), head='<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "overlap.docx": overlapping_zip(),
        "ratio.docx": package({"word/document.xml": b" " * 20_000_000}),
        "parts.docx": package({f"word/{at}.xml": b"a" for at in range(2_100)}),
        "noise.docx": b"PK\x03\x04" + bytes(range(256)) * 40,
        "noise.pdf": b"%PDF-1.4\n" + bytes(range(256)) * 40,
        "deep.jsonl": b'{"text": ' + b"[" * 200_000,
        "noise.msg": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 40,
    }
