"""What counts as typography, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctcorpus.citing.checking.canon import canon


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pakistan’s", "Pakistan's"),
        ("“3,000 – 5,000”", '"3000-5000"'),
        ("a — b", "a--b"),
        ("two\u00a0  words", "two words"),
        ("Türkiye", "Turkiye"),
        ("soft\u00adened", "softened"),
        ("word , next", "word, next"),
        ("٣ men", "3 men"),
        ("1,26,000", "126,000"),
    ],
)
def test_typography_is_taken_away(one: str, other: str) -> None:
    assert canon(one).text == canon(other).text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("therapist", "the rapist"),
        ("70%", "70"),
        ("$5", "5"),
        ("2.5", "25"),
        ("1, 200 men", "1,200 men"),
        ("The State", "the state"),
        ("old, safe", "old safe"),
        ("can not", "cannot"),
        ("10²", "102"),
    ],
)
def test_what_says_something_is_kept(one: str, other: str) -> None:
    assert canon(one).text != canon(other).text


@given(st.text(alphabet="aé1,.-–— \n\u00a0“’'%…", max_size=60))
def test_every_character_knows_where_it_came_from(text: str) -> None:
    form = canon(text)
    assert len(form.places) == len(form.text) + 1
    assert list(form.places) == sorted(form.places)
    assert all(0 <= place <= len(text) for place in form.places)


def test_marks_of_emphasis_are_typography_but_not_between_letters_or_digits() -> None:
    assert canon("the film _Dealer_, and **then**").text == "the film Dealer, and then"
    assert canon("5*3 and a_b").text == "5*3 and a_b"
