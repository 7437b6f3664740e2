"""A question -> ranked hits, each a verbatim passage with its citation.

Passages with all the words come first; partial ones follow, marked, with what each lacks. Every passage that an
index names is held against its own text before it is shown: what cannot be found in the words is no hit.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from functools import cache, partial
from math import log

from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.errors import StoreDamagedError
from ctcorpus.index.analysis import Analyzer
from ctcorpus.index.base import Index, Match
from ctcorpus.model.citation import Citation
from ctcorpus.model.document import Passage
from ctcorpus.model.entry import Entry
from ctcorpus.model.facts import Facts
from ctcorpus.model.hit import Hit, LabelUse, PassagePlace, QueryEcho, Results, Tier, Voice
from ctcorpus.model.query import And, ConceptIs, DateRange, Everything, Filtered, Near, Not, Or, Parsed, Phrase, Query
from ctcorpus.model.record import record
from ctcorpus.model.span import Span
from ctcorpus.query.expand import expand, resolved, unexpanded
from ctcorpus.query.plan import held, plan
from ctcorpus.query.positions import Reading
from ctcorpus.query.reference import reference
from ctcorpus.query.selector import select
from ctcorpus.store import Store, StoredPassage

#: words of the vocabulary that one wildcard, fuzzy word or regex may stand for
MOST_TERMS = 200
#: passages whose positions are looked at for one proximity query, best scores first
MOST_CANDIDATES = 2_000
#: candidates that are read at a time
BATCH = 100


@record
class Request:
    """What is asked of a store beside the question itself. limit: hits wanted, 0 only counts. offset: hits skipped."""

    limit: int = 10
    offset: int = 0
    explain: bool = False


@record
class _Found:
    """A passage that holds up against its text: what the index said, the words, and how they matched."""

    match: Match
    stored: StoredPassage
    reading: Reading


class Search:
    """One question put to one store and its index."""

    def __init__(
        self, store: Store, index: Index, parsed: Parsed, table: LabelTable | None = None, *, state_labels: bool = True
    ) -> None:
        """table: the names to be recognised in the question; without one, nothing is expanded.

        state_labels: whether a state's label for an organisation is searched beside the organisation's names.
        """
        self._store = store
        self._index = index
        self._parsed = parsed
        query = resolved(parsed.query, table) if table else parsed.query
        grouped = partial(expand, table=table, state_labels=state_labels) if table else unexpanded
        self._plan = plan(query, grouped, self._rarity)
        self._analyzer = Analyzer()
        # an answer's hits are often of one document: each is read once
        self._entry, self._text, self._facts = cache(store.entry), cache(store.text), cache(store.facts)
        self._terms: dict[Query, Sequence[str]] = {}
        self._asks_for_concepts = any(isinstance(x, ConceptIs) for x in self._plan.all_words.walk())

    def run(self, request: Request) -> Results:
        """The answer: hits from ``offset`` on, with what was searched and what each partial hit lacks."""
        began = time.perf_counter()
        counts = self._store.counts()
        all_words, is_exact = self._total(self._plan.all_words)
        some_words = self._index.frequency(self._plan.partial) if self._plan.partial else 0
        hits = tuple(self._hits(request, all_words))
        return Results(
            query=self._echo(),
            generation=self._store.generation,
            searched={"documents": counts.documents, "passages": counts.passages},
            excluded={"undated": self._undated()},
            total=all_words + some_words,
            total_relation="eq" if is_exact else "gte",
            offset=request.offset,
            totals={"all_words": all_words, "partial": some_words},
            absent_words=self._absent_words(),
            labels_tried=self._plan.expanded.labels,
            seconds=round(time.perf_counter() - began, 6),
            hits=hits,
        )

    def passages(self) -> list[str]:
        """The ids of the passages with all the words, in no order of worth; by proximity, of those that are read."""
        query = self._plan.all_words
        if _needs_positions(query):
            return [found.match.passage for found in self._verified(query)]
        return [x.passage for x in self._index.match(Filtered(query), limit=self._store.counts().passages).matches]

    def _echo(self) -> QueryEcho:
        warnings = tuple(f"column {x.column}: {x.message}" if x.column else x.message for x in self._parsed.warnings)
        return QueryEcho(self._parsed.text, str(self._parsed.query), self._plan.expanded.expansions, warnings)

    def _hits(self, request: Request, all_words: int) -> Iterator[Hit]:
        rank = request.offset
        wanted = request.limit
        for tier, query, before in self._tiers(all_words):
            offset = max(0, request.offset - before)
            for found in self._found(query, limit=wanted, offset=offset):
                rank += 1
                wanted -= 1
                yield self._hit(rank, found, tier, request)

    def _tiers(self, all_words: int) -> Iterator[tuple[Tier, Query, int]]:
        """The two tiers in order, each with the number of hits before it."""
        yield "all", self._plan.all_words, 0
        if self._plan.partial is not None:
            yield "partial", self._plan.partial, all_words

    def _rarity(self, query: Query) -> float:
        """The idf of a clause: ln(1 + (N - df + 0.5) / (df + 0.5)), as BM25 has it for a word."""
        passages, found = self._store.counts().passages, self._index.frequency(query)
        return log(1 + (passages - found + 0.5) / (found + 0.5))

    # --- matching -------------------------------------------------------------------------------------------

    def _total(self, query: Query) -> tuple[int, bool]:
        """How many passages match, and whether that is exact: proximity is counted by reading, up to a bound."""
        if not _needs_positions(query):
            return self._index.frequency(query), True
        seen = 0
        for _ in self._verified(query):
            seen += 1
        return seen, self._index.frequency(query) <= MOST_CANDIDATES

    def _found(self, query: Query, *, limit: int, offset: int) -> Iterator[_Found]:
        if limit <= 0:
            return
        if _needs_positions(query):
            for number, found in enumerate(self._verified(query)):
                if number >= offset + limit:
                    return
                if number >= offset:
                    yield found
            return
        for found in self._read(self._index.match(query, limit=limit, offset=offset).matches):
            if not found.reading.matches(query):
                block = f"passage {found.match.passage} does not hold the words that the index finds it by"
                raise StoreDamagedError(self._store.path, block)
            yield found

    def _verified(self, query: Query) -> Iterator[_Found]:
        """Candidates whose positions hold, best first; at most MOST_CANDIDATES are looked at."""
        for offset in range(0, MOST_CANDIDATES, BATCH):
            batch = self._index.match(query, limit=BATCH, offset=offset).matches
            yield from (found for found in self._read(batch) if found.reading.matches(query))
            if len(batch) < BATCH:
                return

    def _read(self, matches: Sequence[Match]) -> Iterator[_Found]:
        """The passages as stored, their checksums checked, in the order given."""
        stored = self._store.passages([match.passage for match in matches])
        titles = self._store.entries_of({x.passage.document for x in stored.values()})
        for match in matches:
            passage = stored[match.passage]
            entry = titles[passage.passage.document]
            around = (entry.title or "", passage.passage.heading or "")
            concepts = self._concepts(passage.passage) if self._asks_for_concepts else {}
            reading = Reading(passage.text, self._analyzer, self._terms_of, around, concepts)
            yield _Found(match, passage, reading)

    def _concepts(self, passage: Passage) -> dict[str, list[Span]]:
        """Where each concept is named in a passage, in offsets of its text."""
        found: dict[str, list[Span]] = {}
        for use in _labels(self._facts(passage.document), passage.span):
            found.setdefault(use.concept, []).append(Span(use.start - passage.start, use.end - passage.start))
        return found

    def _terms_of(self, query: Query) -> Sequence[str]:
        if query not in self._terms:
            self._terms[query] = self._index.terms(query, limit=MOST_TERMS)
        return self._terms[query]

    # --- what is said about the answer ------------------------------------------------------------------------

    def _absent_words(self) -> tuple[str, ...]:
        """The typed words that no passage of the store holds."""
        return tuple(str(x) for x in self._plan.words if self._index.frequency(x) == 0)

    def _undated(self) -> dict[str, int]:
        """What a condition on a date leaves out: passages without such a date, and documents with none at all."""
        fields = sorted({x.field for x in self._plan.date_conditions})
        if not fields:
            return {"documents": 0, "passages": 0}
        dated = Or(tuple(DateRange(field, None, None) for field in fields))
        every = self._store.counts().passages
        without = self._index.match(And((Everything(), Not(dated))), limit=every).matches
        having = self._index.match(And((Everything(), Filtered(dated))), limit=every).matches
        documents = {_document(x) for x in without} - {_document(x) for x in having}
        return {"documents": len(documents), "passages": len(without)}

    def _hit(self, rank: int, found: _Found, tier: Tier, request: Request) -> Hit:
        passage = found.stored.passage
        entry, facts = self._entry(passage.document), self._facts(passage.document)
        scored = self._plan.is_scored
        query = self._plan.all_words if tier == "all" else self._plan.partial
        marks = found.reading.highlights(self._plan.all_words)
        return Hit(
            rank=rank,
            score=round(found.match.score, 6) if scored else None,
            match=tier,
            missing=() if tier == "all" else self._missing(found.reading),
            document=entry.id,
            citekey=entry.citekey,
            title=entry.title,
            site=entry.site,
            authors=entry.authors,
            published=entry.published,
            path=entry.path,
            passage=PassagePlace(
                passage.id, passage.start, passage.end, passage.heading, passage.paragraph, passage.lines, passage.pages
            ),
            text=found.stored.text,
            highlights=tuple(Span(x.start + passage.start, x.end + passage.start) for x in marks),
            labels=_labels(facts, passage.span),
            voices=_voices(facts, passage.span),
            citation=_citation(entry, self._text(entry.id), passage),
            explanation=self._index.explain(query, passage.id) if request.explain and query is not None else None,
        )

    def _missing(self, reading: Reading) -> tuple[str, ...]:
        return tuple(group.shown for group in self._plan.groups if not reading.matches(held(group)))


def cite(store: Store, stored: StoredPassage) -> Citation:
    """The citation of a span of a stored document: its words, where they stand, and in which bytes."""
    document = stored.passage.document
    return _citation(store.entry(document), store.text(document), stored.passage)


def _citation(entry: Entry, text: str, passage: Passage) -> Citation:
    selector = select(text, passage.span)
    return Citation(
        quote=selector.exact,
        prefix=selector.prefix,
        suffix=selector.suffix,
        start=selector.start,
        end=selector.end,
        sha256=entry.sha256,
        text_sha256=entry.text_sha256,
        reference=reference(entry, passage),
    )


def _needs_positions(query: Query) -> bool:
    """Whether an index can only narrow the query down: proximity is judged on the text."""
    return any(isinstance(x, Near) or (isinstance(x, Phrase) and x.slop > 0) for x in query.walk())


def _labels(facts: Facts, span: Span) -> tuple[LabelUse, ...]:
    inside = (x for x in facts.mentions if span.start <= x.start and x.end <= span.end)
    return tuple(LabelUse(x.start, x.end, x.concept, x.label) for x in inside)


def _voices(facts: Facts, span: Span) -> tuple[Voice, ...]:
    said = (x for x in facts.quotations if x.start < span.end and span.start < x.end)
    return tuple(Voice(x.speaker, x.verb, x.direct, x.start, x.end, x.via) for x in said)


def _document(match: Match) -> str:
    return match.passage.partition(":")[0]
