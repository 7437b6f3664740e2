"""Dated statements in order of date, with the precision that the texts give and no more.

When a document was published stands apart from when something happened. What is relative or vague stays
unresolved, and is shown so.
"""

from __future__ import annotations

from ctcorpus.analysis.basis import basis_of
from ctcorpus.analysis.material import Material, Read
from ctcorpus.analysis.timeline_conflicts import Dating, conflicts, datings
from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.model.analysis import Event, TimelineReport
from ctcorpus.model.edtf import days
from ctcorpus.model.facts import Date

#: statements that one answer gives; ``total`` counts them all
MOST_EVENTS = 10_000


def timeline(material: Material, table: LabelTable, limit: int = MOST_EVENTS) -> TimelineReport:
    """The dated statements of a selection, earliest first, the less precise before the more precise of a day.

    Where two documents date one event (the same named thing, the same act), both are put side by side.
    """
    dated: list[tuple[str, str, Read, Date]] = []
    unresolved: list[tuple[Read, Date]] = []
    published: list[tuple[Read, Date]] = []
    dating: list[Dating] = []
    undated = 0
    for read in material:
        in_time = 0
        for one in read.facts.dates:
            found = days(one.value) if one.value is not None else None
            if one.basis in ("published", "as_of"):
                published.append((read, one))
            elif found is None:
                unresolved.append((read, one))
            else:
                in_time += 1
                dated.append((found[0] or found[1], found[1] or "9999", read, one))
        undated += not in_time
        dating += datings(read, material.text, table)
    dated.sort(key=lambda x: (x[0], _later_first(x[1]), x[2].entry.path, x[3].start))
    return TimelineReport(
        basis=basis_of(material.selection),
        total=len(dated),
        events=tuple(_event(read, one, material) for _, _, read, one in dated[:limit]),
        unresolved=tuple(_event(read, one, material) for read, one in unresolved[:limit]),
        published=tuple(_event(read, one, material) for read, one in published[:limit]),
        conflicts=tuple(conflicts(dating, material)),
        undated=undated,
    )


def _event(read: Read, one: Date, material: Material) -> Event:
    return Event(one, read.id, read.entry.citekey, one.sentence.of(material.text(read.id)))


def _later_first(day: str) -> tuple[int, ...]:
    """Sorts a longer time before a shorter one that begins with it."""
    return tuple(-int(x) for x in day.split("-"))
