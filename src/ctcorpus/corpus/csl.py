"""CSL-JSON, as Zotero and other reference managers write it: what a library's records state about sources.

A record is about the documents that its attachments name (by path, or by a file name that only one document has),
or that have its address or its citation key.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ctcorpus.corpus.statements import Block, Statements
from ctcorpus.errors import PlainFileError
from ctcorpus.model.edtf import days


def read_csl(path: Path, corpus: Path, *, by: str, at: str) -> Statements:
    """What the records of a file state. corpus: attachments inside it are matched by their path.

    Raises PlainFileError where it is no CSL-JSON.
    """
    try:
        found = json.loads(path.read_bytes().decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise PlainFileError(path, error.lineno, error.msg) from error
    except (ValueError, RecursionError) as error:
        raise PlainFileError(path, None, f"it is no JSON: {error}") from error
    items = found.get("items") if isinstance(found, dict) else found
    if not isinstance(items, list) or not all(isinstance(x, dict) for x in items):
        raise PlainFileError(path, None, "it is no CSL-JSON: a list of records is expected")
    blocks = [block for item in items if (block := _block(item, corpus, by, at)).match and block.values]
    return Statements(path.name, blocks)


def _block(item: Mapping[str, Any], corpus: Path, by: str, at: str) -> Block:
    title, url, issued = item.get("title"), item.get("URL") or item.get("url"), _issued(item)
    values = {"title": title, "url": url, "published": issued}
    stated = {name: " ".join(x.split()) for name, x in values.items() if isinstance(x, str) and x.strip()}
    if not stated.get("url", "http://").startswith(("http://", "https://")):
        del stated["url"]
    match = (*_attachments(item, corpus), *(stated[x] for x in ("url",) if x in stated), *_keys(item))
    return Block(tuple(dict.fromkeys(match)), stated, by, at, unique=True)


def _keys(item: Mapping[str, Any]) -> Iterator[str]:
    for name in ("citation-key", "citationKey"):
        if isinstance(key := item.get(name), str) and key:
            yield key


def _attachments(item: Mapping[str, Any], corpus: Path) -> Iterator[str]:
    """The paths of what is attached, in the corpus folder's terms, and the file names."""
    listed = item.get("attachments")
    rows = listed if isinstance(listed, list) else []
    paths = [x.get(name) for x in rows if isinstance(x, dict) for name in ("path", "localPath", "filename")]
    for path in (*paths, item.get("file")):
        if not isinstance(path, str) or not path.strip():
            continue
        plain = path.removeprefix("attachments:").removeprefix("storage:").replace("\\", "/")
        place = Path(plain)
        if place.is_absolute() and place.is_relative_to(corpus.absolute()):
            yield str(place.relative_to(corpus.absolute()))
        else:
            yield plain
        yield plain.rpartition("/")[2]


def _issued(item: Mapping[str, Any]) -> str | None:
    """The date of issue as EDTF, as far as it is stated; None where it is none."""
    issued = item.get("issued") or item.get("date")
    if isinstance(issued, dict):
        parts = issued.get("date-parts")
        if isinstance(parts, list) and parts:
            spans = ["-".join(_padded(part)) for part in parts[:2] if isinstance(part, list)]
            issued = "/".join(x for x in spans if x)
        else:
            issued = issued.get("raw") or issued.get("literal")
    found = issued.strip()[:33] if isinstance(issued, str) else ""
    return found if found and days(found) is not None else None


def _padded(parts: list[Any]) -> Iterator[str]:
    for width, part in zip((4, 2, 2), parts, strict=False):
        if not str(part).isdecimal():
            return
        yield str(part).zfill(width)
