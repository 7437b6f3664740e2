"""What nobody needs any more: leftovers of a crash, generations that no reader holds, rows that only they saw.

Only the holder of the writer's lock sweeps.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from ctcorpus.store.database import meaning
from ctcorpus.store.generation import GENERATIONS, delete_unheld
from ctcorpus.store.reader import live_generation
from ctcorpus.store.stage import DELETE, delete_document

_TABLES = ("documents", "entries", "files")
_UNBURY = (
    "UPDATE documents SET died = NULL WHERE died > ?",
    "UPDATE entries SET died = NULL WHERE died > ?",
    "UPDATE files SET died = NULL WHERE died > ?",
)
#: rows deleted in one transaction
_BATCH = 500


def undo_staged(connection: sqlite3.Connection, store: Path, live: int) -> None:
    """Takes back what an unfinished run staged: rows born after the live generation go, the buried live again."""
    for table in _TABLES:
        _delete(connection, store, table, "born > ?", live)
    with meaning(store):
        for statement in _UNBURY:  # writes nothing, not even a journal, where there is nothing to take back
            connection.execute(statement, (live,))


def collect_folders(store: Path, kept: set[str]) -> set[str]:
    """Deletes the folders of generations that are not ``kept`` and that no reader holds; gives the names left."""
    parent = store / GENERATIONS
    if not parent.is_dir():
        return set()
    names = sorted(path.name for path in parent.iterdir())
    return {name for name in names if name in kept or not delete_unheld(parent / name)}


def sweep(connection: sqlite3.Connection, store: Path) -> None:
    """Deletes every generation but the live one that no reader holds, and what only they could see."""
    live = live_generation(connection, store)
    left = collect_folders(store, {live.folder})
    with meaning(store, "generations"):
        known = connection.execute("SELECT number, folder FROM generations").fetchall()
    gone = [number for number, folder in known if folder not in left]
    oldest = min((number for number, folder in known if folder in left), default=live.number)
    for table in _TABLES:
        _delete(connection, store, table, "died <= ?", oldest)
    with meaning(store):
        for number in gone:
            connection.execute("DELETE FROM generations WHERE number = ?", (number,))


def _delete(connection: sqlite3.Connection, store: Path, table: str, where: str, number: int) -> None:
    """Deletes rows in small transactions; with a document go its passages, and text and source if no other has them."""
    with meaning(store):
        while True:
            query = " ".join(("SELECT row FROM", table, "WHERE", where, "LIMIT ?"))
            found = connection.execute(query, (number, _BATCH)).fetchall()
            if not found:
                return
            connection.execute("BEGIN IMMEDIATE")
            for (row,) in found:
                if table == "documents":
                    delete_document(connection, row)
                else:
                    connection.execute(DELETE[table], (row,))
            connection.execute("COMMIT")
