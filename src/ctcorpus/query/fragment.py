"""A link that opens a page at the very words: the page's address with a text fragment.

Source: WICG, URL Fragment Text Directives: ``#:~:text=[prefix-,]start[,end][,-suffix]``.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from ctcorpus.model.citation import Selector

#: a quotation of one line and no more than this many characters is named whole, a longer one by its two ends
WHOLE = 200
#: words of the quotation's two ends, and of what stands before and after it
END_WORDS = 6
CONTEXT_WORDS = 3


def text_fragment(url: str | None, selector: Selector) -> str | None:
    """The address that leads to the quotation; None where there is no http(s) address.

    Each part of the directive lies in one line and ends where words end, as browsers want it. A span that begins or
    ends inside a word gives the plain address: no browser would find it.
    """
    if not is_address(url):
        return None
    assert url is not None
    address = "".join(c if c.isascii() else quote(c) for c in url)
    directive = _directive(selector)
    if directive is None:
        return address
    return f"{address}{'' if '#' in url else '#'}:~:text={directive}"


def is_address(url: str | None) -> bool:
    """Whether this is an http(s) address of printable characters without spaces: nothing else is ever made a link."""
    if not url or not url.isprintable() or any(c in url for c in ' "<>\\^`{|}'):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _directive(selector: Selector) -> str | None:
    exact = selector.exact.strip()
    whole = exact == selector.exact
    cut_before = whole and _joins(selector.prefix[-1:], exact[:1])
    cut_after = whole and _joins(exact[-1:], selector.suffix[:1])
    if not exact or cut_before or cut_after:
        return None
    lines = [line.strip() for line in exact.splitlines() if line.strip()]
    if len(lines) == 1 and len(exact) <= WHOLE:
        ends = [exact]
    else:
        ends = [_first(lines[0], END_WORDS), _last(lines[-1], END_WORDS)]
    before = _before(selector.prefix)
    after = _after(selector.suffix)
    parts = [*([_encoded(before) + "-"] if before else []), *map(_encoded, ends)]
    return ",".join([*parts, *(["-" + _encoded(after)] if after else [])])


def _joins(left: str, right: str) -> bool:
    """Whether the two characters belong to one word."""
    return left.isalnum() and right.isalnum()


def _before(prefix: str) -> str:
    """The last words before the quotation, of one line, none of them cut."""
    lines = prefix.rstrip().splitlines() or [""]
    words = re.findall(r"\S+", lines[-1])
    cut = len(lines) == 1 and len(words) > 1
    return " ".join((words[1:] if cut else words)[-CONTEXT_WORDS:]) if cut or len(lines) > 1 else ""


def _after(suffix: str) -> str:
    lines = suffix.lstrip().splitlines() or [""]
    words = re.findall(r"\S+", lines[0])
    cut = len(lines) == 1 and len(words) > 1
    return " ".join((words[:-1] if cut else words)[:CONTEXT_WORDS]) if cut or len(lines) > 1 else ""


def _first(line: str, count: int) -> str:
    found = list(re.finditer(r"\S+", line))
    return line[: found[min(count, len(found)) - 1].end()]


def _last(line: str, count: int) -> str:
    found = list(re.finditer(r"\S+", line))
    return line[found[-min(count, len(found))].start() :]


def _encoded(text: str) -> str:
    """Percent-encoded, with the three characters that mean something in a directive."""
    return quote(text, safe="").replace("-", "%2D")
