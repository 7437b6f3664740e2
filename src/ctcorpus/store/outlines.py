"""Outlines of facts, kept beside the facts of each document: what an analysis of everything reads instead of them.

An outline is made from the facts and says nothing else. A document that has none (in a store of an older version, until
the next write), or one that is not what was written, is read from its facts, which takes longer and answers alike.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, Literal, overload

from ctcorpus.errors import StoreDamagedError
from ctcorpus.model.outline import LINES, DateLine, FigureLine, Kind, Line, MentionLine, QuotationLine
from ctcorpus.store import rows
from ctcorpus.store.database import meaning
from ctcorpus.store.view import VISIBLE, View

#: documents whose outlines are read at a time
_PAGE = 500
_MISSING = (
    "SELECT row, id, facts, facts_seal FROM documents d WHERE row > ? "
    "AND NOT EXISTS (SELECT 1 FROM outlines o WHERE o.row = d.row) ORDER BY row LIMIT ?"
)
#: whether the last document of the generations before has outlines: made in order of row, all have them then
_LAST = (
    "SELECT EXISTS (SELECT 1 FROM outlines o WHERE o.row = d.row) FROM documents d WHERE born < ? "
    "ORDER BY row DESC LIMIT 1"
)
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

_SENTENCE = (("sentence", "start"), ("sentence", "end"))
_SAID = tuple(("attribution", name) for name in ("speaker", "speaker_kind", "start", "end"))
#: kind -> where the values of a line stand in the fact; before them come the place and the length of its bytes
_COLUMNS: Mapping[Kind, Sequence[tuple[str, ...]]] = {
    "mentions": (("start",), ("end",), ("concept",)),
    "figures": (
        *((x,) for x in ("start", "end", "kind", "qualifier", "unit", "counted", "act", "place")),
        ("evidence", "place"),
        *((x,) for x in ("period", "value", "low", "high")),
        *_SENTENCE,
        *_SAID,
    ),
    "dates": (*((x,) for x in ("start", "end", "value", "type", "basis")), *_SENTENCE),
    "quotations": tuple((x,) for x in ("start", "end", "speaker", "speaker_kind")),
}


def outline_rows(document: str, row: int, facts: bytes) -> list[tuple[object, ...]]:
    """The rows of ``outlines`` for a document; facts: as ``rows.facts_bytes`` has them."""
    made: list[tuple[object, ...]] = []
    for kind in _COLUMNS:
        columns = _ENCODER.encode(_columns(facts, kind))
        made.append((row, kind, columns, rows.seal(document, kind, columns)))
    return made


def put_outlines(connection: sqlite3.Connection, document: str, row: int, facts: bytes) -> None:
    """Stores the outlines of a document, within the transaction that is under way."""
    connection.executemany("INSERT OR REPLACE INTO outlines VALUES (?,?,?,?)", outline_rows(document, row, facts))


def put_missing(view: View) -> int:
    """Makes the outlines that are not there, in small transactions; of how many documents. No transaction is under way.

    Facts that are damaged get none: whoever reads them is told.
    """
    if view.select("outlines", _LAST, view.generation) != [(0,)]:
        return 0
    made = last = 0
    while found := view.select("outlines", _MISSING, last, _PAGE):
        with meaning(view.path, "outlines"):
            view.connection.execute("BEGIN IMMEDIATE")
            for row, document, packed, seal in found:
                with contextlib.suppress(StoreDamagedError):
                    facts = rows.unpacked(view.path, "facts", packed)
                    rows.check(view.path, "facts", seal, document, content=facts)
                    put_outlines(view.connection, document, row, facts)
                    made += 1
            view.connection.execute("COMMIT")
        last = found[-1][0]
    return made


@overload
def outlines(view: View, kind: Literal["mentions"], ids: Iterable[str]) -> Iterator[tuple[str, list[MentionLine]]]: ...
@overload
def outlines(view: View, kind: Literal["figures"], ids: Iterable[str]) -> Iterator[tuple[str, list[FigureLine]]]: ...
@overload
def outlines(view: View, kind: Literal["dates"], ids: Iterable[str]) -> Iterator[tuple[str, list[DateLine]]]: ...
@overload
def outlines(
    view: View, kind: Literal["quotations"], ids: Iterable[str]
) -> Iterator[tuple[str, list[QuotationLine]]]: ...
def outlines(view: View, kind: Kind, ids: Iterable[str]) -> Iterator[tuple[str, Sequence[Line]]]:
    """(document, its facts of a kind in outline, in order of start) of each document, in the order given.

    Raises UnknownIdError, and StoreDamagedError where there is no sound outline and the facts are damaged too.
    """
    wanted = list(dict.fromkeys(ids))
    line = LINES[kind]
    has_table = bool(view.select("outlines", "SELECT 1 FROM sqlite_master WHERE name = 'outlines'"))
    for at in range(0, len(wanted), _PAGE):
        page = wanted[at : at + _PAGE]
        kept = _kept(view, kind, page) if has_table else {}
        for document in page:
            columns = kept[document] if document in kept else _columns(view.facts_bytes(document), kind)
            yield document, list(map(line, *columns))


def _kept(view: View, kind: Kind, ids: Sequence[str]) -> dict[str, list[list[Any]]]:
    """Document -> the columns of its outline, for those of these documents that have a sound one."""
    columns = "SELECT d.id, o.columns, o.seal FROM documents d JOIN outlines o ON o.row = d.row AND o.kind = ?"
    query = " ".join((columns, "WHERE d.id IN (", ",".join("?" * len(ids)), ") AND", VISIBLE))
    found = view.select("outlines", query, kind, *ids, view.generation, view.generation)
    sound = {
        document: json.loads(columns)
        for document, columns, seal in found
        if isinstance(columns, str) and seal == rows.seal(document, kind, columns)
    }
    return {document: columns for document, columns in sound.items() if len(columns) == len(_COLUMNS[kind]) + 2}


def _columns(facts: bytes, kind: Kind) -> list[list[Any]]:
    """The values of each column, read off the facts themselves."""
    begin, those = rows.facts_list(facts, kind)
    lengths = [len(rows.fact_bytes(x)) for x in those]
    places = list(accumulate(lengths[:-1], lambda at, x: at + x + 1, initial=begin)) if those else []
    columns: list[list[Any]] = [places, lengths]
    for name, *inner in _COLUMNS[kind]:
        if inner:
            columns.append([x[name].get(inner[0]) if x[name] else None for x in those])
        else:
            columns.append([x[name] for x in those])
    return columns
