"""Ingest: bytes -> ``model.document.Document``. Text is annotated, never rewritten.

``find_sources`` lists what there is to read; ``read`` opens one file; ``read_bytes`` and ``read_text`` take what is
in memory already. Readers, a file per format, are in ``readers``; what they give goes through the same rules:
lines -> boilerplate, front matter -> headings, paragraphs, list items -> sentences -> passages, and metadata.
"""

from __future__ import annotations

from pathlib import Path

from ctcorpus.errors import SourceError
from ctcorpus.ingest.decode import NotTextError
from ctcorpus.ingest.document import assemble
from ctcorpus.ingest.readers import READERS, reader_for
from ctcorpus.ingest.source import MAX_BYTES, SourceList, find_sources, read_source
from ctcorpus.model.document import Document

__all__ = ["MAX_BYTES", "READERS", "SourceList", "find_sources", "read", "read_bytes", "read_text"]


def read(path: Path, *, name: str | None = None) -> Document:
    """The document of a file. name: what its provenance calls it; the path itself by default.

    Raises SourceError where the file cannot be opened, is no regular file, too large, empty or not text.
    """
    return read_bytes(read_source(path), name=str(path) if name is None else name)


def read_bytes(data: bytes, *, name: str) -> Document:
    """The document of bytes that are in memory; the suffix of ``name`` chooses the reader.

    Raises SourceError where they are empty or not text.
    """
    try:
        reading = reader_for(name)(data)
    except NotTextError as error:
        raise SourceError(name, str(error)) from error
    if not reading.text.strip("\ufeff \t\r\n\v\f\u00a0") or reading.text.isspace():
        raise SourceError(name, "it is empty" if not data else "it holds nothing but white space")
    return assemble(reading, data, name)


def read_text(text: str, *, name: str) -> Document:
    """The document of a text that is in memory. Raises SourceError where it is empty or holds lone surrogates."""
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise SourceError(name, "it holds lone surrogates, which are no characters") from error
    return read_bytes(data, name=name)
