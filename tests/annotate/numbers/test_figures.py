"""Figures: the examples of the docs, spans that are their own evidence, and texts made to break the rules."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ctcorpus.annotate.numbers.dates import find_dates
from ctcorpus.annotate.numbers.figures import find_figures
from ctcorpus.model.document import FrontMatter
from ctcorpus.model.facts import Figure
from ctcorpus.model.span import Span
from tests.annotate.numbers.samples import document

DOCS = Path(__file__).parents[3] / "docs"


def _nobody(sentence: Span, number: Span) -> None:
    """Nobody's word."""


def figures(text: str) -> tuple[Figure, ...]:
    read = document(text)
    return find_figures(read, dates=find_dates(read), attribution=_nobody)


def table(page: str, heading: str) -> list[list[str]]:
    """The rows of the table below a heading of a page in docs."""
    part = (DOCS / page).read_text(encoding="utf-8").split(f"## {heading}", 1)[1].split("\n## ")[0]
    rows = [[x.strip() for x in line.strip("|").split("|")] for line in part.splitlines() if line.startswith("|")]
    return rows[2:]


@pytest.mark.parametrize("row", table("figures.md", "What is found"), ids=lambda row: row[0])
def test_docs_found(row: list[str]) -> None:
    text, number, kind, value, qualifier, counted = row
    (figure,) = figures(text)
    assert figure.number.of(text) == number
    assert (figure.kind, figure.qualifier, figure.counted or "") == (kind, qualifier, counted)
    if " to " in value:
        assert [figure.low, figure.high] == [float(x) for x in value.split(" to ")]
    elif value.startswith("at least"):
        assert (figure.value, figure.low) == (None, float(value.split()[-1]))
    else:
        assert figure.value == float(value)


@pytest.mark.parametrize("row", table("figures.md", "What is not"), ids=lambda row: row[0])
def test_docs_not_found(row: list[str]) -> None:
    assert figures(row[0]) == ()


def test_surroundings_are_spans_of_the_text() -> None:
    text = "In 2023, the Frontier Corps arrested 40 smugglers in Chaman, according to local media."
    (figure,) = figures(text)
    assert (figure.act, figure.actor, figure.place) == ("arrested", "the Frontier Corps", "Chaman")
    assert figure.period == "2023"
    for name in ("counted", "act", "actor", "place"):
        assert figure.evidence[name][0].of(text) == getattr(figure, name)
    assert figure.evidence["period"][0].of(text) == "2023"
    assert figure.id == f"{'d' * 32}:{figure.start}-{figure.end}"


def test_period_of_the_sentence_before_needs_a_reference_back() -> None:
    back = figures("In 2022 police made 90 raids. These raids led to 12 arrests.")
    assert [x.period for x in back] == ["2022", "2022"]
    apart = figures("In 2022 police made 90 raids. Today 12 schools are open.")
    assert [x.period for x in apart] == ["2022", None]


def test_compared_dates_are_no_period() -> None:
    text = "In 2023, attacks rose by over 50% compared to 2022, with 633 deaths."
    assert [(x.value, x.period) for x in figures(text)] == [(50, "2023"), (633, "2023")]


def test_an_act_goes_on_over_and() -> None:
    found = figures("Raids killed 16 gunmen and 3 guards.")
    assert [x.act for x in found] == ["killed", "killed"]
    assert figures("Some 12 men killed a guard.")[0].act is None


def test_hedge_and_attribution() -> None:
    text = "They claim to have reportedly killed 18 men."
    read = document(text)
    seen: list[str] = []

    def whose(sentence: Span, number: Span) -> None:
        seen.append(number.of(text))

    (figure,) = find_figures(read, dates=(), attribution=whose)
    assert figure.hedge is not None
    assert figure.hedge.of(text) == "reportedly"
    assert seen == ["18"]


def test_front_matter_holds_no_figures() -> None:
    text = "Published by 12 editors\nAll 30 schools closed."
    read = document(text, front=(FrontMatter(0, 23, "byline"),))
    assert [x.value for x in find_figures(read, dates=(), attribution=_nobody)] == [30]


