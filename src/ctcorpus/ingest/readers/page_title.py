"""The title of a page: the headline that its reader sees, in the form in which the page states it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from ctcorpus.ingest.readers.page_tree import SILENT, around, is_running
from ctcorpus.ingest.readers.sheet import fit, one_line

#: headings that are looked at; elements; characters of one that may be a headline; pieces of text in it
MOST_HEADINGS, MOST_ELEMENTS, MOST_CHARACTERS, MOST_PARTS = 60, 20_000, 400, 20
#: characters of a title in the head
MOST_STATED = 1_000
#: words that a heading must have to be told by some of them, and letters of such a word
LEAST_WORDS, LEAST_LETTERS = 3, 4
#: what comes before the title or after it and is none: " | The Example", " - The Example", "--politics--Example"
_BREAK = re.compile(r"\s+(?:[|–—·•»:-]+|::)\s+|--+|__?|\s*[|｜]\s*")
_APART = frozenset(("nav", "li", "aside", "footer", "dialog", "a"))


@dataclass(slots=True)
class PageTitle:
    """words: None where the page states no title. origin: the tag that shows it, or where in the head it stands.

    shown: whether a heading of the page shows it. element: the one that does. stated: every title of the head.
    """

    words: str | None = None
    origin: str = ""
    shown: bool = False
    element: HtmlElement | None = None
    stated: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Shown:
    """An element that may be the headline. parts: its pieces of running text, in order."""

    element: HtmlElement
    words: str
    parts: tuple[str, ...]


def read_title(tree: HtmlElement, article: Mapping[str, Any], tags: Mapping[str, tuple[str, ...]]) -> PageTitle:
    """The title, by the first of these that the page has.

    A heading of the first level that says what the head says; one that shares most of its words; another element that
    says the same, or what the head says up to a bar or dash; a heading of the first level that shares some of its
    words; what the head says (JSON-LD, OpenGraph, Twitter, ``title``); a lone heading of the first level. Headings in
    navigation, lists and links are passed over at first: there the title is a step of a path.
    """
    first = [_shown(x) for x in list(tree.iter("h1"))[:MOST_HEADINGS]]
    heads = _heads(tree, article, tags, [x.words for x in first])
    found = PageTitle(stated=[words for _, words in heads])
    own = [x for x in first if x.words and not _stands_apart(x.element)]
    said = {letters_of(words): words for words in reversed(found.stated)}
    for shown in own:
        if (words := _agreed(shown, said)) is not None:
            return _with(found, words, shown)
    for shown in own:
        if any(alike(shown.words, other) for other in found.stated):
            return _with(found, shown.words, shown)
    beginnings = [words[: x.start()] for words in found.stated for x in _BREAK.finditer(words)]
    said = {**{letters_of(words): words for words in beginnings}, **said}
    for shown in _others(tree):
        if (words := _agreed(shown, said)) is not None:
            return _with(found, words, shown)
    for shown in own:
        if any(_touches(shown.words, other) for other in found.stated):
            return _with(found, shown.words, shown)
    if heads:
        found.origin, found.words = heads[0]
        repeated = next((x for x in first if x.words == found.words), None)
        return _with(found, found.words, repeated) if repeated else found
    if len(own) == 1:
        return _with(found, own[0].words, own[0])
    return found


def alike(shown: str, stated: str) -> bool:
    """Whether two titles share most of their words."""
    a, b = (set(re.findall(r"\w+", x.lower())) for x in (shown, stated))
    return len(a & b) >= 0.6 * min(len(a), len(b)) and 3 * len(a & b) >= max(len(a), len(b)) and bool(a)


def _touches(shown: str, stated: str) -> bool:
    """Whether a heading of some length shares words with a title of the head that are no mere particles."""
    a, b = ({x for x in re.findall(r"\w+", words.lower()) if len(x) >= LEAST_LETTERS} for words in (shown, stated))
    return len(a) >= LEAST_WORDS and len(a & b) >= 2


def same(a: str, b: str) -> bool:
    """Whether two titles differ in case, white space and punctuation at most.

    >>> same("A first step: what now?", "A First Step – What now")
    True
    """
    return bool(letters_of(a)) and letters_of(a) == letters_of(b)


def letters_of(words: str) -> str:
    """The letters and digits, without case: what two forms of one title have in common."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", words)).casefold()


def _with(found: PageTitle, words: str, shown: _Shown) -> PageTitle:
    found.words, found.origin, found.shown, found.element = words, str(shown.element.tag), True, shown.element
    return found


