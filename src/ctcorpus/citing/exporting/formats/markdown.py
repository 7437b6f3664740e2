"""Markdown for people and for pandoc: block quotations, each with its reference, citekey and locator.

Everything from a source is escaped: it reads as the words that it is, and makes no link, image, tag, list or
citation. A line end of the source is a hard line break. An HTML comment after each passage, which no reader sees,
names the span.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ctcorpus.citing.exporting.formats.characters import one_line, xml_text
from ctcorpus.citing.exporting.formats.credit import credit
from ctcorpus.citing.exporting.formats.works import keys
from ctcorpus.citing.exporting.styles import HEADING, bibliography_of
from ctcorpus.model.export import CitedPassage, Selection

#: the bibliography that the form with footnotes expects beside it
BIBLIOGRAPHY = "refs.json"
#: escaped wherever it stands; straight quotation marks too, which pandoc would curl
_ALWAYS = re.compile(r"[\\`*_{}\[\]<>|@$^~&\"'#]")
#: dashes and dots that a typographer would join; addresses and names between colons that some would turn into links
_JOINED = re.compile(r"(?<=[-.])[-.]|[-.](?=[-.])|:(?=//|[A-Za-z])|(?<=www)\.", re.IGNORECASE)
#: at the beginning of a line: what would begin a list, a heading, a definition, a table or a title
_OPENING = re.compile(r"[-+.):(=%!]")
#: a single quotation mark that nothing closes: pandoc would turn it round
_UNCLOSED = re.compile(r"‘(?![^‘]*’(?!\w))")
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")


def render(selection: Selection) -> str:
    """The passages in order; with footnotes, a header names the bibliography and each reference is a footnote."""
    names = keys(selection.passages)
    parts = [f"---\nbibliography: {BIBLIOGRAPHY}\n---\n"] if selection.footnotes else []
    for passage in selection.passages:
        cite = _citation(passage, names[passage.document])
        made = _with_footnote(passage, cite) if selection.footnotes else _with_reference(passage, cite)
        parts.append("\n".join([*made, *_notes(passage), f"<!-- {mark(passage)} -->", ""]))
    references = bibliography_of(selection)
    if references:
        parts.append("\n".join([f"## {HEADING}", "", *(f"- {escaped(line)}" for line in references), ""]))
    return "\n".join(parts)


def mark(passage: CitedPassage) -> str:
    """What the comment after a passage holds: the span, and the digest of the text that its offsets count in."""
    return f"ctcorpus {passage.id} text-sha256={passage.citation.text_sha256}"


def escaped(text: str) -> str:
    """One line of a source as Markdown that reads as that line."""
    line = one_line(text)
    first, space, rest = line.partition(" ")
    opening = _OPENING.sub(r"\\\g<0>", _ALWAYS.sub(r"\\\g<0>", first))
    whole = opening + space + _JOINED.sub(r"\\\g<0>", _ALWAYS.sub(r"\\\g<0>", rest))
    return _UNCLOSED.sub("&#8216;", whole)


def quoted(text: str) -> Iterator[str]:
    """The lines of a block quotation; an empty line of the source parts two paragraphs."""
    lines = [escaped(line) for line in xml_text(text).splitlines()]
    for number, line in enumerate(lines):
        follows = line and number + 1 < len(lines) and lines[number + 1]
        yield f"> {line}{chr(92) if follows else ''}".rstrip(" ")


def _with_reference(passage: CitedPassage, cite: str) -> Iterator[str]:
    yield from quoted(passage.citation.quote)
    yield f"\n— {escaped(credit(passage))} {cite}\n"


def _with_footnote(passage: CitedPassage, cite: str) -> Iterator[str]:
    *lines, last = quoted(passage.citation.quote)
    yield from (*lines, f"{last}[^{passage.number}]")
    voices = credit(passage).replace(passage.citation.reference, "\0")
    before, _, after = (escaped(x) for x in voices.partition("\0"))
    yield f"\n[^{passage.number}]: {before}{' ' if before else ''}{cite}{after}\n"


def _citation(passage: CitedPassage, key: str) -> str:
    name = key if _PLAIN_KEY.fullmatch(key) else "{" + re.sub(r"[{}\s]", "-", key) + "}"
    return f"[@{name}, {passage.place}]"


def _notes(passage: CitedPassage) -> Iterator[str]:
    for note in passage.notes:
        tags = f" [{', '.join(note.tags)}]" if note.tags else ""
        yield f"Note by {escaped(f'{note.by}, {note.at}{tags}: {note.text}')}\n"
