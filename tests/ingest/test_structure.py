"""Headings, list items, hard-wrapped paragraphs and headings inside lines."""

from __future__ import annotations

import pytest

from ctcorpus.ingest import read_text

BODY = "The council met in the spring, and it was decided that the road should be open to all who have to use it."


def headings(text: str, name: str = "x.txt") -> list[tuple[str, int]]:
    return [(text[h.start : h.end], h.level) for h in read_text(text, name=name).headings]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Key Findings", [("Key Findings", 2)]),
        ("Key Findings:", [("Key Findings", 2)]),
        ("**Key Findings**", [("Key Findings", 2)]),
        ("2. Key Findings", [("Key Findings", 2)]),
        ("### Key findings", [("Key findings", 3)]),
        ("What the council wants", [("What the council wants", 2)]),
        ("Key findings include:", []),
        ("The council met.", []),
        ("Mr. President,", []),
        ("2024", []),
    ],
)
def test_heading_lines(line: str, found: list[tuple[str, int]]) -> None:
    assert headings(f"{BODY}\n{line}\n{BODY}") == found


def test_bullet_headings() -> None:
    text = f"{BODY}\n- First Point:\n- {BODY}\n- Second Point: it is short.\n- More of it.\n"
    assert headings(text) == [("First Point", 3)]
    bullets = [text[p.start : p.end] for p in read_text(text, name="x").paragraphs if p.kind == "bullet"]
    assert bullets == [BODY, "Second Point: it is short.", "More of it."]


def test_a_list_of_names_is_no_row_of_headings() -> None:
    assert headings(f"{BODY}\nUpper Valley\nLower Valley\nRiver Town\nLake Town\n{BODY}") == []


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "The council met in the spring, and it was decided that the\nroad should be open to all. "
        "Those who live by the river\nwere glad of it, and said so to the council and to the press\nin the town."
    )
    text = f"{wrapped}\n\n{wrapped}"
    found = read_text(text, name="x.txt")
    assert [text[p.start : p.end] for p in found.paragraphs] == [wrapped, wrapped]
    assert len(found.sentences) == 4


FLAT = (
    BODY + " " + BODY + " " + BODY + " Officials said that Norland has many roads and that the path is long. "
    "A Measured Response to Floods Norland has opened the road for all. " + BODY + " " + BODY + " " + BODY + " " + BODY
    + " The measured response of Norland to floods was praised. " + BODY + " " + BODY + " The Path Forward Norland "
    "believes in roads. " + BODY + " " + BODY + " " + BODY + " " + BODY
)  # fmt: skip


def test_headings_inside_a_long_line() -> None:
    document = read_text(FLAT, name="x.txt")
    found = [(FLAT[h.start : h.end], h.inline) for h in document.headings]
    assert found == [("A Measured Response to Floods", True), ("The Path Forward", True)]
    assert next(p.heading for p in document.passages) is None
    assert document.passages[-1].heading == "The Path Forward"


@pytest.mark.parametrize(
    "sentence",
    [
        "Foreign Minister Dar said so.",
        "The Norland Air Force has flown.",
        "Prime Minister Khan Norland said so.",
        "The United Nations Security Council met.",
        "In the Upper Valley Norland has roads.",
    ],
)
def test_names_and_offices_are_no_headings(sentence: str) -> None:
    prose = " ".join([BODY, "Officials said that Norland has an air force and a minister.", sentence] * 9)
    assert read_text(prose, name="x.txt").headings == ()
