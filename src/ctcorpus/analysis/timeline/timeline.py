"""Dated statements in order of date, with the precision that the texts give and no more.

When a document was published stands apart from when something happened. What is relative or vague stays
unresolved, and is shown so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from ctcorpus.analysis.basis import basis_of
from ctcorpus.analysis.material import Material
from ctcorpus.analysis.timeline.conflicts import Dating, conflicts, datings, happens
from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.model.analysis import Event, TimelineReport
from ctcorpus.model.edtf import days
from ctcorpus.model.entry import Entry
from ctcorpus.model.outline import DateLine

#: statements that one answer gives; ``total`` counts them all
MOST_EVENTS = 10_000

_Chosen: TypeAlias = tuple[Entry, DateLine]


def timeline(material: Material, table: LabelTable, limit: int = MOST_EVENTS) -> TimelineReport:
    """The dated statements of a selection, earliest first, the less precise before the more precise of a day.

    Where two documents date one event (the same named thing, the same act), both are put side by side.
    """
    dated: list[tuple[tuple[str, tuple[int, ...]], Entry, DateLine]] = []
    unresolved: list[_Chosen] = []
    published: list[_Chosen] = []
    places: dict[str, tuple[str, tuple[int, ...]] | None] = {}
    undated = 0
    for entry, lines in material.date_lines():
        in_time = 0
        for one in lines:
            if one.basis in ("published", "as_of"):
                published.append((entry, one))
                continue
            value = one.value or ""
            if value not in places:
                places[value] = _place_in_time(value)
            when = places[value]
            if when is None:
                unresolved.append((entry, one))
            else:
                in_time += 1
                dated.append((when, entry, one))
        undated += not in_time
    dated.sort(key=lambda x: (x[0], x[1].path, x[2].start))
    in_order = [(entry, one) for _, entry, one in dated[:limit]]
    events = _events([*in_order, *unresolved[:limit], *published[:limit]], material)
    rest = len(in_order) + len(unresolved[:limit])
    return TimelineReport(
        basis=basis_of(material.selection),
        total=len(dated),
        events=tuple(events[: len(in_order)]),
        unresolved=tuple(events[len(in_order) : rest]),
        published=tuple(events[rest:]),
        conflicts=tuple(conflicts(_datings(material, table), material)),
        undated=undated,
    )


def _events(chosen: Sequence[_Chosen], material: Material) -> list[Event]:
    """The dates themselves with their sentences, in the order given; each document is opened once."""
    by_document: dict[str, list[int]] = {}
    for n, (entry, _) in enumerate(chosen):
        by_document.setdefault(entry.id, []).append(n)
    made: dict[int, Event] = {}
    for document, those in by_document.items():
        text = material.text(document)
        for n, one in zip(those, material.dates(document, [chosen[n][1] for n in those]), strict=True):
            made[n] = Event(one, document, chosen[n][0].citekey, one.sentence.of(text))
    return [made[n] for n in range(len(chosen))]


def _datings(material: Material, table: LabelTable) -> Iterator[Dating]:
    """The datings of the documents that name, in a sentence with a date, something that happens at one time."""
    named = {
        entry.id: found
        for entry, lines in material.mention_lines()
        if (found := [x.start for x in lines if happens(x.concept, table)])
    }
    for entry, dates in material.date_lines(named):
        if any(_holds_one(x, named[entry.id]) for x in dates if x.value is not None and x.basis == "event"):
            yield from datings(material.read(entry), material.text, table)


def _holds_one(date: DateLine, starts: Sequence[int]) -> bool:
    """Whether one of these places lies in the sentence of a date."""
    at = bisect_left(starts, date.sentence_start)
    return at < len(starts) and starts[at] < date.sentence_end


def _place_in_time(value: str) -> tuple[str, tuple[int, ...]] | None:
    """What dates are put in order by, a longer time before a shorter one that begins with it; None: not resolved."""
    found = days(value) if value else None
    if found is None:
        return None
    first, last = found
    return first or last, tuple(-int(x) for x in (last or "9999").split("-"))
