"""``ctcorpus timeline``: dated statements in order of date."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ctcorpus.interfaces.cli.basis import rows_wanted, show_basis, write_csv
from ctcorpus.interfaces.cli.door import FOUND, NOTHING_FOUND, Door
from ctcorpus.interfaces.terminal import Terminal
from ctcorpus.model.analysis import DateConflict, Event, TimelineReport


def timeline(
    door: Door,
    query: Annotated[list[str] | None, typer.Argument(help="Which passages: a query as in search. None: all.")] = None,
    n: Annotated[int | None, typer.Option("-n", "--limit", help="Statements: 100 for people, else 10,000.")] = None,
    csv: Annotated[bool, typer.Option("--csv", help="A table as CSV.")] = False,
    plot: Annotated[Path | None, typer.Option("--plot", help="Draw it: FILE.svg, .png or .html.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a drawing that is there.")] = False,
) -> int:
    """List dated statements in order of date, with the precision that the texts give and no more.

    Dates of publication stand apart from dates of events; relative and vague dates are shown as unresolved. Where
    one event is dated twice, both places are put side by side.

    Example: ctcorpus timeline "Azm-e-Istehkam"
    """
    report = door.corpus.timeline(" ".join(query or ()), rows_wanted(door, n, csv=csv))
    if csv:
        rows = [*report.events, *report.published, *report.unresolved]
        head = ("value", "type", "basis", "document", "start", "end", "text")
        write_csv(door.terminal, head, [_cells(x) for x in rows])
    elif door.is_for_programs:
        door.answer(report.to_dict(), (x.to_dict() for x in report.events))
    else:
        _show(door.terminal, report)
    if plot is not None and report.events:
        from ctcorpus.interfaces.plots import has_dates, save_plot, timeline_chart

        if not has_dates(report):
            door.terminal.warn("No date there has both ends, so there is nothing to draw")
            return NOTHING_FOUND
        save_plot(timeline_chart(report), plot, force=force)
    return FOUND if report.events else NOTHING_FOUND


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
