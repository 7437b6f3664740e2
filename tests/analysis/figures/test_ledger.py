"""The ledger and its groups, on a corpus of three short articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctcorpus.analysis.figures.ledger import Wanted
from ctcorpus.errors import UsageError
from tests.analysis.fact_samples import corpus


def test_every_figure_is_verbatim_and_can_be_opened(tmp_path: Path) -> None:
    with corpus(tmp_path) as made:
        report = made.figures()
        assert report.total == len(report.figures) > 0
        for row in report.figures:
            _, span = made.find(row.figure.id)
            assert span is not None
            assert span.of(made.show(row.document).text) == row.quote


def test_groups_relate_figures_of_one_measure(tmp_path: Path) -> None:
    with corpus(tmp_path) as made:
        report = made.figures(compare=True)
        quotes = {x.figure.id: x.quote for x in report.figures}
        verdicts = {
            frozenset((quotes[x.a], quotes[x.b])): x.verdict for group in report.groups for x in group.relations
        }
        assert verdicts[frozenset(("2,600 terrorists", "2,597 terrorists"))] == "rounded"
        assert verdicts[frozenset(("354 terrorists", "2,597 terrorists"))] == "other_period"
        assert not any("kilometres" in quote for pair in verdicts for quote in pair)
        for group in report.groups:
            assert group.origins.at_least <= group.origins.at_most <= group.origins.articles


def test_filters(tmp_path: Path) -> None:
    with corpus(tmp_path) as made:
        assert all(x.figure.attribution for x in made.figures("", Wanted(speaker="ispr")).figures)
        assert not any(x.figure.attribution for x in made.figures("", Wanted(unattributed=True)).figures)
        assert {x.figure.period for x in made.figures("", Wanted(period="2025")).figures} <= {"2025", "2021/.."}
        counted = {x.figure.counted for x in made.figures("", Wanted(counted="operations")).figures}
        assert counted == {"intelligence-based operations", "operations", "IBOs"}
        assert sum(made.figures("", Wanted(by="speaker-kind")).by.values()) == made.figures().total
        with pytest.raises(UsageError):
            made.figures("", Wanted(period="soon"))


def test_an_empty_selection_is_an_answer(tmp_path: Path) -> None:
    with corpus(tmp_path) as made:
        report = made.figures("nowhere", compare=True)
        assert (report.total, report.groups, report.basis.documents) == (0, (), 0)


def test_one_document_alone(tmp_path: Path) -> None:
    with corpus(tmp_path, {"a.txt": "A title\n\nIn 2025, 12 people were killed in Swat.\n"}) as made:
        assert made.figures(compare=True).groups == ()
