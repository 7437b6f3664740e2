"""Needles: a word in every kind of place comes out, or a warning names what was left out."""

from __future__ import annotations

import mailbox
from collections.abc import Iterable
from pathlib import Path

import pytest

from ctcorpus.ingest.readers import Reading, docx, epub, html, mail, odt, pdf, pptx, rtf, table, xlsx, xml
from tests.ingest import made_files as made

P = made.paragraph
DEEP = "<div>" * 2_000 + "<p>needledeep</p>" + "</div>" * 2_000


def one(readings: Iterable[Reading]) -> Reading:
    (reading,) = readings
    return reading


def missing(reading: Reading, names: str) -> list[str]:
    return [name for name in names.split() if f"needle{name}" not in reading.text]


def test_docx() -> None:
    deep = "<w:sdt><w:sdtContent>" * 500 + P("needledeep") + "</w:sdtContent></w:sdt>" * 500
    body = (
        P("needlebody")
        + P("needlelist", "<w:numPr><w:numId w:val='1'/></w:numPr>")
        + f"<w:tbl><w:tr><w:tc>{P('needlecell')}</w:tc><w:tc>{P('other')}</w:tc></w:tr></w:tbl>"
        + "<w:p><w:hyperlink><w:r><w:t>needlelink</w:t></w:r></w:hyperlink></w:p>"
        + "<w:p><w:ins><w:r><w:t>needleinsertion</w:t></w:r></w:ins></w:p>"
        + "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
        + f"<w:sdt><w:sdtContent>{P('needleblock')}</w:sdtContent></w:sdt>"
        + "<w:p><w:sdt><w:sdtContent><w:r><w:t>needlerun</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        + f"<w:p><w:r><w:pict><w:txbxContent>{P('needlebox')}</w:txbxContent></w:pict></w:r></w:p>"
        + P("needlehidden", run="<w:vanish/>")
        + deep
    )
    parts = {name: P(f"needle{name}") for name in ("footnotes", "endnotes", "comments", "header1", "footer2")}
    reading = one(docx.read(made.docx(body, parts)))
    wanted = "body list cell link insertion block run box hidden deep footnotes endnotes comments header1 footer2"
    assert missing(reading, wanted) == []
    assert "gone" not in reading.text and any("deleted text" in x for x in reading.warnings)
    notes = {reading.text[x.start : x.end]: x.note for x in reading.marks if x.kind == "boilerplate"}
    assert notes["needlehidden"] == "hidden" and notes["needleheader1"] == "running_head"
    assert notes["needlecomments"] == "comment" and "needlefootnotes" not in notes


def test_odt() -> None:
    body = (
        "<text:p>needlebody</text:p><text:list><text:list-item><text:p>needlelist</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>needlecell</text:p></table:table-cell></table:table-row>"
        "</table:table><text:p>x<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>needlenote"
        "</text:p></text:note-body></text:note> after"
        "<draw:frame><draw:text-box><text:p>needlebox</text:p></draw:text-box>"
        "</draw:frame></text:p><text:p><text:a>needlelink</text:a><text:s text:c='2000000000'/>.</text:p>"
        + "<text:p>"
        + "<text:span>" * 2_000
        + "needledeep"
        + "</text:span>" * 2_000
        + "</text:p>"
    )
    styles = "<office:master-styles><style:header><text:p>needleheader</text:p></style:header></office:master-styles>"
    reading = one(odt.read(made.odt(body, styles)))
    assert missing(reading, "body list cell note box link deep header") == []
    assert len(reading.text) < 5_000


def test_html() -> None:
    body = (
        "<header>needleheader</header><nav>needlenav</nav>"
        f"<article><h1>The council met</h1><p>needlebody {made.prose(8)}</p>"
        f"<ul><li>needlelist {made.prose(1)}</li></ul>"
        f"<p>{made.prose(3)} <a href='x'>needlelink</a> and <ins>needleinsertion</ins>.</p>"
        "<table><tr><td>needlecell</td><td>5</td></tr><tr><td>other</td><td>6</td></tr></table>"
        "<p style='display:none'>needlehidden</p></article><aside>needleaside</aside><footer>needlefooter</footer>"
    )
    reading = one(html.read(made.page(body)))
    assert missing(reading, "body list link insertion cell") == []
    told = " ".join(reading.warnings)
    for name in ("header", "nav", "aside", "footer", "hidden"):
        assert f"needle{name}" in reading.text or name in told, (name, told)


