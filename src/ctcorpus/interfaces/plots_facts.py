"""Charts of facts: dates, figures, names. Each raises NothingToDrawError without anything to show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ctcorpus.interfaces.drawing import (
    MOST_ROWS,
    ROW,
    WIDTH,
    NothingToDrawError,
    colours,
    data,
    distinct,
    engine,
    finished,
    names,
    short,
    told,
)
from ctcorpus.interfaces.months import by_month
from ctcorpus.model.analysis import FigureReport, LedgerFigure, TimelineReport
from ctcorpus.model.analysis_names import LabelReport
from ctcorpus.model.edtf import days

if TYPE_CHECKING:
    from ctcorpus.interfaces.drawing import Chart

#: measures of figures that are drawn below each other at most
MOST_PANELS = 6
#: rows of a panel
MOST_FIGURES = 20
#: letters of a quoted figure, and of the name of its row
_QUOTE, _ROW_NAME = 36, 84
#: what is counted by month -> what the panel is called
_PANELS = {
    "own names": "own names",
    "own, quoted": "own names, quoted",
    "state's": "states' labels",
    "state's, quoted": "states' labels, quoted",
}
#: points of the width of a panel that stands beside others
_PANEL = 140
_QUALIFIERS = ("exact", "about", "over", "at least", "nearly", "under", "at most", "vague")
_EVENT_KINDS = ("event", "as of", "mentioned", "published")


def timeline_chart(report: TimelineReport) -> Chart:
    """Dated statements by document, each over the days that its date covers; open intervals are left out."""
    alt = engine()
    rows = _dated(report)
    if not rows:
        raise NothingToDrawError("No date there has both ends")
    documents = list(dict.fromkeys(x["document"] for x in rows))
    shown = set(documents[:MOST_ROWS])
    rows = [x for x in rows if x["document"] in shown]
    axis = alt.Axis(
        labelFlush=False, labelOverlap="greedy", labelSeparation=10, format=_date_format(rows), labelAngle=0
    )
    title = "date (a mark is a day; a tick and a line cover the month, year or period that is stated)"
    base = alt.Chart(data(rows)).encode(
        x=alt.X("from:T", title=title, axis=axis, scale=alt.Scale(type="utc", padding=16)),
        y=alt.Y("document:N", sort=list(dict.fromkeys(x["document"] for x in rows)), title="document", axis=names()),
        color=alt.Color("kind of date:N", scale=colours(_EVENT_KINDS)),
    )
    shape = alt.Shape("kind of date:N", scale=alt.Scale(domain=list(_EVENT_KINDS)))
    lines = base.transform_filter("datum.covers").mark_rule(strokeWidth=5, opacity=0.45).encode(x2="to:T")
    points = base.transform_filter("!datum.covers").mark_point(size=60, filled=True).encode(shape=shape)
    ticks = base.transform_filter("datum.covers").mark_tick(thickness=2, height=10)  # a week is no line yet
    chart = lines + ticks + points
    left = len(documents) - len(shown)
    taken = f" in the first {len(report.events):,} of {report.total:,} statements"
    note = f"{told(len(rows), 'date')} of {told(len(shown), 'document')}" + (
        taken if report.total > len(report.events) else ""
    )
    note += f"; {left:,} more documents are not drawn" if left > 0 else ""
    return finished(chart, "Dated statements", report.basis, note, rows=len(shown))


def figures_chart(report: FigureReport, *, compare: bool = False) -> Chart:
    """Figures side by side, a panel for each measure and unit, a row a figure with its source; none is averaged.

    compare: the panels are the groups of what may be compared; else figures of one kind, unit and counted noun.
    """
    alt = engine()
    if compare and not report.groups:
        raise NothingToDrawError("No two figures there may be compared")
    every = _measures(report)
    panels = every[:MOST_PANELS]
    if not panels:
        raise NothingToDrawError("No figure there has a value")
    charts = []
    for name, figures in panels:
        rows = _figure_rows(figures[:MOST_FIGURES])
        base = alt.Chart(data(rows)).encode(
            y=alt.Y("source:N", sort=None, title=None, axis=names()),
            color=alt.Color("as stated:N", scale=colours(_QUALIFIERS)),
            shape=alt.Shape("as stated:N", scale=alt.Scale(domain=list(_QUALIFIERS))),
        )
        axis = alt.X("low:Q", title=short(name, 70), scale=_reach(rows))
        ranges = base.mark_rule(strokeWidth=3, opacity=0.5).encode(x=axis, x2="high:Q")
        points = base.mark_point(size=60, filled=True).encode(x=axis)
        charts.append((ranges + points).properties(width=WIDTH, height=ROW * (len(rows) + 1)))
    shown = sum(min(MOST_FIGURES, len(figures)) for _, figures in panels)
    left = sum(len(figures) for _, figures in every) - shown + report.total - len(report.figures)
    return finished(alt.vconcat(*charts), "Figures side by side", report.basis, _figures_note(panels, left), rows=None)


def labels_chart(report: LabelReport) -> Chart:
    """Mentions by month, a panel for each kind of name and voice: a state's label is never added to an own name."""
    alt = engine()
    months = by_month(report.rows, most=MOST_ROWS)
    if not months:
        raise NothingToDrawError(f"{report.name} is not mentioned there")
    order = list(months)[-MOST_ROWS:]
    label = {x: f"{x} ({len(months[x].documents):,})" for x in order}
    rows: list[dict[str, Any]] = [
        {"month": label[x], "kind": name, "mentions": months[x].counts[kind]}
        for x in order
        for kind, name in _PANELS.items()
    ]
    most = max(x["mentions"] for x in rows)
    chart = (
        alt.Chart(data(rows))
        .mark_bar()
        .encode(
            x=alt.X(
                "mentions:Q",
                title="mentions",
                scale=alt.Scale(domain=[0, most]),
                axis=alt.Axis(tickMinStep=1, tickCount=4, format="d", labelOverlap="greedy", labelSeparation=6),
            ),
            y=alt.Y("month:N", sort=list(label.values()), title="stated date (documents)", axis=names()),
            color=alt.Color("kind:N", scale=colours(_PANELS.values()), legend=None),
            column=alt.Column("kind:N", sort=list(_PANELS.values()), title=None),
        )
        .properties(width=_PANEL, height=ROW * max(2, len(order)))
    )
    documents = told(len({x.document for x in report.rows}), "document")
    note = f"{documents} in which it is named: {report.own:,} times by own names, {report.state:,} by states' labels"
    note += f"; {report.undated:,} of these documents state no date" if report.undated else ""
    note += f"; the last {MOST_ROWS} of {len(months):,} are drawn" if len(months) > MOST_ROWS else ""
    return finished(chart, f"Names of {report.name} ({report.concept}), by month", report.basis, note, rows=None)


