"""``ctcorpus news``: what an article brings against the corpus."""

from __future__ import annotations

from typing import Annotated

import typer

from ctcorpus.interfaces.cli.basis import write_csv
from ctcorpus.interfaces.cli.door import FOUND, NOTHING_FOUND, Door
from ctcorpus.model.analysis import NewsReport, NewsRow


def news(
    door: Door,
    id: Annotated[str, typer.Argument(metavar="ID|FILE", help="A document of the store, or a file that is not in it.")],
    against: Annotated[str, typer.Option("--against", help="Which passages: a query as in search.")] = "",
    csv: Annotated[bool, typer.Option("--csv", help="A table as CSV.")] = False,
) -> int:
    """Say what an article brings: figures, claims, names, speakers and dates that are new, repeated or other.

    Each with its place here and its places in the corpus. A file is read, not added.

    Example: ctcorpus news article.txt --against "published:2025.."
    """
    report = door.corpus.news(id, against)
    if csv:
        rows = [[x.kind, x.status, x.text, x.here.start, x.here.end, " ".join(x.there), x.reason] for x in report.rows]
        write_csv(door.terminal, ("kind", "status", "text", "start", "end", "there", "reason"), rows)
    elif door.is_for_programs:
        door.answer(report.to_dict(), (x.to_dict() for x in report.rows))
    else:
        _show(door, report)
    return FOUND if report.rows else NOTHING_FOUND


def _show(door: Door, report: NewsReport) -> None:
    terminal = door.terminal
    terminal.line(("against ", "dim"), (str(report.basis), "dim"))
    if not report.rows:
        terminal.line("Nothing in it that could be held against the corpus.")
        return
    for status in ("differs", "new", "unresolved", "repeats"):
        rows = [x for x in report.rows if x.status == status]
        if rows:
            terminal.line()
            terminal.line((f"{status} ({len(rows):,})", "heading"))
        for row in rows:
            _row(door, row)


def _row(door: Door, row: NewsRow) -> None:
    there = f"  there: {', '.join(_short(door, x) for x in row.there)}" if row.there else ""
    at = f"  here: {row.here.start}-{row.here.end}"
    terminal = door.terminal
    terminal.wrapped([(f"{row.kind}: ", "label"), row.text, (f"{at}{there}", "dim")], "  ", "    ")
    terminal.wrapped([(row.reason, "dim")], "    ")


def _short(door: Door, span: str) -> str:
    document, _, offsets = span.partition(":")
    return f"{door.corpus.store.entry(document).citekey}:{offsets}"
