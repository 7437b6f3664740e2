"""The answer to ``ctcorpus search --batch``: a line for each query, then those without a passage."""

from __future__ import annotations

from ctcorpus.interfaces.cli.door import FOUND, NOTHING_FOUND, SOME_SET_ASIDE, Door
from ctcorpus.model.receipt import Batch, Line


def show_batch(door: Door, batch: Batch) -> int:
    """Writes the answers; the exit code of the whole."""
    if door.is_for_programs:
        door.answer(batch.to_dict(), (line.to_dict() for line in batch.queries))
    else:
        for line in batch.queries:
            _line(door, line)
        _summary(door, batch)
    if batch.failed:
        return SOME_SET_ASIDE
    return FOUND if len(batch.zero) < len(batch.queries) else NOTHING_FOUND


def _line(door: Door, line: Line) -> None:
    if line.results is None:
        door.terminal.warn(f"line {line.line}: {line.problem}")
        return
    totals = line.results.totals
    at_least = "≥" if line.results.total_relation == "gte" else ""
    counts = f"{at_least}{totals['all_words']}".rjust(7) + f"{totals['partial']}".rjust(9)
    door.terminal.line((counts, "number" if totals["all_words"] else "dim"), f"  {line.query}")
    for warning in line.results.query.warnings:
        door.terminal.note(f"line {line.line}: {warning}")
    best = next(iter(line.results), None)
    if best is not None and best.match == "all":
        door.terminal.line((" " * 18 + "— " + best.citation.reference, "dim"))


def _summary(door: Door, batch: Batch) -> None:
    if door.quiet:
        return
    door.terminal.line()
    found = len(batch.queries) - len(batch.zero) - len(batch.failed)
    rest = f"{len(batch.zero)} without any, {len(batch.failed)} not answered"
    door.terminal.wrapped([f"{len(batch.queries)} queries: {found} with passages that have all the words, {rest}"])
    texts = {x.line: x.query for x in batch.queries}
    for number in batch.zero:
        door.terminal.line(("nothing has all the words: ", "warn"), f"{texts[number]} (line {number})")
