"""RTF: the running text, then notes and text boxes; headers, comments and hidden words as boilerplate."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ctcorpus.ingest.readers.docx import quoted
from ctcorpus.ingest.readers.reading import Reading, UnreadableError
from ctcorpus.ingest.readers.rtf_groups import Piece, Reader
from ctcorpus.ingest.readers.sheet import Sheet

READER = "rtf/2"
MOST_BYTES = 30_000_000


def read(data: bytes) -> Iterable[Reading]:
    """The RTF as one document. Raises UnreadableError where it is no RTF, too large, or holds no text."""
    if len(data) > MOST_BYTES:
        raise UnreadableError(f"an RTF of {len(data):,} bytes; at most {MOST_BYTES:,} are read")
    if not data.lstrip().startswith(b"{\\rtf"):
        raise UnreadableError("it is no RTF: it does not begin with '{\\rtf'")
    reader = Reader(data.decode("latin-1"))
    places: dict[int, list[str]] = {}
    hidden, deleted = [""], [""]
    last: Piece | None = None
    for piece in reader.pieces():
        if piece.hidden or piece.deleted:
            apart = hidden if piece.hidden else deleted
            if last is None or (last.hidden, last.deleted) != (piece.hidden, piece.deleted):
                apart.append("")
            apart[-1] += piece.words
        else:
            places.setdefault(piece.place, []).append(piece.words)
        last = piece
    sheet = Sheet()
    _write(sheet, places, reader.kinds, hidden)
    text = sheet.text()
    if not text:
        raise UnreadableError("it is an RTF document without text")
    yield Reading(
        text=text,
        media_type="application/rtf",
        reader=READER,
        encoding=reader.codec,
        encoding_basis="declared" if reader.declared else "fallback",
        warnings=tuple(_warnings(reader, sheet, [_whole(x) for x in deleted])),
        marks=tuple(sheet.marks),
        completeness="unknown" if reader.unclosed else "full",
    )


def _write(sheet: Sheet, places: dict[int, list[str]], kinds: list[str], hidden: list[str]) -> None:
    """Writes the running text, notes and text boxes, then what is boilerplate."""
    for place in sorted(places, key=lambda x: (bool(kinds[x]), x)):
        words = _whole("".join(places[place]))
        sheet.add(words, "boilerplate" if kinds[place] else None, note=kinds[place])
    for words in hidden:
        sheet.add(_whole(words), "boilerplate", note="hidden")


def _whole(words: str) -> str:
    """The words with surrogate pairs joined, without white space at the ends of lines, one blank line at most."""
    joined = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip(" \t") for line in joined.split("\n"))).strip()


def _warnings(reader: Reader, sheet: Sheet, deleted: list[str]) -> list[str]:
    hidden = sum(mark.note == "hidden" for mark in sheet.marks)
    counted = (
        ("hidden text, marked as such", hidden),
        ("pictures, not read", reader.pictures),
        ("embedded objects, not read", reader.objects),
    )
    told = [f"{what}: {count}" for what, count in counted if count]
    if reader.unclosed:
        told.append(f"the file breaks off: {reader.unclosed} groups are not closed")
    return [*told, *quoted(deleted)]
