"""An actor's names: its own and a state's labels, the author's voice and quoted ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctcorpus.errors import ThesaurusError, UnknownConceptError
from tests.analysis.fact_samples import corpus

TEXTS = {
    "a.txt": "One\n\nTehrik-e-Taliban Pakistan (TTP) was named. “The TTP is weak,” said John Moss, a minister.\n",
    "b.txt": "Two\n\nFitna al Khawarij (FAK) was named in a notice of the office.\n",
}


def test_own_names_and_states_labels_are_never_added_up(tmp_path: Path) -> None:
    with corpus(tmp_path, TEXTS) as made:
        report = made.labels("ttp")
        assert {x.label for x in report.rows if x.relation == "own"} == {"Tehrik-e-Taliban Pakistan", "TTP"}
        assert all(x.concept == "lab:fak" for x in report.rows if x.relation == "state_label_for")
        assert report.own == 3
        assert report.state == 2
        assert report.undated == 2


def test_a_quoted_name_is_not_the_authors(tmp_path: Path) -> None:
    with corpus(tmp_path, TEXTS) as made:
        quoted = [x for x in made.labels("ttp").rows if x.voice == "quoted"]
        assert [x.label for x in quoted] == ["TTP"]


def test_every_mention_is_the_label(tmp_path: Path) -> None:
    with corpus(tmp_path, TEXTS) as made:
        for row in made.labels("TTP").rows:
            text = made.show(row.document).text
            assert all(span.of(text) == row.label for span in row.mentions)


def test_a_concept_without_mentions_and_an_unknown_one(tmp_path: Path) -> None:
    with corpus(tmp_path, TEXTS) as made:
        assert made.labels("bla").rows == ()
        with pytest.raises(UnknownConceptError):
            made.labels("no such thing")


def test_concepts_are_counted_where_they_are_named(tmp_path: Path) -> None:
    with corpus(tmp_path, TEXTS) as made:
        listed = {x.id: x.passages for x in made.concepts().concepts}
        assert listed["grp:ttp"] == 1
        assert listed["lab:fak"] == 1
        assert made.concepts("ttp").concepts[0].name == "Tehrik-e-Taliban Pakistan"
        assert made.validate().findings == ()
        with pytest.raises(ThesaurusError):
            made.validate(tmp_path / "missing.ttl")
