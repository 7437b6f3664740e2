"""Ingest: bytes -> ``model.document.Document``. Text is annotated, never rewritten.

``find_sources`` lists what there is to read; ``read`` and ``read_all`` open one file; ``read_bytes`` and ``read_text``
take what is in memory already; ``worker.Workers`` reads many files on all cores. Readers, a file per format, are in
``readers``; what they give goes through the same rules: lines -> boilerplate, front matter -> headings, paragraphs,
list items -> sentences -> passages, and metadata. What is not plain text is parsed in a process without rights.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ctcorpus.errors import SourceError
from ctcorpus.ingest.decode import NotTextError
from ctcorpus.ingest.readers import READERS, Reading, UnreadableError, format_of
from ctcorpus.ingest.readers.columns import Columns
from ctcorpus.ingest.source import MAX_BYTES, SourceList, find_sources, read_source
from ctcorpus.model.document import Document

__all__ = [
    "MAX_BYTES",
    "READERS",
    "SourceList",
    "documents",
    "find_sources",
    "read",
    "read_all",
    "read_bytes",
    "read_text",
]


def read(path: Path, *, name: str | None = None) -> Document:
    """The document of a file that is one. name: what its provenance calls it; the path itself by default.

    Raises SourceError where the file cannot be opened, is no regular file, too large, empty, of no format that is
    read, or holds several documents (an archive, a table of articles: ``read_all`` reads those).
    """
    return read_bytes(read_source(path), name=str(path) if name is None else name)


def read_all(path: Path, *, name: str | None = None) -> Iterator[Document]:
    """The documents of a file, in order; those of a file that holds several are called ``name#3``.

    Raises SourceError as ``read`` does, but for several documents, before the first document.
    """
    yield from documents(read_source(path), name=str(path) if name is None else name)


def read_bytes(data: bytes, *, name: str) -> Document:
    """The document of bytes that are in memory. Raises SourceError as ``read`` does."""
    found = documents(data, name=name)
    first = next(found)
    if (second := next(found, None)) is not None and "#" in first.provenance.path[len(name) :]:
        raise SourceError(name, f"it holds several documents, '{second.provenance.path}' among them")
    return first


def read_text(text: str, *, name: str) -> Document:
    """The document of a text that is in memory. Raises SourceError where it is empty or holds lone surrogates."""
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise SourceError(name, "it holds lone surrogates, which are no characters") from error
    return read_bytes(data, name=name)


def documents(data: bytes, *, name: str, columns: Columns | None = None) -> Iterator[Document]:
    """The documents in bytes that are in memory; their beginning and ``name`` choose the reader.

    columns: those of a table of articles. Plain text is read here, everything else in a worker. Raises SourceError
    before the first document.
    """
    try:
        kind = format_of(name, data)
        if kind.plain:
            readings: list[Reading] = list(kind.load()(data))
        else:
            from ctcorpus.ingest.worker import shared

            readings = shared().readings(data, name, columns)
    except (NotTextError, UnreadableError) as error:
        raise SourceError(name, str(error)) from error
    yield from assembled(readings, data, name)


def assembled(readings: list[Reading], data: bytes, name: str) -> Iterator[Document]:
    """The documents of the readings of one file. Raises SourceError where there is none, or none with a word."""
    from ctcorpus.ingest.document import assemble  # who only looks for sources needs none of its rules

    full = [x for x in readings if x.text.strip("\ufeff \t\r\n\v\f\u00a0") and not x.text.isspace()]
    if not full:
        raise SourceError(name, "it is empty" if not data else "it holds nothing but white space")
    for reading in full:
        yield assemble(reading, data, f"{name}#{reading.part}" if reading.part else name)
