"""Query trees to formulas: what each node means, decided once for all engines.

- A word is its stem in the ranked field, and its very form in the exact one adds a little; or (exact) that form alone.
  A hyphenated word is its parts side by side or the joined form; its score is that of the parts wherever they stand,
  so that passages with some of the words are ranked by the parts too. A word of punctuation alone is ignored, and
  alone matches nothing.
- A phrase is a run in the exact field; with slop, all its words: a candidate. ``Near`` likewise, on both sides.
- Wildcards, fuzzy words and regexes are the best ``MOST_TERMS`` of the terms they stand for.
- Clauses on fields, dates and numbers are conditions and score 0; ``said`` scores, being words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ctcorpus.errors import QueryLimitError, UsageError
from ctcorpus.index.analysis import LONGEST, Analyzer, Token
from ctcorpus.index.expansion import MOST_TERMS, Vocabulary, expand
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
from ctcorpus.index.intervals import DAY_BITS, FIRST_DAY, LAST_DAY, NUMBER_BITS, day_number, holding, number_key
from ctcorpus.index.layout import (
    DATED,
    DOCUMENT,
    EXACT,
    ID,
    KEYED,
    NUMBER,
    RANKED,
    SAID,
    STATE_MARK,
    WORDED,
    key,
    within,
)
from ctcorpus.index.ranking import Ranking
from ctcorpus.model.edtf import days
from ctcorpus.model.query import (
    Among,
    And,
    Best,
    ConceptIs,
    DateRange,
    Everything,
    Filtered,
    Fuzzy,
    Near,
    Not,
    NumberRange,
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

#: regexes and fuzzy words in one query: each reads much of the vocabulary
MOST_SCANS = 6
#: patterns whose terms are remembered
MOST_KNOWN = 1_000
Pattern = Wildcard | Fuzzy | Regex


class Compiler:
    """Compiles queries for one index: its analyzer, its ranking, its terms."""

    def __init__(self, analyzer: Analyzer, ranking: Ranking, vocabulary: Vocabulary, *, loose: bool = False) -> None:
        self._analyzer = analyzer
        self._ranking = ranking
        self._vocabulary = vocabulary
        self._loose = loose  # compounds by their parts wherever they stand: for scores, never for what matches
        self._known: dict[Pattern, list[list[tuple[str, int]]]] = {}  # one question is compiled several times

    def compile(self, query: Query) -> Formula:
        """What the query computes. Raises UsageError and QueryLimitError for what cannot be asked."""
        if len({x for x in query.walk() if isinstance(x, (Regex, Fuzzy))}) > MOST_SCANS:
            raise QueryLimitError(str(query), f"at most {MOST_SCANS} fuzzy words and regexes in one query")
        strict = self._clause(query) or Nothing()
        if not self._has_compound(query):
            return strict
        loose = self._other(loose=True)._clause(query) or Nothing()
        return strict if loose == strict else AllOf((loose, Silent(strict)))

    def terms(self, query: Query, limit: int) -> list[str]:
        """The terms that a Wildcard, Fuzzy or Regex stands for, best first."""
        if not isinstance(query, (Wildcard, Fuzzy, Regex)):
            return []
        return list(dict.fromkeys(term for part in self._parts(query, limit) for term, _ in part))[:limit]

    def _parts(self, query: Pattern, limit: int = MOST_TERMS) -> list[list[tuple[str, int]]]:
        """What ``expand`` gives, looked up once: one term more than is ever used tells whether there are more."""
        if query not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            most = max(limit, MOST_TERMS + 1)
            self._known[query] = expand(query, _field_of(query.field), self._vocabulary, self._analyzer, most)
        return [part[:limit] for part in self._known[query]]

    def _other(self, *, loose: bool) -> Compiler:
        """A compiler for the same index that takes compounds otherwise."""
        other = Compiler(self._analyzer, self._ranking, self._vocabulary, loose=loose)
        other._known = self._known
        return other

    def _clause(self, query: Query) -> Formula | None:
        """The formula of a clause; None for one without a word, which is as if it were not there."""
        match query:
            case Word():
                return self._in_field(query.field, self._word(query.text, query.field, exact=query.exact))
            case Phrase():
                return self._in_field(query.field, self._phrase(query))
            case Wildcard() | Fuzzy() | Regex():
                return self._in_field(query.field, self._expanded(query))
            case And() | Words():
                return self._all(query.clauses)
            case Or():
                return self._any(query.clauses, AnyOf)
            case Best():
                return self._any(query.clauses, BestOf)
            case Near():
                return self._all((query.left,) if query.negated else (query.left, query.right))
            case Not():
                return self._all((query,))
            case Required():
                return self._clause(query.clause)
            case Weighted():
                inner = self._clause(query.clause)
                return inner and Times(inner, query.weight)
            case Filtered():
                inner = self._clause(query.clause)
                return inner and Silent(inner, query.score)
            case _:
                return self._condition(query)

    def _condition(self, query: Query) -> Formula:
        match query:
            case Everything():
                return Everyone()
            case Among():
                return OneOf(DOCUMENT, query.documents) if query.documents else Nothing()
            case DateRange():
                return _dates(query)
            case NumberRange():
                return _overlap(NUMBER, query.low, query.high, number_key, NUMBER_BITS)
            case ConceptIs():
                name = key(self._analyzer, _encodable(query.name))
                return OneOf("concept", (name, name + STATE_MARK) if query.state else (name,))
            case _:
                raise TypeError(f"{type(query).__name__} is no node of a query")

    def _word(self, text: str, field: str | None, *, exact: bool) -> Formula | None:
        if field == ID:
            begins = _encodable(text.strip())
            if len(begins) > LONGEST:  # longer than any id, and than the automaton that would look for it
                return Nothing()
            return Prefix(ID, begins) if begins else None
        if field in KEYED:
            return OneOf(field, (key(self._analyzer, _encodable(text)),)) if text.strip() else None
        tokens = self._analyzer.tokens(text)
        parts = [token for token in tokens if not token.joined]
        stemmed = field is None and not exact
        if stemmed and len(parts) == 1:
            return self._stemmed(parts[0])
        into = RANKED if stemmed else _field_of(field)
        run = _run(into, tuple(token.stem if stemmed else token.exact for token in parts))
        if len(tokens) != len(parts) + 1 or tokens[0].end != tokens[-1].end:
            return run
        assert run is not None  # a joined token has parts
        if not stemmed:
            return BestOf((run, Term(into, tokens[0].exact)))
        apart = AllOf(tuple(dict.fromkeys(self._stemmed(token) for token in parts)))
        return BestOf((apart if self._loose else run, self._stemmed(tokens[0])))

    def _stemmed(self, token: Token) -> Formula:
        ranked = Term(RANKED, token.stem)
        weight = self._ranking.exact
        return AnyOf((ranked, Times(Term(EXACT, token.exact), weight))) if weight else ranked

    def _phrase(self, phrase: Phrase) -> Formula | None:
        if phrase.field == ID or phrase.field in KEYED:
            return self._word(phrase.text, phrase.field, exact=True)
        field = _field_of(phrase.field)
        words = tuple(self._analyzer.exact(phrase.text))
        if phrase.slop and len(words) > 1:
            return AllOf(tuple(Term(field, x) for x in dict.fromkeys(words)))
        return _run(field, words)

    def _expanded(self, query: Wildcard | Fuzzy | Regex) -> Formula:
        field = _field_of(query.field)
        parts = self._parts(query)
        if not parts or not all(parts):
            return Nothing()
        if field in KEYED or field == ID:
            return AllOf(tuple(OneOf(field, tuple(term for term, _ in part)) for part in parts))
        return AllOf(tuple(AnyOf(tuple(self._near(field, *found) for found in part)) for part in parts))

    def _near(self, field: str, term: str, distance: int) -> Formula:
        return Times(Term(field, term), self._ranking.typo**distance) if distance else Term(field, term)

    def _in_field(self, field: str | None, clause: Formula | None) -> Formula | None:
        return clause if clause is None or field in (None, SAID) else Silent(clause)

    def _all(self, clauses: Iterable[Query]) -> Formula | None:
        wanted: list[Formula] = []
        unwanted: list[Formula] = []
        for clause in clauses:
            inverse = isinstance(clause, Not)
            if isinstance(clause, Not) and _is_loose(clause):  # far apart is wanted: left to whoever sees the places
                wanted.append(Everyone())
                continue
            made = self._other(loose=False)._clause(clause.clause) if isinstance(clause, Not) else self._clause(clause)
            if made is not None:
                (unwanted if inverse else wanted).append(made)
        if not wanted and not unwanted:
            return None
        if len(wanted) == 1 and not unwanted:
            return wanted[0]
        return AllOf(tuple(dict.fromkeys(wanted)) or (Everyone(),), tuple(dict.fromkeys(unwanted)))

    def _has_compound(self, query: Query) -> bool:
        words = (x for x in query.walk() if isinstance(x, Word) and x.field is None and not x.text.isalnum())
        return any(token.joined for word in words for token in self._analyzer.tokens(word.text))

    def _any(self, clauses: Iterable[Query], kind: type[AnyOf] | type[BestOf]) -> Formula | None:
        made = [x for x in map(self._clause, clauses) if x is not None]
        return kind(tuple(dict.fromkeys(made))) if len(made) > 1 else next(iter(made), None)


def _field_of(field: str | None) -> str:
    """The field of an index that a clause's field means; words, phrases and patterns without one are of the body."""
    if field is None:
        return EXACT
    if field in WORDED or field in KEYED or field in (SAID, ID):
        return field
    raise UsageError(f"Unknown field '{field}'", f"Known fields: {', '.join(sorted((*WORDED, *KEYED, SAID, ID)))}")


