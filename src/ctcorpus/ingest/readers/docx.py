"""DOCX: all text that the page shows (body, tables, text boxes, notes, headers, insertions), and comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from lxml import etree

from ctcorpus.ingest.readers.docx_story import Story, read_styles
from ctcorpus.ingest.readers.drawing import drawn
from ctcorpus.ingest.readers.package import Package, dublin_core
from ctcorpus.ingest.readers.reading import Reading, Stated, UnreadableError
from ctcorpus.ingest.readers.sheet import one_line

READER = f"docx/2 lxml/{etree.__version__}"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: places that a warning quotes at most, and characters of each
MOST_QUOTED, MOST_WORDS = 20, 60
#: part -> how its paragraphs are marked
_PARTS = (
    ("footnotes", None),
    ("endnotes", None),
    ("charts", None),
    ("comments", "comment"),
    ("header", "running_head"),
    ("footer", "running_head"),
)


def read(data: bytes) -> Iterable[Reading]:
    """The DOCX as one document: the body, notes and charts; then comments, headers, footers, alternative texts.

    What follows the charts is marked as boilerplate. Raises UnreadableError where it is no DOCX or holds no text.
    """
    package = Package(data)
    main = package.main("word/document.xml")
    folder = re.escape(main.rpartition("/")[0]) + "/"
    body = package.xml(main)
    if body is None:
        raise UnreadableError("it is no Word document: it has no part 'word/document.xml'")
    story = Story(read_styles(package.xml(f"{main.rpartition('/')[0]}/styles.xml")))
    story.write(body, None)
    for part, note in _PARTS:
        if part == "charts":
            drawings = r"charts/chart(?:ex)?\d*\.xml|diagrams/data\d*\.xml"
            for line in drawn(package, sorted(x for x in package.names if re.fullmatch(folder + drawings, x))):
                story.sheet.add(line, "item")
            continue
        for name in sorted(x for x in package.names if re.fullmatch(rf"{folder}{part}\d*\.xml", x)):
            root = package.xml(name)
            if root is not None:
                story.write(root, note)
    for words in dict.fromkeys(story.alternatives):
        story.sheet.add(words, "boilerplate", note="alternative")
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
        warnings=(*(f"{name}: {count}" for name, count in story.notes.items()), *quoted(story.deleted)),
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


def quoted(deleted: Sequence[str]) -> list[str]:
    """The warning that quotes what an editor took out; none where nothing was."""
    places = [one_line(x) for x in deleted if x.strip()]
    if not places:
        return []
    shown = ", ".join(f"'{x[:MOST_WORDS]}{'…' if len(x) > MOST_WORDS else ''}'" for x in places[:MOST_QUOTED])
    return [f"deleted text left out: {len(places)} places: {shown}{', …' if len(places) > MOST_QUOTED else ''}"]


def _name_parts(package: Package, notes: Counter[str]) -> None:
    """Counts the parts that hold what is no text here: pictures, embedded files, macros."""
    for name in package.names:
        if "/media/" in name:
            notes["pictures, not read"] += 1
        elif "/embeddings/" in name:
            notes["embedded files, not read"] += 1
        elif name.endswith("vbaProject.bin"):
            notes["parts with macros, not read"] += 1
