"""How values stand in a row: packed, and sealed with a checksum that is checked before they are used.

A seal covers what the row says and whose it is, so that neither a flipped bit nor a page of another row passes. It
is taken before packing: what zlib makes of the same bytes differs between machines.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ctcorpus.errors import StoreDamagedError
from ctcorpus.model.document import Document, Passage
from ctcorpus.model.entry import Entry, FileState

if TYPE_CHECKING:
    from ctcorpus.model.facts import Facts

#: of a passage's row, in the order of its seal; the text's bytes follow
PASSAGE = 'start, "end", heading, paragraph, line, last_line, page, last_page, byte, bytes'
#: of a file's row, in the order of its seal
FILE = "path, size, mtime_ns, ctime_ns, inode, sha256, document"

#: below this many bytes compressing takes longer than writing
_SMALL = 2048

# ASCII only: what is sealed must not depend on a Python version's tables; whatever damage made of a value is sealed too
_SEALED = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), default=repr)
_STORED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def seal(*values: object, content: bytes = b"") -> bytes:
    """16 bytes that change when any of the values (strings, whole numbers, None) or the content does."""
    digest = hashlib.blake2b(_SEALED.encode(values).encode("ascii"), digest_size=16)
    digest.update(content)
    return digest.digest()


def check(store: Path, block: str, found: object, *values: object, content: object = b"") -> None:
    """Raises StoreDamagedError naming the block unless ``found`` is the seal of the rest."""
    if not isinstance(content, bytes) or found != seal(*values, content=content):
        raise StoreDamagedError(store, f"{block}: its checksum does not match")


def packed(data: bytes, level: int) -> bytes:
    """The data compressed: level 1 for what is read often, 6 for what is kept; small data only marked as plain."""
    return b"\0" + data if len(data) < _SMALL else b"\1" + zlib.compress(data, level)


def unpacked(store: Path, block: str, data: object) -> bytes:
    """The inverse of ``packed``; StoreDamagedError when it cannot be undone."""
    if not isinstance(data, bytes):
        raise StoreDamagedError(store, f"{block}: it is no bytes")
    if data[:1] == b"\0":
        return data[1:]
    try:
        return zlib.decompress(data[1:])
    except zlib.error as error:
        raise StoreDamagedError(store, f"{block}: {error}") from error


def structure_bytes(document: Document) -> bytes:
    """The document without its text and its paths, as JSON; of its passages, how many there are.

    Where a file lies is the entry's affair: moved or doubled, it is the same document.
    """
    data = document.to_dict()
    del data["text"]
    data["provenance"]["path"] = ""
    data["passages"] = len(document.passages)
    return _STORED.encode(data).encode("utf-8")


def structure_from(data: bytes) -> tuple[dict[str, Any], int]:
    """What ``structure_bytes`` wrote, and how many passages there are."""
    structure = cast("dict[str, Any]", json.loads(data))
    return structure, int(structure.pop("passages"))


def facts_bytes(facts: Facts) -> bytes:
    """The facts as JSON."""
    return _STORED.encode(facts.to_dict()).encode("utf-8")


def facts_from(data: bytes, kinds: Sequence[str] = (), spans: Sequence[tuple[int, int]] | None = None) -> Facts:
    """What ``facts_bytes`` wrote; of some kinds and of what lies in one of some spans only, where they are named."""
    found = {kind: facts_list(data, kind)[1] for kind in kinds} if kinds else cast("dict[str, Any]", json.loads(data))
    return facts_among(found, spans)


def facts_among(found: Mapping[str, Any], spans: Sequence[tuple[int, int]] | None) -> Facts:
    """The facts of decoded bytes that lie in one of some spans, or all of them."""
    from ctcorpus.model.facts import Facts  # a search need not know of them

    if spans is None:
        return Facts.from_dict(found)
    starts = [start for start, _ in spans]
    chosen = dict(found)
    for kind, those in found.items():
        if isinstance(those, list):
            chosen[kind] = [x for x in those if _lies(x, starts, spans, reaching=kind == "quotations")]
    return Facts.from_dict(chosen)


def facts_list(data: bytes, kind: str) -> tuple[int, list[dict[str, Any]]]:
    """Where the first fact of one kind stands in these bytes, and all of them as they were written.

    No string holds a quotation mark after a comma, unescaped.
    """
    begin = data.find(f',"{kind}":['.encode())
    if begin < 0:
        return 0, []
    at = begin + len(kind) + 4
    ends = (x for x in (data.find(b'],"' + key + b'":[', at) for key in _KINDS) if x >= 0)
    return at + 1, json.loads(data[at : min(ends, default=len(data) - 2) + 1])


def fact_bytes(fact: Mapping[str, Any]) -> bytes:
    """One fact as it stands among the others."""
    return _STORED.encode(fact).encode("utf-8")


#: the lists of ``Facts``, in the order in which they are written; no record in them holds a list of such a name
_KINDS = (b"mentions", b"figures", b"dates", b"quotations")


def _lies(fact: Mapping[str, Any], starts: Sequence[int], spans: Sequence[tuple[int, int]], *, reaching: bool) -> bool:
    """Whether a fact lies in one of the spans, which are in order; reaching: or overlaps one."""
    at = bisect_right(starts, fact["start"]) - 1
    if at >= 0 and (fact["start"] < spans[at][1] if reaching else fact["end"] <= spans[at][1]):
        return True
    return reaching and at + 1 < len(spans) and spans[at + 1][0] < fact["end"]


def entry_text(entry: Entry) -> str:
    """The entry as JSON."""
    return _STORED.encode(entry.to_dict())


def entry_from(text: str) -> Entry:
    """What ``entry_text`` wrote."""
    return Entry.from_dict(cast("Mapping[str, Any]", json.loads(text)))


def file_values(state: FileState) -> tuple[object, ...]:
    """The columns ``FILE``; an inode may need 64 bits without a sign, which SQLite has not, so it stands as text."""
    return (state.path, state.size, state.mtime_ns, state.ctime_ns, str(state.inode), state.sha256, state.document)


def file_from(values: Sequence[Any]) -> FileState:
    """The inverse of ``file_values``."""
    path, size, mtime_ns, ctime_ns, inode, sha256, document = values
    return FileState(path, size, mtime_ns, ctime_ns, int(inode), sha256, document)


def passage_values(passage: Passage, byte: int, length: int) -> tuple[object, ...]:
    """The columns ``PASSAGE``; byte, length: where its words stand in the text's UTF-8."""
    pages = passage.pages or (None, None)
    where = (passage.start, passage.end, passage.heading, passage.paragraph)
    return (*where, *passage.lines, *pages, byte, length)


def passage_from(document: str, values: Sequence[Any]) -> Passage:
    """The inverse of ``passage_values``."""
    start, end, heading, paragraph, line, last_line, page, last_page = values[:8]
    pages = None if page is None else (page, last_page)
    return Passage(document, start, end, heading, paragraph, (line, last_line), pages)
