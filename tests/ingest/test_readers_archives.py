"""Web archives: pages, whatever their media type; other documents; what is left out is counted."""

from __future__ import annotations

import gzip

import pytest

from ctcorpus.ingest.readers import UnreadableError, warc
from tests.ingest import made_files as made
from tests.ingest.test_readers_needles import missing

PAGE = made.page(f"<article><h1>The council met</h1><p>needlebody {made.prose(8)}</p></article>")


def record(kind: str, body: bytes, *fields: str) -> bytes:
    """A WARC record."""
    head = "\r\n".join(
        (
            "WARC/1.0",
            f"WARC-Type: {kind}",
            "WARC-Record-ID: <urn:uuid:1>",
            "WARC-Date: 2024-05-01T09:30:00Z",
            "WARC-Target-URI: https://a.example/p",
            *fields,
            f"Content-Length: {len(body)}",
        )
    )
    return f"{head}\r\n\r\n".encode() + body + b"\r\n\r\n"


def answer(body: bytes, kind: str = "", status: str = "200 OK") -> bytes:
    """An HTTP answer as a WARC record."""
    said = f"Content-Type: {kind}\r\n" if kind else ""
    return record(
        "response",
        f"HTTP/1.1 {status}\r\n{said}\r\n".encode() + body,
        "Content-Type: application/http; msgtype=response",
    )


def test_pages_documents_and_texts_of_an_archive() -> None:
    found = list(
        warc.read(
            record("warcinfo", b"software: x\r\n", "Content-Type: application/warc-fields")
            + answer(PAGE, "text/html; charset=utf-8")
            + answer(PAGE)
            + answer(PAGE, "application/octet-stream")
            + answer(b"\x89PNG\r\n\x1a\n", "image/png")
            + answer(PAGE, "text/html", "404 Not Found")
            + answer(made.pdf([["needlepdf and other words"]]), "application/pdf")
            + answer(made.docx(made.paragraph("needleword")), warc_type("docx"))
            + record("resource", PAGE, "Content-Type: text/html")
            + record("conversion", b"needleplain words", "Content-Type: text/plain")
        )
    )
    assert [x.part for x in found] == ["2", "3", "4", "7", "8", "9", "10"]
    assert [missing(x, "body") for x in found[:3]] == [[], [], []]
    assert missing(found[3], "pdf") == missing(found[4], "word") == missing(found[6], "plain") == []
    assert found[0].url == "https://a.example/p" and found[0].retrieved == "2024-05-01T09:30Z"
    told = " ".join(found[0].warnings)
    assert "image/png" in told and "status 404" in told and "warcinfo" in told


def warc_type(suffix: str) -> str:
    return next(kind for kind, ending in warc._DOCUMENTS.items() if ending == f".{suffix}")


def test_an_arc_without_media_types() -> None:
    def entry(url: str, kind: str, body: bytes) -> bytes:
        return f"{url} 1.2.3.4 20050614070151 {kind} {len(body)}\n".encode() + body + b"\n"

    head = b"1 1 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n"
    data = (
        entry("filedesc://x.arc", "text/plain", head)
        + entry("https://a.example/q", "no-type", b"HTTP/1.0 200 OK\r\nServer: x\r\n\r\n" + PAGE)
        + entry("dns:a.example", "text/dns", b"a.example. IN A 1.2.3.4\n")
    )
    (reading,) = warc.read(data)
    assert missing(reading, "body") == [] and reading.retrieved == "2005-06-14T07:01Z"
    assert any("text/dns" in x for x in reading.warnings)


def test_an_archive_that_breaks_off_or_holds_nothing() -> None:
    whole = answer(PAGE, "text/html")
    packed = gzip.compress(whole) + gzip.compress(whole)[:200]
    (reading,) = warc.read(packed)
    assert missing(reading, "body") == []
    with pytest.raises(UnreadableError, match="without a page"):
        list(warc.read(answer(b"{}", "application/json")))
