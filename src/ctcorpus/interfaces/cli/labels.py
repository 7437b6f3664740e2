"""``ctcorpus labels``: under which names an actor goes, by document, voice and speaker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from ctcorpus.interfaces.bars import sparkline
from ctcorpus.interfaces.cli.basis import Force, Plot, drawn, show_basis, write_csv
from ctcorpus.interfaces.cli.door import FOUND, NOTHING_FOUND, Door
from ctcorpus.interfaces.drawing import refuse_plot
from ctcorpus.interfaces.months import KINDS, UNDATED, by_month
from ctcorpus.interfaces.plots_facts import labels_chart
from ctcorpus.interfaces.terminal import Column, Terminal
from ctcorpus.model.analysis_names import LabelReport, LabelRow


def labels(
    door: Door,
    concept: Annotated[str, typer.Argument(help="A concept: its id (grp:ttp, ttp) or a name.")],
    query: Annotated[list[str] | None, typer.Argument(help="Which passages: a query as in search. None: all.")] = None,
    csv: Annotated[bool, typer.Option("--csv", help="A table as CSV.")] = False,
    plot: Plot = None,
    force: Force = False,
) -> int:
    """List the names of an actor: its own and states' labels for it, in the author's voice and in quoted ones.

    A state's label is never counted as the actor's own name.

    Example: ctcorpus labels ttp
    """
    refuse_plot(plot, force=force)
    report = door.corpus.labels(concept, " ".join(query or ()))
    if csv:
        head = ("label", "concept", "relation", "mapping_basis", "voice", "speaker", "document", "site", "first_seen")
        write_csv(door.terminal, (*head, "date_basis", "mentions", "first"), [_cells(x) for x in report.rows])
    elif door.is_for_programs:
        door.answer(report.to_dict(), (x.to_dict() for x in report.rows))
    else:
        _show(door.terminal, report)
    is_drawn = drawn(door.terminal, lambda: labels_chart(report), plot, force=force)
    return FOUND if report.rows and is_drawn else NOTHING_FOUND


def _cells(row: LabelRow) -> list[object]:
    first = f"{row.document}:{row.mentions[0].start}-{row.mentions[0].end}"
    plain = [row.label, row.concept, row.relation, row.mapping_basis, row.voice, row.speaker, row.document, row.site]
    return [*plain, row.first_seen, row.date_basis, len(row.mentions), first]


def _show(terminal: Terminal, report: LabelReport) -> None:
    show_basis(terminal, report.basis)
    if not report.rows:
        terminal.line(f"{report.name} ({report.concept}) is not mentioned there.")
        return
    terminal.line((f"{report.name} ({report.concept})", "title"))
    terminal.line(f"{report.own:,} under its own names, {report.state:,} under states' labels for it")
    columns = [Column("name", style="label"), Column("whose"), Column("voice"), Column("seen"), Column("where")]
    rows = []
    for x in report.rows:
        whose = "own" if x.relation == "own" else f"state's label ({x.mapping_basis})"
        voice = "author" if x.voice == "author" else f"quoted: {x.speaker or 'not stated'}"
        first = f"{x.citekey}:{x.mentions[0].start}-{x.mentions[0].end}"
        more = f" and {len(x.mentions) - 1} more" if len(x.mentions) > 1 else ""
        rows.append([x.label, whose, voice, x.first_seen or "–", first + more])
    terminal.table(columns, rows)
    _by_month(terminal, report.rows)
    for source in dict.fromkeys(x.mapped_by for x in report.rows if x.mapped_by):
        terminal.note(f"a state's label for it according to {source}")
    if report.undated:
        terminal.note(f"–: {report.undated:,} of these documents do not state a date of themselves")


def _by_month(terminal: Terminal, rows: Sequence[LabelRow]) -> None:
    """Mentions by the month that a document states of itself, and apart from these those of undated documents."""
    months = by_month(rows)
    terminal.line()
    terminal.table(
        [Column("month"), *(Column(x, justify="right") for x in (*KINDS, "docs"))],
        [
            [name, *(f"{month.counts[kind]:,}" for kind in KINDS), f"{len(month.documents):,}"]
            for name, month in months.items()
        ],
    )
    dated = [month for name, month in months.items() if name != UNDATED]
    if len(dated) > 2:
        for kind in KINDS:
            terminal.line((f"{kind:<16}", "dim"), sparkline([month.counts[kind] for month in dated]))
