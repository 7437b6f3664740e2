"""Reads saved web pages whose article is known and scores what was read of them, beside trafilatura as it comes.

The folder holds ``gold.jsonl``: a line a page with ``set``, ``html`` (the file, gzipped or not) and ``gold``: ``text``
or ``paragraphs``, and where known ``title``, ``author`` (a list) and ``date`` (beginning with the day).
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ctcorpus.errors import SourceError
from ctcorpus.ingest import read_bytes
from ctcorpus.ingest.readers import Reading, UnreadableError
from ctcorpus.ingest.readers.declared import decode_declared
from ctcorpus.ingest.readers.html import read

#: row of the table -> its least mean over all pages; lowering one is a deliberate act
FLOORS: Mapping[str, float] = {
    "text: below title, byline and date": 0.968,
    "text: passages": 0.964,
    "text: whole": 0.953,
    "title as in the gold, letters and digits": 0.88,
    "title as in the gold, to the letter": 0.84,
    "title that the page states": 1.0,
    "date right to the day": 0.98,
    "authors: precision": 0.93,
    "authors: recall": 0.88,
    "authors: the very set": 0.90,
}
#: row -> its greatest mean
CEILINGS: Mapping[str, float] = {"date wrong or invented": 0.02, "full, though words of the article are missing": 0.02}
FRONT = frozenset(("title", "byline", "dateline"))
#: a page of which less was read is no whole article
WHOLE = 0.85


@dataclass(slots=True)
class Table:
    """Row -> set -> its values, a value a page. misses: what a person should look at."""

    rows: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    def add(self, row: str, of: str, value: float) -> None:
        """Adds the value of a page."""
        self.rows.setdefault(row, {}).setdefault(of, []).append(value)

    def mean(self, row: str) -> float:
        """The mean of a row over all pages; 0.0 without one."""
        values = [x for of in self.rows.get(row, {}).values() for x in of]
        return sum(values) / len(values) if values else 0.0


def score(folder: Path) -> Table:
    """The table over all pages of the folder."""
    table = Table()
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        page = json.loads(line)
        data = (folder / page["html"]).read_bytes()
        data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        _score_page(table, page, data)
    return table


def _score_page(table: Table, page: Mapping[str, Any], data: bytes) -> None:
    name, gold = page["set"], page["gold"]
    article = gold.get("text") or "\n".join(gold["paragraphs"])
    reading = _reading(data)
    text = reading.text if reading else ""
    body = _marked(reading, lambda kind: kind not in FRONT)
    reached = token_f1(body, article)
    table.add("text: below title, byline and date", name, reached)
    table.add("text: passages", name, token_f1(_passages(data), article))
    table.add("text: whole", name, token_f1(text, article))
    for row, other in _trafilatura(data):
        table.add(row, name, token_f1(other, article))
    if reading and reading.completeness == "full":
        there = recall(text, article)
        table.add("full, though words of the article are missing", name, float(there < WHOLE))
    if reached < WHOLE:
        table.misses.append(f"text {reached:.2f}: {page['html']}")
    if "title" in gold:
        _score_stated(table, page, gold, reading, data)


def _score_stated(
    table: Table, page: Mapping[str, Any], gold: Mapping[str, Any], reading: Reading | None, data: bytes
) -> None:
    name = page["set"]
    title = (reading.stated.title if reading else None) or ""
    table.add("title as in the gold, to the letter", name, float(_one_line(title) == _one_line(gold["title"])))
    right = _letters(title) == _letters(gold["title"])
    table.add("title as in the gold, letters and digits", name, float(right))
    table.add("title that the page states", name, float(bool(title) and _stands_in(title, data)))
    day, found = (gold.get("date") or "")[:10], ((reading.stated.published if reading else None) or "")[:10]
    table.add("date right to the day", name, float(found == day))
    table.add("date wrong or invented", name, float(bool(found) and found != day))
    wanted = {_letters(x) for x in gold.get("author") or ()}
    authors = {_letters(x) for x in (reading.stated.authors if reading else ())}
    for author in authors:
        table.add("authors: precision", name, float(author in wanted))
    for author in wanted:
        table.add("authors: recall", name, float(author in authors))
    table.add("authors: the very set", name, float(authors == wanted))
    if not right:
        table.misses.append(f"title: {page['html']}\n    gold {gold['title']}\n    read {title}")
    if authors != wanted:
        table.misses.append(f"authors: {page['html']}: gold {gold.get('author')}, read {authors}")
    if found != day:
        table.misses.append(f"date: {page['html']}: gold {day}, read {found or 'none'}")


def token_f1(found: str, wanted: str) -> float:
    """F1 of the words of two texts, each counted as often as it stands; case aside.

    >>> token_f1("a b b c", "a b d")
    0.5714285714285714
    """
    a, b = _counted(found), _counted(wanted)
    shared = (a & b).total()
    return 2 * shared / (a.total() + b.total()) if shared else float(not a and not b)


def recall(found: str, wanted: str) -> float:
    """The share of the wanted words that were found."""
    a, b = _counted(found), _counted(wanted)
    return (a & b).total() / max(1, b.total())


def _reading(data: bytes) -> Reading | None:
    try:
        return next(iter(read(data)))
    except UnreadableError:
        return None


def _marked(reading: Reading | None, wanted: Callable[[str], bool]) -> str:
    marks = reading.marks if reading else ()
    return "\n".join(reading.text[x.start : x.end] for x in marks if wanted(x.kind)) if reading else ""


def _passages(data: bytes) -> str:
    try:
        document = read_bytes(data, name="page.html")
    except SourceError:
        return ""
    return "\n".join(document.text[x.start : x.end] for x in document.passages)


def _trafilatura(data: bytes) -> Iterator[tuple[str, str]]:
    import trafilatura

    plain = trafilatura.extract(data, include_comments=False) or ""
    yield "trafilatura as it comes", plain
    yield "trafilatura for precision", trafilatura.extract(data, include_comments=False, favor_precision=True) or ""
    known = trafilatura.extract_metadata(data)
    front = [known.title, known.author, known.date]
    yield "trafilatura with its title, author and date", "\n".join([*(x for x in front if x), plain])


def _stands_in(title: str, data: bytes) -> bool:
    """Whether the page has the title somewhere, letter for letter; tags, entities, escapes and white space apart."""
    from html import unescape

    page = decode_declared(data).text
    wanted = _letters(title)
    escaped = re.sub(r"\\u([0-9a-fA-F]{4})", lambda x: chr(int(x[1], 16)), page)
    bare = re.sub(r"<[^<>]*>", " ", page)
    return any(wanted in _letters(unescape(unescape(x))) for x in (bare, page, escaped))


def _counted(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def _letters(words: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", words)).casefold()


def _one_line(words: str) -> str:
    return " ".join(words.split())


def printed(table: Table) -> Iterator[str]:
    """The table, a line a row: the mean of each set, and of all pages."""
    sets = sorted({name for of in table.rows.values() for name in of})
    yield f"{'':<48}" + "".join(f"{name:>14}" for name in sets) + f"{'all':>10}"
    for row, of in table.rows.items():
        means = [f"{sum(of[x]) / len(of[x]):.3f}" if x in of else "" for x in sets]
        yield f"{row:<48}" + "".join(f"{x:>14}" for x in means) + f"{table.mean(row):>10.3f}"


def failed(table: Table) -> list[str]:
    """The rows that do not reach their floor, or pass their ceiling."""
    low = [f"{row}: {table.mean(row):.3f}, floor {x}" for row, x in FLOORS.items() if table.mean(row) < x]
    high = [f"{row}: {table.mean(row):.3f}, at most {x}" for row, x in CEILINGS.items() if table.mean(row) > x]
    return low + high


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="scripts/evaluate-pages", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true", help="name what differs from the gold")
    wanted = parser.parse_args(arguments)
    if not (wanted.folder / "gold.jsonl").is_file():
        parser.error(f"no gold.jsonl in '{wanted.folder}'")
    table = score(wanted.folder)
    _say(printed(table))
    if wanted.misses:
        _say(table.misses)
    low = failed(table)
    _say(f"NOT REACHED: {x}" for x in low)
    return 1 if low else 0


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


if __name__ == "__main__":
    sys.exit(main())
