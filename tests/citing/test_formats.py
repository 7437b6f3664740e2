"""Every format keeps what it is given, whatever that is: read back by somebody else's reader, field by field."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from export_samples import HOSTILE, selection
from hypothesis import given
from hypothesis import strategies as st

from ctcorpus.citing.formats import FORMATS, render
from ctcorpus.citing.formats.biblatex import COMMANDS, latex
from ctcorpus.citing.formats.characters import one_line, xml_text
from ctcorpus.citing.formats.csv import COLUMNS, guarded, joined, parted, unguarded
from ctcorpus.citing.formats.docx import word_text
from ctcorpus.citing.formats.html import POLICY
from ctcorpus.citing.formats.markdown import escaped, mark
from ctcorpus.errors import UsageError
from ctcorpus.model.export import CitedPassage, Selection
from ctcorpus.query.fragment import is_address

#: how many records: some hundred always, all of them where slow tests are asked for
COUNTS = [pytest.param(300, id="300"), pytest.param(10_000, id="10000", marks=pytest.mark.slow)]
PANDOC = shutil.which("pandoc")
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(HOSTILE)


def rendered(chosen: Selection, name: str) -> str:
    made = render(chosen, name)
    assert isinstance(made, str)
    return made


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UsageError, match="'pdf' is no export format"):
        render(selection(1), "pdf")


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_at_all_can_be_rendered(name: str) -> None:
    assert isinstance(render(Selection((), 1), name), str | bytes)


@pytest.mark.parametrize("count", COUNTS)
def test_jsonl_keeps_everything(count: int) -> None:
    chosen = selection(count)
    lines = rendered(chosen, "jsonl").splitlines()
    assert [CitedPassage.from_dict(json.loads(line)) for line in lines] == list(chosen.passages)


# --- CSV -------------------------------------------------------------------------------------------------------


def rows_of(data: str) -> list[dict[str, str]]:
    """The rows as a reader gets them, the guards taken off."""
    reader = csv.reader(io.StringIO(data, newline=""), strict=True)
    header = next(reader)
    return [dict(zip(header, map(unguarded, row), strict=True)) for row in reader]


@pytest.mark.parametrize("count", COUNTS)
def test_csv_keeps_everything(count: int) -> None:
    chosen = selection(count)
    rows = rows_of(rendered(chosen, "csv"))
    for row, passage in zip(rows, chosen.passages, strict=True):
        assert tuple(row) == COLUMNS
        assert row["quote"] == passage.citation.quote
        assert (row["prefix"], row["suffix"]) == (passage.citation.prefix, passage.citation.suffix)
        assert (int(row["start"]), int(row["end"])) == (passage.citation.start, passage.citation.end)
        assert (row["title"] or None, row["site"] or None) == (passage.title or None, passage.site or None)
        assert parted(row["authors"]) == passage.authors or passage.authors == ("",)
        assert (row["url"] or None, row["published"] or None) == (passage.url, passage.published)


@given(ANY_TEXT)
def test_a_guard_comes_off_again(value: str) -> None:
    assert unguarded(guarded(value)) == value


@given(st.lists(ANY_TEXT))
def test_joined_values_part_again(values: list[str]) -> None:
    assert parted(joined(values)) == tuple(values) or values == [""]


@pytest.mark.parametrize("value", ["=1", " =1", "\t=1", "+1", "-1", "@x", "＝1", "＠x", "\r=1", "\n=1", "|x", "\u00a0=1"])
def test_what_may_be_a_formula_is_guarded(value: str) -> None:
    assert guarded(value).startswith("\t")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.slow
def test_no_cell_is_a_formula_in_libreoffice(tmp_path: Path) -> None:
    assert OFFICE
    chosen = selection(300)
    (tmp_path / "x.csv").write_text("\ufeff" + rendered(chosen, "csv"), encoding="utf-8", newline="")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [OFFICE, profile, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path), str(tmp_path / "x.csv")]
    subprocess.run(command, check=True, capture_output=True, timeout=110)
    space = "{urn:oasis:names:tc:opendocument:xmlns:"
    cells = list(ElementTree.parse(tmp_path / "x.fods").iter(f"{space}table:1.0}}table-cell"))
    assert len(cells) > 300 * 10
    assert [cell.attrib for cell in cells if f"{space}table:1.0}}formula" in cell.attrib] == []
    assert sum(cell.get(f"{space}office:1.0}}value-type") == "float" for cell in cells) >= 300 * 3


# --- RIS -------------------------------------------------------------------------------------------------------


def first_paragraph(note: str) -> str:
    """The quotation in a note: the first paragraph, without its quotation marks."""
    found = re.match(r"<p>“(.*?)”</p>", note)
    assert found
    return html.unescape(found[1])


@pytest.mark.parametrize("count", COUNTS)
def test_ris_keeps_records_and_fields(count: int) -> None:
    import rispy

    chosen = selection(count)
    records: list[dict[str, Any]] = rispy.loads(rendered(chosen, "ris"))
    assert len(records) == count
    for record, passage in zip(records, chosen.passages, strict=True):
        assert record["type_of_reference"] in {"NEWS", "MGZN", "ELEC"}
        assert record.get("title", "") == one_line(passage.title or "")
        assert record.get("authors", []) == [x for x in map(one_line, passage.authors) if x]
        assert record.get("secondary_title", "") == one_line(passage.site or "")
        quotes = [first_paragraph(x) for x in record["notes"] if x.startswith("<p>“")]
        assert quotes == [re.sub("[\x7f-\x9f]", "\ufffd", xml_text(passage.citation.quote))]


def test_ris_dates_say_no_more_than_is_stated() -> None:
    lines = rendered(selection(300), "ris").split("\r\n")
    dates = {line for line in lines if line.startswith(("PY", "DA"))}
    assert dates == {
        "PY  - 2025", "DA  - 2025/04/08/", "DA  - 2025/04//", "DA  - 2025///", "PY  - 2026", "DA  - 2026/02/22/",
    }  # fmt: skip


# --- BibLaTeX ---------------------------------------------------------------------------------------------------


def unlatex(value: str) -> str:
    """What LaTeX would print of a value."""
    inverse = {command: character for character, command in COMMANDS.items()} | {r"\{": "{", r"\}": "}"}
    pattern = "|".join(map(re.escape, sorted(inverse, key=len, reverse=True)))
    parted = re.sub(r"([-'<>,])\{\}(?=\1)", r"\1", value)
    return re.sub(pattern, lambda found: inverse[found[0]], parted)


@pytest.mark.parametrize("count", COUNTS)
def test_biblatex_keeps_records_and_fields(count: int) -> None:
    import bibtexparser

    chosen = selection(count)
    library = bibtexparser.parse_string(rendered(chosen, "biblatex"))
    assert library.failed_blocks == []
    assert len(library.entries) == len(library.blocks) == count
    for entry, passage in zip(library.entries, chosen.passages, strict=True):
        fields = {field.key: field.value for field in entry.fields}
        assert (entry.entry_type, entry.key) == ("online", passage.citekey)
        title = fields.get("title", "{}")
        assert unlatex(title[1:-1]) == one_line(passage.title or "")
        assert unlatex(fields.get("organization", "{}")[1:-1]) == one_line(passage.site or "")
        names = list(_top_level(fields.get("author", "")))
        assert [unlatex(name) for name in names] == [one_line(x) for x in passage.authors]
        quote = one_line(f"“{passage.citation.quote}")
        assert _squeezed(unlatex(fields["annotation"])).startswith(_squeezed(quote))


def _top_level(value: str) -> Iterator[str]:
    """What stands in the outermost braces of a value, counted as BibTeX counts."""
    depth = start = 0
    for at, c in enumerate(value):
        depth += {"{": 1, "}": -1}.get(c, 0)
        if c == "{" and depth == 1:
            start = at + 1
        elif c == "}" and depth == 0:
            yield value[start:at]


def _squeezed(value: str) -> str:
    """A text without its white space, which BibLaTeX and Markdown do not keep."""
    return re.sub(r"\s+", "", value)


# --- CSL-JSON, W3C ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", COUNTS)
def test_csl_keeps_records_and_quotations(count: int) -> None:
    chosen = selection(count)
    items = json.loads(rendered(chosen, "csl-json"))
    for item, passage in zip(items, chosen.passages, strict=True):
        assert item["id"] == passage.citekey
        assert item["type"] in {"webpage", "article-newspaper", "article-magazine"}
        assert item.get("title", "") == one_line(passage.title or "")
        assert [x["literal"] for x in item.get("author", [])] == [one_line(x) for x in passage.authors]
        assert [x["quote"] for x in item["custom"]["ctcorpus"]] == [passage.citation.quote]


@pytest.mark.parametrize("count", COUNTS)
def test_w3c_annotations_find_the_words(count: int) -> None:
    chosen = selection(count)
    page = json.loads(rendered(chosen, "w3c"))
    for item, passage in zip(page["items"], chosen.passages, strict=True):
        words, position = item["target"]["selector"]
        citation = passage.citation
        assert (words["exact"], words["prefix"], words["suffix"]) == (citation.quote, citation.prefix, citation.suffix)
        assert (position["start"], position["end"]) == (citation.start, citation.end)
        assert item["target"]["state"]["textSha256"] == citation.text_sha256
        assert item["target"]["source"].startswith(("ni:///sha-256;", "https://"))


# --- HTML -------------------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """The text of each block quotation, every tag, and every attribute of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.quotes: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]
        assert not [name for name, _ in attrs if name.startswith("on") or name == "style"]
        if tag == "blockquote":
            self._inside = True
            self.quotes.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "blockquote"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.quotes[-1] += data


