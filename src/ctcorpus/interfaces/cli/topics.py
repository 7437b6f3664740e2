"""``ctcorpus topics``: words that stand together across documents."""

from __future__ import annotations

from typing import Annotated

import typer

from ctcorpus.interfaces.cli.basis import Force, Plot, drawn, show_basis
from ctcorpus.interfaces.cli.door import FOUND, NOTHING_FOUND, Door
from ctcorpus.interfaces.drawing import refuse_plot
from ctcorpus.interfaces.plots import topics_chart
from ctcorpus.interfaces.terminal import Terminal
from ctcorpus.model.words import Topics

MARGIN = "   "


def topics(
    door: Door,
    query: Annotated[list[str] | None, typer.Argument(help="Which passages: a query as in search. None: all.")] = None,
    n: Annotated[int, typer.Option("-n", "--limit", help="How many topics at most.", min=1, max=50)] = 10,
    plot: Plot = None,
    force: Force = False,
) -> int:
    """Find topics: words that stand together in many passages of many documents, each with passages to read.

    A small corpus has none, and this says so: below 200 passages or 20 documents topics only mirror the documents.

    Example: ctcorpus topics -n 5
    """
    refuse_plot(plot, force=force)
    found = door.corpus.topics(" ".join(query or ()), n)
    if door.is_for_programs:
        door.answer(found.to_dict(), (x.to_dict() for x in found))
    else:
        _show(door.terminal, found)
    is_drawn = drawn(door.terminal, lambda: topics_chart(found), plot, force=force)
    return FOUND if found.topics and is_drawn else NOTHING_FOUND


def _show(terminal: Terminal, found: Topics) -> None:
    show_basis(terminal, found.basis)
    if found.reason:
        terminal.wrapped([found.reason + "."])
        return
    terminal.wrapped([(f"found in {found.fitted:,} passages: {found.method}", "dim")])
    for topic in found:
        terminal.line()
        terminal.wrapped([(f"{topic.number}. ", "number"), (", ".join(topic.terms), "label")], hanging=MARGIN)
        size = f"{topic.size:,} passages of {topic.documents:,} documents"
        largest = f"{topic.largest_share:.0%} of them in one document"
        terminal.line((f"{MARGIN}{size}; {largest}", "dim"))
        for passage in topic.passages:
            terminal.wrapped([passage.text], indent=MARGIN)
            terminal.wrapped([("— " + passage.citation.reference, "dim")], indent=MARGIN, hanging=MARGIN + "  ")
