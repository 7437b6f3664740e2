"""Numbers as printed: words, digits, ranges, vague plurals."""

from __future__ import annotations

import pytest

from ctcorpus.annotate.numbers.numerals import numerals, word_value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two hundred and fifty thousand", 250_000),
        ("1.5 million", 1_500_000),
        ("2 lakh", 200_000),
        ("12,34,567", 1_234_567),
        ("half a million", 500_000),
        ("half a dozen", 6),
        ("two and a half million", 2_500_000),
        ("fifty-one", 51),
        ("$2.5bn", 2_500_000_000),
        ("900 000", 900_000),
    ],
)
def test_values(text: str, value: float) -> None:
    assert [x.value for x in numerals(text)] == [value]


@pytest.mark.parametrize("text", ["16th", "1990s", "F-16", "G20", "10:30", "1.2.3", "051-111-222", "3-1", "5G", "0430"])
def test_codes_are_no_numbers(text: str) -> None:
    assert numerals(text) == []


def test_ranges() -> None:
    assert [(x.low, x.high) for x in numerals("3 to 5 million")] == [(3_000_000, 5_000_000)]
    assert [(x.low, x.high) for x in numerals("between 5 and 10")] == [(5, 10)]
    assert [x.value for x in numerals("rose from 5 to 10")] == [5, 10]


def test_far_apart_numbers_are_a_reference() -> None:
    assert numerals("17-29597 and 2-300") == []
    assert [(x.low, x.high) for x in numerals("1-1000 and 20-900")] == [(1, 1000), (20, 900)]


def test_a_thousand_is_joined_to_its_letter() -> None:
    assert [x.value for x in numerals("20k at 50 K")] == [20_000, 50]


def test_vague_bounds() -> None:
    assert [x.low for x in numerals("tens of thousands and several hundred")] == [20_000, 200]


def test_word_value_of_nothing() -> None:
    assert word_value("") == 0
