"""How a score comes about, as a tree that adds up: the same for every engine, which explains the leaves only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ctcorpus.index.formula import AllOf, AnyOf, BestOf, Everyone, Formula, Run, Silent, Term, Times

Explanation = Mapping[str, Any]
#: explains a formula for one passage; None where the passage does not match it
Leaf = Callable[[Formula], Explanation | None]


def explained(formula: Formula, leaf: Leaf) -> Explanation | None:
    """``{"value", "description", "details"}`` for one passage; None where it does not match.

    The value of a sum is the sum of its details' values, that of a best the greatest, that of a product the product.
    """
    match formula:
        case AllOf():
            parts = [explained(x, leaf) for x in formula.must]
            if None in parts or any(explained(x, leaf) for x in formula.without):
                return None
            return _sum("all of", [x for x in parts if x])
        case AnyOf():
            some = [x for x in (explained(x, leaf) for x in formula.clauses) if x]
            return _sum("any of", some) if some else None
        case BestOf():
            some = [x for x in (explained(x, leaf) for x in formula.clauses) if x]
            return node(max(x["value"] for x in some), "best of", some) if some else None
        case Times():
            inner = explained(formula.clause, leaf)
            factor = node(formula.factor, "weight")
            return inner and node(inner["value"] * formula.factor, "product of", [inner, factor])
        case Silent():
            return node(formula.score, "a condition that holds") if explained(formula.clause, leaf) else None
        case Everyone():
            return node(0.0, "every passage")
        case _:
            return leaf(formula)


def node(value: float, description: str, details: Sequence[Explanation] = ()) -> Explanation:
    """One node of the tree."""
    return {"value": value, "description": description, "details": list(details)}


def named(formula: Formula) -> str:
    """A leaf in words: "'fenc' in ranked"."""
    match formula:
        case Term():
            return f"'{formula.term}' in {formula.field}"
        case Run():
            return f"'{' '.join(formula.terms)}' in {formula.field}"
        case _:
            return "a condition that holds"


def _sum(description: str, parts: Sequence[Explanation]) -> Explanation:
    return parts[0] if len(parts) == 1 else node(sum(x["value"] for x in parts), f"sum, {description}", parts)
