"""``ctcorpus search``: ranked passages, each with its citation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from ctcorpus.errors import UsageError
from ctcorpus.interfaces.cli.door import FOUND, NOTHING_FOUND, Door
from ctcorpus.interfaces.terminal import Segment, Terminal
from ctcorpus.model.hit import Facets, Hit, Results, Voice

#: what stands before every line of a hit but its first
MARGIN = "   "
#: values of one facet that are shown
MOST_FACETS = 4


def search(
    door: Door,
    query: Annotated[
        list[str] | None, typer.Argument(help='Words, "phrases", field:value, -word: see docs/query-language.md.')
    ] = None,
    n: Annotated[int, typer.Option("-n", "--limit", help="How many passages.", min=0)] = 10,
    offset: Annotated[int, typer.Option("--offset", help="How many to skip.", min=0)] = 0,
    exact: Annotated[bool, typer.Option("--exact", help="The words as typed: no stemming, no expansion.")] = False,
    no_state_labels: Annotated[
        bool, typer.Option("--no-state-labels", help="Leave out states' labels for the names in the query.")
    ] = False,
    ranker: Annotated[str, typer.Option("--ranker", help="bm25 or tfidf.")] = "bm25",
    explain: Annotated[bool, typer.Option("--explain", help="Show how each score comes about.")] = False,
    sort: Annotated[str, typer.Option("--sort", help="score, or date: the newest first.")] = "score",
    group_by: Annotated[
        str | None, typer.Option("--group-by", help="document, site, speaker or month (of publication).")
    ] = None,
    context: Annotated[int, typer.Option("--context", help="Sentences around each passage.", min=0)] = 0,
    include_undated: Annotated[
        bool, typer.Option("--include-undated", help="Conditions on dates are met by what has no such date.")
    ] = False,
    new_since: Annotated[
        str | None, typer.Option("--new-since", help="Only documents new since: last, a date or a generation.")
    ] = None,
    in_: Annotated[
        list[str] | None, typer.Option("--in", help="Search this file, not the store; may be repeated; - for stdin.")
    ] = None,
    batch: Annotated[str | None, typer.Option("--batch", help="A file with a query a line; # for comments.")] = None,
    receipt: Annotated[Path | None, typer.Option("--receipt", help="Keep how this was answered in a file.")] = None,
) -> int:
    """Search the corpus: ranked passages, verbatim, each with its citation.

    Passages with all the words come first; partial ones follow and say what they lack. Exit code 1 when no
    passage has all the words; with --batch, when no query has such a passage, and 3 when one could not be answered.

    Example: ctcorpus search "border fence" -n 3
    """
    options: dict[str, Any] = {
        "n": n,
        "offset": offset,
        "exact": exact,
        "state_labels": not no_state_labels,
        "explain": explain,
        "ranker": ranker,
        "sort": sort,
        "group_by": group_by,
        "context": context,
        "facets": not batch,
        "include_undated": include_undated,
        "new_since": new_since,
        "files": tuple(in_ or ()),
    }
    if (batch is None) == (not query):
        raise UsageError("A search takes a query, or --batch FILE", "ctcorpus search WORDS")
    if batch is not None:
        if receipt:
            raise UsageError("A receipt is of one query, not of a batch", "Leave out --receipt, or --batch")
        from ctcorpus.interfaces.cli.batch import show_batch

        return show_batch(door, door.corpus.batch(batch, **options))
    results = door.corpus.search(" ".join(query or ()), receipt=receipt, **options)
    if door.is_for_programs:
        door.answer(results.to_dict(), (hit.to_dict() for hit in results))
    else:
        show_results(door.terminal, results, quiet=door.quiet)
    return FOUND if results.totals["all_words"] else NOTHING_FOUND


def show_results(terminal: Terminal, results: Results, *, quiet: bool) -> None:
    """The answer for a person: what was searched, the hits, and a line where partial ones begin."""
    if not quiet:
        _head(terminal, results)
    if results.groups is not None:
        _groups(terminal, results)
        return
    tier = "all"
    for hit in results:
        if hit.match != tier:
            tier = hit.match
            terminal.line()
            terminal.line(("Passages with only some of the words; what each lacks is named.", "warn"))
        terminal.line()
        _hit(terminal, hit)


def _groups(terminal: Terminal, results: Results) -> None:
    """The hits under a line for each group, the group of the best hit first."""
    hits = {hit.rank: hit for hit in results}
    for group in results.groups or ():
        first = hits[group.ranks[0]]
        name = f"{first.citekey}  {first.title or first.path}" if group.key == first.document else group.key
        counted = "" if group.passages is None else f"  {_count(group.passages, 'passage')} with all the words"
        terminal.line()
        terminal.wrapped([(name or "not stated", "heading"), (counted, "dim")])
        for rank in group.ranks:
            terminal.line()
            _hit(terminal, hits[rank])


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
    if left_out["passages"]:
        what = f"{_count(left_out['passages'], 'passage')}, and {_count(left_out['documents'], 'document')} whole"
        terminal.wrapped([(f"left out, having no such date: {what} (--include-undated takes them in)", "warn")])
    if not counts["all_words"] and results.labels_tried:
        terminal.line((f"labels tried: {len(results.labels_tried)}", "dim"))
    if results.since is not None:
        since = results.since
        new = f"{_count(since.documents, 'document')} new since generation {since.after_generation}"
        terminal.line((f"only what is new: {new}", "dim"))
    if results.facets is not None and results.facets.counted > 1:
        _facets(terminal, results.facets)


def _facets(terminal: Terminal, facets: Facets) -> None:
    """A line of counts: sites, months and kinds, where there is anything to tell apart."""
    parts = []
    for name, counts in (("site", facets.site), ("month", facets.month), ("kind", facets.kind)):
        if len(counts) > 1 or counts[0].value not in (None, "unknown"):
            shown = ", ".join(f"{x.value or 'not stated'} {x.passages}" for x in counts[:MOST_FACETS])
            parts.append(f"{name}: {shown}{', …' if len(counts) > MOST_FACETS else ''}")
    best = f" (the best {facets.counted:,})" if facets.of > facets.counted else ""
    if parts:
        terminal.wrapped([(f"passages by {' · '.join(parts)}{best}", "dim")], hanging="  ")


def _hit(terminal: Terminal, hit: Hit) -> None:
    title: Segment = (hit.title, "title") if hit.title else (f"[no title stated] {hit.path}", "title")
    terminal.wrapped([(f"{hit.rank}. ", "number"), title], hanging=MARGIN)
    score = f"score {hit.score:.2f}" if hit.score is not None else "not scored"
    lacks = f" · lacks: {', '.join(hit.missing)}" if hit.missing else ""
    terminal.wrapped([(f"{hit.passage.heading or 'no heading'} · {score}{lacks}", "dim")], indent=MARGIN)
    terminal.wrapped(list(_in_context(hit)), indent=MARGIN)
    for voice in hit.voices:
        terminal.wrapped([(_voice(voice), "label")], indent=MARGIN, hanging=MARGIN + "  ")
    terminal.wrapped([("— " + hit.citation.reference, "dim")], indent=MARGIN, hanging=MARGIN + "  ")
    if hit.explanation:
        _explanation(terminal, hit.explanation, depth=0)


def _in_context(hit: Hit) -> Iterator[Segment]:
    """The passage, between the sentences around it where they were asked for."""
    if hit.context is None:
        yield from _marked(hit)
        return
    start = hit.context.start
    yield (hit.context.text[: hit.passage.start - start], "dim")
    yield from _marked(hit)
    yield (hit.context.text[hit.passage.end - start :], "dim")


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
