"""Titles, standfirsts, bylines, datelines and sites; and what must not be taken for one."""

from __future__ import annotations

import pytest

from ctcorpus.ingest import read_text
from ctcorpus.model.document import Metadata

BODY = (
    "The council met in the spring, and it was decided that the road to the north should be opened for all who "
    "live by the river. It has been closed since the flood, which was the worst that the valley has seen."
)


def metadata(text: str, name: str = "x.txt") -> Metadata:
    return read_text(text, name=name).metadata


@pytest.mark.parametrize(
    ("top", "title"),
    [
        ("Roads and Rivers: A Short History\n\n", "Roads and Rivers: A Short History"),
        ("Roads and Rivers: A Short History\n", "Roads and Rivers: A Short History"),
        ("The road to the north is open again\n\nBy Ana Lopez\n\n", "The road to the north is open again"),
        ("The road to the north is open again\n\n", None),
        ("# Roads and rivers\n\n", "Roads and rivers"),
        ("Opinion\n\nWhy the Road Matters\n\n", "Why the Road Matters"),
        ("The road is open.\n\n", None),
        ("Despite the flood, the council shows a growing will to open the road\n\n", None),
        ("Introduction\n\n", None),
        ("Mr. President,\n\n", None),
        ("", None),
        ("- A first item\n- A second item\n", None),
    ],
)
def test_title(top: str, title: str | None) -> None:
    assert metadata(top + BODY).title == title


def test_a_standfirst_is_prose_and_no_heading() -> None:
    line = "Despite the flood, the council shows a growing will to open the road"
    document = read_text(f"{line}\n\n{BODY}", name="x.txt")
    assert document.metadata.standfirst == line
    assert document.headings == ()
    assert document.text[document.paragraphs[0].start : document.paragraphs[0].end] == line
    assert document.sentences[0].of(document.text) == line


def test_a_line_between_title_and_byline_is_the_standfirst() -> None:
    found = metadata(f"Roads and Rivers\n\nA valley opens its road and asks who pays for it.\n\nBy Ana Lopez\n\n{BODY}")
    assert (found.title, found.authors) == ("Roads and Rivers", ("Ana Lopez",))
    assert found.standfirst == "A valley opens its road and asks who pays for it."


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By: Ana Maria Lopez", ("Ana Maria Lopez",)),
        ("\u00a0By: Ana Maria Lopez", ("Ana Maria Lopez",)),
        ("By Ana Lopez, Omar bin Said and Dr. Zia Ul Haq", ("Ana Lopez", "Omar bin Said", "Zia Ul Haq")),
        ("Author: J. R. Smith", ("J. R. Smith",)),
        ("By News Desk", ()),
        ("By Reuters", ()),
    ],
)
def test_byline(line: str, authors: tuple[str, ...]) -> None:
    document = read_text(f"Roads and Rivers\n\n{line}\n\n{BODY}", name="x.txt")
    assert document.metadata.authors == authors
    assert [x.kind for x in document.front] == ["byline"]


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("2026-02-22 - 22:03", "2026-02-22T22:03"),
        ("2026-02-22", "2026-02-22"),
        ("Published: May 6, 2024", "2024-05-06"),
        ("Monday, 6th May 2024 10:03 PM PKT", "2024-05-06T22:03"),
        ("May 2024", "2024-05"),
        ("Posted on 6 May 2024 | Updated 7 May 2024", "2024-05-06"),
        ("Last updated: May 6, 2024", None),
        ("06/05/2024", None),
        ("31 February 2024", None),
    ],
)
def test_dateline(line: str, published: str | None) -> None:
    assert metadata(f"Roads and Rivers: A History\n\n{line}\n\n{BODY}").published == published


def test_events_copyright_and_as_of_are_no_date_of_publication() -> None:
    found = metadata(f"{BODY} On 6 May 2024 it was opened. As of June 2024, it is open.\n\n© Acme Publishing LLC 2026.")
    assert (found.published, found.as_of, found.not_before) == (None, "2024-06", "2024-06")
    assert (found.copyright_year, found.publisher, found.site) == (2026, "Acme Publishing LLC", None)


@pytest.mark.parametrize("first", ["TheRiverTime", "River Observer", "The Daily Valley"])
def test_a_site_stands_above_the_title(first: str) -> None:
    found = metadata(f"{first}\n\nRoads and Rivers: A Short History\n\n{BODY}")
    assert (found.site, found.title) == (first, "Roads and Rivers: A Short History")
