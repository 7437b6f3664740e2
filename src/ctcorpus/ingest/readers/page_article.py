"""The article of a page, block by block: by two extractors, and by the text that the page states of itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from html import unescape
from typing import Any

from lxml import etree
from lxml.html import HtmlElement
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree
from trafilatura import bare_extraction

from ctcorpus.ingest.readers.completeness import words_in
from ctcorpus.ingest.readers.page_depth import is_deeper
from ctcorpus.ingest.readers.page_meta import PageMeta
from ctcorpus.ingest.readers.page_text import write_page
from ctcorpus.ingest.readers.page_tree import depth, mend, parse
from ctcorpus.ingest.readers.reading import MarkKind
from ctcorpus.ingest.readers.sheet import Sheet, fit, one_line

#: the main text is doubted where the other extractor finds so many times its words, and more than so many
DOUBT, LEAST_DOUBT = 2.0, 60
#: a page of which so little was taken is read whole: it has no article that could be told apart
LEAST_WORDS = 25
#: levels of nesting up to which the tree is searched for an article; below them all text is taken as it stands
MOST_DEPTH = 1_000
#: levels up to which resiliparse looks for an article: it takes the square of the depth; it reads all text at any depth
MOST_SEARCHED = 5_000
#: a text that JSON-LD states is missed where so much of it is not there, and found where another way has so much more
MISSED, BETTER = 0.1, 0.05
#: a text of JSON-LD stands in for the page where the page shows no more than this share of it
FOUND = 0.5


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the article. kind: as of a Mark."""

    words: str
    kind: MarkKind
    level: int = 0


def main_blocks(tree: HtmlElement, text: str, meta: PageMeta, *, deep: bool) -> tuple[list[Block], list[str]]:
    """The blocks of the article and what must be said about how they were found.

    Two extractors look for it; where the first loses much against the second, or against the text that JSON-LD states,
    the better one is used. A text that JSON-LD alone holds is taken from there. A page in which none finds an article
    is taken whole. deep: whether the tree is nested deeper than MOST_DEPTH.
    """
    found = [] if deep else _article_blocks(tree, precise=True)
    taken = _size(found)
    other = "" if deep and is_deeper(text, MOST_SEARCHED) else plain(text, main=True)
    second = words_in(other)
    stated = stated_text(meta)
    if second >= LEAST_DOUBT and second > DOUBT * taken:
        note = f"the article was found by resiliparse: trafilatura found {taken:,} of its {second:,} words"
        found, notes = [Block(x, "paragraph") for x in _lines(other)], [note]
    else:
        notes = []
    if not deep and words_in(stated) >= LEAST_DOUBT and share(stated, _text(found)) < 1 - MISSED:
        better = _by_statement(tree, text, stated, found)
        if better is not None:
            return better
    if _size(found) < LEAST_WORDS:
        whole = _whole(tree, text, meta, deep=deep)
        if _size(whole) > _size(found):
            return whole, ["no article could be told apart from the page: all its text was taken"]
    return found, notes


def plain(text: str, *, main: bool) -> str:
    """The text of the page as resiliparse reads it: the article, or all."""
    tree = HTMLTree.parse(text)
    return extract_plain_text(tree, main_content=main, alt_texts=False, list_bullets=False, comments=False) or ""


def stated_text(meta: PageMeta) -> str:
    """The text of the article as JSON-LD states it, without markup; empty where it does not."""
    body = meta.article.get("articleBody")
    if not isinstance(body, str):
        return ""
    words = fit(unescape(body))
    if re.search(r"</?(?:p|br|div|li|h[1-6]|strong|em|a)\b[^<>]*>", words):
        tree = parse(words)
        sheet = Sheet()
        if tree is not None and depth(tree) <= MOST_DEPTH:
            write_page(sheet, tree)
        words = sheet.text()
    return words


