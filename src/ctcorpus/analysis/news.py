"""What an article brings against a corpus: figures, claims, names, speakers and dates that are new, repeated or other.

Nothing is judged: "differs" is two printed values side by side, "unresolved" is what a person must look at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ctcorpus.analysis.basis import basis_of
from ctcorpus.analysis.claims.claims import Relating, is_claim
from ctcorpus.analysis.claims.neighbours import Neighbours, inside
from ctcorpus.analysis.figures.about import Settings
from ctcorpus.analysis.figures.measured import measured
from ctcorpus.analysis.figures.measures import Measured, Measures
from ctcorpus.analysis.figures.periods import lie
from ctcorpus.analysis.figures.relations import relate
from ctcorpus.analysis.figures.values import reach
from ctcorpus.analysis.material import Material, Read
from ctcorpus.analysis.timeline.conflicts import Dating, datings
from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.index.base import Index
from ctcorpus.model.analysis import NewsKind, NewsReport, NewsRow, NewsStatus
from ctcorpus.model.document import Document
from ctcorpus.model.entry import Entry
from ctcorpus.model.facts import Facts, Mention
from ctcorpus.model.query import And, ConceptIs, NumberRange, Phrase, Query, Word
from ctcorpus.model.span import Span
from ctcorpus.query.expand import resolved
from ctcorpus.query.parse import parse
from ctcorpus.query.plan import plan

#: passages in which a figure's counterparts are looked for
PASSAGES = 100
#: places of the corpus that a row names
MOST_PLACES = 3
#: how alike (cosine, 0 to 1) a sentence is that repeats another
REPEATED = 0.5
#: claims that are held against the corpus
MOST_CLAIMS = 100


@dataclass(frozen=True, slots=True)
class Article:
    """An article with its facts and its row, stored or just read."""

    document: Document
    facts: Facts
    entry: Entry


def news(article: Article, material: Material, index: Index, table: LabelTable) -> NewsReport:
    """What the article brings against a selection, in order of its text; the article itself is left out of it."""
    query = material.selection.query
    within = plan(resolved(parse(query).query, table)).all_words if query else None
    comparing = _Comparing(article, material, Neighbours(material.store, index, within), table)
    rows = [*comparing.figures(), *comparing.labels(), *comparing.speakers(), *comparing.dates(), *comparing.claims()]
    rows.sort(key=lambda x: (x.here.start, x.here.end, x.kind))
    entry = article.entry
    others = tuple(x for x in material.selection.entries if x.id != entry.id)
    return NewsReport(
        basis_of(replace(material.selection, entries=others)), entry.id, entry.title, entry.path, tuple(rows)
    )


class _Comparing:
    """Holds one article against the passages of a store."""

    def __init__(self, article: Article, material: Material, neighbours: Neighbours, table: LabelTable) -> None:
        self._article = article
        self._read = Read(article.entry, article.facts)
        self._id = article.document.id
        self._text = article.document.text
        self._near = neighbours
        self._table = table
        self._measures = Measures(table)
        self._stored = material.text
        self._settings = Settings(self._text_of, neighbours.rarity)
        self._relating = Relating(self._text_of, neighbours, table)

    def figures(self) -> Iterator[NewsRow]:
        """Each figure: repeated where another prints the same or a rounded form of the same measure."""
        told = {x.figure.id: x for x in self._measured(self._read)}
        for figure in self._article.facts.figures:
            here = told.get(figure.id)
            if here is None:
                yield self._row(
                    "figure", "unresolved", figure.start, figure.end, (), "the text does not say what is counted"
                )
                continue
            drawn = [(x, y) for x in self._counterparts(here) if (y := relate(here, x)) is not None]
            verdicts: list[tuple[NewsStatus, tuple[str, ...]]] = [
                ("repeats", ("same", "rounded")),
                ("differs", ("differs", "revised")),
                ("repeats", ("derived",)),
                ("new", ("other_period", "other_scope")),
            ]
            for status, names in verdicts:
                those = [(x, y) for x, y in drawn if y.verdict in names]
                if those:
                    there = tuple(dict.fromkeys(x.figure.id for x, _ in those))[:MOST_PLACES]
                    yield self._row("figure", status, figure.start, figure.end, there, those[0][1].reason)
                    break
            else:
                yield self._row("figure", "new", figure.start, figure.end, (), "no figure of this measure elsewhere")

    def labels(self) -> Iterator[NewsRow]:
        """Each name, where it first stands: new where the corpus has not the concept, or not under this name."""
        for mention, printed in _first_names(self._article.facts, self._text):
            under = And((Word(printed, field="label"), ConceptIs(mention.concept)))
            if " " in printed:
                under = And((Phrase(printed, field="label"), ConceptIs(mention.concept)))
            same = self._places(under)
            if same:
                yield self._row("label", "repeats", mention.start, mention.end, same, f"'{printed}' is used elsewhere")
                continue
            known = self._places(ConceptIs(mention.concept))
            reason = f"known elsewhere under another name than '{printed}'" if known else "named nowhere else"
            yield self._row("label", "new", mention.start, mention.end, known, reason)

    def speakers(self) -> Iterator[NewsRow]:
        """Each speaker, where first quoted."""
        seen: set[str] = set()
        for said in self._article.facts.quotations:
            name = said.speaker or ""
            if name.casefold() in seen:
                continue
            seen.add(name.casefold())
            span = said.speaker_span or Span(said.start, said.end)
            if not name or said.speaker_kind == "unnamed_official":
                yield self._row("speaker", "unresolved", span.start, span.end, (), "the speaker is not named")
                continue
            there = self._places(Phrase(name, field="speaker") if " " in name else Word(name, field="speaker"))
            reason = f"'{name}' speaks elsewhere" if there else f"'{name}' speaks nowhere else"
            yield self._row("speaker", "repeats" if there else "new", span.start, span.end, there, reason)

    def dates(self) -> Iterator[NewsRow]:
        """Each date of an event: held against the dates that other texts give the same event and act."""
        placed = {(x.date.start, x.date.end): x for x in datings(self._read, self._text_of, self._table)}
        for one in self._article.facts.dates:
            if one.basis != "event":
                continue
            dating = placed.get((one.start, one.end))
            if one.value is None or dating is None:
                reason = "a date that is not resolved" if one.value is None else "the text does not say which event"
                yield self._row("date", "unresolved", one.start, one.end, (), reason)
                continue
            found = [(x, lie(one.value, x.date.value)) for x in self._datings_of(dating)]
            there = tuple(f"{x.document}:{x.date.start}-{x.date.end}" for x, _ in found)[:MOST_PLACES]
            if not found:
                yield self._row("date", "new", one.start, one.end, (), "nobody else dates this event")
            elif any(where in ("same", "inside", "holds") for _, where in found):
                yield self._row("date", "repeats", one.start, one.end, there, "another text dates it alike")
            else:
                said = ", ".join(dict.fromkeys(str(x.date.value) for x, _ in found))
                yield self._row("date", "differs", one.start, one.end, there, f"{one.value} here, {said} elsewhere")

    def claims(self) -> Iterator[NewsRow]:
        """The check-worthy sentences: repeated, turned round, or new; at most MOST_CLAIMS."""
        document = self._article.document
        worthy = [(x, inside(self._article.facts, x)) for x in document.sentences]
        for span, facts in [x for x in worthy if is_claim(x[0].of(self._text), x[1])][:MOST_CLAIMS]:
            related = self._relating.related(self._read, document, span, facts, REPEATED)
            turned = [x for x in related if x.relation == "negated"]
            same = [x for x in related if x.relation in ("same_words", "same_figure")]
            status: NewsStatus = "unresolved" if turned else "repeats" if same else "new"
            there = tuple(f"{x.document}:{x.start}-{x.end}" for x in turned or same)[:MOST_PLACES]
            reason = (turned or same)[0].reason if turned or same else "no sentence elsewhere says it in like words"
            yield self._row("claim", status, span.start, span.end, there, reason)

    def _text_of(self, document: str) -> str:
        return self._text if document == self._id else self._stored(document)

    def _measured(self, read: Read) -> list[Measured]:
        return list(measured([(read, x) for x in read.facts.figures], self._text_of, self._measures, self._settings))

    def _counterparts(self, here: Measured) -> Iterator[Measured]:
        """The figures of the same measure in passages that hold what is counted."""
        asked = [Word(x) for x in (here.figure.counted or "").split() if x.isalpha()][-1:]
        query: Query = asked[0] if asked else And((NumberRange(*reach(here.figure)),))
        for document, passage in self._near.matching(query, self._id, PASSAGES):
            read = Read(self._near.entry(document), self._near.facts(document, passage))
            yield from (x for x in self._measured(read) if x.key == here.key)

    def _datings_of(self, dating: Dating) -> Iterator[Dating]:
        """What other texts say of when the same event was."""
        for document, passage in self._near.matching(ConceptIs(dating.concept), self._id):
            read = Read(self._near.entry(document), self._near.facts(document, passage))
            for other in datings(read, self._text_of, self._table):
                if (other.concept, other.act) == (dating.concept, dating.act):
                    yield other

    def _places(self, query: Query) -> tuple[str, ...]:
        return tuple(f"{x}:{y.start}-{y.end}" for x, y in self._near.matching(query, self._id, MOST_PLACES))

    def _row(
        self, kind: NewsKind, status: NewsStatus, start: int, end: int, there: tuple[str, ...], reason: str
    ) -> NewsRow:
        return NewsRow(kind, status, Span(start, end), self._text[start:end], there, reason)


def _first_names(facts: Facts, text: str) -> Iterator[tuple[Mention, str]]:
    """The first mention of each concept under each printed name."""
    seen: set[tuple[str, str]] = set()
    for mention in facts.mentions:
        printed = " ".join(text[mention.start : mention.end].split())
        if (mention.concept, printed) not in seen:
            seen.add((mention.concept, printed))
            yield mention, printed
