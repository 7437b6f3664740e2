"""EML, mbox and MHTML: messages and saved pages; what is attached and can be read is a document of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from email.message import EmailMessage, Message
from email.utils import getaddresses

from ctcorpus.ingest.decode import NotTextError
from ctcorpus.ingest.readers.declared import decode_declared
from ctcorpus.ingest.readers.html import read_page
from ctcorpus.ingest.readers.iso_dates import edtf
from ctcorpus.ingest.readers.mail_parts import (
    alternatives,
    attached_message,
    field,
    message_of,
    name_of,
    own_parts,
    payload,
)
from ctcorpus.ingest.readers.page_text import write_page
from ctcorpus.ingest.readers.page_tree import parse
from ctcorpus.ingest.readers.reading import Reading, Stated, UnreadableError
from ctcorpus.ingest.readers.sheet import Sheet, fit
from ctcorpus.ingest.readers.unseen import take_unseen, write_unseen

READER = "mail/3"
MOST_MESSAGES = 100_000
#: an HTML part beside a plain one is read where more than this share of its characters is in lines that are not there
MOST_UNKNOWN = 0.2
#: the line before each message of a mailbox: a sender and a time with its year
_FROM = re.compile(rb"^From \S{1,300}[ \t].{0,200}?\d{4}", re.MULTILINE)
_SAVED = re.compile(r"(?i)^https?://\S+$")


def read(data: bytes) -> Iterable[Reading]:
    """The message, then its attachments as documents of their own, messages among them.

    Raises UnreadableError where it is no message, too deeply nested, or holds no text.
    """
    yield from _with_attached(message_of(data))


def read_mbox(data: bytes) -> Iterable[Reading]:
    """The messages of a mailbox with their attachments, in order; ``part`` is "3", of an attachment "3.2".

    Messages that cannot be read are named in a warning on the last one. Raises UnreadableError where none can.
    """
    starts = [
        found.start()
        for found in _FROM.finditer(data)
        if found.start() == 0 or data[max(0, found.start() - 4) : found.start()].endswith((b"\n\n", b"\r\n\r\n"))
    ]
    if len(starts) > MOST_MESSAGES:
        raise UnreadableError(f"a mailbox of {len(starts):,} messages; at most {MOST_MESSAGES:,} are read")
    left: list[str] = []
    waiting: Reading | None = None
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(data)], strict=True), 1):
        try:
            found = list(_with_attached(message_of(data[start:end].split(b"\n", 1)[-1])))
        except UnreadableError as error:
            left.append(f"{number} ({error})")
            continue
        for reading in found:
            if waiting is not None:
                yield waiting
            waiting = replace(reading, part=f"{number}.{reading.part}" if reading.part else str(number))
    if waiting is None:
        raise UnreadableError("it is a mailbox without a message that can be read")
    told = (f"{len(left)} messages left out: {', '.join(left[:20])}",) if left else ()
    yield replace(waiting, warnings=(*waiting.warnings, *told))


def read_mhtml(data: bytes) -> Iterable[Reading]:
    """The page of a saved web archive: its first part that is a page. Raises UnreadableError where there is none."""
    message = message_of(data)
    pages = [part for part in own_parts(message) if part.get_content_type() == "text/html"]
    if not pages:
        raise UnreadableError("it is a web archive without a page")
    page = pages[0]
    decoded = decode_declared(payload(page), page.get_content_charset())
    reading = read_page(
        decoded.text,
        encoding=decoded.encoding,
        basis=decoded.basis,
        warnings=decoded.warnings,
        media_type="multipart/related",
    )
    saved = str(message.get("Snapshot-Content-Location") or page.get("Content-Location") or "")
    frames = (f"frames of the page, not read: {len(pages) - 1}",) if len(pages) > 1 else ()
    yield replace(
        reading,
        url=saved if _SAVED.match(saved) else reading.url,
        retrieved=edtf(str(message.get("Date") or "")),
        warnings=(*reading.warnings, *frames),
    )


def _with_attached(message: EmailMessage) -> Iterator[Reading]:
    """The message and all that is attached to it, and to what is attached; numbered from "2"."""
    waiting: list[EmailMessage] = [message]
    number = 0
    while waiting:
        here = waiting.pop(0)
        documents: list[Reading] = []
        notes: list[str] = []
        for part in own_parts(here):
            if _is_attached(part):
                try:
                    inner = attached_message(part)
                    found = [] if inner is not None else _read_attached(part)
                except UnreadableError:
                    inner, found = None, []
                documents.extend(found)
                waiting.extend([inner] if inner is not None else [])
                unread = "" if inner is not None or found else ", not read"
                notes.append(f"attachment '{name_of(part)}' ({part.get_content_type()}){unread}")
        for reading in (*_messages(here, notes, outermost=not number), *documents):
            number += 1
            yield replace(reading, part=str(number) if number > 1 else "")


def _messages(message: EmailMessage, notes: list[str], *, outermost: bool) -> list[Reading]:
    """The message as a document; none where it has no text and was attached to another."""
    try:
        return [_reading(message, notes)]
    except UnreadableError:
        if outermost:
            raise
        return []


def _is_attached(part: Message) -> bool:
    return part.is_multipart() or bool(part.get_filename()) or not part.get_content_type().startswith("text/")


def _read_attached(part: Message) -> list[Reading]:
    from ctcorpus.ingest.readers.formats import read_attached

    named = part.get_filename() or ("attached.pdf" if part.get_content_type() == "application/pdf" else "")
    return list(read_attached(named, payload(part))) if named else []


def _reading(message: EmailMessage, attached: list[str]) -> Reading:
    """The message as a document: subject, sender and date as lines, then every body part."""
    sheet = Sheet()
    subject, sender, date = (field(message, name) for name in ("Subject", "From", "Date"))
    sheet.add(subject, "title")
    sheet.add(sender, "byline")
    sheet.add(date, "dateline")
    head = sheet.size
    notes: list[str] = []
    encoding, basis = _write_bodies(sheet, message, notes)
    if sheet.size == head:
        raise UnreadableError("it is a message without text")
    authors = tuple(name for name, _ in getaddresses([sender]) if name.strip() and "@" not in name)
    values = (("title", "Subject", subject or None), ("authors", "From", authors), ("published", "Date", edtf(date)))
    stated = Stated.from_dict(
        {
            **{name: value for name, _, value in values},
            "origin": {name: f"mail {header}" for name, header, value in values if value},
        }
    )
    warnings = (*notes, *attached)
    return Reading(sheet.text(), "message/rfc822", READER, encoding, basis, warnings, stated, tuple(sheet.marks))


def _write_bodies(sheet: Sheet, message: EmailMessage, notes: list[str]) -> tuple[str, str]:
    """Writes the text of every part that is text; an HTML part only where it says more than the plain one."""
    encoding, basis, plain = "utf-8", "utf-8", ""
    same = alternatives(message)
    unseen: list[tuple[str, str]] = []
    for part in own_parts(message):
        if _is_attached(part):
            continue
        try:
            decoded = decode_declared(payload(part), part.get_content_charset())
        except NotTextError as error:
            notes.append(f"a part left out: {error}")
            continue
        encoding, basis = decoded.encoding, decoded.basis
        notes.extend(decoded.warnings)
        if part.get_content_type() == "text/html":
            unseen += _write_html(sheet, decoded.text, plain if id(part) in same else "")
        else:
            plain += decoded.text
            sheet.add(decoded.text, None)
    notes.extend(write_unseen(sheet, unseen))
    return encoding, basis


def _write_html(sheet: Sheet, source: str, plain: str) -> list[tuple[str, str]]:
    """Writes the page where it says more than ``plain``; what of it a mail program does not show."""
    inner, tree = Sheet(), parse(fit(source))
    unseen = take_unseen(tree) if tree is not None else []
    if tree is not None:
        write_page(inner, tree)
    known = " ".join(re.sub(r"(?m)^[> ]+", "", plain).split())
    lines = [" ".join(line.split()) for line in inner.text().split("\n") if line.strip()]
    unknown = sum(len(line) for line in lines if line not in known)
    if not known or unknown > MOST_UNKNOWN * sum(map(len, lines)):
        sheet.add(inner.text(), None)
    return unseen
