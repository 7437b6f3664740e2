"""Metadata from the body and the footer."""

from __future__ import annotations

import pytest

from ctcorpus.ingest import read_text
from ctcorpus.model.document import Metadata

BODY = "The council met in the spring, and it was decided that the road should be open to all who have to use it."


def metadata(text: str) -> Metadata:
    return read_text(text, name="x.txt").metadata


def test_a_title_inside_the_lead_is_inferred() -> None:
    found = metadata(f"Below is a detailed report on Roads of the North: Past and Future. {BODY}")
    assert (found.title, found.basis["title"]) == ("Roads of the North: Past and Future", "inferred")
    assert metadata(f"This is a report on how the roads fared. {BODY}").title is None


def test_the_finer_as_of_date_wins() -> None:
    text = f"As of April 2025, it is open. {BODY} As of April 8, 2025, it remains open."
    found = metadata(text)
    assert found.as_of == "2025-04-08"
    assert found.evidence["as_of"][0].of(text) == "As of April 8, 2025"
    assert metadata(f"{BODY} As of 30 June 2021, there were few cars.").as_of is None


@pytest.mark.parametrize(
    ("sentence", "bound"),
    [
        ("The road was opened on the 6th and 7th October, 2025, by the council.", "2025-10-07"),
        ("The road was closed in June 2024.", "2024-06"),
        ("The road will be opened on 6 October 2027.", None),
        ("The road was to be finished by the deadline of 6 October 2027.", None),
        ("The road opens in 2027.", None),
    ],
)
def test_not_before_is_the_latest_event(sentence: str, bound: str | None) -> None:
    found = metadata(f"{BODY} {sentence}")
    assert found.not_before == bound
    assert found.published is None


def test_an_about_box_names_the_site() -> None:
    about = "Valley Policy Review (VPR) is an independent, non-profit online platform that looks at roads. It is free."
    text = f"{BODY}\n\n{about}\n\n@2025 – All Right Reserved. Designed and Developed by Valley Policy Review"
    document = read_text(text, name="x.txt")
    assert document.metadata.site == "Valley Policy Review"
    assert document.metadata.copyright_year == 2025
    assert [x.kind for x in document.boilerplate] == ["about", "copyright"]


def test_a_web_agency_is_not_the_site() -> None:
    assert metadata(f"{BODY}\n\nDesigned and Developed by Pixel Bakers").site is None


@pytest.mark.parametrize(
    ("notice", "site", "publisher"),
    [
        ("© 2024 Valley News. All rights reserved.", "Valley News", None),
        ("© 2024 The Associated Press. All rights reserved.", None, None),
        ("Copyright 2024 Valley Media Group. All rights reserved.", None, "Valley Media Group"),
        ("© 2024 Ana Lopez", None, None),
    ],
)
def test_the_holder_of_a_copyright(notice: str, site: str | None, publisher: str | None) -> None:
    found = metadata(f"{BODY}\n\n{notice}")
    assert (found.site, found.publisher, found.copyright_year, found.published) == (site, publisher, 2024, None)


def test_a_last_paragraph_about_an_institution_is_body() -> None:
    text = f"{BODY}\n\nThe River Authority (RA) is an independent research organisation of the state, and it pays."
    assert read_text(text, name="x.txt").boilerplate == ()


def test_language_only_where_clear() -> None:
    assert metadata(BODY * 3).language == "en"
    assert metadata("Der Rat hat die Straße für alle geöffnet, und das ist auch für die Bauern gut.").language is None
    assert metadata("Roads Rivers Valleys").language is None
