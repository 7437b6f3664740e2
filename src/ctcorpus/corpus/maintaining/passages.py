"""A document and its facts -> what an index takes in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ctcorpus.index.base import IndexedPassage
from ctcorpus.model.document import Document
from ctcorpus.model.edtf import days
from ctcorpus.model.entry import Entry
from ctcorpus.model.facts import Facts
from ctcorpus.model.span import Span


def indexed_passages(document: Document, facts: Facts, entry: Entry) -> Iterator[IndexedPassage]:
    """The passages of a document as an index takes them, each with the facts that stand in it."""
    whole = {
        "author": document.metadata.authors,
        "site": tuple(x for x in (document.metadata.site, document.metadata.publisher) if x),
        "path": entry.paths,
        "kind": (entry.kind,),
        "country": (entry.country,) if entry.country else (),
        "lang": tuple(x for x in (document.metadata.language,) if x),
        "citekey": (entry.citekey,),
        "id": (document.id,),
    }
    stated = {"published": _days([entry.published]), "asof": _days([document.metadata.as_of])}
    for passage in document.passages:
        span = passage.span
        quoted = [x for x in facts.quotations if span.overlaps(Span(x.start, x.end))]
        figures = [x for x in facts.figures if span.contains(x.number)]
        mentions = [x for x in facts.mentions if span.contains(Span(x.start, x.end))]
        events = [x.value for x in facts.dates if x.basis != "published" and span.contains(Span(x.start, x.end))]
        speakers = [x.speaker for x in quoted] + [x.attribution.speaker for x in figures if x.attribution]
        yield IndexedPassage(
            id=passage.id,
            document=document.id,
            body=span.of(document.text),
            title=entry.title or "",
            heading=passage.heading or "",
            said=tuple(document.text[max(span.start, x.start) : min(span.end, x.end)] for x in quoted),
            fields=whole
            | {
                "speaker": _distinct(speakers),
                "concept": _distinct(x.concept for x in mentions),
                "label": _distinct(document.text[x.start : x.end] for x in mentions),
            },
            dates=stated | {"event": _days(events), "period": _days(x.period for x in figures)},
            numbers=tuple(_bounds(x.value, x.low, x.high) for x in figures if _has_number(x.value, x.low, x.high)),
        )


def _days(values: Iterable[str | None]) -> tuple[tuple[str, str], ...]:
    return tuple(found for value in values if value is not None and (found := days(value)) is not None)


def _has_number(value: float | None, low: float | None, high: float | None) -> bool:
    return value is not None or (low is not None and high is not None)


def _bounds(value: float | None, low: float | None, high: float | None) -> tuple[float, float]:
    if value is not None:
        return float(value), float(value)
    assert low is not None
    assert high is not None
    return float(min(low, high)), float(max(low, high))


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(x for x in values if x))