@pytest.mark.parametrize("count", COUNTS)
def test_html_keeps_quotations_and_holds_nothing_foreign(count: int) -> None:
    chosen = selection(count)
    made = rendered(chosen, "html")
    page = Page()
    page.feed(made)
    page.close()
    assert page.quotes == [xml_text(x.citation.quote) for x in chosen.passages]
    assert page.tags <= set("html head meta title style body header h1 p article blockquote mark footer a br code".split())
    assert all(is_address(link) for link in page.links)
    assert f'content="{POLICY}"' in made


# --- Markdown ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [300])
def test_markdown_makes_nothing_of_what_a_source_says(count: int) -> None:
    from markdown_it import MarkdownIt

    chosen = selection(count)
    tokens = MarkdownIt("commonmark").parse(rendered(chosen, "markdown"))
    kinds = {token.type for token in tokens} | {x.type for token in tokens for x in token.children or ()}
    assert kinds <= {
        "blockquote_open", "blockquote_close", "paragraph_open", "paragraph_close", "inline", "html_block", "text",
        "text_special", "softbreak", "hardbreak",
    }  # fmt: skip
    comments = [token.content.strip() for token in tokens if token.type == "html_block"]
    assert comments == [f"<!-- {mark(x)} -->" for x in chosen.passages]
    quotes = re.split(r"<!-- ctcorpus [^>]*-->", _quoted_text(tokens))
    wanted = [xml_text(x.citation.quote) for x in chosen.passages]
    assert [_squeezed(_printable(x)) for x in quotes[:-1]] == [_squeezed(_printable(x)) for x in wanted]


