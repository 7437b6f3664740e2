"""Mails, mailboxes and saved pages: every part comes out or is named; what is attached is a document of its own."""

from __future__ import annotations

import base64
import mailbox
import time
from email.message import EmailMessage
from pathlib import Path

import pytest

from ctcorpus.ingest.readers import UnreadableError, mail, msg
from tests.ingest import made_files as made
from tests.ingest import made_office as office
from tests.ingest.test_readers_needles import missing, notes


def message(subject: str, body: str) -> EmailMessage:
    made_here = EmailMessage()
    made_here["From"], made_here["Subject"] = "Ana Lopez <ana@b.example>", subject
    made_here["Date"] = "Wed, 01 May 2024 09:30:00 +0000"
    made_here.set_content(body)
    return made_here


def test_the_parts_of_a_message() -> None:
    raw = (
        "From: Ana Lopez <ana@b.example>\nSubject: needlesubject\n"
        "Date: Wed, 01 May 2024 09:30:00 +0000\nMIME-Version: 1.0\n"
        "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nneedleplain\n--x\n"
        "Content-Type: text/html\n\n<ul><li>needlelist</ul><table><tr><td>needlecell</table><a href=x>needlelink</a>"
        "<img alt=needlealt><p style='display:none'>needlehidden</p>needlehtml\n--x\nContent-Type: application/zip\n"
        "Content-Disposition: attachment; filename=needle.zip\n\nx\n--x\nContent-Type: text/html\n"
        "Content-Disposition: attachment; filename=a.html\n\n<p>needleattached\n--x--\n"
    )
    first, second = mail.read(raw.encode())
    assert missing(first, "subject plain html list cell link alt hidden") == []
    assert missing(second, "attached") == [] and second.part == "2"
    assert "attachment 'needle.zip' (application/zip), not read" in first.warnings
    assert "attachment 'a.html' (text/html)" in first.warnings and any("hidden text" in x for x in first.warnings)
    assert notes(first) == {"needlealt": "alternative", "needlehidden": "hidden"}
    assert (first.stated.title, first.stated.authors) == ("needlesubject", ("Ana Lopez",))
    assert first.stated.published == "2024-05-01T09:30Z"


def test_an_attached_message_is_a_document_of_its_own() -> None:
    inner = message("needleinner", "needlebody")
    inner.add_attachment(made.docx(made.paragraph("needleword")), "application", "octet-stream", filename="a.docx")
    outer = message("needleouter", "Please read what is attached.")
    outer.add_attachment(inner)
    first, second, third = mail.read(bytes(outer))
    assert missing(first, "outer") == [] and "needlebody" not in first.text
    assert missing(second, "inner body") == [] and second.stated.title == "needleinner"
    assert missing(third, "word") == [] and third.part == "3"


def test_an_attached_message_that_is_packed_is_unpacked() -> None:
    packed = base64.encodebytes(bytes(message("needleinner", "needlebody"))).decode()
    raw = (
        "From: a@b.example\nSubject: needleouter\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
        "--x\nContent-Type: text/plain\n\nneedleplain\n--x\nContent-Type: message/rfc822\n"
        f"Content-Transfer-Encoding: base64\n\n{packed}\n--x--\n"
    )
    first, second = mail.read(raw.encode())
    assert missing(first, "outer plain") == [] and missing(second, "inner body") == []
    assert packed[:40] not in first.text


def test_many_parts_side_by_side_are_no_depth() -> None:
    outer = message("many", "needlebody")
    for at in range(80):
        part = message(f"needle{at}x", "words")
        part.add_alternative("<p>words</p>", subtype="html")
        outer.add_attachment(part)
    assert len(list(mail.read(bytes(outer)))) == 81


@pytest.mark.parametrize("depth", [60, 1_000, 3_000])
def test_messages_nested_deep_are_set_aside(depth: int) -> None:
    raw = b"From: a@b.example\nSubject: s\n" + b"Content-Type: message/rfc822\n\n" * depth + b"\nwords\n"
    with pytest.raises(UnreadableError, match="nested"):
        list(mail.read(raw))


def test_a_mailbox(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "box")
    for at in range(3):
        box.add(f"From: a@b.example\nSubject: needle{at}\n\nWords of the message.\n")
    whole = message("needlewhole", "words")
    whole.add_attachment("needleattached", filename="a.txt")
    box.add(bytes(whole))
    box.add("From: a@b.example\n\n")
    box.flush()
    box.close()
    readings = list(mail.read_mbox((tmp_path / "box").read_bytes()))
    assert [x.stated.title for x in readings] == ["needle0", "needle1", "needle2", "needlewhole", None]
    assert [x.part for x in readings] == ["1", "2", "3", "4", "4.2"]
    assert readings[-1].warnings == ("1 messages left out: 5 (it is a message without text)",)


def test_the_time_for_a_mailbox_grows_with_its_length_alone() -> None:
    one = b"From a@b.example Wed May  1 09:30:00 2024\nFrom: a@b.example\nSubject: s\n\nWords of the message.\n\n"
    times = []
    for count in (200, 2_000):
        data = one * count + b"From " + b"x" * 1_000_000
        began = time.process_time()
        assert len(list(mail.read_mbox(data))) == count
        times.append(time.process_time() - began)
    assert times[1] < 30 * times[0] + 0.5


def test_a_saved_page() -> None:
    raw = (
        "From: <Saved>\nSnapshot-Content-Location: https://a.example/news\nMIME-Version: 1.0\n"
        "Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n"
        f"<article><h1>The council met</h1><p>needlebody {made.prose(8)}</p>"
        f"<ul><li>needlelist {made.prose(1)}</li></ul></article>\n--x\nContent-Type: text/html\n\n<p>a frame\n--x--\n"
    )
    (reading,) = mail.read_mhtml(raw.encode())
    assert missing(reading, "body list") == [] and reading.url == "https://a.example/news"
    assert "frames of the page, not read: 1" in reading.warnings


def wide(words: str) -> bytes:
    return words.encode("utf-16-le")


def test_an_outlook_message() -> None:
    attached = {
        "a": {"3707001F": wide("a.html"), "37010102": b"<p>needleattached</p>"},
        "b": {"3707001F": wide("../needle.bin"), "37010102": b"\0\1\2"},
    }
    properties = {"0037001F": wide("needlesubject"), "0C1A001F": wide("Ana Lopez"), "1000001F": wide("needlebody")}
    first, second = msg.read(office.msg(properties, attached))
    assert missing(first, "subject body") == [] and missing(second, "attached") == []
    assert first.stated.authors == ("Ana Lopez",)
    assert first.warnings == ("attachment 'a.html'", "attachment '.._needle.bin', not read")


def test_an_outlook_message_that_is_a_page() -> None:
    page = "<p>needlebody <b>needlebold</b></p><table><tr><td>needlecell</table><p hidden>needlehidden</p>"
    (reading,) = msg.read(office.msg({"0037001E": "caf\xe9".encode("cp1252"), "10130102": page.encode()}))
    assert missing(reading, "body bold cell hidden") == [] and reading.text.startswith("café")
    with pytest.raises(UnreadableError, match="compressed RTF"):
        list(msg.read(office.msg({"0037001F": wide("subject"), "10090102": b"packed"})))
