"""``ctcorpus figures``: the ledger of numbers, and what relates those that may be compared."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from ctcorpus.interfaces.cli.basis import Force, Plot, drawn, rows_wanted, show_basis, write_csv
from ctcorpus.interfaces.cli.door import FOUND, NOTHING_FOUND, Door
from ctcorpus.interfaces.drawing import refuse_plot
from ctcorpus.interfaces.plots_facts import figures_chart
from ctcorpus.interfaces.terminal import Column, Segment, Terminal
from ctcorpus.model.analysis import FigureGroup, FigureReport, LedgerFigure, Relation

MARGIN = "  "


class By(StrEnum):
    """What figures are counted by."""

    source_kind = "source-kind"
    speaker_kind = "speaker-kind"


def figures(
    door: Door,
    query: Annotated[list[str] | None, typer.Argument(help="Which passages: a query as in search. None: all.")] = None,
    compare: Annotated[bool, typer.Option("--compare", help="Group what may be compared, and relate it.")] = False,
    by: Annotated[By | None, typer.Option("--by", help="Count the figures by kind of source or speaker.")] = None,
    period: Annotated[str | None, typer.Option("--period", help="That touch this time: 2025, 2025-01/2025-03.")] = None,
    counted: Annotated[str | None, typer.Option("--counted", help="Of this: terrorists, operations …")] = None,
    act: Annotated[str | None, typer.Option("--act", help="To which this was done: killed, arrested …")] = None,
    speaker: Annotated[str | None, typer.Option("--speaker", help="That this speaker gives.")] = None,
    unattributed: Annotated[bool, typer.Option("--unattributed", help="That nobody is named for.")] = False,
    n: Annotated[int | None, typer.Option("-n", "--limit", help="Figures: 100 for people, else 10,000.")] = None,
    csv: Annotated[bool, typer.Option("--csv", help="A table as CSV.")] = False,
    plot: Plot = None,
    force: Force = False,
) -> int:
    """List the figures of the corpus: value, what is counted, when, who says so, and where it stands.

    With --compare: groups of figures that may be compared, and for each pair what relates them and why.
    Every reported value is shown; none is averaged or chosen.

    Example: ctcorpus figures --compare "operations"
    """
    from ctcorpus.analysis.figures.ledger import Wanted

    refuse_plot(plot, force=force)
    wanted = Wanted(
        period, counted, act, speaker, unattributed, by.value if by else None, rows_wanted(door, n, csv=csv)
    )
    report = door.corpus.figures(" ".join(query or ()), wanted, compare=compare)
    if csv:
        write_csv(door.terminal, _HEAD, [_cells(x) for x in report.figures])
    elif door.is_for_programs:
        door.answer(report.to_dict(), (x.to_dict() for x in (report.groups if compare else report.figures)))
    else:
        _show(door.terminal, report, wanted.limit, compare=compare)
    found = bool(report.groups or (report.figures and not compare))
    is_drawn = drawn(door.terminal, lambda: figures_chart(report, compare=compare), plot, force=force)
    return FOUND if found and is_drawn else NOTHING_FOUND


_HEAD = (
    *("id", "citekey", "quote", "value", "low", "high", "qualifier", "kind", "unit", "counted", "act", "actor"),
    *("place", "period", "speaker", "speaker_kind", "sentence"),
)


def _cells(row: LedgerFigure) -> list[object]:
    x = row.figure
    said = x.attribution
    plain = [x.id, row.citekey, row.quote, x.value, x.low, x.high, x.qualifier, x.kind, x.unit, x.counted, x.act]
    who = [said.speaker, said.speaker_kind] if said else [None, None]
    return [*plain, x.actor, x.place, x.period, *who, row.sentence_text]


def _show(terminal: Terminal, report: FigureReport, limit: int, *, compare: bool) -> None:
    show_basis(terminal, report.basis)
    if not report.figures:
        terminal.line("No figure there." if report.basis.documents else "No passage matches.")
        return
    if report.no_period:
        terminal.line((f"{report.no_period:,} more state no period", "warn"))
    for kind, number in report.by.items():
        terminal.line(f"{number:>8,}  {kind}")
    if not compare:
        _ledger(terminal, report)
        return
    if not report.groups:
        terminal.line(f"{report.total:,} figures, and no two that may be compared.")
    known = {x.figure.id: x for x in report.figures}
    for group in report.groups[:limit]:
        _group(terminal, group, known)
    if len(report.groups) > limit:
        terminal.note(f"{limit:,} of {len(report.groups):,} groups; ask for more with -n, or for less")


def _ledger(terminal: Terminal, report: FigureReport) -> None:
    columns = [Column("quote", style="number"), Column("period"), Column("who says so"), Column("where")]
    rows = [[_quote(x), x.figure.period or "–", _who(x), _where(x)] for x in report.figures]
    terminal.table(columns, rows)
    if report.total > len(report.figures):
        terminal.note(f"{len(report.figures):,} of {report.total:,} figures; ask for more with -n, or for less")
    terminal.note("–: the source does not say. Read one in its text with: ctcorpus show CITEKEY:START-END")


def _group(terminal: Terminal, group: FigureGroup, known: dict[str, LedgerFigure]) -> None:
    terminal.line()
    terminal.line((group.measure, "heading"), (f"   {group.origins}", "dim"))
    number = {x: at for at, x in enumerate(group.figures, 1)}
    for name, at in number.items():
        x = known[name]
        quote: list[Segment] = [(f"[{at}] ", "dim"), (x.quote, "number"), f"  {_how(x)}"]
        terminal.wrapped([*quote, (f"  {_where(x)}", "dim")], MARGIN, MARGIN * 3)
    for relation in group.relations:
        _relation(terminal, relation, number)
    if group.left_off:
        terminal.line((f"{MARGIN}{group.left_off:,} pairs were not held against each other: ask for less", "warn"))


def _relation(terminal: Terminal, relation: Relation, number: dict[str, int]) -> None:
    pair = f"[{number[relation.a]}] [{number[relation.b]}] "
    verdict: Segment = (relation.verdict.replace("_", " "), "mark" if relation.verdict == "differs" else "label")
    sum_ = f" ({relation.arithmetic})" if relation.arithmetic else ""
    terminal.wrapped([(pair, "dim"), verdict, f": {relation.reason}{sum_}"], MARGIN * 2, MARGIN * 4)


def _how(row: LedgerFigure) -> str:
    qualifier = "" if row.figure.qualifier == "exact" else f"{row.figure.qualifier.replace('_', ' ')}, "
    return f"{qualifier}{row.figure.act or 'act not stated'}, {row.figure.period or 'period not stated'}, {_who(row)}"


def _who(row: LedgerFigure) -> str:
    said = row.figure.attribution
    return f"{said.speaker} ({said.speaker_kind.replace('_', ' ')})" if said else "nobody named"


def _quote(row: LedgerFigure) -> str:
    qualifier = row.figure.qualifier.replace("_", " ")
    return row.quote if qualifier == "exact" else f"{qualifier}: {row.quote}"


def _where(row: LedgerFigure) -> str:
    return f"{row.citekey}:{row.figure.start}-{row.figure.end}"
