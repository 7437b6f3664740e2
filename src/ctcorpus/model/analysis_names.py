"""Names as the corpus uses them: an actor's labels, the thesaurus' concepts, and what is wrong with a thesaurus."""

from __future__ import annotations

from typing import Any, Literal

from ctcorpus.model.analysis import Basis
from ctcorpus.model.facts import DateBasis
from ctcorpus.model.record import Record, record
from ctcorpus.model.span import Span

LabelRelation = Literal["own", "state_label_for"]


@record
class LabelRow(Record):
    """One name of an actor in one document and one voice. label: as printed. mentions: where.

    concept: whose label it is: the actor's own, or the state's label's. mapping_basis: whether a thesaurus or the
    document itself ("X, whom the state calls Y") links the two. first_seen: month or day that the document states
    of itself; date_basis says which date that is.
    """

    label: str
    concept: str
    relation: LabelRelation
    mapping_basis: Literal["thesaurus", "document"]
    voice: Literal["author", "quoted"]
    speaker: str | None
    document: str
    citekey: str
    site: str | None
    first_seen: str | None
    date_basis: DateBasis | None
    mentions: tuple[Span, ...]
    mapped_by: str | None = None  # where the mapping is stated


@record
class LabelReport(Record):
    """An actor's names. own, state: mentions under its own names and under states' labels, never added up."""

    basis: Basis
    concept: str
    name: str
    own: int
    state: int
    rows: tuple[LabelRow, ...]
    undated: int  # documents among the rows that state no date of themselves

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/labels/1``."""
        return {"schema": "ctcorpus/labels/1", **Record.to_dict(self)}


@record
class ConceptRow(Record):
    """A concept with its labels, and in how many passages it is named: ``ctcorpus search @ID`` shows them."""

    id: str
    name: str
    type: str
    labels: tuple[str, ...]
    broader: tuple[str, ...]
    narrower: tuple[str, ...]
    related: tuple[str, ...]
    state_label_for: tuple[str, ...]
    note: str | None
    passages: int


@record
class ConceptReport(Record):
    """Concepts in order of id; those that are looked up, or those that the corpus names."""

    basis: Basis
    total: int  # concepts in the thesaurus
    concepts: tuple[ConceptRow, ...]

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/concepts/1``."""
        return {"schema": "ctcorpus/concepts/1", **Record.to_dict(self)}


@record
class ThesaurusFinding(Record):
    """What is wrong with a thesaurus: the concept, its line where that is known, and a sentence."""

    concept: str
    line: int | None
    problem: str


@record
class ValidationReport(Record):
    """What ``concepts --validate`` found; an empty list is a sound thesaurus."""

    path: str
    concepts: int
    findings: tuple[ThesaurusFinding, ...]

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/concepts-validate/1``."""
        return {"schema": "ctcorpus/concepts-validate/1", **Record.to_dict(self)}