def _dated(report: TimelineReport) -> list[dict[str, Any]]:
    """A row for each date with both ends, events before publications."""
    rows: list[dict[str, Any]] = []
    for event in (*report.events, *report.published):
        covered = days(event.date.value or "")
        if covered and all(covered):
            row = {"document": event.citekey, "from": covered[0], "to": covered[1]}
            rows.append({**row, "covers": covered[0] != covered[1], "kind of date": _plain(event.date.basis)})
    return rows


def _date_format(rows: Sequence[dict[str, Any]]) -> str:
    """How the axis names dates: no finer than its length needs."""
    years = int(max(x["to"] for x in rows)[:4]) - int(min(x["from"] for x in rows)[:4])
    return "%Y" if years > 5 else "%Y-%m" if years else "%Y-%m-%d"


def _reach(rows: Sequence[dict[str, Any]]) -> Any:
    """An axis from 0, so that 206 beside 200 looks as near as it is, a little wider than the values."""
    low, high = min(0.0, *(x["low"] for x in rows)), max(0.0, *(x["high"] for x in rows))
    margin = 0.04 * (high - low or 1.0)
    return engine().Scale(domain=[low - margin if low else low, high + margin], nice=False)


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _measures(report: FigureReport) -> list[tuple[str, list[LedgerFigure]]]:
    """What may be drawn on one axis, largest first: groups as compared, else figures of one noun; each by its unit."""
    drawn = {x.figure.id: x for x in report.figures if _bounds(x) is not None}
    grouped: list[tuple[object, str, LedgerFigure]] = [
        (number, group.measure, drawn[name])
        for number, group in enumerate(report.groups)
        for name in group.figures
        if name in drawn
    ]
    if not report.groups:
        grouped = [(x.figure.kind, x.figure.counted or "", x) for x in drawn.values()]
    panels: dict[tuple[object, str, str], list[LedgerFigure]] = {}
    for which, measure, row in grouped:
        panels.setdefault((which, measure, _unit(row)), []).append(row)
    named = ((_axis_title(measure, unit), rows) for (_, measure, unit), rows in panels.items())
    return sorted(named, key=lambda x: -len(x[1]))


def _axis_title(measure: str, unit: str) -> str:
    """What is measured, and in which unit."""
    return measure if unit in measure else f"{measure} ({unit})" if measure else unit


def _unit(row: LedgerFigure) -> str:
    """What the axis counts in: 200 a day must not stand on one axis with 75,000."""
    x = row.figure
    return x.unit or _plain({"range": "count", "vague": "count"}.get(x.kind, x.kind))


def _figures_note(panels: Sequence[tuple[str, Sequence[LedgerFigure]]], left: int) -> str:
    drawn = [x for _, figures in panels for x in figures[:MOST_FIGURES]]
    documents = told(len({x.document for x in drawn}), "document")
    note = f"{told(len(drawn), 'figure')} of {documents}, each as its source states it; "
    note += "none is averaged or chosen; square brackets: where in the text"
    return note + (f"; {left:,} more are not drawn" if left else "")


def _bounds(row: LedgerFigure) -> tuple[float, float] | None:
    """Where a figure lies: a point, or a range with both ends."""
    x = row.figure
    if x.value is not None:
        return float(x.value), float(x.value)
    if x.low is not None and x.high is not None and x.kind != "ratio":
        return float(x.low), float(x.high)
    return None


def _figure_rows(figures: Sequence[LedgerFigure]) -> list[dict[str, Any]]:
    rows = []
    for name, row in zip(distinct_places(figures), figures, strict=True):
        low, high = _bounds(row) or (0.0, 0.0)
        rows.append({"source": name, "low": low, "high": high, "as stated": _plain(row.figure.qualifier)})
    return rows


def distinct_places(figures: Sequence[LedgerFigure]) -> list[str]:
    """What each row is called: the figure as quoted, its period and speaker, and always where it stands."""
    found = []
    for row in figures:
        place = f"{row.citekey} [{row.figure.start}]"
        said = row.figure.attribution.speaker if row.figure.attribution else None
        words = " · ".join(x for x in (short(row.quote, _QUOTE), row.figure.period, said) if x)
        found.append(f"{short(words, max(_QUOTE, _ROW_NAME - len(place)))} · {place}")
    return distinct(found, 2 * _ROW_NAME)
