"""Markdown and plain text: the words without marks of emphasis, links, comments, code; citations and block quotes.

One pass of one pattern: every alternative is bounded, so time is linear in the length of the draft.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from ctcorpus.citing.checking.draft import Cited, Draft, Plain
from ctcorpus.errors import SourceError
from ctcorpus.ingest.decode import NotTextError, decode
from ctcorpus.model.span import Span

#: citations and block quotes: in plain text too
_CITATIONS = r"""
  (?P<ours>\[(?P<ourkey>[\w-]{1,120}),[ ](?P<id>[0-9a-f]{8,32}):(?P<from>\d{1,12})-(?P<to>\d{1,12})\])
| (?P<cite>\[(?=[^\[\]\n]{0,300}@\{?\w)[^\[\]\n]{1,400}\])
| (?P<bare>(?<![\w.@])@\{?(?=[\w:.-]{0,100}\d)[A-Za-z0-9](?:[\w:-]|\.(?=\w)){2,100}\}?)
| (?P<outside>\[external\]|<!--[ ]?external[ ]?-->|\{\.external\})
| (?P<quote>^[ ]{0,3}(?:>[ \t]?){1,6})
"""
_MARKUP = r"""
  (?P<matter>\A---[ \t]*\n(?:(?!---)[^\n]*\n){0,200}---[ \t]*(?:\n|\Z))
| (?P<code>^[ ]{0,3}```[^\n]*\n(?:(?!\ {0,3}```)[^\n]*\n)*[ ]{0,3}```[^\n]*$)
| (?P<noteref>\[\^(?P<note>[^\]\s]{1,60})\](?!:))
| (?P<notedef>^\[\^(?P<noted>[^\]\s]{1,60})\]:[ \t]*)
| (?P<image>!\[[^\[\]\n]{0,300}\]\([^()\n]{0,2000}\))
| (?P<link>\[(?=[^\[\]\n]{1,500}\]\([^()\n]{0,2000}\)))
| (?P<target>\]\([^()\n]{0,2000}\))
| (?P<span>`[^`\n]{1,500}`)
| (?P<heading>^[ ]{0,3}\#{1,6}[ \t]+)
| (?P<escape>\\(?P<escaped>[\\`*_{}\[\]()\#+.!"'$%&,/:;<=>?@^|~-]))
| (?P<entity>&(?:\#\d{1,7}|\#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,12});)
| (?P<tag></?[a-zA-Z][a-zA-Z0-9]{0,15}(?:\s[^<>]{0,500})?/?>)
| (?P<open>(?<![\w*\\])\*{1,3}(?=[^\s*])|(?<![\w\\])_{1,3}(?=[^\s_]))
| (?P<close>(?<=[^\s*])\*{1,3}(?!\*)|(?<=[^\s_])_{1,3}(?!\w))
"""
_COMMENT = r"| (?P<comment><!--(?:[^<-]|-(?!->)|<(?!!--)){0,4000}-->)"
_IN_PLAIN = re.compile(_CITATIONS, re.VERBOSE | re.MULTILINE)
_IN_MARKDOWN = re.compile(f"{_CITATIONS} {_COMMENT} | {_MARKUP}", re.VERBOSE | re.MULTILINE)
_KEY = re.compile(r"(?<![\w.])-?@\{?([A-Za-z0-9](?:[\w:#$%&+?<>~/-]|\.(?=\w)){0,150})\}?")
_CREDIT = re.compile(r"\n[ \t]*(?:[—–]|--{1,2})[ \t]*(?P<who>[^\n]{1,300})\s*\Z")


def read_markdown(name: str, data: bytes) -> Draft:
    """The draft of a markdown file. Raises SourceError where it is no text."""
    return scan(name, decoded(name, data), _IN_MARKDOWN)


def read_plain(name: str, data: bytes) -> Draft:
    """The draft of a plain text: citations and lines that begin with ">" are understood, nothing else is markup."""
    return scan(name, decoded(name, data), _IN_PLAIN)


def decoded(name: str, data: bytes) -> str:
    """The text of the bytes, without a byte-order mark. Raises SourceError."""
    try:
        return decode(data).text.removeprefix("\ufeff")
    except NotTextError as error:
        raise SourceError(name, str(error)) from error


@dataclass(slots=True)
class _Scan:
    """What one pass over a draft gathers."""

    plain: Plain = field(default_factory=Plain)
    cited: list[Cited] = field(default_factory=list)
    outside: list[int] = field(default_factory=list)
    quoted: list[tuple[int, int]] = field(default_factory=list)  # where a ">" stood: in plain, in the file
    notes: dict[str, int] = field(default_factory=dict)  # footnote -> where it is called
    note: str | None = None  # the footnote whose text is being read


def scan(name: str, text: str, pattern: re.Pattern[str]) -> Draft:
    """The draft of a text: what the pattern finds is dropped, replaced or recorded, the rest is kept."""
    found = _Scan()
    at = 0
    for match in pattern.finditer(text):
        found.plain.keep(text[at : match.start()], at)
        if found.note and "\n\n" in text[at : match.start()]:
            found.note = None
        _take(found, match)
        at = match.end()
    found.plain.keep(text[at:], at)
    plain = found.plain.text()
    blocks, credited = block_quotes(plain, [where for where, _ in found.quoted])
    return Draft(
        name=name,
        text=text,
        plain=plain,
        pieces=found.plain.pieces(),
        blocks=tuple(blocks),
        credits=credited,
        cited=tuple(found.cited),
        outside=tuple(found.outside),
    )


def _take(found: _Scan, match: re.Match[str]) -> None:
    """Records or replaces one match."""
    kind = match.lastgroup
    groups = match.groupdict()
    source = Span(match.start(), match.end())
    at = found.plain.length
    if groups["ours"]:
        place = (groups["id"], int(groups["from"]), int(groups["to"]))
        found.cited.append(Cited(at, groups["ourkey"], match.group(), source, place))
    elif groups["cite"] or groups["bare"]:
        called = found.notes.get(found.note or "", at)
        found.cited.extend(Cited(called, key, match.group(), source) for key in _KEY.findall(match.group()))
    elif groups["outside"]:
        found.outside.append(at)
    elif groups["quote"] is not None:
        found.quoted.append((at, match.start()))
    elif groups.get("noteref"):
        found.notes.setdefault(groups["note"], at)
    elif groups.get("notedef"):
        found.note = groups["noted"]
    elif groups.get("escaped"):
        found.plain.put(groups["escaped"], source)
    elif kind == "entity":
        found.plain.put(unescape(match.group()), source)


def block_quotes(plain: str, lines: list[int]) -> tuple[list[Span], dict[int, str]]:
    """The block quotations whose lines begin at these offsets, and who is credited in a last line "— name"."""
    blocks: list[Span] = []
    credited: dict[int, str] = {}
    start = end = -1
    for line in [*lines, -1]:
        if start >= 0 and line != end + 1:
            block = plain[start:end]
            credit = _CREDIT.search(block)
            stop = start + credit.start() if credit else end
            span = _trimmed(plain, start, stop)
            if len(span):
                blocks.append(span)
                if credit:
                    credited[span.start] = credit["who"].strip()
            start = -1
        if line < 0:
            break
        stop = plain.find("\n", line)
        end = stop if stop >= 0 else len(plain)
        start = line if start < 0 else start
    return blocks, credited


def _trimmed(text: str, start: int, end: int) -> Span:
    body = text[start:end]
    first = start + len(body) - len(body.lstrip())
    return Span(first, max(first, start + len(body.rstrip())))
