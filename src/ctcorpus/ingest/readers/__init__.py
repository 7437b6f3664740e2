"""Readers: the bytes of one format -> the text that everything else points into. A file per format.

A reader takes bytes and gives a Reading; it knows nothing of paths, documents or passages. A new format is a new
file here and a line in READERS.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from ctcorpus.ingest.readers.reading import Reading
from ctcorpus.ingest.readers.text import read_markdown, read_plain

Reader: TypeAlias = Callable[[bytes], Reading]

#: suffix, in lower case -> its reader; files with these suffixes are sources when found in a folder
READERS: Mapping[str, Reader] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
}


def reader_for(name: str) -> Reader:
    """The reader for a file of this name; one named by hand with another suffix is read as plain text."""
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    return READERS.get(suffix, read_plain)


__all__ = ["READERS", "Reader", "Reading", "reader_for"]
