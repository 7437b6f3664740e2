"""``ctcorpus doctor``: checks every byte of the store."""

from __future__ import annotations

from typing import Annotated

import typer

from ctcorpus.interfaces.cli.door import DAMAGED, FOUND, Door


def doctor(
    door: Door,
    repair: Annotated[bool, typer.Option("--repair", help="Write a new generation from what is sound.")] = False,
) -> int:
    """Check every byte of the store: texts, passages, facts, sources and index. Exit code 4 when it is damaged.

    A note says where this system holds the readers of files back less than others do (no Landlock).
    Nothing is repaired in place: --repair writes a new generation from what is sound and lists the rest.

    Example: ctcorpus doctor
    """
    found = door.corpus.doctor(repair=repair)
    if door.is_for_programs:
        door.answer(found.to_dict(), (x.to_dict() for x in found.findings))
    else:
        terminal = door.terminal
        for flaw in found.findings:
            terminal.line(
                ("damaged  " if flaw.fatal else "note     ", "error" if flaw.fatal else "dim"),
                f"{flaw.block}: {flaw.problem}",
            )
        for note in found.notes:
            terminal.wrapped([("note     ", "dim"), note], hanging=" " * 9)
        checked = ", ".join(f"{number:,} {what}" for what, number in found.checked.items())
        terminal.line(f"checked {checked} in {found.seconds:.2f} s")
        for path in found.lost:
            terminal.line(("lost     ", "error"), path)
        if found.repaired is not None:
            terminal.line(f"A new generation was written from what is sound: {found.repaired}")
        else:
            terminal.line("Sound." if found.is_sound else "Write a sound one with: ctcorpus doctor --repair")
    return FOUND if found.is_sound or found.repaired is not None else DAMAGED
