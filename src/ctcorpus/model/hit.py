"""What a search answers: hits, each a passage with its score and citation, and what was searched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any, ClassVar, Literal

from ctcorpus.model.citation import Citation
from ctcorpus.model.record import Nested, Record, record
from ctcorpus.model.span import Span

Tier = Literal["all", "partial"]
Sort = Literal["score", "date"]
GroupBy = Literal["document", "site", "speaker", "month"]
Relation = Literal["own", "state_label_for", "narrower"]


@record
class PassagePlace(Record):
    """Where a hit's passage stands: code points, paragraph and lines from 1, pages where the source has any."""

    id: str
    start: int
    end: int
    heading: str | None
    paragraph: int
    lines: tuple[int, int]
    pages: tuple[int, int] | None = None


@record
class LabelUse(Record):
    """A concept's label in the passage, as printed there."""

    start: int
    end: int
    concept: str
    label: str


@record
class Voice(Record):
    """Words in the passage that are not the author's: whose they are, where the source says so."""

    speaker: str | None
    verb: str | None
    direct: bool
    start: int
    end: int
    via: tuple[str, ...] = ()


@record
class Context(Record):
    """A passage with the sentences around it: one stretch of the document, verbatim."""

    start: int
    end: int
    text: str


@record
class Hit(Record):
    """A passage that answers: its place in the order (from 1), its words, and how to find them again.

    score: unbounded, comparable within one answer only; None where the query has no words to score.
    match: "all" of the query's words, or "partial", which then lists the ``missing`` ones.
    highlights: the matched words, as spans of the document.
    """

    rank: int
    score: float | None
    match: Tier
    missing: tuple[str, ...]
    document: str
    citekey: str
    title: str | None
    site: str | None
    authors: tuple[str, ...]
    published: str | None
    path: str
    passage: PassagePlace
    text: str
    highlights: tuple[Span, ...]
    labels: tuple[LabelUse, ...]
    voices: tuple[Voice, ...]
    citation: Citation
    explanation: Mapping[str, Any] | None = None
    context: Context | None = None

    NESTED: ClassVar[Nested] = {
        "passage": PassagePlace,
        "highlights": Span,
        "labels": LabelUse,
        "voices": Voice,
        "citation": Citation,
        "context": Context,
    }

    def to_dict(self) -> dict[str, Any]:
        """The contract's form; ``explanation`` and ``context`` only where they were asked for."""
        plain = Record.to_dict(self)
        return {name: value for name, value in plain.items() if value is not None or name not in _ASKED_FOR}

    def __str__(self) -> str:
        return f"{self.text}\n  — {self.citation.reference}"

    def _repr_html_(self) -> str:
        """For notebooks: the words with the matched ones marked, then the reference; everything escaped."""
        from html import escape

        parts, at = [], self.passage.start
        for mark in self.highlights:
            parts.append(escape(self.text[at - self.passage.start : mark.start - self.passage.start]))
            marked = self.text[mark.start - self.passage.start : mark.end - self.passage.start]
            parts.append(f"<mark>{escape(marked)}</mark>")
            at = mark.end
        parts.append(escape(self.text[at - self.passage.start :]))
        return f"<blockquote><p>{''.join(parts)}</p><footer>{escape(self.citation.reference)}</footer></blockquote>"


#: fields that an answer has only where they were asked for
_ASKED_FOR = frozenset({"explanation", "context", "facets", "groups", "since"})


@record
class Expansion(Record):
    """A label that was searched beside the typed one: its relation, and why."""

    concept: str
    label: str
    relation: Relation
    because: str


@record
class QueryEcho(Record):
    """The question as typed, as understood, and what was made of it."""

    text: str
    parsed: str
    expansions: tuple[Expansion, ...]
    warnings: tuple[str, ...]

    NESTED: ClassVar[Nested] = {"expansions": Expansion}


@record
class Count(Record):
    """How many passages, and of how many documents, have one value; None where the source does not state any."""

    value: str | None
    passages: int
    documents: int


@record
class Facets(Record):
    """Passages with all the words, counted by what their documents state, the most frequent value first.

    counted: passages that were counted, the best ones; of: how many there are.
    """

    counted: int
    of: int
    site: tuple[Count, ...]
    month: tuple[Count, ...]
    kind: tuple[Count, ...]

    NESTED: ClassVar[Nested] = {"site": Count, "month": Count, "kind": Count}


@record
class Group(Record):
    """Hits that go together. key: None where the source does not say. ranks: of the hits, the best group first.

    passages: with all the words, in the whole answer; None where that is not counted (speakers).
    """

    key: str | None
    ranks: tuple[int, ...]
    passages: int | None = None


@record
class Since(Record):
    """What "new" was taken to mean. asked: as typed. documents: how many are new. remembered: the point was moved."""

    asked: str
    after_generation: int
    documents: int
    remembered: bool = False


@record
class Results(Record):
    """The answer to one question, and what it rests on. Iterating gives the hits, best first."""

    query: QueryEcho
    generation: int
    searched: Mapping[str, int]  # documents, passages
    excluded: Mapping[str, Mapping[str, int]]  # undated: documents, passages
    total: int
    total_relation: Literal["eq", "gte"]
    offset: int
    totals: Mapping[str, int]  # all_words, partial
    absent_words: tuple[str, ...]  # words of the query that occur nowhere
    labels_tried: tuple[str, ...]
    seconds: float
    hits: tuple[Hit, ...] = field(default_factory=tuple)
    ranker: str = "bm25"
    facets: Facets | None = None
    groups: tuple[Group, ...] | None = None
    since: Since | None = None

    NESTED: ClassVar[Nested] = {"query": QueryEcho, "hits": Hit, "facets": Facets, "groups": Group, "since": Since}

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/search/1``; ``facets``, ``groups``, ``since`` only where they were asked for."""
        plain = Record.to_dict(self)
        kept = {name: value for name, value in plain.items() if value is not None or name not in _ASKED_FOR}
        return {"schema": "ctcorpus/search/1", **kept}

    def _repr_html_(self) -> str:
        """For notebooks: the hits, under a line that says what was searched."""
        where = f"{self.searched['passages']} passages in {self.searched['documents']} documents"
        return f"<p>{self.total} of {where}</p>" + "".join(hit._repr_html_() for hit in self.hits)
