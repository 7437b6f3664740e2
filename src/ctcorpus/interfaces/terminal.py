"""The one safe door to a terminal: whatever a source says, it cannot move a cursor, hide a word or forge a line.

Every string that leaves here has passed ``safe_text``; the only escape sequences are those of ``PALETTE``, of
links, of the progress line and of rich's tables, all made here. Text is given in segments: ``"words"``,
``("words", "mark")`` with a style of ``PALETTE``, or ``("words", "title", "https://…")``. Markup in a text is text.

Lines, wrapped text and progress are written without rich, which takes longer to import than a search runs.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, TextIO, TypeAlias

from ctcorpus.interfaces.screen import cells, line_spans, one_line, safe_link, safe_text

Segment: TypeAlias = str | tuple[str, str] | tuple[str, str, str]
Cell: TypeAlias = Segment | list[Segment]
ColorChoice: TypeAlias = Literal["auto", "always", "never"]

# Vermillion (166) and blue (33) of the 256: told apart with every kind of colour vision, and readable on light and
# on dark ground. Nothing is told by colour alone: weight, underline or the words say it too.
PALETTE: Mapping[str, str] = {
    "title": "1",
    "heading": "1;4",
    "dim": "2",
    "mark": "1;38;5;166",
    "label": "38;5;33",
    "number": "1;38;5;33",
    "date": "4;38;5;33",
    "said": "3",
    "warn": "38;5;166",
    "error": "1;38;5;166",
}
MARKS = ("*", "*")
LEAST_WIDTH = 20
UNWRAPPED = 1 << 40
#: between two columns of a table
_GAP = 3


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; ``min_width`` in terminal columns, ``style`` that of every cell without one."""

    name: str
    justify: Literal["left", "right"] = "left"
    style: str = ""
    no_wrap: bool = False
    min_width: int = 0


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of safe text in one style, linked or not."""

    text: str
    style: str = ""
    url: str = ""


class Terminal:
    """Writes answers to ``stdout`` and all that is about them (errors, warnings, progress) to ``stderr``.

    color: "auto" is by NO_COLOR, FORCE_COLOR, TERM=dumb and whether stdout is a terminal, in this order.
    marks: whether highlights are set in ``MARKS`` where there is no colour; None: on a terminal only, so that what
    is piped stays verbatim. quiet: no progress, no notes. width: in columns, by COLUMNS, the terminal or 80.
    """

    def __init__(
        self,
        *,
        color: ColorChoice = "auto",
        marks: bool | None = None,
        quiet: bool = False,
        stdout: TextIO | None = None,
        stderr: TextIO | None = None,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self.stdout = sys.stdout if stdout is None else stdout
        self.stderr = sys.stderr if stderr is None else stderr
        environ = os.environ if environ is None else environ
        self.interactive = self.stdout.isatty()
        self.color = _wants_color(color, self.stdout, environ)
        self.color_errors = _wants_color(color, self.stderr, environ)
        self.marks = not self.color and (self.interactive if marks is None else marks)
        self.width = max(LEAST_WIDTH, _width(self.stdout, environ))
        # what is piped is not wrapped, so that a quotation stays one line of itself; COLUMNS asks for it all the same
        self._wrap_width = self.width if self.interactive or environ.get("COLUMNS") else UNWRAPPED
        self.quiet = quiet
        self._progress_width = max(LEAST_WIDTH, _width(self.stderr, environ))
        self._progress_shown = False

    def line(self, *segments: Segment) -> None:
        """Writes the segments as one line; line breaks inside them are shown as ␊."""
        self._write(self._paint(self._runs(segments, one_line)) + "\n")

    def wrapped(self, segments: Sequence[Segment], indent: str = "", hanging: str | None = None) -> None:
        """Writes the segments as a text of lines that fit the width: line breaks are added, no character is changed.

        indent: what stands before the first line. hanging: what stands before the others (None: the same).
        """
        first = one_line(indent)
        rest = first if hanging is None else one_line(hanging)
        runs = self._runs(segments, safe_text)
        text = "".join(run.text for run in runs)
        painted = []
        for number, (start, end) in enumerate(line_spans(text, self._wrap_width, cells(first), cells(rest))):
            ending = "" if text.endswith("\n", start, end) else "\n"
            painted.append((rest if number else first) + self._paint(_slice(runs, start, end)) + ending)
        self._write("".join(painted) or "\n")

    def flush(self) -> None:
        """Hands over what was written: for whoever reads along while the command goes on."""
        self.stdout.flush()

    def rule(self, title: str = "") -> None:
        """Writes a line across the width, the title set into it at its left."""
        name = f"── {one_line(title)} " if title else ""
        self._write(self._paint([_Run(name + "─" * max(2, self.width - cells(name)), "dim")]) + "\n")

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
        """Writes a table with a head: fitted to the width on a terminal, else aligned and whole.

        On a terminal that is too narrow for the longest words, each row is a block of lines: nothing is cut off.
        A cell is a segment or a list of segments. Raises ValueError when a row has not a cell for each column.
        """
        painted = [
            [self._runs(_segments(cell, column), one_line) for column, cell in zip(columns, row, strict=True)]
            for row in rows
        ]
        if not self.interactive:
            self._plain_table(columns, painted)
        elif _narrowest(columns, painted) <= self.width:
            self._rich_table(columns, painted)
        else:
            for row in rows:
                self._block(columns, [_segments(cell, column) for column, cell in zip(columns, row, strict=True)])

    def data(self, text: str) -> None:
        """Writes what a program made for a program (JSON, an export): verbatim, but made safe on a terminal."""
        self._write(safe_text(text) if self.interactive else text)

    def error(self, message: str, remedy: str | None = None) -> None:
        """Writes an error and its next step to stderr."""
        self._tell(("Error:", "error"), " " + message)
        if remedy:
            self._tell("  " + remedy)

    def warn(self, message: str) -> None:
        """Writes a warning to stderr."""
        self._tell(("Warning:", "warn"), " " + message)

    def note(self, message: str) -> None:
        """Writes what is good to know to stderr, unless this is a quiet terminal."""
        if not self.quiet:
            self._tell((message, "dim"))

    @contextmanager
    def progress(self, total: int, description: str) -> Iterator[Callable[[int], None]]:
        """A function to be called with the steps done since its last call, which it shows on stderr to a person.

        total: the steps there are, 0 when nobody knows yet. The line is drawn at most ten times a second and is gone
        afterwards; a file or a pipe gets nothing.
        """
        done, drawn = 0, 0.0
        shown = not self.quiet and self.stderr.isatty()

        def advance(steps: int) -> None:
            nonlocal done, drawn
            done += steps
            now = time.monotonic()
            if shown and now - drawn >= 0.1:
                drawn = now
                self._draw_progress(f"{one_line(description)} {done:,}" + (f" of {total:,}" if total else ""))

        try:
            yield advance
        finally:
            self._clear_progress()

    # how the above is done

    def _runs(self, segments: Sequence[Segment], made_safe: Callable[[str], str]) -> list[_Run]:
        runs = []
        for segment in segments:
            text, style, url = (segment, "", "") if isinstance(segment, str) else (*segment, "")[:3]
            safe = made_safe(text)
            if style and style not in PALETTE:
                raise KeyError(style)
            if style == "mark" and self.marks and safe:
                safe = MARKS[0] + safe + MARKS[1]
            runs.append(_Run(safe, style, url if safe_link(url) else ""))
        return runs

    def _paint(self, runs: Sequence[_Run], *, color: bool | None = None) -> str:
        """The runs as they are written, each closed again before a line break, so that no style leaks."""
        if not (self.color if color is None else color):
            return "".join(run.text for run in runs)
        painted = []
        for run in runs:
            body = run.text.rstrip("\r\n")
            shown = f"\x1b[{PALETTE[run.style]}m{body}\x1b[0m" if run.style and body else body
            if run.url and body:
                shown = f"\x1b]8;;{run.url}\x1b\\{shown}\x1b]8;;\x1b\\"
            painted.append(shown + run.text[len(body) :])
        return "".join(painted)

    def _block(self, columns: Sequence[Column], row: Sequence[Sequence[Segment]]) -> None:
        """A row as lines: its first cell, and below it the others, each behind its name."""
        below: list[Segment] = []
        for column, cell in zip(columns[1:], row[1:], strict=True):
            below += [" · "] if below else []
            below += [(f"{column.name} ", "label"), *map(_on_one_line, cell)]
        self.wrapped([_on_one_line(x) for x in row[0]], hanging="  ")
        self.wrapped(below, "  ")

    def _plain_table(self, columns: Sequence[Column], rows: Sequence[Sequence[Sequence[_Run]]]) -> None:
        head = [[_Run(one_line(column.name), "heading")] for column in columns]
        table = [head, *rows]
        widths = [
            max(columns[at].min_width, *(cells("".join(run.text for run in row[at])) for row in table))
            for at in range(len(columns))
        ]
        for row in table:
            parts = []
            for column, wide, runs in zip(columns, widths, row, strict=True):
                gap = " " * (wide - cells("".join(run.text for run in runs)))
                painted = self._paint(runs)
                parts.append(gap + painted if column.justify == "right" else painted + gap)
            self._write("  ".join(parts).rstrip(" ") + "\n")

    def _rich_table(self, columns: Sequence[Column], rows: Sequence[Sequence[Sequence[_Run]]]) -> None:
        from rich.box import SIMPLE_HEAD
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        # everything that rich would find out by itself is told, so that one place decides on colour and width
        console = Console(
            file=self.stdout,
            width=self.width,
            force_terminal=self.color,
            color_system="256" if self.color else None,
            no_color=not self.color,
            markup=False,
            emoji=False,
            highlight=False,
        )
        table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for column in columns:
            head = Text.from_ansi(self._paint([_Run(one_line(column.name), "title")]))
            table.add_column(head, justify=column.justify, no_wrap=column.no_wrap, min_width=column.min_width or None)
        for row in rows:
            table.add_row(*(Text.from_ansi(self._paint(runs)) for runs in row))
        console.print(table)

    def _tell(self, *segments: Segment) -> None:
        self._clear_progress()
        painted = self._paint(self._runs(segments, one_line), color=self.color_errors)
        _write_to(self.stderr, painted + "\n")

    def _draw_progress(self, text: str) -> None:
        while cells(text) >= self._progress_width:
            text = text[:-2] + "…"
        _write_to(self.stderr, f"\r{text}\x1b[K")
        self.stderr.flush()
        self._progress_shown = True

    def _clear_progress(self) -> None:
        if self._progress_shown:
            _write_to(self.stderr, "\r\x1b[K")
            self.stderr.flush()
            self._progress_shown = False

    def _write(self, text: str) -> None:
        _write_to(self.stdout, text)


def _segments(cell: Cell, column: Column) -> list[Segment]:
    if isinstance(cell, list):
        return cell
    return [(cell, column.style)] if isinstance(cell, str) else [cell]


def _on_one_line(segment: Segment) -> Segment:
    return one_line(segment) if isinstance(segment, str) else (one_line(segment[0]), *segment[1:])


def _narrowest(columns: Sequence[Column], rows: Sequence[Sequence[Sequence[_Run]]]) -> int:
    """The width at which a table of these cells breaks no word."""
    total = _GAP * (len(columns) - 1)
    for at, column in enumerate(columns):
        texts = [one_line(column.name), *("".join(run.text for run in row[at]) for row in rows)]
        words = texts if column.no_wrap else (word for text in texts for word in text.split())
        total += max(column.min_width, max(map(cells, words), default=0))
    return total


def _slice(runs: Sequence[_Run], start: int, end: int) -> list[_Run]:
    """The parts of the runs that lie in ``[start, end)`` of their joined text."""
    parts, at = [], 0
    for run in runs:
        after = at + len(run.text)
        if at < end and start < after:
            parts.append(_Run(run.text[max(0, start - at) : end - at], run.style, run.url))
        at = after
    return parts


def _write_to(stream: TextIO, text: str) -> None:
    """Writes the text; characters that the stream's encoding lacks are written as ``\\u2026``, not lost."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    if not text.isascii() and encoding.lower().replace("-", "") != "utf8":
        text = text.encode(encoding, "backslashreplace").decode(encoding)
    stream.write(text)


def _wants_color(color: ColorChoice, stream: TextIO, environ: Mapping[str, str]) -> bool:
    if color != "auto":
        return color == "always"
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return environ["FORCE_COLOR"].lower() not in {"0", "false"}
    return environ.get("TERM") != "dumb" and stream.isatty()


def _width(stream: TextIO, environ: Mapping[str, str]) -> int:
    columns = environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):  # a pipe, a file, or a stream of no file at all
        return 80
