"""``ctcorpus diff``: what changed between versions of a source."""

from __future__ import annotations

from typing import Annotated

import typer

from ctcorpus.interfaces.cli.door import FOUND, NOTHING_FOUND, Door
from ctcorpus.interfaces.terminal import Terminal
from ctcorpus.model.report import DiffReport, Piece

_SIGNS = {"removed": "-", "added": "+", "changed": "~", "moved": ">"}


def diff(
    door: Door,
    id: Annotated[str, typer.Argument(metavar="ID", help="A document of the work: id, citekey or path.")],
    before: Annotated[int | None, typer.Option("--from", help="The older version's number.")] = None,
    after: Annotated[int | None, typer.Option("--to", help="The newer version's number.")] = None,
) -> int:
    """Say what changed between two versions of a source, sentence by sentence; both places can be cited.

    By default the last two. Exit code 1 when no sentence differs.

    Example: ctcorpus diff anon-nd-terrorism-continues
    """
    found = door.corpus.diff(id, before=before, after=after)
    if door.is_for_programs:
        door.answer(found.to_dict(), (x.to_dict() for x in found.changes))
    else:
        _show(door.terminal, found)
    return FOUND if found.changes or found.fields else NOTHING_FOUND


def _show(terminal: Terminal, found: DiffReport) -> None:
    of = f"version {found.before_version} to version {found.after_version} of {found.versions}"
    terminal.line((found.citekey, "title"), f"  {of}")
    for row in found.fields:
        terminal.wrapped([(f"{row['field']}: ", "dim"), f"{_said(row['before'])} → {_said(row['after'])}"])
    for change in found.changes:
        terminal.line()
        if change.kind == "moved" and change.after:
            _piece(terminal, ">", change.after, "number")
            continue
        for sign, piece, style in (("-", change.before, "warn"), ("+", change.after, "label")):
            if piece is not None:
                _piece(terminal, sign, piece, style)
    counts = ", ".join(f"{sum(x.kind == kind for x in found.changes)} {kind}" for kind in _SIGNS)
    terminal.line()
    terminal.line((f"{counts}; {found.unchanged} sentences and headings unchanged", "dim"))


def _piece(terminal: Terminal, sign: str, piece: Piece, style: str) -> None:
    terminal.wrapped([(f"{sign} ", style), piece.text.rstrip("\r\n")], hanging="  ")
    document, _, place = piece.id.partition(":")
    terminal.line((f"  {document[:12]}:{place}", "dim"))


def _said(value: object) -> str:
    return ", ".join(str(x) for x in value) if isinstance(value, list | tuple) else str(value or "not stated")