def _quoted_text(tokens: list[Any]) -> str:
    """What block quotations show, with the comments between them."""
    shown, depth = [], 0
    for token in tokens:
        depth += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if token.type == "html_block":
            shown.append(token.content)
        elif depth:
            shown += [x.content if x.type in {"text", "text_special"} else "\n" for x in token.children or ()]
    return "".join(shown)


def _printable(value: str) -> str:
    """A text in which every control character reads as the replacement character, as Markdown shows it."""
    return re.sub("[\x00-\x1f\x7f-\x9f\ufffd]", "", re.sub(r"\s", "", value))


@given(ANY_TEXT)
def test_an_escaped_line_reads_as_it_was(value: str) -> None:
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", escaped(value)) == one_line(value)


# --- DOCX -------------------------------------------------------------------------------------------------------


def _docx_matches(chosen: Selection) -> None:
    import docx

    made = render(chosen, "docx")
    assert isinstance(made, bytes)
    rows = docx.Document(io.BytesIO(made)).tables[0].rows
    assert len(rows) == len(chosen.passages) + 1
    for row, passage in zip(list(rows)[1:], chosen.passages, strict=True):
        cells = row.cells
        assert cells[1].text == word_text(passage.citation.quote)
        assert cells[4].text.startswith(passage.id)
        assert cells[5].text.endswith(word_text(passage.notes[0].text))


