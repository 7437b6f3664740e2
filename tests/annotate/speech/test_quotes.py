"""Quotation marks: which open, which close, which are apostrophes."""

from __future__ import annotations

import time

import pytest

from ctcorpus.annotate.speech.quotes import find_quoted, masked
from tests.annotate.speech.speech_texts import document


def quoted(text: str) -> list[str]:
    return [text[pair.start : pair.end] for pair in find_quoted(document(text))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("He said “go home” and left.", ["“go home”"]),
        ('He said "go home" and left.', ['"go home"']),
        ("He said «go home» and left.", ["«go home»"]),
        ("He said ‘go home’ and left.", ["‘go home’"]),
        ("He said 'go home' and left.", ["'go home'"]),
        ("The scholars’ boards and the state’s writ.", []),
        ("‘The scholars’ boards met,’ he said.", ["‘The scholars’ boards met,’"]),
        ("It was 5'10\" tall, in the '90s.", []),
        ("“She told me, ‘Stay here,’ and I did.”", ["“She told me, ‘Stay here,’ and I did.”", "‘Stay here,’"]),
        ("A mark that “never closes.", []),
        ('Mixed "marks” close too.', ['"marks”']),
        ("“”", []),
        ("", []),
    ],
)
def test_marks_are_paired(text: str, wanted: list[str]) -> None:
    assert quoted(text) == wanted


def test_a_quotation_runs_over_paragraphs_that_each_open() -> None:
    text = "“The first part.\n“The second part.\n“The last part.” Then nothing."
    assert quoted(text) == ["“The first part.\n“The second part.\n“The last part.”"]


def test_a_paragraph_that_does_not_open_ends_what_was_left_open() -> None:
    assert quoted("“The first part.\nPlain words follow.\n“A pair,” he said.") == ["“A pair,”"]


def test_a_mask_keeps_every_offset() -> None:
    text = "The “Red Line” plan: “we will go,” he said."
    pairs = find_quoted(document(text))
    hidden = masked(text, pairs, pairs[:1])
    assert len(hidden) == len(text)
    assert hidden.startswith("The  Red Line  plan: “")
    assert "we will go" not in hidden


@pytest.mark.parametrize("unit", ["“", '"', "‘a ", " 'a", "“a ", '"a" '])
def test_time_is_linear_in_the_marks(unit: str) -> None:
    started = time.perf_counter()
    find_quoted(document(unit * 200_000))
    assert time.perf_counter() - started < 5
