"""Which columns of a table of articles hold what: by their usual names, or as a maintainer says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

#: what is read -> the columns that alone it is read from; what is left out is read from those of the usual names
Columns: TypeAlias = Mapping[str, Sequence[str]]
#: what is read -> the names of columns that it is read from, the first that has a value; case and "_-" do not count
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "fulltext", "articletext", "body", "articlebody", "content", "maintext", "article", "story"),
    "title": ("title", "headline", "articletitle", "heading"),
    "authors": ("authors", "author", "byline", "creator", "writer"),
    "published": ("published", "publishedat", "datepublished", "publicationdate", "pubdate", "date", "publishdate"),
    "site": ("site", "sitename", "source", "publication", "outlet", "newspaper", "domain"),
    "publisher": ("publisher",),
    "language": ("language", "lang"),
    "url": ("url", "link", "canonicalurl", "uri"),
}


def values_of(row: Mapping[Any, Any], given: Columns) -> dict[str, Any]:
    """What is read -> the first value that the row has in one of its columns, None where it has none."""
    named = {plain_name(key): value for key, value in row.items()}
    return {what: named[name] if name else None for what, name in _chosen(named, given).items()}


def left_out(row: Mapping[Any, Any], given: Columns) -> list[str]:
    """The columns, as the file names them, in which the row has a value that is not read; in order."""
    named = {plain_name(key): value for key, value in row.items()}
    names = {plain_name(key): key for key in row}  # of columns with one name the last is read
    read = {names[x] for x in _chosen(named, given).values() if x}
    return [str(key) for key, value in row.items() if value not in (None, "", [], {}) and key not in read]


def _chosen(named: Mapping[str, Any], given: Columns) -> dict[str, str | None]:
    """What is read -> the plain name of the column that it is read from."""
    columns = {**COLUMNS, **{what: [plain_name(x) for x in names] for what, names in given.items()}}
    return {what: next((x for x in names if named.get(x)), None) for what, names in columns.items()}


def plain_name(column: object) -> str:
    """The name of a column without case, spaces and punctuation, by which columns are told apart.

    >>> plain_name("Pub_Date "), plain_name("pubDate")
    ('pubdate', 'pubdate')
    """
    return re.sub(r"[\W_]", "", str(column).lower())
