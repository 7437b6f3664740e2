"""The query tree: what a question asks, independent of how it was typed and of the engine that answers it.

``str(query)`` prints it in the query language, and that parses back to an equal tree. Three nodes (Weighted,
Best, Filtered) are made by expansion only and have no spelling of their own; they print as what they wrap. Among is
made by the tool too.

A word is matched on the stemmed field unless ``exact``; phrases, wildcards, fuzzy words and regexes always on
the exact one. ``field`` names where: None (the passage with its title and heading), or one of FIELDS.
"""

from __future__ import annotations

from collections.abc import Iterator

from ctcorpus.model.record import record

#: text fields that a clause may name, with what each searches
FIELDS: dict[str, str] = {
    "title": "the document's title",
    "heading": "the heading above the passage",
    "author": "the document's authors",
    "site": "the site that carried it",
    "path": "the path of the source",
    "kind": "the kind of source that a maintainer stated",
    "country": "the country that a maintainer stated",
    "speaker": "who is quoted or cited in the passage",
    "concept": "a concept of the thesaurus, by id or name",
    "label": "the very label used in the passage",
    "lang": "the document's language",
    "said": "words inside quotations only",
    "citekey": "the document's citekey",
    "id": "the document's id",
}
#: date fields; ``date`` is any of them
DATE_FIELDS: dict[str, str] = {
    "published": "when the document says it was published",
    "asof": "the day whose state the document describes",
    "event": "dates of events in the passage",
    "period": "periods that its figures cover",
    "date": "any of these",
}


class Query:
    """A node of the tree: frozen, compared by value."""

    __slots__ = ()

    def children(self) -> tuple[Query, ...]:
        """The nodes directly below."""
        return ()

    def walk(self) -> Iterator[Query]:
        """This node and all below, depth first, in the order of writing."""
        yield self
        for child in self.children():
            yield from child.walk()


@record
class Word(Query):
    """One word as typed. exact: the very form (``=term``), no stemming."""

    text: str
    field: str | None = None
    exact: bool = False

    def __str__(self) -> str:
        return _in_field(self.field, ("=" if self.exact else "") + self.text)


@record
class Phrase(Query):
    """Words in this order, next to each other; slop: how many other words may stand between (``"a b"~5``)."""

    text: str
    slop: int = 0
    field: str | None = None

    def __str__(self) -> str:
        return _in_field(self.field, _quoted(self.text) + (f"~{self.slop}" if self.slop else ""))


@record
class Wildcard(Query):
    """``pre*``, ``colo?r``: ``*`` stands for any letters, ``?`` for one."""

    pattern: str
    field: str | None = None

    def __str__(self) -> str:
        return _in_field(self.field, self.pattern)


@record
class Fuzzy(Query):
    """``term~1``: words within that many edits, 1 or 2."""

    text: str
    distance: int = 1
    field: str | None = None

    def __str__(self) -> str:
        return _in_field(self.field, f"{self.text}~{self.distance}")


@record
class Regex(Query):
    """``/pattern/`` over one whole word of the exact field."""

    pattern: str
    field: str | None = None

    def __str__(self) -> str:
        return _in_field(self.field, "/" + self.pattern.replace("/", "\\/") + "/")


@record
class Near(Query):
    """``a w/5 b``: the two within that many words of each other, in any order; negated: ``a not w/5 b``."""

    left: Query
    right: Query
    distance: int
    negated: bool = False

    def children(self) -> tuple[Query, ...]:
        return (self.left, self.right)

    def __str__(self) -> str:
        joint = f" {'not ' if self.negated else ''}w/{self.distance} "
        return joint.join(_grouped(x, (And, Or, Not, Words, Near, Required)) for x in (self.left, self.right))


@record
class DateRange(Query):
    """``published:2024-06..2025-03``: EDTF bounds, both included; None is an open end."""

    field: str
    low: str | None
    high: str | None

    def __str__(self) -> str:
        if self.low == self.high and self.low is not None:
            return f"{self.field}:{self.low}"
        return f"{self.field}:{self.low or ''}..{self.high or ''}"


@record
class NumberRange(Query):
    """``num:70000..80000``: passages with a figure whose value lies in the range, both ends included."""

    low: float | None
    high: float | None

    def __str__(self) -> str:
        low, high = ("" if x is None else repr(x).removesuffix(".0") for x in (self.low, self.high))
        return f"num:{low}" if low == high and low else f"num:{low}..{high}"


