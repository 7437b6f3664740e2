"""Cited passages out of the store, in the form that somebody's next tool takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ctcorpus.citing.exporting.formats import FORMATS, WITH_BIBLIOGRAPHY, render
from ctcorpus.citing.exporting.formats.markdown import BIBLIOGRAPHY
from ctcorpus.citing.exporting.output import refuse_existing, write_new
from ctcorpus.citing.exporting.pack import MANIFEST, Sources, write_pack
from ctcorpus.citing.exporting.selection import Unit, Wanted, cited
from ctcorpus.citing.exporting.styles import require_style
from ctcorpus.citing.notes import read_notes
from ctcorpus.citing.registry import register
from ctcorpus.errors import UsageError
from ctcorpus.model.export import CitedPassage, ExportReport, Selection, Written
from ctcorpus.store import Store, corpus_folder


@dataclass(frozen=True, slots=True)
class Request:
    """How passages are exported. pick: numbers (from 1) among what was found, in the order wanted; none: all.

    output: a file; None: the export is the report's content. pack: a folder, and then no other output. sources: what
    of the sources goes into the pack. notes: people's notes travel with the passages. style: of the bibliography that a
    format for reading ends with; None: it has none.
    """

    format: str = "markdown"
    pick: tuple[int, ...] = ()
    unit: Unit = "passage"
    footnotes: bool = False
    output: Path | None = None
    force: bool = False
    pack: Path | None = None
    sources: Sources = "none"
    register: bool = False
    notes: bool = False
    style: str | None = None


def export(store: Store, wanted: Sequence[Wanted], request: Request, query: str | None = None) -> ExportReport:
    """Writes what was asked for, and what that was; nothing is written where there is nothing to cite.

    Raises UsageError where the request makes no sense or an output is in the way, ExtraMissingError for a DOCX
    without python-docx.
    """
    _refuse_nonsense(request)
    notes = read_notes(corpus_folder(store.path)) if request.notes else None
    chosen = _picked(wanted, request.pick)
    passages = tuple(cited(store, chosen, request.unit, notes.notes if notes else None))
    selection = Selection(passages, store.generation, query, request.footnotes, request.style)
    report = ExportReport(
        format="pack" if request.pack else request.format,
        passages=len(passages),
        documents=len({x.document for x in passages}),
        partial=sum(x.match == "partial" for x in passages),
        generation=store.generation,
        query=query,
        warnings=(*_warnings(passages), *(notes.warnings if notes else ())),
        rows=passages,
    )
    return _written(store, selection, request, report) if passages else report


def parse_pick(text: str) -> tuple[int, ...]:
    """``1,4`` or ``2-5,1``: the numbers in the order wanted, each once; UsageError for anything else."""
    numbers: list[int] = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        ends = [first, last] if dash else [first]
        if not all(x.strip().isascii() and x.strip().isdecimal() and len(x.strip()) <= 5 for x in ends):
            raise UsageError(f"'{text}' picks nothing", "Pick by number, from 1: --pick 1,4 or --pick 2-5")
        numbers.extend(range(int(first), int(ends[-1]) + 1))
    if not numbers or min(numbers) < 1:
        raise UsageError(f"'{text}' picks nothing", "Pick by number, from 1: --pick 1,4 or --pick 2-5")
    return tuple(dict.fromkeys(numbers))


def parse_ids(text: str) -> tuple[str, ...]:
    """The IDs of a list: one a line; empty lines, and what follows a ``#`` at the beginning of a line, are none."""
    lines = (line.strip().removeprefix("\ufeff").strip() for line in text.splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def _refuse_nonsense(request: Request) -> None:
    """Raises UsageError before anything is read, so that nothing is half done."""
    form = FORMATS.get(request.format)
    if form is None:
        raise UsageError(f"'{request.format}' is no export format", f"Formats: {', '.join(FORMATS)}")
    if request.footnotes and request.format != "markdown":
        raise UsageError("Only Markdown has footnotes", "Leave out --footnotes, or add: --format markdown")
    if request.style is not None:
        _refuse_style(request, request.style)
    if request.pack:
        if request.output or request.footnotes:
            raise UsageError("A pack is a folder with files of its own", "Leave out -o and --footnotes")
        return
    if request.sources != "none":
        raise UsageError("Only a pack holds sources", "Add: --pack FOLDER")
    needs_file = [
        name for name, asked in (("--footnotes", request.footnotes), ("--register", request.register)) if asked
    ]
    if request.format == "docx":
        needs_file.append("--format docx")
    if needs_file and request.output is None:
        raise UsageError(f"{needs_file[0]} needs a file to write to", "Add: -o FILE")
    for path in _outputs(request):
        refuse_existing(path, force=request.force)


def _refuse_style(request: Request, style: str) -> None:
    require_style(style)
    if request.footnotes:
        raise UsageError("With footnotes, pandoc lays out the bibliography", "Leave out --style, or --footnotes")
    if not request.pack and request.format not in WITH_BIBLIOGRAPHY:
        wanted = ", ".join(WITH_BIBLIOGRAPHY)
        raise UsageError(f"'{request.format}' has no bibliography in a style", f"Formats that have: {wanted}")


def _outputs(request: Request) -> Iterator[Path]:
    if request.output:
        if request.footnotes:
            yield request.output.with_name(BIBLIOGRAPHY)
        yield request.output


def _picked(wanted: Sequence[Wanted], pick: Sequence[int]) -> Sequence[Wanted]:
    beyond = [number for number in pick if number > len(wanted)]
    if beyond:
        raise UsageError(f"There is no number {beyond[0]}: {len(wanted)} were found", "See them with: ctcorpus search")
    return [wanted[number - 1] for number in pick] if pick else wanted


def _warnings(passages: Sequence[CitedPassage]) -> Iterator[str]:
    old = dict.fromkeys(x.citekey for x in passages if x.superseded_by)
    for citekey in old:
        yield f"'{citekey}' has a newer version; this export cites the older text that was asked for"


def _written(store: Store, selection: Selection, request: Request, report: ExportReport) -> ExportReport:
    """The report, after the outputs were written."""
    if request.pack:
        files = write_pack(store, selection, request.pack, sources=request.sources, force=request.force)
        manifest = next(x.sha256 for x in files if Path(x.path).name == MANIFEST)
        report = replace(report, files=tuple(files), manifest=manifest)
        return _registered(store, selection, request, report, request.pack / MANIFEST)
    made = render(selection, request.format)
    if request.output is None:
        assert isinstance(made, str)  # a format of bytes needs a file, which was refused above
        return replace(report, content=made)
    mark = FORMATS[request.format].mark
    data = mark + made.encode("utf-8") if isinstance(made, str) else made
    report = replace(report, files=tuple(_write_all(selection, request, request.output, data)))
    return _registered(store, selection, request, report, request.output)


def _write_all(selection: Selection, request: Request, output: Path, data: bytes) -> Iterator[Written]:
    """Writes the bibliography first, where there is one: no Markdown stands there without it."""
    if request.footnotes:
        items = render(selection, "csl-json")
        assert isinstance(items, str)
        yield write_new(output.with_name(BIBLIOGRAPHY), items.encode("utf-8"), force=request.force)
    yield write_new(output, data, force=request.force)


def _registered(store: Store, selection: Selection, request: Request, report: ExportReport, path: Path) -> ExportReport:
    if not request.register:
        return report
    register(store, "export", path, [x.id for x in selection.passages])
    return replace(report, registered=True)
