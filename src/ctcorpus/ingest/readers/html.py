"""HTML: the article of a page, with its title and byline; what the page states; what was left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from lxml import etree, html
from lxml.html import HtmlElement
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree
from trafilatura import bare_extraction

from ctcorpus.ingest.dates import printed_dates
from ctcorpus.ingest.readers.completeness import Counted, words_in
from ctcorpus.ingest.readers.declared import decode_declared
from ctcorpus.ingest.readers.iso_dates import edtf
from ctcorpus.ingest.readers.page_meta import PageMeta, read_meta
from ctcorpus.ingest.readers.page_text import write_page
from ctcorpus.ingest.readers.reading import Reading, Stated, UnreadableError
from ctcorpus.ingest.readers.sheet import Sheet, fit, one_line

READER = f"html/1 trafilatura/{version('trafilatura')} resiliparse/{version('resiliparse')} lxml/{version('lxml')}"
#: the main text is doubted where the other extractor finds so many times its words, and more than so many
DOUBT, LEAST_DOUBT = 2.0, 60
#: a page of which so little was taken is read whole: it has no article that could be told apart
LEAST_WORDS = 25
#: levels of nesting up to which the tree is searched for an article; below them all text is taken as it stands
MOST_DEPTH = 1_000
#: frames whose page stands in the page itself
MOST_FRAMES = 100
_SILENT = frozenset(("script", "style", "noscript", "template", "head", "svg", "select", "option", "iframe"))
_REGIONS = frozenset(("header", "footer", "nav", "aside", "form", "dialog"))
_HIDDEN = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|$)")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the article. kind: as of a Mark."""

    words: str
    kind: Any
    level: int = 0


def read(data: bytes) -> Iterable[Reading]:
    """The page as one document."""
    decoded = decode_declared(data)
    yield read_page(decoded.text, encoding=decoded.encoding, basis=decoded.basis, warnings=decoded.warnings)


def read_page(
    source: str, *, encoding: str, basis: str, warnings: Sequence[str] = (), media_type: str = "text/html"
) -> Reading:
    """The reading of a page that is decoded. Raises UnreadableError where it holds no text."""
    text = fit(source).removeprefix("\ufeff")
    tree = parse(text)
    if tree is None:
        raise UnreadableError("it is an HTML page without text")
    meta = read_meta(tree)
    counted = count_words(tree, text)
    blocks, notes = main_blocks(tree, text, meta)
    sheet = Sheet()
    stated = _write(sheet, tree, meta, blocks)
    written = sheet.text()
    if not written:
        raise UnreadableError("it is an HTML page without text")
    notes = [*warnings, *meta.warnings, *notes, *counted.left_out(written)]
    return Reading(
        text=written,
        media_type=media_type,
        reader=READER,
        encoding=encoding,
        encoding_basis=basis,
        warnings=tuple(dict.fromkeys(notes)),
        stated=stated,
        marks=tuple(sheet.marks),
        layout="marks",
        completeness=_completeness(meta, written),
        url=meta.url,
    )


def parse(text: str) -> HtmlElement | None:
    """The tree of a page; None where there is nothing in it. Nested as deep as need be."""
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
    return tree


def main_blocks(tree: HtmlElement, text: str, meta: PageMeta) -> tuple[list[Block], list[str]]:
    """The blocks of the article and what must be said about how they were found.

    Two extractors look for it; where the first loses much against the second, the second is used. A page in which
    neither finds an article is taken whole.
    """
    found = _article_blocks(tree)
    taken = sum(words_in(block.words) for block in found)
    other = _plain(text, main=True)
    second = words_in(other)
    if second >= LEAST_DOUBT and second > DOUBT * taken:
        note = f"the article was found by resiliparse: trafilatura found {taken:,} of its {second:,} words"
        return [Block(x, "paragraph") for x in _lines(other)], [note]
    if taken < LEAST_WORDS:
        whole = _whole(tree, text, meta)
        if sum(words_in(block.words) for block in whole) > taken:
            return whole, ["no article could be told apart from the page: all its text was taken"]
    return found, []


def _whole(tree: HtmlElement, text: str, meta: PageMeta) -> list[Block]:
    """All the text of the page, under the title of its window."""
    sheet = Sheet()
    if _depth(tree) <= MOST_DEPTH:
        write_page(sheet, tree)
    written = sheet.text()
    by_tree = [Block(written[x.start : x.end], x.kind, x.level) for x in sheet.marks]
    by_text = [Block(x, "paragraph") for x in _lines(_plain(text, main=False))]
    found = max(by_tree, by_text, key=lambda blocks: sum(words_in(x.words) for x in blocks))
    named = meta.stated.title if meta.stated.origin.get("title") == "title" else None
    return [Block(named, "paragraph"), *found] if named and found else found


