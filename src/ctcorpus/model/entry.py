"""What a store says of a document without opening it, and of the file it was read from."""

from __future__ import annotations

from dataclasses import dataclass

from ctcorpus.model.record import Record


@dataclass(frozen=True, slots=True)
class Entry(Record):
    """One row of the list of documents.

    path: the first of ``paths``, in order of name; identical files are one document with several paths.
    words: of the body, as white space parts them. work: the id of the first document of the lineage, shared by all
    versions of a source, as is the citekey. version: from 1. superseded_by: the next version, None while this one is
    searched.
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


@dataclass(frozen=True, slots=True)
class Counts(Record):
    """How much is searched: the newest versions only."""

    documents: int
    passages: int


@dataclass(frozen=True, slots=True)
class FileState(Record):
    """A source file as it was when it was read: whoever finds all of it unchanged need not read it again."""

    path: str  # as ``Provenance.path``
    size: int  # bytes
    mtime_ns: int
    ctime_ns: int
    inode: int
    sha256: str  # of its bytes, hex
    document: str  # the id of what was read from it
