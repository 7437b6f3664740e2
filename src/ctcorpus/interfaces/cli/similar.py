"""``ctcorpus similar``: passages like a text of the corpus."""

from __future__ import annotations

from typing import Annotated

import typer

from ctcorpus.interfaces.cli.basis import show_basis
from ctcorpus.interfaces.cli.door import FOUND, NOTHING_FOUND, Door
from ctcorpus.interfaces.terminal import Terminal
from ctcorpus.model.words import Similar

MARGIN = "   "


def similar(
    door: Door,
    id: Annotated[str, typer.Argument(help="A document or a span: an ID, a citekey, a path.")],
    n: Annotated[int, typer.Option("-n", "--limit", help="How many passages.", min=1)] = 10,
    where: Annotated[str, typer.Option("--where", help="Only passages that match this query.")] = "",
    same_document: Annotated[
        bool, typer.Option("--same-document", help="Also other passages of the same document.")
    ] = False,
) -> int:
    """Find the passages most like a document or a span, by their words (TF-IDF cosine), and name the shared words.

    Alike is not the same origin: for that see ctcorpus origins.

    Example: ctcorpus similar khan-2024-work:120-480
    """
    found = door.corpus.similar(id, n, where=where, same_document=same_document)
    if door.is_for_programs:
        door.answer(found.to_dict(), (x.to_dict() for x in found))
    else:
        _show(door.terminal, found)
    return FOUND if found.passages else NOTHING_FOUND


def _show(terminal: Terminal, found: Similar) -> None:
    show_basis(terminal, found.basis)
    if not found.passages:
        other = "None of them shares" if found.compared else "There is no other passage that could share"
        terminal.line(f"{other} a word with it.")
        return
    terminal.line((f"compared with {found.compared:,} passages: {found.measure}", "dim"))
    for rank, x in enumerate(found, 1):
        terminal.line()
        shared = f"  shared: {', '.join(x.shared)}"
        terminal.wrapped([(f"{rank}. ", "number"), (f"{x.score:.3f}", "label"), (shared, "dim")], hanging=MARGIN)
        terminal.wrapped([x.text], indent=MARGIN)
        terminal.wrapped([("— " + x.citation.reference, "dim")], indent=MARGIN, hanging=MARGIN + "  ")
