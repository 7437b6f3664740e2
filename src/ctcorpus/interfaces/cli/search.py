"""``ctcorpus search``: ranked passages, each with its citation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from ctcorpus.interfaces.cli.door import FOUND, NOTHING_FOUND, Door
from ctcorpus.interfaces.terminal import Segment, Terminal
from ctcorpus.model.hit import Hit, Results, Voice

#: what stands before every line of a hit but its first
MARGIN = "   "


def search(
    door: Door,
    query: Annotated[
        list[str], typer.Argument(help='Words, "phrases", field:value, -word: see docs/query-language.md.')
    ],
    n: Annotated[int, typer.Option("-n", "--limit", help="How many passages.", min=0)] = 10,
    offset: Annotated[int, typer.Option("--offset", help="How many to skip.", min=0)] = 0,
    exact: Annotated[bool, typer.Option("--exact", help="The words as typed: no stemming, no expansion.")] = False,
    no_state_labels: Annotated[
        bool, typer.Option("--no-state-labels", help="Leave out states' labels for the names in the query.")
    ] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show how each score comes about.")] = False,
) -> int:
    """Search the corpus: ranked passages, verbatim, each with its citation.

    Passages with all the words come first; partial ones follow and say what they lack. Exit code 1 when no
    passage has all the words.

    Example: ctcorpus search "border fence" -n 3
    """
    results = door.corpus.search(
        " ".join(query), n, offset=offset, exact=exact, state_labels=not no_state_labels, explain=explain
    )
    if door.is_for_programs:
        door.answer(results.to_dict(), (hit.to_dict() for hit in results))
    else:
        show_results(door.terminal, results, quiet=door.quiet)
    return FOUND if results.totals["all_words"] else NOTHING_FOUND


def show_results(terminal: Terminal, results: Results, *, quiet: bool) -> None:
    """The answer for a person: what was searched, the hits, and a line where partial ones begin."""
    if not quiet:
        _head(terminal, results)
    tier = "all"
    for hit in results:
        if hit.match != tier:
            tier = hit.match
            terminal.line()
            terminal.line(("Passages with only some of the words; what each lacks is named.", "warn"))
        terminal.line()
        _hit(terminal, hit)


def _head(terminal: Terminal, results: Results) -> None:
    searched = results.searched
    counts = results.totals
    where = f"{_count(searched['passages'], 'passage')} in {_count(searched['documents'], 'document')}"
    more = f", {counts['partial']} with some" if counts["partial"] else ""
    at_least = "at least " if results.total_relation == "gte" else ""
    terminal.line((f"{at_least}{counts['all_words']} of {where} have all the words{more}", "dim"))
    for warning in results.query.warnings:
        terminal.note(f"{results.query.text}: {warning}")
    for expansion in results.query.expansions:
        terminal.line((f"also searched: {expansion.label} ({expansion.because})", "dim"))
    if results.absent_words:
        terminal.line(("words that occur nowhere: ", "warn"), ", ".join(results.absent_words))
    left_out = results.excluded["undated"]
    if left_out["documents"]:
        terminal.line((f"left out, having no such date: {_count(left_out['documents'], 'document')}", "warn"))


def _hit(terminal: Terminal, hit: Hit) -> None:
    title: Segment = (hit.title, "title") if hit.title else (f"[no title stated] {hit.path}", "title")
    terminal.wrapped([(f"{hit.rank}. ", "number"), title], hanging=MARGIN)
    score = f"score {hit.score:.2f}" if hit.score is not None else "not scored"
    lacks = f" · lacks: {', '.join(hit.missing)}" if hit.missing else ""
    terminal.wrapped([(f"{hit.passage.heading or 'no heading'} · {score}{lacks}", "dim")], indent=MARGIN)
    terminal.wrapped(list(_marked(hit)), indent=MARGIN)
    for voice in hit.voices:
        terminal.wrapped([(_voice(voice), "label")], indent=MARGIN, hanging=MARGIN + "  ")
    terminal.wrapped([("— " + hit.citation.reference, "dim")], indent=MARGIN, hanging=MARGIN + "  ")
    if hit.explanation:
        _explanation(terminal, hit.explanation, depth=0)


def _marked(hit: Hit) -> Iterator[Segment]:
    """The passage's words in order, the matched ones marked."""
    start = at = hit.passage.start
    for mark in hit.highlights:
        yield hit.text[at - start : mark.start - start]
        yield (hit.text[mark.start - start : mark.end - start], "mark")
        at = mark.end
    yield hit.text[at - start :]


def _voice(voice: Voice) -> str:
    who = voice.speaker or "speaker not stated"
    how = "quoted" if voice.direct else "reported"
    via = f", via {', '.join(voice.via)}" if voice.via else ""
    verb = f" ({voice.verb})" if voice.verb else ""
    return f"{how}: {who}{verb}{via}"


def _explanation(terminal: Terminal, node: Mapping[str, Any], *, depth: int) -> None:
    terminal.wrapped(
        [f"{node['value']:.4f}  {node['description']}"],
        indent=MARGIN + "  " * depth,
        hanging=MARGIN + "  " * (depth + 2),
    )
    for below in node.get("details", ()):
        _explanation(terminal, below, depth=depth + 1)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
