"""What a new article brings against a corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctcorpus.errors import UnknownIdError
from tests.analysis.fact_samples import corpus

ARTICLE = (
    "A third report\n\nIn 2025, 2,597 terrorists were killed. In 2025, 91,442 intelligence-based operations were "
    "conducted. Jaish-e-Mohammed was named. Operation Azm-e-Istehkam was launched in 2019.\n"
)


def test_a_file_is_held_against_the_corpus_and_not_added(tmp_path: Path) -> None:
    file = tmp_path / "new.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    with corpus(tmp_path) as made:
        report = made.news(str(file))
        found = {(x.kind, x.text): x.status for x in report.rows}
        assert found["figure", "2,597 terrorists"] == "repeats"
        assert found["figure", "91,442 intelligence-based operations"] == "differs"
        assert found["label", "Jaish-e-Mohammed"] == "new"
        assert found["date", "2019"] == "differs"
        assert all(x.here.of(ARTICLE) == x.text for x in report.rows)
        assert all(made.find(x) for row in report.rows for x in row.there)
        assert len(made.documents()) == 3


def test_a_stored_article_is_not_held_against_itself(tmp_path: Path) -> None:
    with corpus(tmp_path) as made:
        name = made.documents()[0].id
        report = made.news(name)
        assert report.rows
        assert not any(x.startswith(name) for row in report.rows for x in row.there)
        assert report.basis.documents == 2


def test_neither_document_nor_file(tmp_path: Path) -> None:
    with corpus(tmp_path) as made, pytest.raises(UnknownIdError):
        made.news("missing.txt")


def test_a_sentence_that_shares_some_names_is_no_repetition(tmp_path: Path) -> None:
    file = tmp_path / "new.txt"
    file.write_text("A fourth report\n\nThe BLA opened a school for painters in Balochistan.\n", encoding="utf-8")
    with corpus(tmp_path) as made:
        claims = [x for x in made.news(str(file)).rows if x.kind == "claim"]
        assert [x.status for x in claims] == ["new"]
