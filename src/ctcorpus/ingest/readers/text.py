"""Plain text and markdown: the text is the decoded file, character for character."""

from __future__ import annotations

from collections.abc import Iterable

from ctcorpus.ingest.decode import decode
from ctcorpus.ingest.readers.reading import Reading

READER = "text/1"


def read_plain(data: bytes) -> Reading:
    """The decoded file as text/plain. Raises NotTextError."""
    return _read(data, "text/plain")


def read_markdown(data: bytes) -> Reading:
    """The decoded file as text/markdown, its marks left in. Raises NotTextError."""
    return _read(data, "text/markdown")


def read_plain_parts(data: bytes) -> Iterable[Reading]:
    """The decoded file as one document. Raises NotTextError."""
    yield read_plain(data)


def read_markdown_parts(data: bytes) -> Iterable[Reading]:
    """The decoded markdown file as one document. Raises NotTextError."""
    yield read_markdown(data)


def _read(data: bytes, media_type: str) -> Reading:
    decoded = decode(data)
    return Reading(decoded.text, media_type, READER, decoded.encoding, decoded.basis, decoded.warnings)