@pytest.mark.parametrize("depth", [300, 2_000])
def test_html_nested_deep(depth: int) -> None:
    body = f"<p>{made.prose(5)}</p>" + "<div>" * depth + "<p>needledeep</p>" + "</div>" * depth + "<p>needleafter</p>"
    reading = one(html.read(made.page(body)))
    assert missing(reading, "deep after") == [] or any("left out" in x for x in reading.warnings)
    assert "The council met for the 4th time" in reading.text


def test_pdf() -> None:
    reading = one(pdf.read(made.pdf([["needlefirst", "words"], ["needlesecond", "words"]])))
    assert missing(reading, "first second") == []


def test_rtf() -> None:
    source = (
        rb"{\rtf1\ansi needlebody\par {\field{\*\fldinst HYPERLINK x}{\fldrslt needlelink}}\par"
        rb"\trowd\cellx9 needlecell\cell\row {\header needleheader}{\footnote needlenote}}"
    )
    reading = one(rtf.read(source))
    told = " ".join(reading.warnings)
    assert missing(reading, "body link cell") == []
    assert "needleheader" in reading.text or "headers" in told
    assert "needlenote" in reading.text or "footnote" in told


def test_epub() -> None:
    chapter = (
        "<h1>needlehead</h1><p>needlebody <a href='x'>needlelink</a></p><ul><li>needlelist</li></ul>"
        "<table><tr><td>needlecell</td></tr></table><aside>needlenote</aside>" + DEEP
    )
    reading = one(epub.read(made.epub([chapter, "<p>needlesecond</p>"])))
    assert missing(reading, "head body link list cell note deep second") == []
    assert len(reading.pages) == 2 and reading.stated.authors == ("Ana Lopez",)


def test_pptx_and_xlsx() -> None:
    slide = "<s><sp><p><r><t>needleslide</t></r></p></sp><tbl><tr><tc><p><t>needlecell</t></p></tc></tr></tbl></s>"
    deck = made.package(
        {"ppt/slides/slide1.xml": slide, "ppt/notesSlides/notesSlide1.xml": "<n><p><t>needlenote</t></p></n>"}
    )
    assert missing(one(pptx.read(deck)), "slide cell note") == []
    book = made.package(
        {
            "xl/workbook.xml": "<workbook><sheets><sheet name='needlesheet'/></sheets></workbook>",
            "xl/sharedStrings.xml": "<sst><si><t>needleshared</t></si></sst>",
            "xl/worksheets/sheet1.xml": "<w><row><c t='s'><v>0</v></c>"
            "<c t='inlineStr'><is><t>needleinline</t></is></c></row>"
            "<oddHeader>&amp;Lneedleheader</oddHeader></w>",
        }
    )
    assert missing(one(xlsx.read(book)), "sheet shared inline header") == []


def test_mail() -> None:
    raw = (
        "From: Ana Lopez <ana@b.example>\nSubject: needlesubject\n"
        "Date: Wed, 01 May 2024 09:30:00 +0000\nMIME-Version: 1.0\n"
        "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nneedleplain\n--x\n"
        "Content-Type: text/html\n\n<p>needlehtml\n--x\nContent-Type: application/zip\n"
        "Content-Disposition: attachment; filename=needle.zip\n\nx\n--x\nContent-Type: text/html\n"
        "Content-Disposition: attachment; filename=a.html\n\n<p>needleattached\n--x--\n"
    )
    first, second = mail.read(raw.encode())
    assert missing(first, "subject plain html") == [] and missing(second, "attached") == []
    assert any("needle.zip" in x for x in first.warnings)
    assert (first.stated.title, first.stated.authors) == ("needlesubject", ("Ana Lopez",))
    assert first.stated.published == "2024-05-01T09:30"


def test_mailbox(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "box")
    for at in range(3):
        box.add(f"From: a@b.example\nSubject: needle{at}\n\nWords of the message.\n")
    box.flush()
    box.close()
    readings = list(mail.read_mbox((tmp_path / "box").read_bytes()))
    assert [x.stated.title for x in readings] == ["needle0", "needle1", "needle2"]
    assert [x.part for x in readings] == ["1", "2", "3"]


def test_tables_and_xml() -> None:
    rows = b'{"headline": "needletitle", "body": "needlebody", "date": "2024-05-01"}\n{"other": 1}\n'
    reading = one(table.read_jsonl(rows))
    assert missing(reading, "title body") == [] and reading.stated.published == "2024-05-01"
    assert "1 rows of the file are no articles" in reading.warnings[-1] and reading.part == "1"
    second = one(table.read_csv("titel;text\nA;needlecell, é\n".encode("cp1252")))
    assert missing(second, "cell") == []
    assert (
        missing(one(xml.read(b"<a><title>needletitle</title><b>needlebody</b>needletail</a>")), "title body tail") == []
    )
