"""Where in the corpus a wording or a figure may stand: a bounded number of places, by phrases and by rare words."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ctcorpus.citing.checking.wanted import Wanted
from ctcorpus.citing.checking.wording import STOPWORDS
from ctcorpus.errors import UnknownIdError
from ctcorpus.index.analysis import Analyzer
from ctcorpus.index.base import Index
from ctcorpus.model.document import Document, Passage
from ctcorpus.model.entry import Entry
from ctcorpus.model.facts import Facts
from ctcorpus.model.query import And, Filtered, NumberRange, Or, Phrase, Query, Word
from ctcorpus.model.span import Span
from ctcorpus.query.reference import Places
from ctcorpus.store import Store

_Kept = TypeVar("_Kept")

#: passages that are read for one quotation: with its phrase, and with its rare words
MOST_PHRASED, MOST_ALIKE = 24, 6
#: words of the phrase that is looked up, and rare words
PHRASE_WORDS, RARE_WORDS = 8, 8
#: documents that are kept in memory, and headings of one that are looked at
MOST_KEPT, MOST_HEADINGS = 512, 400


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a document in which something may stand."""

    document: Document
    within: Span


class Library:
    """One store and its index, as the check reads them: documents and facts are read once and kept for a while."""

    def __init__(self, store: Store, index: Index) -> None:
        self.store = store
        self.index = index
        self.analyzer = Analyzer()
        self._documents: OrderedDict[str, Document] = OrderedDict()
        self._facts: OrderedDict[str, Facts] = OrderedDict()
        self._places: OrderedDict[str, Places] = OrderedDict()
        self._entries: dict[str, Entry] = {}
        self._frequency: dict[str, int] = {}

    def document(self, id: str) -> Document:
        """The document of this id, its words checked."""
        return _kept(self._documents, id, self.store.document)

    def facts(self, id: str) -> Facts:
        """What was read from it."""
        return _kept(self._facts, id, self.store.facts)

    def place(self, document: Document, span: Span) -> Passage:
        """Where a span of a document of the store stands."""
        return _kept(self._places, document.id, lambda _: Places(document)).at(span)

    def entry(self, id: str) -> Entry:
        """Its row."""
        if id not in self._entries:
            self._entries[id] = self.store.entry(id)
        return self._entries[id]

    def find(self, reference: str) -> Entry | None:
        """The document that a citekey, an id or a path names, or None."""
        try:
            return self.store.find(reference)
        except UnknownIdError:
            return None

    def passages(self, query: Query, limit: int) -> list[tuple[str, Span]]:
        """Document and span of the best passages, best first."""
        found = []
        for match in self.index.match(query, limit=limit).matches:
            document, _, span = match.passage.partition(":")
            start, _, end = span.partition("-")
            found.append((document, Span(int(start), int(end))))
        return found

    def frequency(self, word: str) -> int:
        """How many passages hold the very word."""
        if word not in self._frequency:
            self._frequency[word] = self.index.frequency(Word(word, exact=True))
        return self._frequency[word]

    def rarest(self, words: Iterable[str], limit: int) -> list[str]:
        """The rarest of these words that the corpus holds, rarest first."""
        known = [(self.frequency(x), x) for x in dict.fromkeys(words) if x not in STOPWORDS]
        return [x for count, x in sorted(known) if count][:limit]


def phrased(quotation: Wanted, library: Library) -> Iterator[Place]:
    """Places whose passage, title or a heading holds a run of the quotation's words; none is given twice."""
    longest = max(quotation.parts, key=lambda part: len(part.text))
    words = library.analyzer.exact(longest.text)
    if not words:
        return
    pad = 2 * len(quotation.raw) + 400
    seen: set[str] = set()
    for run in _runs(words):
        phrase = " ".join(run)
        found = library.passages(Phrase(phrase), MOST_PHRASED)
        for document, span in found:
            yield _around(library.document(document), span, pad)
        titled: Query = Or((Phrase(phrase, field="title"), Phrase(phrase, field="heading")))
        for document, _ in library.passages(titled, MOST_PHRASED):
            if document not in seen:
                seen.add(document)
                yield from _headings(library.document(document))
        if found:
            return


def alike(quotation: Wanted, library: Library) -> Iterator[Place]:
    """Places whose passage holds most of the quotation's rare words, best first."""
    rare = library.rarest(library.analyzer.exact(quotation.form.text), RARE_WORDS)
    if not rare:
        return
    query: Query = Or(tuple(Word(x, exact=True) for x in rare)) if len(rare) > 1 else Word(rare[0], exact=True)
    pad = len(quotation.raw) + 300
    for document, span in library.passages(query, MOST_ALIKE):
        yield _around(library.document(document), span, pad)


def figured(low: float, high: float, words: Sequence[str], library: Library, limit: int) -> list[tuple[str, Span]]:
    """Passages with a figure in the range, those with most of the words first."""
    number: Query = NumberRange(low, high)
    clauses = tuple(Word(x) for x in words)
    if clauses:
        found = library.passages(And((Filtered(number), Or(clauses) if len(clauses) > 1 else clauses[0])), limit)
        if found:
            return found
    return library.passages(number, limit)


def about(words: Sequence[str], library: Library, limit: int) -> list[tuple[str, Span]]:
    """Passages that hold most of the words, best first."""
    clauses = tuple(Word(x) for x in words)
    if not clauses:
        return []
    return library.passages(Or(clauses) if len(clauses) > 1 else clauses[0], limit)


def _runs(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """The runs that are looked up: from the middle, then the first and the last words."""
    if len(words) <= PHRASE_WORDS:
        yield words
        return
    middle = (len(words) - PHRASE_WORDS) // 2
    yield words[middle : middle + PHRASE_WORDS]
    yield words[:PHRASE_WORDS]
    yield words[-PHRASE_WORDS:]


def _around(document: Document, span: Span, pad: int) -> Place:
    return Place(document, Span(max(0, span.start - pad), min(len(document.text), span.end + pad)))


def _headings(document: Document) -> Iterator[Place]:
    for heading in document.headings[:MOST_HEADINGS]:
        yield Place(document, Span(heading.start, heading.end))


def _kept(cache: OrderedDict[str, _Kept], id: str, read: Callable[[str], _Kept]) -> _Kept:
    """The value from the cache, else as it is read; the one that was not asked for longest makes room."""
    if id in cache:
        cache.move_to_end(id)
        return cache[id]
    if len(cache) >= MOST_KEPT:
        cache.popitem(last=False)
    value = cache[id] = read(id)
    return value
