"""The rows of the next generation, written beside those of the live one.

A row that the next generation changes is buried (``died``) and a new one born; a row that was born in this run is
simply replaced. Nothing here is seen by a reader.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from ctcorpus.model.document import Document
from ctcorpus.model.entry import Entry, FileState
from ctcorpus.model.facts import Facts
from ctcorpus.store import rows
from ctcorpus.store.content import content_list, content_list_after
from ctcorpus.store.database import meaning
from ctcorpus.store.outlines import put_outlines
from ctcorpus.store.view import View

if TYPE_CHECKING:
    from ctcorpus.store.reader import Generation

#: a batch is committed when it has grown to so many bytes or documents: small enough to keep readers waiting briefly
_BATCH_BYTES = 4 * 1024 * 1024
_BATCH_DOCUMENTS = 500
_BURY = {
    "documents": "UPDATE documents SET died = ? WHERE row = ?",
    "entries": "UPDATE entries SET died = ? WHERE row = ?",
    "files": "UPDATE files SET died = ? WHERE row = ?",
}
#: how a row that nobody sees is deleted; of documents, see ``delete_document``
DELETE = {"entries": "DELETE FROM entries WHERE row = ?", "files": "DELETE FROM files WHERE row = ?"}
_PUT_FILE = " ".join(("INSERT INTO files (", rows.FILE, ", born, seal) VALUES (?,?,?,?,?,?,?,?,?)"))
_COPY_DOCUMENT = (
    "INSERT INTO documents SELECT NULL, id, ?, NULL, text, source, structure, structure_seal, ?, ? "
    "FROM documents WHERE row = ?"
)
_COPY_PASSAGES = " ".join(("INSERT INTO passages SELECT ?,", rows.PASSAGE, ", seal FROM passages WHERE row = ?"))

#: searched at generation ?1, and its entry or what was read from it buried in ?2; each half goes by an index
_REMOVED = (
    "SELECT id FROM entries e WHERE searched = 1 AND born <= ?1 AND died = ?2 "
    "UNION SELECT e.id FROM documents d JOIN entries e ON e.id = d.id WHERE d.born <= ?1 AND d.died = ?2 "
    "AND e.searched = 1 AND e.born <= ?1 AND (e.died IS NULL OR e.died > ?1) ORDER BY 1"
)
#: searched at generation ?1, and its entry or what was read from it born in ?2 or later; CROSS JOIN: in this order
_ADDED = (
    "SELECT id FROM entries WHERE searched = 1 AND born BETWEEN ?2 AND ?1 AND (died IS NULL OR died > ?1) "
    "UNION SELECT e.id FROM documents d CROSS JOIN entries e ON e.id = d.id WHERE d.born >= ?2 AND d.died IS NULL "
    "AND e.searched = 1 AND e.born <= ?1 AND (e.died IS NULL OR e.died > ?1) ORDER BY 1"
)


class Stage(View):
    """What the next generation will hold, as far as it has been put together: read it like any other view."""

    def __init__(self, connection: sqlite3.Connection, store: Path, generation: int) -> None:
        super().__init__(connection, store, generation)
        self._bytes = self._documents = 0

    # -- batches

    def flush(self) -> None:
        """Commits the batch that is under way."""
        with meaning(self.path):
            if self.connection.in_transaction:
                self.connection.execute("COMMIT")
        self._bytes = self._documents = 0

    def _write(self, statement: str, *values: object) -> int:
        with meaning(self.path):
            if not self.connection.in_transaction:
                self.connection.execute("BEGIN IMMEDIATE")
            return self.connection.execute(statement, values).lastrowid or 0

    def _grown(self, size: int) -> None:
        self._bytes += size
        self._documents += 1
        if self._bytes >= _BATCH_BYTES or self._documents >= _BATCH_DOCUMENTS:
            self.flush()

    def _bury(self, table: str, row: int, born: int) -> None:
        if born < self.generation:
            self._write(_BURY[table], self.generation, row)
        elif table == "documents":
            with meaning(self.path):
                delete_document(self.connection, row)
        else:
            self._write(DELETE[table], row)

    # -- documents

    def put_document(
        self, document: Document, facts: Facts, source: bytes, written: tuple[bytes, bytes] | None = None
    ) -> None:
        """Stores what was read from a source, unless exactly that is there. written: structure and facts as rows."""
        name, source_sha = document.id, document.provenance.sha256
        structure, known = written or (rows.structure_bytes(document), rows.facts_bytes(facts))
        seals = (rows.seal(name, source_sha, content=structure), rows.seal(name, content=known))
        columns = "row, born, structure_seal, facts_seal"
        for row, born, *old in self.visible(f"document {name}", columns, "documents", "id = ?", name):
            if tuple(old) == seals:
                return
            self._bury("documents", row, born)
        text = document.text.encode("utf-8")
        place = self._put_text(document.text_sha256, text)
        if not self.select("blobs", "SELECT 1 FROM blobs WHERE sha256 = ?", source_sha):
            self._write("INSERT INTO blobs VALUES (?, ?)", source_sha, rows.packed(source, 6))
        row = self._write(
            "INSERT INTO documents VALUES (NULL, ?, ?, NULL, ?, ?, ?, ?, ?, ?)",
            *(name, self.generation, place, source_sha),
            *(rows.packed(structure, 1), seals[0], rows.packed(known, 1), seals[1]),
        )
        self._put_passages(row, document, text)
        with meaning(self.path):
            put_outlines(self.connection, name, row, known)
        self._grown(2 * len(text) + len(structure) + len(known))

    def put_facts(self, id: str, known: bytes) -> None:
        """Stores what was read anew from a document, as ``rows.facts_bytes`` has it; all else of it stays.

        The caller has just read the whole document, and so compared its checksums. Raises UnknownIdError.
        """
        row, born, old = self._one(id, "row, born, facts_seal")
        seal = rows.seal(id, content=known)
        if old == seal:
            return
        new = self._write(_COPY_DOCUMENT, self.generation, rows.packed(known, 1), seal, row)
        self._write(_COPY_PASSAGES, new, row)
        with meaning(self.path):
            put_outlines(self.connection, id, new, known)
        self._bury("documents", row, born)
        self._grown(2 * len(known))

    def _put_text(self, sha256: str, text: bytes) -> int:
        found = self.select("texts", "SELECT row FROM texts WHERE sha256 = ?", sha256)
        return int(found[0][0]) if found else self._write("INSERT INTO texts VALUES (NULL, ?, ?)", sha256, text)

    def _put_passages(self, row: int, document: Document, text: bytes) -> None:
        values, at, byte = [], 0, 0
        for passage in sorted(document.passages, key=lambda passage: passage.start):
            byte += len(document.text[at : passage.start].encode("utf-8"))
            at = passage.start
            content = document.text[passage.start : passage.end].encode("utf-8")
            assert text.startswith(content, byte)
            found = rows.passage_values(passage, byte, len(content))
            values.append((row, *found, rows.seal(document.id, *found, content=content)))
        with meaning(self.path):
            self.connection.executemany("INSERT INTO passages VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", values)

    def drop_document(self, id: str) -> None:
        """Takes the document, its entry and its files out of the next generation."""
        for table, column in (("documents", "id"), ("entries", "id"), ("files", "document")):
            for row, born in self.visible(f"document {id}", "row, born", table, f"{column} = ?", id):
                self._bury(table, row, born)
        self._grown(0)

    # -- entries

    def put_entry(self, entry: Entry) -> None:
        """Stores the entry in place of the one before, unless it is the same."""
        record = rows.entry_text(entry)
        for row, born, old in self.visible(
            f"entry of document {entry.id}", "row, born, record", "entries", "id = ?", entry.id
        ):
            if old == record:
                return
            self._bury("entries", row, born)
        self._write(
            "INSERT INTO entries VALUES (NULL, ?, ?, NULL, ?, ?, ?, ?, ?, ?, ?)",
            *(entry.id, self.generation, int(entry.superseded_by is None), entry.path, entry.citekey, entry.work),
            *(entry.passages, record, rows.seal(entry.id, self.generation, record)),
        )
        self._grown(len(record))

    # -- files

    def document_at(self, path: str) -> str | None:
        """The id of the document that was last read from this path."""
        file = self.file_at(path)
        return file.document if file else None

    def put_file(self, state: FileState) -> None:
        """Stores the state of a file in place of the one before."""
        self.drop_file(state.path)
        values = (*rows.file_values(state), self.generation)
        self._write(_PUT_FILE, *values, rows.seal(*values))
        self._grown(0)

    def drop_file(self, path: str) -> None:
        """Takes the file out of the next generation."""
        for row, born in self.visible("files", "row, born", "files", "path = ?", path):
            self._bury("files", row, born)

    # -- what changed

    def removed(self) -> list[str]:
        """The documents that the generation before searches, and that this one does not, or changed."""
        values = (self.generation - 1, self.generation)
        return [row[0] for row in self.select("entries", _REMOVED, *values)]

    def added(self, *, since: int) -> list[str]:
        """The documents that this generation searches and that are new or changed since that one."""
        return [row[0] for row in self.select("entries", _ADDED, self.generation, since)]

    def changed(self) -> tuple[list[str], list[str]]:
        """``removed``, and what was added since the generation before."""
        return self.removed(), self.added(since=self.generation)

    # -- the whole

    def whole(self, before: Path | None, state: Generation | None) -> tuple[bytes, tuple[int, int, int, int]]:
        """The list of the content and the totals; of a generation that goes on from another, from what that one has.

        before: that other's folder, None where there is none. state: what the store says of it.
        """
        if before is None or state is None:
            return content_list(self), self.totals()
        removed, added = self.changed()
        counted = self.totals_after((state.documents, state.versions, state.passages, state.files))
        return content_list_after(self, before, state.digest, {*removed, *added}), counted

    def totals_after(self, before: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
        """What ``totals`` gives, from those of the generation before: what was born since, less what died."""
        documents, versions, passages, files = before
        sums = "coalesce(sum(searched), 0), count(*), coalesce(sum(passages * searched), 0)"
        for sign, where in ((1, "born = ?1 AND (died IS NULL OR died > ?1)"), (-1, "born < ?1 AND died = ?1")):
            entries = " ".join(("SELECT", sums, "FROM entries WHERE", where))
            more, all_versions, of_text = self.select("entries", entries, self.generation)[0]
            counted = " ".join(("SELECT count(*) FROM files WHERE", where))
            ((those,),) = self.select("files", counted, self.generation)
            documents, versions = documents + sign * more, versions + sign * all_versions
            passages, files = passages + sign * of_text, files + sign * those
        return documents, versions, passages, files


def delete_document(connection: sqlite3.Connection, row: int) -> None:
    """Deletes a row of ``documents`` with its passages, and its text and its source where no other row has them."""
    text, source = connection.execute("SELECT text, source FROM documents WHERE row = ?", (row,)).fetchone()
    connection.execute("DELETE FROM documents WHERE row = ?", (row,))
    if not connection.execute("SELECT 1 FROM documents WHERE text = ?", (text,)).fetchone():
        connection.execute("DELETE FROM texts WHERE row = ?", (text,))
    if not connection.execute("SELECT 1 FROM documents WHERE source = ?", (source,)).fetchone():
        connection.execute("DELETE FROM blobs WHERE sha256 = ?", (source,))
