"""What a web page states of itself: JSON-LD, OpenGraph and other ``meta``, ``time``, bylines; each with its origin."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from lxml.html import HtmlElement

from ctcorpus.ingest.readers.iso_dates import edtf
from ctcorpus.ingest.readers.page_authors import name_of, read_authors
from ctcorpus.ingest.readers.page_title import PageTitle, read_title
from ctcorpus.ingest.readers.reading import Stated
from ctcorpus.ingest.readers.sheet import fit, one_line

#: nodes of JSON-LD that are looked at; characters of one script
MOST_NODES, MOST_SCRIPT = 20_000, 5_000_000
_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|LiveBlogPosting|AnalysisNews|Review)$")
_COMMENTS = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$"
)
_DATE_KEYS = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "article:published",
    "datepublished",
    "publishdate",
    "publish_date",
    "publish-date",
    "publication_date",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "citation_publication_date",
    "date",
)
_SUMMARY_KEYS = ("og:description", "description", "twitter:description", "dc.description", "dcterms.abstract")


@dataclass(slots=True)
class PageMeta:
    """What the page states. article: the JSON-LD node of the article, empty where there is none.

    summaries: its descriptions of itself. tags: its ``meta``, by key in lower case.
    """

    stated: Stated = field(default_factory=Stated)
    article: Mapping[str, Any] = field(default_factory=dict)
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    title: PageTitle = field(default_factory=PageTitle)
    summaries: tuple[str, ...] = ()
    url: str | None = None
    warnings: list[str] = field(default_factory=list)


def read_meta(tree: HtmlElement) -> PageMeta:
    """What the page states in its head and marks; the title is the page's own form of it where it shows one."""
    meta = PageMeta(tags=_meta_tags(tree))
    tags = meta.tags
    meta.article = article = _article(tree, meta.warnings)
    meta.title = read_title(tree, article, tags)
    origin: dict[str, str] = {}
    values: dict[str, Any] = {}

    def keep(name: str, value: Any, where: str) -> None:
        if value and name not in values:
            values[name], origin[name] = value, where

    keep("title", meta.title.words, meta.title.origin)
    keep("authors", *read_authors(tree, article, tags))
    keep("published", edtf(_string(article.get("datePublished"))), "json-ld datePublished")
    for key in _DATE_KEYS:
        keep("published", edtf(tags.get(key, ("",))[0]), f"meta {key}")
    keep("published", _time(tree), "time")
    keep("site", one_line(fit(tags.get("og:site_name", ("",))[0])), "meta og:site_name")
    keep("publisher", name_of(article.get("publisher")), "json-ld publisher")
    language = _string(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"))
    keep("language", language[:2].lower() if re.match(r"[A-Za-z]{2}(?:[-_]|$)", language) else "", "html lang")
    meta.stated = Stated(**values, origin=origin)
    described = [_string(article.get("description")), *(x for key in _SUMMARY_KEYS for x in tags.get(key, ()))]
    meta.summaries = tuple(dict.fromkeys(words for x in described if (words := one_line(fit(unescape(x))))))
    meta.url = _url(tree, tags)
    return meta


def _meta_tags(tree: HtmlElement) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        key = tag.get("property") or tag.get("name") or tag.get("itemprop")
        content = (tag.get("content") or "").strip()
        if key and content:
            found.setdefault(key.strip().lower(), []).append(content[:2_000])
    return {key: tuple(values) for key, values in found.items()}


def _article(tree: HtmlElement, warnings: list[str]) -> Mapping[str, Any]:
    """The JSON-LD node of the article: the first of an article's type with a headline, else the first of the type."""
    found: list[Mapping[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text or len(script.text) > MOST_SCRIPT:
            continue
        try:
            data = json.loads(_COMMENTS.sub("", script.text), strict=False)
        except RecursionError:
            warnings.append("a JSON-LD block is nested too deep and was not read")
        except ValueError:
            continue
        else:
            found.extend(node for node in _nodes(data) if any(_ARTICLE.search(x) for x in _strings(node.get("@type"))))
    return next((x for x in found if x.get("headline") and x.get("datePublished")), found[0] if found else {})


def _nodes(data: Any) -> Iterator[Mapping[str, Any]]:
    """Every object, outermost first, in order."""
    waiting, seen = deque([data]), 0
    while waiting and seen < MOST_NODES:
        here, seen = waiting.popleft(), seen + 1
        if isinstance(here, list):
            waiting.extend(here)
        elif isinstance(here, dict):
            yield here
            waiting.extend(here[x] for x in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart") if x in here)


def _time(tree: HtmlElement) -> str | None:
    """The date of an element that is marked as the date of publication, or of the only ``time`` of the page."""
    marked = tree.xpath("//*[@itemprop='datePublished' or @property='datePublished' or @pubdate]")
    marked += tree.xpath(
        "//time[contains(@class,'publi') or contains(@class,'entry-date') or contains(@class,'posted')]"
    )
    times = tree.xpath("//article//header//time[@datetime] | (//h1)[1]/following::time[@datetime]")
    for element in [*marked, *times[:1]]:
        value = edtf(element.get("datetime") or element.get("content") or element.text_content())
        if value:
            return value
    return None


def _url(tree: HtmlElement, tags: Mapping[str, tuple[str, ...]]) -> str | None:
    links = [x.get("href") or "" for x in tree.iter("link") if (x.get("rel") or "").lower() == "canonical"]
    found = [x.strip() for x in (*links, *tags.get("og:url", ())) if re.match(r"https?://[^\s]{4,2000}$", x.strip())]
    return found[0] if found else None


def _string(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return value if isinstance(value, str) else ""


def _strings(value: Any) -> list[str]:
    return [x for x in (value if isinstance(value, list) else [value]) if isinstance(x, str)]
