"""A word, phrase, wildcard or concept -> where it stands in the word stream."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctcorpus.analysis.words.stream import WordStream
from ctcorpus.errors import UsageError
from ctcorpus.index.analysis import Analyzer
from ctcorpus.index.base import Index
from ctcorpus.model.query import Best, ConceptIs, Fuzzy, Or, Phrase, Query, Regex, Wildcard, Word, Words
from ctcorpus.query.search import MOST_TERMS

if TYPE_CHECKING:
    from numpy import bool_, int64
    from numpy.typing import NDArray

_TAKEN = 'Give one word, a "phrase", a wildcard, a /regex/ or a concept: ctcorpus collocates \'"border fence"\''

#: an occurrence as one number, which is sorted more quickly than a pair: first word, and words that follow it
_LENGTH_BITS = 24

#: where a concept is named: first and last word of each mention, as rows of the stream
Mentions = Callable[[ConceptIs], "NDArray[int64]"]


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """Finds queries in a stream. mentions: where a concept is named, which only facts can tell."""

    stream: WordStream
    index: Index
    mentions: Mentions

    def find(self, query: Query) -> NDArray[int64]:
        """First and last word of each occurrence, a row each, in order; none crosses from one passage into another.

        Raises UsageError for what is not one word, phrase, wildcard, fuzzy word, regex, concept, or any of several.
        """
        import numpy as np

        found = self._found(query)
        if len(found):
            keys = np.sort(found[:, 0] << _LENGTH_BITS | found[:, 1] - found[:, 0])
            keys = keys[np.concatenate([[True], keys[1:] != keys[:-1]])]
            found = np.stack([keys >> _LENGTH_BITS, (keys >> _LENGTH_BITS) + (keys & (1 << _LENGTH_BITS) - 1)], axis=1)
            found = found[self.stream.passages_at(found[:, 0]) == self.stream.passages_at(found[:, 1])]
        return found

    def _found(self, query: Query) -> NDArray[int64]:
        import numpy as np

        match query:
            case Word() if query.field is None:
                return self._word(query)
            case Phrase() if query.field is None and not query.slop:
                forms = [x.exact for x in Analyzer().tokens(query.text) if not x.joined]
                return self._sequence([self._terms([form]) for form in forms])
            case Wildcard() | Fuzzy() | Regex() if query.field is None:
                return self._any(self._terms(self.index.terms(query, limit=MOST_TERMS)))
            case ConceptIs():
                return self.mentions(query)
            case Or() | Best():
                return np.concatenate([np.zeros((0, 2), dtype=np.int64), *map(self._found, query.clauses)])
            case Words() if len(query.clauses) == 1:
                return self._found(query.clauses[0])
            case _:
                raise UsageError(f"'{query}' is not one thing to look for", _TAKEN)

    def _word(self, word: Word) -> NDArray[int64]:
        typed = Analyzer().tokens(word.text)
        parts = [x for x in typed if not x.joined]
        wanted = self._exact if word.exact else self._stemmed
        single = [x for x in typed if x.joined or len(parts) == 1]
        found = [self._any(wanted(x.exact, x.stem)) for x in single]
        if len(parts) > 1:
            found.append(self._sequence([wanted(x.exact, x.stem) for x in parts]))
        return _stacked(found)

    def _any(self, terms: NDArray[bool_]) -> NDArray[int64]:
        """Every place of these terms, as words and as compounds."""
        import numpy as np

        at = np.flatnonzero(terms[self.stream.words])
        compounds = self.stream.joined[terms[self.stream.joined[:, 2]]]
        ends = np.stack([compounds[:, 0], compounds[:, 0] + compounds[:, 1] - 1], axis=1)
        return _stacked([np.stack([at, at], axis=1), ends])

    def _sequence(self, steps: Sequence[NDArray[bool_]]) -> NDArray[int64]:
        """Every place at which a term of each step follows one of the step before."""
        import numpy as np

        if not steps:
            return np.zeros((0, 2), dtype=np.int64)
        at = np.flatnonzero(steps[0][self.stream.words])
        for distance, terms in enumerate(steps[1:], 1):
            at = at[at + distance < len(self.stream.words)]
            at = at[terms[self.stream.words[at + distance]]]
        return np.stack([at, at + len(steps) - 1], axis=1)

    def _exact(self, exact: str, _stem: str) -> NDArray[bool_]:
        return self._terms([exact])

    def _stemmed(self, _exact: str, stem: str) -> NDArray[bool_]:
        import numpy as np

        number = self.stream.stem(stem)
        if number is None:
            return np.zeros(len(self.stream.terms), dtype=bool)
        return np.asarray(self.stream.stem_of == number)

    def _terms(self, forms: Sequence[str]) -> NDArray[bool_]:
        """Which terms are these forms, a truth value each."""
        import numpy as np

        wanted = np.zeros(len(self.stream.terms), dtype=bool)
        wanted[[x for x in map(self.stream.term, forms) if x is not None]] = True
        return wanted


def _stacked(found: Sequence[NDArray[int64]]) -> NDArray[int64]:
    import numpy as np

    return np.concatenate([np.zeros((0, 2), dtype=np.int64), *found])
