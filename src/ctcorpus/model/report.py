"""What the commands of maintenance answer: counts, failures, findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, ClassVar

from ctcorpus.model.record import Nested, Record, record


@record
class Failure(Record):
    """A source that was set aside, and why."""

    path: str
    reason: str


@record
class IndexReport(Record):
    """What a run of ``index`` did (or would do). documents, passages: in the store afterwards."""

    added: int
    updated: int
    unchanged: int
    removed: int
    failed: tuple[Failure, ...]
    documents: int
    passages: int
    generation: int
    seconds: float
    reread: int = 0  # documents whose facts were read anew, because a rule or the thesaurus changed
    gone: tuple[str, ...] = ()  # recorded paths where no file stands any more; --prune forgets them
    changes: tuple[tuple[str, str], ...] = ()  # (what, path) in order of path
    warnings: tuple[str, ...] = ()

    NESTED: ClassVar[Nested] = {"failed": Failure}

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/index/1``."""
        return {"schema": "ctcorpus/index/1", **Record.to_dict(self)}


@record
class Status(Record):
    """What is in the store, what it was built by, and what is stale, with the command that mends it."""

    store: str
    format: int
    generation: int
    created: str
    digest: str
    documents: int
    passages: int
    sources: tuple[str, ...]
    failed: tuple[Failure, ...]
    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    rules: str
    rules_wanted: str
    basis: Mapping[str, int]  # documents: dated, with_author, with_title, kind_unknown
    remedy: str | None = None
    warnings: tuple[str, ...] = ()

    NESTED: ClassVar[Nested] = {"failed": Failure}

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/status/1``."""
        return {"schema": "ctcorpus/status/1", **Record.to_dict(self)}


@record
class Flaw(Record):
    """Something in the store that is not as it was written. fatal: words or answers may be wrong or missing."""

    block: str
    problem: str
    fatal: bool


@record
class DoctorReport(Record):
    """What ``doctor`` looked at and found. repaired: the generation that was written from what is sound, or None."""

    checked: Mapping[str, int]
    findings: tuple[Flaw, ...] = field(default_factory=tuple)
    repaired: int | None = None
    lost: tuple[str, ...] = ()
    seconds: float = 0.0

    NESTED: ClassVar[Nested] = {"findings": Flaw}

    @property
    def is_sound(self) -> bool:
        """Whether nothing fatal was found."""
        return not any(x.fatal for x in self.findings)

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/doctor/1``."""
        return {"schema": "ctcorpus/doctor/1", "sound": self.is_sound, **Record.to_dict(self)}
