"""``ctcorpus kwic``: key words in context."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from ctcorpus.interfaces.cli.basis import show_basis, write_csv
from ctcorpus.interfaces.cli.door import FOUND, NOTHING_FOUND, Door
from ctcorpus.interfaces.screen import cells
from ctcorpus.interfaces.terminal import Terminal
from ctcorpus.model.words import Concordance, KwicLine

#: digits of a document's id that a line prints, which make an ID of it
ID_DIGITS = 8
#: columns that a keyword may take on a screen
_MOST_KEYWORD = 24


class Sort(StrEnum):
    """The order of the lines."""

    left = "left"
    right = "right"
    document = "document"


def kwic(
    door: Door,
    query: Annotated[list[str], typer.Argument(help="A word, a phrase, a wildcard, @concept, /regex/; and filters.")],
    sort: Annotated[Sort, typer.Option("--sort", help="By the words on a side, or by document.")] = Sort.document,
    width: Annotated[int, typer.Option("--width", help="Characters on either side.", min=0)] = 40,
    sentence: Annotated[bool, typer.Option("--sentence", help="End lines with the sentence.")] = False,
    n: Annotated[int, typer.Option("-n", "--limit", help="How many lines.", min=0)] = 100,
    offset: Annotated[int, typer.Option("--offset", help="How many to skip.", min=0)] = 0,
    csv: Annotated[bool, typer.Option("--csv", help="A table as CSV.")] = False,
) -> int:
    """Show a word in its contexts: a line for each occurrence, verbatim, each with an ID to cite it by.

    A line ends with its paragraph, or with --sentence with its sentence.

    Example: ctcorpus kwic "border fence" --sort right
    """
    found = door.corpus.kwic(" ".join(query), n, offset=offset, sort=sort.value, width=width, sentence=sentence)
    if csv:
        write_csv(door.terminal, _HEAD, [[x.id, x.citekey, x.left, x.keyword, x.right] for x in found])
    elif door.is_for_programs:
        door.answer(found.to_dict(), (x.to_dict() for x in found))
    else:
        _show(door.terminal, found)
    return FOUND if found.total else NOTHING_FOUND


_HEAD = ("id", "citekey", "left", "keyword", "right")


def _show(terminal: Terminal, found: Concordance) -> None:
    show_basis(terminal, found.basis)
    if not found.total:
        nowhere = f"'{found.query}' stands nowhere in this corpus."
        terminal.wrapped([nowhere if not found.matching else "No such words in the passages that match."])
        return
    widest = max((cells(_flat(x.keyword)) for x in found), default=0)
    for line in found:
        _line(terminal, line, min(widest, _MOST_KEYWORD))
    if found.read < found.matching:
        terminal.note(f"from the first {found.read:,} of {found.matching:,} passages: ask for less with a filter")
    if len(found.lines) < found.total:
        terminal.note(f"{len(found.lines):,} of {found.total:,} lines; more with -n or --offset")


def _line(terminal: Terminal, line: KwicLine, keyword: int) -> None:
    place = f"{line.document[:ID_DIGITS]}:{line.start}-{line.end}"
    # the place has room for offsets up to 99,999
    side = max(8, (terminal.width - keyword - ID_DIGITS - 16) // 2)
    left, right = _end(_flat(line.left), side), _begin(_flat(line.right), side)
    word = _flat(line.keyword)
    gap = " " * max(0, side - cells(left))
    rest = " " * max(0, side + keyword - cells(word) - cells(right))
    terminal.line(gap, left, (word, "mark"), right, f"{rest}  ", (place, "dim"))


def _flat(text: str) -> str:
    """A line of the screen: line breaks and tabs, which are layout here, as blanks."""
    return "".join(" " if x in "\r\n\t" else x for x in text)


def _end(text: str, width: int) -> str:
    while cells(text) > width:
        text = text[max(1, len(text) - width) :] if len(text) > width else text[1:]
    return text


def _begin(text: str, width: int) -> str:
    while cells(text) > width:
        text = text[:width] if len(text) > width else text[:-1]
    return text
