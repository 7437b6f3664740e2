"""A reading -> a Document: the rules of this room, one after the other."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from ctcorpus.ingest import boilerplate, front, inline_headings, marked, metadata, passages, structure
from ctcorpus.ingest.lines import Line, full_lines
from ctcorpus.ingest.readers import Reading
from ctcorpus.ingest.sentences import sentences, trimmed
from ctcorpus.model.document import (
    Document,
    FrontMatter,
    Heading,
    Paragraph,
    Passage,
    Provenance,
    document_id,
    text_digest,
)
from ctcorpus.model.line_index import LineIndex
from ctcorpus.model.span import Span

PLACEHOLDER = re.compile(
    r"\((?:year|date|name|month|number|place|source|tbd|tbc|insert [^()\n]{1,40})\)"
    r"|\[(?:insert|tk|tbc|tbd|date|name|year)\b[^\[\]\n]{0,40}\]",
    re.IGNORECASE,
)
PAYWALL = re.compile(r"(?i)continue reading|(?:for|only for) subscribers|subscribers only|subscribe to read")


def assemble(reading: Reading, data: bytes, name: str) -> Document:
    """The document of a reading. data: the source's bytes. name: what provenance says where it came from."""
    text = reading.text
    index = LineIndex(text)
    lines = full_lines(text, index)
    kinds = boilerplate.find_boilerplate(text, lines)
    marked.set_aside(lines, reading.marks, kinds)
    matter = front.read_front(text, [line for line in lines if line.number not in kinds])
    matter = marked.over_front(lines, reading.marks, reading.layout, matter)
    if matter.kicker:
        kinds[matter.kicker.number] = "navigation"
    blocks, body = _with_sentences(text, _blocks(reading, lines, matter, set(kinds)))
    found = [sentence for group in body for sentence in group]
    source, digest = hashlib.sha256(data).hexdigest(), text_digest(text)
    identity = document_id(source, digest)
    return Document(
        id=identity,
        text=text,
        text_sha256=digest,
        provenance=Provenance(
            path=name,
            media_type=reading.media_type,
            sha256=source,
            size=len(data),
            encoding=reading.encoding,
            encoding_basis=reading.encoding_basis,
            reader=reading.reader,
            url=reading.url,
            retrieved=reading.retrieved,
            stated_in={x: where for x, where in reading.stated.origin.items() if getattr(reading.stated, x, None)},
        ),
        metadata=marked.with_stated(text, metadata.read_metadata(text, lines, matter, kinds, found), reading),
        boilerplate=marked.hidden_apart(boilerplate.blocks(text, lines, kinds), reading.marks),
        front=_front_matter(matter),
        headings=_headings(matter, blocks),
        paragraphs=tuple(block.what for block in blocks if isinstance(block.what, Paragraph)),
        sentences=tuple(found),
        passages=marked.with_pages(_passages(text, identity, index, blocks, body), reading.pages),
        completeness="paywalled" if _is_paywalled(text, lines, kinds) else reading.completeness,
        warnings=(*reading.warnings, *_warnings(text, found)),
    )


def _blocks(reading: Reading, lines: Sequence[Line], matter: front.Front, outside: set[int]) -> list[structure.Block]:
    """The blocks of the body, as the reader marked them or as the lines show them."""
    if reading.layout == "marks":
        return marked.marked_blocks(reading.text, reading.marks, lines, matter.used | outside)
    standfirst = matter.standfirst.start if matter.standfirst else None
    return structure.find_blocks(reading.text, lines, matter.used | outside, standfirst)


