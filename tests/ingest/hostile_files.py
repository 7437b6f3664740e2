"""Hostile files, made for the tests: each breaks, blocks or bloats one parser or another."""

from __future__ import annotations

import io
import zipfile
import zlib
from functools import cache

from tests.ingest.made_files import docx, epub, odt, package, page, paragraph, pdf, pdf_objects, pdf_of

#: those that are read all the same: their trap lies where nobody steps
READ = ("brackets.eml", "deep.html", "previous.pdf")
#: those that take many seconds where they are let
SLOW = ("operators.pdf",)


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


@cache
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
        **_packed(),
        **_looping(),
        **_mistaken(),
    }


def _packed() -> dict[str, bytes]:
    """Archives that unpack to too much, or name what is outside."""
    word = docx(paragraph("words"))
    laughs = (
        '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
    )
    return {
        "nested.zip": package({"a.zip": package({"b.docx": word})}),
        "nested.docx": package({"word/document.docx": word}),
        "lying.docx": _lying(),
        "total.odt": _large(),
        "entities.odt": package({"content.xml": f"{laughs}<a>&c;</a>"}),
        "entities.epub": package({"META-INF/container.xml": f"{laughs}<a>&c;</a>"}),
        "outside.xml": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        "climbing.epub": epub(["<p>words</p>"]).replace(b"c0.xhtml", b"../../x1"),
    }


def _looping() -> dict[str, bytes]:
    """Files that lead in circles or go deeper than any parser."""
    good = pdf([["words"]])
    start = b"%d" % good.rindex(b"xref\n0")
    return {
        "previous.pdf": good.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev " + start),
        "itself.pdf": pdf_objects([b"<< /Type /Catalog /Pages 1 0 R >>"]),
        "contents.pdf": pdf_of([b"BT ET"]).replace(b"/Contents 5 0 R", b"/Contents 4 0 R"),
        "deep.docx": docx("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000),
        "deep.xml": b"<a>" * 100_000 + b"words" + b"</a>" * 100_000,
        "forwarded.eml": b"From: a@b.example\nSubject: s\n" + b"Content-Type: message/rfc822\n\n" * 1_000 + b"\nwords",
    }


def _mistaken() -> dict[str, bytes]:
    """Files that are broken off, of another kind than their names say, or no text."""
    png = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
    whole = {"docx": docx(paragraph("words")), "epub": epub(["<p>words</p>"]), "odt": odt("<text:p>words</text:p>")}
    return {
        **{f"half.{name}": data[: len(data) // 2] for name, data in whole.items()},
        "half.pdf": pdf([["words"]])[:120],
        "half.warc.gz": b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + b"\0" * 40,
        **{f"picture.{name}": png for name in ("pdf", "docx", "html", "txt", "eml", "csv", "rtf", "warc")},
        "page.pdf": b"<html><body><p>words",
        "nul.txt": b"words\0and\0more" * 9,
        "surrogates.txt": b"\xff\xfe" + b"\x00\xd8a\0" * 40,
        "controls.txt": bytes(range(1, 32)) * 40,
        "empty.docx": b"",
        "blank.txt": b" \n\t\n",
    }


def _large() -> bytes:
    """A package of parts that are allowed one by one, and too much together."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for at in range(3):
            archive.writestr(f"{at}.xml", b"a " * 90_000_000)
    return file.getvalue()


def _lying() -> bytes:
    """A DOCX whose directory says that its part is small."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 5_000_000)
    return file.getvalue().replace((5_000_000).to_bytes(4, "little"), (500).to_bytes(4, "little"))
