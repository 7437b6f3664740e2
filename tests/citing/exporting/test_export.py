"""What an export selects, where it is written, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ctcorpus.citing.exporting.export import Request, parse_ids, parse_pick
from ctcorpus.citing.exporting.formats import FORMATS
from ctcorpus.corpus import Corpus
from ctcorpus.errors import UnknownIdError, UsageError
from tests.citing.export_corpora import changed, corpus_in


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with corpus_in(tmp_path) as made:
        yield made


def test_what_a_query_finds_is_exported_in_its_order(corpus: Corpus) -> None:
    hits = corpus.search("fence", 10).hits
    rows = corpus.export("fence").rows
    assert [(x.rank, x.id, x.citation) for x in rows] == [(h.rank, h.passage.id, h.citation) for h in hits]
    assert [x.number for x in rows] == list(range(1, len(hits) + 1))


def test_every_quotation_is_the_stored_text(corpus: Corpus) -> None:
    for unit in ("passage", "sentence"):
        for row in corpus.export("fence OR courts", Request(unit=unit)).rows:
            text = corpus.store.text(row.document)
            assert text[row.citation.start : row.citation.end] == row.citation.quote
            assert all(row.citation.start <= x.start < x.end <= row.citation.end for x in row.highlights)


def test_a_sentence_is_cited_by_its_own_span(corpus: Corpus) -> None:
    rows = corpus.export("planned", Request(unit="sentence")).rows
    assert [x.citation.quote for x in rows] == ["A second fence is planned along the river."]


def test_picked_numbers_come_in_the_order_asked_for(corpus: Corpus) -> None:
    every = corpus.export("fence").rows
    picked = corpus.export("fence", Request(pick=(2, 1)), n=1).rows
    assert [x.id for x in picked] == [every[1].id, every[0].id]
    with pytest.raises(UsageError, match="There is no number 40"):
        corpus.export("fence", Request(pick=(40,)))


def test_ids_name_documents_and_spans(corpus: Corpus) -> None:
    entry = corpus.entry("fence.txt")
    report = corpus.export(ids=["fence.txt", f"{entry.citekey}:5-20"])
    assert report.passages == entry.passages + 1
    assert report.rows[-1].id == f"{entry.id}:5-20"
    assert report.rows[-1].rank is None
    with pytest.raises(UnknownIdError):
        corpus.export(ids=["nothing-like-it"])


def test_a_query_or_ids_but_not_both(corpus: Corpus) -> None:
    for query, ids in ((None, None), ("fence", ["fence.txt"])):
        with pytest.raises(UsageError, match="a query or of a list"):
            corpus.export(query, ids=ids)


def test_nothing_found_writes_nothing(corpus: Corpus, tmp_path: Path) -> None:
    report = corpus.export("zebra", Request(output=tmp_path / "x.md"))
    assert (report.passages, report.files, report.content) == (0, (), None)
    assert not (tmp_path / "x.md").exists()


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_is_written_whole_or_not_at_all(corpus: Corpus, tmp_path: Path, name: str) -> None:
    output = tmp_path / f"x{FORMATS[name].suffix}"
    report = corpus.export("fence", Request(format=name, output=output))
    assert [x.path for x in report.files] == [str(output)]
    first = output.read_bytes()
    assert first.startswith(FORMATS[name].mark)
    with pytest.raises(UsageError, match="exists and is not overwritten"):
        corpus.export("courts", Request(format=name, output=output))
    assert output.read_bytes() == first
    corpus.export("courts", Request(format=name, output=output, force=True))
    assert output.read_bytes() != first
    assert sorted(x.name for x in tmp_path.iterdir()) == sorted(["articles", "citekeys.tsv", "data", output.name])


def test_a_failed_export_leaves_no_half_file(corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "out").mkdir()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        corpus.export("fence", Request(output=tmp_path / "out" / "x.md"))
    assert list((tmp_path / "out").iterdir()) == []


def test_a_link_in_the_way_is_not_followed(corpus: Corpus, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / "x.md").symlink_to(victim)
    with pytest.raises(UsageError):
        corpus.export("fence", Request(output=tmp_path / "x.md"))
    corpus.export("fence", Request(output=tmp_path / "x.md", force=True))
    assert victim.read_text() == "mine"
    assert not (tmp_path / "x.md").is_symlink()


@pytest.mark.parametrize(
    "request_",
    [
        Request(format="pdf"),
        Request(format="docx"),
        Request(footnotes=True),
        Request(format="csv", footnotes=True, output=Path("x.csv")),
        Request(register=True),
        Request(sources="full"),
        Request(output=Path("no-such-folder") / "x.md"),
        Request(output=Path("/")),
        Request(output=Path("/dev/null"), force=True),
    ],
)
def test_a_request_without_sense_is_refused(corpus: Corpus, request_: Request) -> None:
    with pytest.raises(UsageError):
        corpus.export("fence", request_)


def test_footnotes_come_with_their_bibliography(corpus: Corpus, tmp_path: Path) -> None:
    report = corpus.export("fence", Request(footnotes=True, output=tmp_path / "x.md"))
    assert [Path(x.path).name for x in report.files] == ["refs.json", "x.md"]
    keys = {item["id"] for item in json.loads((tmp_path / "refs.json").read_text())}
    text = (tmp_path / "x.md").read_text()
    assert keys == {row.citekey for row in report.rows}
    assert all(f"[^{row.number}]: " in text and f"[@{row.citekey}, " in text for row in report.rows)


def test_whoever_is_quoted_travels_with_the_words(corpus: Corpus) -> None:
    (row,) = corpus.export('"courts that work"', Request(unit="sentence"), n=1).rows
    assert any(voice.speaker and "Omar Aziz" in voice.speaker for voice in row.voices)
    for name in ("markdown", "ris", "biblatex", "csl-json", "w3c", "html", "csv"):
        made = corpus.export('"courts that work"', Request(unit="sentence", format=name), n=1).content
        assert made is not None
        assert "Omar Aziz" in made
        assert "quoted" in made


def test_what_is_not_stated_is_not_made_up(corpus: Corpus) -> None:
    (row,) = corpus.export("courts cases", n=1).rows
    assert (row.authors, row.published, row.url, row.link) == ((), None, None, None)
    assert "n.d." in row.citation.reference
    content = corpus.export("courts cases", Request(format="ris"), n=1).content or ""
    assert not [line for line in content.split("\r\n") if line[:2] in {"AU", "PY", "DA", "UR"}]


def test_what_a_maintainer_states_is_never_passed_off_as_the_sources(corpus: Corpus, tmp_path: Path) -> None:
    stated = 'by = "A. Khan"\nat = 2026-03-01\n[[source]]\nmatch = "articles/fence.txt"\n'
    stated += 'url = "https://example.org/fence"\npublished = 2025-04-08\n'
    (tmp_path / "sources.toml").write_text(stated)
    corpus.index()
    (row,) = corpus.export(ids=["fence.txt:39-60"]).rows
    assert (row.url, row.published, row.maintained) == ("https://example.org/fence", "2025-04-08", ("published", "url"))
    assert row.link is not None
    assert row.link.startswith("https://example.org/fence#:~:text=")
    for name in ("ris", "biblatex", "csl-json"):
        made = corpus.export(ids=["fence.txt:39-60"], request=Request(format=name)).content
        assert made is not None
        assert "Stated by the maintainer of the corpus, not by the source: published, url." in made
        assert "example.org/fence" in made
    assert corpus.link("fence.txt:39-60") == row.link
    assert corpus.link("fence.txt") == row.url
    assert corpus.link("courts.txt") is None


def test_notes_travel_only_when_asked_for(corpus: Corpus) -> None:
    (row,) = corpus.export("courts cases", n=1).rows
    corpus.note(row.id, "compare with the court's report", tags=["check"], by="a reader")
    assert corpus.export("courts cases", n=1).rows[0].note is None
    (carried,) = corpus.export("courts cases", Request(notes=True), n=1).rows
    assert [(x.text, x.tags, x.by) for x in carried.notes] == [
        ("compare with the court's report", ("check",), "a reader")
    ]
    for name in ("markdown", "ris", "w3c", "html", "csv", "jsonl"):
        made = corpus.export("courts cases", Request(format=name, notes=True), n=1).content
        assert made is not None
        assert "report" in made


def test_an_old_version_is_exported_with_a_warning(corpus: Corpus, tmp_path: Path) -> None:
    old = corpus.entry("fence.txt").id
    changed(corpus, tmp_path)
    report = corpus.export(ids=[f"{old}:0-20"])
    assert report.rows[0].superseded_by == corpus.entry("fence.txt").id
    assert "has a newer version" in report.warnings[0]


def test_two_versions_of_a_source_have_two_records(corpus: Corpus, tmp_path: Path) -> None:
    old = corpus.entry("fence.txt")
    changed(corpus, tmp_path)
    content = corpus.export(ids=[f"{old.id}:0-20", "fence.txt:0-20"], request=Request(format="csl-json")).content
    assert [x["id"] for x in json.loads(content or "")] == [
        old.citekey,
        f"{old.citekey}-{corpus.entry('fence.txt').id[:12]}",
    ]


def test_no_export_names_a_place_on_this_machine(corpus: Corpus, tmp_path: Path) -> None:
    for name in FORMATS:
        if name != "docx":
            assert str(tmp_path) not in (corpus.export("fence", Request(format=name)).content or "")


def test_csv_for_a_program_has_no_mark(corpus: Corpus) -> None:
    content = corpus.export("fence", Request(format="csv")).content or ""
    assert next(csv.reader(io.StringIO(content)))[0] == "number"


@pytest.mark.parametrize(("text", "picked"), [("1,4", (1, 4)), ("3-5, 1", (3, 4, 5, 1)), ("2,2", (2,))])
def test_a_pick_is_read(text: str, picked: tuple[int, ...]) -> None:
    assert parse_pick(text) == picked


@pytest.mark.parametrize("text", ["", "0", "a", "1,", "-1", "5-3", "1-", "999999", "²"])
def test_a_pick_of_nothing_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="picks nothing"):
        parse_pick(text)


def test_ids_are_read_a_line_each() -> None:
    assert parse_ids("\ufeff# my list\nabc:1-2\r\n\n  def  \n") == ("abc:1-2", "def")
