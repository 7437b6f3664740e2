"""What a question wants, what it merely requires, and the two queries that follow: all the words, or some."""

from __future__ import annotations

from dataclasses import dataclass

from ctcorpus.model.query import (
    And,
    ConceptIs,
    DateRange,
    Everything,
    Filtered,
    Fuzzy,
    Not,
    NumberRange,
    Or,
    Phrase,
    Query,
    Regex,
    Required,
    Wildcard,
    Word,
    Words,
)

#: words that a question may hold without asking for them; a passage without "the" still has all the words
STOP_WORDS = frozenset(
    (
        *("a", "about", "an", "and", "are", "as", "at", "be", "between", "by", "did", "do", "does", "for", "from"),
        *("had", "has", "have", "how", "in", "into", "is", "it", "its", "of", "on", "or", "our", "than", "that"),
        *("the", "their", "then", "there", "these", "they", "this", "to", "was", "we", "were", "what", "when"),
        *("where", "which", "who", "whom", "whose", "why", "will", "with"),
    )
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A question taken apart.

    wanted: clauses of which a partial answer may lack some. all_words, partial: what an index is asked; partial is
    None where an answer is whole or none. words: the single words typed, for saying which occur nowhere.
    """

    wanted: tuple[Query, ...]
    conditions: tuple[Query, ...]
    all_words: Query
    partial: Query | None
    words: tuple[Word, ...]

    @property
    def is_scored(self) -> bool:
        """Whether there are words to score; conditions alone only select."""
        return bool(self.wanted)

    @property
    def date_conditions(self) -> tuple[DateRange, ...]:
        """The date ranges anywhere in the question."""
        return tuple(x for x in self.all_words.walk() if isinstance(x, DateRange))


def plan(query: Query) -> Plan:
    """The plan of a question; only clauses side by side (``Words``) may be answered in part."""
    clauses = query.clauses if isinstance(query, Words) else (query,)
    conditions = tuple(x for x in clauses if is_condition(x))
    wanted = _without_stop_words(tuple(x for x in clauses if not is_condition(x)))
    required = tuple(x if isinstance(x, (Not, Required)) else Filtered(x) for x in conditions)
    all_words = And((*(wanted or (Everything(),)), *required))
    partial: Query | None = None
    if isinstance(query, Words) and len(wanted) > 1:
        partial = And((Or(wanted), *required, Not(And(wanted))))
    words = tuple(x for clause in wanted for x in clause.walk() if isinstance(x, Word) and x.field is None)
    return Plan(wanted, conditions, all_words, partial, words)


def is_condition(clause: Query) -> bool:
    """Whether a clause holds for partial answers too: fields, dates, numbers, ``+`` and ``-``."""
    if isinstance(clause, (DateRange, NumberRange, ConceptIs, Required, Not)):
        return True
    if isinstance(clause, (Word, Phrase, Wildcard, Fuzzy, Regex)):
        return clause.field is not None
    return bool(clause.children()) and all(is_condition(x) for x in clause.children())


def _without_stop_words(wanted: tuple[Query, ...]) -> tuple[Query, ...]:
    """The clauses but plain stop words, unless nothing else is left; ``=the`` is always asked for."""
    kept = tuple(x for x in wanted if not (isinstance(x, Word) and not x.exact and x.text.lower() in STOP_WORDS))
    return kept or wanted
