"""What a web page states of itself: JSON-LD, OpenGraph and other ``meta``, ``time``, bylines; each with its origin."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml.html import HtmlElement

from ctcorpus.ingest.readers.iso_dates import edtf
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
_AUTHOR_KEYS = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "authors",
)
_NO_PERSON = re.compile(
    r"(?i)https?:|www\.|@|\b(?:staff|desk|editor(?:ial|s)?|redaktion|team|newsroom|agenc(?:y|ies)|press|news|reuters|"
    r"afp|dpa|admin|online|correspondents?|reporters?)\b|\.[a-z]{2,4}$"
)
_SPLIT = re.compile(r"\s*(?:[,;|]|\s(?:and|und|et|y|e)\s|\s&\s)\s*")
_BY = re.compile(r"(?i)^\W*(?:written by|reported by|story by|words by|by|von|par|por|di|av)\s*:?\s+")
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){1,4}")


@dataclass(slots=True)
class PageMeta:
    """What the page states. article: the JSON-LD node of the article, empty where there is none."""

    stated: Stated = field(default_factory=Stated)
    article: Mapping[str, Any] = field(default_factory=dict)
    headlines: list[str] = field(default_factory=list)
    url: str | None = None
    warnings: list[str] = field(default_factory=list)


def read_meta(tree: HtmlElement) -> PageMeta:
    """What the page states in its head and marks; the title is the page's own form of it where it shows one."""
    meta = PageMeta()
    tags = _meta_tags(tree)
    meta.article = _article(tree, meta.warnings)
    origin: dict[str, str] = {}
    values: dict[str, Any] = {}

    def keep(name: str, value: Any, where: str) -> None:
        if value and name not in values:
            values[name], origin[name] = value, where

    _titles(tree, meta, tags, keep)
    article = meta.article
    keep("authors", tuple(_people(article.get("author"))), "json-ld author")
    for key in _AUTHOR_KEYS:
        keep("authors", tuple(_names(tags.get(key, ()))), f"meta {key}")
    keep("authors", tuple(_marked_authors(tree)), "byline")
    keep("authors", tuple(_corporate(article.get("author"))), "json-ld author")
    keep("published", edtf(_string(article.get("datePublished"))), "json-ld datePublished")
    for key in _DATE_KEYS:
        keep("published", edtf(tags.get(key, ("",))[0]), f"meta {key}")
    keep("published", _time(tree), "time")
    keep("site", one_line(fit(tags.get("og:site_name", ("",))[0])), "meta og:site_name")
    keep("publisher", _name_of(article.get("publisher")), "json-ld publisher")
    language = _string(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"))
    keep("language", language[:2].lower() if re.match(r"[A-Za-z]{2}(?:[-_]|$)", language) else "", "html lang")
    meta.stated = Stated(**values, origin=origin)
    meta.url = _url(tree, tags)
    return meta


def _titles(tree: HtmlElement, meta: PageMeta, tags: Mapping[str, tuple[str, ...]], keep: Any) -> None:
    """Keeps the title: the first heading where it agrees with what the head says, else what the head says."""
    head = [
        ("json-ld headline", _string(meta.article.get("headline"))),
        ("meta og:title", tags.get("og:title", ("",))[0]),
        ("meta twitter:title", tags.get("twitter:title", ("",))[0]),
        ("title", " ".join(tree.xpath("string((//head//title | //title)[1])").split())),
    ]
    stated = [(where, one_line(fit(words))) for where, words in head if words.strip()]
    meta.headlines = [words for _, words in stated]
    shown = [one_line(fit(x.text_content())) for x in tree.iter("h1")][:20]
    shown = [words for words in shown if words]
    for words in shown:
        if any(alike(words, other) for other in meta.headlines):
            headline = stated[0][1]
            keep("title", headline if words.endswith(headline) else words, "h1")
    for where, words in stated:
        keep("title", _without_site(words, tags) if where != "json-ld headline" else words, where)
    if len(shown) == 1:
        keep("title", shown[0], "h1")


def alike(shown: str, stated: str) -> bool:
    """Whether two titles share most of their words."""
    a, b = (set(re.findall(r"\w+", x.lower())) for x in (shown, stated))
    return len(a & b) >= 0.6 * min(len(a), len(b)) and 3 * len(a & b) >= max(len(a), len(b)) and bool(a)


def _without_site(title: str, tags: Mapping[str, tuple[str, ...]]) -> str:
    """A title without the name of the site after a bar or dash."""
    found = re.match(r"(.{15,}?)\s+[|–—·•-]\s+([^|–—·•]{2,40})$", title)
    if found is None:
        return title
    site = tags.get("og:site_name", ("",))[0].lower()
    return found[1] if "|" in title[found.end(1) :] or (site and site in found[2].lower()) else title


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
    waiting, seen = [data], 0
    while waiting and seen < MOST_NODES:
        here, seen = waiting.pop(0), seen + 1
        if isinstance(here, list):
            waiting.extend(here)
        elif isinstance(here, dict):
            yield here
            waiting.extend(here[x] for x in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart") if x in here)


def _people(data: Any) -> Iterator[str]:
    """The names of persons; organisations and desks are none."""
    for item in data if isinstance(data, list) else [data]:
        kinds = _strings(item.get("@type")) if isinstance(item, dict) else ["Person"]
        if "Person" in kinds or not kinds:
            yield from _names(
                [_name_of(item)]
                if not isinstance(item, dict) or isinstance(item.get("name"), str)
                else _strings(item.get("name"))
            )


def _corporate(data: Any) -> Iterator[str]:
    """The organisation that signs where no person does."""
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict) and _name_of(item) and not re.search(r"https?:|@", _name_of(item)):
            yield _name_of(item)


def _names(values: Any) -> Iterator[str]:
    """The names in values such as "By Ana Lopez and Li Wei"; each once."""
    seen: set[str] = set()
    for value in values:
        bare = _BY.sub("", one_line(fit(value)))
        for name in _SPLIT.split(bare):
            if 3 <= len(name) <= 60 and not _NO_PERSON.search(name) and not re.search(r"\d", name) and name not in seen:
                seen.add(name)
                yield name


def _marked_authors(tree: HtmlElement) -> Iterator[str]:
    """Names that stand in an element marked as the author; a link to the author's page or a byline."""
    query = (
        "//*[@rel='author' or @itemprop='author' or contains(@class,'byline') or contains(@class,'author-name')"
        " or contains(@class,'author__name') or contains(@class,'article-author')]"
    )
    for element in tree.xpath(query)[:10]:
        words = one_line(fit(element.text_content()))
        names = [x for x in _names([words[:200]]) if _NAME.fullmatch(x) and x.split()[0][0].isupper()]
        if len(words) <= 120 and names:
            yield from dict.fromkeys(names)
            return


def _time(tree: HtmlElement) -> str | None:
    """The date of an element that is marked as the date of publication, or of the only ``time`` of the page."""
    marked = tree.xpath("//*[@itemprop='datePublished' or @property='datePublished' or @pubdate]")
    marked += tree.xpath(
        "//time[contains(@class,'publi') or contains(@class,'entry-date') or contains(@class,'posted')]"
    )
    times = tree.xpath("//article//header//time[@datetime] | //time[@datetime][preceding::h1]")
    for element in [*marked, *times[:1]]:
        value = edtf(element.get("datetime") or element.get("content") or element.text_content())
        if value:
            return value
    return None


def _url(tree: HtmlElement, tags: Mapping[str, tuple[str, ...]]) -> str | None:
    links = [x.get("href") or "" for x in tree.iter("link") if (x.get("rel") or "").lower() == "canonical"]
    found = [x.strip() for x in (*links, *tags.get("og:url", ())) if re.match(r"https?://[^\s]{4,2000}$", x.strip())]
    return found[0] if found else None


def _name_of(data: Any) -> str:
    if isinstance(data, list):
        return _name_of(data[0]) if data else ""
    name = data.get("name") if isinstance(data, dict) else data
    return one_line(fit(_string(name)))[:200]


def _string(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return value if isinstance(value, str) else ""


def _strings(value: Any) -> list[str]:
    return [x for x in (value if isinstance(value, list) else [value]) if isinstance(x, str)]
