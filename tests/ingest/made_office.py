"""Presentations, workbooks and Outlook messages, made by hand for the tests with all that such a file may hold."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

from tests.ingest.made_files import package

A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
SECTOR, MINI = 512, 4_096


def relations(listed: Mapping[str, tuple[str, str]]) -> str:
    """The relations of a part. listed: id -> kind and target."""
    inner = "".join(
        f'<Relationship Id="{identity}" Type="{_KINDS}{kind}" Target="{target}"/>'
        for identity, (kind, target) in listed.items()
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def chart(title: str, *values: str) -> str:
    """A chart with this title and these values."""
    points = "".join(f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>' for at, value in enumerate(values))
    return (
        f"<c:chartSpace {C} {A}><c:title><a:p><a:r><a:t>{title}</a:t></a:r></a:p></c:title>"
        f"<c:ser><c:val><c:numRef><c:numCache>{points}</c:numCache></c:numRef></c:val></c:ser></c:chartSpace>"
    )


def shape(words: str, holder: str | None = None) -> str:
    """A shape of a slide with these words. holder: the kind of placeholder that it fills."""
    kept = f'<p:nvSpPr><p:nvPr><p:ph type="{holder}"/></p:nvPr></p:nvSpPr>' if holder else ""
    paragraph = f"<a:p><a:r><a:t>{words}</a:t></a:r></a:p>"
    return f"<p:sp>{kept}<p:txBody>{paragraph}</p:txBody></p:sp>"


def slide(inner: str, show: str = "") -> str:
    """A slide with these shapes."""
    return f"<p:sld {P} {A} {R}{show}><p:cSld><p:spTree>{inner}</p:spTree></p:cSld></p:sld>"


def pptx(parts: Mapping[str, str], order: Sequence[str]) -> bytes:
    """A presentation of these parts below ``ppt/``, its slides in this order."""
    listed = "".join(f'<p:sldId id="{256 + at}" r:id="s{at}"/>' for at in range(len(order)))
    return package(
        {
            "_rels/.rels": relations({"m": ("officeDocument", "ppt/presentation.xml")}),
            "ppt/presentation.xml": f"<p:presentation {P} {R}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>",
            "ppt/_rels/presentation.xml.rels": relations({f"s{at}": ("slide", x) for at, x in enumerate(order)}),
            **{f"ppt/{name}": body for name, body in parts.items()},
        }
    )


def xlsx(parts: Mapping[str, str], sheets: Sequence[tuple[str, str, str]]) -> bytes:
    """A workbook of these parts below ``xl/``. sheets: name, part and state of each."""
    listed = "".join(f'<sheet name="{name}" r:id="s{at}" state="{x}"/>' for at, (name, _, x) in enumerate(sheets))
    return package(
        {
            "_rels/.rels": relations({"m": ("officeDocument", "xl/workbook.xml")}),
            "xl/workbook.xml": f"<workbook {S} {R}><sheets>{listed}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": relations(
                {f"s{at}": ("worksheet", part) for at, (_, part, _) in enumerate(sheets)}
            ),
            **{f"xl/{name}": body for name, body in parts.items()},
        }
    )


def msg(properties: Mapping[str, bytes], attached: Mapping[str, Mapping[str, bytes]] | None = None) -> bytes:
    """An Outlook message: the streams by number and type of the property ("0037001F"), also those of attachments."""
    entries: list[tuple[str, int, bytes, list[int]]] = [("Root Entry", 5, b"", [])]

    def add(name: str, kind: int, data: bytes, above: int) -> int:
        blank = " ".encode("utf-16-le") if name.endswith("001F") else b" "
        whole = data + blank * (max(0, MINI - len(data)) // len(blank)) if kind == 2 else b""
        entries.append((name, kind, whole, []))
        entries[above][3].append(len(entries) - 1)
        return len(entries) - 1

    for name, data in properties.items():
        add(f"__substg1.0_{name}", 2, data, 0)
    for at, inner in enumerate((attached or {}).values()):
        storage = add(f"__attach_version1.0_#{at:08X}", 1, b"", 0)
        for name, data in inner.items():
            add(f"__substg1.0_{name}", 2, data, storage)
    return _compound(entries)


def _compound(entries: Sequence[tuple[str, int, bytes, list[int]]]) -> bytes:
    """A compound file: header, one sector of allocation table at most, directory, streams; each stream is padded."""
    streams = [data.ljust(-(-len(data) // SECTOR) * SECTOR, b"\0") for _, _, data, _ in entries]
    folders = -(-len(entries) * 128 // SECTOR)
    table = [-3, *range(2, folders + 1), -2] if folders > 1 else [-3, -2]
    starts = []
    for data in streams:
        size = len(data) // SECTOR
        starts.append(len(table) if size else -2)
        table += [*range(len(table) + 1, len(table) + size), -2] if size else []
    assert len(table) <= SECTOR // 4
    directory = b"".join(_entry(entry, starts[at], len(entry[2]), entries) for at, entry in enumerate(entries)).ljust(
        folders * SECTOR, b"\0"
    )
    fat = struct.pack(f"<{len(table)}i", *table).ljust(SECTOR, b"\xff")
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIiIiI",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        1,
        1,
        0,
        MINI,
        -2,
        0,
        -2,
        0,
    )
    first = struct.pack("<109i", 0, *([-1] * 108))
    return header + first + fat + directory + b"".join(streams)


def _entry(
    entry: tuple[str, int, bytes, list[int]],
    start: int,
    size: int,
    entries: Sequence[tuple[str, int, bytes, list[int]]],
) -> bytes:
    """An entry of the directory; its children hang to the right of each other."""
    name, kind, _, children = entry
    me = entries.index(entry)
    brothers = next((x[3] for x in entries if me in x[3]), [])
    at = brothers.index(me) + 1 if brothers else 0
    right = brothers[at] if 0 < at < len(brothers) else -1
    wide = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBiii16s4xQQiQ",
        wide,
        len(wide),
        kind,
        1,
        -1,
        right,
        children[0] if children else -1,
        b"",
        0,
        0,
        start,
        size,
    )
