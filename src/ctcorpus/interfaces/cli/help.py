"""``ctcorpus help``: explains a word of the tool."""

from __future__ import annotations

from typing import Annotated

import typer

from ctcorpus.errors import UsageError
from ctcorpus.interfaces.cli.door import FOUND, Door
from ctcorpus.interfaces.glossary import GLOSSARY


def explain(
    door: Door,
    term: Annotated[list[str] | None, typer.Argument(help="The word; none: all of them.")] = None,
) -> int:
    """Explain a word: passage, generation, citation, EDTF ...

    Example: ctcorpus help passage
    """
    wanted = " ".join(term or ()).lower()
    if wanted and wanted not in GLOSSARY:
        from difflib import get_close_matches

        near = get_close_matches(wanted, GLOSSARY, n=3)
        hint = f"Did you mean: {', '.join(near)}" if near else "See all of them with: ctcorpus help"
        raise UsageError(f"There is no entry for '{wanted}'", hint)
    entries = {wanted: GLOSSARY[wanted]} if wanted else GLOSSARY
    if door.is_for_programs:
        rows = [{"term": name, "means": text} for name, text in entries.items()]
        door.answer({"schema": "ctcorpus/help/1", "terms": rows}, rows)
    for name, text in entries.items() if not door.is_for_programs else ():
        door.terminal.wrapped([(f"{name:<13}", "title"), text], hanging=" " * 13)
    return FOUND
