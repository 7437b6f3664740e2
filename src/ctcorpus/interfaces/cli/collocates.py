"""``ctcorpus collocates``: the words that stand beside a word."""

from __future__ import annotations

from typing import Annotated

import typer

from ctcorpus.interfaces.cli.basis import Force, Plot, answer_words, show_basis
from ctcorpus.interfaces.cli.door import Door
from ctcorpus.interfaces.cli.word_table import show_words
from ctcorpus.interfaces.drawing import refuse_plot
from ctcorpus.interfaces.plots import collocates_chart
from ctcorpus.interfaces.terminal import Terminal
from ctcorpus.model.words import Collocations


def collocates(
    door: Door,
    word: Annotated[list[str], typer.Argument(help="A word, a phrase, a wildcard, @concept or /regex/.")],
    window: Annotated[int, typer.Option("--window", help="Words on either side.", min=1, max=50)] = 5,
    minimum: Annotated[int, typer.Option("--min", help="Times that a word stands there at least.", min=1)] = 3,
    where: Annotated[str, typer.Option("--where", help="Only in passages that match this query.")] = "",
    n: Annotated[int, typer.Option("-n", "--limit", help="How many words.", min=1)] = 30,
    all_words: Annotated[bool, typer.Option("--all-words", help="Also articles, prepositions and the like.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="A table as CSV.")] = False,
    plot: Plot = None,
    force: Force = False,
) -> int:
    """List the words beside a word: how often, how sure (G2), how strong (log ratio), how widely spread (DP).

    The windows end with the passage. Each row names the search that opens the passages it was counted in.

    Example: ctcorpus collocates operations --window 4
    """
    refuse_plot(plot, force=force)
    found = door.corpus.collocates(" ".join(word), n, where=where, window=window, minimum=minimum, all_words=all_words)
    return answer_words(
        door,
        found,
        lambda terminal: _show(terminal, found),
        csv=csv,
        chart=lambda: collocates_chart(found),
        plot=plot,
        force=force,
    )


def _show(terminal: Terminal, found: Collocations) -> None:
    show_basis(terminal, found.basis)
    if not found.occurrences:
        terminal.wrapped([f"'{found.word}' does not stand in what was searched."])
        return
    terminal.line(
        (f"'{found.word}' stands {found.occurrences:,} times; ", "dim"),
        (f"words within {found.window} of it, at least {found.minimum} times:", "dim"),
    )
    if not found.rows:
        terminal.line("None stands there so often, and more often than chance would put it there.")
        return
    show_words(terminal, found, ("beside", "in all"), ((x.together, x.alone) for x in found))
