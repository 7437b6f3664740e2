"""``ctcorpus concepts``: the thesaurus as the corpus uses it; checks it, and suggests spellings for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ctcorpus.errors import UsageError
from ctcorpus.interfaces.cli.basis import FOR_PEOPLE, Force, drawn, show_basis, write_csv
from ctcorpus.interfaces.cli.door import FOUND, NOTHING_FOUND, Door
from ctcorpus.interfaces.drawing import refuse_plot
from ctcorpus.interfaces.plots import co_occurrence_chart
from ctcorpus.interfaces.terminal import Column, Terminal
from ctcorpus.model.analysis_names import ConceptReport, ConceptRow
from ctcorpus.model.words import CoOccurrence

if TYPE_CHECKING:
    from ctcorpus.annotate.suggest import Suggestion


def concepts(
    door: Door,
    name: Annotated[list[str] | None, typer.Argument(help="An id or a name; a file; a query.")] = None,
    validate: Annotated[bool, typer.Option("--validate", help="Check the thesaurus in use, or a file.")] = False,
    suggest: Annotated[bool, typer.Option("--suggest", help="Spellings that look like a known label.")] = False,
    together: Annotated[
        bool, typer.Option("--co-occurrence", help="Which stand in the same passages, of all or of a query's.")
    ] = False,
    csv: Annotated[bool, typer.Option("--csv", help="A table as CSV.")] = False,
    plot: Annotated[Path | None, typer.Option("--plot", help="Draw the co-occurrence: FILE.svg, .png, .html.")] = None,
    force: Force = False,
) -> int:
    """List the concepts that the corpus names, or look one up: labels, links, and in how many passages it is named.

    --validate [FILE]: exit code 1 when something is wrong. --suggest: nothing is changed; accept a spelling by
    writing it into the corpus folder's thesaurus.ttl. --co-occurrence [QUERY]: pairs in the same passages, the surest
    (G2) first, with how many chance would put together; classes of concepts are left out.

    Example: ctcorpus concepts ttp
    """
    if plot is not None and not together:
        raise UsageError("Only a co-occurrence can be drawn", "Add: --co-occurrence")
    refuse_plot(plot, force=force)
    given = " ".join(name or ())
    if validate:
        return _validate(door, Path(given) if given else None)
    if suggest:
        return _suggest(door, csv=csv)
    if together:
        return _together(door, given, csv=csv, plot=plot, force=force)
    report = door.corpus.concepts(given)
    if csv:
        rows = [[x.id, x.name, x.type, x.passages, "; ".join(x.labels)] for x in report.concepts]
        write_csv(door.terminal, ("id", "name", "type", "passages", "labels"), rows)
    elif door.is_for_programs:
        door.answer(report.to_dict(), (x.to_dict() for x in report.concepts))
    elif given:
        for row in report.concepts:
            _concept(door.terminal, row)
    else:
        _list(door.terminal, report)
    return FOUND if report.concepts else NOTHING_FOUND


def _list(terminal: Terminal, report: ConceptReport) -> None:
    show_basis(terminal, report.basis)
    terminal.line(f"{len(report.concepts):,} of the thesaurus' {report.total:,} concepts are named there")
    columns = [Column("passages", justify="right"), Column("id", style="label"), Column("name")]
    terminal.table(columns, [[f"{x.passages:,}", x.id, x.name] for x in report.concepts])
    terminal.note("See the passages of one with: ctcorpus search @ID")


def _concept(terminal: Terminal, row: ConceptRow) -> None:
    terminal.line((row.name, "title"), f"  {row.id}  ({row.type})")
    if row.note:
        terminal.wrapped([row.note], "  ")
    links = {"labels": row.labels, "broader": row.broader, "narrower": row.narrower, "related": row.related}
    for kind, values in {**links, "a state's label for": row.state_label_for}.items():
        if values:
            terminal.wrapped([(f"{kind}: ", "dim"), ", ".join(values)], "  ", "    ")
    terminal.line(f"  named in {row.passages:,} passages: ctcorpus search @{row.id}")


def _validate(door: Door, file: Path | None) -> int:
    report = door.corpus.validate(file)
    if door.is_for_programs:
        door.answer(report.to_dict(), (x.to_dict() for x in report.findings))
    else:
        for x in report.findings:
            where = f"line {x.line}: " if x.line else ""
            door.terminal.wrapped([(f"{where}{x.concept}: ", "warn"), x.problem], hanging="  ")
        found = "sound" if not report.findings else f"{len(report.findings):,} problems"
        door.terminal.line(f"{report.path}: {report.concepts:,} concepts, {found}")
    return NOTHING_FOUND if report.findings else FOUND


def _together(door: Door, query: str, *, csv: bool, plot: Path | None, force: bool) -> int:
    found = door.corpus.co_occurrence(query)
    if csv:
        head = ("a", "b", "passages", "a_passages", "b_passages", "expected", "g2", "query")
        write_csv(door.terminal, head, [[x.to_dict()[name] for name in head] for x in found])
    elif door.is_for_programs:
        door.answer(found.to_dict(), (x.to_dict() for x in found))
    else:
        _pairs(door.terminal, found)
    is_drawn = drawn(door.terminal, lambda: co_occurrence_chart(found), plot, force=force)
    return FOUND if found.pairs and is_drawn else NOTHING_FOUND


def _pairs(terminal: Terminal, found: CoOccurrence) -> None:
    show_basis(terminal, found.basis)
    if not found.pairs:
        no_pair = "No two concepts stand in one passage there."
        terminal.line(no_pair if found.basis.documents else "No passage matches.")
        return
    columns = [
        Column("concept", style="label"),
        Column("with", style="label"),
        *(Column(x, justify="right") for x in _COUNTS),
    ]
    rows = [
        [x.a, x.b, f"{x.passages:,}", f"{x.a_passages:,}", f"{x.b_passages:,}", f"{x.expected:,.1f}", f"{x.g2:,.2f}"]
        for x in found.pairs[:FOR_PEOPLE]
    ]
    terminal.table(columns, rows)
    terminal.note(found.measure)
    if len(found.pairs) > FOR_PEOPLE:
        terminal.note(f"{FOR_PEOPLE:,} of {len(found.pairs):,} pairs; all of them with --csv or --json")
    terminal.note(f"Open the first with: ctcorpus search '{found.pairs[0].query}'")


_COUNTS = ("both", "one", "other", "chance", "G2")


def _suggest(door: Door, *, csv: bool) -> int:
    found = door.corpus.suggest()
    head = ("printed", "concept", "looks like", "how", "times", "first")
    rows = [[*_names(x), x.basis, x.count, f"{x.document}:{x.first.start}-{x.first.end}"] for x in found]
    if csv:
        write_csv(door.terminal, head, rows)
    elif door.is_for_programs:
        records = [x.to_dict() for x in found]
        door.answer({"schema": "ctcorpus/concepts-suggest/1", "suggestions": records}, records)
    elif not found:
        door.terminal.line("No spelling that looks like a known label and is none.")
    else:
        cells = [[*_names(x), x.basis, f"{x.count:,}", f"{x.document[:8]}:{x.first.start}"] for x in found]
        door.terminal.table([Column(x) for x in head], cells)
    return FOUND if found else NOTHING_FOUND


def _names(suggestion: Suggestion) -> tuple[str, str, str]:
    return suggestion.variant, suggestion.concept, suggestion.label
