"""``ctcorpus collocates``: the words that stand beside a word."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ctcorpus.interfaces.bars import bar
from ctcorpus.interfaces.cli.basis import show_basis, write_csv
from ctcorpus.interfaces.cli.door import FOUND, NOTHING_FOUND, Door
from ctcorpus.interfaces.terminal import Column, Terminal
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
    plot: Annotated[Path | None, typer.Option("--plot", help="Draw it: FILE.svg, .png or .html.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a drawing that is there.")] = False,
) -> int:
    """List the words beside a word: how often, how sure (G2), how strong (log ratio), how widely spread (DP).

    The windows end with the passage. Each row names the search that opens the passages it was counted in.

    Example: ctcorpus collocates operations --window 4
    """
    found = door.corpus.collocates(" ".join(word), n, where=where, window=window, minimum=minimum, all_words=all_words)
    if csv:
        rows = [x.to_dict() for x in found]
        write_csv(door.terminal, list(rows[0]) if rows else ["term"], [list(x.values()) for x in rows])
    elif door.is_for_programs:
        door.answer(found.to_dict(), (x.to_dict() for x in found))
    else:
        _show(door.terminal, found)
    if plot is not None and found.rows:
        from ctcorpus.interfaces.plots import collocates_chart, save_plot

        save_plot(collocates_chart(found), plot, force=force)
    return FOUND if found.rows else NOTHING_FOUND


def _show(terminal: Terminal, found: Collocations) -> None:
    show_basis(terminal, found.basis)
    if not found.occurrences:
        terminal.wrapped([f"'{found.word}' does not stand in these {found.basis.passages:,} passages."])
        return
    terminal.line(
        (f"'{found.word}' stands {found.occurrences:,} times; ", "dim"),
        (f"words within {found.window} of it, at least {found.minimum} times:", "dim"),
    )
    if not found.rows:
        terminal.line("None stands there so often, and more often than chance would put it there.")
        return
    most = max(x.g2 for x in found)
    columns = [
        Column("word", style="label", no_wrap=True),
        *(Column(x, justify="right", no_wrap=True) for x in ("beside", "in all", "G2", "log ratio", "DP", "docs")),
        Column("", no_wrap=True),
    ]
    rows = [
        [
            *(x.term, f"{x.together:,}", f"{x.alone:,}", f"{x.g2:,.2f}", f"{x.log_ratio:.2f}"),
            *(spread(x.dispersion), f"{x.documents:,}", bar(x.g2, most)),
        ]
        for x in found
    ]
    terminal.table(columns, rows)
    for measure in found.measures.values():
        terminal.note(measure)
    terminal.note(f"Open the first with: ctcorpus search '{found.rows[0].query}'")


def spread(dispersion: float | None) -> str:
    """A dispersion for people; a dash where one document has all the words."""
    return "–" if dispersion is None else f"{dispersion:.2f}"
