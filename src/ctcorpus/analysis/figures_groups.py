"""Figures of one measure, side by side: groups, and what relates their members."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ctcorpus.analysis.material import Material
from ctcorpus.analysis.measures import Measured
from ctcorpus.analysis.origins import Upstream, Upstreams, count, text_links
from ctcorpus.analysis.origins_text import Alike
from ctcorpus.analysis.relations import relate
from ctcorpus.analysis.relations_values import middle, number, said
from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.model.analysis import FigureGroup, Relation

#: members up to which every pair is related; beyond that each with those next to it in order of period and value
ALL_PAIRS = 60
NEIGHBOURS = 12
#: groups of one answer, those of most documents first
MOST_GROUPS = 200
#: documents of all groups together whose words are compared for shared origins
MOST_COMPARED = 300
#: how far a ratio may be from the division of two counts
RATIO_SLACK = 0.15


@dataclass(frozen=True, slots=True)
class _Group:
    members: list[Measured]
    relations: list[Relation]
    left_off: int

    @property
    def documents(self) -> list[str]:
        return list(dict.fromkeys(x.entry.id for x in self.members))


def grouped(figures: Sequence[Measured], material: Material, table: LabelTable) -> tuple[FigureGroup, ...]:
    """The groups in which anything is related, of most documents first; at most MOST_GROUPS.

    Members in order of document and place. Every group carries the origins of its documents.
    """
    by_key: dict[object, list[Measured]] = {}
    for one in figures:
        by_key.setdefault(one.key, []).append(one)
    groups = [x for members in by_key.values() if len(members) > 1 and (x := _group(members)).relations]
    groups += [x for x in _ratios(figures) if x.relations]
    groups.sort(key=lambda x: (-len(x.documents), -len(x.relations)))
    groups = groups[:MOST_GROUPS]
    compared: list[str] = []
    for group in groups:
        compared += [x for x in group.documents if x not in compared]
        if len(compared) >= MOST_COMPARED:
            break
    copies = text_links(compared[:MOST_COMPARED], material)
    upstreams = Upstreams(table)
    return tuple(_record(x, copies, upstreams, material) for x in groups)


def _record(group: _Group, copies: list[Alike], upstreams: Upstreams, material: Material) -> FigureGroup:
    documents = group.documents
    origins = count(documents, list(_upstreams(group, upstreams)), copies, material.words)
    ids = tuple(x.figure.id for x in group.members)
    return FigureGroup(group.members[0].name, ids, tuple(group.relations), origins, group.left_off)


def _upstreams(group: _Group, upstreams: Upstreams) -> Iterator[Upstream]:
    for one in group.members:
        said_by = one.figure.attribution
        if said_by is not None:
            found = upstreams.of(one.entry.id, said_by.speaker, said_by.speaker_kind, said_by.start, said_by.end)
            if found is not None:
                yield found


def _group(members: list[Measured]) -> _Group:
    relations = [x for a, b in _pairs(members) if (x := relate(a, b)) is not None]
    every = len(members) * (len(members) - 1) // 2
    looked_at = every if len(members) <= ALL_PAIRS else len(members) * NEIGHBOURS
    return _Group(members, relations, max(0, every - looked_at))


def _pairs(members: list[Measured]) -> Iterator[tuple[Measured, Measured]]:
    """Every pair, or in a large group each member with the next few in order of period and value."""
    if len(members) <= ALL_PAIRS:
        yield from ((a, b) for n, a in enumerate(members) for b in members[n + 1 :])
        return
    ordered = sorted(members, key=lambda x: (x.figure.period or "", (middle(x.figure) or 0.0) * x.factor))
    for n, a in enumerate(ordered):
        yield from ((a, b) for b in ordered[n + 1 : n + 1 + NEIGHBOURS])


def _ratios(figures: Sequence[Measured]) -> Iterator[_Group]:
    """Each ratio with the two counts of its own document and period that it may have been made from."""
    by_document: dict[str, list[Measured]] = {}
    for one in figures:
        by_document.setdefault(one.entry.id, []).append(one)
    for members in by_document.values():
        for ratio in members:
            if ratio.family == "ratio" and ratio.figure.low and ratio.figure.high:
                group = _recomputed(ratio, members)
                if group is not None:
                    yield group


def _recomputed(ratio: Measured, members: list[Measured]) -> _Group | None:
    """The ratio with a count of its first noun and one of another whose division comes near it."""
    figure = ratio.figure
    assert figure.low is not None
    assert figure.high is not None
    counts = [x for x in members if x.family == "count" and x.per is None and x.figure.period == figure.period]
    tops = [x for x in counts if x.noun.heads & ratio.noun.heads]
    for top in tops:
        for bottom in (x for x in counts if not x.noun.heads & ratio.noun.heads and x.act == top.act):
            first, second = middle(top.figure), middle(bottom.figure)
            if not first or not second:
                continue
            wanted, found = figure.low / figure.high, first / second
            if abs(found - wanted) <= RATIO_SLACK * wanted:
                sum_ = f"{number(first)} / {number(second)} = {number(round(found, 2))}"
                reason = f"{said(figure)} follows from {said(top.figure)} and {said(bottom.figure)} of the same text"
                pairs = [Relation(x.figure.id, figure.id, "derived", reason, sum_) for x in (top, bottom)]
                return _Group([top, bottom, ratio], pairs, 0)
    return None
