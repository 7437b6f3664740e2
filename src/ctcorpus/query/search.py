"""A question -> ranked hits, each a verbatim passage with its citation.

Passages with all the words come first; partial ones follow, marked, with what each lacks. Every passage that an
index names is held against its own text before it is shown: what cannot be found in the words is no hit.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from functools import cache, partial
from math import log
from typing import TYPE_CHECKING

from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.errors import StoreDamagedError
from ctcorpus.index.analysis import Analyzer
from ctcorpus.index.base import Index, Match
from ctcorpus.index.expansion import MOST_TERMS
from ctcorpus.model.document import Passage
from ctcorpus.model.hit import GroupBy, Hit, QueryEcho, Results, Sort, Tier
from ctcorpus.model.query import Among, And, ConceptIs, DateRange, Everything, Filtered, Not, Or, Parsed, Query
from ctcorpus.model.record import record
from ctcorpus.model.span import Span
from ctcorpus.query.candidates import MOST_CANDIDATES, Candidates, needs_positions
from ctcorpus.query.expand import expand, resolved, unexpanded
from ctcorpus.query.hits import SHOWN_FACTS, Found, HitMaker, cite, labels_in
from ctcorpus.query.plan import held, plan
from ctcorpus.query.positions import Reading
from ctcorpus.query.texts import Texts
from ctcorpus.query.usable import mapped, undated_clauses, usable, with_undated

if TYPE_CHECKING:
    from ctcorpus.query.facets import Counted

__all__ = ["MOST_TERMS", "Request", "Search", "cite"]

#: passages that are put in order of date at most, the best ones
MOST_SORTED = 10_000
#: clauses that are named where nothing meets them
MOST_NAMED = 5


@record
class Request:
    """What is asked of a store beside the question itself. limit: hits wanted, 0 only counts. offset: hits skipped.

    sort: "date" is newest first by the document's date of publication, within passages with all the words and then
    within partial ones. context: sentences shown on either side of each passage. facets: count all passages with all
    the words by site, month and kind.
    """

    limit: int = 10
    offset: int = 0
    explain: bool = False
    sort: Sort = "score"
    context: int = 0
    group_by: GroupBy | None = None
    facets: bool = False


class Search:
    """One question put to one set of documents and its index."""

    def __init__(
        self,
        texts: Texts,
        index: Index,
        parsed: Parsed,
        table: LabelTable | None = None,
        *,
        state_labels: bool = True,
        include_undated: bool = False,
        among: Among | None = None,
    ) -> None:
        """table: the names to be recognised in the question; without one, nothing is expanded.

        state_labels: whether a state's label for an organisation is searched beside the organisation's names.
        include_undated: whether conditions on dates are met by what has no such date. among: the documents looked at.
        """
        self._texts = texts
        self._index = index
        self._parsed = parsed
        query, warnings = usable(parsed.query, index)
        query = resolved(query, table) if table else query
        self._dates = () if include_undated else tuple(sorted({x.field for x in undated_clauses(query)}))
        query = with_undated(query) if include_undated else query
        grouped = partial(expand, table=table, state_labels=state_labels) if table else unexpanded
        self._among = among
        self._plan = plan(query, grouped, self._rarity, among)
        self._warnings = [*(_sentence(x.column, x.message) for x in parsed.warnings), *warnings]
        self._asks_for_concepts = any(isinstance(x, ConceptIs) for x in self._plan.all_words.walk())
        self._near = needs_positions(self._plan.all_words)
        self._whole = Candidates(index, self._plan.all_words, self._read, set)
        self._parts = Candidates(index, self._plan.partial or Everything(), self._read, self._held)
        self._known: dict[Tier, int] = {}  # totals that were learnt on the way
        self._analyzer = Analyzer()
        self._facts = cache(lambda document: texts.facts(document, SHOWN_FACTS))
        self._terms = cache(partial(index.terms, limit=MOST_TERMS))

    def run(self, request: Request) -> Results:
        """The answer: hits from ``offset`` on, with what was searched and what each partial hit lacks."""
        began = time.perf_counter()
        counts = self._texts.counts()
        hits = tuple(self._hits(request))
        all_words, some_words, is_exact = self._totals()
        counted = self._counted(all_words) if request.facets or request.group_by else None
        absent = self._absent_words()
        if not all_words + some_words and not absent and not self._warnings:
            self._warnings.append(self._why_nothing())
        if self._whole.is_cut:
            self._warnings.append(
                f"nearness was judged in the best {MOST_CANDIDATES:,} of {self._whole.total:,} passages with these "
                "words; ask for a rarer word beside them to have all judged"
            )
        return Results(
            query=QueryEcho(
                self._parsed.text, str(self._parsed.query), self._plan.expanded.expansions, tuple(self._warnings)
            ),
            generation=self._texts.generation,
            searched={"documents": counts.documents, "passages": counts.passages},
            excluded={"undated": self._undated()},
            total=all_words + some_words,
            total_relation="eq" if is_exact else "gte",
            offset=request.offset,
            totals={"all_words": all_words, "partial": some_words},
            absent_words=absent,
            labels_tried=self._plan.expanded.labels,
            seconds=round(time.perf_counter() - began, 6),
            hits=hits,
            facets=counted.facets() if counted and request.facets else None,
            groups=counted.groups(hits, request.group_by) if counted and request.group_by else None,
        )

    def ranking(self, limit: int) -> list[Match]:
        """The best passages in order, those with all the words first, without their words."""
        if self._near:
            found = [Match(x.passage, x.score or 0.0) for x, _ in self._found(0, limit)]
            return found[:limit]
        first = list(self._index.match(self._plan.all_words, limit=limit).matches)
        if self._plan.partial is not None and len(first) < limit:
            first += self._index.match(self._plan.partial, limit=limit - len(first)).matches
        return first

    def passages(self) -> list[str]:
        """The ids of the passages with all the words, in no order of worth; by proximity, of those that are read."""
        query = self._plan.all_words
        if self._near:
            return [found.passage for found in self._whole.first(MOST_CANDIDATES)]
        return [x.passage for x in self._index.match(Filtered(query), limit=self._texts.counts().passages).matches]

    def keys(self) -> Sequence[int] | None:
        """The order keys of ``passages``, in order; None where nearness has to be read off the texts."""
        return None if self._near else self._index.keys(Filtered(self._plan.all_words))

    # --- hits -------------------------------------------------------------------------------------------------

    def _hits(self, request: Request) -> Iterator[Hit]:
        maker = HitMaker(self._texts, self._facts, self._plan.all_words, request.context)
        chosen = self._by_date if request.sort == "date" else self._found
        for rank, (found, tier) in enumerate(chosen(request.offset, request.limit), request.offset + 1):
            hit = maker.hit(rank, found, tier, () if tier == "all" else self._missing(found.reading))
            yield self._explained(hit) if request.explain else hit

    def _found(self, offset: int, limit: int) -> Iterator[tuple[Found, Tier]]:
        """The page: passages with all the words, then partial ones."""
        if limit <= 0:
            if self._near:
                self._whole.first(0)
            return
        for tier, query, candidates in self._tiers():
            if self._near:
                held = candidates.first(offset + limit)
                page, total = held[offset : offset + limit], len(held)
            else:
                found = self._index.match(query, limit=limit, offset=offset)
                self._known[tier] = total = found.total
                page = [self._checked(query, x) for x in self._read(found.matches)]
            yield from ((x, tier) for x in page)
            limit -= len(page)
            offset = max(0, offset - total)
            if limit <= 0:
                return

    def _by_date(self, offset: int, limit: int) -> Iterator[tuple[Found, Tier]]:
        """The page of passages in order of date, the newest first, undated ones last."""
        best: list[tuple[Match, Tier, Query]] = []
        for tier, query, candidates in self._tiers():
            if self._near:
                matches = [Match(x.passage, x.score or 0.0) for x in candidates.first(MOST_SORTED)]
            else:
                some = self._index.match(query, limit=MOST_SORTED)
                matches = list(some.matches)
                if some.total > MOST_SORTED:
                    self._warnings.append(f"the best {MOST_SORTED:,} of {some.total:,} passages are in order of date")
            best += ((x, tier, query) for x in self._newest_first(matches))
            if len(best) >= offset + limit:
                break
        page = best[offset : offset + limit]
        for found, (_, tier, query) in zip(self._read([x for x, _, _ in page]), page, strict=True):
            yield self._checked(query, found), tier

    def _newest_first(self, matches: Sequence[Match]) -> list[Match]:
        from ctcorpus.query.facets import first_day

        entries = self._texts.entries_of(dict.fromkeys(map(_document, matches)))
        return sorted(matches, key=lambda x: first_day(entries[_document(x)].published) or "", reverse=True)

    def _tiers(self) -> Iterator[tuple[Tier, Query, Candidates]]:
        yield "all", self._plan.all_words, self._whole
        if self._plan.partial is not None:
            yield "partial", self._plan.partial, self._parts

    def _held(self) -> set[str]:
        """The passages that are known to have all the words."""
        return {x.passage for x in self._whole.held}

    def _checked(self, query: Query, found: Found) -> Found:
        """The passage, which the index found by words that are there; StoreDamagedError where they are not."""
        if not found.reading.matches(mapped(query, lambda x: Everything() if isinstance(x, Not) else None)):
            block = f"passage {found.passage} does not hold the words that the index finds it by"
            raise StoreDamagedError(self._texts.path, block)
        return found

    def _read(self, matches: Sequence[Match]) -> Iterator[Found]:
        """The passages as stored, their checksums checked, in the order given."""
        stored = self._texts.passages([match.passage for match in matches])
        entries = self._texts.entries_of(dict.fromkeys(x.passage.document for x in stored.values()))
        for match in matches:
            passage = stored[match.passage]
            entry = entries[passage.passage.document]
            around = (entry.title or "", passage.passage.heading or "")
            concepts = self._concepts(passage.passage) if self._asks_for_concepts else {}
            reading = Reading(passage.text, self._analyzer, self._terms, around, concepts)
            yield Found(match.passage, match.score if self._plan.is_scored else None, passage, reading)

    def _concepts(self, passage: Passage) -> dict[str, list[Span]]:
        """Where each concept is named in a passage, in offsets of its text."""
        found: dict[str, list[Span]] = {}
        for use in labels_in(self._facts(passage.document), passage.span):
            found.setdefault(use.concept, []).append(Span(use.start - passage.start, use.end - passage.start))
        return found

    def _missing(self, reading: Reading) -> tuple[str, ...]:
        return tuple(group.shown for group in self._plan.groups if not reading.matches(held(group)))

    def _explained(self, hit: Hit) -> Hit:
        from dataclasses import replace

        query = self._plan.all_words if hit.match == "all" else self._plan.partial
        assert query is not None
        return replace(hit, explanation=self._index.explain(query, hit.passage.id))

    # --- what is said about the answer ------------------------------------------------------------------------

    def _totals(self) -> tuple[int, int, bool]:
        """How many passages have all the words, how many some, and whether both are exact."""
        some = self._plan.some
        if self._near:
            every = len(self._whole.held)
            return every, self._index.frequency(some) - every if some else 0, self._whole.is_complete
        whole, known = self._plan.all_words, self._known
        every = known["all"] if "all" in known else self._index.frequency(Filtered(whole))
        if some is None:
            return every, 0, True
        return every, known["partial"] if "partial" in known else self._index.frequency(some) - every, True

    def _counted(self, every: int) -> Counted:
        from ctcorpus.query.facets import MOST_COUNTED, Counted

        if self._near:
            best = [x.passage for x in self._whole.held]
        else:
            best = [x.passage for x in self._index.match(self._plan.all_words, limit=MOST_COUNTED).matches]
        return Counted(self._texts, best, every)

    def _rarity(self, query: Query) -> float:
        """The idf of a clause: ln(1 + (N - df + 0.5) / (df + 0.5)), as BM25 has it for a word."""
        passages, found = self._texts.counts().passages, self._index.frequency(query)
        return log(1 + (passages - found + 0.5) / (found + 0.5))

    def _why_nothing(self) -> str:
        """Which clauses no passage meets; else that none meets them together."""
        leaves = dict.fromkeys(x for x in self._parsed.query.walk() if not x.children())
        lost = [str(x) for x in leaves if self._index.frequency(x) == 0]
        if not lost:
            return "no passage meets all of it, though each part is met by some"
        return f"no passage meets: {', '.join(lost[:MOST_NAMED])}{', …' if len(lost) > MOST_NAMED else ''}"

    def _absent_words(self) -> tuple[str, ...]:
        """The typed words that no passage of the store holds."""
        return tuple(str(x) for x in dict.fromkeys(self._plan.words) if self._index.frequency(x) == 0)

    def _undated(self) -> dict[str, int]:
        """What a condition on a date leaves out: passages without such a date, and documents with none at all."""
        if not self._dates:
            return {"documents": 0, "passages": 0}
        dated = Or(tuple(DateRange(field, None, None) for field in self._dates))
        every: Query = self._among or Everything()
        having = And((Everything(), Filtered(every), Filtered(dated)))
        return {
            "documents": self._index.documents(every) - self._index.documents(having),
            "passages": self._index.frequency(every) - self._index.frequency(having),
        }


def _sentence(column: int, message: str) -> str:
    return f"column {column}: {message}" if column else message


def _document(match: Match) -> str:
    return match.passage.partition(":")[0]
