"""What an engine computes: a query compiled to terms, runs of terms, ranges and how their scores combine.

The compiler makes a formula once, engines only evaluate it: so they cannot differ about what a query means.
A formula is frozen and compared by value; equal clauses beside each other count once.
"""

from __future__ import annotations

from ctcorpus.model.record import record


class Formula:
    """A node: which passages it selects, and what each scores."""

    __slots__ = ()


@record
class Nothing(Formula):
    """No passage."""


@record
class Everyone(Formula):
    """Every passage; score 0."""


@record
class Term(Formula):
    """Passages with the term in a field; score BM25."""

    field: str
    term: str


@record
class Run(Formula):
    """Passages with these terms, two or more, at consecutive positions; score BM25: all their idf, joint count."""

    field: str
    terms: tuple[str, ...]


@record
class OneOf(Formula):
    """Passages with at least one of the keys in a field of whole values; score 0."""

    field: str
    terms: tuple[str, ...]


@record
class Prefix(Formula):
    """Passages with a key of the field that begins so; score 0."""

    field: str
    prefix: str


@record
class Between(Formula):
    """Passages with a point of the field in ``[low, high]``; None is an open end; score 0."""

    field: str
    low: float | None
    high: float | None


@record
class AllOf(Formula):
    """Passages that match all of ``must`` (one or more) and none of ``without``; scores of ``must`` add up."""

    must: tuple[Formula, ...]
    without: tuple[Formula, ...] = ()


@record
class AnyOf(Formula):
    """Passages that match a clause; the scores of those that match add up."""

    clauses: tuple[Formula, ...]


@record
class BestOf(Formula):
    """Passages that match a clause; the best score counts."""

    clauses: tuple[Formula, ...]


@record
class Times(Formula):
    """A clause whose score is multiplied."""

    clause: Formula
    factor: float


@record
class Silent(Formula):
    """A clause that scores the same wherever it matches, 0 as a rule."""

    clause: Formula
    score: float = 0.0


def is_scored(formula: Formula) -> bool:
    """Whether any passage can score other than 0: else the order is that of the passages alone."""
    match formula:
        case Term() | Run():
            return True
        case AllOf():
            return any(is_scored(x) for x in formula.must)
        case AnyOf() | BestOf():
            return any(is_scored(x) for x in formula.clauses)
        case Times():
            return is_scored(formula.clause)
        case Silent():
            return formula.score != 0.0
        case _:
            return False
