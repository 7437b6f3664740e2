"""One source text: what it says, what it says of itself, and how it is built."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import ClassVar, Literal

from ctcorpus.model.record import Nested, Record, record
from ctcorpus.model.span import Span

Basis = Literal["document", "inferred", "maintainer", "detected"]
Completeness = Literal["full", "excerpt", "paywalled", "unknown"]


@record
class Provenance(Record):
    """Where a text came from and how it was read.

    stated_in: field of the metadata -> the part of the file that states it: "json-ld", "mail From", "column" ...; only
    what stands beside the text is named here, what was read off its lines has its evidence there.
    """

    path: str  # as a person would type it: relative to the corpus folder where it lies inside
    media_type: str  # "text/plain"
    sha256: str  # of the source's bytes, hex
    size: int  # bytes
    encoding: str  # the codec that decoded them: "utf-8", "utf-8-sig", "cp1252" ...
    encoding_basis: str  # "bom" | "utf-8" | "detected" | "fallback"
    reader: str  # name and version of the reader: "text/1"
    url: str | None = None
    retrieved: str | None = None
    stated_in: Mapping[str, str] = field(default_factory=dict)


@record
class Metadata(Record):
    """What a source says of itself. None (or no authors) where it does not say.

    evidence: field -> the spans it was read from; the text of a span equals the value (dates excepted).
    basis: field -> "document" (stated), "inferred" (from a lead sentence, say), "maintainer", "detected".
    Dates are EDTF: "2026-02-22T22:03", "2025-04-08", "2025-04".
    """

    title: str | None = None
    standfirst: str | None = None
    authors: tuple[str, ...] = ()
    site: str | None = None
    publisher: str | None = None
    published: str | None = None
    as_of: str | None = None
    not_before: str | None = None  # the latest dated event: a bound, never a date of publication
    copyright_year: int | None = None
    language: str | None = None  # ISO 639-1
    evidence: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    basis: Mapping[str, Basis] = field(default_factory=dict)

    NESTED: ClassVar[Nested] = {"evidence": Span}


@record
class Boilerplate(Record):
    """A stretch that belongs to the page, not to the article: marked, never deleted."""

    start: int
    end: int
    kind: str  # "widget" | "about" | "share" | "copyright" | "newsletter" | "navigation" | "blank"


@record
class Heading(Record):
    """A heading without its list mark and closing colon. level: 1 the title, 2 a section, 3 below a section."""

    start: int
    end: int
    level: int
    inline: bool  # stands inside a line of running text


@record
class Paragraph(Record):
    """A paragraph or a list item of the article's body, without its list mark. Heading lines are none."""

    start: int
    end: int
    kind: Literal["paragraph", "bullet"]


@record
class FrontMatter(Record):
    """A line of the article that is neither heading nor prose: who, when, where."""

    start: int
    end: int
    kind: Literal["site", "byline", "dateline"]


@record
class Passage(Record):
    """A contiguous span of one document: what is indexed, ranked and cited.

    Passages partition the body: each body sentence is whole in exactly one; none crosses a heading or holds
    boilerplate. paragraph: number of the paragraph it begins in, from 1. lines: first and last line, from 1.
    """

    document: str
    start: int
    end: int
    heading: str | None
    paragraph: int
    lines: tuple[int, int]
    pages: tuple[int, int] | None = None

    @property
    def id(self) -> str:
        """``DOCUMENT:START-END``."""
        return f"{self.document}:{self.start}-{self.end}"

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


@record
class Document(Record):
    """One source text with identity, provenance, metadata and structure; ``text`` is verbatim and never changes.

    All spans are over ``text`` and in order of start. sentences: those of the body (prose and bullets), not
    headings, front matter or boilerplate.
    """

    id: str
    text: str
    text_sha256: str
    provenance: Provenance
    metadata: Metadata
    boilerplate: tuple[Boilerplate, ...] = ()
    front: tuple[FrontMatter, ...] = ()
    headings: tuple[Heading, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    sentences: tuple[Span, ...] = ()
    passages: tuple[Passage, ...] = ()
    completeness: Completeness = "unknown"
    warnings: tuple[str, ...] = ()

    NESTED: ClassVar[Nested] = {
        "provenance": Provenance,
        "metadata": Metadata,
        "boilerplate": Boilerplate,
        "front": FrontMatter,
        "headings": Heading,
        "paragraphs": Paragraph,
        "sentences": Span,
        "passages": Passage,
    }

    def units(self) -> Iterator[Span]:
        """Every stretch that facts may be read from, in order: sentences, headings and front matter; no boilerplate."""
        headings = (Span(x.start, x.end) for x in self.headings)
        front = (Span(x.start, x.end) for x in self.front)
        yield from sorted([*self.sentences, *headings, *front])

    def __repr__(self) -> str:
        return (
            f"<Document {self.id[:12]} {self.metadata.title or self.provenance.path!r}, {len(self.text):,} characters>"
        )

    def _repr_html_(self) -> str:
        """For notebooks: what the document says of itself, a dash where it does not say, and its text; all escaped."""
        from html import escape

        meta = self.metadata
        said = {
            "title": meta.title,
            "authors": ", ".join(meta.authors),
            "site": meta.site or meta.publisher,
            "published": meta.published,
        }
        rows = "".join(f"<tr><th>{name}</th><td>{escape(value or '–')}</td></tr>" for name, value in said.items())
        text = f"<details><summary>{len(self.text):,} characters</summary><pre>{escape(self.text)}</pre></details>"
        return f"<table>{rows}</table>{text}"


def document_id(source_sha256: str, text_sha256: str) -> str:
    """The id of a document: the same bytes read the same way have the same id on every machine.

    The first 32 hex digits of the sha256 of the two hex digests joined by a line feed.
    """
    return hashlib.sha256(f"{source_sha256}\n{text_sha256}".encode("ascii")).hexdigest()[:32]


def text_digest(text: str) -> str:
    """sha256 of the text as UTF-8, hex: what every quotation is checked against."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
