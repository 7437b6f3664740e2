"""How charts are drawn and written: by altair, as SVG, PNG or a page that needs nothing else.

Colours are those of Okabe and Ito, told apart with every kind of colour vision; what they say, a shape or a position
says too. Every chart has a title, axes with units, and under the title what it rests on. There is never a chart of
nothing: what has no rows raises NothingToDrawError.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from ctcorpus.citing.exporting.output import refuse_existing, write_new
from ctcorpus.errors import ExtraMissingError, UsageError
from ctcorpus.model.analysis import Basis

if TYPE_CHECKING:
    import altair

    Chart: TypeAlias = altair.TopLevelMixin

#: Okabe and Ito (2008), Color Universal Design: blue, vermillion, bluish green, reddish purple, orange, sky blue
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
ENDINGS = (".svg", ".png", ".html")
#: rows that a chart shows at most; a longer one cannot be read
MOST_ROWS = 40
#: points: of a chart's width, of a row; letters of a line under the title, and of a row's name
WIDTH, ROW, _LINE, _NAME = 460, 20, 88, 60


class NothingToDrawError(UsageError):
    """There is nothing that a chart could show: an answer, not a mistake of whoever asked."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}, so there is nothing to draw", "Ask for more, or leave out --plot")


def refuse_plot(path: Path | None, *, force: bool) -> None:
    """Raises, before anything is computed, what ``save_plot`` would: UsageError, ExtraMissingError."""
    if path is None:
        return
    if path.suffix.lower() not in ENDINGS:
        raise UsageError(f"'{path}' names no kind of drawing", f"Endings: {', '.join(ENDINGS)}")
    refuse_existing(path, force=force)
    engine()


def save_plot(chart: Chart, path: Path, *, force: bool = False) -> None:
    """Writes a chart as its file's ending says: ``.svg``, ``.png`` or ``.html``; whole or not at all.

    Raises UsageError for another ending, and where the file exists unless ``force``.
    """
    refuse_plot(path, force=force)
    write_new(path, _rendered(chart, path.suffix.lower()), force=force)


def svg(chart: Chart) -> str:
    """A chart as SVG."""
    engine()
    import vl_convert

    return vl_convert.vegalite_to_svg(chart.to_json())


def _rendered(chart: Chart, ending: str) -> bytes:
    if ending == ".png":
        import vl_convert

        return vl_convert.vegalite_to_png(chart.to_json(), scale=2)
    drawn = svg(chart)
    if ending == ".svg":
        return drawn.encode("utf-8")
    name = escape(" ".join(chart.to_dict()["title"]["text"]))
    page = f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>{name}</title>\n{drawn}\n</html>\n'
    return page.encode("utf-8")


def engine() -> Any:
    """altair; ExtraMissingError without it."""
    if not all(find_spec(x) for x in ("altair", "vl_convert")):
        raise ExtraMissingError("A plot", "charts")
    import altair

    return altair


def data(rows: Sequence[dict[str, Any]]) -> Any:
    """The rows, written into the chart itself."""
    if not rows:
        raise NothingToDrawError("There is not one row")
    return engine().Data(values=list(rows))


def names() -> Any:
    """A left axis whose names are whole, up to what ``short`` leaves; its title stands above them, not on its side."""
    above = {"titleAngle": 0, "titleAlign": "right", "titleBaseline": "bottom", "titleX": -8, "titleY": -6}
    return engine().Axis(labelLimit=0, labelOverlap=False, **above)


def short(text: str, most: int = _NAME) -> str:
    """A text on one line, cut with an ellipsis where it has more letters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def distinct(texts: Iterable[str], most: int = _NAME) -> list[str]:
    """The texts, shortened, none of them twice: rows of one name would be drawn as one.

    >>> distinct(["a", "b", "a"])
    ['a', 'b', 'a (2)']
    """
    counts: Counter[str] = Counter()
    found = []
    for text in (short(x, most) for x in texts):
        counts[text] += 1
        found.append(text if counts[text] == 1 else f"{text} ({counts[text]})")
    return found


def told(count: int, noun: str) -> str:
    """A count with its noun.

    >>> told(1, "figure"), told(1200, "figure")
    ('1 figure', '1,200 figures')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def drawn_of(count: int, what: str) -> str:
    """What is said of rows that a chart has no place for; nothing where it has.

    >>> drawn_of(60, "words"), drawn_of(3, "words")
    ('; the first 40 of 60 words are drawn', '')
    """
    return f"; the first {MOST_ROWS} of {count:,} {what} are drawn" if count > MOST_ROWS else ""


def colours(kinds: Iterable[str]) -> Any:
    """A scale of the palette for these kinds, in this order."""
    found = list(kinds)
    return engine().Scale(domain=found, range=[PALETTE[at % len(PALETTE)] for at in range(len(found))])


def finished(chart: Any, title: str, basis: Basis, note: str, *, rows: int | None) -> Chart:
    """The chart with its title, what it rests on, and its size."""
    alt = engine()
    below = [*textwrap.wrap(str(basis), _LINE), *textwrap.wrap(note, _LINE)]
    if rows is not None:
        chart = chart.properties(width=WIDTH, height=ROW * max(2, rows))
    text = textwrap.wrap(title, 70) or [title]
    made: Chart = chart.properties(
        title=alt.TitleParams(text=text, subtitle=below, anchor="start", offset=12, subtitlePadding=6)
    ).configure_legend(orient="bottom", labelLimit=0)
    return made
