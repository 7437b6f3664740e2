"""Names in a question are searched under their other labels too: each shown with its relation and its reason.

A name is a run of plain words, or a phrase, that labels one concept. What is added is weaker than what was typed.
Umbrella concepts ("armed groups", "casualties") are not expanded: their labels stand everywhere and would bury the
answer. One state's label for an organisation is never a synonym of its name: it is searched as what it is, said to
be so, and can be left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ctcorpus.annotate.label_table import LONGEST, LabelTable, Named
from ctcorpus.model.hit import Expansion
from ctcorpus.model.query import And, Best, ConceptIs, Near, Not, Or, Phrase, Query, Required, Weighted, Word, Words
from ctcorpus.model.record import record

#: what a passage gains that has the concept under its own labels, under a state's label, or a narrower concept, but
#: not the words typed: as a share of the idf of a word as rare as the concept. A typed word gains up to 2.2 of that
OWN, STATE, NARROWER = 1.5, 0.9, 0.6
#: types of which narrower concepts are searched too: a group's parts are meant with it, a country's towns are not
WITH_NARROWER = frozenset({"group"})
#: narrower concepts that are searched for one name, at most
MOST_NARROWER = 8


@record
class Group:
    """One thing that a question asks for: the clauses as typed (all needed), or else one of the others."""

    typed: tuple[Query, ...]
    others: tuple[Weighted, ...] = ()

    @property
    def shown(self) -> str:
        """The words as typed."""
        return " ".join(str(x) for x in self.typed)


@record
class Expanded:
    """A question's clauses in groups, what was added to them, and every label that is searched for."""

    groups: tuple[Group, ...]
    expansions: tuple[Expansion, ...] = ()
    labels: tuple[str, ...] = ()


def unexpanded(clauses: Sequence[Query]) -> Expanded:
    """The clauses as they are, each a group of its own."""
    return Expanded(tuple(Group((x,)) for x in clauses))


def expand(clauses: Sequence[Query], table: LabelTable, *, state_labels: bool = True) -> Expanded:
    """The clauses of a question with the names among them expanded; the longest name at each place."""
    groups: list[Group] = []
    expansions: list[Expansion] = []
    labels: list[str] = []
    at = 0
    while at < len(clauses):
        length, concept = _name_at(clauses, at, table)
        typed = tuple(clauses[at : at + length])
        if concept is None:
            groups.append(Group(typed))
        else:
            added = list(_added(concept, table, state_labels=state_labels))
            groups.append(Group(typed, tuple(query for query, _ in added)))
            expansions += [expansion for _, expansion in added]
            labels += [x for _, y in added for x in _labels_of(y.concept, table)]
        at += length
    return Expanded(tuple(groups), tuple(expansions), tuple(dict.fromkeys(labels)))


def _name_at(clauses: Sequence[Query], at: int, table: LabelTable) -> tuple[int, Named | None]:
    """The longest name that begins at a clause, as a number of clauses and its concept; (1, None) without one."""
    first = clauses[at]
    if isinstance(first, Phrase) and first.field is None and not first.slop:
        return 1, _expandable(table.find(first.text.split()))
    words: list[str] = []
    for clause in clauses[at : at + LONGEST]:
        if not isinstance(clause, Word) or clause.field is not None or clause.exact:
            break
        words.append(clause.text)
    for length in range(len(words), 0, -1):
        concept = _expandable(table.find(words[:length]))
        if concept is not None:
            return length, concept
    return 1, None


def _expandable(concept: Named | None) -> Named | None:
    return None if concept is None or concept.umbrella else concept


def _added(concept: Named, table: LabelTable, *, state_labels: bool) -> Iterator[tuple[Weighted, Expansion]]:
    own = Expansion(concept.id, concept.name, "own", f"a name of {concept.name}")
    yield Weighted(ConceptIs(concept.id), OWN), own
    narrower = concept.narrower[:MOST_NARROWER] if concept.type in WITH_NARROWER else ()
    for below in filter(None, map(table.get, narrower)):
        if not below.umbrella:
            because = f"{below.name} is narrower than {concept.name}"
            yield Weighted(ConceptIs(below.id), NARROWER), Expansion(below.id, below.name, "narrower", because)
    for name, state, source in concept.state_labels if state_labels else ():
        label = table.get(name)
        if label is not None:
            yield Weighted(ConceptIs(label.id), STATE), _state_label(label, concept, table.get(state or ""), source)


def _state_label(label: Named, concept: Named, state: Named | None, source: str) -> Expansion:
    whose = f"a label of {state.name}" if state else "a state's label"
    return Expansion(label.id, label.name, "state_label_for", f"{whose} for {concept.name}, according to {source}")


def _labels_of(id: str, table: LabelTable) -> tuple[str, ...]:
    concept = table.get(id)
    return concept.labels if concept else ()


def clauses_of(query: Query) -> tuple[Query, ...]:
    """The clauses side by side that a question is made of."""
    return query.clauses if isinstance(query, Words) else (query,)


def resolved(query: Query, table: LabelTable) -> Query:
    """The query with every ``@name`` put as the concept's id; ``@name+state`` as any of it and of states' labels.

    A name that the thesaurus does not know stays as it is, and matches nothing.
    """
    match query:
        case ConceptIs():
            concept = table.look_up(query.name)
            if concept is None:
                return query
            states = (x[0] for x in concept.state_labels) if query.state else ()
            named = tuple(ConceptIs(x) for x in (concept.id, *states))
            return named[0] if len(named) == 1 else Best(named)
        case And() | Or() | Words() | Best():
            return replace(query, clauses=tuple(resolved(x, table) for x in query.clauses))
        case Not() | Required():
            return replace(query, clause=resolved(query.clause, table))
        case Near():
            return replace(query, left=resolved(query.left, table), right=resolved(query.right, table))
        case _:
            return query
