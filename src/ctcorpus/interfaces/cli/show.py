"""``ctcorpus show``: a document, or a span with its surroundings, with the facts seen in the text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated

import typer

from ctcorpus.interfaces.cli.door import FOUND, Door
from ctcorpus.interfaces.terminal import Segment, Terminal
from ctcorpus.model.document import Document
from ctcorpus.model.entry import Entry
from ctcorpus.model.facts import Facts
from ctcorpus.model.span import Span

#: characters on either side of a span whose sentences are shown with it
AROUND = 400
#: kind of fact -> style, in the order in which one wins where two overlap
FACT_STYLES = {"figure": "number", "date": "date", "name": "label", "said": "said"}


def show(
    door: Door,
    id: Annotated[str, typer.Argument(metavar="ID", help="A document's id, citekey or path; or DOCUMENT:START-END.")],
    plain: Annotated[bool, typer.Option("--plain", help="The text alone, without facts.")] = False,
) -> int:
    """Print a document as it was read, or a span with its surroundings; facts are coloured where colour is on.

    Example: ctcorpus show anon-nd-terrorism-continues
    """
    if door.is_for_programs:
        from ctcorpus.corpus.records import show_record

        record = show_record(door.corpus, id)
        door.answer(record, [record])
        return FOUND
    entry, span = door.corpus.find(id)
    document = door.corpus.show(id)
    facts = Facts() if plain else door.corpus.facts(id)
    if span is None:
        _head(door.terminal, entry, document)
        _text(door.terminal, document, facts, Span(0, len(document.text)))
    else:
        _around(door.terminal, entry, document, facts, span)
    if not plain and not door.quiet:
        _legend(door.terminal, facts, span or Span(0, len(document.text)))
    return FOUND


def _around(terminal: Terminal, entry: Entry, document: Document, facts: Facts, span: Span) -> None:
    """The span between the sentences before and after it, which are dim and stand apart."""
    before = [x.start for x in document.sentences if span.start - AROUND <= x.start < span.start]
    after = [x.end for x in document.sentences if span.end < x.end <= span.end + AROUND]
    terminal.line((entry.citekey, "title"), f"  characters {span.start}-{span.end} of {len(document.text)}")
    for part in (Span(before[0], span.start) if before else None, span, Span(span.end, after[-1]) if after else None):
        if part is None:
            continue
        terminal.line()
        if part == span:
            _text(terminal, document, facts, span, indent="  ")
        else:
            terminal.wrapped([(part.of(document.text).strip(), "dim")])


def _text(terminal: Terminal, document: Document, facts: Facts, window: Span, indent: str = "") -> None:
    """The window's text in order, each stretch in one style: boilerplate dim, headings bold, facts in their own."""
    text = document.text
    terminal.wrapped([(text[x:y], style) for x, y, style in _styles(document, facts, window)], indent=indent)


def _head(terminal: Terminal, entry: Entry, document: Document) -> None:
    """What the document says of itself; a dash where it does not say."""
    meta = document.metadata
    rows = {
        "title": meta.title,
        "standfirst": meta.standfirst,
        "author": ", ".join(meta.authors) or None,
        "site": meta.site,
        "publisher": meta.publisher,
        "published": meta.published,
        "as of": meta.as_of,
        "not before": meta.not_before,
        "copyright": str(meta.copyright_year) if meta.copyright_year else None,
        "language": meta.language,
    }
    terminal.line((entry.citekey, "title"), f"  {document.id}")
    for name, value in rows.items():
        how = meta.basis.get(name.replace(" ", "_").replace("author", "authors"))
        basis = f"  [{how}]" if value and how and how != "document" else ""
        terminal.wrapped([(f"{name:<11}", "dim"), value or "–", (basis, "dim")], hanging=" " * 11)
    origin = document.provenance
    terminal.line(
        (f"{'source':<11}", "dim"), f"{entry.path}, {origin.size:,} bytes, {origin.encoding} ({origin.encoding_basis})"
    )
    for name, said in entry.stated.items():
        who = f"  [stated by the maintainer {said.by}, {said.at}, in {said.source}]"
        terminal.wrapped([(f"{name:<11} ", "dim"), said.value, (who, "dim")], hanging=" " * 12)
    for warning in document.warnings:
        terminal.warn(warning)
    terminal.line()


def _styles(document: Document, facts: Facts, window: Span) -> Iterator[tuple[int, int, str]]:
    """Stretches of the window with the style that wins in each, in order."""
    marks: list[tuple[int, int, str]] = [
        *((x.start, x.end, "dim") for x in document.boilerplate),
        *((x.start, x.end, "heading") for x in document.headings),
        *((x.start, x.end, FACT_STYLES["figure"]) for x in facts.figures),
        *((x.start, x.end, FACT_STYLES["date"]) for x in facts.dates),
        *((x.start, x.end, FACT_STYLES["name"]) for x in facts.mentions),
        *((x.start, x.end, FACT_STYLES["said"]) for x in facts.quotations),
    ]
    order = {style: rank for rank, style in enumerate(["dim", "heading", *FACT_STYLES.values()])}
    edges = sorted(
        {window.start, window.end, *(e for s, t, _ in marks for e in (s, t) if window.start < e < window.end)}
    )
    opened = sorted(marks, key=lambda x: x[0])
    live: list[tuple[int, int, str]] = []
    at = 0
    for start, end in pairwise(edges):
        while at < len(opened) and opened[at][0] <= start:
            live.append(opened[at])
            at += 1
        live = [x for x in live if x[1] > start]
        style = min((x[2] for x in live), key=lambda x: order[x], default="")
        yield start, end, style


def _legend(terminal: Terminal, facts: Facts, window: Span) -> None:
    """What the colours mean, and how many of each there are in view."""
    found = {
        "figure": [x.start for x in facts.figures],
        "date": [x.start for x in facts.dates],
        "name": [x.start for x in facts.mentions],
        "said": [x.start for x in facts.quotations],
    }
    segments: list[Segment] = []
    for name, starts in found.items():
        inside = sum(window.start <= start < window.end for start in starts)
        segments += [(name, FACT_STYLES[name]), f" {inside}  "]
    terminal.line()
    terminal.line(*segments, ("boilerplate is dim; --json has every fact", "dim"))
