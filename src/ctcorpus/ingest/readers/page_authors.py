"""Who a page says has written it: persons before organisations, the head before a marked byline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml.html import HtmlElement

from ctcorpus.ingest.readers.sheet import fit, one_line

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
#: what systems fill in where nobody signs
_NOBODY = re.compile(
    r"(?i)(?:site |web ?)?(?:admin(?:istrator)?|master)|webmaster|root|user|guest|author|unknown|anonymous|default|none"
    r"|null|n/?a|staff|editors?|undefined|super ?user"
)
_BREAK = re.compile(r"\s*(?:[,;|、]|\s/\s)\s*")
_AND = re.compile(r"\s+(?:and|und|et|y|e|i|og|och|en)\s+|\s*&\s*")
_BY = re.compile(r"(?i)^\W*(?:written by|reported by|story by|words by|by|von|par|por|di|av|door)\s*:?\s+")
_DEGREE = re.compile(r"(?i)(?:jr|sr|ii|iii|iv|ph\.?\s?d|m\.?d|esq|m\.?a|m\.?sc|dr|prof|mba|ll\.?m)\.?")
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){1,4}")
#: scripts in which a name has two or three characters and no space
_SHORT_SCRIPT = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MARKED = (
    "//*[@rel='author' or @itemprop='author' or contains(@class,'byline') or contains(@class,'author-name')"
    " or contains(@class,'author__name') or contains(@class,'article-author')]"
)
#: elements that are marked as the author and looked at; characters of a byline
MOST_MARKED, MOST_BYLINE = 10, 120


def read_authors(
    tree: HtmlElement, article: Mapping[str, Any], tags: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[str, ...], str]:
    """The authors and where they were read; none and "" where the page states none.

    Persons of JSON-LD (with the others of a marked byline that names them all), persons of ``meta``, a marked byline,
    last the organisation that JSON-LD names.
    """
    persons = tuple(_people(article.get("author")))
    if persons:
        fuller = _fuller(tree, persons)
        return (fuller, "byline") if fuller else (persons, "json-ld author")
    for key in _AUTHOR_KEYS:
        persons = tuple(_names(tags.get(key, ())))
        if persons:
            return persons, f"meta {key}"
    persons = tuple(_marked_authors(tree))
    if persons:
        return persons, "byline"
    desks = tuple(dict.fromkeys(_corporate(article.get("author"))))
    return (desks, "json-ld author") if desks else ((), "")


def without_by(words: str) -> str:
    """A byline without its "By".

    >>> without_by("Von Ana Lopez")
    'Ana Lopez'
    """
    return _BY.sub("", words)


def name_of(data: Any) -> str:
    """The name in a value of JSON-LD: the value, or its ``name``; of several the first; empty where there is none."""
    if isinstance(data, list):
        return name_of(data[0]) if data else ""
    name = data.get("name") if isinstance(data, dict) else data
    if isinstance(name, list):
        name = name[0] if name else ""
    return one_line(fit(name))[:200] if isinstance(name, str) else ""


def _people(data: Any) -> Iterator[str]:
    """The names of persons; organisations and desks are none."""
    seen: set[str] = set()
    for item in data if isinstance(data, list) else [data]:
        kinds = _strings(item.get("@type")) if isinstance(item, dict) else ["Person"]
        if "Person" not in kinds and kinds:
            continue
        several = isinstance(item, dict) and not isinstance(item.get("name"), str)
        for name in _names(_strings(item.get("name")) if several else [name_of(item)]):
            if name not in seen:
                seen.add(name)
                yield name


def _corporate(data: Any) -> Iterator[str]:
    """The organisation that signs where no person does."""
    for item in data if isinstance(data, list) else [data]:
        name = name_of(item) if isinstance(item, dict) else ""
        if name and not re.search(r"https?:|@", name) and not _NOBODY.fullmatch(name):
            yield name


def _names(values: Sequence[str]) -> Iterator[str]:
    """The names in values such as "By Ana Lopez and Li Wei"; each once. "Lopez, Ana" is one name."""
    seen: set[str] = set()
    for value in values:
        for name in _parts(without_by(one_line(fit(value)))):
            if _is_name(name) and name not in seen:
                seen.add(name)
                yield name


def _parts(value: str) -> list[str]:
    """The value cut at commas and at "and", where what lies on both sides can be a name."""
    parts = [x for x in _BREAK.split(value) if x and not _DEGREE.fullmatch(x)]
    latin = not _SHORT_SCRIPT.search(value)
    if latin and len(parts) == 2 and all(len(x.split()) == 1 for x in parts) and "," in value:
        return [value]
    found: list[str] = []
    for part in parts:
        names = _AND.split(part)
        whole = latin and any(len(x.split()) < 2 for x in names)
        found.extend([part] if whole else names)
    return [x.strip() for x in found]


def _is_name(name: str) -> bool:
    least = 2 if _SHORT_SCRIPT.search(name) else 3
    if not least <= len(name) <= 60 or re.search(r"\d", name):
        return False
    return not _NO_PERSON.search(name) and not _NOBODY.fullmatch(name)


def _fuller(tree: HtmlElement, persons: Sequence[str]) -> tuple[str, ...]:
    """The names of a marked byline that has all these persons and more; none where there is no such."""
    for element in tree.xpath(_MARKED)[:MOST_MARKED]:
        words = one_line(fit(element.text_content()))
        if len(words) > MOST_BYLINE or not all(x in words for x in persons):
            continue
        marked = element.xpath(_MARKED.replace("//", "descendant::", 1))
        inner = [one_line(fit(x.text_content())) for x in marked if not any(y in marked for y in x.iterdescendants())]
        names = tuple(dict.fromkeys(x for x in _names(inner or [words]) if _reads_as_name(x)))
        if len(names) > len(persons) and set(persons) <= set(names):
            return names
    return ()


def _marked_authors(tree: HtmlElement) -> Iterator[str]:
    """Names that stand in an element marked as the author; a link to the author's page or a byline."""
    for element in tree.xpath(_MARKED)[:MOST_MARKED]:
        words = one_line(fit(element.text_content()))
        names = [x for x in _names([words[:200]]) if _reads_as_name(x)]
        if len(words) <= MOST_BYLINE and names:
            yield from dict.fromkeys(names)
            return


def _reads_as_name(words: str) -> bool:
    return bool(_NAME.fullmatch(words)) and words.split()[0][0].isupper()


def _strings(value: Any) -> list[str]:
    return [x for x in (value if isinstance(value, list) else [value]) if isinstance(x, str)]
