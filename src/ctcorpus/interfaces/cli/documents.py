"""``ctcorpus documents``: one row a document."""

from __future__ import annotations

from ctcorpus.interfaces.cli.door import FOUND, NOTHING_FOUND, Door
from ctcorpus.interfaces.terminal import Column, Terminal
from ctcorpus.model.entry import Entry


def documents(door: Door) -> int:
    """List the documents: what each says of its title, author, site and date, and nothing that it does not say.

    Example: ctcorpus documents
    """
    entries = door.corpus.documents()
    if door.is_for_programs:
        rows = [entry.to_dict() for entry in entries]
        door.answer({"schema": "ctcorpus/documents/1", "documents": rows}, rows)
    else:
        _show(door.terminal, entries)
    return FOUND if entries else NOTHING_FOUND


def _show(terminal: Terminal, entries: tuple[Entry, ...]) -> None:
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
            x.title or "–",
            ", ".join(x.authors) or "–",
            x.site or x.publisher or "–",
            x.published or "–",
            f"{x.words:,}",
        ]
        for x in entries
    ]
    terminal.table(columns, rows)
    terminal.note("–: the source does not state it. Read one with: ctcorpus show CITEKEY")
