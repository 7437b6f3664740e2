"""What maintainers state: read from plain files, applied beside what a source says, and brought up to date alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ctcorpus.corpus import Corpus
from ctcorpus.corpus.records import show_record
from ctcorpus.corpus.stating.sources_file import read_sources_file
from ctcorpus.errors import PlainFileError
from tests.corpus.corpus_samples import snapshot

STATED = """by = "A. Maintainer"
at = 2026-03-01

[[source]]
match = "articles/river.txt"
url = "https://example.org/river"
title = "The River Moves"
published = 2024-02-03
kind = "independent"
country = "Ruritania"
reliability = "B"

[[source]]
match = ["articles/f*.txt"]
title = "Another Title"
kind = "state"
by = "Somebody Else"
at = 2026-04-01
"""


def test_a_statement_fills_what_a_source_does_not_state_and_replaces_nothing(corpus: Corpus, folder: Path) -> None:
    (folder / "sources.toml").write_text(STATED, encoding="utf-8")
    assert corpus.status().statements_stale
    assert corpus.status().remedy == "ctcorpus index"
    report = corpus.index()
    assert (report.stated, report.added, report.updated, report.unchanged) == (2, 0, 0, 3)
    river, fence = corpus.entry("river.txt"), corpus.entry("fence.txt")
    assert (river.title, river.published, river.url) == ("The River Moves", "2024-02-03", "https://example.org/river")
    assert (river.kind, river.country, river.reliability) == ("independent", "Ruritania", "B")
    assert river.maintained == ("country", "kind", "published", "reliability", "title", "url")
    assert fence.title == "Work on the Border Fence"
    assert fence.stated["title"].value == "Another Title"
    assert (fence.stated["kind"].by, fence.stated["kind"].at) == ("Somebody Else", "2026-04-01")
    assert fence.maintained == ("kind",)
    record = show_record(corpus, river.id)
    assert record["published"] == "2024-02-03"
    assert record["basis"]["published"] == record["basis"]["title"] == "maintainer"
    assert record["evidence"].get("published", []) == []
    assert "[stated by the maintainer]" in corpus.cite(f"{river.id}:0-9").reference
    assert corpus.status().remedy is None


def test_statements_can_be_searched_and_are_taken_back(corpus: Corpus, folder: Path) -> None:
    (folder / "sources.toml").write_text(STATED, encoding="utf-8")
    corpus.index()
    for query in ("kind:independent", "country:ruritania", "published:2024", "title:moves"):
        assert {x.path for x in corpus.search(query)} == {"articles/river.txt"}, query
        assert corpus.search(query).total > 0
    (folder / "sources.toml").unlink()
    assert corpus.index().stated == 2
    assert corpus.search("kind:independent").total == 0
    entry = corpus.entry("river.txt")
    assert (entry.title, entry.kind, entry.stated, entry.maintained) == (None, "unknown", {}, ())


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2024-02-03T23:30:00+05:00", "2024-02-03T23:30+05:00"),
        ("2024-02-03T23:30:00-08:00", "2024-02-03T23:30-08:00"),
        ("2024-02-03T00:30:00Z", "2024-02-03T00:30Z"),
        ("'2024-02-03T23:30+05:45'", "2024-02-03T23:30+05:45"),
    ],
)
def test_a_minute_with_an_offset_is_kept_and_belongs_to_the_day_that_is_written(
    corpus: Corpus, folder: Path, written: str, value: str
) -> None:
    (folder / "sources.toml").write_text(STATED.replace("2024-02-03", written), encoding="utf-8")
    corpus.index()
    assert corpus.entry("river.txt").published == value
    for query, total in (("2024-02-03", True), (value, True), ("2024-02-02", False), ("2024-02-04", False)):
        assert bool(corpus.search(f"published:{query}").total) is total, query


def test_only_what_is_touched_is_brought_up_to_date(corpus: Corpus, folder: Path) -> None:
    (folder / "sources.toml").write_text(STATED, encoding="utf-8")
    corpus.index()
    (folder / "sources.toml").write_text(STATED.replace('"B"', '"C"'), encoding="utf-8")
    report = corpus.index()
    assert report.changes == (("stated", "articles/river.txt"),)
    before = snapshot(folder)
    assert corpus.index().changes == ()
    assert snapshot(folder) == before


def test_statements_survive_new_versions_and_a_rebuild(corpus: Corpus, folder: Path) -> None:
    library = folder / "library.json"
    items = [
        {"title": "From the Library", "issued": {"date-parts": [[2023, 5]]}, "attachments": [{"path": "river.txt"}]}
    ]
    library.write_text(json.dumps(items), encoding="utf-8")
    assert corpus.index(metadata=library).stated == 1
    (folder / "articles" / "river.txt").write_text("The river changed its bed once more, they said, in 2026.\n")
    corpus.index()
    assert corpus.entry("river.txt").version == 2
    corpus.index(rebuild=True)
    entry = corpus.entry("river.txt")
    assert (entry.title, entry.published, entry.version) == ("From the Library", "2023-05", 2)
    assert len(corpus.store.versions(entry.work)) == 2


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("by = 'x'\nat = 2026-01-01\n[[source]]\nmatch = 'a'\nkind = 'press'\n", 5, "no kind of source"),
        ("by = 'x'\nat = 2026-01-01\n[[source]]\nmatch = 'a'\nreliability = 'G'\n", 5, "Admiralty"),
        ("by = 'x'\nat = 2026-01-01\n[[source]]\nmatch = 'a'\npublished = 'spring'\n", 5, "no date"),
        ("by = 'x'\nat = 2026-01-01\n[[source]]\nmatch = 'a'\nurl = 'ftp://a'\n", 5, "no address"),
        ("by = 'x'\nat = 2026-01-01\n[[source]]\nmatch = 'a'\ntitel = 'T'\n", 5, "did you mean 'title'"),
        ("by = 'x'\nat = 2026-01-01\n\n[[source]]\ntitle = 'T'\n", 4, "names what the block is about"),
        ("at = 2026-01-01\n[[source]]\nmatch = 'a'\ntitle = 'T'\n", 2, "who states this"),
        ("by = 'x'\n[[source]]\nmatch = 'a'\ntitle = 'T'\n", 2, "when this was stated"),
        ("by = 'x'\nat = 2026-01-01\n[[source]]\nmatch = \n", 4, "value"),
        ("sauce = 1\n", 1, "did you mean 'source'"),
    ],
)
def test_a_malformed_file_is_refused_with_its_line(
    text: str, line: int, problem: str, corpus: Corpus, folder: Path
) -> None:
    path = folder / "sources.toml"
    path.write_text(text, encoding="utf-8")
    before = snapshot(folder)
    with pytest.raises(PlainFileError, match=r"sources\.toml") as raised:
        corpus.index()
    assert raised.value.line == line
    assert problem in raised.value.problem.lower() or problem in raised.value.problem
    assert snapshot(folder) == before


def test_no_file_states_nothing(tmp_path: Path) -> None:
    assert len(read_sources_file(tmp_path / "sources.toml")) == 0
