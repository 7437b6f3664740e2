"""The article of a page: no words of it are lost on the way through the extractors."""

from __future__ import annotations

import json
import time

import pytest

from ctcorpus.ingest.readers.html import read
from ctcorpus.ingest.readers.page_tree import depth, is_running, parse
from ctcorpus.ingest.readers.reading import Reading
from tests.ingest import made_files as made

TITLE = "The council met on Monday to speak about the budget"
SUBJECTS = ("roads", "schools", "bridges", "harbours", "rivers", "forests")
PARAGRAPHS = [
    f"Of the {x} the council spoke on day {at}, and its members said what {x} cost." for at, x in enumerate(SUBJECTS)
]
PROSE = "".join(f"<p>{x}</p>" for x in PARAGRAPHS)


def reading_of(body: str, head: str = "") -> Reading:
    (reading,) = read(made.page(body, head))
    return reading


def linked(**values: object) -> str:
    node = {"@type": "NewsArticle", "headline": TITLE, **values}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        ("<p><b>1925:</b> <b></b>The needle is named here.</p>", "1925: The needle is named here."),
        ("<p>Before <span></span>the needle is named.</p>", "Before the needle is named."),
        ("<p>Before <a name='x'></a>the needle is named.</p>", "Before the needle is named."),
        (
            "<p>It was on <time>3 May</time> that the needle was named.</p>",
            "It was on 3 May that the needle was named.",
        ),
        ("<p>She said <q>the needle <i>is</i> named</q>.</p>", "She said “the needle is named”."),
        ("<blockquote><p>The needle is named.</p></blockquote>", "The needle is named."),
        ("<ol><li><p>The needle is named.</p></li><li>Another</li></ol>", "The needle is named."),
        ("<table><tr><th>Year</th><th>Needles</th></tr><tr><td>2019</td><td>12</td></tr></table>", "2019\t12"),
        ("<h3>The needle is named</h3>", "The needle is named"),
    ],
)
def test_needles_are_found(inner: str, shown: str) -> None:
    assert shown in reading_of(f"<article><h1>{TITLE}</h1>{PROSE}{inner}{PROSE.replace('day', 'night')}</article>").text


def test_words_before_the_first_paragraph_of_a_container_are_kept() -> None:
    lead = "The council has met again to speak about what it will pay for next year."
    assert (
        lead
        in reading_of(f"<article><h1>{TITLE}</h1><div>{lead}<br><br>{'<br><br>'.join(PARAGRAPHS)}</div></article>").text
    )
    assert lead in reading_of(f"<h1>{TITLE}</h1><section>{lead}{PROSE}</section>").text


@pytest.mark.parametrize("levels", [254, 2_000])
def test_pages_nested_deep_lose_nothing(levels: int) -> None:
    reading = reading_of("<div>" * levels + f"<h1>{TITLE}</h1>{PROSE}" + "</div>" * levels + "<p>After it all.</p>")
    assert all(x in reading.text for x in PARAGRAPHS)


def test_a_page_nested_far_too_deep_for_any_search_is_read_at_once() -> None:
    began = time.process_time()
    reading = reading_of(f"<h1>{TITLE}</h1>" + "<div>" * 200_000 + PROSE + "</div>" * 200_000 + "<p>After it all.</p>")
    assert all(x in reading.text for x in (*PARAGRAPHS, "After it all."))
    assert any("all its text was taken" in x for x in reading.warnings)
    assert time.process_time() - began < 10


def test_a_page_for_readers_without_scripts_is_read() -> None:
    reading = reading_of(f"<div id='app'></div><noscript><h1>{TITLE}</h1>{PROSE}</noscript>")
    assert all(x in reading.text for x in PARAGRAPHS)
    both = reading_of(f"<article><h1>{TITLE}</h1>{PROSE}</article><noscript>Turn scripts on, please.</noscript>")
    assert "Turn scripts on" not in both.text


def test_a_text_that_json_ld_alone_holds_is_taken_from_there_and_it_is_said() -> None:
    body = "\n".join(PARAGRAPHS)
    reading = reading_of(f"<h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p>", linked(articleBody=body, isAccessibleForFree=False))
    assert all(x in reading.text for x in PARAGRAPHS) and reading.completeness == "paywalled"
    assert any("the text is that of JSON-LD (articleBody)" in x for x in reading.warnings)
    marked = reading_of("<div id='app'></div>", linked(articleBody=PROSE))
    assert all(x in marked.text for x in PARAGRAPHS) and "<p>" not in marked.text


def test_an_article_of_other_words_is_not_replaced_by_json_ld() -> None:
    reading = reading_of(f"<article><h1>{TITLE}</h1>{PROSE}</article>", linked(articleBody=made.prose(60)))
    assert all(x in reading.text for x in PARAGRAPHS) and made.prose(60)[-40:] not in reading.text


def test_live_pages_and_pages_saved_by_readers_are_read() -> None:
    live = "".join(f"<div><time datetime='2024-05-01T0{at}:00'>0{at}:00</time><h2>Part {at}</h2><p>{x}</p></div>"
                   for at, x in enumerate(PARAGRAPHS))  # fmt: skip
    head = linked(datePublished="2024-05-01T08:00:00+02:00").replace("NewsArticle", "LiveBlogPosting")
    reading = reading_of(f"<main><h1>{TITLE}</h1>{live}</main>", head)
    assert all(x in reading.text for x in PARAGRAPHS) and reading.stated.published == "2024-05-01T08:00+02:00"
    kept = (
        f"<div class='header'><h1 class='reader-title'>{TITLE}</h1></div><div class='content'><div>{PROSE}</div></div>"
    )
    assert all(x in reading_of(kept).text for x in PARAGRAPHS)


def test_trees() -> None:
    tree = parse("<p>a <b>c</b> d</p><div><p>e</p></div>")
    assert tree is not None and depth(tree) == 4
    assert [is_running(x) for x in tree.iter("p", "div")] == [True, False, True]
    assert parse("") is None