def _with_sentences(text: str, blocks: Sequence[structure.Block]) -> tuple[list[structure.Block], list[list[Span]]]:
    """The blocks, cut at headings inside their lines, and the sentences of each; a heading has none."""
    cut: list[structure.Block] = []
    body: list[list[Span]] = []
    vocabulary: inline_headings.Vocabulary | None = None
    for block in blocks:
        found = sentences(text, block.what.start, block.what.end) if isinstance(block.what, Paragraph) else []
        inner: list[Span] = []
        if block.what.end - block.what.start >= inline_headings.LEAST_LINE:
            vocabulary = vocabulary or inline_headings.learn(text)
            inner = inline_headings.inline_headings(text, found, vocabulary)
        if not inner:
            cut.append(block)
            body.append(found)
            continue
        for piece in _pieces(text, block, inner):
            cut.append(piece)
            is_prose = isinstance(piece.what, Paragraph)
            body.append(sentences(text, piece.what.start, piece.what.end) if is_prose else [])
    return cut, body


def _pieces(text: str, block: structure.Block, inner: Sequence[Span]) -> list[structure.Block]:
    """The paragraph in pieces: prose, heading, prose ..."""
    assert isinstance(block.what, Paragraph)
    first = trimmed(text, block.what.start, inner[0].start)
    pieces = [structure.Block(Paragraph(first.start, first.end, block.what.kind), block.apart)]
    for heading, after in pairwise([*inner, Span(block.what.end, block.what.end)]):
        prose = trimmed(text, heading.end, after.start)
        pieces.append(structure.Block(Heading(heading.start, heading.end, 2, inline=True), apart=False))
        pieces.append(structure.Block(Paragraph(prose.start, prose.end, block.what.kind), apart=False))
    return pieces


def _front_matter(matter: front.Front) -> tuple[FrontMatter, ...]:
    found = [FrontMatter(line.start, line.end, "byline") for line in matter.bylines]
    found.extend(FrontMatter(line.start, line.end, "dateline") for line in matter.datelines)
    if matter.site:
        found.append(FrontMatter(matter.site.start, matter.site.end, "site"))
    return tuple(sorted(found, key=lambda x: x.start))


def _headings(matter: front.Front, blocks: Sequence[structure.Block]) -> tuple[Heading, ...]:
    found = [block.what for block in blocks if isinstance(block.what, Heading)]
    if matter.title:
        found.append(Heading(matter.title.start, matter.title.end, 1, inline=False))
    return tuple(sorted(found, key=lambda x: x.start))


def _passages(
    text: str, identity: str, index: LineIndex, blocks: Sequence[structure.Block], body: Sequence[Sequence[Span]]
) -> list[Passage]:
    """The passages of all sections; a section ends at a heading and wherever something else stands between."""
    found: list[Passage] = []
    section: list[passages.Unit] = []
    starts: dict[int, int] = {}
    heading: str | None = None
    number = 0

    def close() -> None:
        for span in passages.cut_section(section):
            lines = (index.number(span.start), index.number(span.end - 1))
            found.append(Passage(identity, span.start, span.end, heading, starts[span.start], lines))
        section.clear()

    for block, inner in zip(blocks, body, strict=True):
        if block.apart or isinstance(block.what, Heading):
            close()
        if isinstance(block.what, Heading):
            heading = text[block.what.start : block.what.end]
            continue
        number += 1
        for at, span in enumerate(inner):
            starts[span.start] = number
            section.append(passages.Unit(span, len(text[span.start : span.end].split()), opens=at == 0))
    close()
    return found


def _is_paywalled(text: str, lines: Sequence[Line], kinds: Mapping[int, str]) -> bool:
    return any(PAYWALL.search(line.of(text)) for line in lines if kinds.get(line.number) == "newsletter")


def _warnings(text: str, found: Sequence[Span]) -> list[str]:
    """What a reader of this text should know: placeholders left open, characters lost before it came here."""
    warnings = [f"an open placeholder at {match.start()}: {match.group()}" for match in PLACEHOLDER.finditer(text)][:20]
    if lost := text.count("\ufffd"):
        warnings.append(f"{lost} characters were lost before the text came here (U+FFFD)")
    if not found:
        warnings.append("the text holds no words of an article")
    return warnings
