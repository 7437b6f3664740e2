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
from ctcorpus.ingest.readers import pdf
from ctcorpus.ingest.readers.declared import decode_declared
from ctcorpus.ingest.readers.html import read_page
from ctcorpus.ingest.readers.iso_dates import edtf
from ctcorpus.ingest.readers.reading import Reading, UnreadableError

READER = f"warc/1 warcio/{version('warcio')}"
MOST_RECORDS, MOST_RECORD = 1_000_000, 50_000_000


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
    kind = (record.http_headers.get_header("Content-Type") or "" if record.http_headers else "").lower()
    if record.rec_type not in ("response", "resource"):
        _count(notes, f"records of type {record.rec_type} left out")
        return
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    if not str(status).startswith("2") or not re.match(r"text/(?:html|plain)|application/(?:xhtml\+xml|pdf)", kind):
        _count(notes, f"records left out, status {status}, {kind.split(';')[0] or 'no media type'}")
        return
    body = record.content_stream().read(MOST_RECORD + 1)
    if len(body) > MOST_RECORD:
        _count(notes, f"records of more than {MOST_RECORD:,} bytes left out")
        return
    charset = re.search(r"charset=[\"']?([\w.:-]+)", kind)
    headers = record.rec_headers
    try:
        for reading in _body(body, kind, charset[1] if charset else None):
            moment = edtf(headers.get_header("WARC-Date"))
            url = headers.get_header("WARC-Target-URI")
            yield replace(reading, part=str(number), url=url or reading.url, retrieved=moment)
    except (UnreadableError, NotTextError) as error:
        _count(notes, f"records left out: {error}")


def _body(body: bytes, kind: str, charset: str | None) -> Iterable[Reading]:
    if kind.startswith("application/pdf"):
        return pdf.read(body)
    decoded = decode_declared(body, charset)
    if kind.startswith("text/plain"):
        return [Reading(decoded.text, "text/plain", READER, decoded.encoding, decoded.basis, decoded.warnings)]
    return [read_page(decoded.text, encoding=decoded.encoding, basis=decoded.basis, warnings=decoded.warnings)]


def _count(notes: dict[str, int], what: str) -> None:
    notes[what] = notes.get(what, 0) + 1
