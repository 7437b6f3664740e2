"""``ctcorpus export``: cited passages, in the form that the next tool takes."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ctcorpus.errors import UsageError
from ctcorpus.interfaces.cli.door import FOUND, NOTHING_FOUND, Door
from ctcorpus.model.export import ExportReport


class Unit(StrEnum):
    """What is cited."""

    passage = "passage"
    sentence = "sentence"


class Sources(StrEnum):
    """What of the sources goes into a pack."""

    none = "none"
    full = "full"


def export(
    door: Door,
    query: Annotated[list[str] | None, typer.Argument(help="A query, as for search.")] = None,
    ids: Annotated[Path | None, typer.Option("--ids", help="A file with an ID a line, instead of a query.")] = None,
    format: Annotated[
        str,
        typer.Option("--format", "-f", help="markdown, text, csv, jsonl, ris, biblatex, csl-json, w3c, html or docx."),
    ] = "markdown",
    n: Annotated[int, typer.Option("-n", "--limit", help="How many passages of the query.", min=0)] = 10,
    pick: Annotated[str | None, typer.Option("--pick", help="Only these, by number: 1,4 or 2-5.")] = None,
    unit: Annotated[Unit, typer.Option("--unit", help="The passage, or the sentences that match.")] = Unit.passage,
    exact: Annotated[bool, typer.Option("--exact", help="The words as typed, as for search.")] = False,
    footnotes: Annotated[bool, typer.Option("--footnotes", help="Markdown: footnotes, with a refs.json.")] = False,
    program: Annotated[str | None, typer.Option("--for", help="zotero: the format that it takes best.")] = None,
    style: Annotated[str | None, typer.Option("--style", help="End with a bibliography: chicago or apa.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The file to write.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
    pack: Annotated[Path | None, typer.Option("--pack", help="A folder for an evidence pack.")] = None,
    sources: Annotated[Sources, typer.Option("--sources", help="full: the pack holds the sources.")] = Sources.none,
    register: Annotated[bool, typer.Option("--register", help="Remember what rests on which text.")] = False,
    notes: Annotated[bool, typer.Option("--notes", help="Carry people's notes.")] = False,
) -> int:
    """Export cited passages: of a query, or of the documents and spans that a file lists.

    Text goes to the standard output unless -o names a file; a file that exists is not overwritten without --force.

    With --style, Markdown, HTML, Word and plain text end with a bibliography; it needs the extra `styles`.

    Example: ctcorpus export "border fence" --format ris -o fence.ris
    """
    from ctcorpus.citing.exporting.export import Request, parse_ids, parse_pick
    from ctcorpus.citing.exporting.formats import PROGRAMS

    if program is not None and program not in PROGRAMS:
        raise UsageError(f"'{program}' is no program that is known here", f"Known: {', '.join(PROGRAMS)}")
    request = Request(
        format=PROGRAMS[program] if program else format,
        pick=parse_pick(pick) if pick else (),
        unit=unit.value,
        footnotes=footnotes,
        output=None if output == Path("-") else output,
        force=force,
        pack=pack,
        sources=sources.value,
        register=register,
        notes=notes,
        style=style,
    )
    listed = parse_ids(_read(ids)) if ids is not None else None
    report = door.corpus.export(" ".join(query) if query else None, request, ids=listed, n=n, exact=exact)
    _show(door, report)
    return FOUND if report.passages else NOTHING_FOUND


def _read(path: Path) -> str:
    """The list of IDs; ``-`` is the standard input."""
    data = sys.stdin.buffer.read() if path == Path("-") else path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"'{path}' is no list of IDs: it is not UTF-8", "Name a text file with an ID a line"
        ) from error


def _show(door: Door, report: ExportReport) -> None:
    """The export itself, or where it is; with --json the report."""
    if door.is_for_programs:
        record = report.to_dict()
        door.answer(record, record["rows"])
        return
    terminal = door.terminal
    if report.content is not None:
        terminal.data(report.content)
    for warning in report.warnings:
        terminal.warn(warning)
    if not report.passages:
        terminal.note("Nothing to cite was found, and nothing was written")
    if report.partial:
        terminal.note(f"{report.partial} of {report.passages} passages have only some of the words")
    if report.manifest:
        terminal.note(f"SHA-256 of the pack's manifest: {report.manifest}")
    for file in report.files:
        terminal.note(f"{file.path}: {file.size:,} bytes")
