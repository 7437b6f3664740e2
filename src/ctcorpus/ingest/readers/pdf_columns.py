"""Two columns that a PDF draws line by line across the page: told by where the pieces stand, and read in turn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

#: pieces of a page that are looked at; lines that each column needs
MOST_PIECES, LEAST_LINES = 5_000, 8
#: the gutter is looked for in this part of the page's width; at most this share of the lines may cross it
MIDDLE, MOST_CROSSING = (0.3, 0.7), 0.3
#: a column is prose where this share of its lines fill so much of its width, and it has so much of the page's
FULL_LINES, FULL, LEAST_WIDTH = 0.6, 0.75, 0.2
#: the columns are drawn line by line where the text changes sides at least so many times a line
LEAST_CHANGES = 0.8


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters on one line: its box, in points from the lower left."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        """The height at which its line stands."""
        return (self.bottom + self.top) / 2


def by_columns(words: Any, width: float) -> str | None:
    """The text of an open text page of pypdfium2, column by column; None where it is well as it is."""
    count = words.count_rects()
    if not 2 * LEAST_LINES <= count <= MOST_PIECES:
        return None
    pieces = [x for x in (Piece(*words.get_rect(at)) for at in range(count)) if x.right - x.left > 1]
    gutter = gutter_of(pieces, width)
    if gutter is None:
        return None
    return "\n".join(_line(words, line) for line in in_order(pieces, gutter))


def gutter_of(pieces: Sequence[Piece], width: float) -> float | None:
    """Where the page parts into two columns of prose that are drawn line by line; None where it does not."""
    places = [width * (MIDDLE[0] + (MIDDLE[1] - MIDDLE[0]) * at / 80) for at in range(81)]
    crossing = [sum(x.left < place - 1 and x.right > place + 1 for x in pieces) for place in places]
    fewest = min(crossing)
    clear = [at for at, times in enumerate(crossing) if times == fewest]
    gutter = places[clear[len(clear) // 2]]
    left = [x for x in pieces if x.right <= gutter + 1]
    right = [x for x in pieces if x.left >= gutter - 1]
    lines = min(len(lines_of(left)), len(lines_of(right)))
    if lines < LEAST_LINES or fewest > MOST_CROSSING * 2 * lines:
        return None
    if not (_is_prose(left, width) and _is_prose(right, width)):
        return None
    sides = [x.left >= gutter - 1 for x in pieces if x.right <= gutter + 1 or x.left >= gutter - 1]
    changes = sum(one != other for one, other in pairwise(sides))
    return gutter if changes >= LEAST_CHANGES * lines else None


def in_order(pieces: Iterable[Piece], gutter: float) -> list[list[Piece]]:
    """The lines: between two lines that cross the gutter first the left column, then the right one."""
    found: list[list[Piece]] = []
    left: list[list[Piece]] = []
    right: list[list[Piece]] = []
    for line in lines_of(pieces):
        if any(x.left < gutter - 1 and x.right > gutter + 1 for x in line):
            found += [*left, *right, line]
            left, right = [], []
            continue
        left += [found_left] if (found_left := [x for x in line if x.left < gutter]) else []
        right += [found_right] if (found_right := [x for x in line if x.left >= gutter]) else []
    return [*found, *left, *right]


def lines_of(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces by line, from the top; in a line from the left."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda x: -x.middle):
        if lines and lines[-1][0].middle - piece.middle < 0.5 * max(2.0, lines[-1][0].top - lines[-1][0].bottom):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda x: x.left) for line in lines]


def _is_prose(pieces: Sequence[Piece], width: float) -> bool:
    """Whether the lines of a column fill it, as those of a table's cells seldom do."""
    start, end = min(x.left for x in pieces), max(x.right for x in pieces)
    if end - start < LEAST_WIDTH * width:
        return False
    lines = lines_of(pieces)
    full = sum(line[-1].right - line[0].left >= FULL * (end - start) for line in lines)
    return full >= FULL_LINES * len(lines)


def _line(words: Any, line: Sequence[Piece]) -> str:
    """The characters of a line; a strip in the middle of each piece is asked for, so that no other line is touched."""
    parts: list[str] = []
    before: Piece | None = None
    for piece in line:
        rise = 0.3 * (piece.top - piece.bottom)
        told = words.get_text_bounded(piece.left, piece.bottom + rise, piece.right, piece.top - rise)
        gap = before is not None and piece.left - before.right > 0.1 * (piece.top - piece.bottom)
        parts += [" " if gap else "", told.replace("\r", "").replace("\n", " ")]
        before = piece
    return "".join(parts)
