"""Mentions of an actor's names by the month that a document states of itself: a table's rows, a chart's bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ctcorpus.model.analysis_names import LabelRow
from ctcorpus.model.edtf import days

#: what is counted, never added up -> (relation, voice) of a row
KINDS = {
    "own names": ("own", "author"),
    "own, quoted": ("own", "quoted"),
    "state's": ("state_label_for", "author"),
    "state's, quoted": ("state_label_for", "quoted"),
}
UNDATED = "undated"


@dataclass(slots=True)
class Month:
    """Mentions of each kind, and the documents that they stand in."""

    counts: Counter[str] = field(default_factory=Counter)
    documents: set[str] = field(default_factory=set)


def by_month(rows: Sequence[LabelRow], *, most: int | None = None) -> dict[str, Month]:
    """The months in order, documents without a date last; by year where there would be more than ``most``."""
    months = _counted(rows, 7)
    if most is not None and len(months) > most:
        months = _counted(rows, 4)
    return {name: months[name] for name in sorted(months, key=lambda x: (x == UNDATED, x))}


def _counted(rows: Sequence[LabelRow], letters: int) -> dict[str, Month]:
    names = {pair: name for name, pair in KINDS.items()}
    months: dict[str, Month] = {}
    for x in rows:
        month = months.setdefault(_part(x.first_seen, letters) or UNDATED, Month())
        month.counts[names[x.relation, x.voice]] += len(x.mentions)
        month.documents.add(x.document)
    return months


def _part(stated: str | None, letters: int) -> str:
    """The month (7 letters) or year (4) of a date; the date as it is stated where it names none; "" without one.

    >>> _part("2025-04-08", 7), _part("2025", 7), _part("2025-04", 4), _part(None, 7)
    ('2025-04', '2025', '2025', '')
    """
    covered = days(stated.partition("T")[0]) if stated else None
    if covered and covered[0] and covered[0][:letters] == covered[1][:letters]:
        return covered[0][:letters]
    return stated or ""
