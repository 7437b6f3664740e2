"""Dates: the examples of the docs, what is resolved against a stated publication, and what never is."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ctcorpus.annotate.numbers.dates import find_dates
from ctcorpus.model.edtf import is_edtf
from tests.annotate.numbers.samples import document

DOCS = Path(__file__).parents[3] / "docs"


def table(page: str, heading: str) -> list[list[str]]:
    """The rows of the table below a heading of a page in docs."""
    part = (DOCS / page).read_text(encoding="utf-8").split(f"## {heading}", 1)[1].split("\n## ")[0]
    rows = [[x.strip() for x in line.strip("|").split("|")] for line in part.splitlines() if line.startswith("|")]
    return rows[2:]


def values(text: str, published: str | None = None) -> list[str | None]:
    return [x.value for x in find_dates(document(text, published=published))]


@pytest.mark.parametrize("row", table("dates.md", "What is found"), ids=lambda row: row[0])
def test_docs_found(row: list[str]) -> None:
    text, words, value, kind = row
    (found,) = find_dates(document(text))
    assert (text[found.start : found.end], found.value or "", found.type) == (words, value, kind)
    assert found.value is None or is_edtf(found.value)


@pytest.mark.parametrize("row", table("dates.md", "What is not"), ids=lambda row: row[0])
def test_docs_not_found(row: list[str]) -> None:
    assert find_dates(document(row[0])) == ()


def test_the_same_period_moves_the_antecedent() -> None:
    assert values("In the first quarter of 2025 it rose. It fell in the same period in 2024.") == [
        "2025-01/2025-03",
        "2024-01/2024-03",
    ]


def test_an_ended_since_is_the_year() -> None:
    assert values("It left in 2022, after being listed since 2018.") == ["2022", "2018"]


def test_relative_words_need_a_publication() -> None:
    text = "It rose last month and on 4 March and last year."
    assert values(text) == [None, None, None]
    assert values(text, "2025-04-08") == ["2025-03", "2025-03-04", "2024"]
    assert values("It ended on 30 September.", "2025-04-08") == [None]


@pytest.mark.parametrize(
    "text",
    ["The 2019 Falcon Coupe is quick.", "The all-new 2020 Ranger went on sale.", "Some 2000 Ruritanians left."],
)
def test_a_year_in_a_name_is_no_date(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "He was there at the 2008 Mumbai attacks.",
        "The 2020 Doha Agreement failed.",
        "The 2014 National Action Plan came late.",
        "Before the 2016 Rio Olympics it rained.",
        "The 2021 Taliban takeover came next.",
        "In 2019 Ruritania left.",
        "By 2020 Rangers had left.",
        "The 2022 World Cup came.",
        "The 2018 Brussels Summit ended.",
    ],
)
def test_a_year_of_an_event_is_a_date(text: str) -> None:
    assert len(values(text)) == 1


def test_impossible_days_have_no_value() -> None:
    assert values("It was due on February 30, 2024.") == [None]


def test_as_of_and_comparison_have_their_basis() -> None:
    found = find_dates(document("As of April 2025, attacks were fewer than in 2022."))
    assert [x.basis for x in found] == ["as_of", "mentioned"]


@pytest.mark.parametrize(
    "piece", ["7", "2001 ", "2001-", "May 1 ", "the early ", "several years and ", "May" + " " * 500]
)
def test_time_is_linear(piece: str) -> None:
    times = []
    for size in (10_000, 40_000):
        read = document(piece * (size // len(piece)))
        start = time.process_time()
        find_dates(read)
        times.append(time.process_time() - start)
    assert times[1] < 12 * times[0] + 0.1


@pytest.mark.parametrize(
    "text",
    [
        "The raid began at 0200 hours.",
        "He spent 0200 hours there.",
        "They left at about 1430 hrs.",
        "They met between 2200 hours and 0400 hours.",
        "They left after 1930 hours local time.",
    ],
)
def test_a_time_of_day_in_four_digits_is_no_length_of_time(text: str) -> None:
    assert find_dates(document(text)) == ()


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It logged 1400 hours of flight.", "1400 hours", "PT1400H"),
        ("It lasted 48 hrs in all.", "48 hrs", "PT48H"),
        ("It lasts 3–6 years in the wild.", "3–6 years", None),
        ("It lasts 3-6 years in the wild.", "3-6 years", None),
        ("He served three to five years.", "three to five years", None),
        ("He served twenty-one years.", "twenty-one years", "P21Y"),
        ("It began five or six years ago.", "five or six years ago", None),
        ("It took between three and six years.", "six years", None),
    ],
)
def test_lengths_of_time(text: str, words: str, value: str | None) -> None:
    (found,) = find_dates(document(text))
    assert (text[found.start : found.end], found.value) == (words, value)