@record
class ConceptIs(Query):
    """``@ttp``: passages that mention the concept; state: also under states' labels for it (``@ttp+state``)."""

    name: str
    state: bool = False

    def __str__(self) -> str:
        plain = all(c.isalnum() or c in "-_.:" for c in self.name)
        name = self.name if plain else _quoted(self.name)
        return f"@{name}{'+state' if self.state else ''}"


@record
class And(Query):
    """All of them, in any order."""

    clauses: tuple[Query, ...]

    def children(self) -> tuple[Query, ...]:
        return self.clauses

    def __str__(self) -> str:
        return " AND ".join(_grouped(x, (Words, And, Or)) for x in self.clauses)


@record
class Or(Query):
    """Any of them; scores add up."""

    clauses: tuple[Query, ...]

    def children(self) -> tuple[Query, ...]:
        return self.clauses

    def __str__(self) -> str:
        return " OR ".join(_grouped(x, (Words, And, Or)) for x in self.clauses)


@record
class Not(Query):
    """None of it."""

    clause: Query

    def children(self) -> tuple[Query, ...]:
        return (self.clause,)

    def __str__(self) -> str:
        return f"-{_grouped(self.clause, (Words, And, Or, Not, Near, Required))}"


@record
class Required(Query):
    """``+word``: without it a passage is no answer, not even a partial one."""

    clause: Query

    def children(self) -> tuple[Query, ...]:
        return (self.clause,)

    def __str__(self) -> str:
        return f"+{_grouped(self.clause, (Words, And, Or, Not, Near, Required))}"


@record
class Words(Query):
    """Clauses side by side, as people type them: all are wanted, and a passage with some is a partial answer.

    Fields, ``+`` and ``-`` among them are conditions: they hold for partial answers too.
    """

    clauses: tuple[Query, ...]

    def children(self) -> tuple[Query, ...]:
        return self.clauses

    def __str__(self) -> str:
        return " ".join(_grouped(x, (Words, And, Or, Near)) for x in self.clauses)


@record
class Everything(Query):
    """Every passage; what a query of conditions alone (``site:x -word``) starts from."""

    def __str__(self) -> str:
        return "*"


@record
class Weighted(Query):
    """A clause whose score is multiplied: an expansion, weaker than the word that was typed."""

    clause: Query
    weight: float

    def children(self) -> tuple[Query, ...]:
        return (self.clause,)

    def __str__(self) -> str:
        return str(self.clause)


@record
class Best(Query):
    """Any of them; the score is that of the best one: several spellings of one thing."""

    clauses: tuple[Query, ...]

    def children(self) -> tuple[Query, ...]:
        return self.clauses

    def __str__(self) -> str:
        return str(Or(self.clauses))


@record
class Filtered(Query):
    """A clause that scores the same wherever it holds: 0 for a mere condition, else what holding is worth."""

    clause: Query
    score: float = 0.0

    def children(self) -> tuple[Query, ...]:
        return (self.clause,)

    def __str__(self) -> str:
        return str(self.clause)


@record
class Among(Query):
    """Passages of these documents, by id; made by the tool alone, and never typed."""

    documents: tuple[str, ...]

    def __str__(self) -> str:
        return f"(* of {len(self.documents)} documents)"


@record
class QueryWarning:
    """What the parser could not take as meant: the column (from 1) and a sentence."""

    column: int
    message: str


@record
class Parsed:
    """A question as typed, the tree made of it, and what could not be taken as meant."""

    text: str
    query: Query
    warnings: tuple[QueryWarning, ...] = ()


_QUOTES = (('"', '"'), ("“", "”"), ("«", "»"))


def _in_field(field: str | None, rest: str) -> str:
    return f"{field}:{rest}" if field else rest


def _quoted(text: str) -> str:
    """In the first pair of quotation marks that the text itself does not close."""
    opening, closing = next((pair for pair in _QUOTES if pair[1] not in text), _QUOTES[0])
    return f"{opening}{text}{closing}"


def _grouped(query: Query, kinds: tuple[type[Query], ...]) -> str:
    return f"({query})" if isinstance(query, kinds) else str(query)
