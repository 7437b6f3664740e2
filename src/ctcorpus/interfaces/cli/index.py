"""``ctcorpus index``: brings the store up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ctcorpus.interfaces.cli.door import FOUND, SOME_SET_ASIDE, Door
from ctcorpus.interfaces.terminal import Terminal
from ctcorpus.model.report import IndexReport


def index(
    door: Door,
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files, folders, globs; none: the remembered ones.")
    ] = None,
    prune: Annotated[bool, typer.Option("--prune", help="Forget what is gone from these paths.")] = False,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Read every source anew.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change; write nothing.")] = False,
) -> int:
    """Bring the store up to date: read what is new or changed, leave the rest alone.

    Paths are remembered: the next run without any takes the same ones (at first seeds/). Exit code 3 when some
    files were set aside, each with its reason.

    Example: ctcorpus index seeds/
    """
    with door.terminal.progress(0, "indexing") as advance:
        report = door.corpus.index(
            paths or (), prune=prune, rebuild=rebuild, dry_run=dry_run, progress=lambda *_: advance(1)
        )
    if door.is_for_programs:
        door.answer(report.to_dict(), ({"what": what, "path": path} for what, path in report.changes))
    else:
        _show(door.terminal, report, dry_run=dry_run, everything=door.verbose)
    return SOME_SET_ASIDE if report.failed else FOUND


def _show(terminal: Terminal, report: IndexReport, *, dry_run: bool, everything: bool) -> None:
    for what, path in report.changes if everything or dry_run else ():
        terminal.line((f"{what:>8}", "label"), "  ", path)
    would = "would be " if dry_run else ""
    counts = {"added": report.added, "updated": report.updated, "removed": report.removed, "read anew": report.reread}
    done = ", ".join(f"{number} {would}{what}" for what, number in counts.items() if number)
    terminal.line(done or "nothing has changed", f"; {report.unchanged} unchanged" if report.unchanged else "")
    total = f"{report.documents} documents, {report.passages} passages, generation {report.generation}"
    terminal.line((f"{total}, {report.seconds:.2f} s", "dim"))
    for failure in report.failed:
        terminal.warn(f"set aside: {failure.path}: {failure.reason}")
    for path in report.gone:
        terminal.warn(f"no longer there: {path} (forget it with: ctcorpus index --prune)")
    for warning in report.warnings:
        terminal.warn(warning)
