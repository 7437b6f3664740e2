"""Plain text and markdown: the text is the decoded file, character for character."""

from __future__ import annotations

from collections.abc import Iterable

from ctcorpus.ingest.decode import decode
from ctcorpus.ingest.readers.reading import Reading, UnreadableError
from ctcorpus.ingest.readers.sheet import MOST_CHARACTERS

READER = "text/1"


def read_plain(data: bytes) -> Reading:
    """The decoded file as text/plain. Raises NotTextError, and UnreadableError where it is too long."""
    return _read(data, "text/plain")


def read_markdown(data: bytes) -> Reading:
    """The decoded file as text/markdown, its marks left in. Raises as ``read_plain`` does."""
    return _read(data, "text/markdown")


def read_plain_parts(data: bytes) -> Iterable[Reading]:
    """The decoded file as one document. Raises NotTextError, and UnreadableError where it is too long."""
    yield read_plain(data)


def read_markdown_parts(data: bytes) -> Iterable[Reading]:
    """The decoded markdown file as one document. Raises NotTextError, and UnreadableError where it is too long."""
    yield read_markdown(data)


def _read(data: bytes, media_type: str) -> Reading:
    if len(data) > 4 * MOST_CHARACTERS:  # no encoding has more than four bytes for a character
        raise UnreadableError(f"its text has more than {MOST_CHARACTERS:,} characters")
    decoded = decode(data)
    if len(decoded.text) > MOST_CHARACTERS:
        raise UnreadableError(f"its text has {len(decoded.text):,} characters; at most {MOST_CHARACTERS:,} are read")
    return Reading(decoded.text, media_type, READER, decoded.encoding, decoded.basis, decoded.warnings)