def _agreed(shown: _Shown, said: Mapping[str, str]) -> str | None:
    """The title in an element that says what the head says, a kicker before it left out; None where none does.

    said: letters of a title -> the title. Words that the layout alone keeps apart are taken as the head writes them.
    """
    for at in range(len(shown.parts)):
        words = said.get(letters_of("".join(shown.parts[at:])))
        if words and letters_of(words):
            return shown.words if len(shown.parts) == 1 else words
    return None


def _shown(element: HtmlElement) -> _Shown:
    parts = tuple(islice((x for words in element.itertext() if (x := _line(words))), MOST_PARTS))
    return _Shown(element, _line(element.text_content())[:MOST_CHARACTERS], parts)


def _others(tree: HtmlElement) -> Iterator[_Shown]:
    """Further headings, then other elements of running text; in order."""
    headings = list(tree.iter("h2", "h3"))[:MOST_HEADINGS]
    rest: list[HtmlElement] = []
    for number, element in enumerate(tree.iter("h4", "h5", "p", "div", "span", "strong", "b", "font", "td")):
        if number >= MOST_ELEMENTS:
            break
        if (element.text or "").strip() and len(element) <= 3 and is_running(element):
            rest.append(element)
    for element in (*headings, *rest):
        if not _stands_apart(element):
            shown = _shown(element)
            if 0 < len(shown.words) < MOST_CHARACTERS:
                yield shown


def _stands_apart(element: HtmlElement) -> bool:
    """Whether it stands in navigation, a list, a link or what is not shown: no headline does, it may be a link."""
    for here in around(element):
        if here.tag in SILENT or here.tag in _APART or here.get("role") == "navigation":
            return True
        if "breadcrumb" in f"{here.get('class') or ''} {here.get('id') or ''} {here.get('itemtype') or ''}".lower():
            return True
    return False


def _heads(
    tree: HtmlElement, article: Mapping[str, Any], tags: Mapping[str, tuple[str, ...]], shown: Sequence[str]
) -> list[tuple[str, str]]:
    """The titles of the head, each with where it stands, without the name of the site."""
    raw = [
        ("json-ld headline", _text(article.get("headline")) or _text(article.get("name"))),
        ("meta og:title", _first(tags, "og:title")),
        ("meta twitter:title", _first(tags, "twitter:title")),
        ("title", _line(tree.xpath("string((//head//title | //title)[1])"))),
    ]
    stated = [(where, words[:MOST_STATED]) for where, words in raw if words]
    sites = _site_names(article, tags, tree)
    found = []
    for at, (where, words) in enumerate(stated):
        others = [*shown, *(x for number, (_, x) in enumerate(stated) if number != at)]
        found.append((where, without_site(words, sites, others)))
    return found


def without_site(title: str, sites: Sequence[str], others: Sequence[str] = ()) -> str:
    """The title without the name of the site or section before or after it.

    What another title of the page is without goes, where it is the shorter part; else a name of the site at the end, or
    what stands behind a bar.

    >>> without_site("A first step in the talks - The Example", ["The Example"])
    'A first step in the talks'
    """
    breaks = list(_BREAK.finditer(title))
    for found in breaks:
        before, after = title[: found.start()], title[found.end() :]
        longer = max(before, after, key=len)
        if any(same(longer, x) for x in others):
            return longer
    names = {letters_of(x) for x in sites} - {""}
    for found in breaks:
        tail = letters_of(title[found.end() :])
        if found.start() >= 15 and tail and any(tail == x or (len(tail) > 3 and tail in x) for x in names):
            return title[: found.start()]
    last = breaks[-1] if breaks else None
    if last and "|" in last[0] and last.start() >= 15 and len(title) - last.end() <= 40:
        return title[: last.start()]
    return title


def _site_names(article: Mapping[str, Any], tags: Mapping[str, tuple[str, ...]], tree: HtmlElement) -> list[str]:
    publisher = article.get("publisher")
    links = [x.get("href") or "" for x in tree.iter("link") if (x.get("rel") or "").lower() == "canonical"]
    names = [_first(tags, "og:site_name"), _first(tags, "application-name")]
    names.append(_text(publisher.get("name")) if isinstance(publisher, dict) else "")
    for address in (*links[:1], _first(tags, "og:url")):
        try:
            names.append((urlsplit(address).hostname or "").removeprefix("www."))
        except ValueError:
            continue
    return names


def _first(tags: Mapping[str, tuple[str, ...]], key: str) -> str:
    return _line(tags.get(key, ("",))[0])


def _text(value: Any) -> str:
    """A string of JSON-LD, in which many systems write HTML's entities."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return _line(unescape(value)) if isinstance(value, str) else ""


def _line(words: str) -> str:
    return one_line(fit(str(words))).replace("\n", " ")
