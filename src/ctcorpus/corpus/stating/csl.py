"""CSL-JSON, as Zotero and other reference managers write it: what a library's records state about sources.

A record is about the documents that its attachments name (by path, or by a file name that only one document has),
or that have its address or its citation key. What it says that cannot be taken is told, never guessed at: "04/08/2025"
may be either of two days.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from ctcorpus.corpus.stating.statements import Block, Statements
from ctcorpus.errors import PlainFileError
from ctcorpus.ingest.dates import printed_dates
from ctcorpus.ingest.readers.iso_dates import edtf
from ctcorpus.model.edtf import days
from ctcorpus.model.span import Span

#: a moment as programs write it
_STAMP = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?")
#: what Zotero's rich text leaves in a title
_TAG = re.compile(r"</?(?:i|b|em|strong|sub|sup|sc|span)(?:\s[^<>]{0,200})?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[0-9a-fA-F]{1,5});")


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
    blocks = (_block(item, corpus, number, by, at) for number, item in enumerate(items, start=1))
    return Statements(path.name, [x for x in blocks if x.values or x.left])


def _block(item: Mapping[str, Any], corpus: Path, number: int, by: str, at: str) -> Block:
    title, url = item.get("title"), item.get("URL") or item.get("url")
    published, retrieved = _date(item.get("issued") or item.get("date")), _date(item.get("accessed"))
    values = {"title": title, "url": url, "published": published.value, "retrieved": retrieved.value}
    stated = {name: " ".join(_plain(x).split()) for name, x in values.items() if isinstance(x, str) and x.strip()}
    left = [x.problem for x in (published, retrieved) if x.problem]
    if not stated.get("url", "http://").startswith(("http://", "https://")):
        left.append(f"'{stated.pop('url')}' is no address of a page")
    match = (*_attachments(item, corpus), *(stated[x] for x in ("url",) if x in stated), *_keys(item))
    name = stated.get("title") or next(iter(match), f"record {number}")
    return Block(tuple(dict.fromkeys(match)), stated, by, at, unique=True, name=name, left=tuple(left))


def _plain(text: str) -> str:
    """A text without the markup that reference managers keep in titles."""
    return _ENTITY.sub(lambda found: unescape(found[0]), _TAG.sub("", text))


def _keys(item: Mapping[str, Any]) -> Iterator[str]:
    """Citation keys; the record's id may be one, as it is in what this tool exports."""
    for name in ("citation-key", "citationKey", "id"):
        if isinstance(key := item.get(name), str) and key and "/" not in key:
            yield key


def _attachments(item: Mapping[str, Any], corpus: Path) -> Iterator[str]:
    """The paths of what is attached, in the corpus folder's terms, and the file names."""
    listed = item.get("attachments")
    rows = listed if isinstance(listed, list) else []
    paths = [x.get(name) for x in rows if isinstance(x, dict) for name in ("path", "localPath", "filename")]
    files = item.get("file")
    for path in (*paths, *(files.split(";") if isinstance(files, str) else ())):
        if not isinstance(path, str) or not path.strip():
            continue
        plain = path.removeprefix("attachments:").removeprefix("storage:").replace("\\", "/")
        place = Path(plain)
        if place.is_absolute() and place.is_relative_to(corpus.absolute()):
            yield str(place.relative_to(corpus.absolute()))
        else:
            yield plain
        yield plain.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class _Date:
    """A date as EDTF, as far as it is stated; or what is wrong with it."""

    value: str | None = None
    problem: str | None = None


def _date(given: Any) -> _Date:
    """The date that a record states: in parts, or as somebody wrote it."""
    circa = isinstance(given, dict) and bool(given.get("circa"))
    if isinstance(given, dict):
        parts = given.get("date-parts")
        if isinstance(parts, list) and parts:
            spans = ["-".join(_padded(part)) for part in parts[:2] if isinstance(part, list)]
            given = "/".join(x for x in spans if x)
        else:
            given = given.get("raw") or given.get("literal")
    words = given.strip() if isinstance(given, str) else ""
    if not words:
        return _Date()
    value = words if days(words) is not None else edtf(words) if _STAMP.fullmatch(words) else _printed(words)
    if value is None:
        return _Date(problem=f"'{words[:60]}' is no date that can be read in one way; write 2025-04-08")
    return _Date(value + "~" if circa and "/" not in value else value)


def _printed(words: str) -> str | None:
    """A date in words, "8 April 2025", if it is the whole of them."""
    found = list(printed_dates(words, 0, len(words)))
    return found[0].value if len(found) == 1 and found[0].span == Span(0, len(words)) else None


def _padded(parts: list[Any]) -> Iterator[str]:
    for width, part in zip((4, 2, 2), parts, strict=False):
        if not str(part).isdecimal():
            return
        yield str(part).zfill(width)
