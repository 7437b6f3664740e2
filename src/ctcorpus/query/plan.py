"""What a question wants, what it merely requires, and the two queries that follow: all the words, or some."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ctcorpus.model.query import (
    And,
    Best,
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
from ctcorpus.model.record import record
from ctcorpus.query.expand import Expanded, Group, clauses_of, unexpanded

#: what a passage with a figure gains where a year is asked for, as a share of what a word as rare would score
FIGURE = 2.0
_YEAR = re.compile(r"(?:1[89]|20)[0-9]{2}")
#: words that a question may hold without asking for them; a passage without "the" still has all the words
STOP_WORDS = frozenset(
    (
        *("a", "about", "an", "and", "are", "as", "at", "be", "between", "by", "did", "do", "does", "for", "from"),
        *("had", "has", "have", "how", "in", "into", "is", "it", "its", "of", "on", "or", "our", "than", "that"),
        *("the", "their", "then", "there", "these", "they", "this", "to", "was", "we", "were", "what", "when"),
        *("where", "which", "who", "whom", "whose", "why", "will", "with"),
    )
)


@record
class Plan:
    """A question taken apart.

    groups: what is wanted, of which a partial answer may lack some. all_words, partial: what an index is asked; some:
    both together; partial and some are None where an answer is whole or none. words: the single words typed, for saying
    which occur nowhere.
    """

    groups: tuple[Group, ...]
    all_words: Query
    partial: Query | None
    words: tuple[Word, ...]
    expanded: Expanded
    some: Query | None = None

    @property
    def is_scored(self) -> bool:
        """Whether there are words to score; conditions alone only select."""
        return bool(self.groups)

    @property
    def date_conditions(self) -> tuple[DateRange, ...]:
        """The date ranges anywhere in the question."""
        return tuple(x for x in self.all_words.walk() if isinstance(x, DateRange))


def plan(
    query: Query,
    expand: Callable[[Sequence[Query]], Expanded] = unexpanded,
    rarity: Callable[[Query], float] = lambda _: 1.0,
    among: Query | None = None,
) -> Plan:
    """The plan of a question; only clauses side by side (``Words``) may be answered in part.

    expand: groups the wanted clauses and adds other labels of the names among them. rarity: what a clause's holding
    is worth, as the idf of a word in as many passages. among: a condition that was not typed.
    """
    clauses = clauses_of(query)
    conditions = tuple(x for x in clauses if is_condition(x))
    wanted = _without_stop_words(tuple(x for x in clauses if not is_condition(x)))
    required = tuple(x if isinstance(x, (Not, Required)) else Filtered(x) for x in conditions)
    required = (*required, Filtered(among)) if among else required
    expanded = expand(wanted)
    groups = expanded.groups
    words = tuple(x for clause in wanted for x in clause.walk() if isinstance(x, Word) and x.field is None)
    if not clauses:
        return Plan((), Words(()), None, words, expanded)
    if not groups:
        return Plan((), And((Everything(), *required)), None, words, expanded)
    if not any(x.others for x in groups) and not _in_parts(query, groups):
        return Plan(groups, And((*wanted, *required)), None, words, expanded)
    gains = figures_for(groups, rarity) if _in_parts(query, groups) else ()
    words_scored = Or(tuple(clause for group in groups for clause in scored(group, rarity)))
    score: Query = Or((words_scored, *gains)) if gains else words_scored
    whole = And(tuple(held(group) for group in groups))
    everything = And((score, Filtered(whole), *required))
    required = (Filtered(words_scored), *required) if gains else required  # a figure alone is no partial answer
    if not _in_parts(query, groups):
        return Plan(groups, everything, None, words, expanded)
    return Plan(groups, everything, And((score, *required, Not(whole))), words, expanded, And((score, *required)))


def held(group: Group) -> Query:
    """The query that holds where the group is there: all its typed clauses, or one of the others."""
    typed = And(group.typed) if len(group.typed) > 1 else group.typed[0]
    return Or((typed, *(x.clause for x in group.others))) if group.others else typed


def scored(group: Group, rarity: Callable[[Query], float]) -> tuple[Query, ...]:
    """The clauses whose scores add up: each typed one; where a name has other labels, the best of it and of them.

    The best, not the sum: a passage must not gain by having the word that was typed under a second label.
    """
    others = tuple(Filtered(x.clause, round(x.weight * rarity(x.clause), 4)) for x in group.others)
    if not others:
        return group.typed
    return (Best((Or(group.typed) if len(group.typed) > 1 else group.typed[0], *others)),)


def figures_for(groups: Sequence[Group], rarity: Callable[[Query], float]) -> tuple[Query, ...]:
    """What passages with a figure gain where a year is asked for: who names a year beside words asks for numbers.

    It only ranks: a passage has no word, and no year, that it does not hold.
    """
    typed = [x for group in groups for x in group.typed]
    years = sum(isinstance(x, Word) and x.field is None and _YEAR.fullmatch(x.text) is not None for x in typed)
    if not years or len(typed) == years:
        return ()
    figure = NumberRange(None, None)
    return (Filtered(figure, round(FIGURE * rarity(figure), 4)),)


def _in_parts(query: Query, groups: Sequence[Group]) -> bool:
    return isinstance(query, Words) and sum(len(x.typed) for x in groups) > 1


def is_condition(clause: Query) -> bool:
    """Whether a clause holds for partial answers too: fields, dates, numbers, ``+`` and ``-``."""
    if isinstance(clause, (DateRange, NumberRange, Required, Not)):
        return True
    if isinstance(clause, (Word, Phrase, Wildcard, Fuzzy, Regex)):
        return clause.field is not None
    if isinstance(clause, ConceptIs):
        return False
    return bool(clause.children()) and all(is_condition(x) for x in clause.children())


def _without_stop_words(wanted: tuple[Query, ...]) -> tuple[Query, ...]:
    """The clauses but plain stop words, unless nothing else is left; ``=the`` is always asked for."""
    kept = tuple(x for x in wanted if not (isinstance(x, Word) and not x.exact and x.text.lower() in STOP_WORDS))
    return kept or wanted
