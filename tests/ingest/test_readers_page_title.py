"""The title of a page: what its reader sees as the headline, in a form that the page states."""

from __future__ import annotations

import json

import pytest

from ctcorpus.ingest import read_bytes
from ctcorpus.ingest.readers.page_meta import read_meta
from ctcorpus.ingest.readers.page_title import PageTitle, same, without_site
from ctcorpus.ingest.readers.page_tree import parse
from tests.ingest import made_files as made

SEEN = "The council of the province speaks about its budget"
SHARED = "What a new budget would mean for you"


def title_of(head: str, body: str) -> PageTitle:
    tree = parse(f"<html><head>{head}</head><body>{body}<p>{made.prose(3)}</p></body></html>")
    assert tree is not None
    return read_meta(tree).title


def headline(words: str) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "headline": words})}</script>'


def og(words: str) -> str:
    return f'<meta property="og:title" content="{words}"/>'


@pytest.mark.parametrize(
    ("head", "body", "words", "origin"),
    [
        pytest.param(headline(SEEN) + og(SHARED), f"<h1>{SEEN}</h1>", SEEN, "h1", id="seen before shared"),
        pytest.param(
            headline(SHARED) + og(SEEN),
            f"<ol><li><h1>{SHARED}</h1></li></ol><article><h2>{SEEN}</h2></article>",
            SEEN,
            "h2",
            id="a path is no headline",
        ),
        pytest.param(
            og(SEEN),
            f"<div class='breadcrumbs'><h1>{SHARED}</h1></div><p class='t'>{SEEN}</p>",
            SEEN,
            "p",
            id="a paragraph that says what the head says",
        ),
        pytest.param(
            headline(SEEN),
            f"<h1><span>Politics</span> <span>{SEEN}</span></h1>",
            SEEN,
            "h1",
            id="a kicker in its own element",
        ),
        pytest.param(
            headline(f"Politics: {SEEN}"),
            f"<h1><span>Politics</span><span>{SEEN}</span></h1>",
            f"Politics: {SEEN}",
            "h1",
            id="what layout keeps apart, as the head writes it",
        ),
        pytest.param(headline(f"{SEEN}."), f"<h1>{SEEN}</h1>", SEEN, "h1", id="else as the reader sees it"),
        pytest.param(
            "<title>A river and its boats - The Example</title>" + og("A river and its boats - News"),
            "<h1>The Example</h1><h2>A river and its boats</h2>",
            "A river and its boats",
            "h2",
            id="a heading with the name of the site",
        ),
        pytest.param(
            headline("A river town and its boats"),
            "<h1>How the river town keeps rowing</h1>",
            "How the river town keeps rowing",
            "h1",
            id="some shared words",
        ),
        pytest.param(
            headline("A &quot;river&quot; &amp; boats"), "", 'A "river" & boats', "json-ld headline", id="entities"
        ),
        pytest.param("", f"<h1>{SEEN}</h1>", SEEN, "h1", id="a lone heading"),
    ],
)
def test_which_title_is_taken(head: str, body: str, words: str, origin: str) -> None:
    found = title_of(head, body)
    assert (found.words, found.origin) == (words, origin)


def test_a_title_that_the_page_shows_is_evidence_in_the_text() -> None:
    data = made.page(f"<article><h1><i>News</i> <b>{SEEN}</b></h1><p>{made.prose(6)}</p></article>", headline(SEEN))
    document = read_bytes(data, name="a.html")
    assert document.metadata.title == SEEN
    (span,) = document.metadata.evidence["title"]
    assert span.of(document.text) == SEEN


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("A river and its many boats - The Example", "A river and its many boats"),
        ("A river and its many boats | Travel | Another", "A river and its many boats | Travel"),
        ("A river - and its many boats", "A river - and its many boats"),
        ("A river: and its many boats — example.org", "A river: and its many boats"),
        ("Boats | The Example", "Boats | The Example"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_title(title: str, bare: str) -> None:
    assert without_site(title, ["The Example", "example.org"]) == bare


def test_what_another_title_is_without_is_no_part_of_it() -> None:
    assert without_site("新しい船--旅--例", [], ["新しい船"]) == "新しい船"
    assert same("A river – and boats!", "a river and boats") and not same("A river", "A boat") and not same("!", "?")


def test_titles_of_any_length_are_read() -> None:
    found = title_of(og("a | " * 500), "<h1>" + "b - " * 50_000 + "</h1>")
    assert found.words
