"""WARC and ARC: the pages of a web archive, a document each."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.metadata import version

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from ctcorpus.ingest.decode import NotTextError
from ctcorpus.ingest.readers.declared import decode_declared
from ctcorpus.ingest.readers.html import read_page
from ctcorpus.ingest.readers.iso_dates import edtf
from ctcorpus.ingest.readers.reading import Reading, UnreadableError

READER = f"warc/2 warcio/{version('warcio')}"
MOST_RECORDS, MOST_RECORD = 1_000_000, 50_000_000
#: what servers say where they do not know
_UNSAID = ("", "application/octet-stream", "binary/octet-stream", "unknown/unknown", "no-type", "application/unknown")
#: media types of documents besides pages, and the suffixes of their formats
_DOCUMENTS = {
    "application/pdf": ".pdf",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/epub+zip": ".epub",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
_PAGES = ("text/html", "application/xhtml+xml", "text/plain")


def read(data: bytes) -> Iterable[Reading]:
    """The pages, PDFs and texts that were answered with success, in order; ``part`` is the number of the record.

    What is left out (requests, pictures, errors, what cannot be read) is counted in a warning on the first document.
    Raises UnreadableError where no record could be read.
    """
    notes: dict[str, int] = {}
    found: list[Reading] = []
    try:
        for number, record in enumerate(ArchiveIterator(io.BytesIO(data), arc2warc=False), 1):
            found.extend(_of_record(record, number, notes))
            if number > MOST_RECORDS:
                raise UnreadableError(f"an archive of more than {MOST_RECORDS:,} records")
    except (ArchiveLoadFailed, EOFError, ValueError, AttributeError, KeyError, TypeError) as error:
        notes[f"the archive breaks off: {str(error)[:100] or type(error).__name__}"] = 1
    if not found:
        raise UnreadableError("; ".join(["it is a web archive without a page that can be read", *notes]))
    told = tuple(f"{what}: {count}" for what, count in notes.items())
    yield replace(found[0], warnings=(*found[0].warnings, *told))
    yield from found[1:]


def _of_record(record: ArcWarcRecord, number: int, notes: dict[str, int]) -> Iterator[Reading]:
    if record.rec_type not in ("response", "resource", "conversion"):
        _count(notes, f"records of type {record.rec_type} left out")
        return
    headers, answer = record.rec_headers, record.http_headers
    url = headers.get_header("WARC-Target-URI") or headers.get_header("uri") or ""
    said = (answer or headers).get_header("Content-Type") or ""
    kind = said.partition(";")[0].strip().lower()
    status = answer.get_statuscode() if answer else "200"
    if not str(status).startswith("2") or kind not in (*_UNSAID, *_PAGES, *_DOCUMENTS):
        _count(notes, f"records left out, status {status}, {kind or 'no media type'}")
        return
    body = record.content_stream().read(MOST_RECORD + 1)
    if len(body) > MOST_RECORD:
        _count(notes, f"records of more than {MOST_RECORD:,} bytes left out")
        return
    charset = re.search(r"(?i)charset=[\"']?([\w.:-]+)", said)
    moment = edtf(headers.get_header("WARC-Date") or _stamp(headers.get_header("archive-date")))
    try:
        for reading in _body(body, kind, charset[1] if charset else None):
            yield replace(reading, part=str(number), url=url or reading.url, retrieved=moment)
    except (UnreadableError, NotTextError) as error:
        _count(notes, f"records left out: {error}")


def _body(body: bytes, kind: str, charset: str | None) -> Iterable[Reading]:
    """The documents of a record; one without a media type is told by its first bytes, a page or nothing else."""
    from ctcorpus.ingest.readers.formats import HTML, format_of

    if kind in _UNSAID:
        told = format_of("", body)
        if told is not HTML and not body.startswith(b"%PDF-"):
            raise UnreadableError("no media type, and no page by its first bytes")
        kind = "text/html" if told is HTML else "application/pdf"
    if kind in _DOCUMENTS:
        return format_of("a" + _DOCUMENTS[kind], body).load()(body)
    decoded = decode_declared(body, charset)
    if kind == "text/plain":
        return [Reading(decoded.text, kind, READER, decoded.encoding, decoded.basis, decoded.warnings)]
    return [read_page(decoded.text, encoding=decoded.encoding, basis=decoded.basis, warnings=decoded.warnings)]


def _stamp(digits: str | None) -> str | None:
    """The time of an ARC record as ISO 8601: "20050614070144" is "2005-06-14T07:01:44Z"."""
    if digits is None or not re.fullmatch(r"\d{14}", digits):
        return None
    day, clock = digits[:8], digits[8:]
    return f"{day[:4]}-{day[4:6]}-{day[6:]}T{clock[:2]}:{clock[2:4]}:{clock[4:]}Z"


def _count(notes: dict[str, int], what: str) -> None:
    notes[what] = notes.get(what, 0) + 1
