"""ODT: paragraphs, headings, lists, tables, notes, text boxes; headers and footers from the styles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from lxml import etree

from ctcorpus.ingest.readers.docx import stated_of
from ctcorpus.ingest.readers.package import Package, attribute, dublin_core, local, walk
from ctcorpus.ingest.readers.reading import MarkKind, Reading, UnreadableError
from ctcorpus.ingest.readers.sheet import Sheet

READER = f"odt/1 lxml/{etree.__version__}"
MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
#: spaces that one element may stand for: a file of 1 KB can ask for two thousand million
MOST_SPACES = 1_000
_LEFT_OUT = {"tracked-changes": "deleted text", "binary-data": "", "event-listeners": "", "sequence-decls": ""}


def read(data: bytes) -> Iterable[Reading]:
    """The text as one document; what its styles put above and below every page follows as boilerplate.

    Raises UnreadableError where it is no OpenDocument text or holds no text.
    """
    package = Package(data)
    body = package.xml("content.xml")
    if body is None:
        raise UnreadableError("it is no OpenDocument file: it has no part 'content.xml'")
    sheet, notes = Sheet(), Counter[str]()
    hidden = {attribute(style, "name") for style in body.iter("{*}style") if _is_hidden(style)}
    _write(sheet, body, notes, "", hidden)
    styles = package.xml("styles.xml")
    for element in styles.iter() if styles is not None else ():
        if local(element).startswith(("header", "footer")) and not local(element).endswith(("style", "properties")):
            _write(sheet, element, notes, "running_head", set())
    text = sheet.text()
    if not text:
        raise UnreadableError("it is a document without text")
    if pictures := sum(name.startswith("Pictures/") for name in package.names):
        notes["pictures, not read"] = pictures
    if any(name.startswith("Basic/") and name.endswith(".xml") for name in package.names):
        notes["parts with macros, not read"] = 1
    yield Reading(
        text=text,
        media_type=MEDIA_TYPE,
        reader=READER,
        encoding="utf-8",
        encoding_basis="format",
        warnings=tuple(f"{name}: {count}" for name, count in notes.items()),
        stated=stated_of(dublin_core(package.xml("meta.xml")), text, "odt properties"),
        marks=tuple(sheet.marks),
        layout="marks" if any(mark.kind == "heading" for mark in sheet.marks) else "lines",
        completeness="full",
    )


def _is_hidden(style: etree._Element) -> bool:
    return any(attribute(x, "display") == "none" for x in style.iter() if local(x) == "text-properties")


def _write(sheet: Sheet, root: etree._Element, notes: Counter[str], note: str, hidden: set[str]) -> None:
    """Writes every paragraph below ``root``; a note or a text box inside one comes after it."""
    story = _Story()
    skipped = 0
    for event, element in walk(root):
        name = local(element)
        if name in _LEFT_OUT:
            skipped += 1 if event == "start" else -1
            if event == "start" and _LEFT_OUT[name]:
                notes[f"{_LEFT_OUT[name]} left out"] += 1
        elif skipped:
            continue
        elif event == "start":
            story.begin(name, element)
        else:
            story.end(name, element, hidden)
        while story.done:
            words, kind, level, secret = story.done.pop(0)
            if secret:
                notes["hidden paragraphs, marked as such"] += 1
            mark: MarkKind = "boilerplate" if note or secret else kind
            sheet.add(words, mark, level=level, note=note or ("hidden" if secret else ""))


class _Story:
    """The paragraphs that are open, innermost last; done holds those that are finished."""

    def __init__(self) -> None:
        self.done: list[tuple[str, MarkKind, int, bool]] = []
        self._open: list[list[str]] = []
        self._inner: list[tuple[str, MarkKind, int, bool]] = []
        self._row: list[str] | None = None
        self._lists = 0

    def begin(self, name: str, element: etree._Element) -> None:
        if name == "table-row" and not self._open:
            self._row = []
        elif name == "list":
            self._lists += 1
        elif name in ("p", "h"):
            self._open.append([])
        elif self._open and name == "s":
            count = attribute(element, "c")
            self._open[-1].append(" " * min(MOST_SPACES, int(count) if count.isdecimal() else 1))
        elif self._open and name in ("tab", "line-break"):
            self._open[-1].append("\t" if name == "tab" else "\n")
        if self._open and (name in ("p", "h", "span", "a") or name not in ("note", "note-citation", "annotation")):
            self._open[-1].append(element.text or "")

    def end(self, name: str, element: etree._Element, hidden: set[str]) -> None:
        if name == "table-row" and self._row is not None and not self._open:
            self.done.append(("\t".join(filter(None, self._row)), "item", 0, False))
            self._row = None
        elif name == "list":
            self._lists -= 1
        elif name in ("p", "h") and self._open:
            self._close(name, element, hidden)
        if self._open:
            self._open[-1].append(element.tail or "")

    def _close(self, name: str, element: etree._Element, hidden: set[str]) -> None:
        words = "".join(self._open.pop())
        style = attribute(element, "style-name")
        level = attribute(element, "outline-level")
        kind: MarkKind = "item" if self._lists else "paragraph"
        if name == "h":
            kind = "heading"
        elif style == "Title":
            kind = "title"
        depth = min(3, 1 + int(level)) if name == "h" and level.isdecimal() and len(level) < 3 else 2
        item = (words, kind, depth if kind == "heading" else 0, style in hidden)
        if self._open:
            self._inner.append(item)
            return
        if self._row is not None:
            self._row.extend(x[0].strip() for x in (item, *self._inner))
        else:
            self.done += (item, *self._inner)
        self._inner = []
