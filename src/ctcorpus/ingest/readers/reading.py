"""What a reader gives: a text, how it was read, and what the format itself says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, Self, TypeAlias

from ctcorpus.model.document import Completeness
from ctcorpus.model.record import Nested, Record

MarkKind = Literal["title", "standfirst", "byline", "dateline", "heading", "paragraph", "item", "boilerplate"]
#: who finds the paragraphs: the marks of the reader, or the rules for lines of plain text
Layout = Literal["marks", "lines"]


@dataclass(frozen=True, slots=True)
class Mark(Record):
    """A stretch of the text that the format marks as something.

    level: of a heading, from 2. note: of boilerplate, its kind ("hidden", "running_head", "comment", "caption" ...).
    """

    start: int
    end: int
    kind: MarkKind
    level: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stated(Record):
    """What the format states beside its text. None (or no authors) where it does not.

    origin: field -> where it was read from: "json-ld", "meta og:title", "time", "pdf info" ... Dates are EDTF.
    """

    title: str | None = None
    authors: tuple[str, ...] = ()
    site: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    origin: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read_from(cls, values: Mapping[str, Any], where: str) -> Self:
        """The values that are not empty, all of the same origin."""
        stated = {name: value for name, value in values.items() if value}
        return cls.from_dict({**stated, "origin": dict.fromkeys(stated, where)})


@dataclass(frozen=True, slots=True)
class Reading(Record):
    """The text of one document and how it was read. reader: name and version; a new version makes new document ids.

    marks: in order of start, inside the text. pages: where each page of a paged format begins. part: what tells this
    document from the others of its file: "3" for the third; empty where the file is one document.
    """

    text: str
    media_type: str
    reader: str
    encoding: str
    encoding_basis: str
    warnings: tuple[str, ...] = ()
    stated: Stated = Stated()
    marks: tuple[Mark, ...] = ()
    layout: Layout = "lines"
    pages: tuple[int, ...] = ()
    completeness: Completeness = "unknown"
    part: str = ""
    url: str | None = None
    retrieved: str | None = None

    NESTED: ClassVar[Nested] = {"stated": Stated, "marks": Mark}


#: bytes -> the documents in them, in order
Reader: TypeAlias = Callable[[bytes], Iterable[Reading]]


class UnreadableError(ValueError):
    """The bytes cannot be read as this format; the message says why, and begins in lower case."""