def test_docx_keeps_quotations() -> None:
    _docx_matches(selection(200))


@pytest.mark.slow
def test_docx_keeps_ten_thousand_quotations() -> None:
    for first in range(0, 10_000, 500):  # a table a report; one of 10,000 rows is nobody's evidence table
        everything = selection(first + 500).passages[first:]
        _docx_matches(Selection(everything, 1))


def test_docx_points_nowhere() -> None:
    import zipfile

    made = render(selection(50), "docx")
    assert isinstance(made, bytes)
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        for name in package.namelist():
            if name.endswith(".rels"):
                assert b'TargetMode="External"' not in package.read(name)


# --- pandoc -----------------------------------------------------------------------------------------------------


def pandoc(source: str, *options: str) -> str:
    assert PANDOC
    done = subprocess.run([PANDOC, *options], input=source.encode(), capture_output=True, check=True, timeout=110)
    return done.stdout.decode()


def _uncurled(value: str) -> str:
    """A text with straight quotation marks: pandoc curls those of a bibliography, which is its business."""
    return re.sub("[“”]", '"', re.sub("[‘’]", "'", _squeezed(_printable(value))))


def _is_balanced(value: str) -> bool:
    return "\\textbrace" not in latex(value)


@pytest.mark.skipif(PANDOC is None, reason="pandoc is not installed")
@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("name", ["csl-json", "biblatex"])
def test_pandoc_reads_the_bibliography(name: str, count: int) -> None:
    chosen = selection(count)
    reader = "csljson" if name == "csl-json" else name
    items = {x["id"]: x for x in json.loads(pandoc(rendered(chosen, name), "-f", reader, "-t", "csljson"))}
    assert len(items) == count
    for passage in chosen.passages:
        item = items[passage.citekey]
        assert item["type"] in {"webpage", "article-newspaper", "article-magazine"}
        found, wanted = (_uncurled(x) for x in (item.get("title", ""), one_line(passage.title or "")))
        if name == "biblatex" and not _is_balanced(wanted):  # pandoc knows no command for a brace that is alone
            found, wanted = (re.sub("[{}]", "", x) for x in (found, wanted))
        assert found == wanted


@pytest.mark.skipif(PANDOC is None, reason="pandoc is not installed")
@pytest.mark.parametrize("count", COUNTS)
def test_pandoc_reads_the_quotations_of_markdown(count: int) -> None:
    chosen = selection(count)
    page = Page()
    page.feed(pandoc(rendered(chosen, "markdown"), "-f", "markdown", "-t", "html"))
    page.close()
    assert [_squeezed(_printable(x)) for x in page.quotes] == [
        _squeezed(_printable(xml_text(x.citation.quote))) for x in chosen.passages
    ]
    assert not page.links


@pytest.mark.skipif(PANDOC is None, reason="pandoc is not installed")
def test_pandoc_makes_a_document_with_its_references(tmp_path: Path) -> None:
    chosen = selection(40, footnotes=True)
    (tmp_path / "refs.json").write_text(rendered(chosen, "csl-json"), encoding="utf-8")
    (tmp_path / "x.md").write_text(rendered(chosen, "markdown"), encoding="utf-8", newline="")
    assert PANDOC
    command = [PANDOC, "--citeproc", "--fail-if-warnings", "-t", "json", "x.md"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=110)
    made = json.loads(done.stdout)
    text = json.dumps(made)
    assert text.count('"t": "Note"') == 40
    assert text.count('"ref-anon-nd-') >= 40
