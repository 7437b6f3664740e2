"""EPUB: the chapters in the order of the spine."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from lxml import etree

from ctcorpus.ingest.readers.declared import decode_declared
from ctcorpus.ingest.readers.iso_dates import edtf
from ctcorpus.ingest.readers.package import Package, attribute, dublin_core, local
from ctcorpus.ingest.readers.page_text import write_page
from ctcorpus.ingest.readers.page_tree import parse
from ctcorpus.ingest.readers.reading import Reading, Stated, UnreadableError
from ctcorpus.ingest.readers.sheet import Sheet, fit
from ctcorpus.ingest.readers.unseen import take_unseen, write_unseen

READER = f"epub/3 lxml/{etree.__version__}"
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp")


def read(data: bytes) -> Iterable[Reading]:
    """The book as one document, a page for every chapter file.

    Raises UnreadableError where it is no EPUB, is encrypted or holds no text.
    """
    package = Package(data)
    container = package.xml("META-INF/container.xml")
    files = (
        [attribute(x, "full-path") for x in container.iter() if local(x) == "rootfile"] if container is not None else []
    )
    book = package.xml(files[0]) if files else None
    if book is None:
        raise UnreadableError("it is no EPUB: it names no package file")
    sheet = Sheet()
    missing = hidden = 0
    for name in _spine(book, posixpath.dirname(files[0])):
        chapter = package.part(name)
        tree = parse(fit(decode_declared(chapter).text)) if chapter else None
        missing += tree is None
        if tree is not None:
            sheet.page()
            unseen = take_unseen(tree)
            hidden += sum(note == "hidden" for _, note in unseen)
            write_page(sheet, tree)
            write_unseen(sheet, unseen)
    text = sheet.text()
    if not text:
        protected = package.part("META-INF/encryption.xml") is not None
        raise UnreadableError("its chapters are encrypted" if protected else "it is a book without text")
    told = (
        ("chapters that could not be read", missing),
        ("hidden text, marked as such", hidden),
        ("pictures, not read", sum(x.lower().endswith(_PICTURES) for x in package.names)),
    )
    yield Reading(
        text=text,
        media_type="application/epub+zip",
        reader=READER,
        encoding="utf-8",
        encoding_basis="format",
        warnings=tuple(f"{what}: {count}" for what, count in told if count),
        stated=_stated(book),
        marks=tuple(sheet.marks),
        layout="marks",
        pages=tuple(sheet.pages),
        completeness="unknown" if missing else "full",
    )


def _spine(book: etree._Element, folder: str) -> Iterator[str]:
    """The names of the chapter files, in reading order."""
    files = {attribute(x, "id"): attribute(x, "href") for x in book.iter() if local(x) == "item"}
    for reference in book.iter():
        if local(reference) == "itemref" and attribute(reference, "idref") in files:
            yield posixpath.normpath(posixpath.join(folder, unquote(files[attribute(reference, "idref")])))


def _stated(book: etree._Element) -> Stated:
    core = dublin_core(book)
    values: dict[str, object] = {
        "title": next(iter(core.get("title", ())), None),
        "authors": tuple(dict.fromkeys(core.get("creator", ()))),
        "publisher": next(iter(core.get("publisher", ())), None),
        "published": edtf(next(iter(core.get("date", ())), None)),
        "language": next((x[:2].lower() for x in core.get("language", ()) if x[:2].isalpha()), None),
    }
    return Stated.read_from(values, "epub package")