def _article_blocks(tree: HtmlElement) -> list[Block]:
    if _depth(tree) > MOST_DEPTH:
        return []
    found = bare_extraction(tree, include_comments=False, favor_precision=True, with_metadata=False)
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
            kind = "item" if here.tag == "item" else "paragraph"
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


def _plain(text: str, *, main: bool) -> str:
    tree = HTMLTree.parse(text)
    return extract_plain_text(tree, main_content=main, alt_texts=False, list_bullets=False, comments=False) or ""


def _lines(text: str) -> list[str]:
    return [line for raw in fit(text).split("\n") if (line := one_line(raw))]


def _depth(tree: HtmlElement) -> int:
    """How deep the tree is nested."""
    deepest = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _write(sheet: Sheet, tree: HtmlElement, meta: PageMeta, blocks: Sequence[Block]) -> Stated:
    """Writes title, byline and date as the page shows them, then the blocks without them; what the page states."""
    stated = meta.stated
    if stated.title and stated.origin.get("title") in ("h1", "title"):
        sheet.add(stated.title, "title")
    byline = _shown(tree, stated.authors[0]) if stated.authors else ""
    dateline = _dateline(tree, stated.published) if stated.published else ""
    sheet.add(byline, "byline")
    if dateline and dateline not in byline:
        sheet.add(dateline, "dateline")
    head = {byline, dateline, stated.title}
    for at, block in enumerate(blocks):
        words = block.words
        if at < 6 and (words in head or (stated.title and len(words) < 300 and _same(words, stated.title))):
            if words == stated.title and not sheet.size:
                sheet.add(words, "title")
            continue
        sheet.add(words, block.kind, level=block.level)
    return stated


def _same(a: str, b: str) -> bool:
    return re.sub(r"\W", "", a).lower() == re.sub(r"\W", "", b).lower()


def _shown(tree: HtmlElement, name: str) -> str:
    """The line of the page in which the author's name stands: the name's element, or a larger one that is short."""
    for element in tree.xpath("//body//*[contains(text(), $name)]", name=name):
        if element.tag in _SILENT or element.tag in ("p", "title"):
            continue
        best = ""
        while element is not None and element.tag not in ("body", "article", "main"):
            words = one_line(fit(element.text_content()))
            if len(words) > 120:
                break
            best = words
            element = element.getparent()
        if best:
            return best
    return ""


def _dateline(tree: HtmlElement, published: str) -> str:
    """The words in which the page shows the date of publication; empty where it shows none."""
    for element in list(tree.iter("time"))[:20]:
        words = one_line(fit(element.text_content()))
        day = published[:10]
        values = [edtf(element.get("datetime")), *(x.value for x in printed_dates(words, 0, len(words)))]
        if words and len(words) <= 80 and any(value and value[:10] == day for value in values):
            return words
    return ""


def count_words(tree: HtmlElement, text: str) -> Counted:
    """The words of the page by the region they stand in: "header", "nav", "hidden" ... and "" for none of them."""
    counts: Counter[str] = Counter()
    regions: list[str] = [""]
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            region = regions.pop()
            outer = regions[-1]
            if outer != "-" and node.tail:
                counts[outer] += words_in(node.tail)
            continue
        region = _region(node, regions[-1])
        regions.append(region)
        if region != "-" and node.text:
            counts[region] += words_in(node.text)
    return Counted(counts, words_in(_plain(text, main=False)) if _depth(tree) > MOST_DEPTH else 0)


def _region(node: HtmlElement, outer: str) -> str:
    tag = node.tag if isinstance(node.tag, str) else "script"
    if outer == "-" or tag in _SILENT:
        return "-"
    if outer:
        return outer
    if node.get("hidden") is not None or _HIDDEN.search(node.get("style") or ""):
        return "hidden text"
    return tag if tag in _REGIONS else ""


def _completeness(meta: PageMeta, written: str) -> Any:
    """What the page says of itself: behind a paywall, or as long as it states; else unknown."""
    free = meta.article.get("isAccessibleForFree")
    if free is False or str(free).lower() in ("false", "no"):
        return "paywalled"
    body = meta.article.get("articleBody")
    if not isinstance(body, str) or words_in(body) < LEAST_WORDS:
        return "unknown"
    stated = Counter(re.findall(r"\w+", fit(body).lower()))
    share = (stated & Counter(re.findall(r"\w+", written.lower()))).total() / max(1, stated.total())
    return "full" if share >= 0.95 else "excerpt" if share < 0.6 else "unknown"
