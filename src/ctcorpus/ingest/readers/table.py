"""JSONL and CSV of articles: a document a row, by the names of its columns."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from ctcorpus.ingest.decode import decode
from ctcorpus.ingest.decoded import Decoded
from ctcorpus.ingest.readers.columns import COLUMNS, Columns, left_out, values_of
from ctcorpus.ingest.readers.iso_dates import edtf
from ctcorpus.ingest.readers.reading import Reading, Stated, UnreadableError
from ctcorpus.ingest.readers.sheet import Sheet, one_line

JSONL, CSV = "jsonl/2", "csv/2"
MOST_ROWS, MOST_FIELD = 1_000_000, 20_000_000
#: columns that a warning names, and characters of each name
MOST_NAMED, MOST_NAME = 20, 60


def read_jsonl(data: bytes, columns: Columns | None = None) -> Iterable[Reading]:
    """The articles of the lines; ``part`` is the number of the line. A line without a text is counted, not hidden.

    Raises UnreadableError where no line is an article.
    """
    decoded = decode(data)

    def rows() -> Iterator[tuple[int, Any]]:
        for number, line in enumerate(decoded.text.removeprefix("\ufeff").split("\n"), 1):
            if line.strip():
                try:
                    yield number, json.loads(line)
                except (ValueError, RecursionError):
                    yield number, None

    yield from _articles(rows(), columns or {}, decoded, "application/jsonl", JSONL)


def read_csv(data: bytes, columns: Columns | None = None) -> Iterable[Reading]:
    """The articles of the rows below the header, comma, semicolon or tab between columns; as ``read_jsonl``."""
    decoded = decode(data)
    text = decoded.text.removeprefix("\ufeff")
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    csv.field_size_limit(MOST_FIELD)
    found = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restkey="")

    def rows() -> Iterator[tuple[int, Any]]:
        number = 1
        try:
            for row in found:
                number += 1
                yield number, row
        except csv.Error as error:
            raise UnreadableError(f"its row {number + 1} is damaged: {error}") from error

    yield from _articles(rows(), columns or {}, decoded, "text/csv", CSV)


def _articles(
    rows: Iterator[tuple[int, Any]], columns: Columns, decoded: Decoded, kind: str, reader: str
) -> Iterator[Reading]:
    """The readings of the rows; the last one carries the warning about the rows that are no articles."""
    left: list[int] = []
    waiting: Reading | None = None
    for count, (number, row) in enumerate(rows):
        if count >= MOST_ROWS:
            raise UnreadableError(f"it has more than {MOST_ROWS:,} rows")
        reading = _article(row, number, columns, decoded, kind, reader)
        if reading is None:
            left.append(number)
            continue
        if waiting is not None:
            yield waiting
        waiting = reading
    if waiting is None:
        raise UnreadableError(_no_text(columns))
    if left:
        shown = ", ".join(map(str, left[:20])) + (" …" if len(left) > 20 else "")
        waiting = Reading.from_dict(
            {
                **waiting.to_dict(),
                "warnings": [
                    *waiting.warnings,
                    f"{len(left)} rows of the file are no articles (no text, or damaged): {shown}",
                ],
            }
        )
    yield waiting


def _no_text(columns: Columns) -> str:
    if "text" in columns:
        return f"no row of it is an article: it has no text in '{', '.join(columns['text'])}', as [fields] has it"
    names = ", ".join(COLUMNS["text"][:4])
    return f"no row of it is an article: a column for the text is called {names} …; name another in [fields]"


def _article(row: Any, number: int, columns: Columns, decoded: Decoded, kind: str, reader: str) -> Reading | None:
    if not isinstance(row, dict):
        return None
    values = values_of(row, columns)
    text = values["text"]
    if not isinstance(text, str) or not text.strip():
        return None
    title, site, publisher, language = (_line(values[x]) for x in ("title", "site", "publisher", "language"))
    authors = _people(values["authors"])
    published = edtf(_line(values["published"]))
    sheet = Sheet()
    if title and title not in one_line(text[:2_000]):
        sheet.add(title, "title")
    sheet.add(", ".join(authors), "byline")
    sheet.add(_line(values["published"]) if published else "", "dateline")
    sheet.add(text, None)
    stated = {
        "title": title or None,
        "authors": authors,
        "published": published,
        "site": site or None,
        "publisher": publisher or None,
        "language": language[:2].lower() if language[:2].isalpha() else None,
    }
    return Reading(
        text=sheet.text(),
        media_type=kind,
        reader=reader,
        encoding=decoded.encoding,
        encoding_basis=decoded.basis,
        warnings=(*decoded.warnings, *_unread(row, columns)),
        stated=Stated.read_from(stated, "column"),
        marks=tuple(sheet.marks),
        part=str(number),
        url=_line(values["url"]) or None,
    )


def _unread(row: dict[Any, Any], columns: Columns) -> Iterator[str]:
    """The warning that names the columns whose values are not in the text and not in what the record states."""
    left = left_out(row, columns)
    if left:
        names = ", ".join(f"'{one_line(x)[:MOST_NAME]}'" if x else "cells beyond the header" for x in left[:MOST_NAMED])
        count = "1 column" if len(left) == 1 else f"{len(left):,} columns"
        yield f"{count} of the row not read: {names}{' …' if len(left) > MOST_NAMED else ''}"


def _people(value: Any) -> tuple[str, ...]:
    names = value if isinstance(value, list) else re.split(r"\s*(?:;|,|\sand\s)\s*", _line(value))
    return tuple(dict.fromkeys(filter(None, (_line(x.get("name") if isinstance(x, dict) else x) for x in names))))


def _line(value: Any) -> str:
    return one_line(str(value))[:1_000] if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
