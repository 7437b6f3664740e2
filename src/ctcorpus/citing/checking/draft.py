"""A draft as it is checked: its plain words, where each stands in the file, and what the writer marked.

Readers (``drafts/``) take the markup away; ``Plain`` remembers where every character came from, so that an item
names the place in the file that a person opens.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from ctcorpus.ingest.sentences import sentences
from ctcorpus.model.document import Document, Metadata, Paragraph, Provenance
from ctcorpus.model.line_index import LineIndex
from ctcorpus.model.span import Span


@dataclass(frozen=True, slots=True)
class Cited:
    """A source that a draft names by a key. at: where in the plain text; span: the place it cites, or None."""

    at: int
    key: str
    text: str  # as printed in the file
    source: Span  # in the file
    span: tuple[str, int, int] | None = None  # document (or the first digits of its id), start, end


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft that was read.

    text: what offsets count in. plain: the words without markup. pieces: (offset in plain, offset in text, length
    in text, literal) of each stretch, in order. blocks: block quotations, in plain, without the line that says whose
    they are. credits: what that line says, by block start. outside: places after which the writer marked a quotation
    as not from this corpus.
    """

    name: str
    text: str
    plain: str
    pieces: tuple[tuple[int, int, int, bool], ...]
    blocks: tuple[Span, ...] = ()
    credits: dict[int, str] = field(default_factory=dict)
    cited: tuple[Cited, ...] = ()
    outside: tuple[int, ...] = ()

    def place(self, span: Span) -> Span:
        """Where a stretch of the plain text stands in the file."""
        first = self._source(span.start)[0]
        return Span(first, max(first, self._source(max(span.start, span.end - 1))[1]))

    def _source(self, at: int) -> tuple[int, int]:
        index = max(0, bisect_right(self.pieces, at, key=lambda piece: piece[0]) - 1)
        if not self.pieces:
            return 0, 0
        plain, source, length, literal = self.pieces[index]
        return (source + at - plain, source + at - plain + 1) if literal else (source, source + length)


class Plain:
    """Builds the plain text of a draft, piece by piece."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._pieces: list[tuple[int, int, int, bool]] = []
        self.length = 0

    def keep(self, text: str, at: int) -> None:
        """Takes over a stretch of the file as it is; at: where it stands there."""
        if text:
            self._pieces.append((self.length, at, len(text), True))
            self._parts.append(text)
            self.length += len(text)

    def put(self, text: str, source: Span) -> None:
        """Puts these words for a stretch of the file."""
        if text:
            self._pieces.append((self.length, source.start, len(source), False))
            self._parts.append(text)
            self.length += len(text)

    def text(self) -> str:
        """What was built so far."""
        return "".join(self._parts)

    def pieces(self) -> tuple[tuple[int, int, int, bool], ...]:
        """Where it all came from; see ``Draft``."""
        return tuple(self._pieces)


class Body:
    """The plain text of a draft as a document: its paragraphs and sentences, as the rules for facts want them."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self._lines = LineIndex(draft.text)

    @cached_property
    def document(self) -> Document:
        """The draft as a document without front matter or boilerplate: all of a draft is the writer's."""
        plain = self.draft.plain
        paragraphs = tuple(Paragraph(x.start, x.end, "paragraph") for x in self._paragraphs())
        found = [sentence for x in paragraphs for sentence in sentences(plain, x.start, x.end)]
        origin = Provenance(self.draft.name, "text/plain", "", 0, "utf-8", "utf-8", "draft/1")
        return Document("0" * 32, plain, "", origin, Metadata(), paragraphs=paragraphs, sentences=tuple(found))

    def line(self, offset: int) -> int:
        """The line of the file, from 1, that holds an offset of it."""
        return self._lines.number(offset)

    def sentence(self, span: Span) -> Span:
        """The sentence that holds the start of a span, together with every one that the span runs into."""
        found = self.document.sentences
        first = max(0, bisect_right(found, span.start, key=lambda x: x.start) - 1)
        last = max(first, bisect_right(found, max(span.start, span.end - 1), key=lambda x: x.start) - 1)
        if not found:
            return span
        return Span(min(found[first].start, span.start), max(found[last].end, span.end))

    def _paragraphs(self) -> Iterator[Span]:
        """Stretches between blank lines; a block quotation joins the line before it where that ends with a colon."""
        plain = self.draft.plain
        blocks = {block.start for block in self.draft.blocks}
        start = end = -1
        at = 0
        for line in plain.splitlines(keepends=True):
            words = line.strip()
            opens = at + len(line) - len(line.lstrip())
            led = start >= 0 and plain[start:end].rstrip().endswith((":", ","))
            quoted = opens in blocks or opens + 1 in blocks
            if words and (start < 0 or (quoted and not led)):
                if start >= 0:
                    yield Span(start, end)
                start = opens
            elif not words and start >= 0 and not self._goes_on(plain, start, end, at + len(line), blocks):
                yield Span(start, end)
                start = -1
            if words:
                end = opens + len(words)
            at += len(line)
        if start >= 0:
            yield Span(start, end)

    @staticmethod
    def _goes_on(plain: str, start: int, end: int, after: int, blocks: set[int]) -> bool:
        """Whether the next line is a block quotation that the paragraph leads in."""
        if not plain[start:end].rstrip().endswith((":", ",")):
            return False
        following = after
        while following < len(plain) and plain[following].isspace() and following - after < 400:
            following += 1
        return following in blocks or following + 1 in blocks
