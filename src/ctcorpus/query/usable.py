"""What of a question an index cannot do, turned into what it can, each with a warning: nothing fails in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from ctcorpus.errors import QueryLimitError, UsageError
from ctcorpus.index.base import Index
from ctcorpus.index.compile import MOST_SCANS
from ctcorpus.index.expansion import MOST_TERMS, wildcard_parts
from ctcorpus.model.query import (
    And,
    Best,
    DateRange,
    Filtered,
    Fuzzy,
    Near,
    Not,
    Or,
    Phrase,
    Query,
    Regex,
    Required,
    Weighted,
    Wildcard,
    Word,
    Words,
)

#: patterns whose words must be looked for in much of the vocabulary
_SCANS = (Regex, Fuzzy)


def usable(query: Query, index: Index) -> tuple[Query, tuple[str, ...]]:
    """The query with every pattern that cannot be searched turned into its words, and a sentence about each."""
    replaced: dict[Query, Query] = {}
    warnings: list[str] = []
    scans = 0
    for node in dict.fromkeys(x for x in query.walk() if isinstance(x, (*_SCANS, Wildcard))):
        problem = None
        parts = wildcard_parts(node.pattern) if isinstance(node, Wildcard) and node.field in (None, "said") else []
        if len(parts) > 1:  # several words, each of which must be there
            replaced[node] = And(tuple(_part(x, node.field) for x in parts))
        if isinstance(node, _SCANS):
            scans += 1
            if scans > MOST_SCANS:
                problem = f"only {MOST_SCANS} fuzzy words and regular expressions are looked up in one query"
        problem = problem or _problem(node, index)
        if problem:
            replaced[node] = Phrase(node.text if isinstance(node, Fuzzy) else node.pattern, field=node.field)
            warnings.append(f"'{node}' is searched as text: {problem}")
        elif len(index.terms(node, limit=MOST_TERMS + 1)) > MOST_TERMS:
            warnings.append(
                f"'{node}' stands for more than {MOST_TERMS} words of the corpus; only the nearest and most frequent "
                f"{MOST_TERMS} were searched, so passages may be missing. Write more letters"
            )
    return mapped(query, lambda x: replaced.get(x)) if replaced else query, tuple(warnings)


def with_undated(query: Query) -> Query:
    """The query with every wanted condition on a date met by what has no such date, too."""
    return mapped(query, _or_undated)


def _or_undated(query: Query) -> Query | None:
    if isinstance(query, Not):
        return query  # what is not wanted is not widened
    if isinstance(query, DateRange):
        return Or((query, Not(DateRange(query.field, None, None))))
    return None


def mapped(query: Query, change: Callable[[Query], Query | None]) -> Query:
    """The tree with nodes changed from the top; where ``change`` gives None, the nodes below are looked at."""
    changed = change(query)
    if changed is not None:
        return changed
    match query:
        case And() | Or() | Words() | Best():
            return replace(query, clauses=tuple(mapped(x, change) for x in query.clauses))
        case Not() | Required() | Weighted() | Filtered():
            return replace(query, clause=mapped(query.clause, change))
        case Near():
            return replace(query, left=mapped(query.left, change), right=mapped(query.right, change))
        case _:
            return query


def _part(word: str, field: str | None) -> Query:
    return Wildcard(word, field) if "*" in word or "?" in word else Word(word, field, exact=True)


def _problem(node: Query, index: Index) -> str | None:
    """What the index has against a pattern; None where it takes it."""
    try:
        index.terms(node, limit=MOST_TERMS + 1)
    except (UsageError, QueryLimitError) as error:
        return error.limit if isinstance(error, QueryLimitError) else error.message
    return None


def undated_clauses(query: Query) -> Iterable[DateRange]:
    """The conditions on a date that exclude what has none: those that do not stand under a NOT."""
    if isinstance(query, DateRange):
        yield query
    elif not isinstance(query, Not):
        for child in query.children():
            yield from undated_clauses(child)
