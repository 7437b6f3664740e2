"""What stands above an article: title, standfirst, byline and date, in the words in which the page shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from ctcorpus.ingest.dates import printed_dates
from ctcorpus.ingest.readers.iso_dates import edtf
from ctcorpus.ingest.readers.page_authors import without_by
from ctcorpus.ingest.readers.page_meta import PageMeta
from ctcorpus.ingest.readers.page_title import letters_of
from ctcorpus.ingest.readers.page_tree import SILENT, around, is_running
from ctcorpus.ingest.readers.sheet import fit, one_line

#: characters of a byline, of a date, of a standfirst
MOST_BYLINE, MOST_DATE, LEAST_STANDFIRST, MOST_STANDFIRST = 120, 80, 20, 1_000
#: elements between the title and the article that are looked at
MOST_ELEMENTS = 3_000
#: a description that is cut off counts from so many letters on
LEAST_CUT = 40
#: words of a standfirst that is known by its class alone; levels at which the class may stand
LEAST_WORDS, LEVELS = 5, 3
#: places of a name that are looked at
MOST_NAMED = 100
#: words of a byline besides names: "Staff Writer", a place, a paper
MOST_OTHERS = 6
#: letters by which a block of the article is found again in the page
KNOWN_BY = 60
_APART = frozenset(("nav", "li", "aside", "footer", "dialog", "a", "figure", "figcaption", "button", "label"))
_LEAD = re.compile(
    r"(?i)(?:^|[\s_-])(?:stand-?first|sub-?titles?|sub-?head(?:ing|line)?|excerpt|lead(?:-?text)?|lede|dek|deck|intro|"
    r"summary|synopsis|abstract|strapline|teaser-?text|chapo|chapeau|sommario|bajada|entradilla)"
    r"(?:$|[\s_-])"
)
_HOLDERS = frozenset(("p", "div", "span", "h2", "h3", "h4", "strong", "b", "section"))
_NO_BYLINE = frozenset(("nav", "aside", "footer", "dialog", "figure", "figcaption", "option", "title"))
_BYLINE = re.compile(r"(?i)by-?line|author|autor|writer|verfasser|auteur|signature")
_CREDIT = re.compile(
    r"(?i)\W*(?:©|@\s|\(c\)|photos?\b|foto|bild\b|image|picture|illustration|recent from|more from|follow)"
)
_JOINING = frozenset(("and", "und", "et", "y", "e", "og", "och", "en", "with", "mit", "for", "in"))
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def byline(tree: HtmlElement, authors: Sequence[str]) -> str:
    """The line of the page in which the authors stand; empty where there is none.

    The smallest element that names them all, with its "By"; one that says "By" or is marked as a byline goes before
    others. Besides the names it has at most a few words, and it is no credit of a picture and no link to a section.
    """
    shown = [x for x in authors if x]
    found = ""
    named = tree.xpath("//body//*[contains(text(), $name)]", name=shown[0]) if shown else []
    for element in named[:MOST_NAMED]:
        line, marked = _signed(element, shown)
        if line and marked:
            return line
        found = found or line
    return found


def _signed(element: HtmlElement, authors: Sequence[str]) -> tuple[str, bool]:
    """The byline around an element that names the first author, and whether it is marked as one; "" where none is."""
    outer = list(around(element))
    if element.tag in ("p", "noscript") or any(x.tag in SILENT or x.tag in _NO_BYLINE for x in outer):
        return "", False
    best, marked = "", False
    for here in outer:
        if here.tag in ("body", "article", "main"):
            break
        words = spaced(here)
        if len(words) > MOST_BYLINE:
            break
        if best and all(x in best for x in authors) and len(words) > len(best) + len("Written by: "):
            break
        best = words
        marked = marked or _is_marked(here)
    bare = rest = without_by(best)
    if authors[0] not in best or _CREDIT.match(bare):
        return "", False
    for name in authors:
        rest = rest.replace(name, " ")
    others = [x for x in re.findall(r"[^\W\d_]+", rest) if x.lower() not in _JOINING]
    signed = marked or bare != best
    if len(others) <= (MOST_OTHERS if signed and any(" " in x for x in authors) else 0):
        return best, signed
    return (authors[0], True) if marked else ("", False)


def _is_marked(element: HtmlElement) -> bool:
    names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    return element.get("rel") == "author" or bool(_BYLINE.search(names))


def spaced(element: HtmlElement) -> str:
    """The words of an element in one line; pieces that only the layout keeps apart get a space between them.

    Where they are many, no more than show that it is no byline and no date.
    """
    line = ""
    for words in element.itertext():
        line += f" {words}" if line[-1:].isalnum() and words[:1].isalnum() else words
        if len(line) > 10 * MOST_BYLINE:
            break
    return one_line(fit(line).replace("\n", " "))


def dateline(tree: HtmlElement, published: str | None) -> str:
    """The words in which the page shows the date of publication; empty where it shows none."""
    day = (published or "")[:10]
    for element in list(tree.iter("time"))[:20] if len(day) == len("2024-05-01") else ():
        words = spaced(element)
        values = [edtf(element.get("datetime")), *(x.value for x in printed_dates(words, 0, len(words)))]
        shows_day = re.search(rf"(?<!\d)0?{int(day[-2:])}(?!\d)", words)
        if shows_day and len(words) <= MOST_DATE and any(value and value[:10] == day for value in values):
            return words
    return ""


def standfirst(tree: HtmlElement, meta: PageMeta, blocks: Iterable[str]) -> str:
    """The lines below the title that sum the article up, where the article was found without them; else empty.

    They say what the page says of itself in its head, or stand between title and article and are marked as such.
    """
    article = [x for words in blocks if (x := letters_of(words))]
    known = "".join(article)
    first = next((x[:KNOWN_BY] for x in article if len(x) >= KNOWN_BY // 2), "")
    summaries = [x for words in meta.summaries if len(x := letters_of(words)) >= LEAST_STANDFIRST]
    lead = ""
    for element in _candidates(tree, meta.title.element):
        words = one_line(fit(element.text_content()).replace("\n", " "))
        letters = letters_of(words)
        if meta.title.shown and first and letters.startswith(first):
            return lead
        if not LEAST_STANDFIRST <= len(words) <= MOST_STANDFIRST or letters in known:
            continue
        if _says(letters, summaries):
            return words
        if not lead and meta.title.shown and _is_lead(element, words):
            lead = words
    return ""


def _candidates(tree: HtmlElement, title: HtmlElement | None) -> Iterator[HtmlElement]:
    """Elements of running text below the title, or in the whole page where no element shows it."""
    elements = title.xpath("following::*") if title is not None else tree.iter()
    for element in islice(elements, MOST_ELEMENTS):
        if element.tag not in _HOLDERS or not is_running(element):
            continue
        if not any(x.tag in SILENT or x.tag in _APART for x in around(element)):
            yield element


def _says(letters: str, summaries: Sequence[str]) -> bool:
    return any(letters == x or (len(x) >= LEAST_CUT and letters.startswith(x)) for x in summaries)


def _is_lead(element: HtmlElement, words: str) -> bool:
    """Whether the element, or one that holds nothing else, has a class that names a standfirst, and it is prose."""
    if len(words.split()) < LEAST_WORDS or next(printed_dates(words, 0, min(len(words), 60)), None):
        return False
    held = element.text_content().strip()
    for here in islice(around(element), LEVELS):
        if here.get("itemprop") == "description" or _LEAD.search(_CAMEL.sub("-", here.get("class") or "")):
            return bool(here.text_content().strip() == held)
    return False
