"""Formulas as queries of tantivy. The traps of its binding are met here, each named where it is avoided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctcorpus.index.formula import (
    AllOf,
    AnyOf,
    BestOf,
    Between,
    Everyone,
    Formula,
    Nothing,
    OneOf,
    Prefix,
    Run,
    Silent,
    Term,
    Times,
)
from ctcorpus.index.layout import NUMBER

if TYPE_CHECKING:
    from tantivy import Query, Schema


def disk_query(formula: Formula, schema: Schema) -> Query:
    """The formula as tantivy's own query."""
    from tantivy import Query

    match formula:
        case Nothing():
            return Query.empty_query()
        case Everyone():
            return Query.const_score_query(Query.all_query(), 0.0)  # alone it would score 1
        case Term():
            return Query.term_query(schema, formula.field, formula.term)
        case Run():
            assert len(formula.terms) > 1  # tantivy panics at a phrase of one word
            return Query.phrase_query(schema, formula.field, list(formula.terms))
        case OneOf():
            return Query.const_score_query(Query.term_set_query(schema, formula.field, list(formula.terms)), 0.0)
        case Prefix():
            # by number: behind a backslash some signs stand for the edge of a word
            pattern = "".join(x if x.isalnum() else f"\\x{{{ord(x):x}}}" for x in formula.prefix) + ".*"
            return Query.const_score_query(Query.regex_query(schema, formula.field, pattern), 0.0)
        case Between():
            return Query.const_score_query(_between(formula, schema), 0.0)
        case Times():
            return Query.boost_query(disk_query(formula.clause, schema), formula.factor)
        case Silent():
            return Query.const_score_query(disk_query(formula.clause, schema), formula.score)
        case AnyOf() | BestOf() | AllOf():
            return _combined(formula, schema)
        case _:
            raise TypeError(f"{type(formula).__name__} is no formula")


def _combined(formula: AnyOf | BestOf | AllOf, schema: Schema) -> Query:
    from tantivy import Occur, Query

    match formula:
        case AnyOf():
            return Query.boolean_query([(Occur.Should, disk_query(x, schema)) for x in formula.clauses])
        case BestOf():
            return Query.disjunction_max_query([disk_query(x, schema) for x in formula.clauses])
        case AllOf():
            must = [(Occur.Must, disk_query(x, schema)) for x in formula.must]
            without = [(Occur.MustNot, disk_query(x, schema)) for x in formula.without]
            return Query.boolean_query([*must, *without])


def _between(formula: Between, schema: Schema) -> Query:
    from tantivy import FieldType, Query

    kind = FieldType.Float if formula.field == NUMBER else FieldType.Integer
    if formula.low is None and formula.high is None:
        return Query.exists_query(formula.field)
    return Query.range_query(schema, formula.field, kind, formula.low, formula.high)
