"""Completeness of pages: full only where every sign agrees."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ctcorpus.ingest.readers.html import read
from tests.ingest import made_files as made

TITLE = "The council met on Monday to speak about the budget"
TEXT = f"{made.prose(6)} {made.prose(9)}"


def completeness(node: dict[str, Any], inside: str = "", head: str = "") -> str:
    data = {"@type": "NewsArticle", "headline": TITLE, **node}
    linked = f'<script type="application/ld+json">{json.dumps(data)}</script>{head}'
    body = f"<article><h1>{TITLE}</h1><p>{made.prose(6)}</p><p>{made.prose(9)}</p>{inside}</article>"
    (reading,) = read(made.page(body, linked))
    return reading.completeness


def test_a_page_whose_stated_text_is_there_is_full() -> None:
    assert completeness({"articleBody": TEXT}) == "full"
    assert completeness({"articleBody": TEXT, "isAccessibleForFree": True, "wordCount": 100}) == "full"


@pytest.mark.parametrize(
    ("node", "inside", "head"),
    [
        ({}, "", ""),
        ({"articleBody": f"{TEXT} …"}, "", ""),
        ({"articleBody": f"{TEXT} [...]"}, "", ""),
        ({"articleBody": TEXT}, "<div class='paywall-box'>Sign in to read on.</div>", ""),
        ({"articleBody": TEXT}, "", "<meta property='article:content_tier' content='metered'/>"),
    ],
)
def test_a_sign_against_it_is_enough(node: dict[str, Any], inside: str, head: str) -> None:
    assert completeness(node, inside, head) == "unknown"


@pytest.mark.parametrize("value", [False, "False", "false", "no", "https://schema.org/False"])
def test_a_page_that_is_not_free_says_so(value: object) -> None:
    assert completeness({"articleBody": TEXT, "isAccessibleForFree": value}) == "paywalled"
    part = {"@type": "WebPageElement", "isAccessibleForFree": value, "cssSelector": ".rest"}
    assert completeness({"articleBody": TEXT, "isAccessibleForFree": True, "hasPart": part}) == "paywalled"
    assert completeness({"hasPart": [part]}) == "paywalled"


def test_a_page_that_is_locked_says_so() -> None:
    assert completeness({}, "", "<meta property='article:content_tier' content='locked'/>") == "paywalled"


def test_a_page_that_states_more_words_is_an_excerpt() -> None:
    assert completeness({"wordCount": 5_000}) == "excerpt"
    assert completeness({"wordCount": "5000", "articleBody": TEXT}) == "excerpt"
    assert completeness({"wordCount": "many"}) == "unknown"
