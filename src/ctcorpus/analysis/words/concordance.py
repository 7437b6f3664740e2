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
from ctcorpus.model.document import Document
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
#: what lines are sorted by: so many words, looked for in so many characters
_KEY_WORDS, _KEY = 5, 120
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n")


@record
class _Place(Record):
    """A keyword and the passage that it stands in; key: what lines are sorted by."""

    entry: Entry
    keyword: Span
    passage: Span
    key: tuple[str, ...]


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
        self._document = lru_cache(maxsize=_DOCUMENTS)(store.document)
        self._read = 0

    def run(self, *, sort: Sort = "document", limit: int = 100, offset: int = 0) -> Concordance:
        """``limit`` lines from ``offset`` on; by the words on the left (nearest first) or right, or by path.

        Lines are sorted by up to five words that their passage has on that side. At most MOST_READ passages are
        read; the answer says how many of how many.
        """
        places = list(self._places(sort))
        if sort != "document":
            places.sort(key=lambda x: (x.key, x.entry.path, x.keyword))
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

    def _places(self, sort: Sort) -> Iterator[_Place]:
        for entry in self._selection.entries:
            if self._read >= MOST_READ:
                return
            yield from self._in_document(entry, sort)

    def _in_document(self, entry: Entry, sort: Sort) -> Iterator[_Place]:
        if self._selection.is_whole(entry.id):
            stored = self._store.passages_of(entry.id)[: MOST_READ - self._read]
        else:
            spans = self._selection.spans[entry.id][: MOST_READ - self._read]
            stored = list(self._store.passages(f"{entry.id}:{x.start}-{x.end}" for x in spans).values())
        mentions = self._mentions(entry.id)
        for one in stored:
            self._read += 1
            passage = one.passage.span
            named = {
                concept: [Span(x.start - passage.start, x.end - passage.start) for x in spans if passage.contains(x)]
                for concept, spans in mentions.items()
            }
            reading = Reading(one.text, self._analyzer, self._terms_of, (), named)
            for found in reading.occurrences(self._query):
                keyword = Span(found.span.start + passage.start, found.span.end + passage.start)
                yield _Place(entry, keyword, passage, self._key(one.text, found.span, sort))

    def _mentions(self, document: str) -> Mapping[str, Sequence[Span]]:
        if not self._asks_for_concepts:
            return {}
        found: dict[str, list[Span]] = {}
        for mention in self._store.facts(document).mentions:
            found.setdefault(mention.concept, []).append(Span(mention.start, mention.end))
        return found

    def _key(self, text: str, keyword: Span, sort: Sort) -> tuple[str, ...]:
        """The words on the side, nearest first, as exact forms."""
        if sort == "document":
            return ()
        near = text[max(0, keyword.start - _KEY) : keyword.start] if sort == "left" else text[keyword.end :][:_KEY]
        forms = self._analyzer.exact(_PARAGRAPH.split(near)[-1 if sort == "left" else 0])
        return tuple(forms[: -_KEY_WORDS - 1 : -1] if sort == "left" else forms[:_KEY_WORDS])

    def _line(self, place: _Place) -> KwicLine:
        document, keyword = self._document(place.entry.id), place.keyword
        bounds = _bounds(document, keyword, place.passage, sentence=self._sentence)
        left = max(bounds.start, keyword.start - self._width)
        right = min(bounds.end, keyword.end + self._width)
        return KwicLine(
            document=place.entry.id,
            left=document.text[left : keyword.start],
            keyword=keyword.of(document.text),
            right=document.text[keyword.end : right],
            start=keyword.start,
            end=keyword.end,
            citekey=place.entry.citekey,
        )


def _bounds(document: Document, keyword: Span, passage: Span, *, sentence: bool) -> Span:
    """From the sentence or paragraph that the keyword begins in to the one that it ends in; else its passage."""
    units: Sequence[Span] = document.sentences
    if not sentence:
        units = [Span(x.start, x.end) for x in document.paragraphs if x.start < keyword.end and keyword.start < x.end]
    touched = [x for x in units if x.overlaps(keyword)]
    if not touched:
        return passage
    return Span(min(touched[0].start, keyword.start), max(touched[-1].end, keyword.end))
