"""The paragraphs of a Word file's parts: their words, what they are, and which of them are hidden."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from ctcorpus.ingest.readers.package import attribute, local, walk
from ctcorpus.ingest.readers.reading import MarkKind
from ctcorpus.ingest.readers.sheet import Sheet, one_line

#: what an editor took out or moved away, what stands a second time as a fallback, and the codes of fields
_LEFT_OUT = frozenset(("del", "moveFrom", "Fallback", "instrText", "delInstrText"))
_OFF = ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class Styles:
    """Style id -> what its paragraphs are (title, heading, list item); the ids of the styles that hide their words."""

    kinds: Mapping[str, tuple[MarkKind, int]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()


class Story:
    """Writes the paragraphs of the parts, one after the other."""

    def __init__(self, styles: Styles) -> None:
        self.sheet = Sheet()
        self.notes: Counter[str] = Counter()
        #: what an editor deleted, place by place; what pictures are said to show
        self.deleted: list[str] = []
        self.alternatives: list[str] = []
        self._styles = styles

    def write(self, root: etree._Element, note: str | None) -> None:
        """Writes every paragraph of a part. note: they are boilerplate of this kind; None: they are the article's."""
        for words, kind, level, hidden in self._paragraphs(root):
            if hidden and hidden == words.strip():
                self.sheet.add(words, "boilerplate", note="hidden")
                self.notes["hidden paragraphs, marked as such"] += 1
                continue
            if hidden:
                self.notes["paragraphs with hidden words among the others"] += 1
            if note:
                self.sheet.add(words, "boilerplate", note=note)
            else:
                self.sheet.add(words, kind, level=level)

    def _paragraphs(self, root: etree._Element) -> Iterator[tuple[str, MarkKind, int, str]]:
        """Words, kind, level and hidden words of every paragraph; one inside another (a text box) comes after it."""
        open_paragraphs: list[_Paragraph] = []
        inner: list[_Paragraph] = []
        row: list[str] | None = None
        skipped = tables = 0
        for event, element in walk(root):
            name = local(element)
            if name in _LEFT_OUT:
                skipped += 1 if event == "start" else -1
            if skipped or name in _LEFT_OUT:
                self._leave_out(event, name, element)
            elif name == "tr" and not open_paragraphs:
                tables += 1 if event == "start" else -1
                if event == "start" and tables == 1:
                    row = []
                elif row is not None and tables == 0:
                    yield "\t".join(row), "item", 0, ""
                    row = None
            elif name == "p" and event == "start":
                open_paragraphs.append(_Paragraph(self._styles.hidden))
            elif name == "p" and open_paragraphs:
                done = open_paragraphs.pop()
                inner.append(done)
                if not open_paragraphs:
                    for paragraph in (inner[-1], *inner[:-1]):
                        if row is not None and not paragraph.hidden:
                            row.extend([paragraph.words] if paragraph.words.strip() else [])
                        else:
                            yield paragraph.words, *self._kind(paragraph), "".join(paragraph.secret).strip()
                    inner = []
            elif event == "start":
                self._look(name, element)
                if open_paragraphs:
                    open_paragraphs[-1].take(name, element)

    def _leave_out(self, event: str, name: str, element: etree._Element) -> None:
        """Keeps the words of a deletion; where only the mark of a paragraph was deleted there are none."""
        if event == "start" and name == "del":
            self.deleted.append("")
        elif event == "start" and name in ("delText", "t") and self.deleted and _inside_deletion(element):
            self.deleted[-1] += element.text or ""
        elif event == "start" and name == "moveFrom" and len(element):
            self.notes["moved text, read where it was moved to"] += 1

    def _look(self, name: str, element: etree._Element) -> None:
        """What is to be said about an element, wherever it stands."""
        if name == "docPr" and (words := element.get("descr") or ""):
            self.alternatives.append(one_line(words))
        elif name == "ins" and any(local(x) == "r" for x in element):
            self.notes["insertions that no editor has accepted yet, read as text"] += 1
        elif name == "altChunk":
            self.notes["embedded documents, not read"] += 1

    def _kind(self, paragraph: _Paragraph) -> tuple[MarkKind, int]:
        kind, level = self._styles.kinds.get(paragraph.style, ("paragraph", 0))
        if paragraph.level:
            return "heading", paragraph.level
        return ("item", 0) if paragraph.listed and kind == "paragraph" else (kind, level)


class _Paragraph:
    """The words of one paragraph as its runs are read. hiding: ids of the styles that hide their words."""

    def __init__(self, hiding: frozenset[str]) -> None:
        self._parts: list[str] = []
        self.secret: list[str] = []
        self.style = ""
        self.level = 0
        self.listed = False
        self._hiding = hiding
        self._vanish = False

    @property
    def words(self) -> str:
        """The paragraph's words; tabs and line breaks as such."""
        return "".join(self._parts)

    @property
    def hidden(self) -> bool:
        """Whether all its words are hidden."""
        return bool(self.secret) and "".join(self.secret).strip() == self.words.strip()

    def take(self, name: str, element: etree._Element) -> None:
        """Reads one element inside the paragraph, as it begins."""
        if name == "r":
            self._vanish = self.style in self._hiding
        elif name == "t":
            self._add(element.text or "")
        elif name in ("tab", "ptab") and local(element.getparent()) == "r":
            self._add("\t")
        elif name in ("br", "cr"):
            self._add("\n")
        elif name == "noBreakHyphen":
            self._add("\u2011")
        elif name == "sym":
            self._add("\ufffd")
        elif name == "textpath":  # words drawn as a shape: a watermark
            self._add(element.get("string") or "")
        elif name in ("vanish", "rStyle") and local(element.getparent().getparent()) == "r":
            value = attribute(element, "val")
            self._vanish = value in self._hiding if name == "rStyle" else value not in _OFF
        else:
            self._take_property(name, attribute(element, "val"))

    def _take_property(self, name: str, value: str) -> None:
        if name == "pStyle":
            self.style = value
        elif name == "numPr":
            self.listed = True
        elif name == "outlineLvl" and value in ("0", "1", "2"):
            self.level = min(3, 2 + int(value))

    def _add(self, words: str) -> None:
        self._parts.append(words)
        if self._vanish:
            self.secret.append(words)


def read_styles(root: etree._Element | None) -> Styles:
    """The styles of a document."""
    found: dict[str, tuple[MarkKind, int]] = {}
    hidden: set[str] = set()
    for style in root.iter("{*}style") if root is not None else ():
        name = next((attribute(x, "val") for x in style if local(x) == "name"), "").lower()
        identity = attribute(style, "styleId")
        heading = re.fullmatch(r"heading (\d)", name)
        if name == "title":
            found[identity] = ("title", 1)
        elif name == "subtitle":
            found[identity] = ("standfirst", 0)
        elif heading:
            found[identity] = ("heading", min(3, 1 + int(heading[1])))
        elif name.startswith("list"):
            found[identity] = ("item", 0)
        if any(local(x) == "vanish" and attribute(x, "val") not in _OFF for x in style.iter()):
            hidden.add(identity)
    return Styles(found, frozenset(hidden))


def _inside_deletion(element: etree._Element) -> bool:
    """Whether the words were deleted: their run, or what stands around it, is looked at."""
    above = element.getparent()
    for _ in range(4):
        if above is None:
            return False
        if local(above) in ("del", "moveFrom"):
            return local(above) == "del"
        above = above.getparent()
    return False
