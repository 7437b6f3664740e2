"""``ctcorpus note``: a person's own judgement beside a document or a span."""

from __future__ import annotations

from typing import Annotated

import typer

from ctcorpus.interfaces.cli.door import FOUND, NOTHING_FOUND, Door
from ctcorpus.interfaces.terminal import Terminal
from ctcorpus.model.export import Notes


def note(
    door: Door,
    id: Annotated[str | None, typer.Argument(metavar="ID", help="A document, or a span of it.")] = None,
    text: Annotated[list[str] | None, typer.Argument(help="The note; without it, the notes there are.")] = None,
    tag: Annotated[list[str] | None, typer.Option("--tag", "-t", help="A tag; may be repeated.")] = None,
    by: Annotated[str | None, typer.Option("--by", help="Who writes; else git's user name or yours.")] = None,
) -> int:
    """Keep a note beside a document or a span, with who and when; without a text, list the notes.

    Notes are plain lines of notes.jsonl in the corpus folder. They are never facts, and no search finds them.

    Example: ctcorpus note anon-nd-terrorism-continues:0-184 "compare with the annual report" --tag check
    """
    if id is not None and text:
        written = door.corpus.note(id, " ".join(text), tags=tag or (), by=by)
        found = Notes((written,))
    else:
        found = door.corpus.notes(id, tags=tag or ())
    if door.is_for_programs:
        record = found.to_dict()
        door.answer(record, record["notes"])
    else:
        _show(door.terminal, found)
    return FOUND if found.notes else NOTHING_FOUND


def _show(terminal: Terminal, found: Notes) -> None:
    for warning in found.warnings:
        terminal.warn(warning)
    for x in found.notes:
        tags = f"  [{', '.join(x.tags)}]" if x.tags else ""
        place = f":{x.span.start}-{x.span.end}" if x.span else ""
        terminal.wrapped([(f"{x.citekey or x.document}{place}", "title"), (tags, "label")])
        terminal.wrapped([x.text], indent="  ")
        terminal.wrapped([(f"— {x.by}, {x.at}", "dim")], indent="  ")
    if not found.notes:
        terminal.note("No notes here. Write one with: ctcorpus note ID TEXT")
