"""Paged formats and packages: pages in every locator, running heads, broken words, limits."""

from __future__ import annotations

import pytest

from ctcorpus.errors import SourceError
from ctcorpus.ingest import documents, read_bytes
from ctcorpus.ingest.readers import Reader, UnreadableError, docx, format_of, is_source, odt, pdf
from ctcorpus.ingest.readers.package import Package
from tests.ingest import made_files as made


def lines(number: int) -> list[str]:
    words = [f"The members of council {number} spoke about line {at} of the budget." for at in range(8)]
    return ["The Yearbook of Councils", *words, f"Page {number}"]


def test_passages_know_their_pages_and_running_heads_are_set_aside() -> None:
    document = read_bytes(made.pdf([lines(at) for at in range(1, 6)]), name="a.pdf")
    assert {x.pages for x in document.passages} <= {(a, b) for a in range(1, 6) for b in range(a, 6)}
    assert document.passages[-1].pages is not None and document.passages[-1].pages[1] == 5
    marked = [document.text[x.start : x.end] for x in document.boilerplate]
    assert marked.count("The Yearbook of Councils") == 5 and "Page 3" in marked
    assert not any("Yearbook" in document.text[x.start : x.end] for x in document.passages)
    assert document.completeness == "full"


def test_words_broken_at_the_end_of_a_line_are_joined_and_it_is_said() -> None:
    (reading,) = pdf.read(made.pdf([["The govern-", "ment spoke of a long-", "term plan and long-term aims."]]))
    assert reading.text.startswith("The government spoke of a long-term plan")
    assert "2 words that were broken at the end of a line were joined" in reading.warnings


def test_a_page_without_text_is_named() -> None:
    (reading,) = pdf.read(made.pdf([["Some words."], [], ["More words."]]))
    assert reading.completeness == "unknown" and "no text layer on 1 of 3 pages (images?): 2" in reading.warnings
    with pytest.raises(UnreadableError, match="OCR"):
        list(pdf.read(made.pdf([[], []])))


def test_headings_of_a_word_file_are_headings() -> None:
    names = {"T": "Title", "H": "heading 1"}
    styles = "".join(f'<w:style w:styleId="{x}"><w:name w:val="{name}"/></w:style>' for x, name in names.items())
    body = made.paragraph("A Yearbook", "<w:pStyle w:val='T'/>") + made.paragraph(made.prose(2))
    body += made.paragraph("the second part", "<w:pStyle w:val='H'/>") + made.paragraph(made.prose(3))
    document = read_bytes(made.docx(body, {"styles": styles}), name="a.docx")
    assert document.metadata.title == "A Yearbook"
    assert [(document.text[x.start : x.end], x.level) for x in document.headings] == [
        ("A Yearbook", 1),
        ("the second part", 2),
    ]
    assert [x.heading for x in document.passages] == [None, "the second part"]


def test_hidden_text_is_kept_marked_and_in_no_passage() -> None:
    body = made.paragraph(made.prose(3)) + made.paragraph("nobody sees this", run="<w:vanish/>")
    document = read_bytes(made.docx(body), name="a.docx")
    (hidden,) = [x for x in document.boilerplate if x.kind == "hidden"]
    assert document.text[hidden.start : hidden.end] == "nobody sees this"
    assert not any("nobody" in document.text[x.start : x.end] for x in document.passages)
    assert any("hidden" in x for x in document.warnings)


def test_the_first_bytes_go_before_the_name() -> None:
    data = made.docx(made.paragraph("words"))
    assert format_of("a.txt", data).name == "docx"
    assert format_of("a.txt", b"%PDF-1.7\n").name == "pdf"
    assert format_of("a", b"<!DOCTYPE html><p>x").name == "html"
    assert format_of("a.txt", b"<!DOCTYPE html><p>x").name == "text"
    assert format_of("a", b"From: a\nTo: b\nDate: c\nSubject: d\n\nwords").name == "eml"
    assert format_of("A.WARC.GZ", b"").name == "warc"
    assert format_of("a.unknown", b"words").name == "text"


@pytest.mark.parametrize("reader", [docx.read, odt.read])
def test_packages_of_another_kind_are_refused(reader: Reader) -> None:
    with pytest.raises(UnreadableError):
        list(reader(made.package({"a.txt": "words"})))


def test_an_encrypted_part_is_refused() -> None:
    data = bytearray(made.package({"word/document.xml": "<a/>"}))
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    with pytest.raises(UnreadableError, match="encrypted"):
        Package(bytes(data))


def test_packages_of_many_parts_pass_the_limits() -> None:
    parts = {f"word/{at}.xml": "<a>" + "words " * 200 + "</a>" for at in range(50)}
    assert len(Package(made.package(parts)).names) == 50


def test_a_document_read_twice_is_the_same() -> None:
    data = made.epub([f"<h1>One</h1><p>{made.prose(5)}</p>", "<p>Two</p>"])
    assert list(documents(data, name="a.epub")) == list(documents(data, name="a.epub"))


def test_files_of_known_formats_that_are_not_read_are_set_aside_with_what_to_do() -> None:
    for name, words in (("a.doc", "save it as DOCX"), ("a.zip", "unpack it")):
        assert is_source(name)
        with pytest.raises(SourceError, match=words):
            read_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" if name == "a.doc" else b"PK\x05\x06", name=name)
    assert not is_source("a.png")
