"""Whether a page holds its whole article: what it states, against what was read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml.html import HtmlElement

from ctcorpus.ingest.readers.completeness import words_in
from ctcorpus.ingest.readers.page_article import LEAST_WORDS, share, stated_text
from ctcorpus.ingest.readers.page_meta import PageMeta
from ctcorpus.model.document import Completeness

#: shares of the stated text: from here on it is whole; below the other it is an excerpt
WHOLE, EXCERPT = 0.95, 0.6
#: a stated text that ends so was cut off
_CUT = re.compile(r"(?:…|\.\.\.|\[\s*(?:…|\.\.\.)\s*\])\W*$")
#: how articles are marked whose readers must pay or sign in (Facebook's and Google's guides to publishers)
_TIERS = frozenset(("locked", "metered"))


def completeness_of(meta: PageMeta, tree: HtmlElement, written: str) -> Completeness:
    """``paywalled`` where the page says so, ``full`` or ``excerpt`` by the text that it states, else ``unknown``.

    Full needs every sign: the stated text is not cut off, it is there, the page states no higher number of words, and
    nothing on it is marked for those who pay.
    """
    if _is_paid(meta.article):
        return "paywalled"
    tier = next(iter(meta.tags.get("article:content_tier", ())), "").lower()
    if tier == "locked":
        return "paywalled"
    stated = stated_text(meta)
    count, have = _count(meta.article.get("wordCount")), words_in(written)
    if words_in(stated) < LEAST_WORDS:
        return "excerpt" if count >= LEAST_WORDS and have < EXCERPT * count else "unknown"
    there = share(stated, written)
    if there < EXCERPT or have < EXCERPT * count:
        return "excerpt"
    whole = there >= WHOLE and have >= WHOLE * count and not _CUT.search(stated)
    return "full" if whole and tier not in _TIERS and not _has_wall(tree) else "unknown"


def _is_paid(article: Mapping[str, Any]) -> bool:
    """Whether JSON-LD says of the article, or of a part of it, that it is not free."""
    parts = article.get("hasPart")
    nodes = [article, *(parts if isinstance(parts, list) else [parts])]
    free = [x.get("isAccessibleForFree") for x in nodes if isinstance(x, dict)]
    return any(x is False or str(x).rsplit("/", 1)[-1].lower() in ("false", "no") for x in free)


def _has_wall(tree: HtmlElement) -> bool:
    """Whether an element of the page is marked as a paywall."""
    query = "//body//*[contains(@class,'paywall') or contains(@id,'paywall') or contains(@class,'subscriber-only')]"
    return any(x.text_content().strip() for x in tree.xpath(query))


def _count(value: Any) -> int:
    """The number of words that JSON-LD states; 0 where it states none."""
    digits = str(value).strip() if isinstance(value, int | str) and not isinstance(value, bool) else ""
    return int(digits) if re.fullmatch(r"\d{1,7}", digits) else 0
