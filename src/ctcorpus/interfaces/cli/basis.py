"""What analyses share: the line that says what an answer rests on, its table as CSV, its drawing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import typer

from ctcorpus.errors import UsageError
from ctcorpus.interfaces.cli.door import FOUND, NOTHING_FOUND, Door
from ctcorpus.interfaces.drawing import NothingToDrawError, save_plot
from ctcorpus.interfaces.terminal import Terminal
from ctcorpus.model.analysis import Basis
from ctcorpus.model.record import Record

if TYPE_CHECKING:
    from ctcorpus.interfaces.drawing import Chart

#: options of every command that draws
Plot = Annotated[Path | None, typer.Option("--plot", help="Draw it: FILE.svg, .png or .html.")]
Force = Annotated[bool, typer.Option("--force", help="Replace a drawing that is there.")]
#: a cell that begins so is taken for a formula by spreadsheets
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: rows that a person is shown, and a program given, unless they say otherwise
FOR_PEOPLE, FOR_PROGRAMS = 100, 10_000


class Answer(Protocol):
    """An answer of rows."""

    @property
    def rows(self) -> Sequence[Record]: ...

    def to_dict(self) -> dict[str, Any]: ...


def place(door: Door, document: str, start: int, end: int) -> str:
    """A span as it can be typed after ``ctcorpus show``, by citekey."""
    return f"{door.corpus.store.entry(document).citekey}:{start}-{end}"


def rows_wanted(door: Door, n: int | None, *, csv: bool) -> int:
    """How many rows an answer gives; raises UsageError for none."""
    if n is not None and n < 1:
        raise UsageError(f"'{n}' rows cannot be given", "Ask for 1 or more")
    return n or (FOR_PROGRAMS if csv or door.is_for_programs else FOR_PEOPLE)


def show_basis(terminal: Terminal, basis: Basis) -> None:
    """Writes what an answer rests on, and what was made of its query."""
    terminal.line((str(basis), "dim"))
    for warning in basis.warnings:
        terminal.note(f"{basis.query}: {warning}")
    for expansion in basis.expansions:
        terminal.line((f"also selected: {expansion}", "dim"))


def answer_words(
    door: Door,
    found: Answer,
    show: Callable[[Terminal], None],
    *,
    csv: bool,
    chart: Callable[[], Chart],
    plot: Path | None,
    force: bool,
) -> int:
    """Gives an answer of rows in the form that is asked for, and draws it; the exit code."""
    if csv:
        rows = [x.to_dict() for x in found.rows]
        write_csv(door.terminal, list(rows[0]) if rows else ["term"], [list(x.values()) for x in rows])
    elif door.is_for_programs:
        door.answer(found.to_dict(), (x.to_dict() for x in found.rows))
    else:
        show(door.terminal)
    return FOUND if drawn(door.terminal, chart, plot, force=force) and found.rows else NOTHING_FOUND


def drawn(terminal: Terminal, chart: Callable[[], Chart], plot: Path | None, *, force: bool) -> bool:
    """Draws what is to be drawn; False, after a sentence, where there is nothing that a chart could show."""
    if plot is None:
        return True
    try:
        save_plot(chart(), plot, force=force)
    except NothingToDrawError as nothing:
        terminal.warn(nothing.message)
        return False
    return True


def write_csv(terminal: Terminal, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Writes a table as CSV (RFC 4180, UTF-8); no text cell can be taken for a formula."""
    import csv
    from io import StringIO

    target = StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([_cell(x) for x in row])
    terminal.data(target.getvalue())


def _cell(value: object) -> object:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return "" if value is None else value
