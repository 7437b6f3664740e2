"""What the analyses answer: each names what it rests on, and every row says where its words stand.

Rows point into documents: ``document`` with ``start``-``end``, or an id ``DOCUMENT:START-END`` that ``show`` takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, ClassVar, Literal

from ctcorpus.model.facts import Attribution, Date, Figure
from ctcorpus.model.record import Nested, Record, record
from ctcorpus.model.span import Span

Verdict = Literal["same", "rounded", "revised", "other_period", "other_scope", "derived", "differs"]
Assertion = Literal["stated", "claimed", "alleged", "reported", "estimated", "assessed", "denied", "contested"]
ClaimRelation = Literal["same_figure", "other_figure", "negated", "other_scope", "same_words"]
NewsKind = Literal["figure", "claim", "label", "speaker", "date"]
NewsStatus = Literal["new", "repeats", "differs", "unresolved"]


@record
class Basis(Record):
    """What an answer rests on. documents, passages: selected. kinds: kind of source -> documents, as maintainers
    stated it."""

    query: str
    documents: int
    passages: int
    dated: int
    with_author: int
    kinds: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    expansions: tuple[str, ...] = ()  # "label (why)": names that were searched beside those typed

    def __str__(self) -> str:
        """One line for people."""
        kinds = ", ".join(f"source kind {kind}: {count:,}" for kind, count in self.kinds.items())
        noun = "document" if self.documents == 1 else "documents"
        stated = f"{self.dated:,} dated, {self.with_author:,} with a named author"
        return f"{self.documents:,} {noun}: {stated}" + (f", {kinds}" if kinds else "")


@record
class Place(Record):
    """A stretch of a document, with its words."""

    document: str
    start: int
    end: int
    text: str

    @property
    def id(self) -> str:
        """``DOCUMENT:START-END``."""
        return f"{self.document}:{self.start}-{self.end}"


# --- figures ------------------------------------------------------------------------------------------------


@record
class LedgerFigure(Record):
    """A figure with its document and its words; sentence_text: the sentence that it stands in."""

    figure: Figure
    document: str
    citekey: str
    quote: str
    sentence_text: str

    def to_dict(self) -> dict[str, Any]:
        """The contract's FIGURE with ``document`` and ``quote``."""
        own = {"document": self.document, "citekey": self.citekey, "quote": self.quote}
        return {**self.figure.to_dict(), **own, "sentence_text": self.sentence_text}


@record
class Relation(Record):
    """How two figures stand to each other, and why. ``same`` is the same number, not its confirmation."""

    a: str
    b: str
    verdict: Verdict
    reason: str
    arithmetic: str | None = None


@record
class OriginLink(Record):
    """Two documents that share an origin, and by which words."""

    a: str
    b: str
    reason: str
    spans: tuple[Place, ...]

    NESTED: ClassVar[Nested] = {"spans": Place}


@record
class Origins(Record):
    """How many origins some articles have: at least, at most, and how many articles name none.

    Articles that share none of the signs looked for may still share an origin: nothing here says "independent".
    """

    articles: int
    at_least: int
    at_most: int
    unknown: int
    links: tuple[OriginLink, ...] = ()

    NESTED: ClassVar[Nested] = {"links": OriginLink}

    def __str__(self) -> str:
        """For people: "5 articles, at least 2 origins, at most 5, 3 unknown"."""
        noun = "article" if self.articles == 1 else "articles"
        origins = "origin" if self.at_least == 1 else "origins"
        bounds = f"at least {self.at_least} {origins}, at most {self.at_most}"
        return f"{self.articles} {noun}, {bounds}, {self.unknown} unknown"


@record
class FigureGroup(Record):
    """Figures that may be compared, by id, and the relations between pairs. left_off: relations beyond the bound."""

    measure: str
    figures: tuple[str, ...]
    relations: tuple[Relation, ...]
    origins: Origins
    left_off: int = 0

    NESTED: ClassVar[Nested] = {"relations": Relation, "origins": Origins}


@record
class FigureReport(Record):
    """The ledger of figures. total: in the selection; figures: those given. by: value of --by -> figures."""

    basis: Basis
    total: int
    figures: tuple[LedgerFigure, ...]
    groups: tuple[FigureGroup, ...] = ()
    by: Mapping[str, int] = field(default_factory=dict)
    no_period: int = 0  # figures left out by --period because they state none

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/figures/1``."""
        return {"schema": "ctcorpus/figures/1", **Record.to_dict(self)}


# --- claims -------------------------------------------------------------------------------------------------


@record
class Related(Record):
    """A sentence of another document that may bear on a claim: a candidate with its reason, for a person to judge."""

    document: str
    start: int
    end: int
    relation: ClaimRelation
    reason: str
    text: str


@record
class Claim(Record):
    """A sentence that states something checkable. figures, dates: ids and spans in it. cue: the words that set the
    strength of its assertion, None where it is plainly stated."""

    document: str
    start: int
    end: int
    text: str
    attribution: Attribution | None
    assertion: Assertion
    cue: Span | None
    concepts: tuple[str, ...]
    figures: tuple[str, ...]
    dates: tuple[Span, ...]
    related: tuple[Related, ...] = ()


@record
class ClaimReport(Record):
    """The first claims of a selection, in order of document and place. more: whether there are others."""

    basis: Basis
    claims: tuple[Claim, ...]
    more: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/claims/1``."""
        return {"schema": "ctcorpus/claims/1", **Record.to_dict(self)}


# --- timeline -----------------------------------------------------------------------------------------------


@record
class Event(Record):
    """A dated statement: the date as read, its document and the words of its sentence."""

    date: Date
    document: str
    citekey: str
    text: str

    def to_dict(self) -> dict[str, Any]:
        """The contract's DATE with ``document`` and ``text``."""
        return {**self.date.to_dict(), "document": self.document, "citekey": self.citekey, "text": self.text}


@record
class DateConflict(Record):
    """One event that two documents date: ``compatible`` where one date holds the other, else ``differs``."""

    concept: str
    act: str
    a: Place
    a_value: str
    b: Place
    b_value: str
    verdict: Literal["compatible", "differs"]
    reason: str


@record
class TimelineReport(Record):
    """Dated statements in order of date. unresolved: relative or vague dates. undated: documents without any date."""

    basis: Basis
    total: int
    events: tuple[Event, ...]
    unresolved: tuple[Event, ...]
    published: tuple[Event, ...]
    conflicts: tuple[DateConflict, ...]
    undated: int

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/timeline/1``."""
        return {"schema": "ctcorpus/timeline/1", **Record.to_dict(self)}


# --- origins and news -----------------------------------------------------------------------------------------


@record
class OriginsReport(Record):
    """What some articles share. compared: documents whose words were held against each other."""

    basis: Basis
    origins: Origins
    compared: int

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/origins/1``."""
        return {"schema": "ctcorpus/origins/1", **Record.to_dict(self), **self.origins.to_dict()}


@record
class NewsRow(Record):
    """What an article brings of one kind: where it says so, and where the corpus does."""

    kind: NewsKind
    status: NewsStatus
    here: Span
    text: str
    there: tuple[str, ...]
    reason: str


@record
class NewsReport(Record):
    """What an article brings against a corpus, in order of its text. document: its id, whether stored or not."""

    basis: Basis
    document: str
    title: str | None
    path: str
    rows: tuple[NewsRow, ...]

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/news/1``."""
        return {"schema": "ctcorpus/news/1", **Record.to_dict(self)}
