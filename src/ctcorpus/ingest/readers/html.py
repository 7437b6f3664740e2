"""HTML: the article of a page, with its title and byline; what the page states; what was left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.metadata import version

from lxml import etree
from lxml.html import HtmlElement

from ctcorpus.ingest.readers.completeness import Counted, words_in
from ctcorpus.ingest.readers.declared import decode_declared
from ctcorpus.ingest.readers.page_article import MOST_DEPTH, Block, main_blocks, plain
from ctcorpus.ingest.readers.page_front import byline, dateline, standfirst
from ctcorpus.ingest.readers.page_meta import PageMeta, read_meta
from ctcorpus.ingest.readers.page_pictures import pictures_left_out
from ctcorpus.ingest.readers.page_title import same
from ctcorpus.ingest.readers.page_tree import SILENT, depth, parse
from ctcorpus.ingest.readers.page_whole import completeness_of
from ctcorpus.ingest.readers.reading import Reading, UnreadableError
from ctcorpus.ingest.readers.sheet import Sheet, fit

READER = f"html/3 trafilatura/{version('trafilatura')} resiliparse/{version('resiliparse')} lxml/{version('lxml')}"
_REGIONS = frozenset(("header", "footer", "nav", "aside", "form", "dialog"))
_HIDDEN = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|$)")
#: blocks at the top of the article among which title, byline and date may stand once more
TOP = 6


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
    deep = depth(tree) > MOST_DEPTH
    meta = read_meta(tree)
    counted = count_words(tree, text, deep=deep)
    blocks, notes = main_blocks(tree, text, meta, deep=deep)
    sheet = Sheet()
    _write(sheet, tree, meta, blocks)
    written = sheet.text()
    if not written:
        raise UnreadableError("it is an HTML page without text")
    notes = [*warnings, *meta.warnings, *notes, *counted.left_out(written)]
    notes += pictures_left_out(tree, blocks, written, _REGIONS)
    return Reading(
        text=written,
        media_type=media_type,
        reader=READER,
        encoding=encoding,
        encoding_basis=basis,
        warnings=tuple(dict.fromkeys(notes)),
        stated=meta.stated,
        marks=tuple(sheet.marks),
        layout="marks",
        completeness=completeness_of(meta, tree, written),
        url=meta.url,
    )


def _write(sheet: Sheet, tree: HtmlElement, meta: PageMeta, blocks: Sequence[Block]) -> None:
    """Writes title, standfirst, byline and date as the page shows them, then the blocks without them."""
    stated = meta.stated
    title = stated.title or ""
    if title and (meta.title.shown or meta.title.origin == "title"):
        sheet.add(title, "title")
    sheet.add(standfirst(tree, meta, [x.words for x in blocks if not same(x.words, title)]), "standfirst")
    by = byline(tree, stated.authors)
    at_date = dateline(tree, stated.published)
    sheet.add(by, "byline")
    if at_date and at_date not in by:
        sheet.add(at_date, "dateline")
    for at, block in enumerate(blocks):
        words = block.words
        if at < TOP and (words in (by, at_date) or (len(words) < 300 and same(words, title))):
            if words == title and not sheet.size:
                sheet.add(words, "title")
            continue
        sheet.add(words, block.kind, level=block.level)


def count_words(tree: HtmlElement, text: str, *, deep: bool) -> Counted:
    """The words of the page by the region they stand in: "header", "nav", "hidden" ... and "" for none of them."""
    counts: Counter[str] = Counter()
    regions: list[str] = [""]
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            regions.pop()
            outer = regions[-1]
            if outer != "-" and node.tail:
                counts[outer] += words_in(node.tail)
            continue
        region = _region(node, regions[-1])
        regions.append(region)
        if region != "-" and node.text:
            counts[region] += words_in(node.text)
    return Counted(counts, words_in(plain(text, main=False)) if deep else 0)


def _region(node: HtmlElement, outer: str) -> str:
    tag = node.tag if isinstance(node.tag, str) else "script"
    if outer == "-" or tag in SILENT or tag == "noscript":
        return "-"
    if outer:
        return outer
    if node.get("hidden") is not None or _HIDDEN.search(node.get("style") or ""):
        return "hidden text"
    return tag if tag in _REGIONS else ""
