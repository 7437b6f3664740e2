"""One address, fetched because a person typed it: http(s) only, no private addresses, within limits of size and time.

Every address that a redirect leads to is checked as the first one was. The address of the host is looked up once, and
that very address is connected to, so that a name cannot mean one thing when it is checked and another when it is used.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from ctcorpus.errors import SourceError

MOST_REDIRECTS = 5
_PORTS = {"http": 80, "https": 443}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
#: seconds without a byte after which a server counts as gone
_SILENCE = 15.0
_CHUNK = 1 << 16
_SAFE = "/%:=&?~#+!$,;'@()*[]"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave. url: where it was found in the end; media_type: as the server states it."""

    data: bytes
    url: str
    media_type: str


def fetch(url: str, *, most_bytes: int, seconds: float, allow_local: bool = False) -> Fetched:
    """The bytes at an address. most_bytes, seconds: for all of it, redirects too.

    Raises SourceError: no http(s) address, a private one, too many redirects, too large, too slow, or refused.
    """
    deadline = time.monotonic() + seconds
    here = url
    for _ in range(MOST_REDIRECTS + 1):
        try:
            found = _visit(here, most_bytes, deadline, allow_local)
        except (OSError, HTTPException, ValueError) as error:
            late = isinstance(error, TimeoutError) or time.monotonic() >= deadline
            raise SourceError(url, "the server is too slow" if late else str(error) or type(error).__name__) from error
        if isinstance(found, Fetched):
            return found
        here = urljoin(here, found)
    raise SourceError(url, f"more than {MOST_REDIRECTS} redirects")


def _visit(url: str, most_bytes: int, deadline: float, allow_local: bool) -> Fetched | str:
    """What stands there, or the address that it redirects to."""
    parts = _checked(url)
    host = parts.hostname or ""
    port = parts.port or _PORTS[parts.scheme]
    connection = _connection(parts.scheme, host, port, _address(url, host, port, allow_local), deadline)
    # a server may send its head a letter at a time: when the time is up, the line is cut
    timer = threading.Timer(max(0.0, deadline - time.monotonic()), _cut, (connection.sock,))
    timer.daemon = True
    timer.start()
    try:
        target = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
        connection.request("GET", target, headers={"User-Agent": "ctcorpus", "Accept-Encoding": "identity"})
        answer = connection.getresponse()
        if answer.status in _REDIRECTS and (there := answer.headers.get("Location")):
            return there
        if answer.status != 200:
            raise SourceError(url, f"the server answers {answer.status} {answer.reason}".rstrip())
        return Fetched(_body(url, answer, most_bytes, deadline), url, answer.headers.get_content_type())
    finally:
        timer.cancel()
        connection.close()


def _cut(line: socket.socket) -> None:
    with contextlib.suppress(OSError):  # it was closed at that very moment
        line.shutdown(socket.SHUT_RDWR)


def _checked(url: str) -> SplitResult:
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise SourceError(url, "it is no http or https address")
    if parts.username or parts.password:
        raise SourceError(url, "it holds a user name or password, which would be kept with it")
    return parts


def _address(url: str, host: str, port: int, allow_local: bool) -> str:
    """The host's first address; SourceError where any of its addresses is not one of the open network."""
    try:
        found = socket.getaddrinfo(host.encode("idna").decode("ascii"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceError(url, f"the host '{host}' is not known") from error
    addresses = [str(row[4][0]) for row in found]
    private = [x for x in addresses if not _is_open(x)]
    if private and not allow_local:
        raise SourceError(url, f"'{host}' is {private[0]}, an address of this machine or a private network")
    return addresses[0]


def _is_open(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found.sixtofour or found
    return found.is_global and not found.is_multicast


def _connection(scheme: str, host: str, port: int, address: str, deadline: float) -> HTTPConnection:
    """A connection to that very address, which is told (and has to prove) the host's name."""
    plain = socket.create_connection((address, port), timeout=_left(deadline))
    if scheme == "http":
        connection = HTTPConnection(host, port)
        connection.sock = plain
        return connection
    import ssl

    secure = HTTPSConnection(host, port)
    try:
        secure.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except BaseException:  # nothing is swallowed: the socket is closed, whatever it was
        plain.close()
        raise
    return secure


def _body(url: str, answer: HTTPResponse, most_bytes: int, deadline: float) -> bytes:
    stated = answer.headers.get("Content-Length", "")
    if stated.isdecimal() and int(stated) > most_bytes:
        raise SourceError(url, f"it has {int(stated):,} bytes; at most {most_bytes:,} are fetched")
    parts, size = [], 0
    while chunk := answer.read1(_CHUNK):
        size += len(chunk)
        if size > most_bytes:
            raise SourceError(url, f"it has more than {most_bytes:,} bytes")
        _left(deadline)
        parts.append(chunk)
    _left(deadline)  # a line that was cut looks like an end
    if stated.isdecimal() and size != int(stated):
        raise SourceError(url, f"the connection ended after {size:,} of {int(stated):,} bytes")
    return b"".join(parts)


def _left(deadline: float) -> float:
    """Seconds that a step may take; TimeoutError when the time is up."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return min(left, _SILENCE)


#: media type -> the suffix under which such a source is kept
SUFFIXES: Mapping[str, str] = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/epub+zip": ".epub",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "message/rfc822": ".eml",
    "application/json": ".json",
    "text/csv": ".csv",
}
