"""References in a style: what is missing stays missing, and no letter of a source is changed or taken for markup."""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ctcorpus.citing.exporting.export import Request
from ctcorpus.citing.exporting.formats import WITH_BIBLIOGRAPHY
from ctcorpus.citing.exporting.formats.characters import one_line
from ctcorpus.citing.exporting.formats.csl import item
from ctcorpus.citing.exporting.formats.works import works
from ctcorpus.citing.exporting.styles import HEADING, NO_TITLE, STYLES, filed_under, formatted
from ctcorpus.corpus import Corpus
from ctcorpus.errors import ExtraMissingError, UsageError
from ctcorpus.interfaces.cli import main
from tests.citing.export_samples import HOSTILE, passages

SEEDS = Path(__file__).parents[3] / "seeds"
URL = "https://example.org/a?.b=1&c=2"


def page(**fields: Any) -> dict[str, Any]:
    """A CSL item: a web page with these fields; ``_`` stands for the hyphen in their names."""
    return {"id": "x", "type": "webpage"} | {name.replace("_", "-"): value for name, value in fields.items()}


def names(*literals: str) -> list[dict[str, str]]:
    return [{"literal": literal} for literal in literals]


def date(*parts: list[int], **more: Any) -> dict[str, Any]:
    return {"date-parts": list(parts), **more}


@pytest.mark.parametrize(
    ("entry", "chicago", "apa"),
    [
        (
            page(
                title="The fence",
                author=names("Jane Doe"),
                container_title="Daily X",
                issued=date([2025, 4, 8]),
                URL=URL,
            ),
            f"Jane Doe. 2025. “The fence.” Daily X, April 8. {URL}.",
            f"Jane Doe. (2025, April 8). The fence. Daily X. {URL}",
        ),
        (page(title="The fence"), "“The fence.” n.d.", "The fence. (n.d.)."),
        (page(), f"{NO_TITLE}. n.d.", f"{NO_TITLE}. (n.d.)."),
        (
            page(title="Why?", author=names("Acme Inc."), publisher="P", issued=date([2025])),
            "Acme Inc. 2025. “Why?” P.",
            "Acme Inc. (2025). Why? P.",
        ),
        (page(title="M", issued=date([2025, 4])), "“M.” 2025. April.", "M. (2025, April)."),
        (page(title="M", issued=date([2001], circa=True)), "“M.” ca. 2001.", "M. (ca. 2001)."),
        (
            page(title="M", issued=date([2025, 1], [2025, 3])),
            "“M.” 2025-01 to 2025-03.",
            "M. (2025-01 to 2025-03).",
        ),
        (page(title="M", issued={"literal": "../2025"}), "“M.” ../2025.", "M. (../2025)."),
        (
            page(title="M", accessed=date([2025, 5, 1]), URL=URL),
            f"“M.” n.d. Accessed May 1, 2025. {URL}.",
            f"M. (n.d.). Retrieved May 1, 2025, from {URL}",
        ),
        (
            page(title="M", author=names("A", "B"), container_title="S", publisher="S"),
            "A and B. n.d. “M.” S.",
            "A, & B. (n.d.). M. S.",
        ),
        (page(title="M", author=names("A", "B", "C")), "A, B, and C. n.d. “M.”", "A, B, & C. (n.d.). M."),
    ],
)
def test_references(entry: dict[str, Any], chicago: str, apa: str) -> None:
    assert formatted(entry, "chicago") == chicago
    assert formatted(entry, "apa") == apa


@pytest.mark.parametrize("style", STYLES)
def test_the_day_of_reading_is_never_the_date_of_a_page(style: str) -> None:
    line = formatted(page(title="M", issued=date([2020]), accessed=date([2025, 5, 1]), URL=URL), style)
    assert "2020" in line
    assert "2025" not in line
    assert "2025" not in formatted(page(title="M", accessed=date([2025, 5, 1])), style)


@pytest.mark.parametrize("style", STYLES)
def test_no_text_is_markup_and_no_letter_changes(style: str) -> None:
    for text in [*HOSTILE, "<b>iPhone</b> &amp; <span class='nocase'>U.S. army</span>", "\ue000 \ue001\uf8ff"]:
        title, name = f"x{text}x", f"y{text}y"
        line = formatted(page(title=title, author=names(name), container_title=f"z{text}z"), style)
        assert all(one_line(value) in line for value in (title, name, f"z{text}z"))
        assert len(line.splitlines()) == 1


@pytest.mark.parametrize("style", STYLES)
def test_hundreds_of_authors_are_all_named(style: str) -> None:
    authors = [f"Author {number:03}" for number in range(300)]
    line = formatted(page(title="M", author=names(*authors)), style)
    assert all(author in line for author in authors)
    assert "1800 others" in formatted(page(title="M", author=names(*(["A"] * 5000))), style)


