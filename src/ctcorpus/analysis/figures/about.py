"""The words about a figure, and how telling each of them is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from math import log

from ctcorpus.analysis.figures.nouns import ACT_BY_STEM, PLAIN
from ctcorpus.index.analysis import Analyzer
from ctcorpus.model.facts import Figure
from ctcorpus.query.plan import STOP_WORDS

#: characters before and after the sentence that count too, half
BEFORE, AFTER = 500, 250
#: a word that weighs less tells nothing
LEAST_WEIGHT = 0.2
#: a store of fewer passages weighs its words as one of so many: in a small one nothing is rare by count
LEAST_PASSAGES = 1000

_PARAGRAPH = "\n\n"


class Rarity:
    """How telling a word is: 0 where it stands in every passage, nearly 1 where in one.

    frequency: how many passages hold a word. passages: how many there are.
    """

    def __init__(self, frequency: Callable[[str], int], passages: int) -> None:
        self._frequency = frequency
        self._passages = max(LEAST_PASSAGES, passages)
        self._weights: dict[str, float] = {}

    def __call__(self, stem: str, exact: str) -> float:
        """The weight of a word; 0.0 where it is too small to tell anything."""
        if stem not in self._weights:
            self._weights[stem] = self.of(self._frequency(exact))
        return self._weights[stem]

    def of(self, count: int) -> float:
        """The weight of what stands in so many passages."""
        weight = log(self._passages / max(1, count)) / log(self._passages)
        return weight if weight >= LEAST_WEIGHT else 0.0


class About:
    """The words about a figure: stem -> (the word, 1 where it stands in the sentence itself, else less)."""

    def __init__(self, words: Mapping[str, tuple[str, float]], rarity: Callable[[str, str], float]) -> None:
        self._words = words
        self._rarity = rarity

    def shared(self, other: About, without: frozenset[str]) -> float:
        """The summed weight of the words that both have, but for some stems."""
        found = 0.0
        for stem in self._words.keys() & other._words.keys() - without - ACT_BY_STEM.keys():
            (word, one), (_, another) = self._words[stem], other._words[stem]
            found += min(one, another) * self._rarity(stem, word)
        return found


class Settings:
    """Gives the words about a figure. text_of: a document's text. rarity: how telling a word is, by stem and form."""

    def __init__(self, text_of: Callable[[str], str], rarity: Callable[[str, str], float]) -> None:
        self._text_of = text_of
        self._rarity = rarity
        self._analyzer = Analyzer()
        self._about = lru_cache(maxsize=16_384)(self._words)
        self._telling = lru_cache(maxsize=65_536)(self._telling_in)

    def of(self, document: str, figure: Figure) -> Callable[[], About]:
        """The words about a figure, read when they are first asked for."""
        sentence = figure.sentence
        return lambda: self._about(document, sentence.start, sentence.end)

    def _words(self, document: str, start: int, end: int) -> About:
        text = self._text_of(document)
        first = max(start - BEFORE, text.rfind(_PARAGRAPH, 0, start) + 1, 0)
        close = text.find(_PARAGRAPH, end)
        last = min(end + AFTER, len(text) if close < 0 else close)
        found: dict[str, tuple[str, float]] = {}
        for part, share in ((text[start:end], 1.0), (text[first:start], 0.5), (text[end:last], 0.5)):
            for chunk in part.split():
                for stem, exact in self._telling(chunk):
                    if stem not in found:
                        found[stem] = exact, share
        return About(found, self._rarity)

    def _telling_in(self, chunk: str) -> tuple[tuple[str, str], ...]:
        """Stem and form of the telling words between two white spaces, across which no rule of the analyzer reaches."""
        return tuple((x.stem, x.exact) for x in self._analyzer.tokens(chunk) if not x.joined and tells(x.exact))


def tells(word: str) -> bool:
    """Whether a word (exact form) says something of a matter: neither grammar, number nor degree."""
    return len(word) > 2 and not word[0].isdigit() and word not in STOP_WORDS and word not in PLAIN
