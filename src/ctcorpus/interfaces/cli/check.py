"""``ctcorpus check``: a draft's quotations, figures, speakers and sources held against the corpus."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from ctcorpus.errors import UsageError
from ctcorpus.interfaces.cli.door import FOUND, NOTHING_FOUND, Door
from ctcorpus.interfaces.terminal import Segment
from ctcorpus.model.check import CLEAN, CheckItem, CheckReport

#: characters of a draft's and of a source's words that are shown
_SHOWN = 600
_WARNINGS = {
    "attribution_dropped": "the source gives this to somebody; the draft does not say so",
    "hedge_dropped": "the source hedges this; the draft does not",
    "period_dropped": "the source gives a period; the draft does not",
    "other_figures_exist": "other sources give other figures",
    "context_cut": "the source's sentence goes on with a limit (but, however, if, unless …)",
    "ellipsis_hides": "the ellipsis hides words that matter",
}


def check(
    door: Door,
    files: Annotated[
        list[str] | None, typer.Argument(metavar="FILE…", help="Drafts or exports; - reads stdin.")
    ] = None,
    quote: Annotated[str | None, typer.Option("--quote", help="Check these words alone.")] = None,
    speaker: Annotated[str | None, typer.Option("--speaker", help="Who is said to have said them.")] = None,
    source: Annotated[str | None, typer.Option("--source", help="Where they are said to stand: an ID.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="A warning counts as a finding.")] = False,
) -> int:
    """Check the quotations, figures, speakers and sources of a draft against the corpus.

    Reads .md, .txt, .docx and .tex, and checks again the citations of exports (.jsonl, .json). A figure that is
    supported is stated in a source, not thereby true. Ends with 0 when all is clean, 1 when a person must look.

    Example: ctcorpus check memo.md
    """
    names = files or []
    if bool(names) == (quote is not None):
        raise UsageError(
            "Give drafts to check, or one quotation", "ctcorpus check FILE…, or: ctcorpus check --quote TEXT"
        )
    if quote is None and (speaker or source):
        raise UsageError("--speaker and --source go with --quote", "ctcorpus check --quote TEXT --speaker NAME")
    stdin = sys.stdin.buffer.read() if "-" in names else b""
    report = door.corpus.check(names, quote=quote, speaker=speaker, source=source, stdin=stdin, strict=strict)
    if door.is_for_programs:
        door.answer(report.to_dict(), (x.to_dict() for x in report.items))
    else:
        _show(door, report)
    return FOUND if report.is_clean else NOTHING_FOUND


def _show(door: Door, report: CheckReport) -> None:
    """The items, those that need nobody's attention in one line each, and a line of counts."""
    file = ""
    for found in report.items:
        if found.draft.file != file and len(report.files) > 1:
            file = found.draft.file
            door.terminal.rule(file)
        if found.is_finding(strict=report.strict) or found.warnings or door.verbose:
            _block(door, found)
        elif not door.quiet:
            _line(door, found)
    door.terminal.line((_counts(report), "title"))


def _line(door: Door, found: CheckItem) -> None:
    """One item in one line."""
    where = f"line {found.draft.line}"
    words = " ".join(found.draft.text.split())
    door.terminal.line((f"{where}  {found.verdict}  ", "dim"), words if len(words) <= 56 else words[:55] + "…")


def _block(door: Door, found: CheckItem) -> None:
    """One item with all that a person needs: the draft's words, what differs, the true passage, what to do."""
    terminal = door.terminal
    style = "dim" if found.verdict in CLEAN or found.verdict == "outside_corpus" else "warn"
    terminal.line((f"line {found.draft.line}  ", "dim"), (found.verdict.replace("_", " "), style), f"  {found.kind}")
    terminal.wrapped(list(_marked(found.draft.text[:_SHOWN], [x.draft for x in found.differences])), indent="    ")
    if found.source and found.verdict != "verbatim":
        terminal.wrapped(
            [("source: ", "dim"), *_marked(found.source[:_SHOWN], [x.source for x in found.differences])], indent="    "
        )
    if found.reference:
        terminal.wrapped([(f"— {found.reference}", "dim")], indent="    ")
    if found.note:
        terminal.wrapped([found.note], indent="    ")
    for warning in found.warnings:
        terminal.wrapped([("warning: ", "warn"), _WARNINGS[warning]], indent="    ")
    terminal.line()


def _marked(text: str, stretches: list[str]) -> Iterator[Segment]:
    """The text with each of the stretches marked where it is found, in order."""
    at = 0
    for stretch in stretches:
        start = text.find(stretch, at) if stretch else -1
        if start >= 0:
            yield text[at:start]
            yield (stretch, "mark")
            at = start + len(stretch)
    yield text[at:]


def _counts(report: CheckReport) -> str:
    """The last line: what was checked, and what a person must do."""
    searched = f"{report.searched['documents']} documents"
    if report.checked == 0:
        return f"Nothing in it could be checked against {searched}: no quotation, no figure, no cited source."
    outside = f", {report.outside} outside the corpus" if report.outside else ""
    warned = sum(bool(x.warnings) for x in report.items)
    warnings = f", {warned} with warnings" if warned else ""
    if report.checked == report.outside:
        return f"{report.checked} checked{outside}: nothing in it could be held against {searched}."
    findings = "1 finding" if report.findings == 1 else f"{report.findings} findings"
    return f"{report.checked} checked against {searched}: {findings}{outside}{warnings}."
