"""What every analysis begins with: the line that says what it rests on; and its table as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ctcorpus.errors import UsageError
from ctcorpus.interfaces.cli.door import Door
from ctcorpus.interfaces.terminal import Terminal
from ctcorpus.model.analysis import Basis

#: a cell that begins so is taken for a formula by spreadsheets
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


#: rows that a person is shown, and a program given, unless they say otherwise
FOR_PEOPLE, FOR_PROGRAMS = 100, 10_000


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
