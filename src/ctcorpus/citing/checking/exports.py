"""The citations of an export, resolved again: by the very text they were taken from, never by a lookalike.

Rows with a citation record (as ``search --jsonl`` and the export in JSON Lines have it) and W3C annotations are
understood. The text's checksum and the source's give the document's id, so that a citation is found or not; where
another text has taken its place, that is said.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ctcorpus.citing.checking.items import located
from ctcorpus.citing.checking.locate import Library
from ctcorpus.errors import SourceError, UnknownIdError
from ctcorpus.model.check import CheckItem, DraftPlace, ExportStatus, Verdict
from ctcorpus.model.document import document_id
from ctcorpus.model.entry import Entry
from ctcorpus.model.span import Span

SUFFIXES = frozenset((".jsonl", ".ndjson", ".json", ".jsonld"))
#: the names that a target's state and source give to what a citation holds
_NAMES = {
    "sha256": "sha256",
    "text_sha256": "text_sha256",
    "textSha256": "text_sha256",
    "document": "document",
    "citekey": "citekey",
}
#: how deep an export's objects may lie in each other
MOST_DEEP = 12


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation as an export holds it. document: an id, where the row has one; sha256s: of bytes and of text."""

    quote: str
    start: int | None
    end: int | None
    sha256: str | None
    text_sha256: str | None
    document: str | None
    citekey: str | None


def is_export(path: Path) -> bool:
    """Whether a file of this name is an export of ours rather than a draft."""
    return path.suffix.lower() in SUFFIXES


def check_export(name: str, data: bytes, library: Library) -> Iterator[CheckItem]:
    """An item for each citation of an export, in order. Raises SourceError where it is no JSON or holds none."""
    found = 0
    for line, start, end, value in _objects(name, data):
        for cited in _citations(value, {}, MOST_DEEP):
            found += 1
            yield _item(DraftPlace(start, end, line, cited.quote, name), cited, library)
    if not found:
        raise SourceError(name, "it holds no citation: neither a citation record nor an annotation")


def _objects(name: str, data: bytes) -> Iterator[tuple[int, int, int, Any]]:
    """(line, start, end, value) of the file's objects: one a line, or the whole file."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(name, "it is not UTF-8, as JSON must be") from error
    if not text.strip():
        raise SourceError(name, "it is empty")
    try:
        yield 1, 0, len(text), json.loads(text)
        return
    except (ValueError, RecursionError):
        pass  # not one object: then one a line
    at = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                value = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise SourceError(name, f"line {number} is no JSON") from error
            yield number, at, at + len(line), value
        at += len(line) + 1


def _citations(value: Any, outer: Mapping[str, Any], depth: int) -> Iterator[Cited]:
    """The citations in a value, each with the names that objects around it give to its document."""
    if depth == 0:
        return
    if isinstance(value, list):
        for x in value:
            yield from _citations(x, outer, depth - 1)
    elif isinstance(value, dict):
        known = {**outer, **{k: v for k, v in value.items() if isinstance(v, (str, int))}}
        if isinstance(value.get("quote"), str) and "text_sha256" in known:
            yield _record(value["quote"], known)
            return
        if "selector" in value:
            quote, start, end = _selectors(value["selector"])
            if quote is not None:
                yield _record(quote, {**known, "start": start, "end": end, **_state(value)})
                return
        for x in value.values():
            yield from _citations(x, known, depth - 1)


def _record(quote: str, known: Mapping[str, Any]) -> Cited:
    def text(key: str) -> str | None:
        value = known.get(key)
        return value if isinstance(value, str) and value else None

    def number(key: str) -> int | None:
        value = known.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    return Cited(
        quote, number("start"), number("end"), text("sha256"), text("text_sha256"), text("document"), text("citekey")
    )


def _state(target: Mapping[str, Any]) -> dict[str, Any]:
    """The checksums that a target's state or source gives."""
    found: dict[str, Any] = {}
    for key in ("state", "source"):
        inner = target.get(key)
        for x in inner if isinstance(inner, list) else [inner]:
            if isinstance(x, dict):
                found |= {_NAMES[k]: v for k, v in x.items() if k in _NAMES}
    return found


def _selectors(value: Any) -> tuple[str | None, int | None, int | None]:
    """Quotation and position of a target's selectors; those that refine others are looked at too."""
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    waiting = [value]
    for _ in range(MOST_DEEP):
        if not waiting:
            break
        x = waiting.pop()
        if isinstance(x, list):
            waiting.extend(x)
        elif isinstance(x, dict):
            if isinstance(x.get("exact"), str):
                quote = x["exact"]
            if isinstance(x.get("start"), int) and isinstance(x.get("end"), int):
                start, end = x["start"], x["end"]
            waiting.append(x.get("refinedBy"))
    return quote, start, end


def _item(place: DraftPlace, cited: Cited, library: Library) -> CheckItem:
    entry = _entry(cited, library)
    if entry is None:
        named = library.find(cited.citekey) if cited.citekey else None
        note = "The text that this was taken from is not in the corpus."
        if named is not None:
            note += f" {named.citekey} stands for another text now; it was not searched for words alike."
        return _told(place, "not_found", "source_gone", note)
    document = library.document(entry.id)
    whole = cited.start is not None and cited.end is not None and 0 <= cited.start < cited.end <= len(document.text)
    if not whole or document.text[cited.start : cited.end] != cited.quote:
        return _told(place, "altered", "broken", "The text does not have these words at this place.", entry.id)
    assert cited.start is not None
    assert cited.end is not None
    verdict: Verdict = "verbatim"
    status: ExportStatus = "current"
    told: str | None = None
    if entry.superseded_by is not None:
        status = "superseded"
        newer = library.document(entry.superseded_by)
        stays = cited.quote in newer.text
        verdict = "verbatim" if stays else "unresolved"
        still = "has these very words too" if stays else "does not have these words"
        told = f"A newer version of {entry.citekey} is in the corpus; it {still}."
    made = CheckItem("quotation", place, verdict, status=status, note=told)
    return located(made, library, document, Span(cited.start, cited.end))


def _told(
    place: DraftPlace, verdict: Verdict, status: ExportStatus, note: str, document: str | None = None
) -> CheckItem:
    return CheckItem("quotation", place, verdict, status=status, document=document, note=note)


def _entry(cited: Cited, library: Library) -> Entry | None:
    """The row of the very text: by its checksums, else by an id whose text has the checksum."""
    ids = [cited.document] if cited.document else []
    if cited.sha256 and cited.text_sha256:
        ids.insert(0, document_id(cited.sha256, cited.text_sha256))
    for name in ids:
        try:
            entry = library.entry(name)
        except UnknownIdError:
            continue
        if cited.text_sha256 is None or entry.text_sha256 == cited.text_sha256:
            return entry
    return None
