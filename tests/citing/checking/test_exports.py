"""Exports are resolved again by the very text they were taken from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ctcorpus.corpus import Corpus
from ctcorpus.errors import SourceError
from tests.citing.check_corpus import HARBOUR, checked, corpus_in


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with corpus_in(tmp_path) as made:
        yield made


def _rows(corpus: Corpus) -> list[dict[str, Any]]:
    return [hit.to_dict() for hit in corpus.search("ferry captain")]


def _lines(rows: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_what_stands_is_current(corpus: Corpus) -> None:
    report = checked(corpus, _lines(_rows(corpus)), name="hits.jsonl")
    assert report.is_clean
    assert {(x.verdict, x.status) for x in report.items} == {("verbatim", "current")}


@pytest.mark.parametrize("format", ["jsonl", "w3c", "csl-json"])
def test_every_export_of_ours_in_json_resolves(corpus: Corpus, tmp_path: Path, format: str) -> None:
    from ctcorpus.citing.exporting.export import Request

    path = tmp_path / f"export-{format}.{'jsonl' if format == 'jsonl' else 'json'}"
    corpus.export("ferry captain", request=Request(format=format, output=path))
    report = corpus.check([str(path)])
    assert report.is_clean
    assert {x.status for x in report.items} == {"current"}


def test_other_words_at_the_place_are_broken(corpus: Corpus) -> None:
    rows = _rows(corpus)
    rows[0]["citation"]["quote"] = rows[0]["citation"]["quote"].replace("not", "", 1) + "x"
    report = checked(corpus, _lines(rows[:1]), name="hits.jsonl")
    assert [(x.verdict, x.status) for x in report.items] == [("altered", "broken")]


def test_a_text_that_is_gone_is_never_replaced_by_a_lookalike(corpus: Corpus) -> None:
    rows = _rows(corpus)
    rows[0]["citation"]["text_sha256"] = "0" * 64
    rows[0]["document"] = "0" * 32
    report = checked(corpus, _lines(rows[:1]), name="hits.jsonl")
    assert [(x.verdict, x.status, x.document) for x in report.items] == [("not_found", "source_gone", None)]


def test_a_changed_source_supersedes(corpus: Corpus) -> None:
    rows = [hit.to_dict() for hit in corpus.search("captain inquiry doors")][:1]
    path = corpus.path.parent.parent / "articles" / "harbour.txt"
    path.write_text(HARBOUR.replace("1,482", "1,500"), encoding="utf-8")
    corpus.index()
    report = checked(corpus, _lines(rows), name="hits.jsonl")
    assert [x.status for x in report.items] == ["superseded"]
    assert not report.is_clean


@pytest.mark.parametrize("text", ["", "{}", "no json", '{"a": 1}\n{"b"', "[" * 100_000])
def test_what_is_no_export_is_refused(corpus: Corpus, text: str) -> None:
    with pytest.raises(SourceError):
        checked(corpus, text, name="x.jsonl")
