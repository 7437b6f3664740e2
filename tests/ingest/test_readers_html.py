"""Web pages: the article, what the page states, and where each was read."""

from __future__ import annotations

import json

import pytest

from ctcorpus.ingest import read_bytes
from ctcorpus.ingest.readers.html import read
from ctcorpus.ingest.readers.iso_dates import edtf
from ctcorpus.ingest.readers.reading import Reading
from tests.ingest import made_files as made

TITLE = "The council met on Monday to speak about the budget"


def reading_of(body: str, head: str = "") -> Reading:
    (reading,) = read(made.page(body, head))
    return reading


def article(inner: str = "") -> str:
    below = f"<p>{made.prose(4)}</p><h2>What comes next</h2><p>{made.prose(5)}</p>"
    return f"<article><h1>{TITLE}</h1>{inner}{below}</article>"


def linked_data(**values: object) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, **values}
    return f'<script type="application/ld+json">{json.dumps({"@graph": [node]})}</script>'


def test_stated_metadata_has_its_origin_and_evidence_where_the_page_shows_the_words() -> None:
    head = linked_data(
        datePublished="2024-05-01T09:30:00+02:00",
        author=[{"@type": "Person", "name": "Ana Lopez"}, {"@type": "Person", "name": "Li Wei"}],
        publisher={"@type": "Organization", "name": "Example Press Ltd"},
    )
    head += '<meta property="og:site_name" content="The Example"/>'
    shown = (
        "<div class='by'>By <a href='/a'>Ana Lopez</a> and Li Wei</div><time datetime='2024-05-01'>1 May 2024</time>"
    )
    document = read_bytes(made.page(article(shown), head), name="a.html")
    known, text = document.metadata, document.text
    assert (known.title, known.authors, known.published) == (TITLE, ("Ana Lopez", "Li Wei"), "2024-05-01T09:30+02:00")
    assert (known.site, known.publisher, known.language) == ("The Example", "Example Press Ltd", "en")
    assert [x.of(text) for x in known.evidence["authors"]] == ["Ana Lopez", "Li Wei"]
    assert known.evidence["title"][0].of(text) == TITLE
    assert known.evidence["published"][0].of(text) == "1 May 2024"
    assert "site" not in known.evidence and known.basis["site"] == "document"
    assert [text[x.start : x.end] for x in document.headings] == [TITLE, "What comes next"]
    assert document.passages and all(TITLE not in text[x.start : x.end] for x in document.passages)


def test_a_date_in_the_address_or_in_the_text_is_no_date_of_publication() -> None:
    head = '<link rel="canonical" href="https://a.example/2024/05/01/story"/>'
    reading = reading_of(article("<p>It was agreed on 3 April 2024 that the report is kept.</p>"), head)
    assert reading.stated.published is None
    assert reading.url == "https://a.example/2024/05/01/story"


@pytest.mark.parametrize(
    ("head", "origin"),
    [
        ('<meta property="article:published_time" content="2024-05-01T10:00:00Z"/>', "meta article:published_time"),
        ('<meta name="dc.date.issued" content="2024-05-01"/>', "meta dc.date.issued"),
        ('<meta itemprop="datePublished" content="2024-05-01"/>', "meta datepublished"),
    ],
)
def test_dates_of_the_head(head: str, origin: str) -> None:
    stated = reading_of(article(), head).stated
    assert stated.published is not None and stated.published[:10] == "2024-05-01"
    assert stated.origin["published"] == origin


def test_a_modification_date_is_no_date_of_publication() -> None:
    head = linked_data(dateModified="2024-06-01") + '<meta property="article:modified_time" content="2024-06-01"/>'
    assert reading_of(article(), head).stated.published is None


def test_desks_are_no_authors_where_persons_sign() -> None:
    head = linked_data(
        author=[{"@type": "Organization", "name": "News Desk"}, {"@type": "Person", "name": "Ana Lopez"}]
    )
    assert reading_of(article(), head).stated.authors == ("Ana Lopez",)


def test_a_page_behind_a_paywall_says_so() -> None:
    assert reading_of(article(), linked_data(isAccessibleForFree=False)).completeness == "paywalled"
    assert reading_of(article(), linked_data(articleBody=f"{made.prose(4)} {made.prose(5)}")).completeness == "full"
    assert reading_of(article(), linked_data(wordCount=900)).completeness == "excerpt"
    assert reading_of(article()).completeness == "unknown"


def test_a_page_without_an_article_is_taken_whole() -> None:
    reading = reading_of("<div>Some words</div><div>and others</div>")
    assert (reading.text, reading.warnings) == ("Some words\n\nand others\n", ())
    listed = reading_of("<nav><ul><li><a href='x'>One</a></li><li><a href='y'>Two</a></li></ul></nav>")
    assert "One" in listed.text and "all its text was taken" in listed.warnings[0]


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ("windows-1251", "cp1251"),
        ("iso-8859-1", "cp1252"),
        ("euc-jp", "euc_jp"),
        ("gb2312", "gb18030"),
        ("tis-620", "cp874"),
    ],
)
def test_declared_encodings(declared: str, codec: str) -> None:
    words = {
        "cp1251": "Слова статьи",
        "cp1252": "“Café”",
        "euc_jp": "日本の言葉",
        "gb18030": "文章的词",
        "cp874": "คำในบทความ",
    }[codec]
    (reading,) = read(f'<html><head><meta charset="{declared}"></head><body><p>{words}</body>'.encode(codec))
    assert words in reading.text and reading.encoding_basis == "declared"


def test_linked_data_that_is_no_json_or_too_deep_is_passed_over() -> None:
    bad = (
        '<script type="application/ld+json">{"a": </script><script type="application/ld+json">'
        + "[" * 100_000
        + "</script>"
    )
    reading = reading_of(article(), bad)
    assert reading.stated.title == TITLE and any("too deep" in x for x in reading.warnings)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("2024-05-01", "2024-05-01"),
        ("20240501", "2024-05-01"),
        ("2024-05", "2024-05"),
        ("2024-05-01 14:02:09 +01:00", "2024-05-01T14:02+01:00"),
        ("2024-05-01T00:00:00.000Z", "2024-05-01"),
        ("2024-05-01T22:02:09.123-0430", "2024-05-01T22:02-04:30"),
        ("2024-05-01T22:02+05", "2024-05-01T22:02+05:00"),
        ("2024-05-01T22:02:00+00:00", "2024-05-01T22:02Z"),
        ("2024-05-01T22:02:00-00:00", "2024-05-01T22:02"),
        ("2024-05-01T22:02+99:00", "2024-05-01T22:02"),
        ("2024-05-01T22:02", "2024-05-01T22:02"),
        ("Wed, 01 May 2024 09:30:00 -0000", "2024-05-01T09:30"),
        ("Wed, 01 May 2024 09:30:00 +0500", "2024-05-01T09:30+05:00"),
        ("Wed, 01 May 2024 09:30:00 GMT", "2024-05-01T09:30Z"),
        ("1 May 2024", "2024-05-01"),
        ("2024-13-01", None),
        ("yesterday", None),
        ("", None),
        ("2024", None),
    ],
)
def test_dates_of_machines(printed: str, value: str | None) -> None:
    assert edtf(printed) == value