def share(stated: str, found: str) -> float:
    """The share of the words of ``stated`` that are in ``found``, each as often as it stands there."""
    wanted = Counter(re.findall(r"\w+", stated.lower()))
    return (wanted & Counter(re.findall(r"\w+", found.lower()))).total() / max(1, wanted.total())


def _by_statement(
    tree: HtmlElement, text: str, stated: str, found: Sequence[Block]
) -> tuple[list[Block], list[str]] | None:
    """The blocks that hold more of the stated text than those found; None where there are none.

    The stated text itself is taken where the page does not show it, unless the page shows an article of other words.
    """
    shown = share(stated, plain(text, main=False))
    if shown <= FOUND and (_size(found) < LEAST_DOUBT or share(_text(found), stated) > FOUND):
        note = f"the text is that of JSON-LD (articleBody): the page itself shows {shown:.0%} of its words"
        return [Block(x, "paragraph") for x in _lines(stated)], [note]
    wider = _article_blocks(tree, precise=False)
    if share(stated, _text(wider)) < share(stated, _text(found)) + BETTER:
        return None
    return wider, [
        "a first reading lost part of the text that JSON-LD states: the page was read again with less left out"
    ]


def _whole(tree: HtmlElement, text: str, meta: PageMeta, *, deep: bool) -> list[Block]:
    """All the text of the page, under the title of its window."""
    sheet = Sheet()
    if not deep:
        write_page(sheet, tree)
    written = sheet.text()
    by_tree = [Block(written[x.start : x.end], x.kind, x.level) for x in sheet.marks]
    by_text = [Block(x, "paragraph") for x in _lines(plain(text, main=False))]
    found = max(by_tree, by_text, key=_size)
    named = meta.stated.title if meta.stated.origin.get("title") == "title" else None
    return [Block(named, "paragraph"), *found] if named and found else found


def _article_blocks(tree: HtmlElement, *, precise: bool) -> list[Block]:
    mended = mend(deepcopy(tree))
    found = bare_extraction(mended, include_comments=False, favor_precision=precise, with_metadata=False)
    if found is None or isinstance(found, dict) or found.body is None:
        return []
    return list(_blocks(found.body))


def _blocks(body: Any) -> Iterator[Block]:
    """The blocks of trafilatura's tree, in order."""
    waiting = [body]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Block):
            yield here
        elif here.tag == "head":
            level = re.match(r"h([1-6])$", here.get("rend") or "")
            yield Block(one_line(_words(here)), "heading", min(3, max(2, int(level[1]) if level else 2)))
        elif here.tag in ("p", "item", "code", "fw", "ab"):
            kind: MarkKind = "item" if here.tag == "item" else "paragraph"
            yield Block("\n".join(map(one_line, _words(here).split("\n"))), kind)
        elif here.tag == "row":
            yield Block("\t".join(one_line(_words(cell).replace("\n", " ")) for cell in here), "item")
        else:
            inner: list[Any] = [Block(one_line(here.text), "paragraph")] if (here.text or "").strip() else []
            for child in here:
                inner.append(child)
                if (child.tail or "").strip():
                    inner.append(Block(one_line(child.tail), "paragraph"))
            waiting.extend(reversed(inner))


def _words(element: Any) -> str:
    """The words inside an element; line breaks as line feeds, other white space as it is read."""
    parts: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if node.tag == "lb" or (node.tag in ("p", "item", "row") and node is not element):
                parts.append("\n")
            parts.append(re.sub(r"\s+", " ", node.text or ""))
        elif node is not element:
            parts.append(re.sub(r"\s+", " ", node.tail or ""))
    return "".join(parts)


def _lines(text: str) -> list[str]:
    return [line for raw in fit(text).split("\n") if (line := one_line(raw))]


def _text(blocks: Sequence[Block]) -> str:
    return "\n".join(x.words for x in blocks)


def _size(blocks: Sequence[Block]) -> int:
    return sum(words_in(x.words) for x in blocks)
