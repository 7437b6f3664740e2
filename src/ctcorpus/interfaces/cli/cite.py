"""``ctcorpus cite``: one reference, and where the words stand."""

from __future__ import annotations

from typing import Annotated

import typer

from ctcorpus.interfaces.cli.door import FOUND, Door


def cite(
    door: Door,
    id: Annotated[str, typer.Argument(metavar="ID", help="A document, or a span of it: DOCUMENT:START-END.")],
    style: Annotated[str | None, typer.Option("--style", help="The reference as chicago or apa has it.")] = None,
) -> int:
    """Print the reference of a document or of any span, and its selector: enough to find the words again.

    With --style the reference is one for a bibliography; it needs the extra `styles`.

    Example: ctcorpus cite anon-nd-terrorism-continues:0-184
    """
    citation, link = door.corpus.cite(id), door.corpus.link(id)
    styled = door.corpus.styled(id, style) if style is not None else None
    if door.is_for_programs:
        record = {"schema": "ctcorpus/cite/1", **citation.to_dict(), "link": link}
        if styled is not None:
            record |= {"style": style, "styled": styled}
        door.answer(record, [record])
        return FOUND
    terminal = door.terminal
    terminal.wrapped([styled or citation.reference])
    if ":" in id:
        terminal.wrapped([("“", "dim"), citation.quote, ("”", "dim")], indent="  ")
        terminal.line((f"  before: {citation.prefix}", "dim"))
        terminal.line((f"  after:  {citation.suffix}", "dim"))
    if link:
        terminal.line(("  opens at: ", "dim"), link)
    terminal.line((f"  characters {citation.start}-{citation.end} of text sha256 {citation.text_sha256}", "dim"))
    terminal.line((f"  read from bytes sha256 {citation.sha256}", "dim"))
    return FOUND
