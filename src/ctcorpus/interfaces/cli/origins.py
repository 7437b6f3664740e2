"""``ctcorpus origins``: how many origins some articles have, at least and at most."""

from __future__ import annotations

from typing import Annotated

import typer

from ctcorpus.interfaces.cli.basis import place, show_basis, write_csv
from ctcorpus.interfaces.cli.door import FOUND, NOTHING_FOUND, Door
from ctcorpus.model.analysis import OriginsReport


def origins(
    door: Door,
    query: Annotated[list[str] | None, typer.Argument(help="Which passages: a query as in search. None: all.")] = None,
    csv: Annotated[bool, typer.Option("--csv", help="A table as CSV.")] = False,
) -> int:
    """Say how many origins the documents have: at least, at most, and how many name none.

    Documents are linked by words that they share and by a named source that both put words down to. What is not
    linked is differently named or unknown, which does not make it independent.

    Example: ctcorpus origins "intelligence-based operations"
    """
    report = door.corpus.origins(" ".join(query or ()))
    found = report.origins
    if csv:
        rows = [[x.a, x.b, x.reason, *(y.text for y in x.spans)] for x in found.links]
        write_csv(door.terminal, ("a", "b", "reason", "words_a", "words_b"), rows)
    elif door.is_for_programs:
        door.answer(report.to_dict(), (x.to_dict() for x in found.links))
    else:
        _show(door, report)
    return FOUND if found.articles else NOTHING_FOUND


def _show(door: Door, report: OriginsReport) -> None:
    terminal = door.terminal
    show_basis(terminal, report.basis)
    found = report.origins
    if not found.articles:
        terminal.line("No passage matches.")
        return
    terminal.line((str(found), "title"))
    for link in found.links:
        a, b = (door.corpus.store.entry(x).citekey for x in (link.a, link.b))
        terminal.wrapped([(f"{a} – {b}: ", "label"), link.reason], hanging="  ")
        for span in link.spans:
            terminal.wrapped([span.text, (f"  {place(door, span.document, span.start, span.end)}", "dim")], "    ")
    if report.compared < found.articles:
        terminal.note(f"The words of {report.compared:,} of {found.articles:,} documents were compared: ask for less.")
    if not found.links:
        terminal.line("Nothing that was looked for links two of them.")
