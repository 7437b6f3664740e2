"""The tree of a page: parsed as deep as need be, and mended where extractors lose text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree, html
from lxml.html import HtmlElement

from ctcorpus.ingest.lexicon import word_set
from ctcorpus.ingest.readers.completeness import words_in

#: frames whose page stands in the page itself
MOST_FRAMES = 100
#: ``noscript`` is read where it holds more words than the rest of the page, and the rest fewer than these
LEAST_WORDS = 25
#: elements within a line of text; levels that are looked at around an element
MOST_INLINE, MOST_AROUND = 100, 100
#: what holds no words of the page
SILENT = word_set("script style template head svg select option iframe title")
_INLINE = word_set(
    "a abbr b bdi big cite code del dfn em font i ins kbd label mark q s small span strike strong tt u var"
)
#: the tag of what is taken away, its words left in their place
_DROPPED = "x-dropped"
_RUNNING = word_set("p li td th dd blockquote h1 h2 h3 h4 h5 h6")
_CONTAINERS = word_set("div section article main center blockquote")
#: words of the text before the first block of a container that make it a paragraph
LEAST_LEAD = 8
_ENDED = re.compile(r"[.!?…。！？।][\"'”’»)\]]*\s*$")
_PHRASING = _INLINE | word_set("br sub sup time wbr img data samp")


def parse(text: str) -> HtmlElement | None:
    """The tree of a page; None where there is nothing in it. Nested as deep as need be.

    A frame whose page stands in an attribute is taken in. ``noscript`` counts where little else has words.
    """
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, ValueError):
        return None
    for frame in list(tree.iter("iframe"))[:MOST_FRAMES]:
        if (frame.get("srcdoc") or "").strip():
            inner = html.fragment_fromstring(frame.get("srcdoc"), create_parent="div")
            inner.tail, frame.tail = frame.tail, None
            frame.getparent().replace(frame, inner)
    _open_noscript(tree)
    return tree


def depth(tree: HtmlElement) -> int:
    """How deep the tree is nested."""
    deepest = level = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        level += 1 if event == "start" else -1
        deepest = max(deepest, level)
    return deepest


def mend(tree: HtmlElement) -> HtmlElement:
    """The tree without what makes extractors lose or change words: it is altered in place.

    The words after an empty ``<b></b>`` would be lost, a ``time`` within a sentence, and words that stand in a
    container before its first paragraph. ``q`` gets the quotation marks that a browser shows.
    """
    for element in list(tree.iter("time", "q", *_INLINE)):
        if element.tag == "q":
            element.text = f"“{element.text or ''}"
            if len(element):
                element[-1].tail = f"{element[-1].tail or ''}”"
            else:
                element.text += "”"
            element.tag = _DROPPED
        elif element.tag == "time":
            if any(x.tag in _RUNNING for x in around(element)):
                element.tag = _DROPPED
        elif not len(element) and not (element.text or "").strip():
            element.text = element.text and " "
            element.tag = _DROPPED
    etree.strip_tags(tree, _DROPPED)
    for element in list(tree.iter(*_CONTAINERS)):
        if (element.text or "").strip() or (len(element) and element[0].tag in _INLINE):
            _wrap_lead(element)
    return tree


def is_running(element: HtmlElement) -> bool:
    """Whether the element holds nothing but what stands within a line, and not too much of it."""
    inner = list(islice(element.iterdescendants(), MOST_INLINE + 1))
    return len(inner) <= MOST_INLINE and all(isinstance(x.tag, str) and x.tag in _PHRASING for x in inner)


def around(element: HtmlElement) -> Iterator[HtmlElement]:
    """The element and what it stands in, from within; so many levels as matter."""
    yield element
    yield from islice(element.iterancestors(), MOST_AROUND)


def _wrap_lead(container: HtmlElement) -> None:
    """Makes a paragraph of the sentences that stand in a container before its first block or empty line."""
    run: list[HtmlElement] = []
    for child in container:
        if child.tag not in _PHRASING or (child.tag == "br" and not (child.tail or "").strip()):
            break
        run.append(child)
    words = (container.text or "") + "".join(x.text_content() + (x.tail or "") for x in run)
    if len(run) == len(container) or words_in(words) < LEAST_LEAD or not _ENDED.search(words):
        return
    lead = container.makeelement("p")
    lead.text, container.text = container.text, None
    for child in run:
        lead.append(child)
    container.insert(0, lead)


def _open_noscript(tree: HtmlElement) -> None:
    held = list(tree.iter("noscript"))
    if not held:
        return
    inside = sum(words_in(x.text_content()) for x in held)
    if inside < 1:
        return
    outside = 0
    walk = etree.iterwalk(tree, events=("start",), tag=None)
    for _, node in walk:
        if node.tag in SILENT or node.tag == "noscript":
            walk.skip_subtree()
            outside += words_in(node.tail or "")
        elif isinstance(node.tag, str):
            outside += words_in(node.text or "") + words_in(node.tail or "")
    if outside < LEAST_WORDS and outside < inside:
        for element in held:
            element.tag = "div"
