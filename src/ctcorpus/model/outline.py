"""Facts in outline: the few values of each by which an analysis chooses and groups, without evidence or records.

An outline chooses; what is shown of a fact is always the fact itself. ``at``, ``length``: where it
stands among the bytes of the document's facts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from ctcorpus.model.facts import FigureKind, Qualifier

Kind: TypeAlias = Literal["mentions", "figures", "dates", "quotations"]


class MentionLine(NamedTuple):
    """A mention in outline."""

    at: int
    length: int
    start: int
    end: int
    concept: str


class FigureLine(NamedTuple):
    """A figure in outline; of its attribution the speaker, its kind and the cue (None: nobody is named for it).

    place_spans: ``start`` and ``end`` of what its place was read from.
    """

    at: int
    length: int
    start: int
    end: int
    kind: FigureKind
    qualifier: Qualifier
    unit: str | None
    counted: str | None
    act: str | None
    place: str | None
    place_spans: Sequence[Mapping[str, int]] | None
    period: str | None
    value: float | int | None
    low: float | int | None
    high: float | int | None
    sentence_start: int
    sentence_end: int
    speaker: str | None
    speaker_kind: str | None
    said_start: int | None
    said_end: int | None


class DateLine(NamedTuple):
    """A date in outline."""

    at: int
    length: int
    start: int
    end: int
    value: str | None
    type: str
    basis: str
    sentence_start: int
    sentence_end: int


class QuotationLine(NamedTuple):
    """A quotation in outline."""

    at: int
    length: int
    start: int
    end: int
    speaker: str | None
    speaker_kind: str


Line: TypeAlias = MentionLine | FigureLine | DateLine | QuotationLine

#: kind -> what a line of it is
LINES: Mapping[Kind, Callable[..., Any]] = {
    "mentions": MentionLine,
    "figures": FigureLine,
    "dates": DateLine,
    "quotations": QuotationLine,
}
