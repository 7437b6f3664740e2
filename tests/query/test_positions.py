"""A query held against one passage's own words."""

from __future__ import annotations

import pytest

from ctcorpus.index.analysis import Analyzer
from ctcorpus.model.query import ConceptIs, Query
from ctcorpus.model.span import Span
from ctcorpus.query.parse import parse
from ctcorpus.query.positions import Reading, is_about_words

TEXT = (
    "Security forces carried out counter-terrorism operations near the border. The border fence, officials said, holds."
)


def reading(text: str = TEXT, around: tuple[str, ...] = ()) -> Reading:
    return Reading(text, Analyzer(), lambda _: {"border", "fence"}, around)


def query(text: str) -> Query:
    return parse(text).query


@pytest.mark.parametrize(
    "text",
    [
        "border",
        "BORDERS",
        "operation",
        "counterterrorism",
        "counter-terrorism",
        '"border fence"',
        '"counter terrorism operations"',
        "border AND fence",
        "wall OR fence",
        "border -wall",
        "=forces",
        "bord*",
        "border w/1 fence",
        "forces w/3 carried",
        "security not w/2 border",
        '"security out"~2',
        "site:anything",
        "published:2024",
        "(border AND fence) w/9 holds",
    ],
)
def test_what_holds(text: str) -> None:
    assert reading().matches(query(text))


@pytest.mark.parametrize(
    "text",
    [
        "wall",
        '"fence border"',
        "=force",
        "border -fence",
        "border AND wall",
        "security w/2 border",
        '"security out"~1',
        '"out security"~2',
        "border not w/1 fence AND nothing",
    ],
)
def test_what_does_not_hold(text: str) -> None:
    assert not reading().matches(query(text))


def test_highlights_are_the_matched_words_in_order() -> None:
    marks = reading().highlights(query('officials "border fence" holding'))
    assert [x.of(TEXT) for x in marks] == ["border fence", "officials", "holds"]


def test_negated_words_are_not_highlighted() -> None:
    assert reading().highlights(query("-border -fence")) == ()


def test_title_and_heading_count_for_plain_words_and_are_never_highlighted() -> None:
    held = reading("The forces left.", around=("A border report", "Fences"))
    assert held.matches(query("border forces fence"))
    assert not held.matches(query('"border report"'))
    assert [x.of("The forces left.") for x in held.highlights(query("border forces"))] == ["forces"]


def test_a_concept_matches_where_it_is_named() -> None:
    text = "The TTP and the army."
    held = Reading(text, Analyzer(), lambda _: (), concepts={"grp:ttp": [Span(4, 7)]})
    assert held.matches(ConceptIs("grp:ttp"))
    assert held.highlights(ConceptIs("grp:ttp")) == (Span(4, 7),)
    assert not held.matches(ConceptIs("grp:bla"))


def test_what_is_about_words() -> None:
    assert is_about_words(query("border"))
    assert is_about_words(query("a w/5 b"))
    assert not is_about_words(query("site:x"))
    assert not is_about_words(query("border OR site:x"))
