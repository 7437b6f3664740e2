"""CSV with fixed columns, in which no cell is a formula and from which every text can be read back as it was."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence

from ctcorpus.citing.exporting.formats.credit import speakers
from ctcorpus.model.export import CitedPassage, Selection
from ctcorpus.query.reference import run

#: the columns, in this order, in every version of this format; new ones only ever join at the end
COLUMNS = (
    "number", "citekey", "document", "start", "end", "quote", "prefix", "suffix", "sha256", "text_sha256",
    "reference", "title", "authors", "site", "publisher", "published", "as_of", "heading", "place", "speakers",
    "url", "retrieved", "link", "match", "missing", "version", "superseded_by", "notes",
    "maintained", "pages",
)  # fmt: skip
#: what makes a spreadsheet take a cell for a formula, after white space and in any width
_TRIGGERS = frozenset("=+-@\t\r\n|")
GUARD = "\t"


def render(selection: Selection) -> str:
    """A header and a row a passage. Every cell is in quotation marks; rows end in CR LF, as RFC 4180 says."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for passage in selection.passages:
        writer.writerow(guarded(cell) if isinstance(cell, str) else cell for cell in _cells(passage))
    return out.getvalue()


def guarded(text: str) -> str:
    """The text as a cell: what a spreadsheet might run has a tab in front, as has whatever begins with a tab.

    >>> guarded("=1+1"), guarded("12 people")
    ('\\t=1+1', '12 people')
    """
    if text.startswith(GUARD):
        return GUARD + text
    first = unicodedata.normalize("NFKC", text.lstrip()[:1])[:1]
    return GUARD + text if first in _TRIGGERS and first else text


def unguarded(cell: str) -> str:
    """The text of a cell: the inverse of ``guarded``."""
    return cell.removeprefix(GUARD)


def joined(values: Sequence[str]) -> str:
    """Several values as one: parted by "; ", a backslash before each ";" and backslash of their own."""
    return "; ".join(value.replace("\\", "\\\\").replace(";", "\\;") for value in values)


def parted(cell: str) -> tuple[str, ...]:
    """The values of a cell: the inverse of ``joined``, but that one empty value is none."""
    values = [""]
    characters = iter(cell)
    for c in characters:
        if c == ";":
            values.append("")
        else:
            values[-1] += next(characters, "") if c == "\\" else c
    return (values[0], *(x.removeprefix(" ") for x in values[1:])) if cell else ()


def _cells(passage: CitedPassage) -> Iterator[str | int]:
    """The cells in the order of ``COLUMNS``; what is not known is empty."""
    citation = passage.citation
    special: dict[str, str | int] = {
        "authors": joined(passage.authors),
        "speakers": joined(speakers(passage)),
        "missing": joined(passage.missing),
        "maintained": joined(passage.maintained),
        "pages": run(passage.pages) if passage.pages else "",
        "notes": joined([note.text for note in passage.notes]),
    }
    for column in COLUMNS:
        if column in special:
            yield special[column]
            continue
        holder = citation if column in citation.__match_args__ else passage
        value = getattr(holder, column)
        yield "" if value is None else value
