"""Dated statements in order, and one event that two texts date."""

from __future__ import annotations

from pathlib import Path

from ctcorpus.model.edtf import days
from tests.analysis.fact_samples import corpus


def test_events_are_in_order_and_verbatim(tmp_path: Path) -> None:
    with corpus(tmp_path) as made:
        report = made.timeline()
        starts = [days(x.date.value or "") for x in report.events]
        assert all(starts)
        assert [x[0] for x in starts if x] == sorted(x[0] for x in starts if x)
        for event in report.events:
            assert event.date.sentence.of(made.show(event.document).text) == event.text


def test_a_year_holds_its_month(tmp_path: Path) -> None:
    with corpus(tmp_path) as made:
        (conflict,) = made.timeline().conflicts
        assert {conflict.a_value, conflict.b_value} == {"2024", "2024-06"}
        assert conflict.verdict == "compatible"


def test_two_years_differ(tmp_path: Path) -> None:
    texts = {f"{x}.txt": f"Title {x}\n\nOperation Zarb-e-Azb was launched in {x}.\n" for x in ("2013", "2014")}
    with corpus(tmp_path, texts) as made:
        (conflict,) = made.timeline().conflicts
        assert conflict.verdict == "differs"


def test_documents_without_dates_are_counted(tmp_path: Path) -> None:
    with corpus(tmp_path, {"a.txt": "A title\n\nNothing here has a date.\n"}) as made:
        report = made.timeline()
        assert (report.events, report.undated) == ((), 1)


def test_a_name_that_only_places_another_thing_is_not_dated_by_it(tmp_path: Path) -> None:
    texts = {
        "a.txt": "One title\n\nIn 2006, after the September 11 attacks, a bridge was opened.\n",
        "b.txt": "Other title\n\nIn 2004, the 9/11 Commission wrote its report on the river.\n",
        "c.txt": "Third title\n\nIn 2007, on the anniversary of the September 11 attacks, a choir sang.\n",
    }
    with corpus(tmp_path, texts) as made:
        assert made.timeline().conflicts == ()
