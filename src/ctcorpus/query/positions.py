"""A query held against one passage's own words: does it match there, and where?

An index says which passages match; this says it again from the text itself, which the answer quotes. It is the
check that a hit's words are really there, the source of every highlight, and the judge of proximity, which an
index only narrows down. It must never be stricter than the index, except about distances.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from ctcorpus.index.analysis import Analyzer, Token
from ctcorpus.model.query import (
    And,
    Best,
    ConceptIs,
    Everything,
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
from ctcorpus.model.record import record
from ctcorpus.model.span import Span

#: gives the words of the index that a wildcard, fuzzy word or regex stands for
Terms = Callable[[Query], Iterable[str]]


@record
class Occurrence:
    """A stretch that matches: first and last token position, and its span in the text that was analysed."""

    first: int
    last: int
    span: Span


class Reading:
    """One text, analysed once, to hold queries against.

    terms: what a Wildcard, Fuzzy or Regex stands for, as exact terms. around: the title and the heading, whose
    words count for plain words but are no part of the passage. concepts: where each is named in the text. Clauses
    about anything else (fields, dates, numbers) are taken as met: they are the index's to judge.
    """

    def __init__(
        self,
        text: str,
        analyzer: Analyzer,
        terms: Terms,
        around: Sequence[str] = (),
        concepts: Mapping[str, Sequence[Span]] | None = None,
    ) -> None:
        self._analyzer = analyzer
        self._terms = terms
        self._tokens = analyzer.tokens(text)
        self._by_stem: dict[str, list[Token]] = {}
        self._by_exact: dict[str, list[Token]] = {}
        for token in self._tokens:
            self._by_stem.setdefault(token.stem, []).append(token)
            self._by_exact.setdefault(token.exact, []).append(token)
        self._concepts = concepts or {}
        self._around = [Reading(x, analyzer, terms) for x in around if x]

    def matches(self, query: Query) -> bool:
        """Whether the query holds here."""
        match query:
            case And() | Words():
                return all(self.matches(clause) for clause in query.clauses)
            case Or() | Best():
                return any(self.matches(clause) for clause in query.clauses)
            case Not():
                return not is_about_words(query.clause) or not self.matches(query.clause)
            case Required() | Weighted() | Filtered():
                return self.matches(query.clause)
            case Everything():
                return True
            case Word() if query.field is None and not query.exact and self._around:
                return self._holds(query) or any(x.matches(query) for x in self._around)
            case _:
                return self._holds(query)

    def _holds(self, query: Query) -> bool:
        return not is_about_words(query) or self._is_blank(query) or bool(self.occurrences(query))

    def occurrences(self, query: Query) -> list[Occurrence]:
        """Every stretch that the query's words match, in order; none for what is not about words or is negated."""
        found: Iterable[Occurrence]
        match query:
            case Word() if query.field is None:
                found = self._word(query)
            case Phrase() if query.field in (None, "said"):
                found = self._phrase(query.text, query.slop)
            case Wildcard() | Fuzzy() | Regex() if query.field in (None, "said"):
                found = (_occurrence(token) for term in self._terms(query) for token in self._by_exact.get(term, ()))
            case Near():
                found = self._near(query)
            case ConceptIs():
                found = self._mentions(query)
            case And() | Words() | Or() | Best():
                found = (x for clause in query.clauses for x in self.occurrences(clause))
            case Required() | Weighted() | Filtered():
                found = self.occurrences(query.clause)
            case Word() if query.field == "said":
                found = self._word(Word(query.text, exact=True))
            case _:
                found = ()
        return sorted(set(found), key=lambda x: (x.first, x.last, x.span))

    def highlights(self, query: Query) -> tuple[Span, ...]:
        """The matched stretches, merged where they touch or overlap, in order."""
        merged: list[Span] = []
        for span in sorted(x.span for x in self.occurrences(query)):
            if merged and span.start <= merged[-1].end:
                merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
            else:
                merged.append(span)
        return tuple(merged)

    def _is_blank(self, query: Query) -> bool:
        """A clause without any word ("!!"): the index lets it pass, and so does this."""
        return isinstance(query, (Word, Phrase)) and not self._analyzer.tokens(query.text)

    def _word(self, word: Word) -> Iterable[Occurrence]:
        typed = self._analyzer.tokens(word.text)
        parts = [token for token in typed if not token.joined]
        if len(parts) > 1:
            yield from self._sequence([token.exact for token in parts], 0, self._by_exact, lambda t: t.exact)
            if not word.exact:
                yield from self._sequence([token.stem for token in parts], 0, self._by_stem, lambda t: t.stem)
        single = [token for token in typed if token.joined or len(parts) == 1]
        for token in single:
            same = self._by_exact.get(token.exact, ()) if word.exact else self._by_stem.get(token.stem, ())
            yield from map(_occurrence, same)

    def _phrase(self, text: str, slop: int) -> Iterable[Occurrence]:
        forms = [token.exact for token in self._analyzer.tokens(text) if not token.joined]
        return self._sequence(forms, slop, self._by_exact, lambda t: t.exact)

    def _sequence(
        self, forms: Sequence[str], slop: int, index: dict[str, list[Token]], form: Callable[[Token], str]
    ) -> Iterable[Occurrence]:
        """Stretches with these forms in this order, at most ``slop`` other words between them in all."""
        if not forms:
            return
        rest = [[t for t in index.get(wanted, ()) if not t.joined] for wanted in forms[1:]]
        for start in index.get(forms[0], ()):
            if start.joined:
                continue
            last: Token | None = start
            for places in rest:
                at = last.position if last else 0
                last = next((t for t in places if t.position > at), None)
                if last is None or last.position - start.position > len(forms) - 1 + slop:
                    last = None
                    break
            if last is not None and form(last) == forms[-1]:
                yield Occurrence(start.position, last.position, Span(start.start, last.end))

    def _mentions(self, concept: ConceptIs) -> Iterable[Occurrence]:
        for span in self._concepts.get(concept.name, ()):
            inside = [x.position for x in self._tokens if span.start <= x.start and x.end <= span.end]
            if inside:
                yield Occurrence(inside[0], inside[-1], span)

    def _near(self, near: Near) -> Iterable[Occurrence]:
        left, right = self.occurrences(near.left), self.occurrences(near.right)
        if near.negated:
            yield from (x for x in left if not _neighbours(x, right, near.distance))
            return
        for x in left:
            close = _neighbours(x, right, near.distance)
            if close:
                yield x
                yield from close


def is_about_words(query: Query) -> bool:
    """Whether the clause asks for words of the passage, which its text can show: not a field, date or number."""
    match query:
        case Word() | Phrase() | Wildcard() | Fuzzy() | Regex():
            return query.field in (None, "said")
        case Near() | ConceptIs():
            return True
        case _:
            return bool(query.children()) and all(is_about_words(x) for x in query.children())


def _occurrence(token: Token) -> Occurrence:
    return Occurrence(token.position, token.position, Span(token.start, token.end))


def _neighbours(x: Occurrence, others: Sequence[Occurrence], distance: int) -> list[Occurrence]:
    """Those of ``others`` that lie within ``distance`` words of x and are not x itself."""
    return [y for y in others if y != x and _gap(x, y) <= distance]


def _gap(x: Occurrence, y: Occurrence) -> int:
    if x.last < y.first:
        return y.first - x.last
    if y.last < x.first:
        return x.first - y.last
    return 0