@pytest.mark.parametrize(
    "piece", ["7", "1 ", "one ", "1-", "two hundred and ", "1,000,", "“", "5 soldiers in ", "for every a ", " ", "5% "]
)
def test_time_is_linear(piece: str) -> None:
    times = []
    for size in (10_000, 40_000):
        read = document(piece * (size // len(piece)))
        start = time.process_time()
        find_figures(read, dates=find_dates(read), attribution=_nobody)
        times.append(time.process_time() - start)
    assert times[1] < 12 * times[0] + 0.1


def test_a_million_digits_are_no_figure() -> None:
    assert figures("9" * 1_000_000) == ()
    assert figures("") == ()


def test_a_level_compared_with_keeps_its_own_year() -> None:
    text = "The desk counted 521 raids in 2024, up 70% from 306 in 2023, killing 852 men."
    assert [(x.value, x.period) for x in figures(text)] == [(521, "2024"), (70, "2024"), (306, "2023"), (852, "2024")]


def test_a_second_change_shares_the_verb_of_the_first() -> None:
    assert [x.value for x in figures("Deaths fell 10% and injuries 15% in 2024.")] == [-10, -15]
    assert [x.kind for x in figures("Attacks rose 12 percent and women were 30 percent of the dead.")] == [
        "percent_change",
        "percent",
    ]


def test_scores_alone_are_no_number() -> None:
    assert figures("The scores were tied and test scores fell.") == ()
    assert [x.low for x in figures("Scores of people were killed.")] == [40]


def test_an_ordinal_is_no_length_of_time() -> None:
    assert figures("The forty-second session of the assembly was long.") == ()


def test_and_up_before_a_number_is_a_change_not_a_bound() -> None:
    assert [x.qualifier for x in figures("Sales were up 2 percent and up 4 percent.")] == ["exact", "exact"]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("The flood took 40,000 precious lives.", "precious lives"),
        ("Some 30,000 children lives there.", "children"),
        ("They hired 8,000 defence and security guards.", "defence and security guards"),
        ("It names 6,532 shuhada of the corps.", "shuhada"),
        ("It taught 900 schoolchildren.", "schoolchildren"),
        ("About 6 million fled to the hills.", None),
        ("The number of border guards has risen to 9,000.", "border guards"),
        ("The strength of the forces stood at 9,000.", "forces"),
        ("They keep their security forces in the valley at 9,000.", "security forces"),
        ("Civilian deaths rose from 200 to 300.", "Civilian deaths"),
        ("Prices rose to 3,000.", None),
        ("It has a coastline of about 1046km in the south.", "coastline"),
        ("The border is 2,600 kilometres long.", "border"),
        ("The airport is 8 kilometres from the town.", None),
        ("The camp lies at a distance of 30 km.", None),
        ("They signed an aid package of $4 billion.", "aid package"),
        ("They met at a cost of $4 billion.", None),
        ("It was a one-year period starting in May.", "period"),
    ],
)
def test_what_is_counted(text: str, counted: str | None) -> None:
    figure = figures(text)[-1]
    assert figure.counted == counted
    if counted is not None:
        assert figure.evidence["counted"][0].of(text) == counted


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("About 27,000 villagers, including women and children, have been killed.", ["killed"]),
        ("Some 300 people (most of them students) were injured.", ["injured"]),
        ("Some 300 boys – farmers and students – were injured.", ["injured"]),
        ("Some 300 rebels, led by Omar Baig, killed a guard.", [None]),
        ("Some 300 boys, including some who were free, left.", [None]),
        ("Raids killed 27 guards, including 9 officers.", ["killed", "killed"]),
        ("About 6 million fled to the hills.", ["fled"]),
        ("He raced in the Duty Free over 2,000 metres.", [None]),
    ],
)
def test_the_act(text: str, acts: list[str | None]) -> None:
    assert [x.act for x in figures(text)] == acts


@pytest.mark.parametrize(
    "text",
    [
        "These 17-29597 people came.",
        "He died in 323 BC and she in AD 208.",
        "It was cast in around 208, far away.",
        "The town was built around 1534 (by the sea).",
        "The link has 22 Mbit/s in the north.",
        "The first half of the century was calm.",
        "Call 0430 or 007.",
    ],
)
def test_numbers_that_are_no_claims(text: str) -> None:
    assert figures(text) == ()


def test_a_year_like_number_with_an_act_is_a_count() -> None:
    assert [x.value for x in figures("About 1500 were killed.")] == [1500]


@pytest.mark.parametrize(
    ("text", "kind", "unit"),
    [
        ("Police seized 500 pounds of explosives.", "count", "pound"),
        ("They found a 50-pound bomb.", "count", "pound"),
        ("It makes 600,000 pounds in the north.", "count", "pound"),
        ("He was fined 500 pounds by the court.", "money", "GBP"),
        ("The loan was 3 million pounds sterling.", "money", "GBP"),
        ("The gas is at 50 K now.", "count", "kelvin"),
        ("It went at 60 km/hr then.", "count", "kilometre per hour"),
    ],
)
def test_units(text: str, kind: str, unit: str) -> None:
    (figure,) = figures(text)
    assert (figure.kind, figure.unit) == (kind, unit)


def test_a_term_in_prison_may_be_a_range() -> None:
    (figure,) = figures("He was sentenced to 10–15 years in prison.")
    assert (figure.kind, figure.low, figure.high) == ("duration", 10, 15)


def test_a_noun_is_not_shared_with_another_number() -> None:
    assert [x.counted for x in figures("The team won 2,000 local and two foreign medals.")] == [None, "foreign medals"]
