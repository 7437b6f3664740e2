"""Charts of what the analyses answer: drawn by altair, written as SVG, PNG or a page that needs nothing else.

Colours are those of Okabe and Ito, told apart with every kind of colour vision; what they say, a shape or a position
says too. Every chart has a title, axes with units, and under the title what it rests on. There is never a chart of
nothing: what has no rows raises UsageError.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from ctcorpus.citing.output import refuse_existing, write_new
from ctcorpus.errors import ExtraMissingError, UsageError
from ctcorpus.model.analysis import Basis, FigureReport, LedgerFigure, TimelineReport
from ctcorpus.model.edtf import days
from ctcorpus.model.words import Collocations, Keyness

if TYPE_CHECKING:
    import altair

    Chart: TypeAlias = altair.TopLevelMixin

#: Okabe and Ito (2008), Color Universal Design: blue, vermillion, bluish green, reddish purple, orange, sky blue
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
ENDINGS = (".svg", ".png", ".html")
#: rows that a chart shows at most; a longer one cannot be read
MOST_ROWS = 40
#: measures of figures that are drawn below each other at most
MOST_PANELS = 6
_WIDTH, _ROW, _LINE = 460, 20, 88
#: letters of a row's name; longer ones are cut with an ellipsis
_NAME = 60
_QUALIFIERS = ("exact", "about", "over", "at least", "nearly", "under", "at most", "vague")
_EVENT_KINDS = ("event", "as of", "mentioned", "published")


def keyness_chart(found: Keyness) -> Chart:
    """Bars of the log ratio, the surest words first; colour and side say whose word it is."""
    alt = _altair()
    rows = [
        {"word": x.term, "log ratio": x.log_ratio, "more frequent in": x.more_in, "G2": x.g2}
        for x in found.rows[:MOST_ROWS]
    ]
    against = found.against.query if found.against else "the rest of the corpus"
    title = f"Words of “{found.basis.query}” against {against}"
    chart = (
        alt.Chart(_data(rows))
        .mark_bar()
        .encode(
            x=alt.X("log ratio:Q", title="log ratio (binary logarithm of the relative frequencies; 1 is twice)"),
            y=alt.Y("word:N", sort=None, title="word, by falling G2", axis=_names()),
            color=alt.Color("more frequent in:N", scale=_colours(["target", "reference"])),
        )
    )
    return _finished(chart, title, found.basis, found.measures["g2"], rows=len(rows))


def collocates_chart(found: Collocations) -> Chart:
    """Bars of G2, the surest words first."""
    alt = _altair()
    rows = [{"word": x.term, "G2": x.g2, "log ratio": x.log_ratio} for x in found.rows[:MOST_ROWS]]
    chart = (
        alt.Chart(_data(rows))
        .mark_bar(color=PALETTE[0])
        .encode(
            x=alt.X("G2:Q", title="G2 (log-likelihood ratio; 15.13 is p < 0.0001)"),
            y=alt.Y("word:N", sort=None, title="word beside it", axis=_names()),
        )
    )
    title = f"Words within {found.window} words of “{found.word}”"
    return _finished(chart, title, found.basis, f"{found.occurrences:,} occurrences", rows=len(rows))


def has_dates(report: TimelineReport) -> bool:
    """Whether there is a date that ``timeline_chart`` draws."""
    return bool(_dated(report))


def timeline_chart(report: TimelineReport) -> Chart:
    """Dated statements by document, each over the days that its date covers; open intervals are left out."""
    alt = _altair()
    rows = _dated(report)
    documents = list(dict.fromkeys(x["document"] for x in rows))
    shown = set(documents[:MOST_ROWS])
    rows = [x for x in rows if x["document"] in shown]
    axis = alt.Axis(labelFlush=False, labelOverlap="greedy", labelSeparation=10, format="%Y-%m-%d", labelAngle=0)
    title = "date (a mark is a day; a tick and a line cover the month, year or period that is stated)"
    base = alt.Chart(_data(rows)).encode(
        x=alt.X("from:T", title=title, axis=axis, scale=alt.Scale(type="utc", padding=16)),
        y=alt.Y("document:N", sort=list(dict.fromkeys(x["document"] for x in rows)), title="document", axis=_names()),
        color=alt.Color("kind of date:N", scale=_colours(_EVENT_KINDS)),
    )
    shape = alt.Shape("kind of date:N", scale=alt.Scale(domain=list(_EVENT_KINDS)))
    lines = base.transform_filter("datum.covers").mark_rule(strokeWidth=5, opacity=0.45).encode(x2="to:T")
    points = base.transform_filter("!datum.covers").mark_point(size=60, filled=True).encode(shape=shape)
    ticks = base.transform_filter("datum.covers").mark_tick(thickness=2, height=10)  # a week is no line yet
    chart = lines + ticks + points
    left = len(documents) - len(shown)
    taken = f" in the first {len(report.events):,} of {report.total:,} statements"
    note = f"{len(rows):,} dates" + (taken if report.total > len(report.events) else "")
    note += f"; {left:,} more documents are not drawn" if left > 0 else ""
    return _finished(chart, "Dated statements", report.basis, note, rows=len(shown))


def has_values(report: FigureReport) -> bool:
    """Whether there is a figure that ``figures_chart`` draws."""
    return any(rows for _, rows in _measures(report))


def figures_chart(report: FigureReport) -> Chart:
    """Figures side by side, a panel for each measure, a row a figure with its source; none is averaged.

    Where figures were compared, the panels are the groups; else figures of one kind, unit and counted noun.
    """
    alt = _altair()
    panels = [(name, list(rows)) for name, rows in _measures(report) if rows][:MOST_PANELS]
    if not panels:
        raise UsageError("There is no figure with a value to draw", "Ask for more with: ctcorpus figures")
    charts = []
    for name, figures in panels:
        rows = [_figure_row(x) for x in figures[:MOST_ROWS]]
        base = alt.Chart(_data(rows)).encode(
            y=alt.Y("source:N", sort=None, title=None, axis=_names()),
            color=alt.Color("as stated:N", scale=_colours(_QUALIFIERS)),
            shape=alt.Shape("as stated:N", scale=alt.Scale(domain=list(_QUALIFIERS))),
        )
        axis = alt.X("low:Q", title=_axis_title(name, figures), scale=_reach(rows))
        ranges = base.mark_rule(strokeWidth=3, opacity=0.5).encode(x=axis, x2="high:Q")
        points = base.mark_point(size=60, filled=True).encode(x=axis)
        charts.append((ranges + points).properties(width=_WIDTH, height=_ROW * (len(rows) + 1)))
    note = "each as its source states it; none is averaged or chosen"
    if report.total > len(report.figures):
        note += f"; of the first {len(report.figures):,} of {report.total:,} figures"
    return _finished(alt.vconcat(*charts), "Figures side by side", report.basis, note, rows=None)


def _dated(report: TimelineReport) -> list[dict[str, Any]]:
    """A row for each date with both ends, events before publications."""
    rows: list[dict[str, Any]] = []
    for event in (*report.events, *report.published):
        covered = days(event.date.value or "")
        if covered and all(covered):
            row = {"document": event.citekey, "from": covered[0], "to": covered[1]}
            rows.append({**row, "covers": covered[0] != covered[1], "kind of date": _plain(event.date.basis)})
    return rows


def save_plot(chart: Chart, path: Path, *, force: bool = False) -> None:
    """Writes a chart as its file's ending says: ``.svg``, ``.png`` or ``.html``; whole or not at all.

    Raises UsageError for another ending, and where the file exists unless ``force``.
    """
    if path.suffix.lower() not in ENDINGS:
        raise UsageError(f"'{path}' names no kind of drawing", f"Endings: {', '.join(ENDINGS)}")
    refuse_existing(path, force=force)
    write_new(path, _rendered(chart, path.suffix.lower()), force=force)


def svg(chart: Chart) -> str:
    """A chart as SVG."""
    _altair()
    import vl_convert

    return vl_convert.vegalite_to_svg(chart.to_json())


def _rendered(chart: Chart, ending: str) -> bytes:
    if ending == ".png":
        import vl_convert

        return vl_convert.vegalite_to_png(chart.to_json(), scale=2)
    drawn = svg(chart)
    if ending == ".svg":
        return drawn.encode("utf-8")
    name = escape(str(chart.to_dict().get("title", {}).get("text", "Chart")))
    page = f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>{name}</title>\n{drawn}\n</html>\n'
    return page.encode("utf-8")


def _altair() -> Any:
    """altair, told to write data into the chart itself."""
    if not all(find_spec(x) for x in ("altair", "vl_convert")):
        raise ExtraMissingError("A plot", "charts")
    import altair

    return altair


def _data(rows: Sequence[dict[str, Any]]) -> Any:
    if not rows:
        raise UsageError("There is nothing to draw", "A chart needs at least one row")
    return _altair().Data(values=list(rows))


def _names() -> Any:
    """An axis whose names are whole, however long, up to what ``_short`` leaves."""
    return _altair().Axis(labelLimit=0, labelOverlap=False, titlePadding=8)


def _colours(names: Iterable[str]) -> Any:
    names = list(names)
    return _altair().Scale(domain=names, range=[PALETTE[at % len(PALETTE)] for at in range(len(names))])


def _finished(chart: Any, title: str, basis: Basis, note: str, *, rows: int | None) -> Chart:
    """The chart with its title, what it rests on, and its size."""
    alt = _altair()
    below = [*textwrap.wrap(str(basis), _LINE), *textwrap.wrap(note, _LINE)]
    if rows is not None:
        chart = chart.properties(width=_WIDTH, height=_ROW * max(2, rows))
    text = textwrap.wrap(title, 70) or [title]
    made: Chart = chart.properties(
        title=alt.TitleParams(text=text, subtitle=below, anchor="start", offset=12, subtitlePadding=6)
    ).configure_legend(orient="bottom", labelLimit=0)
    return made


def _axis_title(measure: str, figures: Sequence[LedgerFigure]) -> str:
    """What is measured, and in which unit."""
    units = sorted({x.figure.unit or _plain(x.figure.kind) for x in figures})
    unit = "" if any(x in measure for x in units) else f" ({', '.join(units)})"
    return textwrap.shorten(measure + unit, 70, placeholder=" …")


def _reach(rows: Sequence[dict[str, Any]]) -> Any:
    """An axis a little wider than the values, and not below 0 where none of them is."""
    low, high = min(x["low"] for x in rows), max(x["high"] for x in rows)
    margin = 0.04 * (high - low or abs(high) or 1.0)
    bottom = low - margin
    return _altair().Scale(domain=[max(0.0, bottom) if low >= 0 else bottom, high + margin], nice=False, zero=False)


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _measures(report: FigureReport) -> Iterable[tuple[str, list[LedgerFigure]]]:
    """What may be drawn on one axis, largest groups first: groups as compared, else same kind, unit and noun."""
    drawn = {x.figure.id: x for x in report.figures if _bounds(x) is not None}
    if report.groups:
        grouped = [(group.measure, [drawn[x] for x in group.figures if x in drawn]) for group in report.groups]
    else:
        by: dict[str, list[LedgerFigure]] = {}
        for row in drawn.values():
            x = row.figure
            by.setdefault(" · ".join(y for y in (x.kind.replace("_", " "), x.unit, x.counted) if y), []).append(row)
        grouped = list(by.items())
    return sorted(grouped, key=lambda x: -len(x[1]))


def _bounds(row: LedgerFigure) -> tuple[float, float] | None:
    """Where a figure lies: a point, or a range with both ends."""
    x = row.figure
    if x.value is not None:
        return float(x.value), float(x.value)
    if x.low is not None and x.high is not None and x.kind != "ratio":
        return float(x.low), float(x.high)
    return None


def _figure_row(row: LedgerFigure) -> dict[str, Any]:
    low, high = _bounds(row) or (0.0, 0.0)
    said = row.figure.attribution.speaker if row.figure.attribution else None
    parts = [row.quote, row.figure.period, row.citekey, said]
    place = f"{row.figure.start}"
    name = _short(" · ".join(x for x in parts if x))
    return {"source": f"{name} [{place}]", "low": low, "high": high, "as stated": _plain(row.figure.qualifier)}


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _NAME else text[: _NAME - 1] + "…"
