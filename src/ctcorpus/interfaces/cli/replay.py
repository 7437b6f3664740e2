"""``ctcorpus replay``: a recorded search, run again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ctcorpus.interfaces.cli.door import FOUND, NOTHING_FOUND, Door
from ctcorpus.model.receipt import Change

_CAUSES = {
    "version": "another version of ctcorpus",
    "rules": "facts were read by other rules",
    "thesaurus": "another thesaurus",
    "documents": "other documents",
}


def replay(
    door: Door,
    receipt: Annotated[Path, typer.Argument(metavar="RECEIPT", help="A file that search --receipt wrote.")],
) -> int:
    """Run a recorded search again and say what changed, hit by hit, and what may be why.

    Exit code 0 when the hits are the same in the same order, 1 when they are not.

    Example: ctcorpus replay fence.receipt.json
    """
    found = door.corpus.replay(receipt)
    if door.is_for_programs:
        door.answer(found.to_dict(), (change.to_dict() for change in found.changes))
        return FOUND if found.same else NOTHING_FOUND
    say = door.terminal
    say.line((f"{found.query}", "title"), f"  asked {found.made}")
    say.line(f"passages with all the words: {found.was['all_words']} then, {found.now['all_words']} now")
    for cause in found.causes:
        say.wrapped([f"{_CAUSES[cause.what]}: {cause.was[:20]} then, {cause.now[:20]} now"], hanging="  ")
    if found.same:
        say.line("The same hits, in the same order.")
    for change in found.changes:
        say.line()
        say.wrapped([(_what(change), "warn"), f": {change.why}"], hanging="  ")
        say.wrapped([("— " + change.reference, "dim")], indent="  ", hanging="    ")
    return FOUND if found.same else NOTHING_FOUND


def _what(change: Change) -> str:
    if change.what == "moved":
        return f"moved from rank {change.was} to {change.now}"
    return f"gone, was rank {change.was}" if change.what == "gone" else f"new, rank {change.now}"
