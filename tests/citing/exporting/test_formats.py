"""The formats that programs read keep what they are given, whatever that is: held against other people's readers."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctcorpus.citing.exporting.formats import FORMATS, render
from ctcorpus.citing.exporting.formats.biblatex import COMMANDS
from ctcorpus.citing.exporting.formats.characters import one_line, xml_text
from ctcorpus.citing.exporting.formats.csv import COLUMNS, guarded, joined, parted, unguarded
from ctcorpus.errors import UsageError
from ctcorpus.model.export import CitedPassage, Selection
from tests.citing.export_readers import COUNTS, OFFICE, rendered, squeezed
from tests.citing.export_samples import HOSTILE, selection

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(HOSTILE)


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


@pytest.mark.parametrize(
    "value", ["=1", " =1", "\t=1", "+1", "-1", "@x", "＝1", "＠x", "\r=1", "\n=1", "|x", "\u00a0=1"]
)
def test_what_may_be_a_formula_is_guarded(value: str) -> None:
    assert guarded(value).startswith("\t")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.slow
def test_no_cell_is_a_formula_in_libreoffice(tmp_path: Path) -> None:
    assert OFFICE
    chosen = selection(300)
    (tmp_path / "x.csv").write_text("\ufeff" + rendered(chosen, "csv"), encoding="utf-8", newline="")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        OFFICE,
        profile,
        "--headless",
        "--convert-to",
        "fods",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "x.csv"),
    ]
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
    from bibtexparser.entrypoint import parse_string

    chosen = selection(count)
    library = parse_string(rendered(chosen, "biblatex"))
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
        assert squeezed(unlatex(fields["annotation"])).startswith(squeezed(quote))


def _top_level(value: str) -> Iterator[str]:
    """What stands in the outermost braces of a value, counted as BibTeX counts."""
    depth = start = 0
    for at, c in enumerate(value):
        depth += {"{": 1, "}": -1}.get(c, 0)
        if c == "{" and depth == 1:
            start = at + 1
        elif c == "}" and depth == 0:
            yield value[start:at]


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
