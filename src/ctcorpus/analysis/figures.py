"""The ledger of figures: every number that the selected texts give, each with its words, period and speaker.

Nothing is averaged and none is chosen. With ``compare``, figures of one measure stand in groups, with what relates
each pair of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ctcorpus.analysis.basis import basis_of
from ctcorpus.analysis.figures_groups import grouped
from ctcorpus.analysis.material import Material, Read
from ctcorpus.analysis.measures import Measured, Measures, act_of, anchors_of
from ctcorpus.analysis.relations_periods import touches
from ctcorpus.annotate.fold import folded
from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.errors import UsageError
from ctcorpus.model.analysis import FigureReport, LedgerFigure
from ctcorpus.model.edtf import days
from ctcorpus.model.facts import Facts, Figure
from ctcorpus.model.span import Span

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


def figures(material: Material, table: LabelTable, wanted: Wanted, *, compare: bool = False) -> FigureReport:
    """The figures of a selection in order of document and place; with ``compare`` also in groups of one measure.

    Raises UsageError for a period that is no date.
    """
    if wanted.period is not None and days(wanted.period) is None:
        raise UsageError(f"'{wanted.period}' is no date", "Write 2025, 2025-04, 2025-04-07 or 2025-01/2025-03")
    chosen: list[tuple[Read, Figure]] = []
    without_period = 0
    measures = Measures(table)
    for read in material:
        for figure in read.facts.figures:
            if not _is_wanted(figure, wanted, measures):
                continue
            if wanted.period is not None and figure.period is None:
                without_period += 1
            elif wanted.period is None or touches(figure.period, wanted.period):
                chosen.append((read, figure))
    groups = grouped(list(measured(chosen, material.text, measures)), material, table, wanted.limit) if compare else ()
    shown = chosen[: wanted.limit]
    if compare:  # a figure that a relation names is always given
        related = {x for group in groups for x in group.figures}
        shown += [x for x in chosen[wanted.limit :] if x[1].id in related]
    return FigureReport(
        basis=basis_of(material.selection),
        total=len(chosen),
        figures=tuple(_row(read, figure, material) for read, figure in shown),
        groups=groups,
        by=_by(chosen, wanted.by),
        no_period=without_period,
    )


def measured(
    chosen: list[tuple[Read, Figure]], text_of: Callable[[str], str], measures: Measures
) -> Iterator[Measured]:
    """The figures whose measure the text says, each with the names that stand in its sentence.

    text_of: gives a document's text; it is asked for only where the figure's own words do not suffice.
    """
    before: list[Figure] = []
    document = ""
    for read, figure in chosen:
        if read.id != document:
            document, before = read.id, []
        near = [x for x in before if x.sentence == figure.sentence]
        before = [*near, figure]
        needs_words = figure.kind in ("money", "ratio")
        sentence = figure.sentence.of(text_of(read.id)) if needs_words else ""
        found = measures.of(figure, read.entry, sentence, near)
        if found is not None:
            named = concepts_in(read.facts, figure.sentence)
            yield replace(found, anchors=anchors_of(named), place=_place(read.facts, figure))


def concepts_in(facts: Facts, span: Span) -> tuple[str, ...]:
    """The concepts that are named in a span, in order, each once."""
    at = bisect_left(facts.mentions, span.start, key=lambda x: x.start)
    found: dict[str, None] = {}
    while at < len(facts.mentions) and facts.mentions[at].start < span.end:
        found.setdefault(facts.mentions[at].concept)
        at += 1
    return tuple(found)


def _place(facts: Facts, figure: Figure) -> frozenset[str]:
    """The places that a figure is for: by concept where they have one, else by their words."""
    if not figure.place:
        return frozenset()
    named = {x for span in figure.evidence.get("place", ()) for x in concepts_in(facts, span)}
    return frozenset(named) or frozenset((" ".join(folded(figure.place)),))


def _is_wanted(figure: Figure, wanted: Wanted, measures: Measures) -> bool:
    if wanted.unattributed and figure.attribution is not None:
        return False
    if wanted.speaker is not None and (
        figure.attribution is None or wanted.speaker.casefold() not in figure.attribution.speaker.casefold()
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


def _by(chosen: list[tuple[Read, Figure]], by: By | None) -> dict[str, int]:
    """How many figures there are of each kind of source or speaker, most first."""
    if by is None:
        return {}
    if by == "source-kind":
        counts = Counter(read.entry.kind for read, _ in chosen)
    else:
        counts = Counter(x.attribution.speaker_kind if x.attribution else "not attributed" for _, x in chosen)
    return dict(counts.most_common())


def _row(read: Read, figure: Figure, material: Material) -> LedgerFigure:
    text = material.text(read.id)
    quote, sentence = text[figure.start : figure.end], figure.sentence.of(text)
    return LedgerFigure(figure, read.id, read.entry.citekey, quote, sentence)
