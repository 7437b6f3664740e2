"""Passages of other documents that may bear on a fact: found through the index, never by comparing all pairs."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ctcorpus.index.analysis import Analyzer, Token
from ctcorpus.index.base import Index
from ctcorpus.model.document import Document
from ctcorpus.model.facts import Facts
from ctcorpus.model.query import And, Filtered, Or, Query, Word
from ctcorpus.model.span import Span
from ctcorpus.query.plan import STOP_WORDS
from ctcorpus.store import Store

#: rare words of a sentence that its neighbours are looked for by
WORDS = 8
#: passages looked at for one sentence
PASSAGES = 12
#: a word in a larger share of the passages than this is not rare
COMMON = 0.2


class Neighbours:
    """Looks for passages of a store; ``within`` is a condition that they all meet, None: any passage."""

    def __init__(self, store: Store, index: Index, within: Query | None = None) -> None:
        self._index = index
        self._within = within
        self._passages = max(1, store.counts().passages)
        self._analyzer = Analyzer()
        self.facts = lru_cache(maxsize=512)(store.facts)
        self.document = lru_cache(maxsize=512)(store.document)
        self.entry = lru_cache(maxsize=4096)(store.entry)
        self.frequency = lru_cache(maxsize=65_536)(self._frequency)

    def tokens(self, text: str) -> list[Token]:
        """The words of a text, compounds by their parts."""
        return [x for x in self._analyzer.tokens(text) if not x.joined]

    def telling(self, tokens: Iterable[Token]) -> frozenset[str]:
        """The stems that carry a sentence: neither stop words nor single letters; numbers count."""
        return frozenset(
            x.stem for x in tokens if x.exact not in STOP_WORDS and (len(x.exact) > 2 or x.exact.isdigit())
        )

    def rare(self, tokens: Iterable[Token]) -> list[Word]:
        """The rarest words that other passages may hold too, rarest first; at most WORDS."""
        words = dict.fromkeys(x.exact for x in tokens if x.exact not in STOP_WORDS and len(x.exact) > 2)
        counted = sorted((self.frequency(Word(x)), x) for x in words)
        return [Word(x) for count, x in counted if 1 < count <= max(2, COMMON * self._passages)][:WORDS]

    def near(self, words: list[Word], document: str, limit: int = PASSAGES) -> list[tuple[str, Span]]:
        """Passages of other documents with any of the words, best first: (document, span)."""
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
        return [x for x in self.document(document).sentences if within.contains(x)]

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


def words_of(document: Document, span: Span) -> str:
    """What stands in a span."""
    return span.of(document.text)
