"""What stands above an article: standfirst, byline and date as the page shows them."""

from __future__ import annotations

import json

import pytest

from ctcorpus.ingest import read_bytes
from ctcorpus.ingest.readers.html import read
from tests.ingest import made_files as made

TITLE = "The council met on Monday to speak about the budget"
LEAD = "Roads and schools are to get more, says the treasurer, and nobody is to pay for it."


def marked(above: str, **node: object) -> dict[str, str]:
    data = {"@type": "NewsArticle", "headline": TITLE, **node}
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    body = f"<header><h1>{TITLE}</h1>{above}</header><article><p>{made.prose(6)}</p><p>{made.prose(9)}</p></article>"
    (reading,) = read(made.page(body, head))
    return {x.kind: reading.text[x.start : x.end] for x in reading.marks if x.kind != "paragraph"}


@pytest.mark.parametrize("element", ["<p class='x'>{}</p>", "<h2>{}</h2>", "<div><div>{}</div></div>"])
def test_the_summary_that_the_page_states_and_shows_is_its_standfirst(element: str) -> None:
    assert marked(element.format(LEAD), description=LEAD)["standfirst"] == LEAD
    assert marked(element.format(LEAD), description=LEAD[:60] + "…")["standfirst"] == LEAD


@pytest.mark.parametrize("name", ["standfirst", "article__lead", "sub-title", "ArticleIntro", "entry-summary"])
def test_a_standfirst_may_be_told_by_its_class(name: str) -> None:
    assert marked(f"<div class='{name}'><p>{LEAD}</p></div>")["standfirst"] == LEAD


def test_what_is_neither_stated_nor_marked_is_no_standfirst() -> None:
    assert "standfirst" not in marked(f"<p class='other'>{LEAD}</p>")
    assert "standfirst" not in marked("<p class='lead'>Posted on 1 May 2024 at noon by us</p>")
    assert "standfirst" not in marked(f"<ul><li class='lead'>{LEAD}</li></ul>", description=LEAD)


def test_a_standfirst_is_found_by_a_search_for_it() -> None:
    head = f'<meta name="description" content="{LEAD}"/>'
    body = f"<h1>{TITLE}</h1><h2>{LEAD}</h2><article><p>{made.prose(6)}</p><p>{made.prose(9)}</p></article>"
    document = read_bytes(made.page(body, head), name="a.html")
    assert document.metadata.standfirst == LEAD
    assert any(LEAD in document.text[x.start : x.end] for x in document.passages)


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ("<p>By <a href='/ana'>Ana Lopez</a></p>", "By Ana Lopez"),
        ("<div>By <a href='/ana'>Ana Lopez</a></div>", "By Ana Lopez"),
        (
            "<div class='byline'>By<a href='/ana'>Ana Lopez</a><span>Chief Reporter</span></div>",
            "Ana Lopez",
        ),
        ("<figure><span>Photo: Ana Lopez</span></figure><div>By <b>Ana Lopez</b></div>", "By Ana Lopez"),
        ("<span>© Ana Lopez</span>", None),
        ("<div>Why Ana Lopez is the first to row across the lake</div>", None),
    ],
)
def test_a_byline_is_a_line_with_the_name_and_little_else(above: str, line: str | None) -> None:
    assert marked(above, author={"@type": "Person", "name": "Ana Lopez"}).get("byline") == line


def test_a_date_is_shown_where_its_day_can_be_seen() -> None:
    shown = "<time datetime='2024-05-01T10:00:00Z'>{}</time>"
    assert marked(shown.format("1 May 2024"), datePublished="2024-05-01")["dateline"] == "1 May 2024"
    assert "dateline" not in marked(shown.format("2 hours ago"), datePublished="2024-05-01")
