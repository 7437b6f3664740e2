"""Adding an address: fetched once, from a real server, within its limits, kept with its address."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ctcorpus.corpus import Corpus
from ctcorpus.corpus.maintaining.fetch import fetch
from ctcorpus.corpus.records import show_record
from ctcorpus.errors import SourceError

ARTICLE = b"The harbour was closed for nine days in 2024.\n\nShips waited outside, and the town waited for the ships.\n"


class Pages(BaseHTTPRequestHandler):
    """A few pages, good and bad."""

    def do_GET(self) -> None:
        if self.path == "/article.txt":
            self._send(200, ARTICLE, "text/plain; charset=utf-8")
        elif self.path == "/moved":
            self._send(302, b"", "text/plain", location="/article.txt")
        elif self.path == "/away":
            self._send(302, b"", "text/plain", location="file:///etc/passwd")
        elif self.path == "/circle":
            self._send(302, b"", "text/plain", location="/circle")
        elif self.path == "/large":
            self._send(200, b"word " * 10_000, "text/plain")
        elif self.path == "/blob":
            self._send(200, b"\0\1\2", "application/octet-stream")
        elif self.path == "/binary.txt":
            self._send(200, b"\0\1\2\3" * 100, "text/plain")
        elif self.path == "/drip":
            self.wfile.write(b"HTTP/1.0 200 OK\r\n")
            for _ in range(60):
                self.wfile.write(b"X")
                time.sleep(0.1)
        else:
            self._send(404, b"no", "text/plain")

    def _send(self, status: int, data: bytes, media_type: str, location: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(data)))
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(data)

    def handle(self) -> None:
        with contextlib.suppress(OSError):  # the client went away, as it should
            super().handle()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on stderr."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a server on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as pages:
        threading.Thread(target=pages.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{pages.server_address[1]}"
        pages.shutdown()


def test_what_was_fetched_is_kept_with_its_address(corpus: Corpus, folder: Path, server: str) -> None:
    report = corpus.add(f"{server}/moved", allow_local=True)
    assert report.added == 1
    hit = corpus.search("harbour closed").hits[0]
    assert (folder / hit.path).read_bytes() == ARTICLE
    assert hit.path.startswith("sources/")
    record = show_record(corpus, hit.document)
    assert record["url"] == f"{server}/article.txt"
    assert record["basis"]["url"] == record["basis"]["retrieved"] == "maintainer"
    assert "sources" in corpus.status().sources
    assert corpus.status().remedy is None
    again = corpus.add(f"{server}/moved", allow_local=True)
    assert (again.added, again.updated, again.documents) == (0, 0, 4)


def test_an_address_of_this_machine_is_refused_unless_asked_for(corpus: Corpus, folder: Path, server: str) -> None:
    before = {x: x.read_bytes() for x in folder.rglob("*") if x.is_file()}
    for url in (f"{server}/article.txt", "http://localhost/", "http://[::1]/", "http://169.254.169.254/latest"):
        with pytest.raises(SourceError, match="this machine or a private network"):
            corpus.add(url)
    for url in ("http://10.0.0.1/", "http://192.168.1.1/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/"):
        with pytest.raises(SourceError, match="private network"):
            fetch(url, most_bytes=100, seconds=2)
    assert {x: x.read_bytes() for x in folder.rglob("*") if x.is_file()} == before


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("/none", "404"),
        ("/away", "no http or https address"),
        ("/circle", "redirects"),
        ("/large", "at most 20,000"),
        ("/drip", "too slow"),
    ],
)
def test_limits(page: str, reason: str, server: str) -> None:
    began = time.monotonic()
    with pytest.raises(SourceError, match=reason):
        fetch(server + page, most_bytes=20_000, seconds=1.5, allow_local=True)
    assert time.monotonic() - began < 4


@pytest.mark.parametrize("url", ["ftp://example.org/a", "http://user:word@example.org/", "http:///a"])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(SourceError):
        fetch(url, most_bytes=100, seconds=1)


@pytest.mark.parametrize("page", ["/blob", "/binary.txt"])
def test_what_cannot_be_read_is_not_kept(page: str, corpus: Corpus, folder: Path, server: str) -> None:
    with pytest.raises(SourceError):
        corpus.add(server + page, allow_local=True)
    assert not (folder / "sources.toml").exists()
    assert not list(folder.glob("sources/*"))
    assert len(corpus.documents()) == 3
