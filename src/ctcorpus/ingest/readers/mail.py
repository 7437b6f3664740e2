"""EML, mbox and MHTML: messages and saved pages; attachments that are documents are read as documents of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import getaddresses

from ctcorpus.ingest.decode import NotTextError
from ctcorpus.ingest.readers.declared import decode_declared
from ctcorpus.ingest.readers.html import parse, read_page
from ctcorpus.ingest.readers.iso_dates import edtf
from ctcorpus.ingest.readers.page_text import write_page
from ctcorpus.ingest.readers.reading import Reading, Stated, UnreadableError
from ctcorpus.ingest.readers.sheet import Sheet, fit, one_line

READER = "mail/1"
#: limits before anything is parsed: bytes of the header, of one header field; parts; levels of parts in parts
MOST_HEADER, MOST_FIELD, MOST_PARTS, MOST_LEVELS = 262_144, 65_536, 1_000, 50
MOST_MESSAGES = 100_000
#: an HTML part beside a plain one is read where more than this share of its characters is in lines that are not there
MOST_UNKNOWN = 0.2
_BOUNDARY = re.compile(rb"(?i)boundary\s*=")
_FROM = re.compile(rb"^From \S+.*\d{4}.*$", re.MULTILINE)
_SAVED = re.compile(r"(?i)^https?://\S+$")


def read(data: bytes) -> Iterable[Reading]:
    """The message, then its attachments as documents of their own.

    Raises UnreadableError where it is no message, too deeply nested, or holds no text.
    """
    message = _message(data)
    yield _reading(message)
    yield from _attachments(message)


def read_mbox(data: bytes) -> Iterable[Reading]:
    """The messages of a mailbox, in order; one that cannot be read is left out with a warning on the next."""
    starts = [
        found.start()
        for found in _FROM.finditer(data)
        if found.start() == 0
        or data[: found.start()].endswith(b"\n\n")
        or data[max(0, found.start() - 4) : found.start()].endswith(b"\r\n\r\n")
    ]
    if len(starts) > MOST_MESSAGES:
        raise UnreadableError(f"a mailbox of {len(starts):,} messages; at most {MOST_MESSAGES:,} are read")
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(data)], strict=True), 1):
        raw = data[start:end].split(b"\n", 1)[-1]
        try:
            yield replace(_reading(_message(raw)), part=str(number))
        except UnreadableError:
            continue


def read_mhtml(data: bytes) -> Iterable[Reading]:
    """The page of a saved web archive: its first part that is a page. Raises UnreadableError where there is none."""
    message = _message(data)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    if page is None:
        raise UnreadableError("it is a web archive without a page")
    decoded = decode_declared(_payload(page), page.get_content_charset())
    reading = read_page(
        decoded.text,
        encoding=decoded.encoding,
        basis=decoded.basis,
        warnings=decoded.warnings,
        media_type="multipart/related",
    )
    saved = str(message.get("Snapshot-Content-Location") or page.get("Content-Location") or "")
    url = saved if _SAVED.match(saved) else reading.url
    yield replace(reading, url=url, retrieved=edtf(str(message.get("Date") or "")))


def _message(data: bytes) -> EmailMessage:
    header = re.split(rb"\r?\n\r?\n", data, maxsplit=1)[0]
    if len(header) > MOST_HEADER or any(len(x) > MOST_FIELD for x in re.split(rb"\r?\n(?![ \t])", header)):
        raise UnreadableError(f"a header of {len(header):,} bytes; at most {MOST_HEADER:,} are read")
    if len(_BOUNDARY.findall(data)) > MOST_LEVELS:
        raise UnreadableError(f"its parts are nested more than {MOST_LEVELS} deep")
    try:
        message = message_from_bytes(data, policy=default)
        parts = sum(1 for _ in message.walk())
    except (RecursionError, ValueError, LookupError, IndexError, AttributeError) as error:
        raise UnreadableError(f"the message is damaged: {type(error).__name__}") from error
    if parts > MOST_PARTS:
        raise UnreadableError(f"a message of {parts:,} parts; at most {MOST_PARTS:,} are read")
    assert isinstance(message, EmailMessage)
    return message


def _reading(message: EmailMessage) -> Reading:
    """The message as a document: subject, sender and date as lines, then every body part."""
    sheet = Sheet()
    subject, sender, date = (_field(message, name) for name in ("Subject", "From", "Date"))
    sheet.add(subject, "title")
    sheet.add(sender, "byline")
    sheet.add(date, "dateline")
    head = sheet.size
    notes: list[str] = []
    encoding, basis = _write_bodies(sheet, message, notes)
    if sheet.size == head:
        raise UnreadableError("it is a message without text")
    authors = tuple(name for name, _ in getaddresses([sender]) if name.strip() and "@" not in name)
    published = edtf(date)
    stated = Stated(
        title=subject or None,
        authors=authors,
        published=published,
        origin={
            name: f"mail {field}"
            for name, field, value in (
                ("title", "Subject", subject),
                ("authors", "From", authors),
                ("published", "Date", published),
            )
            if value
        },
    )
    return Reading(sheet.text(), "message/rfc822", READER, encoding, basis, tuple(notes), stated, tuple(sheet.marks))


def _write_bodies(sheet: Sheet, message: EmailMessage, notes: list[str]) -> tuple[str, str]:
    """Writes the text of every part that is text; an HTML part only where it says more than the plain one."""
    encoding, basis, plain = "utf-8", "utf-8", ""
    alternatives = {
        id(part)
        for whole in message.walk()
        if whole.get_content_type() == "multipart/alternative"
        for part in whole.walk()
        if part is not whole and whole.is_multipart()
    }
    for part in message.walk():
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        if part.get_filename() or not kind.startswith("text/"):
            notes.append(f"attachment '{one_line(fit(part.get_filename() or kind))[:100]}' ({kind})")
            continue
        try:
            decoded = decode_declared(_payload(part), part.get_content_charset())
        except NotTextError as error:
            notes.append(f"a part left out: {error}")
            continue
        encoding, basis = decoded.encoding, decoded.basis
        notes.extend(decoded.warnings)
        if kind == "text/html":
            _write_html(sheet, decoded.text, plain if id(part) in alternatives else "")
        else:
            plain += decoded.text
            sheet.add(decoded.text, None)
    return encoding, basis


def _write_html(sheet: Sheet, source: str, plain: str) -> None:
    inner, tree = Sheet(), parse(fit(source))
    if tree is not None:
        write_page(inner, tree)
    known = " ".join(re.sub(r"(?m)^[> ]+", "", plain).split())
    lines = [" ".join(line.split()) for line in inner.text().split("\n") if line.strip()]
    unknown = sum(len(line) for line in lines if line not in known)
    if not known or unknown > MOST_UNKNOWN * sum(map(len, lines)):
        sheet.add(inner.text(), None)


def _attachments(message: EmailMessage) -> Iterator[Reading]:
    """The attached documents; the format is told by name and bytes, and mails and archives are not opened again."""
    from ctcorpus.ingest.readers.formats import read_attached

    number = 1
    for part in message.walk():
        name = part.get_filename()
        if part.is_multipart() or not (name or part.get_content_type() == "application/pdf"):
            continue
        for reading in read_attached(name or "attached.pdf", _payload(part)):
            number += 1
            yield replace(reading, part=str(number))


def _field(message: EmailMessage, name: str) -> str:
    try:
        return one_line(fit(str(message.get(name) or "")))[:1_000]
    except (ValueError, LookupError, IndexError, RecursionError, AttributeError):
        return ""


def _payload(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        payload = b""
    return payload if isinstance(payload, bytes) else b""
