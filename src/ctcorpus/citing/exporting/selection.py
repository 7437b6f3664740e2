"""From what was asked for (hits, documents, spans) to the passages of an export, each cited by its own span."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ctcorpus.model.document import Document
from ctcorpus.model.entry import Entry
from ctcorpus.model.export import CitedPassage, Note
from ctcorpus.model.facts import Facts
from ctcorpus.model.hit import Hit
from ctcorpus.model.span import Span
from ctcorpus.query.fragment import text_fragment
from ctcorpus.query.hits import citation, voices
from ctcorpus.query.reference import Places
from ctcorpus.query.reference import place as locator
from ctcorpus.store import Store

Unit = Literal["passage", "sentence"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing that was asked for: a document, or a span of it, and the hit that it was, if it was one."""

    document: str
    span: Span | None = None
    hit: Hit | None = None


def cited(
    store: Store, wanted: Sequence[Wanted], unit: Unit = "passage", notes: Sequence[Note] | None = None
) -> Iterator[CitedPassage]:
    """The passages, numbered from 1 in the order asked for.

    A document stands for all of its passages. unit "sentence": the body sentences that hold a highlight, and where
    there are no highlights all that the span touches. notes: those that stand beside a passage travel with it; None:
    notes were not asked for.
    """
    sources: dict[str, _Source] = {}
    number = 0
    for item in wanted:
        if item.document not in sources:
            sources[item.document] = _Source(store, item.document)
        source = sources[item.document]
        for span in source.spans(item, unit):
            number += 1
            yield source.cited(number, span, item.hit, notes)


class _Source:
    """A document of the store and what is needed to cite from it, read once for all its passages."""

    def __init__(self, store: Store, id: str) -> None:
        self.document: Document = store.document(id)
        self.entry: Entry = store.entry(id)
        self.facts: Facts = store.facts(id)
        self._places = Places(self.document)

    def spans(self, item: Wanted, unit: Unit) -> Iterable[Span]:
        """The spans to cite for what was asked for, in order."""
        if unit == "passage":
            return [item.span] if item.span else [passage.span for passage in self.document.passages]
        if item.span is None:
            return self.document.sentences
        inside = [x for x in self.document.sentences if x.overlaps(item.span)]
        marks = item.hit.highlights if item.hit else ()
        return [x for x in inside if any(x.overlaps(mark) for mark in marks)] if marks else inside

    def cited(self, number: int, span: Span, hit: Hit | None, notes: Sequence[Note] | None) -> CitedPassage:
        entry, origin = self.entry, self.document.provenance
        place = self._places.at(span)
        cited = citation(entry, self.document.text, place)
        return CitedPassage(
            number=number,
            citation=cited,
            document=entry.id,
            citekey=entry.citekey,
            title=entry.title,
            authors=entry.authors,
            site=entry.site,
            publisher=entry.publisher,
            published=entry.published,
            as_of=entry.as_of,
            language=entry.language,
            title_basis=entry.title_basis,
            version=entry.version,
            superseded_by=entry.superseded_by,
            url=entry.url,
            retrieved=origin.retrieved,
            link=text_fragment(entry.url, cited.selector),
            heading=place.heading,
            place=locator(place),
            voices=voices(self.facts, span),
            highlights=tuple(_inside(hit.highlights, span)) if hit else (),
            rank=hit.rank if hit else None,
            match=hit.match if hit else None,
            missing=hit.missing if hit else (),
            maintained=entry.maintained,
            note=None if notes is None else tuple(x for x in notes if _is_beside(x, entry.id, span)),
            pages=place.pages,
            media_type=origin.media_type,
        )


def _inside(marks: Iterable[Span], span: Span) -> Iterator[Span]:
    """The marks that touch the span, cut to it."""
    for mark in marks:
        if mark.overlaps(span):
            yield Span(max(mark.start, span.start), min(mark.end, span.end))


def _is_beside(note: Note, document: str, span: Span) -> bool:
    return note.document == document and (note.span is None or note.span.overlaps(span))
