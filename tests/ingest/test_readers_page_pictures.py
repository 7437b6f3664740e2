"""The alternative texts of pictures: no text of a page, but told of."""

from __future__ import annotations

from ctcorpus.ingest.readers.html import read
from ctcorpus.ingest.readers.reading import Reading
from tests.ingest import made_files as made

PROSE = "".join(f"<p>The {at}th paragraph tells what the council spoke about. {made.prose(4)}</p>" for at in range(6))


def reading_of(inside: str, around: str = "") -> Reading:
    body = (
        f"<header><img src='l.png' alt='The logo'/></header>{around}<article><h1>A council met</h1>{inside}</article>"
    )
    (reading,) = read(made.page(body))
    return reading


def told(reading: Reading) -> list[str]:
    return [x for x in reading.warnings if x.startswith("alternative texts")]


def test_alternative_texts_in_the_article_are_left_out_and_quoted() -> None:
    pictures = "<figure><img src='a.png' alt='A chart of rising  counts'/></figure><img alt='Two persons'>"
    reading = reading_of(PROSE + pictures + PROSE.replace("The ", "Again the "))
    assert "rising" not in reading.text
    assert told(reading) == ["alternative texts of 2 pictures left out: “A chart of rising counts”; “Two persons”"]


def test_those_outside_are_counted_and_those_of_other_regions_are_not() -> None:
    reading = reading_of(PROSE, "<div><a href='/b'><img alt='Another story'></a></div><nav><img alt='Up'></nav>")
    assert told(reading) == ["alternative texts of 1 picture left out, outside of what was found of the article"]


def test_empty_ones_and_what_a_caption_says_are_not_told_of() -> None:
    caption = "<p>A picture of the council in its old hall, taken in the spring of that year.</p>"
    words = caption.removeprefix("<p>").removesuffix("</p>")
    reading = reading_of(f"{PROSE}<img alt=''><img alt=' '><img><img alt='{words}'>{caption}{PROSE}")
    assert words in reading.text and told(reading) == []


def test_many_and_long_ones_are_bounded() -> None:
    reading = reading_of(PROSE + "".join(f"<img alt='Picture {at} {'x' * 1_000}'>" for at in range(400)) + PROSE)
    (warning,) = told(reading)
    assert warning.startswith("alternative texts of 400 pictures left out: ") and warning.endswith(" …")
    assert len(warning) < 3_000
