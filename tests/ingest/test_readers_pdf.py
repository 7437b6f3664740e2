"""PDFs: everything on a page comes out or is named; the second library where the first fails; pages in order."""

from __future__ import annotations

import io
import zlib

import pypdf
import pytest

from ctcorpus.errors import SourceError
from ctcorpus.ingest.readers import UnreadableError, pdf
from ctcorpus.ingest.readers.pdf_pages import PYPDF, pages_by_pypdf
from ctcorpus.ingest.sandbox import Limits
from ctcorpus.ingest.worker import Workers
from tests.ingest import made_files as made
from tests.ingest.test_readers_needles import missing, notes


def drawn(*lines: tuple[int, int, str]) -> bytes:
    """A content stream: each line at its place."""
    shown = "".join(f"1 0 0 1 {x} {y} Tm ({words}) Tj " for x, y, words in lines)
    return f"BT /F1 11 Tf {shown}ET".encode("latin-1")


def test_pages() -> None:
    (reading,) = pdf.read(made.pdf([["needlefirst", "words"], ["needlesecond", "words"]]))
    assert missing(reading, "first second") == []


def test_what_stands_besides_the_text_of_a_page() -> None:
    first = made.pdf_of([drawn((72, 700, "needlebody and other words"))])
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(first))
    for at, (kind, key) in enumerate((("/Text", "/Contents"), ("/FreeText", "/Contents"), ("/Widget", "/V"))):
        name = pypdf.generic.NameObject
        rect = pypdf.generic.ArrayObject([pypdf.generic.NumberObject(x) for x in (10, 10 + 30 * at, 90, 30 + 30 * at)])
        annotation = pypdf.generic.DictionaryObject(
            {
                name("/Type"): name("/Annot"),
                name("/Subtype"): name(kind),
                name("/Rect"): rect,
                name(key): pypdf.generic.TextStringObject(f"needle{kind[1:].lower()}"),
            }
        )
        if kind == "/Widget":
            annotation[name("/FT")] = name("/Tx")
        writer.add_annotation(0, annotation)
    writer.add_attachment("needle.txt", b"words")
    file = io.BytesIO()
    writer.write(file)
    (reading,) = pdf.read(file.getvalue())
    assert missing(reading, "body text freetext widget") == []
    assert notes(reading) == {"needletext": "comment"}
    assert "embedded files, not read: 1: 'needle.txt'" in reading.warnings


def test_alternative_texts_of_a_tagged_page() -> None:
    tree = [
        b"<< /Type /StructTreeRoot /K 7 0 R /ParentTree << /Nums [0 [7 0 R]] >> >>",
        b"<< /Type /StructElem /S /Figure /P 6 0 R /Pg 4 0 R /K 0 /Alt (needlealt) >>",
    ]
    content = b"/P << /MCID 0 >> BDC BT /F1 11 Tf 72 700 Td (needlebody words) Tj ET EMC"
    data = made.pdf_of([content], extra=tree)
    data = data.replace(b"/Pages 2 0 R >>", b"/Pages 2 0 R /MarkInfo << /Marked true >> /StructTreeRoot 6 0 R >>", 1)
    (reading,) = pdf.read(data.replace(b"/Type /Page /Parent", b"/StructParents 0 /Type /Page /Parent"))
    assert missing(reading, "body") == []
    assert missing(reading, "alt") == [] and notes(reading) == {"needlealt": "alternative"}


def test_hidden_words_are_told() -> None:
    (reading,) = pdf.read(made.pdf_of([b"BT /F1 11 Tf 72 700 Td (words) Tj 3 Tr 0 -20 Td (needlehidden) Tj ET"]))
    assert missing(reading, "hidden") == [] and any("hidden text" in x for x in reading.warnings)


def test_forms_nested_deep() -> None:
    extra = [
        b"<< /Subtype /Form /BBox [0 0 900 900] /Resources << /Font << /F1 3 0 R >> /XObject << /X %d 0 R >> >>"
        b" /Length 5 >> stream\n/X Do\nendstream" % (7 + at)
        for at in range(8)
    ]
    last = drawn((72, 600, "needledeep words"))
    extra.append(
        b"<< /Subtype /Form /BBox [0 0 900 900] /Resources << /Font << /F1 3 0 R >> >>"
        b" /Length %d >> stream\n%s\nendstream" % (len(last), last)
    )
    data = made.pdf_of(
        [drawn((72, 700, "needlebody words")) + b" /X Do"], extra=extra, resources=b"/XObject << /X 6 0 R >>"
    )
    (reading,) = pdf.read(data)
    assert missing(reading, "body deep") == []


