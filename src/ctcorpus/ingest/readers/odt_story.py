"""The paragraphs of an OpenDocument part as its elements begin and end."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from ctcorpus.ingest.readers.package import attribute, local
from ctcorpus.ingest.readers.reading import MarkKind

#: spaces that one element may stand for: a file of 1 KB can ask for two thousand million
MOST_SPACES = 1_000
#: vocabularies whose text is no running text: who commented and when, what a picture shows
_SVG = "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
_APART = frozenset((_SVG, "http://purl.org/dc/elements/1.1/", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"))


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph. note: empty, or what kind of boilerplate it is."""

    words: str
    kind: MarkKind
    level: int = 0
    note: str = ""


class Story:
    """The paragraphs that are open, innermost last. hidden: names of the styles that hide their words."""

    def __init__(self, hidden: set[str]) -> None:
        self._hidden = hidden
        self._done: list[Item] = []
        self._open: list[list[str]] = []
        self._inner: list[Item] = []
        self._row: list[str] | None = None
        self._rows = self._lists = self._comments = self._secret = 0

    def taken(self) -> list[Item]:
        """The paragraphs that are finished, and no longer here."""
        done, self._done = self._done, []
        return done

    def begin(self, name: str, element: etree._Element) -> None:
        """An element begins."""
        if name == "table-row" and not self._open:
            self._rows += 1
            self._row = [] if self._row is None else self._row
        elif name == "list":
            self._lists += 1
        elif name == "annotation":
            self._comments += 1
        elif _is_hidden_section(name, element):
            self._secret += 1
        elif name in ("p", "h"):
            self._open.append([])
        elif _vocabulary(element) == _SVG and name in ("title", "desc"):
            self._done.append(Item(" ".join((element.text or "").split()), "boilerplate", note="alternative"))
        elif self._open and name == "s":
            count = attribute(element, "c")
            self._open[-1].append(" " * min(MOST_SPACES, int(count) if count.isdecimal() else 1))
        elif self._open and name in ("tab", "line-break"):
            self._open[-1].append("\t" if name == "tab" else "\n")
        if self._open and name != "note-citation" and _vocabulary(element) not in _APART:
            self._open[-1].append(element.text or "")

    def end(self, name: str, element: etree._Element) -> None:
        """An element ends."""
        if name == "table-row" and self._row is not None and not self._open:
            self._rows -= 1
            if not self._rows:
                self._done.append(Item("\t".join(filter(None, self._row)), "item"))
                self._row = None
        elif name == "list":
            self._lists -= 1
        elif name == "annotation":
            self._comments -= 1
        elif _is_hidden_section(name, element):
            self._secret -= 1
        elif name in ("p", "h") and self._open:
            self._close(name, element)
        if self._open:
            self._open[-1].append(element.tail or "")

    def _close(self, name: str, element: etree._Element) -> None:
        words = "".join(self._open.pop())
        item = self._item(name, element, words)
        if item.note == "comment":
            self._done.append(item)
        elif self._open:
            self._inner.append(item)
        elif self._row is not None:
            self._row.extend(x.words.strip() for x in (item, *self._inner) if not x.note)
            self._done += [x for x in (item, *self._inner) if x.note]
            self._inner = []
        else:
            self._done += (item, *self._inner)
            self._inner = []

    def _item(self, name: str, element: etree._Element, words: str) -> Item:
        style, level = attribute(element, "style-name"), attribute(element, "outline-level")
        if self._comments:
            return Item(words, "boilerplate", note="comment")
        if self._secret or style in self._hidden:
            return Item(words, "boilerplate", note="hidden")
        if name == "h":
            return Item(words, "heading", min(3, 1 + int(level)) if level.isdecimal() and len(level) < 3 else 2)
        if style == "Title":
            return Item(words, "title")
        return Item(words, "item" if self._lists else "paragraph")


def hiding_styles(root: etree._Element) -> set[str]:
    """The names of the styles that hide their words."""
    return {
        attribute(style, "name")
        for style in root.iter("{*}style")
        if any(attribute(x, "display") == "none" for x in style.iter() if local(x) == "text-properties")
    }


def _vocabulary(element: etree._Element) -> str:
    return str(element.tag).partition("}")[0].lstrip("{")


def _is_hidden_section(name: str, element: etree._Element) -> bool:
    return name == "section" and (attribute(element, "display") == "none" or attribute(element, "is-hidden") == "true")
