"""Passages of other documents that may bear on a fact: found through the index, never by comparing all pairs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from math import sqrt

from ctcorpus.analysis.figures.about import Rarity, tells
from ctcorpus.index.analysis import Analyzer, Token
from ctcorpus.index.base import Index
from ctcorpus.model.facts import Facts
from ctcorpus.model.query import And, ConceptIs, Filtered, Or, Query, Word
from ctcorpus.model.span import Span
from ctcorpus.store import Store

#: rare words and names of a sentence that its neighbours are looked for by
WORDS, NAMES = 10, 4
#: how much more a name that is a concept says than a word as rare
NAMED = 1.4
#: the weight of a word that is not looked up
MEAN = 0.6
#: the mark of a feature that is a capitalised word
NAME = "name:"
#: passages looked at for one sentence
PASSAGES = 24
#: documents that are kept at hand
DOCUMENTS = 512
#: a word in a larger share of the passages than this, and in more than so many, is not rare
COMMON, FEW = 0.3, 50


class Neighbours:
    """Looks for passages of a store; ``within`` is a condition that they all meet, None: any passage."""

    def __init__(self, store: Store, index: Index, within: Query | None = None) -> None:
        self._index = index
        self._within = within
        self.passages = max(1, store.counts().passages)
        self._analyzer = Analyzer()
        self._facts_in = lru_cache(maxsize=DOCUMENTS)(store.facts_in)
        self.facts = lru_cache(maxsize=4096)(self._facts)
        self._sentences = lru_cache(maxsize=DOCUMENTS)(store.sentences)
        self.text = lru_cache(maxsize=DOCUMENTS)(store.text)
        self.entry = lru_cache(maxsize=4096)(store.entry)
        self.frequency = lru_cache(maxsize=65_536)(self._frequency)
        self.rarity = Rarity(lambda x: self.frequency(Word(x)), self.passages)

    def _facts(self, document: str, span: Span) -> Facts:
        """The facts of a document that lie in a span, as ``inside`` chooses them: the others are not made."""
        return self._facts_in(document)(span)

    def tokens(self, text: str) -> list[Token]:
        """The words of a text, compounds by their parts."""
        return [x for x in self._analyzer.tokens(text) if not x.joined]

    def said(self, text: str, tokens: Iterable[Token], facts: Facts, start: int) -> Mapping[str, str]:
        """What a sentence that begins at ``start`` says: concepts by id, other capitalised words as NAME and stem, the
        other telling words by stem; each with the words as they stand."""
        found = {x.concept: text[x.start - start : x.end - start] for x in facts.mentions}
        named = {at for x in facts.mentions for at in range(x.start - start, x.end - start)}
        for token in tokens:
            if token.start not in named and tells(token.exact):
                is_name = token.start > 0 and text[token.start].isupper()
                found[NAME * is_name + token.stem] = token.exact
        return found

    def weight(self, feature: str, word: str) -> float:
        """How telling a feature of ``said`` is."""
        if ":" in feature and not feature.startswith(NAME):
            return NAMED * self.rarity.of(self.frequency(ConceptIs(feature)))
        return self.rarity(feature.removeprefix(NAME), word)

    def alike(self, here: Mapping[str, float], there: Collection[str]) -> float:
        """How alike two sentences are, from 0 to 1: the cosine of their weights, with a mean weight for what the first
        has not. here: feature -> weight."""
        both = sum(here[x] ** 2 for x in here.keys() & there)
        others = sum(1 for x in there if x not in here) * MEAN**2
        return both / sqrt(sum(x * x for x in here.values()) * (both + others)) if both else 0.0

    def rare(self, tokens: Iterable[Token], facts: Facts) -> list[Query]:
        """The rarest words and names that other passages may hold too, rarest first; WORDS and NAMES at most."""
        words = [Word(x) for x in dict.fromkeys(x.exact for x in tokens if tells(x.exact))]
        names = [ConceptIs(x) for x in dict.fromkeys(x.concept for x in facts.mentions)]
        return [*self._rarest(words, WORDS), *self._rarest(names, NAMES)]

    def _rarest(self, some: Sequence[Query], most: int) -> list[Query]:
        counted = sorted(((self.frequency(x), n) for n, x in enumerate(some)))
        return [some[n] for count, n in counted if 1 < count <= max(FEW, COMMON * self.passages)][:most]

    def near(self, words: Sequence[Query], document: str, limit: int = PASSAGES) -> list[tuple[str, Span]]:
        """Passages of other documents with any of these, best first: (document, span)."""
        if not words:
            return []
        asked: Query = Or(tuple(words)) if len(words) > 1 else words[0]
        return self.matching(asked, document, limit)

    def matching(self, query: Query, document: str, limit: int = PASSAGES) -> list[tuple[str, Span]]:
        """Passages of other documents that match, best first."""
        asked = query if self._within is None else And((query, Filtered(self._within)))
        found = []
        for match in self._index.match(asked, limit=limit * 3).matches:
            other, _, span = match.passage.partition(":")
            if other != document:
                start, _, end = span.partition("-")
                found.append((other, Span(int(start), int(end))))
        return found[:limit]

    def sentences(self, document: str, within: Span) -> list[Span]:
        """The sentences of a document that lie in a span."""
        return [x for x in self._sentences(document) if within.contains(x)]

    def _frequency(self, query: Query) -> int:
        return self._index.frequency(query)


def inside(facts: Facts, span: Span) -> Facts:
    """The facts that lie in a span; quotations that overlap it."""
    return Facts(
        rules=facts.rules,
        mentions=tuple(x for x in facts.mentions if span.start <= x.start and x.end <= span.end),
        figures=tuple(x for x in facts.figures if span.start <= x.start and x.end <= span.end),
        dates=tuple(x for x in facts.dates if span.start <= x.start and x.end <= span.end),
        quotations=tuple(x for x in facts.quotations if x.start < span.end and span.start < x.end),
    )
