"""``ctcorpus brief``: a page of cited passages about a concept or a query."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ctcorpus.interfaces.cli.basis import show_basis
from ctcorpus.interfaces.cli.door import FOUND, NOTHING_FOUND, Door


def brief(
    door: Door,
    query: Annotated[list[str], typer.Argument(help="A concept (@name) or a query as in search.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write: .md, .html or .docx.")],
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
) -> int:
    """Write a page about a concept or a query, made of quotations alone, each with its reference.

    What is said, by whom, figures side by side, names, timeline, and what was searched for and not found. Where no
    passage matches, no file is written.

    Example: ctcorpus brief "border fence" -o fence.md
    """
    made = door.corpus.brief(" ".join(query), output, force=force)
    if door.is_for_programs:
        door.answer(made.to_dict(), (x.to_dict() for x in made.sections))
        return FOUND if made.rows else NOTHING_FOUND
    show_basis(door.terminal, made.basis)
    for section in made.sections:
        door.terminal.line(f"{len(section.rows):>4}  {section.heading}")
    if made.absent:
        door.terminal.line(("searched for and not found: ", "warn"), ", ".join(made.absent))
    if made.path:
        door.terminal.note(f"{made.rows} quotations written to {made.path}")
    else:
        door.terminal.line(f"No passage matches '{made.query}', so no page was written.")
    return FOUND if made.rows else NOTHING_FOUND
