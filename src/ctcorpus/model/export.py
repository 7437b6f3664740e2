"""What leaves the store to be cited: passages with all that a reader of them must know, and people's own notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, ClassVar, Literal

from ctcorpus.model.citation import Citation
from ctcorpus.model.hit import Tier, Voice
from ctcorpus.model.record import Nested, Record, record
from ctcorpus.model.span import Span


@record
class Note(Record):
    """A person's judgement beside a document or a span of it; never a fact.

    id: DOCUMENT or DOCUMENT:START-END. by: who wrote it, in their own words. at: when, UTC.
    """

    id: str
    citekey: str
    text: str
    tags: tuple[str, ...]
    by: str
    at: str

    @property
    def document(self) -> str:
        """The id of the document that it stands beside."""
        return self.id.partition(":")[0]

    @property
    def span(self) -> Span | None:
        """The stretch that it stands beside; None: the whole document."""
        start, dash, end = self.id.partition(":")[2].partition("-")
        return Span(int(start), int(end)) if dash and start.isdecimal() and end.isdecimal() else None


@record
class CitedPassage(Record):
    """One passage or sentence, ready to be cited: its words, where they stand, whose they are, and in which source.

    number: from 1, in the order of the export. rank: of the hit it comes from; None where it was asked for by id.
    url, retrieved: where the source has an address; link: that address with a text fragment. note: None where notes
    were not asked for. maintained: fields that a maintainer of the corpus states, not the source. pages: first and
    last, counted from 1 in the file, where it has any. What nobody states is None or empty.
    """

    number: int
    citation: Citation
    document: str
    citekey: str
    title: str | None
    authors: tuple[str, ...]
    site: str | None
    publisher: str | None
    published: str | None
    as_of: str | None
    language: str | None
    title_basis: str | None
    version: int
    superseded_by: str | None
    url: str | None
    retrieved: str | None
    link: str | None
    heading: str | None
    place: str
    voices: tuple[Voice, ...]
    highlights: tuple[Span, ...]
    rank: int | None = None
    match: Tier | None = None
    missing: tuple[str, ...] = ()
    maintained: tuple[str, ...] = ()
    note: tuple[Note, ...] | None = None
    pages: tuple[int, int] | None = None
    media_type: str | None = None

    NESTED: ClassVar[Nested] = {"citation": Citation, "voices": Voice, "highlights": Span, "note": Note}

    @property
    def id(self) -> str:
        """``DOCUMENT:START-END``."""
        return f"{self.document}:{self.citation.start}-{self.citation.end}"

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes that it carries, none where they were not asked for."""
        return self.note or ()

    def to_dict(self) -> dict[str, Any]:
        """A row of the export; ``note`` only where notes were asked for."""
        plain = Record.to_dict(self)
        if self.note is None:
            del plain["note"]
        return plain


@record
class Selection(Record):
    """The passages of one export, in order, and what they were selected by; None: by their ids.

    footnotes: the Markdown form has its references in footnotes. style: of the bibliography that the forms for reading
    end with; None: they have none.
    """

    passages: tuple[CitedPassage, ...]
    generation: int
    query: str | None = None
    footnotes: bool = False
    style: str | None = None

    NESTED: ClassVar[Nested] = {"passages": CitedPassage}


@record
class Written(Record):
    """A file that was written."""

    path: str
    size: int  # bytes
    sha256: str


@record
class ExportReport(Record):
    """What an export holds (rows) and where it was written. content: the export itself, where it went to no file.

    partial: passages with only some of the query's words. manifest: the digest of a pack's manifest.
    """

    format: str
    passages: int
    documents: int
    partial: int
    generation: int
    query: str | None
    files: tuple[Written, ...] = ()
    manifest: str | None = None
    registered: bool = False
    content: str | None = None
    warnings: tuple[str, ...] = ()
    rows: tuple[CitedPassage, ...] = ()

    NESTED: ClassVar[Nested] = {"files": Written, "rows": CitedPassage}

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/export/1``."""
        return {"schema": "ctcorpus/export/1", **Record.to_dict(self)}


@record
class Registered(Record):
    """A draft or an export that the store remembers, and the spans that it rests on.

    path: absolute. at: when it was registered, UTC. sha256: of its bytes then. spans: DOCUMENT:START-END. works: the
    lineage of each document that they lie in, so that it is known again when a new version has taken its place.
    """

    kind: Literal["draft", "export"]
    path: str
    at: str
    sha256: str
    spans: tuple[str, ...]
    works: Mapping[str, str] = field(default_factory=dict)


@record
class Affected(Record):
    """A registered file that rests on a document: which of its spans do, and how each stands now.

    changed: whether any of these spans is of a text that was superseded or is gone. file: the file itself, as it was
    registered, edited since, or missing.
    """

    kind: str
    path: str
    at: str
    changed: bool
    file: Literal["as_registered", "edited", "missing"]
    spans: tuple[Mapping[str, Any], ...]  # id, status: current | superseded | source_gone, now: id | None


@record
class Impact(Record):
    """What rests on a document or a span."""

    id: str
    citekey: str | None
    superseded_by: str | None
    registered: int  # files that the store remembers in all
    rows: tuple[Affected, ...]

    NESTED: ClassVar[Nested] = {"rows": Affected}

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/impact/1``."""
        return {"schema": "ctcorpus/impact/1", **Record.to_dict(self)}


@record
class Notes(Record):
    """Notes in the order of their file, and the lines of it that are no notes."""

    notes: tuple[Note, ...]
    warnings: tuple[str, ...] = ()

    NESTED: ClassVar[Nested] = {"notes": Note}

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/note/1``."""
        return {"schema": "ctcorpus/note/1", **Record.to_dict(self)}
