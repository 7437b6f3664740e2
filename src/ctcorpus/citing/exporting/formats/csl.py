"""CSL-JSON: an item a source, for pandoc and citeproc; its passages stand under ``custom``.

Only types and fields of the CSL 1.0.2 input schema, each of the type that it states.
"""

from __future__ import annotations

import json
from typing import Any

from ctcorpus.citing.exporting.formats.characters import one_line
from ctcorpus.citing.exporting.formats.credit import caveat
from ctcorpus.citing.exporting.formats.works import Work, day, web_address, works
from ctcorpus.model.export import Selection

TYPES = {"newspaper": "article-newspaper", "magazine": "article-magazine", "site": "webpage"}


def render(selection: Selection) -> str:
    """One JSON list."""
    items = [item(work) for work in works(selection.passages)]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def item(work: Work) -> dict[str, Any]:
    """The item of one source, only with what is stated."""
    source = work.source
    values: dict[str, Any] = {
        "id": work.key,
        "type": TYPES[work.medium],
        "title": _line(source.title),
        "author": [{"literal": one_line(author)} for author in source.authors],
        "container-title": _line(source.site),
        "publisher": _line(source.publisher),
        "issued": _date(source.published),
        "URL": web_address(source),
        "accessed": _date(source.retrieved),
        "language": _line(source.language),
        "page": work.pages,
        "keyword": ", ".join(x.replace(",", ";") for x in work.tags),
        "note": _line(" ".join([*work.remarks, *filter(None, [caveat(work.passages)])])),
        "custom": {"ctcorpus": [x.citation.to_dict() | {"document": x.document} for x in work.passages]},
    }
    return {name: value for name, value in values.items() if value}


def _line(value: str | None) -> str:
    return one_line(value or "")


def _date(value: str | None) -> dict[str, Any] | None:
    """A CSL date: parts as far as they are stated; an approximate or open one in its own notation."""
    parts = day(value)
    if parts:
        return {"date-parts": [list(parts)]}
    if not value:
        return None
    first, slash, last = value.partition("/")
    start, end = day(first), day(last)
    if slash and start and end:
        return {"date-parts": [list(start), list(end)]}
    about = day(value.rstrip("~?%"))
    return {"date-parts": [list(about)], "circa": True} if about else {"literal": one_line(value)}
