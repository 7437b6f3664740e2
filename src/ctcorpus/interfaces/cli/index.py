"""``ctcorpus index``: brings the store up to date."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import typer

from ctcorpus.errors import UnknownIdError, UsageError
from ctcorpus.interfaces.cli.door import FOUND, SOME_SET_ASIDE, Door
from ctcorpus.interfaces.terminal import Terminal
from ctcorpus.model.report import IndexReport

#: files added at once for which a person is pointed to their news
MOST_NEWS = 3


def index(
    door: Door,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files, folders, globs; -: a list on stdin, a path a line; none: the remembered ones."),
    ] = None,
    prune: Annotated[bool, typer.Option("--prune", help="Forget what is gone from these paths.")] = False,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Read every source anew.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change; write nothing.")] = False,
    metadata: Annotated[
        Path | None, typer.Option(help="What sources do not state: CSL-JSON, or a file like sources.toml.")
    ] = None,
) -> int:
    """Bring the store up to date: read what is new or changed, leave the rest alone.

    Paths are remembered: the next run without any takes the same ones (at first seeds/). What a maintainer states in
    sources.toml is applied, and shown as stated. Exit code 3 when some files were set aside, each with its reason.

    Example: ctcorpus index seeds/
    """
    with telling(door.terminal) as (progress, announce):
        report = door.corpus.index(
            _listed(paths or []),
            prune=prune,
            rebuild=rebuild,
            dry_run=dry_run,
            metadata=metadata,
            jobs=0,
            progress=progress,
            announce=announce,
        )
    return answer(door, report)


@contextmanager
def telling(terminal: Terminal) -> Iterator[tuple[Callable[[int, int, str], None], Callable[[str, str | None], None]]]:
    """What an indexing run tells its progress and its steps to: a line on stderr for each step, a note before it."""
    with ExitStack() as stack:
        step = ["reading"]
        advance: list[Callable[[int], None]] = []

        def progress(_: int, total: int, __: str) -> None:
            if not advance:
                advance.append(stack.enter_context(terminal.progress(total, step[0])))
            advance[0](1)

        def announce(name: str, note: str | None) -> None:
            stack.close()
            advance.clear()
            step[0] = name
            if note:
                terminal.note(note)

        yield progress, announce


def answer(door: Door, report: IndexReport, command: str = "index") -> int:
    """Tells what a run did; the exit code. command: whose answer this is."""
    if door.is_for_programs:
        record = {**report.to_dict(), "schema": f"ctcorpus/{command}/1"}
        door.answer(record, ({"what": what, "path": path} for what, path in report.changes))
    else:
        _show(door.terminal, report, everything=door.verbose)
        _name_news(door, report)
    return SOME_SET_ASIDE if report.failed else FOUND


def _name_news(door: Door, report: IndexReport) -> None:
    """Names the command that tells what a few added files bring, where there is something to hold them against."""
    if report.dry_run or not 0 < report.added <= MOST_NEWS or report.documents <= report.added:
        return
    for what, path in report.changes:
        if what != "added":
            continue
        try:
            citekey = door.corpus.entry(path).citekey
        except (UnknownIdError, UsageError):  # an archive, or a file that holds no document of its own
            continue
        door.terminal.note(f"see what is new in it: ctcorpus news {citekey}")


def _listed(paths: list[Path]) -> list[Path]:
    """The paths, with those that stdin lists in place of ``-``."""
    found: list[Path] = []
    for path in paths:
        if str(path) == "-":
            lines = os.fsdecode(sys.stdin.buffer.read()).splitlines()
            found += [Path(line) for line in lines if line.strip()]
        else:
            found.append(path)
    return found


def _show(terminal: Terminal, report: IndexReport, *, everything: bool) -> None:
    for what, path in report.changes if everything or report.dry_run else ():
        terminal.line((f"{what:>8}", "label"), "  ", path)
    would = "would be " if report.dry_run else ""
    counts = {
        "added": report.added,
        "updated": report.updated,
        "removed": report.removed,
        "read anew": report.reread,
        "with other statements of a maintainer": report.stated,
    }
    done = ", ".join(f"{number} {would}{what}" for what, number in counts.items() if number)
    terminal.line(done or "nothing has changed", f"; {report.unchanged} unchanged" if report.unchanged else "")
    total = f"{report.documents} documents, {report.passages} passages, generation {report.generation}"
    terminal.line((f"{total}, {report.seconds:.2f} s", "dim"))
    for draft in report.drafts:
        rests = f"{draft.spans} of its spans {'would be' if report.dry_run else 'are'} touched"
        terminal.warn(f"{draft.kind} {draft.path}: {rests} (see: ctcorpus impact ID)")
    for failure in report.failed:
        terminal.warn(f"set aside: {failure.path}: {failure.reason}")
    for path in report.gone:
        terminal.warn(f"no longer there: {path} (forget it with: ctcorpus index --prune)")
    for warning in report.warnings:
        terminal.warn(warning)
