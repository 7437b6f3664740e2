"""Searches that are kept or run many at a time: the receipt of an answer, what changed since, answers in a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, ClassVar, Literal

from ctcorpus.model.asked import Asked
from ctcorpus.model.hit import QueryEcho, Results
from ctcorpus.model.record import Nested, Record, record


@record
class HitReceipt(Record):
    """A hit as a receipt keeps it: enough to find its words again, and to tell whether they are the same.

    sha256: of the passage's words as UTF-8. text_sha256: of the whole text. work: the lineage of the source.
    """

    rank: int
    match: str
    passage: str
    document: str
    work: str
    path: str
    sha256: str
    text_sha256: str
    reference: str


@record
class Receipt(Record):
    """A search as it was answered. digest: of all that was searched; rules: what the facts were read by."""

    made: str  # UTC
    version: str  # of ctcorpus
    asked: Asked
    query: QueryEcho
    generation: int
    digest: str
    rules: str
    searched: Mapping[str, int]
    excluded: Mapping[str, Mapping[str, int]]
    total: int
    total_relation: str
    totals: Mapping[str, int]
    absent_words: tuple[str, ...]
    hits: tuple[HitReceipt, ...] = field(default_factory=tuple)

    NESTED: ClassVar[Nested] = {"asked": Asked, "query": QueryEcho, "hits": HitReceipt}

    def to_dict(self) -> dict[str, Any]:
        """The form in which it is written: ``ctcorpus/receipt/1``."""
        return {"schema": "ctcorpus/receipt/1", **Record.to_dict(self)}


@record
class Cause(Record):
    """Something that an answer depends on, and that is not what it was."""

    what: Literal["version", "rules", "thesaurus", "documents"]
    was: str
    now: str


@record
class Change(Record):
    """A hit that is not where it was. was, now: its rank then and now, None where it is no hit."""

    what: Literal["gone", "new", "moved"]
    passage: str
    was: int | None
    now: int | None
    why: str
    reference: str


@record
class Replay(Record):
    """A recorded search, run again. same: the hits are the same, in the same order."""

    receipt: str
    made: str
    query: str
    same: bool
    causes: tuple[Cause, ...]
    changes: tuple[Change, ...]
    was: Mapping[str, int]  # all_words, partial
    now: Mapping[str, int]

    NESTED: ClassVar[Nested] = {"causes": Cause, "changes": Change}

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/replay/1``."""
        return {"schema": "ctcorpus/replay/1", **Record.to_dict(self)}


@record
class Line(Record):
    """One question of a file of them: its line (from 1), and its answer, or why there is none."""

    line: int
    query: str
    results: Results | None
    problem: str | None = None

    NESTED: ClassVar[Nested] = {"results": Results}


@record
class Batch(Record):
    """The answers to a file of questions. zero: lines for which nothing has all the words. failed: without answer."""

    file: str
    queries: tuple[Line, ...]
    zero: tuple[int, ...]
    failed: tuple[int, ...]

    NESTED: ClassVar[Nested] = {"queries": Line}

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/batch/1``."""
        return {"schema": "ctcorpus/batch/1", **Record.to_dict(self)}
