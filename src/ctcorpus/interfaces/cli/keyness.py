"""``ctcorpus keyness``: the words by which one part of the corpus departs from another."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ctcorpus.interfaces.bars import bar
from ctcorpus.interfaces.cli.basis import show_basis, write_csv
from ctcorpus.interfaces.cli.collocates import spread
from ctcorpus.interfaces.cli.door import FOUND, NOTHING_FOUND, Door
from ctcorpus.interfaces.terminal import Column, Terminal
from ctcorpus.model.words import Keyness


def keyness(
    door: Door,
    target: Annotated[str, typer.Option("--target", help="Whose words: a query as in search.")],
    reference: Annotated[str | None, typer.Option("--reference", help="Held against these; else the rest.")] = None,
    minimum: Annotated[int, typer.Option("--min", help="Occurrences in both together, at least.", min=1)] = 5,
    n: Annotated[int, typer.Option("-n", "--limit", help="How many words.", min=1)] = 30,
    all_words: Annotated[bool, typer.Option("--all-words", help="Also articles, prepositions and the like.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="A table as CSV.")] = False,
    plot: Annotated[Path | None, typer.Option("--plot", help="Draw it: FILE.svg, .png or .html.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a drawing that is there.")] = False,
) -> int:
    """Compare the words of two parts of the corpus: which are more, or less, frequent in the target.

    How sure (G2), how strong (log ratio; below 0 the word is the reference's), how widely spread (DP).

    Example: ctcorpus keyness --target "site:example.org"
    """
    found = door.corpus.keyness(target, reference, n, minimum=minimum, all_words=all_words)
    if csv:
        rows = [x.to_dict() for x in found]
        write_csv(door.terminal, list(rows[0]) if rows else ["term"], [list(x.values()) for x in rows])
    elif door.is_for_programs:
        door.answer(found.to_dict(), (x.to_dict() for x in found))
    else:
        _show(door.terminal, found)
    if plot is not None and found.rows:
        from ctcorpus.interfaces.plots import keyness_chart, save_plot

        save_plot(keyness_chart(found), plot, force=force)
    return FOUND if found.rows else NOTHING_FOUND


def _show(terminal: Terminal, found: Keyness) -> None:
    show_basis(terminal, found.basis)
    problem = _problem(found)
    if problem:
        terminal.wrapped([problem])
        return
    against = f"'{found.against.query}'" if found.against is not None else "the rest of the corpus"
    words = f"{found.target_words:,} words of the target against {found.reference_words:,} of {against}"
    terminal.wrapped([(words, "dim")])
    if found.shared:
        terminal.line((f"{found.shared:,} passages are in both, and counted as the target's", "warn"))
    most = max(x.g2 for x in found)
    columns = [
        Column("word", style="label", no_wrap=True),
        *(Column(x, justify="right", no_wrap=True) for x in ("target", "other", "G2", "log ratio", "DP", "docs")),
        Column("", no_wrap=True),
    ]
    rows = [
        [
            *(x.term, f"{x.target:,}", f"{x.reference:,}", f"{x.g2:,.2f}", f"{x.log_ratio:+.2f}"),
            *(spread(x.dispersion), f"{x.documents:,}", bar(x.g2, most)),
        ]
        for x in found
    ]
    terminal.table(columns, rows)
    for line in (*found.warnings, *found.measures.values()):
        terminal.note(line)
    terminal.note(f"Open the first with: ctcorpus search '{found.rows[0].query}'")


def _problem(found: Keyness) -> str | None:
    """Why there is nothing to compare, as a sentence."""
    if not found.target_passages:
        return f"No passage matches the target '{found.basis.query}'."
    if not found.reference_passages:
        if found.against is not None and not found.against.passages:
            return f"No passage matches the reference '{found.against.query}'."
        return "The target holds every passage of the reference: nothing is left to compare it with."
    if not found.target_words or not found.reference_words:
        return "There are no words to compare on one side."
    if not found.rows:
        return f"No word stands at least {found.minimum} times in both together: ask for less with --min."
    return None
