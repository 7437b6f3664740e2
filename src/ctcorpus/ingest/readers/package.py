"""ZIP packages (DOCX, ODT, EPUB ...): their parts within limits, and their XML without entities."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from ctcorpus.ingest.readers.deep_xml import DeepXMLError, is_too_deep, parse_deep
from ctcorpus.ingest.readers.reading import UnreadableError

MOST_PARTS = 2_000
#: bytes of all parts together, and of one part, unpacked
MOST_TOTAL, MOST_PART = 500_000_000, 200_000_000
#: a part larger than this is not unpacked where it packs better than so many to one
LEAST_RATIO_SIZE, MOST_RATIO = 1_000_000, 200
#: what zipfile raises on a part that is damaged
_UNPACKING = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    struct.error,
)


class Relation(NamedTuple):
    """A part refers to another. kind: the last word of the relation's type: "notesSlide", "chart" ..."""

    id: str
    kind: str
    part: str


class Package:
    """The parts of a package by name. Raises UnreadableError where it is broken, encrypted or a bomb."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
            raise UnreadableError(f"its ZIP archive is damaged: {error}") from error
        self._parts = {info.filename: info for info in self._zip.infolist()}
        self._check(len(data))

    @property
    def names(self) -> list[str]:
        """The names of the parts, as in the package."""
        return list(self._parts)

    def part(self, name: str) -> bytes | None:
        """The bytes of a part; None where there is none of this name."""
        info = self._parts.get(name)
        if info is None:
            return None
        try:
            with self._zip.open(info) as file:
                return file.read(info.file_size + 1)
        except _UNPACKING as error:
            raise UnreadableError(f"its part '{name}' cannot be unpacked: {error}") from error

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML part; None where there is none of this name, or where it is empty."""
        data = self.part(name)
        return parse_xml(data, name) if data and data.strip() else None

    def related(self, part: str) -> list[Relation]:
        """What a part refers to inside the package, in the order that the package gives."""
        folder, _, name = part.rpartition("/")
        root = self.xml(f"{folder}/_rels/{name}.rels".lstrip("/"))
        found = []
        for element in root if root is not None else ():
            if local(element) == "Relationship" and element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, element.get("Target") or "")).lstrip("/")
                kind = (element.get("Type") or "").rpartition("/")[2]
                found.append(Relation(element.get("Id") or "", kind, target))
        return found

    def main(self, usual: str) -> str:
        """The name of an Office file's main part: what the package says where that part is there, else ``usual``."""
        named = (x.part for x in self.related("") if x.kind == "officeDocument")
        return next((x for x in named if x in self._parts), usual)

    def _check(self, size: int) -> None:
        infos = self._zip.infolist()
        if len(infos) > MOST_PARTS:
            raise UnreadableError(f"its archive has {len(infos):,} parts; at most {MOST_PARTS:,} are read")
        total = sum(info.file_size for info in infos)
        if total > MOST_TOTAL:
            raise UnreadableError(f"its archive unpacks to {total:,} bytes; at most {MOST_TOTAL:,} are read")
        end = 0
        for info in sorted(infos, key=lambda x: x.header_offset):
            name, ratio = info.filename, info.file_size / max(1, info.compress_size)
            if info.flag_bits & 1:
                raise UnreadableError(f"its part '{name}' is encrypted")
            if info.file_size > MOST_PART or (info.file_size > LEAST_RATIO_SIZE and ratio > MOST_RATIO):
                raise UnreadableError(f"its part '{name}' unpacks to {info.file_size:,} bytes, {ratio:.0f} to one")
            if info.header_offset < end or info.header_offset + info.compress_size > size:
                raise UnreadableError(f"its part '{name}' overlaps another: a bomb, or damage")
            end = info.header_offset + 30 + info.compress_size


def parse_xml(data: bytes, name: str) -> etree._Element:
    """The root of an XML text without document type: no entity is resolved, nothing is fetched.

    Raises UnreadableError where it is no XML or declares a document type.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if is_too_deep(error):
            return _deep(data, name)
        raise UnreadableError(f"'{name}' is no well-formed XML: {error}") from error
    except ValueError as error:
        raise UnreadableError(f"'{name}' is no well-formed XML: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError(f"'{name}' declares a document type, which such files have no use for")
    return root


def _deep(data: bytes, name: str) -> etree._Element:
    try:
        return parse_deep(data)
    except DeepXMLError as error:
        raise UnreadableError(f"'{name}': {error}") from error


def local(element: etree._Element) -> str:
    """The element's name without its namespace; empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: etree._Element, name: str) -> str:
    """The value of the attribute of this local name, in whatever namespace; empty where it has none."""
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def walk(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """("start" or "end", element) for every element, in document order; not recursive."""
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if isinstance(element.tag, str):
            yield str(event), element


def dublin_core(root: etree._Element | None) -> dict[str, list[str]]:
    """The values of Dublin Core and like elements by local name, in order."""
    found: dict[str, list[str]] = {}
    for element in root.iter() if root is not None else ():
        words = (element.text or "").strip()
        if words and isinstance(element.tag, str):
            found.setdefault(local(element).lower(), []).append(words[:2_000])
    return found
