"""The scan: every place that a lexicon's finder would name in the whole text, and no run remembered without bound."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from ctcorpus.annotate.scan import Lexicon, Scan, is_prose


def numbers(text: str) -> Iterator[int]:
    return (x.start() for x in re.finditer(r"\d+", text))


def capitals(text: str) -> Iterator[int]:
    return (x.start() for x in re.finditer(r"\b[A-Z]", text))


@pytest.mark.parametrize("text", ["", " ", "  a 1 ", "In 2001,\n12 men\u00a05 x  Go", "1", "no digit at all"])
def test_places_are_those_of_the_whole_text(text: str) -> None:
    lexicon = Lexicon({"number": numbers, "capital": capitals})
    for _ in range(2):  # read anew, and remembered
        places = Scan(text).places(lexicon)
        assert places == {"number": list(numbers(text)), "capital": list(capitals(text))}


def test_long_runs_are_not_remembered() -> None:
    lexicon = Lexicon({"number": numbers})
    assert Scan("1" * 100_000).places(lexicon) == {"number": [0]}
    assert not lexicon


def test_columns_and_repetition_are_no_prose() -> None:
    prose = "The desk counted 12 raids in Quetta and 9 in Loralai, where 40 men were held after 3 days of talks. "
    assert is_prose(prose, list(numbers(prose)))
    column = "1 2 3 4 5 6 7 8 " * 20
    assert not is_prose(column, list(numbers(column)))
    again = "a quarter of 5 and " * 60
    assert not is_prose(again, list(numbers(again)))
    assert not is_prose("a quarter", [2], before=False)
