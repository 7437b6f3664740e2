"""Word documents: the paragraphs' words, quoted paragraphs by their style, and footnotes. Nothing is unpacked to disk.

A .docx is a ZIP of XML files. Only the parts that hold text are read, each within a bound; a document type
declaration, with which XML can be made to grow without end, is refused. Offsets count in the extracted text, a
paragraph a line.

Source: ECMA-376, Office Open XML, part 1, WordprocessingML.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.parsers import expat

from ctcorpus.citing.checking.draft import Draft
from ctcorpus.citing.checking.drafts.markdown import read_plain
from ctcorpus.errors import SourceError

PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
MOST_MEMBERS = 5_000
#: bytes of one part when unpacked
MOST_PART = 64 * 1024 * 1024
#: a part that shrinks more than this is made to burst
MOST_RATIO = 200
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main "
_QUOTE_STYLE = re.compile(r"quote|quotation|blocktext|citation|zitat", re.IGNORECASE)


@dataclass(slots=True)
class _Paragraphs:
    """What the parser gathers: finished paragraphs, and the one that it is in."""

    lines: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    quoted: bool = False
    inside: bool = False  # in a run's text


def read_docx(name: str, data: bytes) -> Draft:
    """The draft of a .docx. Raises SourceError where it is broken, encrypted or made to burst."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [_member(name, archive, part) for part in PARTS]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise SourceError(name, f"it is no whole .docx: {error}") from error
    if parts[0] is None:
        raise SourceError(name, "it is no .docx: it has no word/document.xml")
    lines = [line for part in parts if part is not None for line in _paragraphs(name, part)]
    # lines of quoted paragraphs begin with ">", as plain text has them; the marks are taken out again by its reader
    return read_plain(name, "\n\n".join(lines).encode("utf-8"))


def _member(name: str, archive: zipfile.ZipFile, part: str) -> bytes | None:
    if len(archive.infolist()) > MOST_MEMBERS:
        raise SourceError(name, f"it holds {len(archive.infolist()):,} files; at most {MOST_MEMBERS:,} are looked at")
    try:
        info = archive.getinfo(part)
    except KeyError:
        return None
    too_large = info.file_size > MOST_PART
    bursts = info.file_size > 1_000_000 and info.file_size > MOST_RATIO * max(1, info.compress_size)
    if too_large or bursts:
        raise SourceError(name, f"its {part} would unpack to {info.file_size:,} bytes, which no written text needs")
    with archive.open(info) as stream:
        content = stream.read(MOST_PART + 1)
    if len(content) > MOST_PART:
        raise SourceError(name, f"its {part} unpacks to more than {MOST_PART:,} bytes")
    return content


def _paragraphs(name: str, content: bytes) -> list[str]:
    """The paragraphs of one part; those in a style for quotations begin with "> "."""
    gathered = _Paragraphs()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def declared(*_: object) -> None:
        raise SourceError(name, "it declares a document type, which no word processor writes")

    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = lambda tag, attributes: _start(gathered, _local(tag), attributes)
    parser.EndElementHandler = lambda tag: _end(gathered, _local(tag))
    parser.CharacterDataHandler = lambda words: gathered.text.append(words) if gathered.inside else None
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise SourceError(name, f"its text is broken: {error}") from error
    return gathered.lines


def _local(tag: str) -> str:
    """The name of an element of the word processor's namespace, "" for any other."""
    for space in (_WORD, _STRICT):
        if tag.startswith(space):
            return tag[len(space) :]
    return ""


def _start(gathered: _Paragraphs, tag: str, attributes: dict[str, str]) -> None:
    if tag == "p":
        gathered.text, gathered.quoted = [], False
    elif tag == "t":
        gathered.inside = True
    elif tag == "pStyle":
        style = attributes.get(_WORD + "val") or attributes.get(_STRICT + "val") or ""
        gathered.quoted = _QUOTE_STYLE.search(style) is not None
    elif tag in ("tab", "br", "cr"):
        gathered.text.append(" ")
    elif tag == "noBreakHyphen":
        gathered.text.append("-")


def _end(gathered: _Paragraphs, tag: str) -> None:
    if tag == "t":
        gathered.inside = False
    elif tag == "p":
        words = "".join(gathered.text).replace("\n", " ").replace("\r", " ").strip()
        if words:
            gathered.lines.append(("> " if gathered.quoted else "") + words)
        gathered.text = []
