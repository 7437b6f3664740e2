"""``ctcorpus copy``: a verified copy of a store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ctcorpus.interfaces.cli.door import DAMAGED, FOUND, Door


def copy(
    door: Door,
    source: Annotated[Path, typer.Argument(metavar="STORE", help="The store that is copied.")],
    target: Annotated[Path, typer.Argument(metavar="STORE", help="A folder that is empty or not there.")],
) -> int:
    """Copy a store to another folder, every byte checked, and compare the digests of what both hold.

    All versions come along, citekeys, notes, statements, history and what was registered; the sources' own files do
    not: the store keeps their bytes. Other commands may write meanwhile. What is in the way is never overwritten.

    Example: ctcorpus copy data/index /media/backup/corpus/data/index
    """
    from ctcorpus.corpus import Corpus

    found = Corpus(source).copy(target)
    if door.is_for_programs:
        door.answer(found.to_dict(), [found.to_dict()])
    else:
        terminal = door.terminal
        older = f" and {found.versions - found.documents:,} older versions" if found.versions > found.documents else ""
        size = f"{found.documents:,} documents{older}, {found.passages:,} passages"
        terminal.line(f"{size}, generation {found.generation}, in {found.seconds:.2f} s")
        terminal.line(("source  ", "label"), f"{found.digest}  {found.source}")
        terminal.line(("copy    ", "label"), f"{found.digest_of_copy}  {found.target}")
        terminal.line("The digests are equal." if found.is_equal else ("The digests differ.", "error"))
        if found.files:
            terminal.note(f"with {', '.join(found.files)}")
    return FOUND if found.is_equal else DAMAGED
