"""What is read from a document: names, figures, dates, and who speaks. Each is a span; nothing is guessed.

Field names and closed vocabularies are the contract's. A value that the text does not give is None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import ClassVar, Literal

from ctcorpus.model.record import Nested, Record, record
from ctcorpus.model.span import Span

FigureKind = Literal[
    "count", "percent", "percent_change", "ratio", "money", "length", "duration", "rate", "range", "vague"
]
Qualifier = Literal["exact", "about", "over", "at_least", "under", "nearly", "at_most", "vague"]
SpeakerKind = Literal["named_official", "unnamed_official", "agency", "media", "expert", "militant", "unknown"]
DateType = Literal["date", "month", "year", "interval", "duration", "vague"]
DateBasis = Literal["event", "published", "as_of", "mentioned"]
AttributionBasis = Literal["clause", "sentence", "preceding_sentence", "quotation"]


@record
class Mention(Record):
    """One occurrence of a concept's label, as the source prints it."""

    start: int
    end: int
    concept: str
    label: str  # the thesaurus label that it matched, not necessarily the printed form


@record
class Attribution(Record):
    """Whose word a statement is: ``start``-``end`` is the cue ("according to data from Pakistani media")."""

    speaker: str
    speaker_kind: SpeakerKind
    verb: str | None
    start: int
    end: int
    basis: AttributionBasis
    via: tuple[str, ...] = ()


@record
class Figure(Record):
    """A numeric claim: ``start``-``end`` is the number with its noun, ``number`` the number alone."""

    id: str
    start: int
    end: int
    number: Span
    value: float | int | None
    low: float | int | None
    high: float | int | None
    kind: FigureKind
    qualifier: Qualifier
    unit: str | None
    counted: str | None
    act: str | None  # in the source's own word
    actor: str | None
    place: str | None
    period: str | None  # EDTF
    evidence: Mapping[str, tuple[Span, ...]]  # of counted, act, actor, place, period
    attribution: Attribution | None
    hedge: Span | None
    sentence: Span

    NESTED: ClassVar[Nested] = {
        "number": Span,
        "evidence": Span,
        "attribution": Attribution,
        "hedge": Span,
        "sentence": Span,
    }


@record
class Date(Record):
    """A temporal expression; ``value`` is EDTF with the precision that is stated and no more, or None."""

    start: int
    end: int
    value: str | None
    type: DateType
    basis: DateBasis
    sentence: Span

    NESTED: ClassVar[Nested] = {"sentence": Span}


@record
class Quotation(Record):
    """Somebody's words: direct (between marks, which the span includes) or reported."""

    id: str
    start: int
    end: int
    sentence: Span
    speaker: str | None
    speaker_span: Span | None
    speaker_kind: SpeakerKind
    verb: str | None
    direct: bool
    via: tuple[str, ...] = ()

    NESTED: ClassVar[Nested] = {"sentence": Span, "speaker_span": Span}


@record
class Facts(Record):
    """All that was read from one document, each list in order of start. rules: the version that read it."""

    rules: str = ""
    mentions: tuple[Mention, ...] = field(default_factory=tuple)
    figures: tuple[Figure, ...] = field(default_factory=tuple)
    dates: tuple[Date, ...] = field(default_factory=tuple)
    quotations: tuple[Quotation, ...] = field(default_factory=tuple)

    NESTED: ClassVar[Nested] = {
        "mentions": Mention,
        "figures": Figure,
        "dates": Date,
        "quotations": Quotation,
    }
