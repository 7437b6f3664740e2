"""The ledger of figures: every number that the selected texts give, each with its words, period and speaker.

Nothing is averaged and none is chosen. With ``compare``, figures of one measure stand in groups, with what relates
each pair of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Literal

from ctcorpus.analysis.basis import basis_of
from ctcorpus.analysis.figures.about import Rarity, Settings
from ctcorpus.analysis.figures.groups import grouped
from ctcorpus.analysis.figures.measures import Measures, act_of
from ctcorpus.analysis.figures.outline import Chosen, Comparable
from ctcorpus.analysis.figures.periods import touches
from ctcorpus.analysis.material import Material
from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.errors import UsageError
from ctcorpus.index.base import Index
from ctcorpus.model.analysis import FigureGroup, FigureReport, LedgerFigure
from ctcorpus.model.edtf import days
from ctcorpus.model.outline import FigureLine
from ctcorpus.model.query import Word

#: figures that one answer gives; ``total`` counts them all
MOST_FIGURES = 10_000

By = Literal["source-kind", "speaker-kind"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which figures are asked for; None: all. period: EDTF; what states no period is counted, not shown."""

    period: str | None = None
    counted: str | None = None
    act: str | None = None
    speaker: str | None = None
    unattributed: bool = False
    by: By | None = None
    limit: int = MOST_FIGURES


def figures(
    material: Material, index: Index, table: LabelTable, wanted: Wanted, *, compare: bool = False
) -> FigureReport:
    """The figures of a selection in order of document and place; with ``compare`` also in groups of one measure.

    Raises UsageError for a period that is no date.
    """
    if wanted.period is not None and days(wanted.period) is None:
        raise UsageError(f"'{wanted.period}' is no date", "Write 2025, 2025-04, 2025-04-07 or 2025-01/2025-03")
    measures = Measures(table)
    chosen, without_period = _chosen(material, wanted, measures)
    groups: tuple[FigureGroup, ...] = ()
    if compare:
        rarity = Rarity(lambda x: index.frequency(Word(x)), material.store.counts().passages)
        comparable = Comparable(chosen, material, measures, Settings(material.text, rarity))
        groups = grouped(comparable, material, table, wanted.limit)
    shown = chosen[: wanted.limit]
    if compare:  # a figure that a relation names is always given
        related = {x for group in groups for x in group.figures}
        shown += [x for x in chosen[wanted.limit :] if f"{x[0].id}:{x[1].start}-{x[1].end}" in related]
    return FigureReport(
        basis=basis_of(material.selection),
        total=len(chosen),
        figures=tuple(_rows(shown, material)),
        groups=groups,
        by=_by(chosen, wanted.by),
        no_period=without_period,
    )


def _chosen(material: Material, wanted: Wanted, measures: Measures) -> tuple[list[Chosen], int]:
    """The figures that are asked for, in order, and how many more state no period where one is asked for."""
    chosen: list[Chosen] = []
    without_period = 0
    touching: dict[str, bool] = {}
    for entry, lines in material.figure_lines():
        for line in lines:
            if not _is_wanted(line, wanted, measures):
                continue
            if wanted.period is None:
                chosen.append((entry, line))
            elif line.period is None:
                without_period += 1
            else:
                if line.period not in touching:
                    touching[line.period] = touches(line.period, wanted.period)
                chosen += [(entry, line)] if touching[line.period] else []
    return chosen, without_period


def _is_wanted(figure: FigureLine, wanted: Wanted, measures: Measures) -> bool:
    if wanted.unattributed and figure.speaker is not None:
        return False
    if wanted.speaker is not None and (
        figure.speaker is None or wanted.speaker.casefold() not in figure.speaker.casefold()
    ):
        return False
    if wanted.act is not None and (figure.act is None or act_of(figure.act) != act_of(wanted.act)):
        return False
    if wanted.counted is not None:
        if not figure.counted:
            return False
        noun, asked = measures.noun(figure.counted), measures.noun(wanted.counted)
        return bool(noun.heads & asked.heads) and asked.modifiers <= noun.modifiers and asked.names <= noun.names
    return True


def _by(chosen: Sequence[Chosen], by: By | None) -> dict[str, int]:
    """How many figures there are of each kind of source or speaker, most first."""
    if by is None:
        return {}
    if by == "source-kind":
        counts = Counter(entry.kind for entry, _ in chosen)
    else:
        counts = Counter("not attributed" if x.speaker is None else x.speaker_kind or "" for _, x in chosen)
    return dict(counts.most_common())


def _rows(shown: Sequence[Chosen], material: Material) -> Iterator[LedgerFigure]:
    """The figures themselves with their words, in order of document."""
    for entry, those in groupby(shown, key=itemgetter(0)):
        text = material.text(entry.id)
        for x in material.figures(entry.id, [line for _, line in those]):
            yield LedgerFigure(x, entry.id, entry.citekey, text[x.start : x.end], x.sentence.of(text))
