"""What a page holds that a browser does not show, taken out of it: hidden text, what stands in place of pictures."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from ctcorpus.ingest.readers.sheet import Sheet, fit, one_line

_HIDDEN = re.compile(
    r"(?i)display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|!|$)"
)


def take_unseen(tree: HtmlElement) -> list[tuple[str, str]]:
    """Takes hidden elements out of the tree; (words, "hidden" or "alternative") of them and of its pictures."""
    found: list[tuple[str, str]] = []
    hidden = [x for x in tree.iter() if isinstance(x.tag, str) and _is_hidden(x)]
    gone: set[HtmlElement] = set()
    for element in hidden:
        if element.getparent() is None or not gone.isdisjoint(element.iterancestors()):
            continue
        gone.add(element)
        found.append((one_line(fit(element.text_content())), "hidden"))
        element.drop_tree()
    found.extend((one_line(fit(x.get("alt") or "")), "alternative") for x in tree.iter("img", "area"))
    return list(dict.fromkeys(x for x in found if x[0]))


def write_unseen(sheet: Sheet, unseen: list[tuple[str, str]]) -> list[str]:
    """Writes them as boilerplate; the warning about hidden text, if there was any."""
    for words, note in unseen:
        sheet.add(words, "boilerplate", note=note)
    hidden = sum(note == "hidden" for _, note in unseen)
    return [f"hidden text, marked as such: {hidden} places"] if hidden else []


def _is_hidden(element: HtmlElement) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))
