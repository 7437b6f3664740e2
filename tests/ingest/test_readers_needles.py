"""Needles: a word in every kind of place comes out, or a warning names what was left out."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pytest

from ctcorpus.ingest.readers import Reading, docx, epub, html, odt, pptx, rtf, table, xlsx, xml
from tests.ingest import made_files as made
from tests.ingest import made_office as office

P = made.paragraph
DEEP = "<div>" * 2_000 + "<p>needledeep</p>" + "</div>" * 2_000


def one(readings: Iterable[Reading]) -> Reading:
    (reading,) = readings
    return reading


def missing(reading: Reading, names: str) -> list[str]:
    return [name for name in names.split() if f"needle{name}" not in reading.text]


def notes(reading: Reading) -> dict[str, str]:
    """Boilerplate -> its kind."""
    return {reading.text[x.start : x.end]: x.note for x in reading.marks if x.kind == "boilerplate"}


def test_docx() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{P('needlenested')}</w:tc></w:tr></w:tbl>"
    body = (
        P("needlebody")
        + P("needlelist", "<w:numPr><w:numId w:val='1'/></w:numPr>")
        + f"<w:tbl><w:tr><w:tc>{P('needlecell')}{inner}</w:tc><w:tc>{P('other')}</w:tc></w:tr></w:tbl>"
        + "<w:p><w:hyperlink><w:r><w:t>needlelink</w:t></w:r></w:hyperlink></w:p>"
        + "<w:p><w:ins><w:r><w:t>needleinsertion</w:t></w:r></w:ins></w:p>"
        + "<w:p><w:r><w:t>be</w:t></w:r><w:del><w:r><w:delText>gone away</w:delText></w:r></w:del></w:p>"
        + "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:p>"
        + "<w:p><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom></w:p>"
        + f"<w:sdt><w:sdtContent>{P('needleblock')}</w:sdtContent></w:sdt>"
        + "<w:p><w:sdt><w:sdtContent><w:r><w:t>needlerun</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        + f"<w:p><w:r><w:pict><w:txbxContent>{P('needlebox')}</w:txbxContent></w:pict></w:r></w:p>"
        + "<w:p><w:r><w:drawing><w:docPr descr='needlealt'/></w:drawing></w:r></w:p>"
        + "<w:p><w:r><w:pict><w:textpath string='needledrawn'/></w:pict></w:r></w:p>"
        + P("needlehidden", run="<w:vanish/>")
        + P("needlesecret", "<w:pStyle w:val='Unseen'/>")
        + "<w:p><w:r><w:t>spl</w:t></w:r><w:r><w:t>it</w:t></w:r></w:p><w:altChunk/>"
    )
    parts = {name: P(f"needle{name}") for name in ("footnotes", "endnotes", "comments", "header1", "footer2")}
    parts["charts/chart1"] = office.chart("needlechart", "needlevalue")
    parts["styles"] = "<w:style w:styleId='Unseen'><w:name w:val='Unseen'/><w:rPr><w:vanish/></w:rPr></w:style>"
    reading = one(docx.read(made.docx(body, parts)))
    wanted = (
        "body list cell nested link insertion block run box alt drawn hidden secret chart value footnotes endnotes"
        " comments header1 footer2"
    )
    assert missing(reading, wanted) == [] and "split" in reading.text
    assert "gone" not in reading.text and "moved" not in reading.text
    told = " ".join(reading.warnings)
    assert "deleted text left out: 1 places: 'gone away'" in told and "moved text" in told
    assert "insertions" in told and "embedded documents, not read: 1" in told and "hidden paragraphs" in told
    kinds = notes(reading)
    assert kinds["needlehidden"] == kinds["needlesecret"] == "hidden" and kinds["needleheader1"] == "running_head"
    assert kinds["needlecomments"] == "comment" and "needlefootnotes" not in kinds
    assert kinds["needlealt"] == "alternative" and "needlechart" not in kinds


@pytest.mark.parametrize("depth", [500, 2_000, 6_000])
def test_a_word_file_nested_deep(depth: int) -> None:
    deep = "<w:sdt><w:sdtContent>" * depth + P("needledeep") + "</w:sdtContent></w:sdt>" * depth
    reading = one(docx.read(made.docx(P("needlebody") + deep + P("needleafter"))))
    assert missing(reading, "body deep after") == []


def test_docx_by_python_docx() -> None:
    from docx import Document

    made_here = Document()
    made_here.add_heading("needleheading", 1)
    made_here.add_paragraph("needlelist", style="List Bullet")
    cell = made_here.add_table(1, 2).rows[0].cells[1]
    cell.text = "needlecell"
    cell.add_table(1, 1).rows[0].cells[0].text = "needlenested"
    made_here.sections[0].header.paragraphs[0].text = "needleheader"
    made_here.sections[0].footer.paragraphs[0].text = "needlefooter"
    made_here.add_comment(made_here.add_paragraph("needlecommented").runs, text="needlecomment")
    file = io.BytesIO()
    made_here.save(file)
    reading = one(docx.read(file.getvalue()))
    assert missing(reading, "heading list cell nested header footer commented comment") == []
    assert notes(reading)["needlecomment"] == "comment"


def test_odt() -> None:
    row = "<table:table-row><table:table-cell><text:p>{}</text:p>{}</table:table-cell></table:table-row>"
    inner = f"<table:table>{row.format('needlenested', '')}</table:table>"
    deleted = (
        "<text:tracked-changes><text:changed-region><text:deletion><dc:creator>Somebody</dc:creator>"
        "<text:p>gone away</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    )
    body = (
        f"{deleted}<text:p>needlebody</text:p><text:list><text:list-item><text:p>needlelist</text:p></text:list-item>"
        f"</text:list><table:table>{row.format('needlecell', inner)}</table:table>"
        "<text:p>x<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>needlenote"
        "</text:p></text:note-body></text:note> after"
        "<office:annotation><dc:creator>Somebody</dc:creator><text:p>needlecomment</text:p></office:annotation>"
        "<draw:frame><draw:text-box><text:p>needlebox</text:p></draw:text-box><svg:desc>needlealt</svg:desc>"
        "</draw:frame></text:p><text:p><text:a>needlelink</text:a><text:s text:c='2000000000'/>.</text:p>"
        "<text:section text:display='none'><text:p>needlehidden</text:p></text:section>"
        + "<text:p>"
        + "<text:span>" * 2_000
        + "needledeep"
        + "</text:span>" * 2_000
        + "</text:p>"
    )
    styles = "<office:master-styles><style:header><text:p>needleheader</text:p></style:header></office:master-styles>"
    reading = one(odt.read(made.odt(body, styles)))
    wanted = "body list cell nested note comment box alt link hidden deep header"
    assert missing(reading, wanted) == [] and "Somebody" not in reading.text
    assert len(reading.text) < 5_000 and "gone" not in reading.text
    assert any("deleted text left out: 1 places: 'gone away'" in x for x in reading.warnings)
    kinds = notes(reading)
    assert (kinds["needlecomment"], kinds["needlehidden"], kinds["needlealt"]) == ("comment", "hidden", "alternative")


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


def test_rtf() -> None:
    source = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial;}}{\*\generator hand;}{\info{\title t}}"
        rb"needlebody\par {\pntext\'b7\tab}needlelist\par "
        rb"{\field{\*\fldinst HYPERLINK x}{\fldrslt needlelink}}\par"
        rb"\trowd\cellx9 needlecell\cell {\trowd\cellx3 needlenested\nestcell\nestrow}\cell\row "
        rb"{\header needleheader}{\footer needlefooter}x{\footnote needlenote}{\*\annotation needlecomment}"
        rb"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt needlebox\par}}{\shprslt needlebox}}"
        rb"{\v needlehidden}{\deleted gone away}{\revised needleinsertion}"
        rb"{\*\shppict{\pict\wmetafile8\bin6 {}\par}}"
        rb"\par{\f1 \'cc\'e8\'f0} \u8222?quoted\u8220? \u-10179?\u-8704? d\'e9j\'e0" + b" caf\xe9\\par}"
    )
    reading = one(rtf.read(source))
    wanted = "body list link cell nested header footer note comment box hidden insertion"
    assert missing(reading, wanted) == [] and reading.text.count("needlebox") == 1
    assert "Мир „quoted“ 😀 déjà café" in reading.text
    told = " ".join(reading.warnings)
    assert "pictures, not read: 1" in told and "hidden text" in told and "'gone away'" in told
    kinds = notes(reading)
    assert (kinds["needleheader"], kinds["needlecomment"]) == ("running_head", "comment")
    assert kinds["needlehidden"] == "hidden" and "gone" not in reading.text
    assert "fonttbl" not in reading.text and "Arial" not in reading.text and "HYPERLINK" not in reading.text


def test_rtf_nested_deep_or_broken_off() -> None:
    deep = one(rtf.read(rb"{\rtf1 " + b"{" * 2_000 + b"needledeep" + b"}" * 2_000 + b" needleafter}"))
    assert missing(deep, "deep after") == [] and deep.completeness == "full"
    broken = one(rtf.read(rb"{\rtf1 {\b needlebody"))
    assert missing(broken, "body") == [] and broken.completeness == "unknown"
    assert any("breaks off" in x for x in broken.warnings)


def test_epub() -> None:
    chapter = (
        "<h1>needlehead</h1><p>needlebody <a href='x'>needlelink</a> <ins>needleinsertion</ins></p>"
        "<ul><li>needlelist</li></ul><table><tr><td>needlecell</td><td>x<table><tr><td>needlenested</td></tr></table></td>"
        "<td>needlebeside</td></tr></table>"
        "<aside>needlenote</aside><img src='a.png' alt='needlealt'/><p hidden='hidden'>needlehidden</p>" + DEEP
    )
    reading = one(epub.read(made.epub([chapter, "<p>needlesecond</p>"])))
    assert missing(reading, "head body link insertion list cell nested beside note alt hidden deep second") == []
    assert len(reading.pages) == 2 and reading.stated.authors == ("Ana Lopez",)
    assert notes(reading) == {"needlealt": "alternative", "needlehidden": "hidden"}
    assert any("hidden text" in x for x in reading.warnings)


def test_pptx() -> None:
    table = "<p:graphicFrame><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>needlecell</a:t></a:r></a:p></a:txBody></a:tc>"
    second = (
        office.shape("needletitle", "title")
        + office.shape("needlebody", "body")
        + f"{table}</a:tr></a:tbl></p:graphicFrame>"
        + f"<p:grpSp><p:grpSp>{office.shape('needlegroup')}</p:grpSp></p:grpSp>"
        + "<p:pic><p:nvPicPr><p:cNvPr descr='needlealt'/></p:nvPicPr></p:pic>"
        + office.shape("needlefooter", "ftr")
    )
    parts = {
        "slides/slide1.xml": office.slide(office.shape("needlelast")),
        "slides/slide2.xml": office.slide(second),
        "slides/slide3.xml": office.slide(office.shape("needlehidden"), " show='0'"),
        "slides/_rels/slide2.xml.rels": office.relations(
            {
                "a": ("notesSlide", "../notesSlides/notesSlide1.xml"),
                "b": ("comments", "../comments/comment7.xml"),
                "c": ("chart", "../charts/chart1.xml"),
            }
        ),
        "notesSlides/notesSlide1.xml": office.slide(office.shape("needlenote", "body")),
        "comments/comment7.xml": f"<p:cmLst {office.P}><p:cm><p:text>needlecomment</p:text></p:cm></p:cmLst>",
        "charts/chart1.xml": office.chart("needlechart", "needlevalue"),
        "slideMasters/slideMaster1.xml": office.slide(
            office.shape("Click to edit", "title") + office.shape("needlemaster") + office.shape("needlefoot", "ftr")
        ),
    }
    reading = one(pptx.read(office.pptx(parts, ["slides/slide2.xml", "slides/slide3.xml", "slides/slide1.xml"])))
    wanted = "title body cell group alt footer hidden last note comment chart value master foot"
    assert missing(reading, wanted) == [] and "Click to edit" not in reading.text
    first, second_page, third = reading.pages
    assert first <= reading.text.index("needlenote") < second_page <= reading.text.index("needlehidden") < third
    assert third <= reading.text.index("needlelast")
    kinds = notes(reading)
    assert kinds["needlehidden"] == "hidden" and kinds["needlefooter"] == kinds["needlemaster"] == "running_head"
    assert kinds["needlecomment"] == "comment" and "needlenote" not in kinds
    assert any("hidden slides" in x for x in reading.warnings)


def test_xlsx() -> None:
    rows = (
        "<row><c t='s'><v>0</v></c><c t='inlineStr'><is><t>needleinline</t></is></c><c t='b'><v>1</v></c></row>"
        "<row><c s='1'><v>45413</v></c><c s='2'><v>45413.5</v></c><c><v>4.4000000000000004</v></c>"
        "<c><f>A1</f></c></row>"
        "<row hidden='1'><c t='str'><v>needlerow</v></c></row>"
    )
    parts = {
        "sharedStrings.xml": f"<sst {office.S}><si><r><t>needle</t></r><r><t>shared</t></r>"
        "<rPh><t>kana</t></rPh></si></sst>",
        "styles.xml": f"<styleSheet {office.S}>"
        "<numFmts><numFmt numFmtId='170' formatCode='dd/mm/yyyy hh:mm'/></numFmts>"
        "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='170'/></cellXfs></styleSheet>",
        "worksheets/sheet9.xml": f"<worksheet {office.S}><sheetData>{rows}</sheetData>"
        "<headerFooter><oddHeader>&amp;Lneedleheader</oddHeader></headerFooter></worksheet>",
        "worksheets/sheet1.xml": f"<worksheet {office.S}><row><c t='str'><v>needleunseen</v></c></row></worksheet>",
        "worksheets/_rels/sheet9.xml.rels": office.relations(
            {"a": ("comments", "../comments3.xml"), "b": ("drawing", "../drawings/drawing2.xml")}
        ),
        "comments3.xml": f"<comments {office.S}><comment><text><t>needlecomment</t></text></comment></comments>",
        "drawings/drawing2.xml": f"<d {office.A}><sp><cNvPr descr='needlealt'/>"
        "<txBody><a:p><a:r><a:t>needlebox</a:t></a:r></a:p></txBody></sp></d>",
        "drawings/_rels/drawing2.xml.rels": office.relations({"a": ("chart", "../charts/chart1.xml")}),
        "charts/chart1.xml": office.chart("needlechart", "1"),
    }
    sheets = [("needlesheet", "worksheets/sheet9.xml", "visible"), ("needlesecret", "worksheets/sheet1.xml", "hidden")]
    reading = one(xlsx.read(office.xlsx(parts, sheets)))
    wanted = "sheet shared inline row header comment box alt chart secret unseen"
    assert missing(reading, wanted) == [] and "kana" not in reading.text
    assert "TRUE\n2024-05-01\t2024-05-01 12:00\t4.4\n" in reading.text
    kinds = notes(reading)
    assert kinds["needlerow"] == kinds["needleunseen"] == "hidden" and kinds["needlecomment"] == "comment"
    told = " ".join(reading.warnings)
    assert "hidden rows" in told and "hidden sheets" in told and "formulas without a value" in told


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


def test_xml_nested_deep() -> None:
    reading = one(xml.read(b"<a>needlebody" + b"<b>" * 2_500 + b"needledeep" + b"</b>" * 2_500 + b"needleafter</a>"))
    assert missing(reading, "body deep after") == []
