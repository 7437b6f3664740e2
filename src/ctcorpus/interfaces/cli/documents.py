"""``ctcorpus documents``: one row a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from ctcorpus.interfaces.cli.door import FOUND, NOTHING_FOUND, Door
from ctcorpus.interfaces.terminal import Column, Terminal
from ctcorpus.model.entry import Entry
from ctcorpus.model.report import Alike


def documents(door: Door) -> int:
    """List the documents: what each says of its title, author, site and date, and nothing that it does not say.

    Example: ctcorpus documents
    """
    entries = door.corpus.documents()
    if door.is_for_programs:
        rows = _rows(entries, door.corpus.alike())
        door.answer({"schema": "ctcorpus/documents/1", "documents": rows}, rows)
    else:
        _show(door.terminal, entries, len(door.corpus.alike()))
    return FOUND if entries else NOTHING_FOUND


def _rows(entries: tuple[Entry, ...], links: Sequence[Alike]) -> list[dict[str, Any]]:
    """One row a document, with the documents whose words are nearly its own."""
    alike: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for link in links:
        for here, there in ((link.a, link.b), (link.b, link.a)):
            row = {"document": there, "kind": link.kind, "jaccard": link.jaccard, "contained": link.contained}
            alike[here].append(row)
    return [{**entry.to_dict(), "alike": alike[entry.id]} for entry in entries]


def _show(terminal: Terminal, entries: tuple[Entry, ...], alike: int) -> None:
    columns = [
        Column("citekey", style="label", no_wrap=True),
        Column("title"),
        Column("author"),
        Column("site"),
        Column("published", no_wrap=True),
        Column("words", justify="right", no_wrap=True),
    ]
    rows = [
        [
            x.citekey,
            _marked(x, "title"),
            ", ".join(x.authors) or "–",
            x.site or x.publisher or "–",
            _marked(x, "published"),
            f"{x.words:,}",
        ]
        for x in entries
    ]
    terminal.table(columns, rows)
    if any(x.maintained for x in entries):
        terminal.note("*: stated by the maintainer, in sources.toml or with --metadata; the source does not state it.")
    if alike:
        terminal.note(f"{alike} pairs are near-duplicates or reprints: ctcorpus status -v")
    terminal.note("–: the source does not state it. Read one with: ctcorpus show CITEKEY")


def _marked(entry: Entry, name: str) -> str:
    """The value of a field, with an asterisk where it is the maintainer's; a dash where nobody states one."""
    return f"{getattr(entry, name) or '–'}{' *' if name in entry.maintained else ''}"
