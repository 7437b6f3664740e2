"""What the check of a draft answers: an item for each quotation, figure, speaker and citation, with its verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, ClassVar, Literal

from ctcorpus.model.record import Nested, Record, record

ItemKind = Literal["quotation", "figure", "speaker", "citation"]
Verdict = Literal[
    "verbatim",
    "normalised",
    "figure_supported",
    "altered",
    "figure_mismatch",
    "misattributed",
    "unresolved",
    "not_found",
    "outside_corpus",
]
ExportStatus = Literal["current", "superseded", "source_gone", "broken"]
Warned = Literal[
    "attribution_dropped", "hedge_dropped", "period_dropped", "other_figures_exist", "context_cut", "ellipsis_hides"
]

#: the verdicts that need nobody's attention
CLEAN: frozenset[str] = frozenset(("verbatim", "normalised", "figure_supported"))


@record
class DraftPlace(Record):
    """Where an item stands in its draft: code points of the draft's text, the line from 1, the words themselves."""

    start: int
    end: int
    line: int
    text: str
    file: str = ""


@record
class Difference(Record):
    """A stretch that differs, in the draft's words and in the source's; "" where one of them has nothing."""

    draft: str
    source: str


@record
class SourceSays(Record):
    """Whose words they are in the source: the speaker, the verb, and where the quotation stands there."""

    speaker: str
    verb: str | None
    start: int
    end: int


@record
class CheckItem(Record):
    """One thing that a draft claims of the corpus, and what the corpus holds.

    document, start, end: where the words or the figure stand in the store; None where they were not found. source:
    the true words there. reference: of that place, for people. status: of an export's citation only.
    """

    kind: ItemKind
    draft: DraftPlace
    verdict: Verdict
    status: ExportStatus | None = None
    document: str | None = None
    start: int | None = None
    end: int | None = None
    differences: tuple[Difference, ...] = ()
    warnings: tuple[Warned, ...] = ()
    source_says: SourceSays | None = None
    note: str | None = None
    source: str | None = None
    reference: str | None = None

    NESTED: ClassVar[Nested] = {"draft": DraftPlace, "differences": Difference, "source_says": SourceSays}

    def is_finding(self, *, strict: bool = False) -> bool:
        """Whether a person must act on it; strict: a warning alone is enough."""
        if self.verdict == "outside_corpus":
            return False
        return self.verdict not in CLEAN or (strict and bool(self.warnings))


@record
class CheckReport(Record):
    """The items of all drafts, in order, and their counts. searched: documents and passages of the store.

    checked: items, those outside the corpus among them. findings: items that a person must act on. outside: items
    that cite what the store does not hold.
    """

    checked: int
    findings: int
    outside: int
    items: tuple[CheckItem, ...] = ()
    searched: Mapping[str, int] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    strict: bool = False

    NESTED: ClassVar[Nested] = {"items": CheckItem}

    @property
    def is_clean(self) -> bool:
        """Whether something was checked against the store and nothing found wanting."""
        return self.findings == 0 and self.checked > self.outside

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/check/1``."""
        return {"schema": "ctcorpus/check/1", "clean": self.is_clean, **Record.to_dict(self)}


def report(
    items: tuple[CheckItem, ...], searched: Mapping[str, int], files: tuple[str, ...], *, strict: bool
) -> CheckReport:
    """The report of these items, counted."""
    findings = sum(item.is_finding(strict=strict) for item in items)
    outside = sum(item.verdict == "outside_corpus" for item in items)
    return CheckReport(len(items), findings, outside, items, searched, files, strict)
