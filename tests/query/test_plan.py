"""What a question wants, and what it merely requires."""

from __future__ import annotations

from ctcorpus.model.query import And, Everything, Not, Or, Word
from ctcorpus.query.parse import parse
from ctcorpus.query.plan import plan


def test_words_side_by_side_may_be_answered_in_part() -> None:
    made = plan(parse("border fence").query)
    assert [x.shown for x in made.groups] == ["border", "fence"]
    assert made.partial is not None
    assert isinstance(made.all_words, And)


def test_conditions_hold_for_partial_answers_too() -> None:
    made = plan(parse("border fence site:gpo -wall published:2025").query)
    assert [x.shown for x in made.groups] == ["border", "fence"]
    assert made.partial is not None
    assert Not(Word("wall")) in made.partial.children()
    assert len(made.date_conditions) == 1


def test_operators_are_whole_or_nothing() -> None:
    for text in ("border AND fence", "border OR fence", '"border fence"', "border"):
        assert plan(parse(text).query).partial is None, text


def test_conditions_alone_select_without_a_score() -> None:
    made = plan(parse("site:gpo -wall").query)
    assert not made.is_scored
    assert Everything() in made.all_words.children()


def test_stop_words_are_not_asked_for_unless_alone_or_exact() -> None:
    assert [x.shown for x in plan(parse("the fence of the border").query).groups] == ["fence", "border"]
    assert [x.shown for x in plan(parse("to be").query).groups] == ["to", "be"]
    assert [x.shown for x in plan(parse("=the fence").query).groups] == ["=the", "fence"]


def test_a_group_in_parentheses_is_one_thing() -> None:
    made = plan(parse("(wall OR fence) border").query)
    assert len(made.groups) == 2
    assert isinstance(made.groups[0].typed[0], Or)
