"""``ctcorpus timeline``: dated statements in order of date."""

from __future__ import annotations

from typing import Annotated

import typer

from ctcorpus.interfaces.cli.basis import Force, Plot, drawn, rows_wanted, show_basis, write_csv
from ctcorpus.interfaces.cli.door import FOUND, NOTHING_FOUND, Door
from ctcorpus.interfaces.drawing import refuse_plot
from ctcorpus.interfaces.plots_facts import timeline_chart
from ctcorpus.interfaces.terminal import Terminal
from ctcorpus.model.analysis import DateConflict, Event, TimelineReport


def timeline(
    door: Door,
    query: Annotated[list[str] | None, typer.Argument(help="Which passages: a query as in search. None: all.")] = None,
    n: Annotated[int | None, typer.Option("-n", "--limit", help="Statements: 100 for people, else 10,000.")] = None,
    csv: Annotated[bool, typer.Option("--csv", help="A table as CSV.")] = False,
    plot: Plot = None,
    force: Force = False,
) -> int:
    """List dated statements in order of date, with the precision that the texts give and no more.

    Dates of publication stand apart from dates of events; relative and vague dates are shown as unresolved. Where
    one event is dated twice, both places are put side by side.

    Example: ctcorpus timeline "Azm-e-Istehkam"
    """
    refuse_plot(plot, force=force)
    report = door.corpus.timeline(" ".join(query or ()), rows_wanted(door, n, csv=csv))
    if csv:
        rows = [*report.events, *report.published, *report.unresolved]
        head = ("value", "type", "basis", "document", "start", "end", "text")
        write_csv(door.terminal, head, [_cells(x) for x in rows])
    elif door.is_for_programs:
        door.answer(report.to_dict(), (x.to_dict() for x in report.events))
    else:
        _show(door.terminal, report)
    is_drawn = drawn(door.terminal, lambda: timeline_chart(report), plot, force=force)
    return FOUND if report.events and is_drawn else NOTHING_FOUND


def _cells(event: Event) -> list[object]:
    x = event.date
    return [x.value, x.type, x.basis, event.document, x.start, x.end, event.text]


def _show(terminal: Terminal, report: TimelineReport) -> None:
    show_basis(terminal, report.basis)
    if not report.events:
        terminal.line("No dated statement there." if report.basis.documents else "No passage matches.")
    for event in report.events:
        _event(terminal, event)
    for title, events in (("Published, or as of", report.published), ("Not resolved", report.unresolved)):
        if events:
            terminal.line()
            terminal.line((title, "heading"))
        for event in events:
            _event(terminal, event)
    if report.conflicts:
        terminal.line()
        terminal.line(("Dated twice", "heading"))
    for conflict in report.conflicts:
        _conflict(terminal, conflict)
    if report.undated:
        terminal.note(f"{report.undated:,} of {report.basis.documents:,} documents have no dated statement there.")
    if report.total > len(report.events):
        terminal.note(f"{len(report.events):,} of {report.total:,} statements; ask for more with -n, or for less")


def _event(terminal: Terminal, event: Event) -> None:
    where = f"  {event.citekey}:{event.date.start}-{event.date.end}"
    value = event.date.value or "unresolved"
    terminal.wrapped([(f"{value:<17} ", "date"), event.text, (where, "dim")], hanging=" " * 18)


def _conflict(terminal: Terminal, conflict: DateConflict) -> None:
    style = "mark" if conflict.verdict == "differs" else "label"
    act = f", {conflict.act}" if conflict.act else ""
    terminal.wrapped([(conflict.verdict, style), f": {conflict.concept}{act}: {conflict.reason}"], hanging="  ")
    for value, place in ((conflict.a_value, conflict.a), (conflict.b_value, conflict.b)):
        at = f"  {place.document[:8]}:{place.start}-{place.end}"
        terminal.wrapped([(f"{value:<17} ", "date"), place.text, (at, "dim")], "  ", " " * 20)
