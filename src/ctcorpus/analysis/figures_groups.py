"""Figures of one measure, side by side: groups, and what relates their members."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from ctcorpus.analysis.material import Material
from ctcorpus.analysis.measures import Measured
from ctcorpus.analysis.origins import Upstream, Upstreams, count
from ctcorpus.analysis.origins_text import Alike, alike
from ctcorpus.analysis.relations import relate
from ctcorpus.analysis.relations_values import middle, number, said
from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.model.analysis import FigureGroup, Relation
from ctcorpus.model.span import Span

#: members up to which every pair is related; beyond that each with those next to it in order of period and value
ALL_PAIRS = 60
NEIGHBOURS = 6
#: groups of one answer, those of most documents first
MOST_GROUPS = 200
#: pairs that one answer looks at, groups of most documents first
MOST_PAIRS = 20_000
#: how far a ratio may be from the division of two counts
RATIO_SLACK = 0.15


@dataclass(frozen=True, slots=True)
class _Group:
    members: list[Measured]
    relations: list[Relation]
    looked_at: int
    left_off: int

    @property
    def documents(self) -> list[str]:
        return list(dict.fromkeys(x.entry.id for x in self.members))


def grouped(
    figures: Sequence[Measured], material: Material, table: LabelTable, limit: int = MOST_GROUPS
) -> tuple[FigureGroup, ...]:
    """The groups in which anything is related, of most documents first; at most ``limit``, and those of ratios.

    Members in order of document and place. Every group carries the origins of its documents.
    """
    by_key: dict[object, list[Measured]] = {}
    for one in figures:
        by_key.setdefault(one.key, []).append(one)
    often = sorted(by_key.values(), key=lambda x: (-len({y.entry.id for y in x}), -len(x)))
    groups: list[_Group] = []
    budget = MOST_PAIRS
    for members in often:
        if len(members) > 1 and len(groups) < min(limit, MOST_GROUPS) and budget > 0:
            group = _group(members, budget)
            budget -= group.looked_at
            groups += [group] if group.relations else []
    groups += _ratios(figures)
    upstreams = Upstreams(table)
    return tuple(_record(x, upstreams, material) for x in groups)


def _record(group: _Group, upstreams: Upstreams, material: Material) -> FigureGroup:
    documents = group.documents
    copies = _copied(group.members[:ALL_PAIRS], material)
    origins = count(documents, list(_upstreams(group, upstreams)), copies, material.words)
    ids = tuple(x.figure.id for x in group.members)
    named = next((x for x in group.members if x.act == "neutralised"), group.members[0])
    return FigureGroup(named.name, ids, tuple(group.relations), origins, group.left_off)


def _upstreams(group: _Group, upstreams: Upstreams) -> Iterator[Upstream]:
    for one in group.members:
        said_by = one.figure.attribution
        if said_by is not None:
            found = upstreams.of(one.entry.id, said_by.speaker, said_by.speaker_kind, said_by.start, said_by.end)
            if found is not None:
                yield found


def _copied(members: list[Measured], material: Material) -> list[Alike]:
    """The documents of these figures that share the words of the sentences in which they stand."""
    sentences: dict[str, list[Span]] = {}
    for one in members:
        spans = sentences.setdefault(one.entry.id, [])
        if one.figure.sentence not in spans:
            spans.append(one.figure.sentence)
    return list(alike((x, material.text(x), spans) for x, spans in sentences.items()))


def _group(members: list[Measured], budget: int) -> _Group:
    """The group with the relations of its pairs, of which at most ``budget`` are looked at."""
    pairs = list(islice(_pairs(members), budget))
    relations = [x for a, b in pairs if (x := relate(a, b)) is not None]
    every = len(members) * (len(members) - 1) // 2
    return _Group(members, relations, len(pairs), every - len(pairs))


def _pairs(members: list[Measured]) -> Iterator[tuple[Measured, Measured]]:
    """Every pair, or in a large group each member with the next few in order of period and value."""
    if len(members) <= ALL_PAIRS:
        yield from combinations(members, 2)
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
        for bottom in (x for x in counts if not x.noun.heads & ratio.noun.heads and x.key[3] == top.key[3]):
            first, second = middle(top.figure), middle(bottom.figure)
            if not first or not second:
                continue
            wanted, found = figure.low / figure.high, first / second
            if abs(found - wanted) <= RATIO_SLACK * wanted:
                sum_ = f"{number(first)} / {number(second)} = {number(round(found, 2))}"
                reason = f"{said(figure)} follows from {said(top.figure)} and {said(bottom.figure)} of the same text"
                pairs = [Relation(x.figure.id, figure.id, "derived", reason, sum_) for x in (top, bottom)]
                return _Group([top, bottom, ratio], pairs, 2, 0)
    return None
