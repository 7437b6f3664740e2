"""Figures in outline: which may be compared, told before any of them is read whole.

Only what a group needs is then read of the facts: a figure of a measure that no other has never is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from ctcorpus.analysis.figures.about import Settings
from ctcorpus.analysis.figures.measured import in_context, needs_words
from ctcorpus.analysis.figures.measures import Measured, Measures
from ctcorpus.analysis.figures.values import middle
from ctcorpus.analysis.material import Material
from ctcorpus.model.entry import Entry
from ctcorpus.model.facts import Figure
from ctcorpus.model.outline import FigureLine, MentionLine
from ctcorpus.model.span import Span

#: a figure of a document in outline
Chosen: TypeAlias = tuple[Entry, FigureLine]
Key: TypeAlias = tuple[str, str | None, frozenset[str], str | None]

#: documents whose names are kept at hand, some 25 MB
_DOCUMENTS = 10_000
#: figures of the groups that are made at a time
_BATCH = 1_000
#: what rounding may add to a division
_MARGIN = 1e-6


class Comparable:
    """The chosen figures, in order of document and place, by what they measure.

    What brings two figures near each other is told by their outlines; ``whole`` reads those that are then related.
    """

    def __init__(self, chosen: Sequence[Chosen], material: Material, measures: Measures, settings: Settings) -> None:
        self._chosen = chosen
        self._material = material
        self._settings = settings
        self._told = list(_told(chosen, material, measures))
        self._lines: dict[str, FigureLine] = {}
        self._mentions: dict[str, list[MentionLine]] = {}

    def groups(self) -> Iterator[list[Measured]]:
        """Two figures or more of one measure in outline, those of most documents first; made as they are taken."""
        by_key: dict[Key, list[int]] = {}
        for n, told in enumerate(self._told):
            if told is not None:
                by_key.setdefault(told.key, []).append(n)
        waiting = [x for x in by_key.values() if len(x) > 1]
        waiting.sort(key=lambda x: (-len({self._chosen[n][0].id for n in x}), -len(x)))
        batch: list[list[int]] = []
        for members in waiting:
            batch.append(members)
            if sum(map(len, batch)) >= _BATCH:
                yield from self._in_context(batch)
                batch = []
        yield from self._in_context(batch)

    def with_ratio(self, slack: float) -> Iterator[list[Measured]]:
        """The figures, in outline, of each document in which some ratio is by its number near a division of two."""
        by_document: dict[str, list[int]] = {}
        for n, (entry, _) in enumerate(self._chosen):
            by_document.setdefault(entry.id, []).append(n)
        for members in by_document.values():
            if any(self._chosen[n][1].kind == "ratio" for n in members):
                figures = [self._chosen[n][1] for n in members]
                if any(_may_follow(x, figures, slack) for x in figures if x.kind == "ratio"):
                    yield [self._outlined(n) for n in members if self._told[n] is not None]

    def whole(self, outlined: Iterable[Measured]) -> dict[str, Measured]:
        """Id of the figure -> what is measured, with the figure itself; each document is opened once."""
        by_document: dict[str, list[Measured]] = {}
        for one in outlined:
            by_document.setdefault(one.entry.id, []).append(one)
        found: dict[str, Measured] = {}
        for document, those in by_document.items():
            figures = self._material.figures(document, [self._lines[x.figure.id] for x in those])
            found |= {x.id: replace(one, figure=x) for one, x in zip(those, figures, strict=True)}
        return found

    def _in_context(self, groups: Sequence[Sequence[int]]) -> Iterator[list[Measured]]:
        """The figures of these groups, with the names that stand about them."""
        documents = dict.fromkeys(self._chosen[n][0].id for members in groups for n in members)
        unread = [x for x in documents if x not in self._mentions]
        if len(self._mentions) + len(unread) > _DOCUMENTS:
            self._mentions, unread = {}, list(documents)
        self._mentions |= {entry.id: found for entry, found in self._material.mention_lines(unread)}
        mentions = self._mentions
        for members in groups:
            outlined = [self._outlined(n) for n in members]
            yield [in_context(x, mentions[x.entry.id], self._settings) for x in outlined]

    def _outlined(self, n: int) -> Measured:
        entry, line = self._chosen[n]
        told = self._told[n]
        assert told is not None
        figure = sketch(entry, line)
        self._lines[figure.id] = line
        return replace(told, figure=figure, entry=entry)


def _told(chosen: Sequence[Chosen], material: Material, measures: Measures) -> Iterator[Measured | None]:
    """What each chosen figure measures, None where the text does not say it; of figure and entry, one that is alike."""
    plain: dict[tuple[str | None, ...], Measured | None] = {}
    for n, (entry, line) in enumerate(chosen):
        borrows = line.kind == "rate" and not line.counted
        told_by = (line.kind, line.unit, line.counted, line.act)
        if borrows or needs_words(line):
            text = material.text(entry.id) if needs_words(line) else ""
            sentence = text[line.sentence_start : line.sentence_end]
            yield measures.of(sketch(entry, line), entry, sentence, _near(chosen, n) if borrows else ())
        else:
            if told_by not in plain:
                plain[told_by] = measures.of(sketch(entry, line), entry, "")
            yield plain[told_by]


def _near(chosen: Sequence[Chosen], n: int) -> list[Figure]:
    """The chosen figures just before one in the same sentence, in order, in outline."""
    entry, line = chosen[n]
    first = n
    while first and chosen[first - 1][0].id == entry.id and _beside(chosen[first - 1][1], line):
        first -= 1
    return [sketch(*x) for x in chosen[first:n]]


def _beside(a: FigureLine, b: FigureLine) -> bool:
    return (a.sentence_start, a.sentence_end) == (b.sentence_start, b.sentence_end)


def sketch(entry: Entry, line: FigureLine) -> Figure:
    """The figure as far as its outline tells it: to find its measure by, and not to be shown."""
    spans = tuple(Span(x["start"], x["end"]) for x in line.place_spans) if line.place_spans else ()
    return Figure(  # in order of its fields, which is the quick way to make a record
        f"{entry.id}:{line.start}-{line.end}",
        line.start,
        line.end,
        Span(line.start, line.end),
        line.value,
        line.low,
        line.high,
        line.kind,
        line.qualifier,
        line.unit,
        line.counted,
        line.act,
        None,
        line.place,
        line.period,
        {"place": spans},
        None,
        None,
        Span(line.sentence_start, line.sentence_end),
    )


def _may_follow(ratio: FigureLine, figures: Sequence[FigureLine], slack: float) -> bool:
    """Whether the division of some two numbers of one period comes so near to a ratio, or a little farther."""
    if not ratio.low or not ratio.high:
        return False
    least, most = (ratio.low / ratio.high * x for x in (1 - slack - _MARGIN, 1 + slack + _MARGIN))
    values = sorted({y for x in figures if x.period == ratio.period and (y := middle(x))})
    for bottom in values:
        first, last = sorted((bottom * least, bottom * most))
        at = bisect_left(values, first)
        if at < len(values) and values[at] <= last:
            return True
    return False
