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
class Touched(Record):
    """A registered draft or export that rests on documents which change; spans: how many of its spans do."""

    kind: str
    path: str
    spans: int


@record
class Alike(Record):
    """Two documents whose words are nearly the same, or of which one holds most of the other.

    jaccard: shared word shingles over all of both. contained: shared ones over those of the shorter. kind:
    "near_duplicate" or "reprint". Nothing is dropped because of it.
    """

    a: str
    b: str
    kind: str
    jaccard: float
    contained: float


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
    stated: int = 0  # documents of which a maintainer now states something else
    dry_run: bool = False
    drafts: tuple[Touched, ...] = ()  # registered drafts and exports that rest on what changed, or would
    reread: int = 0  # documents whose facts were read anew, because a rule or the thesaurus changed
    gone: tuple[str, ...] = ()  # recorded paths where no file stands any more; --prune forgets them
    changes: tuple[tuple[str, str], ...] = ()  # (what, path) in order of path
    warnings: tuple[str, ...] = ()

    NESTED: ClassVar[Nested] = {"failed": Failure, "drafts": Touched}

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
    statements_stale: bool = False  # ``sources.toml`` has changed since it was applied
    stated: int = 0  # documents of which a maintainer states something
    forgotten: int = 0  # sources that are not to be read again
    alike: tuple[Alike, ...] = ()

    NESTED: ClassVar[Nested] = {"failed": Failure, "alike": Alike}

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
    """What ``doctor`` looked at and found. repaired: the generation that was written from what is sound, or None.

    notes: what this system lacks that protects elsewhere; the store is as sound without it.
    """

    checked: Mapping[str, int]
    findings: tuple[Flaw, ...] = field(default_factory=tuple)
    repaired: int | None = None
    lost: tuple[str, ...] = ()
    seconds: float = 0.0
    notes: tuple[str, ...] = ()

    NESTED: ClassVar[Nested] = {"findings": Flaw}

    @property
    def is_sound(self) -> bool:
        """Whether nothing fatal was found."""
        return not any(x.fatal for x in self.findings)

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/doctor/1``."""
        return {"schema": "ctcorpus/doctor/1", "sound": self.is_sound, **Record.to_dict(self)}


@record
class CopyReport(Record):
    """What was copied to where. digest: of the content, as the source states it; digest_of_copy: as read in the copy.

    versions: documents with those that they supersede. files: what people wrote about the corpus, copied too.
    """

    source: str
    target: str
    generation: int
    documents: int
    versions: int
    passages: int
    digest: str
    digest_of_copy: str
    files: tuple[str, ...]
    seconds: float

    @property
    def is_equal(self) -> bool:
        """Whether the copy holds what its source holds."""
        return self.digest == self.digest_of_copy

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/copy/1``."""
        return {"schema": "ctcorpus/copy/1", "equal": self.is_equal, **Record.to_dict(self)}


@record
class ForgetReceipt(Record):
    """What was removed for good: ids and digests, none of its words.

    left: what of it is still in the store and why; empty where it is gone. outside: where it still stands or is named
    outside the store, which is not the tool's to change.
    """

    at: str  # UTC
    store: str
    citekeys: tuple[str, ...]
    documents: tuple[Mapping[str, Any], ...]  # id, work, version, sha256, text_sha256, paths
    generation: int
    digest_before: str
    digest_after: str
    documents_left: int
    passages_left: int
    drafts: tuple[Touched, ...] = ()
    left: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    seconds: float = 0.0

    NESTED: ClassVar[Nested] = {"drafts": Touched}

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/forget/1``."""
        return {"schema": "ctcorpus/forget/1", **Record.to_dict(self)}


@record
class Piece(Record):
    """A sentence or heading of one version. id: ``DOCUMENT:START-END``, which can be cited."""

    id: str
    start: int
    end: int
    text: str


@record
class Change(Record):
    """One difference between two versions; before, after: None where it stands in one of them only."""

    kind: str  # "removed" | "added" | "changed" | "moved"
    before: Piece | None
    after: Piece | None

    NESTED: ClassVar[Nested] = {"before": Piece, "after": Piece}


@record
class DiffReport(Record):
    """What changed from one version of a work to another: what it says of itself, and its sentences, in order."""

    citekey: str
    before: str
    after: str
    before_version: int
    after_version: int
    versions: int
    fields: tuple[Mapping[str, Any], ...]  # field, before, after
    changes: tuple[Change, ...]
    unchanged: int  # sentences and headings that both have in the same order

    NESTED: ClassVar[Nested] = {"changes": Change}

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/diff/1``."""
        return {"schema": "ctcorpus/diff/1", **Record.to_dict(self)}


@record
class Setting(Record):
    """One value in force. origin: "flag", "env", "file", "store" (remembered) or "default"; where: its place."""

    name: str
    value: str | int
    origin: str
    where: str | None = None


@record
class ConfigReport(Record):
    """Every value in force, and where each comes from."""

    store: str
    folder: str
    has_file: bool
    settings: tuple[Setting, ...]

    NESTED: ClassVar[Nested] = {"settings": Setting}

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/config/1``."""
        return {"schema": "ctcorpus/config/1", **Record.to_dict(self)}
