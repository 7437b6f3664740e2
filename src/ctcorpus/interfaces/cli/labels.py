"""``ctcorpus labels``: under which names an actor goes, by document, voice and speaker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

import typer

from ctcorpus.interfaces.cli.basis import show_basis, write_csv
from ctcorpus.interfaces.cli.door import FOUND, NOTHING_FOUND, Door
from ctcorpus.interfaces.terminal import Column, Terminal
from ctcorpus.model.analysis_names import LabelReport, LabelRow
from ctcorpus.model.edtf import days


def labels(
    door: Door,
    concept: Annotated[str, typer.Argument(help="A concept: its id (grp:ttp, ttp) or a name.")],
    query: Annotated[list[str] | None, typer.Argument(help="Which passages: a query as in search. None: all.")] = None,
    csv: Annotated[bool, typer.Option("--csv", help="A table as CSV.")] = False,
) -> int:
    """List the names of an actor: its own and states' labels for it, in the author's voice and in quoted ones.

    A state's label is never counted as the actor's own name.

    Example: ctcorpus labels ttp
    """
    report = door.corpus.labels(concept, " ".join(query or ()))
    if csv:
        head = ("label", "concept", "relation", "mapping_basis", "voice", "speaker", "document", "site", "first_seen")
        write_csv(door.terminal, (*head, "date_basis", "mentions", "first"), [_cells(x) for x in report.rows])
    elif door.is_for_programs:
        door.answer(report.to_dict(), (x.to_dict() for x in report.rows))
    else:
        _show(door.terminal, report)
    return FOUND if report.rows else NOTHING_FOUND


def _cells(row: LabelRow) -> list[object]:
    first = f"{row.document}:{row.mentions[0].start}-{row.mentions[0].end}"
    plain = [row.label, row.concept, row.relation, row.mapping_basis, row.voice, row.speaker, row.document, row.site]
    return [*plain, row.first_seen, row.date_basis, len(row.mentions), first]


def _show(terminal: Terminal, report: LabelReport) -> None:
    show_basis(terminal, report.basis)
    if not report.rows:
        terminal.line(f"{report.name} ({report.concept}) is not mentioned there.")
        return
    terminal.line((f"{report.name} ({report.concept})", "title"))
    terminal.line(f"{report.own:,} under its own names, {report.state:,} under states' labels for it")
    columns = [Column("name", style="label"), Column("whose"), Column("voice"), Column("seen"), Column("where")]
    rows = []
    for x in report.rows:
        whose = "own" if x.relation == "own" else f"state's label ({x.mapping_basis})"
        voice = "author" if x.voice == "author" else f"quoted: {x.speaker or 'not stated'}"
        first = f"{x.citekey}:{x.mentions[0].start}-{x.mentions[0].end}"
        more = f" and {len(x.mentions) - 1} more" if len(x.mentions) > 1 else ""
        rows.append([x.label, whose, voice, x.first_seen or "–", first + more])
    terminal.table(columns, rows)
    _by_month(terminal, report.rows)
    for source in dict.fromkeys(x.mapped_by for x in report.rows if x.mapped_by):
        terminal.note(f"a state's label for it according to {source}")
    if report.undated:
        terminal.note(f"–: {report.undated:,} of these documents do not state a date of themselves")


def _by_month(terminal: Terminal, rows: Sequence[LabelRow]) -> None:
    """Mentions by the month that a document states of itself, and apart from these those of undated documents."""
    counts: dict[str, Counter[tuple[str, str]]] = {}
    for x in rows:
        month = counts.setdefault(_month(x.first_seen), Counter())
        month[x.relation, x.voice] += len(x.mentions)
    kinds = {
        "own names": ("own", "author"),
        "own, quoted": ("own", "quoted"),
        "state's": ("state_label_for", "author"),
        "state's, quoted": ("state_label_for", "quoted"),
    }
    names = [*sorted(x for x in counts if x), *([""] if "" in counts else [])]
    terminal.line()
    terminal.table(
        [Column("month"), *(Column(x, justify="right") for x in kinds)],
        [[name or "undated", *(f"{counts[name][kind]:,}" for kind in kinds.values())] for name in names],
    )


def _month(stated: str | None) -> str:
    """The month of a date; the date as it is stated where it names no single month; "" where there is none.

    >>> _month("2025-04-08"), _month("2025"), _month(None)
    ('2025-04', '2025', '')
    """
    covered = days(stated.partition("T")[0]) if stated else None
    if covered and covered[0] and covered[0][:7] == covered[1][:7]:
        return covered[0][:7]
    return stated or ""
