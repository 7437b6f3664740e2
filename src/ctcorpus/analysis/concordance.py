"""Key words in context: every line a verbatim stretch of one document, with the place of its keyword."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal

from ctcorpus.analysis.basis import basis_of
from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.errors import UsageError
from ctcorpus.index.analysis import Analyzer
from ctcorpus.index.base import Index
from ctcorpus.model.entry import Entry
from ctcorpus.model.query import ConceptIs, Query
from ctcorpus.model.record import Record, record
from ctcorpus.model.span import Span
from ctcorpus.model.words import Concordance, KwicLine
from ctcorpus.query.expand import resolved
from ctcorpus.query.parse import parse
from ctcorpus.query.positions import Reading, is_about_words
from ctcorpus.query.search import MOST_TERMS
from ctcorpus.query.select import Selection, select
from ctcorpus.store import Store

Sort = Literal["left", "right", "document"]
#: passages that lines are taken from at most, in order of path and place
MOST_READ = 2_000
#: documents whose structure is kept at hand
_DOCUMENTS = 32
#: characters on either side, at most
WIDEST = 2_000
_WORD = re.compile(r"\S+")


@record
class _Place(Record):
    """A keyword and how far its line may reach."""

    entry: Entry
    keyword: Span
    bounds: Span


def kwic(
    store: Store,
    index: Index,
    table: LabelTable | None,
    query: str,
    *,
    sort: Sort = "document",
    width: int = 40,
    sentence: bool = False,
    limit: int = 100,
    offset: int = 0,
) -> Concordance:
    """The lines of a query of the search language: one for each occurrence of its words in passages with all of them.

    table: the concepts that ``@name`` may mean. A name is looked for as typed, not under its other labels.
    Raises UsageError for a query that asks for no words, QueryLimitError for one that is too large.
    """
    parsed = parse(query)
    asked = resolved(parsed.query, table) if table else parsed.query
    if not any(is_about_words(x) for x in asked.walk() if not x.children()):
        raise UsageError(f"'{query}' names no words to look for", "Give a word, a phrase, a wildcard or @concept")
    selection = select(store, index, None, str(asked))
    return Kwic(store, index, asked, selection, width=width, sentence=sentence).run(
        sort=sort, limit=limit, offset=offset
    )


class Kwic:
    """The lines of one query in a selection. sentence: lines end with the sentence, else with the paragraph."""

    def __init__(
        self,
        store: Store,
        index: Index,
        query: Query,
        selection: Selection,
        *,
        width: int = 40,
        sentence: bool = False,
    ) -> None:
        """query: with its concepts resolved. selection: the passages with all its words. width: characters a side."""
        self._store = store
        self._query = query
        self._selection = selection
        self._width = min(max(0, width), WIDEST)
        self._sentence = sentence
        self._analyzer = Analyzer()
        self._terms_of = lru_cache(maxsize=None)(lambda x: index.terms(x, limit=MOST_TERMS))
        self._asks_for_concepts = any(isinstance(x, ConceptIs) for x in query.walk())
        self._text = lru_cache(maxsize=_DOCUMENTS)(store.text)
        self._read = 0

    def run(self, *, sort: Sort = "document", limit: int = 100, offset: int = 0) -> Concordance:
        """``limit`` lines from ``offset`` on; sorted by the words to the left (nearest first), to the right, or by path.

        At most MOST_READ passages are read; the answer says how many of how many.
        """
        places = list(self._places())
        if sort != "document":
            places.sort(key=lambda x: self._key(x, sort))
        return Concordance(
            basis=basis_of(self._selection),
            query=str(self._query),
            sort=sort,
            matching=self._selection.passages,
            read=self._read,
            total=len(places),
            offset=offset,
            lines=tuple(self._line(x) for x in places[offset : offset + limit]),
            warnings=self._selection.answer.query.warnings if self._selection.answer else (),
        )

    def _places(self) -> Iterator[_Place]:
        for entry in self._selection.entries:
            if self._read >= MOST_READ:
                return
            yield from self._in_document(entry)

    def _in_document(self, entry: Entry) -> Iterator[_Place]:
        document = self._store.document(entry.id)
        chosen = self._selection.spans.get(entry.id, tuple(x.span for x in document.passages))
        units = document.sentences if self._sentence else [Span(x.start, x.end) for x in document.paragraphs]
        mentions = self._mentions(entry.id)
        for passage in chosen[: MOST_READ - self._read]:
            self._read += 1
            named = {
                concept: [Span(x.start - passage.start, x.end - passage.start) for x in spans if passage.contains(x)]
                for concept, spans in mentions.items()
            }
            reading = Reading(passage.of(document.text), self._analyzer, self._terms_of, (), named)
            for found in reading.occurrences(self._query):
                keyword = Span(found.span.start + passage.start, found.span.end + passage.start)
                yield _Place(entry, keyword, _bounds(units, keyword, passage))

    def _mentions(self, document: str) -> Mapping[str, Sequence[Span]]:
        if not self._asks_for_concepts:
            return {}
        found: dict[str, list[Span]] = {}
        for mention in self._store.facts(document).mentions:
            found.setdefault(mention.concept, []).append(Span(mention.start, mention.end))
        return found

    def _line(self, place: _Place) -> KwicLine:
        text, keyword = self._text(place.entry.id), place.keyword
        left = max(place.bounds.start, keyword.start - self._width)
        right = min(place.bounds.end, keyword.end + self._width)
        return KwicLine(
            document=place.entry.id,
            left=text[left : keyword.start],
            keyword=keyword.of(text),
            right=text[keyword.end : right],
            start=keyword.start,
            end=keyword.end,
            citekey=place.entry.citekey,
        )

    def _key(self, place: _Place, sort: Sort) -> tuple[list[str], str, str, int]:
        """Up to five words on the side, nearest first, then the keyword, then the place."""
        line = self._line(place)
        words = _WORD.findall(line.left)[::-1] if sort == "left" else _WORD.findall(line.right)
        forms = [form for word in words[:5] for form in self._analyzer.exact(word)]
        return forms, line.keyword.lower(), place.entry.path, place.keyword.start


def _bounds(units: Sequence[Span], keyword: Span, passage: Span) -> Span:
    """From the unit that the keyword begins in to the one that it ends in; the passage where it is in none."""
    touched = [x for x in units if x.overlaps(keyword)]
    if not touched:
        return passage
    return Span(min(touched[0].start, keyword.start), max(touched[-1].end, keyword.end))
