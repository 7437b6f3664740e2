"""DOCX: all text that the page shows (body, tables, text boxes, notes, headers, insertions), and comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from ctcorpus.ingest.readers.package import Package, attribute, dublin_core, local, walk
from ctcorpus.ingest.readers.reading import MarkKind, Reading, Stated, UnreadableError
from ctcorpus.ingest.readers.sheet import Sheet

READER = f"docx/1 lxml/{etree.__version__}"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: what an editor took out, and what stands a second time as a fallback
_LEFT_OUT = {"del": "deleted text", "moveFrom": "moved text", "Fallback": "", "instrText": "", "delText": ""}
#: part -> how its paragraphs are marked
_PARTS = (
    ("footnotes", None),
    ("endnotes", None),
    ("comments", "comment"),
    ("header", "running_head"),
    ("footer", "running_head"),
)


def read(data: bytes) -> Iterable[Reading]:
    """The DOCX as one document: the body, then foot- and endnotes, then comments, headers and footers as boilerplate.

    Raises UnreadableError where it is no DOCX or holds no text.
    """
    package = Package(data)
    body = package.xml("word/document.xml")
    if body is None:
        raise UnreadableError("it is no Word document: it has no part 'word/document.xml'")
    story = _Story(_styles(package.xml("word/styles.xml")))
    story.write(body, None)
    for part, note in _PARTS:
        for name in sorted(x for x in package.names if re.fullmatch(rf"word/{part}\d*\.xml", x)):
            root = package.xml(name)
            if root is not None:
                story.write(root, note)
    _name_parts(package, story.notes)
    text = story.sheet.text()
    if not text:
        raise UnreadableError("it is a Word document without text")
    core = dublin_core(package.xml("docProps/core.xml"))
    yield Reading(
        text=text,
        media_type=MEDIA_TYPE,
        reader=READER,
        encoding="utf-8",
        encoding_basis="format",
        warnings=tuple(f"{name}: {count}" for name, count in story.notes.items()),
        stated=stated_of(core, text, "docx properties"),
        marks=tuple(story.sheet.marks),
        layout="marks" if any(mark.kind == "heading" for mark in story.sheet.marks) else "lines",
        completeness="full",
    )


def stated_of(core: Mapping[str, list[str]], text: str, where: str) -> Stated:
    """Title and authors of a document's properties, where its text shows the same words.

    Programs fill these properties too (the name of a template, of the computer's owner), so what the text does not
    confirm is left; the dates there are those of the file.
    """
    values: dict[str, object] = {}
    start = " ".join(text[:5_000].split())
    title = next((" ".join(x.split()) for x in core.get("title", ())), "")
    if title and title in start:
        values["title"] = title
    authors = [" ".join(x.split()) for name in core.get("creator", ()) for x in re.split(r"\s*[;,]\s*", name)]
    named = tuple(dict.fromkeys(x for x in authors if len(x) > 3 and x in start))
    if named:
        values["authors"] = named
    language = next(iter(core.get("language", ())), "")
    if re.match(r"[A-Za-z]{2}(?:-|$)", language):
        values["language"] = language[:2].lower()
    return Stated.read_from(values, where)


class _Story:
    """Writes the paragraphs of the parts, one after the other."""

    def __init__(self, styles: Mapping[str, tuple[MarkKind, int]]) -> None:
        self.sheet = Sheet()
        self.notes: Counter[str] = Counter()
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
                if event == "start" and _LEFT_OUT[name] and skipped == 1:
                    self.notes[f"{_LEFT_OUT[name]} left out"] += 1
            elif skipped:
                continue
            elif name == "tr" and not open_paragraphs:
                tables += 1 if event == "start" else -1
                if event == "start" and tables == 1:
                    row = []
                elif row is not None and tables == 0:
                    yield "\t".join(row), "item", 0, ""
                    row = None
            elif name == "p" and event == "start":
                open_paragraphs.append(_Paragraph())
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
            elif open_paragraphs:
                open_paragraphs[-1].take(event, name, element)

    def _kind(self, paragraph: _Paragraph) -> tuple[MarkKind, int]:
        kind, level = self._styles.get(paragraph.style, ("paragraph", 0))
        if paragraph.level:
            return "heading", paragraph.level
        return ("item", 0) if paragraph.listed and kind == "paragraph" else (kind, level)


class _Paragraph:
    """The words of one paragraph as its runs are read."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.secret: list[str] = []
        self.style = ""
        self.level = 0
        self.listed = False
        self._vanish = False

    @property
    def words(self) -> str:
        """The paragraph's words; tabs and line breaks as such."""
        return "".join(self._parts)

    @property
    def hidden(self) -> bool:
        """Whether all its words are hidden."""
        return bool(self.secret) and "".join(self.secret).strip() == self.words.strip()

    def take(self, event: str, name: str, element: etree._Element) -> None:
        """Reads one element inside the paragraph."""
        if name == "r":
            self._vanish = False
        if event == "end":
            return
        if name == "t":
            self._add(element.text or "")
        elif name in ("tab", "ptab") and local(element.getparent()) == "r":
            self._add("\t")
        elif name in ("br", "cr"):
            self._add("\n")
        elif name == "noBreakHyphen":
            self._add("\u2011")
        elif name == "sym":
            self._add("\ufffd")
        elif name == "vanish" and attribute(element, "val") not in ("0", "false"):
            self._vanish = local(element.getparent().getparent()) == "r"
        elif name == "pStyle":
            self.style = attribute(element, "val")
        elif name == "numPr":
            self.listed = True
        elif name == "outlineLvl" and attribute(element, "val") in ("0", "1", "2"):
            self.level = min(3, 2 + int(attribute(element, "val")))

    def _add(self, words: str) -> None:
        self._parts.append(words)
        if self._vanish:
            self.secret.append(words)


def _styles(root: etree._Element | None) -> dict[str, tuple[MarkKind, int]]:
    """Style id -> what its paragraphs are: title, heading, list item."""
    found: dict[str, tuple[MarkKind, int]] = {}
    for style in root.iter("{*}style") if root is not None else ():
        name = next((attribute(x, "val") for x in style if local(x) == "name"), "").lower()
        heading = re.fullmatch(r"heading (\d)", name)
        if name == "title":
            found[attribute(style, "styleId")] = ("title", 1)
        elif name == "subtitle":
            found[attribute(style, "styleId")] = ("standfirst", 0)
        elif heading:
            found[attribute(style, "styleId")] = ("heading", min(3, 1 + int(heading[1])))
        elif name.startswith("list"):
            found[attribute(style, "styleId")] = ("item", 0)
    return found


def _name_parts(package: Package, notes: Counter[str]) -> None:
    """Counts the parts that hold what is no text here: pictures, charts, embedded files."""
    for name in package.names:
        if name.startswith("word/media/"):
            notes["pictures, not read"] += 1
        elif name.startswith(("word/embeddings/", "word/charts/", "word/diagrams/data")):
            notes["embedded objects or charts, not read"] += 1
