"""MSG: an Outlook message, from its compound file."""

from __future__ import annotations

import io
from collections.abc import Iterable
from importlib.metadata import version

import olefile

from ctcorpus.ingest.readers.iso_dates import edtf
from ctcorpus.ingest.readers.reading import Reading, Stated, UnreadableError
from ctcorpus.ingest.readers.sheet import Sheet, fit, one_line

READER = f"msg/1 olefile/{version('olefile')}"
#: number of a property in MS-OXPROPS
SUBJECT, SENDER, BODY, HEADERS = "0037", "0C1A", "1000", "007D"


def read(data: bytes) -> Iterable[Reading]:
    """The message as one document; attachments are named, not read. Raises UnreadableError where it holds no text."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            subject, sender, body, headers = (_text(file, name) for name in (SUBJECT, SENDER, BODY, HEADERS))
            attached = sum(1 for x in file.listdir(storages=True, streams=False) if x[0].startswith("__attach"))
    except (OSError, ValueError, IndexError, KeyError, TypeError) as error:
        raise UnreadableError(f"it is no Outlook message that can be read: {error}") from error
    if not body.strip():
        raise UnreadableError("it is an Outlook message without a plain text; save it as EML")
    stamp = next((x[5:].strip() for x in headers.split("\n") if x.lower().startswith("date:")), "")
    sheet = Sheet()
    sheet.add(one_line(subject), "title")
    sheet.add(one_line(sender), "byline")
    sheet.add(one_line(stamp), "dateline")
    sheet.add(body, None)
    stated = {
        "title": one_line(subject) or None,
        "authors": (one_line(sender),) if sender.strip() and "@" not in sender else (),
        "published": edtf(stamp),
    }
    yield Reading(
        text=sheet.text(),
        media_type="application/vnd.ms-outlook",
        reader=READER,
        encoding="utf-16-le",
        encoding_basis="format",
        warnings=(f"attachments, not read: {attached}",) if attached else (),
        stated=Stated.read_from(stated, "msg property"),
        marks=tuple(sheet.marks),
    )


def _text(file: olefile.OleFileIO, name: str) -> str:
    """The value of a property that holds a text: as Unicode, or in the code page of the West."""
    for suffix, codec in (("001F", "utf-16-le"), ("001E", "cp1252")):
        stream = f"__substg1.0_{name}{suffix}"
        if file.exists(stream):
            return fit(file.openstream(stream).read().decode(codec, "replace"))
    return ""
