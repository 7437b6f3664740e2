"""The table of words that two analyses of words answer with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ctcorpus.interfaces.bars import bar
from ctcorpus.interfaces.terminal import Column, Terminal
from ctcorpus.model.words import Collocate, Collocations, Keyness, Keyword


def show_words(
    terminal: Terminal,
    found: Collocations | Keyness,
    counted: tuple[str, str],
    counts: Iterable[tuple[int, int]],
    *,
    signed: bool = False,
) -> None:
    """Writes the words with two counts, G2, log ratio, spread and documents; then what the numbers are.

    counted: the headings of the counts. signed: a log ratio above 0 has a plus.
    """
    columns = [
        Column("word", style="label", no_wrap=True),
        *(Column(x, justify="right", no_wrap=True) for x in (*counted, "G2", "log ratio", "DP", "docs")),
        Column("", no_wrap=True),
    ]
    words: Sequence[Collocate | Keyword] = found.rows
    most = max(x.g2 for x in words)
    sign = "+" if signed else ""
    rows = [
        [
            *(x.term, f"{a:,}", f"{b:,}", f"{x.g2:,.2f}", f"{x.log_ratio:{sign}.2f}"),
            *(_spread(x.dispersion), f"{x.documents:,}", bar(x.g2, most)),
        ]
        for x, (a, b) in zip(words, counts, strict=True)
    ]
    terminal.table(columns, rows)
    for line in (*found.warnings, *found.measures.values()):
        terminal.note(line)
    terminal.note(f"Open the first with: ctcorpus search '{found.rows[0].query}'")


def _spread(dispersion: float | None) -> str:
    """A dispersion for people; a dash where one document has all the words."""
    return "–" if dispersion is None else f"{dispersion:.2f}"