def _is_loose(query: Query) -> bool:
    """Whether the query is about how far apart words are, which an index does not judge."""
    return any(isinstance(x, Near) or (isinstance(x, Phrase) and x.slop > 0) for x in query.walk())


def _encodable(text: str) -> str:
    """The text without lone surrogates, which a terminal can pass on and no store holds."""
    return text.encode(errors="replace").decode()


def _run(field: str, terms: tuple[str, ...]) -> Formula | None:
    if len(terms) > 1:
        return Run(field, terms)
    return Term(field, terms[0]) if terms else None


def _dates(query: DateRange) -> Formula:
    if query.field != "date" and query.field not in DATED:
        raise UsageError(f"Unknown field '{query.field}'", f"Known date fields: date, {', '.join(DATED)}")
    low = _day(query.low, 0, FIRST_DAY)
    high = _day(query.high, 1, LAST_DAY)
    fields = DATED if query.field == "date" else (query.field,)
    clauses = tuple(_overlap(x, low, high, int, DAY_BITS) for x in fields)
    return AnyOf(clauses) if len(clauses) > 1 else clauses[0]


def _day(value: str | None, side: int, open_end: int) -> int | None:
    """The first (side 0) or last (side 1) day of a bound; None where it is open."""
    if value is None:
        return None
    found = days(value)
    if found is None:
        raise UsageError(f"'{value}' is no date", "Write it as 2025, 2025-04 or 2025-04-07")
    return day_number(found[side], open_end=open_end)


def _overlap(name: str, low: float | None, high: float | None, key_of: Callable[[float], int], bits: int) -> Formula:
    """Passages with an interval of ``name`` that overlaps ``[low, high]``."""
    if low is not None and high is not None and low > high:
        return Nothing()
    begins = Between(name, low, high)
    if low is None:
        return begins
    return AnyOf((begins, OneOf(within(name), tuple(holding(key_of(low), bits)))))
