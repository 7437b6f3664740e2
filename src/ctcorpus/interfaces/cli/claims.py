"""``ctcorpus claims``: check-worthy sentences, and what bears on them elsewhere."""

from __future__ import annotations

from typing import Annotated

import typer

from ctcorpus.interfaces.cli.basis import place, show_basis, write_csv
from ctcorpus.interfaces.cli.door import FOUND, NOTHING_FOUND, Door
from ctcorpus.model.analysis import Claim, ClaimReport

#: related sentences of a claim that a person is shown, likest first
SHOWN = 3


def claims(
    door: Door,
    query: Annotated[list[str] | None, typer.Argument(help="Which passages: a query as in search. None: all.")] = None,
    n: Annotated[int, typer.Option("-n", "--limit", help="How many claims.", min=1, max=1000)] = 20,
    csv: Annotated[bool, typer.Option("--csv", help="A table as CSV.")] = False,
) -> int:
    """List check-worthy sentences: who says them, how strongly, and which sentences elsewhere bear on them.

    Related sentences are candidates, each with its reason: the tool relates, a person judges.

    Example: ctcorpus claims "border fence"
    """
    report = door.corpus.claims(" ".join(query or ()), n)
    if csv:
        head = ("document", "start", "end", "assertion", "speaker", "verb", "concepts", "related", "text")
        write_csv(door.terminal, head, [_cells(x) for x in report.claims])
    elif door.is_for_programs:
        door.answer(report.to_dict(), (x.to_dict() for x in report.claims))
    else:
        _show(door, report)
    return FOUND if report.claims else NOTHING_FOUND


def _cells(claim: Claim) -> list[object]:
    said = claim.attribution
    related = "; ".join(f"{x.relation} {x.document}:{x.start}-{x.end}" for x in claim.related)
    who = [said.speaker, said.verb] if said else [None, None]
    place = [claim.document, claim.start, claim.end, claim.assertion]
    return [*place, *who, " ".join(claim.concepts), related, claim.text]


def _show(door: Door, report: ClaimReport) -> None:
    terminal = door.terminal
    show_basis(terminal, report.basis)
    if not report.claims:
        terminal.line("No check-worthy sentence there." if report.basis.documents else "No passage matches.")
    for number, claim in enumerate(report.claims, 1):
        terminal.line()
        said = claim.attribution
        who = f" by {said.speaker}" if said else ""
        terminal.wrapped([(f"{number}. ", "number"), claim.text], hanging="   ")
        where = place(door, claim.document, claim.start, claim.end)
        terminal.wrapped([(f"{claim.assertion}{who}", "label"), (f"  {where}", "dim")], indent="   ")
        for other in claim.related[:SHOWN]:
            where = place(door, other.document, other.start, other.end)
            terminal.wrapped([(other.relation.replace("_", " "), "label"), f": {other.text}"], "   ", "     ")
            terminal.wrapped([(f"{other.reason}  {where}", "dim")], "     ")
        if len(claim.related) > SHOWN:
            terminal.line((f"   {len(claim.related) - SHOWN} more with --json", "dim"))
    if report.more:
        terminal.note("There are more claims: ask for them with -n, or for less with a query.")
