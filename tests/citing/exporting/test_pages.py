"""The pages of a PDF stand wherever a reference to it does, and in the field that a format has for them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ctcorpus.citing.exporting.export import Request
from ctcorpus.citing.exporting.formats.works import PAGED
from ctcorpus.corpus import Corpus
from tests.ingest.made_files import pdf

OPENINGS = (
    "The border fence was extended in 2024.",
    "Special courts were set up in 2015 after an attack.",
    "A second border fence is planned along the river.",
)
LINES = [
    [f"In the year {1900 + 30 * page + at} there were {at} wells and {page} schools." for at in range(25)]
    for page in range(3)
]
#: so many lines, none of them twice, that a passage ends with its page
PAGES = [(opening, *lines) for opening, lines in zip(OPENINGS, LINES, strict=True)]
QUOTE = "A second border fence is planned along the river."


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    folder = tmp_path_factory.mktemp("paged")
    (folder / "report.pdf").write_bytes(pdf(PAGES))
    (folder / "plain.txt").write_text("A fence of another kind stands here.\n", encoding="utf-8")
    with Corpus(folder / "data" / "index") as corpus:
        corpus.index([folder / "report.pdf", folder / "plain.txt"])
        yield corpus


def exported(corpus: Corpus, name: str, query: str = "border fence") -> str:
    content = corpus.export(query, Request(format=name)).content
    assert content is not None
    return content


def test_a_passage_knows_its_pages(corpus: Corpus) -> None:
    pages = {x.citation.quote: x.pages for x in corpus.export("border fence").rows}
    assert {quote[:16]: x for quote, x in pages.items() if x} == {
        "The border fence": (1, 1),
        "A second border ": (3, 3),
    }
    assert [x.pages for x in corpus.export("stands here").rows if x.match == "all"] == [None]


@pytest.mark.parametrize("name", ["markdown", "text", "csv", "jsonl", "ris", "html", "w3c"])
def test_the_place_in_every_format_for_people_names_the_page(corpus: Corpus, name: str) -> None:
    words = exported(corpus, name).replace("\\", "")
    assert "p. 3, para. " in words and "p. 1, para. " in words


def test_the_fields_for_pages(corpus: Corpus) -> None:
    ris = exported(corpus, "ris")
    assert "\r\nSP  - 1, 3\r\n" in ris and PAGED in ris
    bib = exported(corpus, "biblatex")
    assert "pages = {1, 3}" in bib and PAGED in bib
    item = next(x for x in json.loads(exported(corpus, "csl-json")) if "page" in x)
    assert item["page"] == "1, 3" and PAGED in item["note"]
    rows = list(csv.DictReader(io.StringIO(exported(corpus, "csv"))))
    assert [row["pages"] for row in rows if row["quote"].startswith(QUOTE)] == ["3"]


def test_a_source_without_pages_gets_no_field(corpus: Corpus) -> None:
    for name in ("ris", "biblatex", "csl-json"):
        words = exported(corpus, name, "path:plain.txt AND stands")
        assert "another kind" in words and not any(x in words for x in ("SP  - ", "pages = ", '"page"', PAGED))


def test_an_annotation_finds_the_words_on_the_page(corpus: Corpus) -> None:
    for item in json.loads(exported(corpus, "w3c"))["items"]:
        words, position, *on_page = item["target"]["selector"]
        assert (words["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        for selector in on_page:
            assert selector["value"] in ("page=1", "page=3") and selector["refinedBy"] == words
    assert '"page=3"' in exported(corpus, "w3c")


def test_a_word_document_names_the_page(corpus: Corpus, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    corpus.export("border fence", Request(format="docx", output=tmp_path / "x.docx"))
    cells = [cell.text for row in docx.Document(str(tmp_path / "x.docx")).tables[0].rows for cell in row.cells]
    assert any("p. 3, para. " in x for x in cells)


def test_cite_check_and_brief_name_the_page(corpus: Corpus) -> None:
    start = corpus.store.text(corpus.entry("report.pdf").id).index(QUOTE)
    reference = corpus.cite(f"report.pdf:{start}-{start + len(QUOTE)}").reference
    assert ", p. 3, para. " in reference
    (found,) = corpus.check(quote=QUOTE).items
    assert found.reference == reference
    places = {row.words: row.reference for section in corpus.brief("border fence").sections for row in section.rows}
    assert ", p. 3, " in places[QUOTE]


def test_the_pack_names_the_page(corpus: Corpus, tmp_path: Path) -> None:
    corpus.export("border fence", Request(pack=tmp_path / "pack"))
    assert "p. 3, para. " in (tmp_path / "pack" / "passages.md").read_text(encoding="utf-8")
    assert "SP  - 1, 3" in (tmp_path / "pack" / "references.ris").read_text(encoding="utf-8")


def test_tags_of_notes_are_keywords(corpus: Corpus) -> None:
    corpus.note("report.pdf", "look again", tags=["fence", "later, much"], by="A. Khan")
    made = {name: corpus.export("border fence", Request(format=name, notes=True)).content or "" for name in FIELDS}
    for name, field in FIELDS.items():
        assert field in made[name], name
    assert all("fence, later" not in (corpus.export("border fence", Request(format=x)).content or "") for x in FIELDS)


FIELDS = {
    "ris": "KW  - fence\r\nKW  - later, much\r\n",
    "biblatex": "keywords = {fence, later; much},",
    "csl-json": '"keyword": "fence, later; much"',
}
