"""``ctcorpus config show``: every setting in force, and where it comes from."""

from __future__ import annotations

from typing import Annotated

import typer

from ctcorpus.errors import UsageError
from ctcorpus.interfaces.cli.door import FOUND, Door
from ctcorpus.interfaces.terminal import Column


def config(
    door: Door,
    what: Annotated[str, typer.Argument(metavar="show", help="The only thing there is to do: show.")] = "show",
) -> int:
    """Show every setting in force and its origin: an option, the environment, ctcorpus.toml, the store, the default.

    ctcorpus.toml lies in the corpus folder: sources, thesaurus, and a table [limits].

    Example: ctcorpus config show
    """
    if what != "show":
        raise UsageError(f"'config {what}' is nothing that can be done", "Write: ctcorpus config show")
    found = door.corpus.config(door.store_given)
    if door.is_for_programs:
        door.answer(found.to_dict(), (x.to_dict() for x in found.settings))
        return FOUND
    columns = [Column("setting", style="label", no_wrap=True), Column("value"), Column("origin"), Column("where")]
    rows = [[x.name, str(x.value), x.origin, x.where or ""] for x in found.settings]
    door.terminal.table(columns, rows)
    if not found.has_file:
        door.terminal.note(f"There is no ctcorpus.toml in {found.folder}: nothing is set there.")
    return FOUND