def columns() -> tuple[list[tuple[int, int, str]], list[tuple[int, int, str]]]:
    left = [(72, 700 - 14 * at, f"left{at} words of the first column that fill") for at in range(12)]
    right = [(320, 700 - 14 * at, f"right{at} words of the second one that fill it") for at in range(12)]
    return left, right


def places(text: str) -> list[int]:
    return [text.index(f"{side}{at} words") for side in ("left", "right") for at in range(12)]


def test_columns_are_read_one_after_the_other() -> None:
    left, right = columns()
    (reading,) = pdf.read(made.pdf_of([drawn(*left, *right)]))
    assert places(reading.text) == sorted(places(reading.text)) and not any("columns" in x for x in reading.warnings)


def test_columns_that_are_drawn_line_by_line_are_told_apart() -> None:
    left, right = columns()
    head = (72, 740, "A heading that goes over the whole page from the left column to the right one and on")
    mixed = [x for pair in zip(left, right, strict=True) for x in pair]
    (reading,) = pdf.read(made.pdf_of([drawn(head, *mixed)]))
    assert places(reading.text) == sorted(places(reading.text)) and reading.text.startswith("A heading that goes over")
    assert "left0 words of the first column that fill\nleft1 words" in reading.text
    assert any("two columns" in x and "pages 1" in x for x in reading.warnings)


def test_a_table_is_read_row_by_row() -> None:
    rows = [x for at in range(20) for x in ((72, 700 - 14 * at, f"row{at} of it"), (320, 700 - 14 * at, f"{at} units"))]
    (reading,) = pdf.read(made.pdf_of([drawn(*rows)]))
    assert "row3 of it 3 units" in reading.text and not any("columns" in x for x in reading.warnings)


def test_a_file_that_is_encrypted_with_an_empty_password_is_read() -> None:
    for password, readable in (("", True), ("secret", False)):
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(made.pdf([["needlebody words"]])))
        writer.encrypt(password, "owner", algorithm="RC4-128")
        file = io.BytesIO()
        writer.write(file)
        if readable:
            (reading,) = pdf.read(file.getvalue())
            assert missing(reading, "body") == []
        else:
            with pytest.raises(UnreadableError, match="password"):
                list(pdf.read(file.getvalue()))


def test_a_scan_has_no_text_layer() -> None:
    picture = (
        b"<< /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >> stream\n\xff"
    )
    scan = b"q 600 0 0 700 0 0 cm /X Do Q"
    resources = b"/XObject << /X %d 0 R >>"
    with pytest.raises(UnreadableError, match="no text layer"):
        list(pdf.read(made.pdf_of([scan], extra=[picture + b"\nendstream"], resources=resources % 6)))
    both = made.pdf_of(
        [drawn((72, 700, "needlebody words")), scan], extra=[picture + b"\nendstream"], resources=resources % 8
    )
    (reading,) = pdf.read(both)
    assert "no text layer on 1 of 2 pages (images?): 2" in reading.warnings and reading.completeness == "unknown"
    behind = made.pdf_of(
        [scan + b" BT 3 Tr /F1 11 Tf 72 700 Td (needlebody words) Tj ET"],
        extra=[picture + b"\nendstream"],
        resources=resources % 6,
    )
    (read,) = pdf.read(behind)
    assert missing(read, "body") == [] and any("as OCR leaves it" in x for x in read.warnings)


def test_the_second_library_says_that_it_read() -> None:
    found = pages_by_pypdf(made.pdf([["needlefirst words"], ["needlesecond words"]]))
    assert found.reader == PYPDF and "needlefirst" in found.texts[0] and "needlesecond" in found.texts[1]
    (reading,) = pdf.read_again(made.pdf([["needlefirst words"]]))
    assert reading.reader == PYPDF and "pypdfium2 crashed on it" in reading.warnings


def test_where_the_first_library_brings_its_process_down_the_second_reads() -> None:
    # so much of one content stream is more than pdfium can hold here: it aborts; pypdf refuses that page alone
    bomb = zlib.compress(drawn((72, 700, "words")) + b" " * 150_000_000, 1)
    good = zlib.compress(drawn((72, 700, "needlebody words")))
    with Workers(Limits(wall=20, cpu=20, memory=250_000_000), at_once=1) as workers:
        (reading,) = workers.readings(made.pdf_of([bomb, good], filters=b"/Filter /FlateDecode"), "a.pdf")
        with pytest.raises(SourceError) as caught:
            workers.readings(made.pdf_of([bomb], filters=b"/Filter /FlateDecode"), "a.pdf")
    assert missing(reading, "body") == [] and reading.reader == PYPDF and len(reading.pages) == 2
    told = " ".join(reading.warnings)
    assert "pypdfium2 crashed on it" in told and "could not read: 1 (LimitReachedError" in told
    assert reading.completeness == "unknown" and "pypdfium2 crashed on it; pypdf" in caught.value.reason
