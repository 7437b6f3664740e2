"""What rests on a document or a span: the registered drafts and exports, and how their spans stand now."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, Literal

from ctcorpus.citing.registry import registered
from ctcorpus.errors import UnknownIdError
from ctcorpus.model.entry import Entry
from ctcorpus.model.export import Affected, Impact, Registered
from ctcorpus.model.span import Span
from ctcorpus.query.selector import resolve, select
from ctcorpus.store import Store

_SPAN = re.compile(r"([0-9a-f]{32}):(\d{1,12})-(\d{1,12})")


def impact(store: Store, entry: Entry, span: Span | None = None) -> Impact:
    """The registered files that rest on any version of a document, or on a span that touches this one.

    A span of a text that was superseded says where the same words, between the same words, stand in the newest
    version; it is never moved to words that merely look alike.
    """
    every = registered(store.path)
    newest = _newest(store, entry)
    rows = []
    for row in every:
        spans = [x for x in row.spans if _rests(row, x, entry, span)]
        if spans:
            stand = tuple(_standing(store, x, newest) for x in spans)
            changed = any(x["status"] != "current" for x in stand)
            rows.append(Affected(row.kind, row.path, row.at, changed, _file(row), stand))
    shown = entry.id if span is None else f"{entry.id}:{span.start}-{span.end}"
    return Impact(shown, entry.citekey, entry.superseded_by, len(every), tuple(rows))


def impact_of_gone(store: Store, id: str) -> Impact:
    """The registered files that rest on a document that is no longer in the store, by its id or the first 6 digits
    or more of it; UnknownIdError where none does."""
    wanted = id.partition(":")[0].lower()
    every = registered(store.path)
    rows = []
    for row in every if re.fullmatch(r"[0-9a-f]{6,32}", wanted) else ():
        gone = [x for x in row.spans if x.startswith(wanted)]
        if gone:
            stand: tuple[dict[str, Any], ...] = tuple({"id": x, "status": "source_gone", "now": None} for x in gone)
            rows.append(Affected(row.kind, row.path, row.at, True, _file(row), stand))
    if not rows:
        raise UnknownIdError(id)
    return Impact(id, None, None, len(every), tuple(rows))


def touched(store: Store, documents: Collection[str]) -> Iterator[tuple[Registered, int]]:
    """The registered files that rest on these documents (full ids), each with the number of its spans that do."""
    for row in registered(store.path):
        count = sum(x.partition(":")[0] in documents for x in row.spans)
        if count:
            yield row, count


def _rests(row: Registered, id: str, entry: Entry, span: Span | None) -> bool:
    document = id.partition(":")[0]
    if span is None:
        return document == entry.id or row.works.get(document) == entry.work
    found = _SPAN.fullmatch(id)
    return document == entry.id and found is not None and Span(int(found[2]), int(found[3])).overlaps(span)


def _newest(store: Store, entry: Entry) -> Entry:
    """The version that is searched now."""
    seen = {entry.id}
    while entry.superseded_by and entry.superseded_by not in seen:
        seen.add(entry.superseded_by)
        found = store.entries_of([entry.superseded_by])
        if entry.superseded_by not in found:
            return entry
        entry = found[entry.superseded_by]
    return entry


def _standing(store: Store, id: str, newest: Entry) -> dict[str, Any]:
    """How one span stands: ``current``, ``superseded`` (``now``: where its words are), ``source_gone``."""
    found = _SPAN.fullmatch(id)
    document = id.partition(":")[0]
    entry = store.entries_of([document]).get(document)
    if entry is None or found is None:
        return {"id": id, "status": "source_gone", "now": None}
    if entry.superseded_by is None:
        return {"id": id, "status": "current", "now": id}
    selector = select(store.text(document), Span(int(found[2]), int(found[3])))
    there = resolve(store.text(newest.id), selector) if newest.id != document else None
    return {"id": id, "status": "superseded", "now": f"{newest.id}:{there.start}-{there.end}" if there else None}


def _file(row: Registered) -> Literal["as_registered", "edited", "missing"]:
    try:
        same = hashlib.sha256(Path(row.path).read_bytes()).hexdigest() == row.sha256
    except OSError:
        return "missing"
    return "as_registered" if same else "edited"
