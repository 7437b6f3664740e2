"""The calls that analyse facts: what a corpus says in figures, claims, dates, labels, and from which origins."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ctcorpus.errors import UsageError

if TYPE_CHECKING:
    from ctcorpus.analysis.figures.ledger import Wanted
    from ctcorpus.analysis.material import Material
    from ctcorpus.annotate.label_table import LabelTable
    from ctcorpus.annotate.suggest import Suggestion
    from ctcorpus.annotate.thesaurus import Thesaurus
    from ctcorpus.index.base import Index
    from ctcorpus.model.analysis import ClaimReport, FigureReport, NewsReport, OriginsReport, TimelineReport
    from ctcorpus.model.analysis_names import ConceptReport, LabelReport, ValidationReport
    from ctcorpus.model.query import Query
    from ctcorpus.model.words import CoOccurrence
    from ctcorpus.store import Store


class _Open(Protocol):
    """What an open corpus gives to its analyses."""

    path: Path

    @property
    def store(self) -> Store: ...

    def thesaurus(self) -> Thesaurus: ...

    def _labels(self) -> LabelTable: ...

    def _open_index(self) -> Index: ...


class FactAnalyses:
    """The part of ``Corpus`` that analyses facts. Each ``query`` is one of the search language; empty: everything."""

    def figures(self: _Open, query: str = "", wanted: Wanted | None = None, *, compare: bool = False) -> FigureReport:
        """The figures of the selected passages; with ``compare`` in groups that may be compared.

        wanted: which of them; see ``analysis.figures.ledger.Wanted``.
        """
        from ctcorpus.analysis.figures.ledger import Wanted, figures

        material = _material(self, query, "mentions", "figures")
        return figures(material, self._open_index(), self._labels(), wanted or Wanted(), compare=compare)

    def claims(self: _Open, query: str = "", n: int = 50) -> ClaimReport:
        """The first ``n`` check-worthy sentences, each with its speaker, strength and related sentences elsewhere."""
        from ctcorpus.analysis.claims.claims import claims

        return claims(_material(self, query), self._open_index(), self._labels(), n)

    def timeline(self: _Open, query: str = "", n: int = 10_000) -> TimelineReport:
        """The dated statements in order of date, the first ``n`` of them."""
        from ctcorpus.analysis.timeline.timeline import timeline

        return timeline(_material(self, query, "mentions", "dates"), self._labels(), n)

    def labels(self: _Open, concept: str, query: str = "") -> LabelReport:
        """Under which names a concept goes, by document, voice and speaker; raises UnknownIdError."""
        from ctcorpus.analysis.names.labels import concept_named, labels

        thesaurus = self.thesaurus()
        named = f"@{concept_named(thesaurus, concept).id}+state"
        asked = f"({query}) AND {named}" if query.strip() else named
        return labels(_material(self, asked, "mentions", "quotations"), thesaurus, concept)

    def origins(self: _Open, query: str = "") -> OriginsReport:
        """How many origins the selected documents have, at least and at most."""
        from ctcorpus.analysis.origins.origins import origins

        return origins(_material(self, query, "figures", "quotations"), self._labels())

    def news(self: _Open, id: str, against: str = "") -> NewsReport:
        """What a document of the store, or a file that is not in it, brings against the rest; raises UnknownIdError."""
        from ctcorpus.analysis.news import news
        from ctcorpus.corpus.article import article

        return news(
            article(self.store, self.thesaurus(), id), _material(self, against), self._open_index(), self._labels()
        )

    def concepts(self: _Open, name: str = "") -> ConceptReport:
        """The concepts that the corpus names, with counts; with a name, those that it may mean; UnknownIdError."""
        from ctcorpus.analysis.names.concepts import concepts

        return concepts(_material(self, "").selection, self._open_index(), self.thesaurus(), name)

    def co_occurrence(self: _Open, query: str = "", *, minimum: int = 1, most: int = 40) -> CoOccurrence:
        """Which of the ``most`` concepts in most passages stand in the same ones; see ``analysis.words.co_occurrence``.

        minimum: passages that a pair has at least. Raises UsageError for a query that asks for nearness.
        """
        from ctcorpus.analysis.basis import basis_of
        from ctcorpus.analysis.words.co_occurrence import co_occurrence

        index, within = self._open_index(), _condition(self, query)
        named = [x.id for x in self.thesaurus().concepts if not x.umbrella]
        basis = basis_of(_material(self, query).selection)
        return co_occurrence(index, named, basis, within, minimum=minimum, most=most)

    def validate(self: _Open, file: Path | None = None) -> ValidationReport:
        """What is wrong with the thesaurus in use, or with one in a file; raises ThesaurusError."""
        from ctcorpus.analysis.names.concepts import validate
        from ctcorpus.annotate.thesaurus import Thesaurus

        used = self.thesaurus() if file is None else Thesaurus.shipped().merged(Thesaurus.load(file))
        return validate(used, str(file) if file else "the thesaurus in use")

    def suggest(self: _Open) -> list[Suggestion]:
        """Spellings in the corpus that look like a known label and are none, likeliest first."""
        from ctcorpus.annotate.suggest import suggest

        return suggest(_texts(self.store), self.thesaurus())


def _texts(store: Store) -> Iterator[tuple[str, str]]:
    """(id, text) of every document that is searched, in order of path."""
    for entry in store.entries():
        yield entry.id, store.text(entry.id)


def _condition(corpus: _Open, query: str) -> Query | None:
    """What a passage must meet to be selected by a query, for an index alone to judge; None where it is empty."""
    from functools import partial

    from ctcorpus.query.candidates import needs_positions
    from ctcorpus.query.expand import expand, resolved
    from ctcorpus.query.parse import parse
    from ctcorpus.query.plan import plan
    from ctcorpus.query.usable import usable

    if not query.strip():
        return None
    table = corpus._labels()
    asked, _ = usable(parse(query).query, corpus._open_index())  # its warnings are told by the selection
    condition = plan(resolved(asked, table), partial(expand, table=table)).all_words
    if needs_positions(condition):
        raise UsageError(f"Nearness ('{query}') is not judged by an index alone", "Ask for the words, or for a phrase")
    return condition


def _material(corpus: _Open, query: str, *kinds: str) -> Material:
    """The selection of a query, to be read for some kinds of fact, or for all."""
    from ctcorpus.analysis.material import Material
    from ctcorpus.query.select import select

    table = corpus._labels() if query.strip() else None
    return Material(corpus.store, select(corpus.store, corpus._open_index(), table, query), kinds)
