"""Figures of one measure, side by side: groups, and what relates their members."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from ctcorpus.analysis.figures.measures import Measured
from ctcorpus.analysis.figures.outline import Comparable
from ctcorpus.analysis.figures.relations import is_likely, relate
from ctcorpus.analysis.figures.values import middle, number, said
from ctcorpus.analysis.material import Material
from ctcorpus.analysis.origins.origins import Upstream, Upstreams, count
from ctcorpus.analysis.origins.texts import Alike, alike
from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.model.analysis import FigureGroup, Relation
from ctcorpus.model.span import Span

#: members up to which every pair is related; beyond that each with those next to it, by name, value and period
ALL_PAIRS = 30
NEIGHBOURS = 6
#: members of one name up to which each is held against its neighbours without a closer look
RARE = 12
#: members whose sentences are looked at for copied words
MOST_COPIES = 60
#: groups of one answer, those of most documents first
MOST_GROUPS = 200
#: pairs that one answer looks at, groups of most documents first, and those of one group
MOST_PAIRS, MOST_OF_GROUP = 12_000, 1_000
#: documents that are read for them, and for the sake of one group
MOST_DOCUMENTS, MOST_NEW = 250, 100
#: pairs of a group that are passed over because a document would have to be read, and of all groups
MOST_PASSED, MOST_PASSED_IN_ALL = 60, 1_200
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


class _Budget:
    """What one answer may still look at: pairs, and documents to read for them."""

    def __init__(self) -> None:
        self._pairs, self._passed = MOST_PAIRS, 0
        self._documents: set[str] = set()

    @property
    def is_spent(self) -> bool:
        return self._pairs <= 0 or self._passed >= MOST_PASSED_IN_ALL

    def take(self, pairs: Iterable[tuple[Measured, Measured]]) -> list[tuple[Measured, Measured]]:
        """The first pairs of a group that it allows, MOST_OF_GROUP at most."""
        kept: list[tuple[Measured, Measured]] = []
        most = min(MOST_DOCUMENTS, len(self._documents) + MOST_NEW)
        least = self._passed + MOST_PASSED
        for pair in pairs:
            if self.is_spent or len(kept) == MOST_OF_GROUP:
                break
            new = {x.entry.id for x in pair} - self._documents
            if len(self._documents) + len(new) > most:
                self._passed += 1
                if self._passed == least:
                    break
                continue
            self._documents |= new
            self._pairs -= 1
            kept.append(pair)
        return kept


def grouped(
    figures: Comparable, material: Material, table: LabelTable, limit: int = MOST_GROUPS
) -> tuple[FigureGroup, ...]:
    """The groups in which anything is related, of most documents first; at most ``limit``, and those of ratios.

    Members in order of document and place. Every group carries the origins of its documents.
    """
    groups: list[_Group] = []
    budget = _Budget()
    for members in figures.groups():
        if len(groups) >= min(limit, MOST_GROUPS) or budget.is_spent:
            break
        group = _group(figures, members, budget)
        groups += [group] if group.relations else []
    groups += _ratios(figures)
    upstreams = Upstreams(table)
    return tuple(_record(x, upstreams, material) for x in groups)


def _record(group: _Group, upstreams: Upstreams, material: Material) -> FigureGroup:
    documents = group.documents
    copies = _copied(group.members[:MOST_COPIES], material)
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


def _group(figures: Comparable, members: list[Measured], budget: _Budget) -> _Group:
    """The members that something relates, with their relations; as many pairs are looked at as the budget allows."""
    pairs = budget.take(_pairs(members))
    near = {x.figure.id: x for pair in pairs for x in pair}
    whole = figures.whole(x for x in members if x.figure.id in near)
    relations = [x for a, b in pairs if (x := relate(whole[a.figure.id], whole[b.figure.id])) is not None]
    every = len(members) * (len(members) - 1) // 2
    related = {x for one in relations for x in (one.a, one.b)}
    return _Group([x for name, x in whole.items() if name in related], relations, every - len(pairs))


def _pairs(members: list[Measured]) -> Iterator[tuple[Measured, Measured]]:
    """Every pair; in a large group those that a name, a period or a telling number brings near each other."""
    if len(members) <= ALL_PAIRS:
        yield from combinations(members, 2)
        return
    seen: set[tuple[int, int]] = set()
    for some in _orders(members):
        rare = len(some) <= RARE
        for n, first in enumerate(some):
            for second in some[n + 1 : n + 1 + NEIGHBOURS]:
                pair = (min(first, second), max(first, second))
                if pair not in seen:
                    seen.add(pair)
                    if rare or is_likely(members[first], members[second]):
                        yield members[pair[0]], members[pair[1]]


def _orders(members: list[Measured]) -> Iterator[list[int]]:
    """Places of members side by side: by value; those of one name by value, rare names first; by period and value."""
    amounts = [(middle(x.figure) or 0.0) * x.factor for x in members]
    by_name: dict[str, list[int]] = {}
    for n, one in enumerate(members):
        for name in one.noun.names | one.noun.modifiers | one.anchors | one.place:
            by_name.setdefault(name, []).append(n)
    yield sorted(range(len(members)), key=lambda x: amounts[x])
    for _, those in sorted(by_name.items(), key=lambda x: (len(x[1]), x[0])):
        yield sorted(those, key=lambda x: amounts[x])
    yield sorted(range(len(members)), key=lambda x: (members[x].figure.period or "", amounts[x]))


def _ratios(figures: Comparable) -> Iterator[_Group]:
    """Each ratio with the two counts of its own document and period that it may have been made from."""
    for members in figures.with_ratio(RATIO_SLACK):
        for ratio in members:
            if ratio.family == "ratio" and ratio.figure.low and ratio.figure.high:
                near = _recomputed(ratio, members)
                whole = figures.whole(near.members) if near is not None else {}
                group = _recomputed(whole[ratio.figure.id], list(whole.values())) if whole else None
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
                return _Group([top, bottom, ratio], pairs, 0)
    return None
