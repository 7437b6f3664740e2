"""RTF: the text without its control words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.metadata import version

from striprtf.striprtf import rtf_to_text

from ctcorpus.ingest.readers.reading import Reading, UnreadableError
from ctcorpus.ingest.readers.sheet import fit

READER = f"rtf/1 striprtf/{version('striprtf')}"
MOST_BYTES = 30_000_000
_FOOTNOTE = re.compile(r"\\footnote\b")
_LEFT_OUT = {
    "headers or footers": re.compile(r"\\(?:header|footer)[lrf]?(?![a-z])"),
    "pictures": re.compile(r"\\pict(?![a-z])"),
    "embedded objects": re.compile(r"\\objdata(?![a-z])"),
    "hidden words": re.compile(r"\\v(?![a-z0-9])"),
    "comments": re.compile(r"\\\*?\\?annotation(?![a-z])"),
    "text boxes or shapes": re.compile(r"\\(?:shptxt|shpinst)(?![a-z])"),
}


def read(data: bytes) -> Iterable[Reading]:
    """The RTF as one document; what it holds besides running text is named in a warning.

    Raises UnreadableError where it is no RTF or holds no text.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableError(f"an RTF of {len(data):,} bytes; at most {MOST_BYTES:,} are read")
    source = data.decode("latin-1")
    codepage = re.search(r"\\ansicpg(\d{3,5})", source[:4_000])
    encoding = f"cp{codepage[1]}" if codepage else "cp1252"
    try:
        text = rtf_to_text(source, encoding=encoding, errors="replace")
    except (UnicodeError, LookupError, ValueError, IndexError, OverflowError) as error:
        raise UnreadableError(f"its RTF is damaged: {error}") from error
    text = fit(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    if not text.strip():
        raise UnreadableError("it is an RTF document without text")
    notes = [f"may be missing from the text: {what}" for what, sign in _LEFT_OUT.items() if sign.search(source)]
    if _FOOTNOTE.search(source):
        notes.append("footnotes stand where they are referred to")
    yield Reading(
        text=text,
        media_type="application/rtf",
        reader=READER,
        encoding=encoding,
        encoding_basis="declared" if codepage else "fallback",
        warnings=tuple(notes),
        completeness="unknown" if notes else "full",
    )
