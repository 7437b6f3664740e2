"""MSG: an Outlook message, from its compound file; its attachments are documents of their own."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib.metadata import version

import olefile

from ctcorpus.ingest.decode import NotTextError
from ctcorpus.ingest.readers.declared import decode_declared
from ctcorpus.ingest.readers.iso_dates import edtf
from ctcorpus.ingest.readers.page_text import write_page
from ctcorpus.ingest.readers.page_tree import parse
from ctcorpus.ingest.readers.reading import Reading, Stated, UnreadableError
from ctcorpus.ingest.readers.sheet import Sheet, fit, one_line
from ctcorpus.ingest.readers.unseen import take_unseen, write_unseen

READER = f"msg/3 olefile/{version('olefile')}"
#: numbers of properties in MS-OXPROPS: of the message, of an attachment
SUBJECT, SENDER, BODY, HTML, PACKED, HEADERS = "0037", "0C1A", "1000", "1013", "1009", "007D"
LONG_NAME, SHORT_NAME, DATA = "3707", "3704", "3701"
#: the code page of texts that are not Unicode, and the place of the first property in a message's property stream
_CODE_PAGES, _FIRST = (0x3FFD, 0x3FDE), 32
_KNOWN_PAGES = frozenset((874, 932, 936, 949, 950, *range(1250, 1259), 65001))
MOST_ATTACHMENTS = 1_000


def read(data: bytes) -> Iterable[Reading]:
    """The message, then the documents attached to it. Raises UnreadableError where it is none or holds no text."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            box = _Box(file)
            message = _message(box)
            attached = [(box.attachment(x), x) for x in box.attachments()]
    except UnreadableError:
        raise
    except (OSError, ValueError, IndexError, KeyError, TypeError, struct.error) as error:
        raise UnreadableError(f"it is no Outlook message that can be read: {error}") from error
    documents: list[Reading] = []
    notes = list(message.warnings)
    for (name, body), folder in attached:
        found = _documents(name, body) if body else []
        documents.extend(found)
        notes.append(f"attachment '{name or folder}'{'' if found else ', not read'}")
    yield replace(message, warnings=tuple(notes))
    for number, reading in enumerate(documents, 2):
        yield replace(reading, part=str(number))


def _message(box: _Box) -> Reading:
    subject, sender, headers = (box.text(name) for name in (SUBJECT, SENDER, HEADERS))
    stamp = next((x[5:].strip() for x in headers.split("\n") if x.lower().startswith("date:")), "")
    sheet = Sheet()
    sheet.add(one_line(subject), "title")
    sheet.add(one_line(sender), "byline")
    sheet.add(one_line(stamp), "dateline")
    head = sheet.size
    sheet.add(box.text(BODY), None)
    notes = _write_page(sheet, box.stream(HTML)) if sheet.size == head else []
    if sheet.size == head:
        packed = box.stream(PACKED)
        raise UnreadableError(
            "its text is in compressed RTF only; save it as EML" if packed else "it is an Outlook message without text"
        )
    stated = {
        "title": one_line(subject) or None,
        "authors": (one_line(sender),) if sender.strip() and "@" not in sender else (),
        "published": edtf(stamp),
    }
    return Reading(
        text=sheet.text(),
        media_type="application/vnd.ms-outlook",
        reader=READER,
        encoding="utf-16-le" if box.is_unicode else box.codec,
        encoding_basis="format",
        warnings=tuple(notes),
        stated=Stated.read_from(stated, "msg property"),
        marks=tuple(sheet.marks),
    )


def _write_page(sheet: Sheet, page: bytes) -> list[str]:
    """Writes the message where it is a page alone; the warnings."""
    if not page.strip():
        return []
    decoded = decode_declared(page)
    tree = parse(fit(decoded.text))
    if tree is None:
        return []
    unseen = take_unseen(tree)
    inner = Sheet()
    write_page(inner, tree)
    sheet.add(inner.text(), None)
    return [*decoded.warnings, *write_unseen(sheet, unseen)]


def _documents(name: str, body: bytes) -> list[Reading]:
    from ctcorpus.ingest.readers.formats import read_attached

    try:
        return list(read_attached(name, body))
    except (UnreadableError, NotTextError):
        return []


@dataclass(slots=True)
class _Box:
    """The streams of a message by the number of their property."""

    file: olefile.OleFileIO

    @property
    def is_unicode(self) -> bool:
        """Whether its texts are stored as Unicode."""
        return any(self.file.exists(f"__substg1.0_{name}001F") for name in (BODY, SUBJECT))

    @property
    def codec(self) -> str:
        """The codec of texts that are not Unicode: of the code page that the message names, else that of the West."""
        stream = "__properties_version1.0"
        raw = self.file.openstream(stream).read() if self.file.exists(stream) else b""
        for at in range(_FIRST, len(raw) - 15, 16):
            _, number, _, value = struct.unpack_from("<HHII", raw, at)
            if number in _CODE_PAGES and value in _KNOWN_PAGES:
                return "utf-8" if value == 65001 else f"cp{value}"
        return "cp1252"

    def text(self, name: str, folder: str = "") -> str:
        """The value of a property that holds a text."""
        wide = self.stream(name, folder, "001F")
        return fit(wide.decode("utf-16-le", "replace") if wide else self._narrow(name, folder))

    def _narrow(self, name: str, folder: str) -> str:
        raw = self.stream(name, folder, "001E")
        return raw.decode(self.codec, "replace") if raw else ""

    def stream(self, name: str, folder: str = "", kind: str = "0102") -> bytes:
        """The bytes of a property; empty where there is none."""
        named = f"{folder}/__substg1.0_{name}{kind}".lstrip("/")
        return bytes(self.file.openstream(named).read()) if self.file.exists(named) else b""

    def attachments(self) -> list[str]:
        """The storages of the attachments, in order."""
        found = {x[0] for x in self.file.listdir(storages=True, streams=False) if x[0].startswith("__attach")}
        return sorted(found)[:MOST_ATTACHMENTS]

    def attachment(self, folder: str) -> tuple[str, bytes]:
        """Name and bytes of an attachment; a message that is attached as such has no bytes."""
        name = self.text(LONG_NAME, folder) or self.text(SHORT_NAME, folder)
        return re.sub(r"[\\/]", "_", one_line(name))[:100], self.stream(DATA, folder)
