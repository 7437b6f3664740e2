"""The page on quotations and speakers tells the truth: every row of its tables is what the rules find."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctcorpus.annotate.speech.attribution import Attributions
from ctcorpus.annotate.speech.quotations import find_quotations
from ctcorpus.model.span import Span
from tests.annotate.speech.speech_texts import document

PAGE = (Path(__file__).parents[3] / "docs" / "speakers.md").read_text(encoding="utf-8")


def rows(columns: int) -> list[tuple[str, ...]]:
    """The rows of the tables whose header has so many columns and begins with "text"."""
    found: list[tuple[str, ...]] = []
    inside = False
    for line in PAGE.splitlines():
        cells = tuple(cell.strip() for cell in line.strip("|").split("|")) if line.startswith("|") else ()
        if cells[:1] == ("text",):
            inside = len(cells) == columns
        elif cells and inside and not set(cells[0]) <= {"-"}:
            found.append(cells)
    return found


FOUND = [row for row in rows(5) if row[4] and " " not in row[4] and row[3] not in {"quotation", "clause", "sentence"}]
FOUND = [row for row in FOUND if row[3] != "preceding_sentence"]
SOURCES = [row for row in rows(5) if row not in FOUND]


@pytest.mark.parametrize("row", FOUND, ids=lambda row: row[0][:40])
def test_what_is_found(row: tuple[str, ...]) -> None:
    text, words, speaker, verb, kind = row
    records = [q for q in find_quotations(document(text)) if text[q.start : q.end] == words]
    assert [(q.speaker or "", q.verb, q.speaker_kind) for q in records] == [(speaker, verb, kind)]


@pytest.mark.parametrize("row", rows(2), ids=lambda row: row[0][:40])
def test_what_is_not(row: tuple[str, ...]) -> None:
    assert find_quotations(document(row[0])) == ()


@pytest.mark.parametrize("row", SOURCES, ids=lambda row: row[0][:40])
def test_whose_word(row: tuple[str, ...]) -> None:
    text, words, speaker, basis, cue = row
    made = document(text)
    span = Span(text.rindex(words), text.rindex(words) + len(words))
    sentence = next(s for s in made.sentences if s.contains(span))
    found = Attributions(made, find_quotations(made)).of(sentence, span)
    printed = text[found.start : found.end] if found else ""
    assert (found.speaker if found else "", found.basis if found else "", printed) == (speaker, basis, cue)
