"""Small documents for the tests of speech: one paragraph a line, sentences cut at a stop and a capital."""

from __future__ import annotations

import re

from ctcorpus.model.document import Document, Metadata, Paragraph, Provenance, text_digest
from ctcorpus.model.span import Span

_END = re.compile(r"[.!?][”\"’')]*(?=\s+[“\"‘>]?[A-Z])")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|Gen|Gov|Lt|Mr|Dr)\.$")


def document(text: str) -> Document:
    """A document of plain lines."""
    paragraphs, sentences = [], []
    for line in re.finditer(r"[^\n]*\S[^\n]*", text):
        paragraphs.append(Paragraph(line.start(), line.end(), "paragraph"))
        start = line.start()
        for stop in _END.finditer(text, line.start(), line.end()):
            if not _ABBREVIATION.search(text[max(0, stop.end() - 6) : stop.end()]):
                sentences.append(Span(start, stop.end()))
                start = stop.end() + 1
        sentences.append(Span(start, line.end()))
    digest = text_digest(text)
    source = Provenance("made.txt", "text/plain", digest, len(text), "utf-8", "utf-8", "text/1")
    return Document(
        digest[:32],
        text,
        digest,
        source,
        Metadata(),
        paragraphs=tuple(paragraphs),
        sentences=tuple(sentences),
    )
