"""XML without a reader of its own, feeds among them: the text of every element, a block each."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from ctcorpus.ingest.readers.declared import decode_declared
from ctcorpus.ingest.readers.deep_xml import DeepXMLError, parse_deep
from ctcorpus.ingest.readers.package import local, walk
from ctcorpus.ingest.readers.reading import Reading, UnreadableError
from ctcorpus.ingest.readers.sheet import Sheet, fit

READER = f"xml/1 lxml/{etree.__version__}"


def read(data: bytes) -> Iterable[Reading]:
    """The XML as one document: text as it stands, entities unresolved; HTML inside elements of a feed stays as it is.

    Raises UnreadableError where it is no XML or holds no text.
    """
    decoded = decode_declared(data)
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", fit(decoded.text.removeprefix("\ufeff")), count=1)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        recover=True,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        root = etree.fromstring(source.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"it is no XML: {error}") from error
    if root is None:
        raise UnreadableError("it is no XML")
    notes = [f"the XML is damaged and was mended: {parser.error_log[0].message}"] if len(parser.error_log) else []
    if notes and "Excessive depth" in notes[0]:
        root, notes = _deep(source), []
    sheet = Sheet()
    for event, element in walk(root):
        words = element.text if event == "start" else element.tail
        sheet.add(words or "", "heading" if event == "start" and local(element) == "title" else "paragraph", level=2)
    text = sheet.text()
    if not text:
        raise UnreadableError("it is XML without text")
    yield Reading(
        text=text,
        media_type="application/xml",
        reader=READER,
        encoding=decoded.encoding,
        encoding_basis=decoded.basis,
        warnings=(*decoded.warnings, *notes),
        marks=tuple(sheet.marks),
        layout="marks",
    )


def _deep(source: str) -> etree._Element:
    try:
        return parse_deep(source.encode("utf-8"))
    except DeepXMLError as error:
        raise UnreadableError(str(error)) from error
