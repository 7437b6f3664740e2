"""``ctcorpus impact``: what rests on a text that may have changed."""

from __future__ import annotations

from typing import Annotated

import typer

from ctcorpus.interfaces.cli.door import FOUND, NOTHING_FOUND, Door
from ctcorpus.interfaces.terminal import Terminal
from ctcorpus.model.export import Impact


def impact(
    door: Door,
    id: Annotated[str, typer.Argument(metavar="ID", help="A document or a span, of the store or gone from it.")],
) -> int:
    """List the registered drafts and exports that rest on a document or a span, and how what they cite stands now.

    Exit code 1 when none does. Register an export with: ctcorpus export … --register

    Example: ctcorpus impact anon-nd-terrorism-continues
    """
    found = door.corpus.impact(id)
    if door.is_for_programs:
        record = found.to_dict()
        door.answer(record, record["rows"])
    else:
        _show(door.terminal, found)
    return FOUND if found.rows else NOTHING_FOUND


def _show(terminal: Terminal, found: Impact) -> None:
    said = {"as_registered": "as it was registered", "edited": "edited since", "missing": "no longer there"}
    for row in found.rows:
        terminal.wrapped([(row.path, "title"), (f"  {row.kind}, registered {row.at}, {said[row.file]}", "dim")])
        for span in row.spans:
            now = f"; its words now stand at {span['now']}" if span["status"] == "superseded" and span["now"] else ""
            lost = "; its words do not stand in the new text" if span["status"] == "superseded" and not now else ""
            style = "dim" if span["status"] == "current" else "warn"
            terminal.wrapped([(f"{span['id']}: {span['status']}{now}{lost}", style)], indent="  ", hanging="    ")
    changed = sum(row.changed for row in found.rows)
    terminal.note(f"{len(found.rows)} of {found.registered} registered files rest on it, {changed} on changed text")
