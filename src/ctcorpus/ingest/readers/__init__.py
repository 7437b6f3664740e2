"""Readers: the bytes of one format -> the text that everything else points into. A file per format.

A reader takes bytes and gives Readings, one for each document in them; it knows nothing of paths, documents or
passages. A new format is a new file here and a line in ``formats.FORMATS``, or an entry point of another package.
Readers are imported where they are used, in the worker; plain text alone is read in this process.
"""

from __future__ import annotations

from ctcorpus.ingest.readers.formats import FORMATS, Format, format_of, is_source, plugged, suffix_of
from ctcorpus.ingest.readers.reading import Mark, Reader, Reading, Stated, UnreadableError

#: suffix -> format, under the name that the package has always had for it
READERS = FORMATS

__all__ = [
    "FORMATS",
    "READERS",
    "Format",
    "Mark",
    "Reader",
    "Reading",
    "Stated",
    "UnreadableError",
    "format_of",
    "is_source",
    "plugged",
    "suffix_of",
]
