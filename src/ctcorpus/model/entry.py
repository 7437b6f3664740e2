"""What a store says of a document without opening it, and of the file it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import ClassVar

from ctcorpus.model.record import Nested, Record, record


@record
class Statement(Record):
    """What a maintainer states of a source. source: the file that says so; at: a date, as it stands there."""

    value: str
    by: str
    at: str
    source: str


@record
class Entry(Record):
    """One row of the list of documents.

    path: the first of ``paths``, in order of name; identical files are one document with several paths.
    words: of the body, as white space parts them. work: the id of the first document of the lineage, shared by all
    versions of a source, as is the citekey. version: from 1. superseded_by: the next version, None while this one is
    searched.

    stated: field -> what a maintainer states of it, beside what the source says. maintained: the fields whose value
    here is the maintainer's, because the source states none.
    """

    id: str
    citekey: str
    path: str
    paths: tuple[str, ...]
    title: str | None = None
    authors: tuple[str, ...] = ()
    site: str | None = None
    publisher: str | None = None
    published: str | None = None
    as_of: str | None = None
    language: str | None = None
    kind: str = "unknown"
    words: int = 0
    passages: int = 0
    work: str = ""
    version: int = 1
    superseded_by: str | None = None
    title_basis: str | None = None  # as ``Metadata.basis`` has it: "document", "inferred" or "maintainer"
    sha256: str = ""  # of the source's bytes, hex
    text_sha256: str = ""  # of the text, hex
    url: str | None = None
    country: str | None = None
    reliability: str | None = None  # of the source, by the Admiralty's scale: "A" to "F"
    stated: Mapping[str, Statement] = field(default_factory=dict)
    maintained: tuple[str, ...] = ()

    NESTED: ClassVar[Nested] = {"stated": Statement}

    def shown(self, name: str) -> str | None:
        """The value of a field as people read it: marked where it is the maintainer's."""
        value: str | None = getattr(self, name)
        return f"{value} [stated by the maintainer]" if value and name in self.maintained else value


@record
class Counts(Record):
    """How much is searched: the newest versions only."""

    documents: int
    passages: int


@record
class FileState(Record):
    """A source file as it was when it was read: whoever finds all of it unchanged need not read it again."""

    path: str  # as ``Provenance.path``
    size: int  # bytes
    mtime_ns: int
    ctime_ns: int
    inode: int
    sha256: str  # of its bytes, hex
    document: str  # the id of what was read from it
