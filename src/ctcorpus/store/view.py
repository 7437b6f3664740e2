"""The rows of one generation, each checked when it is read."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace as replaced
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctcorpus.errors import StoreDamagedError, UnknownIdError
from ctcorpus.model.document import Document, Passage
from ctcorpus.model.entry import Entry, FileState
from ctcorpus.model.record import record
from ctcorpus.store import rows
from ctcorpus.store.database import meaning

if TYPE_CHECKING:
    from ctcorpus.model.facts import Facts
    from ctcorpus.model.outline import Kind, Line
    from ctcorpus.model.span import Span

#: what a generation sees; takes its number twice
VISIBLE = "born <= ? AND (died IS NULL OR died > ?)"
_PAGE = 500
_PASSAGES = " ".join(("SELECT", rows.PASSAGE, ", seal FROM passages WHERE row = ?"))
_PASSAGE_ID = re.compile(r"([0-9a-f]{32}):([0-9]{1,15})-([0-9]{1,15})")


@record
class StoredPassage:
    """A passage with its words, which are those that were stored: their checksum was just compared."""

    passage: Passage
    text: str


class View:
    """What a store holds at one generation. Every method raises StoreDamagedError, naming the document, where a row
    is not what was written; none leaves a statement open, so a reader never keeps the writer waiting."""

    def __init__(self, connection: sqlite3.Connection, store: Path, generation: int) -> None:
        self.path = store
        self.generation = generation
        self.connection = connection

    def select(self, block: str, query: str, *values: object) -> list[tuple[Any, ...]]:
        """The rows that a query gives; SQLite's errors told as ours."""
        with meaning(self.path, block):
            return self.connection.execute(query, values).fetchall()

    def each(self, block: str, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """The rows that a query gives, one by one; exhaust it: until then it keeps a statement open."""
        with meaning(self.path, block):
            yield from self.connection.execute(query, values)

    def visible(
        self, block: str, columns: str, table: str, where: str, *values: object, order: str = ""
    ) -> list[tuple[Any, ...]]:
        """The rows of this generation for which ``where`` holds; its names are the store's own, its values bound."""
        query = " ".join(("SELECT", columns, "FROM", table, "WHERE", where, "AND", VISIBLE, order))
        return self.select(block, query, *values, self.generation, self.generation)

    # -- entries

    def entry(self, id: str) -> Entry:
        """The entry of a document, of whatever version; UnknownIdError."""
        found = self.entries_of([id])
        if id not in found:
            raise UnknownIdError(id)
        return found[id]

    def entries_of(self, ids: Iterable[str]) -> dict[str, Entry]:
        """Document id -> entry; ids that are not in the store are left out."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, Entry] = {}
        for start in range(0, len(wanted), _PAGE):
            some = wanted[start : start + _PAGE]
            marks = ",".join("?" * len(some))
            for row in self.visible("entries", "id, born, record, seal", "entries", f"id IN ({marks})", *some):
                entry = self._entry(row)
                if entry.id in found:
                    raise StoreDamagedError(self.path, f"entry of document {entry.id}: it is there twice")
                found[entry.id] = entry
        for missing in (one for one in wanted if one not in found):
            if self.visible(f"document {missing}", "1", "documents", "id = ?", missing):
                raise StoreDamagedError(self.path, f"entry of document {missing}: it is not found")
        return found

    def versions(self, work: str) -> list[Entry]:
        """The versions of a work, oldest first."""
        found = self.visible("entries", "id", "entries", "work = ?", work)
        return sorted(self.entries_of(row[0] for row in found).values(), key=lambda entry: entry.version)

    def entries(self, *, all_versions: bool = False) -> Iterator[Entry]:
        """The documents that are searched, by path; with ``all_versions`` those they supersede as well."""
        path, row = "", 0
        which = "" if all_versions else "searched = 1 AND "
        while True:
            columns, after = "id, born, record, seal, path, row", f"{which}(path, row) > (?, ?)"
            order = f"ORDER BY path, row LIMIT {_PAGE}"
            page = self.visible("entries", columns, "entries", after, path, row, order=order)
            for values in page:
                entry = self._entry(values)
                if entry.path != values[4]:
                    raise StoreDamagedError(self.path, f"entry of document {entry.id}: it stands in another's place")
                yield entry
            if len(page) < _PAGE:
                return
            path, row = page[-1][4:]

    def _entry(self, row: Sequence[Any]) -> Entry:
        document, born, record, seal = row[:4]
        rows.check(self.path, f"entry of document {document}", seal, document, born, record)
        return rows.entry_from(record)

    # -- documents

    def document(self, id: str, *, path: str | None = None) -> Document:
        """The whole document, its text and every passage checked, at the path of its entry or the one given.

        Raises UnknownIdError.
        """
        number, text_row, structure, count = self._structure(id)
        structure["provenance"]["path"] = self.entry(id).path if path is None else path
        text = self._text(id, text_row, structure["text_sha256"])
        passages = tuple(stored.passage for stored in self._passages(id, number, text))
        if len(passages) != count:
            raise StoreDamagedError(self.path, f"passages of document {id}: {len(passages)} of {count}")
        plain = Document.from_dict({**structure, "text": text.decode("utf-8"), "passages": []})
        return replaced(plain, passages=passages)

    def text(self, id: str, sha256: str = "") -> str:
        """The text alone, checked; UnknownIdError. sha256: of the text, where its checked entry is at hand: quicker."""
        if sha256:
            ((text_row,),) = [self._one(id, "text")]
            return self._text(id, text_row, sha256).decode("utf-8")
        _, text_row, structure, _ = self._structure(id)
        return self._text(id, text_row, structure["text_sha256"]).decode("utf-8")

    def facts(self, id: str, kinds: Sequence[str] = (), spans: Sequence[tuple[int, int]] | None = None) -> Facts:
        """What was read from the document; UnknownIdError.

        kinds: the lists wanted, none for all. spans: in order; only what lies in one (quotations: overlaps one).
        """
        return rows.facts_from(self.facts_bytes(id), kinds, spans)

    def facts_in(self, id: str) -> Callable[[Span], Facts]:
        """Gives what was read from a span of the document, which is decoded once; UnknownIdError."""
        found = json.loads(self.facts_bytes(id))
        return lambda span: rows.facts_among(found, [(span.start, span.end)])

    def sentences(self, id: str) -> list[Span]:
        """The sentences of the document, in order; UnknownIdError."""
        from ctcorpus.model.span import Span

        return [Span(**x) for x in self._structure(id)[2]["sentences"]]

    def facts_at(self, id: str, kind: Kind, lines: Iterable[Line]) -> list[Any]:
        """The facts of one kind that these lines are the outline of, in the order given; UnknownIdError."""
        from ctcorpus.model.facts import Facts

        data, made = self.facts_bytes(id), Facts.NESTED[kind].from_dict
        try:
            return [made(json.loads(data[x.at : x.at + x.length])) for x in lines]
        except (ValueError, TypeError) as error:
            raise StoreDamagedError(self.path, f"outline of document {id}: {error}") from error

    def facts_bytes(self, id: str) -> bytes:
        """The facts as they were written, checked; UnknownIdError."""
        packed, seal = self._one(id, "facts, facts_seal")
        data = rows.unpacked(self.path, f"facts of document {id}", packed)
        rows.check(self.path, f"facts of document {id}", seal, id, content=data)
        return data

    def passages_of(self, id: str) -> list[StoredPassage]:
        """All passages of a document, in order; UnknownIdError."""
        number, text_row, structure, count = self._structure(id)
        found = self._passages(id, number, self._text(id, text_row, structure["text_sha256"]))
        if len(found) != count:
            raise StoreDamagedError(self.path, f"passages of document {id}: {len(found)} of {count}")
        return found

    def passages(self, ids: Iterable[str]) -> dict[str, StoredPassage]:
        """Passage id -> passage, in the order asked for; ids that are not in the store are left out.

        Reads the words of these passages alone. Whoever has an id from an index and does not get it here has found
        that the two do not belong together.
        """
        found: dict[str, StoredPassage] = {}
        where_is: dict[str, tuple[int, int] | None] = {}
        for passage in ids:
            match = _PASSAGE_ID.fullmatch(passage)
            if match is None:
                continue
            document = match.group(1)
            if document not in where_is:
                places = self.visible(f"document {document}", "row, text", "documents", "id = ?", document)
                where_is[document] = places[0] if len(places) == 1 else None
            place = where_is[document]
            if place is None:
                continue
            stored = self._passage(document, place, int(match.group(2)), int(match.group(3)))
            if stored:
                found[passage] = stored
            elif passage in {other.passage.id for other in self.passages_of(document)}:
                # it is there, and its key does not lead to it; had it been lost, ``passages_of`` had raised
                raise StoreDamagedError(self.path, f"passage {passage}: it cannot be found by its place")
        return found

    def passage_spans(self, ids: Iterable[str]) -> Iterator[tuple[str, list[tuple[int, int]]]]:
        """(document, start and end of each of its passages, in order), in no order; unknown ids are left out.

        What chooses, and is not shown: no words are read, so that no checksum is compared.
        """
        wanted = list(dict.fromkeys(ids))
        for at in range(0, len(wanted), _PAGE):
            some = wanted[at : at + _PAGE]
            which = f"id IN ({','.join('?' * len(some))})"
            places = dict(self.visible("documents", "row, id", "documents", which, *some))
            spans, marks = 'SELECT row, start, "end" FROM passages WHERE row IN (', ",".join("?" * len(places))
            query = " ".join((spans, marks, ") ORDER BY row, start"))
            for row, found in groupby(self.select("passages", query, *places), key=itemgetter(0)):
                yield places[row], [(start, end) for _, start, end in found]

    def _passage(self, document: str, place: tuple[int, int], start: int, end: int) -> StoredPassage | None:
        block = f"passage {document}:{start}-{end}"
        query = _PASSAGES + ' AND start = ? AND "end" = ?'
        found = self.select(block, query, place[0], start, end)
        if not found:
            return None
        *values, seal = found[0]
        try:
            with meaning(self.path, block), self.connection.blobopen("texts", "utf8", place[1], readonly=True) as blob:
                blob.seek(values[-2])
                content = blob.read(values[-1])
        except (ValueError, TypeError, OverflowError) as error:
            raise StoreDamagedError(self.path, f"{block}: {error}") from error
        rows.check(self.path, block, seal, document, *values, content=content)
        if values[:2] != [start, end]:
            raise StoreDamagedError(self.path, f"{block}: another passage stands in its place")
        return StoredPassage(rows.passage_from(document, values), content.decode("utf-8"))

    def _passages(self, id: str, number: int, text: bytes) -> list[StoredPassage]:
        query = _PASSAGES + " ORDER BY start"
        found = []
        for *values, seal in self.select(f"passages of document {id}", query, number):
            byte, length = values[-2:]
            whole = isinstance(byte, int) and isinstance(length, int)
            content = text[byte : byte + length] if whole else None
            rows.check(self.path, f"passage {id}:{values[0]}-{values[1]}", seal, id, *values, content=content)
            assert content is not None
            found.append(StoredPassage(rows.passage_from(id, values), content.decode("utf-8")))
        return found

    def _one(self, id: str, columns: str) -> tuple[Any, ...]:
        found = self.visible(f"document {id}", columns, "documents", "id = ?", id)
        if not found:
            raise UnknownIdError(id)
        if len(found) > 1:
            raise StoreDamagedError(self.path, f"document {id}: it is there {len(found)} times")
        return found[0]

    def _structure(self, id: str) -> tuple[int, int, dict[str, Any], int]:
        """Row, row of the text, the checked structure and how many passages there are."""
        number, text_row, source, packed, seal = self._one(id, "row, text, source, structure, structure_seal")
        data = rows.unpacked(self.path, f"structure of document {id}", packed)
        rows.check(self.path, f"structure of document {id}", seal, id, source, content=data)
        structure, count = rows.structure_from(data)
        return number, text_row, structure, count

    def _text(self, id: str, row: int, sha256: str) -> bytes:
        found = self.select(f"text of document {id}", "SELECT utf8 FROM texts WHERE row = ?", row)
        text = found[0][0] if found else None
        if not isinstance(text, bytes) or hashlib.sha256(text).hexdigest() != sha256:
            raise StoreDamagedError(self.path, f"text of document {id}: its checksum does not match")
        return text

    # -- sources

    def source_bytes(self, sha256: str) -> bytes:
        """The source's bytes, as they were read; UnknownIdError."""
        found = self.select(f"source {sha256}", "SELECT packed FROM blobs WHERE sha256 = ?", sha256)
        if not found:
            raise UnknownIdError(sha256)
        data = rows.unpacked(self.path, f"source {sha256}", found[0][0])
        if hashlib.sha256(data).hexdigest() != sha256:
            raise StoreDamagedError(self.path, f"source {sha256}: its checksum does not match")
        return data

    def files(self) -> dict[str, FileState]:
        """Path -> the file as it was when it was last read."""
        found = {}
        for *values, seal in self.visible("files", f"{rows.FILE}, born, seal", "files", "1"):
            rows.check(self.path, f"file '{values[0]}'", seal, *values)
            found[values[0]] = rows.file_from(values[:-1])
        return found

    def file_at(self, path: str) -> FileState | None:
        """The file at this path as it was when it was last read, None when none was."""
        found = self.visible(f"file '{path}'", f"{rows.FILE}, born, seal", "files", "path = ?", path)
        if not found:
            return None
        *values, seal = found[0]
        rows.check(self.path, f"file '{path}'", seal, path, *values[1:])
        return rows.file_from(values[:-1])

    def files_at(self, path: str, mark: str) -> list[FileState]:
        """The file at this path, or the documents in it: those whose path goes on with the mark; by path."""
        after = path + mark
        where = "(path = ? OR (path > ? AND path < ?))"
        beyond = path + chr(ord(mark) + 1)
        found = self.visible(f"file '{path}'", f"{rows.FILE}, born, seal", "files", where, path, after, beyond)
        for *values, seal in found:
            rows.check(self.path, f"file '{values[0]}'", seal, *values)
        return sorted((rows.file_from(values[:-2]) for values in found), key=lambda state: state.path)

    def files_of(self, id: str) -> list[FileState]:
        """The files that hold this document, by path."""
        found = self.visible(f"document {id}", f"{rows.FILE}, born, seal", "files", "document = ?", id)
        for *values, seal in found:
            rows.check(self.path, f"file '{values[0]}'", seal, *values)
        return sorted((rows.file_from(values[:-2]) for values in found), key=lambda state: state.path)

    # -- the whole

    def totals(self) -> tuple[int, int, int, int]:
        """How many documents are searched, how many there are with those superseded, passages searched, files."""
        columns = "coalesce(sum(searched), 0), count(*), coalesce(sum(passages * searched), 0)"
        documents, versions, passages = self.visible("entries", columns, "entries", "1")[0]
        ((files,),) = self.visible("files", "count(*)", "files", "1")
        return documents, versions, passages, files