@pytest.mark.parametrize("style", STYLES)
def test_records_of_any_kind_have_a_reference_with_all_that_is_stated(style: str) -> None:
    for work in works(passages(60)):
        line = formatted(item(work), style)
        assert all(one_line(author) in line for author in work.source.authors)
        assert one_line(work.source.title or "") in line
        assert ("n.d." in line) or work.source.published


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """The seeds, and an article of which a maintainer states the date."""
    folder = tmp_path_factory.mktemp("styles")
    text = "A fence and a river\n\nThe fence was finished. Officials said that it would hold for many years.\n"
    (folder / "article.txt").write_text(text, encoding="utf-8")
    stated = 'by = "A. Khan"\nat = 2026-03-01\n[[source]]\nmatch = "**/article.txt"\n'
    (folder / "sources.toml").write_text(stated + 'published = "2001-05"\n', encoding="utf-8")
    with Corpus(folder / "data" / "index") as made:
        made.index([SEEDS, folder / "article.txt"])
        yield made


@pytest.mark.parametrize("style", STYLES)
def test_every_document_has_its_reference(corpus: Corpus, style: str) -> None:
    for entry in corpus.documents():
        line = corpus.styled(entry.id, style)
        assert corpus.styled(f"{entry.id}:0-10", style) == line
        assert (entry.title or NO_TITLE) in line
        assert all(author in line for author in entry.authors)
        assert ("n.d." in line) == (entry.published is None)
        assert ("[The title is inferred from the text.]" in line) == (
            entry.title is not None and entry.title_basis == "inferred"
        )
        if not entry.authors:
            assert line.lstrip("“").startswith(entry.title or NO_TITLE)


def test_what_a_maintainer_states_is_marked(corpus: Corpus) -> None:
    lines = [corpus.styled(x.id, "apa") for x in corpus.documents() if x.published == "2001-05"]
    assert len(lines) == 1
    assert "(2001, May)." in lines[0]
    assert lines[0].endswith("[Stated by the maintainer of the corpus, not by the source: published.]")


def test_an_unknown_style_is_refused(corpus: Corpus) -> None:
    with pytest.raises(UsageError, match="mla"):
        corpus.styled(corpus.documents()[0].id, "mla")


def test_without_the_processor_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "citeproc", None)
    with pytest.raises(ExtraMissingError) as error:
        formatted(page(title="M"), "apa")
    assert error.value.extra == "styles"


def test_the_command_prints_it(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CTCORPUS_STORE", str(corpus.store.path))
    first = corpus.documents()[0].id
    with pytest.raises(SystemExit) as end:
        main(["cite", first, "--style", "chicago"])
    assert not end.value.code
    shown = " ".join(capsys.readouterr().out.split())
    assert " ".join(corpus.styled(first, "chicago").split()) in shown


@pytest.mark.parametrize("name", WITH_BIBLIOGRAPHY)
@pytest.mark.parametrize("style", STYLES)
def test_an_export_for_reading_ends_with_a_bibliography(corpus: Corpus, tmp_path: Path, name: str, style: str) -> None:
    path = tmp_path / "x"
    report = corpus.export("security OR border", Request(format=name, output=path, style=style))
    wanted = sorted(corpus.styled(x, style) for x in {row.document for row in report.rows})
    assert len(wanted) > 2
    lines = bibliography_in(path, name)
    assert sorted(lines) == wanted  # each source once
    assert lines == sorted(lines, key=filed_under)


def bibliography_in(path: Path, name: str) -> list[str]:
    """The lines below the heading, as a reader of the format gets them."""
    if name == "docx":
        docx = pytest.importorskip("docx")
        words = [x.text for x in docx.Document(str(path)).paragraphs if x.text]
        return words[words.index(HEADING) + 1 :]
    text = path.read_text(encoding="utf-8")
    if name == "text":
        return text.partition(f"\n{HEADING}\n\n")[2].strip().split("\n\n")
    if name == "html":
        return [html.unescape(x) for x in re.findall(r"<li dir=\"auto\">(.*?)</li>", text)]
    rows = text.partition(f"\n## {HEADING}\n\n")[2].strip().split("\n")
    return [re.sub(r"\\(.)", r"\1", html.unescape(row)).removeprefix("- ") for row in rows]


def test_without_a_style_there_is_no_bibliography(corpus: Corpus) -> None:
    for name in ("markdown", "html", "text"):
        content = corpus.export("security", Request(format=name)).content
        assert content is not None and HEADING not in content


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (Request(style="mla"), "no style"),
        (Request(format="ris", style="apa"), "no bibliography"),
        (Request(footnotes=True, output=Path("x.md"), style="apa"), "footnotes"),
    ],
)
def test_a_style_that_makes_no_sense_is_refused(corpus: Corpus, request_: Request, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        corpus.export("security", request_)


def test_the_pages_of_a_pack_end_with_a_bibliography(corpus: Corpus, tmp_path: Path) -> None:
    corpus.export("security", Request(pack=tmp_path / "pack", style="chicago"))
    assert f"## {HEADING}" in (tmp_path / "pack" / "passages.md").read_text(encoding="utf-8")
    assert 'id="references"' in (tmp_path / "pack" / "passages.html").read_text(encoding="utf-8")


def test_the_command_takes_a_style(corpus: Corpus, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["export", "border", "--format", "text", "--style", "apa", "--store", str(corpus.path)])
    assert end.value.code == 0
    assert f"\n{HEADING}\n" in capsys.readouterr().out
