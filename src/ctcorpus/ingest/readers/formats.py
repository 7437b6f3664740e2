"""The formats that are read, and how a file's format is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from ctcorpus.ingest.decode import NotTextError
from ctcorpus.ingest.readers.reading import Reader, Reading, UnreadableError

#: entry points of this group add readers: the name is the suffix without its dot, the value ``module:function``
GROUP = "ctcorpus.readers"


@dataclass(frozen=True, slots=True)
class Format:
    """A format. reader: ``module:function``, imported where it is used. plain: read in this process, no worker.

    again: another reader, tried where the first one brought its process down.
    """

    name: str
    reader: str
    plain: bool = False
    again: str = ""

    def load(self, *, again: bool = False) -> Reader:
        """The reader itself, or the one that is tried after it."""
        module, _, function = (self.again if again else self.reader).partition(":")
        found: Reader = getattr(import_module(module), function)
        return found


_HERE = "ctcorpus.ingest.readers."
TEXT = Format("text", f"{_HERE}text:read_plain_parts", plain=True)
MARKDOWN = Format("markdown", f"{_HERE}text:read_markdown_parts", plain=True)
HTML = Format("html", f"{_HERE}html:read")
MHTML = Format("mhtml", f"{_HERE}mail:read_mhtml")
PDF = Format("pdf", f"{_HERE}pdf:read", again=f"{_HERE}pdf:read_again")
DOCX = Format("docx", f"{_HERE}docx:read")
PPTX = Format("pptx", f"{_HERE}pptx:read")
XLSX = Format("xlsx", f"{_HERE}xlsx:read")
ODT = Format("odt", f"{_HERE}odt:read")
EPUB = Format("epub", f"{_HERE}epub:read")
RTF = Format("rtf", f"{_HERE}rtf:read")
EML = Format("eml", f"{_HERE}mail:read")
MBOX = Format("mbox", f"{_HERE}mail:read_mbox")
MSG = Format("msg", f"{_HERE}msg:read")
WARC = Format("warc", f"{_HERE}warc:read")
JSONL = Format("jsonl", f"{_HERE}table:read_jsonl")
CSV = Format("csv", f"{_HERE}table:read_csv")
XML = Format("xml", f"{_HERE}xml:read")

#: suffix, in lower case -> its format; files with these suffixes are sources when found in a folder
FORMATS: Mapping[str, Format] = {
    ".txt": TEXT,
    ".text": TEXT,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".mhtml": MHTML,
    ".mht": MHTML,
    ".pdf": PDF,
    ".docx": DOCX,
    ".pptx": PPTX,
    ".xlsx": XLSX,
    ".odt": ODT,
    ".epub": EPUB,
    ".rtf": RTF,
    ".eml": EML,
    ".mbox": MBOX,
    ".msg": MSG,
    ".warc": WARC,
    ".warc.gz": WARC,
    ".arc": WARC,
    ".arc.gz": WARC,
    ".jsonl": JSONL,
    ".csv": CSV,
    ".tsv": CSV,
    ".xml": XML,
    ".rss": XML,
    ".atom": XML,
}
#: formats of which it is known why they are set aside, and what to do
UNREAD: Mapping[str, str] = {
    ".doc": "it is a Word file of before 2007; save it as DOCX",
    ".xls": "it is an Excel file of before 2007; save it as XLSX",
    ".ppt": "it is a PowerPoint file of before 2007; save it as PPTX",
    ".zip": "it is a ZIP archive; unpack it first",
    ".gz": "it is a gzip archive; unpack it first",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIL = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{1,40}:[ \t][^\r\n]{0,2000}(?:\r?\n[ \t][^\r\n]{0,2000}){0,40}\r?\n){3}")
_MAIL_FIELDS = re.compile(rb"(?im)^(?:from|date|subject|message-id|received|mime-version|return-path):")
_PAGE = re.compile(
    rb"(?i)^(?:\xef\xbb\xbf)?\s{0,200}(?:<!--.{0,500}?-->\s{0,200})?<(?:!doctype\s+html|html|head|body)\b", re.DOTALL
)


def suffix_of(name: str) -> str:
    """The suffix of a file's name in lower case: both of "pages.warc.gz", else the last; empty where it has none."""
    lower = name.rpartition("/")[2].lower()
    return next(
        (x for x in (".warc.gz", ".arc.gz") if lower.endswith(x)), lower[lower.rfind(".") :] if "." in lower else ""
    )


def format_of(name: str, data: bytes) -> Format:
    """The format of a file: told by its first bytes where these are unmistakable, else by its name, else plain text.

    Raises NotTextError for a format that is known and not read.
    """
    suffix = suffix_of(name)
    by_name = FORMATS.get(suffix) or plugged().get(suffix)
    found = _by_bytes(data, suffix, by_name)
    if found is not None:
        return found
    if suffix in UNREAD:
        raise NotTextError(UNREAD[suffix])
    if by_name is None and (_MAIL.match(data) and len(_MAIL_FIELDS.findall(data[:20_000])) >= 3):
        return EML
    if by_name is None and _PAGE.match(data):
        return HTML
    return by_name or TEXT


def _by_bytes(data: bytes, suffix: str, by_name: Format | None) -> Format | None:
    if data.startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"{\\rtf"):
        return RTF
    if data.startswith(b"WARC/"):
        return WARC
    if data.startswith(_OLE):
        if suffix == ".msg" or "__substg1.0_".encode("utf-16-le") in data:
            return MSG
        raise NotTextError(
            UNREAD.get(suffix, "it is an Office file of before 2007 (or an encrypted one); save it anew")
        )
    if data.startswith(b"PK\x03\x04") and by_name not in (DOCX, PPTX, XLSX, ODT, EPUB):
        head = data[:4_096]
        for sign, kind in ((b"epub+zip", EPUB), (b"opendocument.text", ODT)):
            if sign in head[:200]:
                return kind
        for sign, kind in ((b"word/", DOCX), (b"ppt/", PPTX), (b"xl/", XLSX)):
            if sign in data[:65_536] or sign in data[-65_536:]:
                return kind
    return None


@cache
def plugged() -> Mapping[str, Format]:
    """The formats that other packages bring, by suffix; those of this package go before them."""
    from importlib.metadata import entry_points

    return {
        f".{point.name.lower()}": Format(point.name, point.value)
        for point in entry_points(group=GROUP)
        if f".{point.name.lower()}" not in FORMATS
    }


def is_source(name: str) -> bool:
    """Whether a file of this name counts when it is found in a folder: it is read, or set aside with a reason."""
    suffix = suffix_of(name)
    return suffix in FORMATS or suffix in UNREAD or suffix in plugged()


def is_table(name: str) -> bool:
    """Whether a file of this name is a table of articles, read by the names of its columns."""
    return FORMATS.get(suffix_of(name)) in (JSONL, CSV)


def read_attached(name: str, data: bytes) -> Iterator[Reading]:
    """The documents of an attachment; nothing where its format is not read, or is a mail or an archive itself."""
    try:
        kind = format_of(name, data)
        if kind in (EML, MBOX, MHTML, MSG, WARC, JSONL, CSV) or (kind is TEXT and suffix_of(name) not in FORMATS):
            return
        found: Iterable[Reading] = list(kind.load()(data))
    except (UnreadableError, NotTextError):
        return
    yield from found
