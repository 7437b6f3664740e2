"""``ctcorpus keyness``: the words by which one part of the corpus departs from another."""

from __future__ import annotations

from typing import Annotated

import typer

from ctcorpus.interfaces.cli.basis import Force, Plot, answer_words, show_basis
from ctcorpus.interfaces.cli.door import Door
from ctcorpus.interfaces.cli.word_table import show_words
from ctcorpus.interfaces.drawing import refuse_plot
from ctcorpus.interfaces.plots import keyness_chart
from ctcorpus.interfaces.terminal import Terminal
from ctcorpus.model.words import Keyness


def keyness(
    door: Door,
    target: Annotated[str, typer.Option("--target", help="Whose words: a query as in search.")],
    reference: Annotated[str | None, typer.Option("--reference", help="Held against these; else the rest.")] = None,
    minimum: Annotated[int, typer.Option("--min", help="Occurrences in both together, at least.", min=1)] = 5,
    n: Annotated[int, typer.Option("-n", "--limit", help="How many words.", min=1)] = 30,
    all_words: Annotated[bool, typer.Option("--all-words", help="Also articles, prepositions and the like.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="A table as CSV.")] = False,
    plot: Plot = None,
    force: Force = False,
) -> int:
    """Compare the words of two parts of the corpus: which are more, or less, frequent in the target.

    How sure (G2), how strong (log ratio; below 0 the word is the reference's), how widely spread (DP).

    Example: ctcorpus keyness --target "site:example.org"
    """
    refuse_plot(plot, force=force)
    found = door.corpus.keyness(target, reference, n, minimum=minimum, all_words=all_words)
    return answer_words(
        door,
        found,
        lambda terminal: _show(terminal, found),
        csv=csv,
        chart=lambda: keyness_chart(found),
        plot=plot,
        force=force,
    )


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
    show_words(terminal, found, ("target", "other"), ((x.target, x.reference) for x in found), signed=True)


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
