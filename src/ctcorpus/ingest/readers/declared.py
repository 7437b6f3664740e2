"""The encoding that a page or an XML file declares -> its text."""

from __future__ import annotations

import re

from ctcorpus.ingest.decode import MARKS, decode
from ctcorpus.ingest.decoded import Decoded

#: a declaration stands within so many bytes
HEAD = 4_096
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,30})""")
_ESCAPES = re.compile(rb"\x1b\$[@B]|\x1b\([BIJ]")
#: what pages mean by a name, where it is not what Python means by it (WHATWG Encoding, labels)
MEANT = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "x-mac-cyrillic": "mac_cyrillic",
    "macintosh": "mac_roman",
    "windows-949": "cp949",
    "iso-8859-8-i": "iso8859_8",
}
#: a declaration is believed where at most this share of the characters cannot be decoded by it
MOST_LOST = 0.001


def decode_declared(data: bytes, declared: str | None = None) -> Decoded:
    """The text of a page: by byte-order mark, UTF-8, the declared encoding, then the rule for plain text.

    declared: what an envelope (a mail, an archive of pages) says; it goes before what the page says of itself.
    The basis is "declared" where a declaration decided. Raises NotTextError.
    """
    if any(data.startswith(mark) for mark, _ in MARKS):
        return decode(data)
    name = declared or _in_head(data)
    if name is None and _ESCAPES.search(data[:HEAD]):
        name = "iso2022_jp_ext"
    if name is not None and (found := _by_name(data, name)) is not None:
        return found
    return decode(data)


def _in_head(data: bytes) -> str | None:
    found = _DECLARED.search(data[:HEAD])
    return found[1].decode("ascii") if found else None


def _by_name(data: bytes, name: str) -> Decoded | None:
    """The text as the declaration says; None where it is unknown, cannot be true, or the text is UTF-8 all the same."""
    stateful = name.lower().startswith(("iso-2022", "iso2022", "hz"))
    if not stateful:
        try:
            return Decoded(data.decode("utf-8"), "utf-8", "utf-8")
        except UnicodeDecodeError:
            pass
    codec = MEANT.get(name.lower(), name)
    if codec.lower().replace("_", "-") in ("utf-8", "utf8", "utf-16", "utf-7", "idna", "punycode"):
        codec = "utf-8"
    try:
        text = data.decode(codec, "replace")
    except (LookupError, ValueError):
        return None
    lost = text.count("\ufffd")
    if lost > max(2, MOST_LOST * len(text)):
        return None
    warnings = (f"{lost} characters cannot be decoded as {codec}, which the source declares",) if lost else ()
    return Decoded(text, codec, "declared", warnings)
