"""A page about a concept or a query, made of quotations alone: what is said, by whom, with which figures, when.

Nothing is summed up. Every row is a stretch of a source, verbatim, with where it stands; beside it stands only what
was read of it: a speaker, a period, a date, a count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from ctcorpus.analysis.basis import basis_of
from ctcorpus.analysis.figures.ledger import Wanted, figures
from ctcorpus.analysis.material import Material, Read
from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.index.base import Index
from ctcorpus.model.analysis import FigureReport, LedgerFigure
from ctcorpus.model.brief import Brief, BriefRow, BriefSection
from ctcorpus.model.document import Document
from ctcorpus.model.edtf import days
from ctcorpus.model.facts import Quotation
from ctcorpus.model.hit import Hit
from ctcorpus.model.query import ConceptIs, Phrase
from ctcorpus.model.span import Span
from ctcorpus.query.expand import resolved
from ctcorpus.query.parse import parse
from ctcorpus.query.reference import ID_DIGITS, Places, on_pages, source_reference, span_id
from ctcorpus.query.search import Request, Search
from ctcorpus.query.select import select
from ctcorpus.store import Store

#: rows of each section that a page holds
SAID, SPEAKERS, FIGURES, DIFFERENCES, LABELS, DATES = 6, 6, 8, 4, 8, 6
#: documents that are read for it, by path
MOST_DOCUMENTS = 2_000

_T = TypeVar("_T")
_RELATIONS = {"own": "", "narrower": "narrower", "state_label_for": "a state's label"}


def brief(store: Store, index: Index, table: LabelTable, query: str) -> Brief:
    """What the corpus says of a query: quotations by section; a section without any is left out.

    table: the names by which concepts are found. A query that matches nothing gives a brief without rows, which says
    what was searched for.
    """
    parsed = parse(query)
    answer = Search(store, index, parsed, table).run(Request(limit=2 * SAID))
    selection = select(store, index, table, query)
    page = _Page(store, Material(store, selection, ("mentions", "dates", "quotations")), table)
    ledger = figures(page.material, index, table, Wanted(limit=FIGURES * 20), compare=True) if selection else None
    asked = {x.name: "" for x in resolved(parsed.query, table).walk() if isinstance(x, ConceptIs)}
    concepts = asked | {x.concept: _RELATIONS[x.relation] for x in answer.query.expansions}
    reads = [page.material.read(x) for x in selection.entries[:MOST_DOCUMENTS]]
    sections = (
        page.section("What is said", page.said(x for x in answer.hits if x.match == "all"), SAID),
        page.section("By whom", page.speakers(reads), SPEAKERS),
        page.section("Figures side by side", page.figures(ledger), FIGURES),
        page.section("Where figures differ", page.differences(ledger), DIFFERENCES),
        page.section("Names and labels", page.labels(reads, concepts), LABELS),
        page.section("Timeline", page.dates(reads), DATES),
    )
    tried = (x for x in answer.labels_tried if index.frequency(Phrase(x)) == 0)
    return Brief(
        basis=basis_of(selection),
        query=query,
        searched=store.counts().documents,
        generation=store.generation,
        sections=tuple(x for x in sections if x.rows),
        absent=tuple(dict.fromkeys((*answer.absent_words, *tried))),
        sources=dict(sorted(page.sources.items())),
    )


class _Page:
    """Gathers rows; remembers which documents they quote."""

    def __init__(self, store: Store, material: Material, table: LabelTable) -> None:
        self._store = store
        self.material = material
        self._table = table
        self.sources: dict[str, str] = {}
        self._document: Callable[[str], tuple[Document, Places]] = lru_cache(maxsize=16)(self._opened)

    def section(self, heading: str, rows: Iterable[Callable[[], BriefRow]], most: int) -> BriefSection:
        """The first rows of a section. A row is made only when it is taken, so that sources are those quoted."""
        waiting = list(rows)
        return BriefSection(heading, tuple(x() for x in waiting[:most]), max(0, len(waiting) - most))

    def said(self, hits: Iterable[Hit]) -> Iterator[Callable[[], BriefRow]]:
        """The first sentence of each passage that holds a word asked for."""
        for hit in hits:
            document, _ = self._document(hit.document)
            where = Span(hit.passage.start, hit.passage.end)
            inside = [x for x in document.sentences if where.contains(x)]
            named = [x for x in inside if any(x.overlaps(mark) for mark in hit.highlights)] or inside or [where]
            yield self._row(hit.document, named[0], {})

    def speakers(self, reads: Sequence[Read]) -> Iterator[Callable[[], BriefRow]]:
        """Quotations whose speaker is named: direct ones first, each speaker once before any comes again."""
        found = [(read, x) for read in reads for x in read.facts.quotations if x.speaker]
        found.sort(key=lambda x: not x[1].direct)
        for read, x in _taking_turns(found, lambda x: x[1].speaker):
            yield self._row(read.id, Span(x.start, x.end), _voice(x))

    def figures(self, ledger: FigureReport | None) -> Iterator[Callable[[], BriefRow]]:
        """Figures of one measure beside each other, the largest group first; then those alone."""
        if ledger is None:
            return
        known = {x.figure.id: x for x in ledger.figures}
        groups = sorted(ledger.groups, key=lambda x: -len(x.figures))
        grouped = [(known[x], group.measure) for group in groups for x in group.figures if x in known]
        alone = [(x, "") for x in ledger.figures]
        seen: set[str] = set()
        for row, measure in (*grouped, *alone):
            if row.figure.id not in seen:
                seen.add(row.figure.id)
                yield self._figure(row, measure)

    def differences(self, ledger: FigureReport | None) -> Iterator[Callable[[], BriefRow]]:
        """Pairs of figures that are not the same: the first quoted, the second beside it with its own place."""
        if ledger is None:
            return
        known = {x.figure.id: x for x in ledger.figures}
        for group in ledger.groups:
            for relation in group.relations:
                if relation.verdict in ("differs", "revised") and {relation.a, relation.b} <= known.keys():
                    b = known[relation.b]
                    beside = {"verdict": relation.verdict, "beside": b.quote, "there": self._short(b)}
                    yield self._row(known[relation.a].document, _span(known[relation.a]), beside)

    def labels(self, reads: Sequence[Read], concepts: Mapping[str, str]) -> Iterator[Callable[[], BriefRow]]:
        """The printed names of the concepts asked for, most frequent first, each at its first place.

        concepts: id -> how the concept is related to the one asked for, "" where it is the same.
        """
        places: dict[tuple[str, str], list[tuple[str, Span]]] = {}
        for read in reads:
            for x in read.facts.mentions:
                if x.concept in concepts:
                    span = Span(x.start, x.end)
                    places.setdefault((x.concept, self.material.words(read.id, span)), []).append((read.id, span))
        for (concept, _), found in sorted(places.items(), key=lambda x: (-len(x[1]), x[0])):
            named = self._table.get(concept)
            counts = {"times": f"{len(found):,}", "documents": f"{len({x for x, _ in found}):,}"}
            related = {"relation": concepts[concept]} if concepts[concept] else {}
            yield self._row(*found[0], {"concept": named.name if named else concept, **related, **counts})

    def dates(self, reads: Sequence[Read]) -> Iterator[Callable[[], BriefRow]]:
        """Dated sentences in order of date, each sentence once."""
        found = []
        for read in reads:
            for x in read.facts.dates:
                covered = days(x.value) if x.value and x.basis in ("event", "as_of") else None
                if covered and x.value:
                    found.append((covered[0] or covered[1], read.id, x.sentence, x.value))
        seen: set[tuple[str, Span]] = set()
        for _, document, sentence, value in sorted(found):
            if (document, sentence) not in seen:
                seen.add((document, sentence))
                yield self._row(document, sentence, {"date": value})

    def _figure(self, row: LedgerFigure, measure: str) -> Callable[[], BriefRow]:
        x = row.figure
        said = x.attribution.speaker if x.attribution else None
        stated = {"measure": measure, "as stated": x.qualifier.replace("_", " "), "period": x.period, "by": said}
        return self._row(row.document, _span(row), {name: value for name, value in stated.items() if value})

    def _row(self, document: str, span: Span, fields: dict[str, str]) -> Callable[[], BriefRow]:
        def made() -> BriefRow:
            read, places = self._document(document)
            entry = self._store.entry(document)
            self.sources[entry.citekey] = source_reference(entry)
            where = places.at(span)
            place = ", ".join([entry.citekey, *on_pages(where), span_id(where)])
            return BriefRow(span.of(read.text), f"{document}:{span.start}-{span.end}", place, fields)

        return made

    def _short(self, row: LedgerFigure) -> str:
        return f"{row.citekey}, {row.document[:ID_DIGITS]}:{row.figure.start}-{row.figure.end}"

    def _opened(self, document: str) -> tuple[Document, Places]:
        found = self._store.document(document)
        return found, Places(found)


def _span(row: LedgerFigure) -> Span:
    return Span(row.figure.start, row.figure.end)


def _voice(x: Quotation) -> dict[str, str]:
    how = {"speaker": x.speaker or "", "verb": x.verb or "", "via": ", ".join(x.via)}
    return {**{name: value for name, value in how.items() if value}, "form": "quoted" if x.direct else "reported"}


def _taking_turns(items: Sequence[_T], key: Callable[[_T], object]) -> list[_T]:
    """The items so that each key comes once before any comes again; otherwise in their order."""
    turns: dict[object, int] = {}
    placed = []
    for at, item in enumerate(items):
        turn = turns.get(key(item), 0)
        turns[key(item)] = turn + 1
        placed.append((turn, at, item))
    return [item for _, _, item in sorted(placed, key=lambda x: x[:2])]
