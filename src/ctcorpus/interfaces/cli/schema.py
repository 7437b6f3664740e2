"""``ctcorpus schema``: the JSON Schema of an answer."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from ctcorpus.interfaces.cli.door import FOUND, Door
from ctcorpus.interfaces.schemas import ANSWERS, json_schema


def schema(
    door: Door,
    answer: Annotated[str | None, typer.Argument(metavar="COMMAND", help="Whose answer; none: list them.")] = None,
) -> int:
    """Print the JSON Schema of what a command answers with --json.

    Example: ctcorpus schema search
    """
    if answer is None:
        rows = [{"answer": name} for name in ANSWERS]
        if door.is_for_programs:
            door.answer({"schema": "ctcorpus/schema/1", "answers": rows}, rows)
        else:
            door.terminal.line(*(f"{name}  " for name in ANSWERS))
        return FOUND
    made = json_schema(answer)
    if door.is_for_programs:
        door.answer(made, [made])
    else:
        door.terminal.data(json.dumps(made, ensure_ascii=False, indent=2) + "\n")
    return FOUND
