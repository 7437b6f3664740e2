"""The formats that people read: HTML, Markdown and Word, and what pandoc makes of them and of the bibliographies."""

from __future__ import annotations

import io
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctcorpus.citing.exporting.formats import render
from ctcorpus.citing.exporting.formats.biblatex import latex
from ctcorpus.citing.exporting.formats.characters import one_line, xml_text
from ctcorpus.citing.exporting.formats.docx import word_text
from ctcorpus.citing.exporting.formats.html import POLICY
from ctcorpus.citing.exporting.formats.markdown import escaped, mark
from ctcorpus.model.export import Selection
from ctcorpus.query.fragment import is_address
from tests.citing.export_readers import COUNTS, PANDOC, Page, pandoc, printable, rendered
from tests.citing.export_samples import HOSTILE, selection

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(HOSTILE)


# --- HTML -------------------------------------------------------------------------------------------------------


OWN_TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "h1", "p", "article", "blockquote", "mark", "footer",
    "a", "br", "code",
}  # fmt: skip


@pytest.mark.parametrize("count", COUNTS)
def test_html_keeps_quotations_and_holds_nothing_foreign(count: int) -> None:
    chosen = selection(count)
    made = rendered(chosen, "html")
    page = Page()
    page.feed(made)
    page.close()
    assert page.quotes == [xml_text(x.citation.quote) for x in chosen.passages]
    assert page.tags <= OWN_TAGS
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
    assert [printable(x) for x in quotes[:-1]] == [printable(x) for x in wanted]


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


@given(ANY_TEXT)
def test_an_escaped_line_reads_as_it_was(value: str) -> None:
    plain = re.sub(r"(?<!\\)&#8216;", "‘", escaped(value))
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", plain) == one_line(value)


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
@pytest.mark.timeout(600)
def test_docx_keeps_ten_thousand_quotations() -> None:
    everything = selection(10_000).passages
    for first in range(0, 10_000, 500):  # one table of 10,000 rows is nobody's evidence
        _docx_matches(Selection(everything[first : first + 500], 1))


def test_docx_points_nowhere() -> None:
    import zipfile

    made = render(selection(50), "docx")
    assert isinstance(made, bytes)
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        for name in package.namelist():
            if name.endswith(".rels"):
                assert b'TargetMode="External"' not in package.read(name)


# --- pandoc -----------------------------------------------------------------------------------------------------


def _unquoted(value: str) -> str:
    """A text without its quotation marks: pandoc curls and nests those of a bibliography, which is its business."""
    return re.sub("[\"'“”‘’]", "", printable(value))


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
        found, wanted = (_unquoted(x) for x in (item.get("title", ""), one_line(passage.title or "")))
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
    assert [printable(x) for x in page.quotes] == [printable(xml_text(x.citation.quote)) for x in chosen.passages]
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
