"""Items of the report: where they stand in the draft, what the store holds, and a reference for people."""

from __future__ import annotations

from dataclasses import replace

from ctcorpus.citing.checking.claims import Claims
from ctcorpus.citing.checking.locate import Library
from ctcorpus.model.check import CheckItem, DraftPlace, ItemKind, Verdict
from ctcorpus.model.document import Document
from ctcorpus.model.span import Span
from ctcorpus.query.reference import reference

#: characters of a draft that an item repeats
MOST_SHOWN = 2_000


def draft_place(claims: Claims, span: Span) -> DraftPlace:
    """Where a stretch of the plain text stands in the draft's file."""
    place = claims.draft.place(span)
    words = place.of(claims.draft.text)
    return DraftPlace(place.start, place.end, claims.body.line(place.start), words[:MOST_SHOWN], claims.draft.name)


def item(claims: Claims, kind: ItemKind, span: Span, verdict: Verdict, note: str | None = None) -> CheckItem:
    """An item without a place in the store."""
    return CheckItem(kind, draft_place(claims, span), verdict, note=note)


def located(found: CheckItem, library: Library, document: Document, span: Span) -> CheckItem:
    """The item with its place in the store, the words there, and their reference."""
    return replace(
        found,
        document=document.id,
        start=span.start,
        end=span.end,
        source=span.of(document.text),
        reference=reference(library.entry(document.id), library.place(document, span)),
    )
