"""``sources.toml``: what maintainers state about sources, as a plain file that people and git can keep.

by = "A. Khan"                      # who and when, for every block that does not say so itself
at = 2026-03-01

[[source]]
match = "seeds/000_*.txt"           # a path, glob, citekey or address, or a list of them
url = "https://example.org/a"
published = 2025-04-08
kind = "independent"
country = "GB"
reliability = "B"
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ctcorpus.corpus.stating.statements import FIELDS, KINDS, RELIABILITY, Block, Statements
from ctcorpus.errors import PlainFileError
from ctcorpus.model.edtf import days

FILE = "sources.toml"
_HEADER = re.compile(r"[ \t]*\[\[[ \t]*source[ \t]*\]\]")
_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_WHO = ("by", "at")
_KNOWN = ("match", *FIELDS, *_WHO, "note")
#: characters of one value at most
_LONGEST = 1000


def digest_of(path: Path) -> str:
    """sha256 of the file, hex; empty where there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def read_sources_file(path: Path, name: str = FILE) -> Statements:
    """What the file states; nothing where there is none. name: what the records call it.

    Raises PlainFileError, with the line, for the first thing that is wrong.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Statements(name, ())
    except UnicodeDecodeError as error:
        raise PlainFileError(path, error.object[: error.start].count(b"\n") + 1, "the file is not UTF-8") from error
    return Statements(name, list(_blocks(path, text)))


def parse_toml(path: Path, text: str) -> dict[str, Any]:
    """The tables of a TOML text; PlainFileError with the line."""
    import tomllib  # most corpora have no such file

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise PlainFileError(path, line, _LINE.sub("", str(error)).strip()) from error


def line_of(text: str, key: str, first: int = 1, last: int | None = None) -> int:
    """The line in which a key is set, between two lines; the first of them where it is not found."""
    pattern = re.compile(rf"[ \t]*\"?{re.escape(key)}\"?[ \t]*=")
    lines = text.split("\n")[first - 1 : last]
    return next((first + at for at, line in enumerate(lines) if pattern.match(line)), first)


def unknown_key(path: Path, line: int, key: str, known: tuple[str, ...]) -> PlainFileError:
    """What to raise for a key that means nothing."""
    near = get_close_matches(key, known, n=1)
    hint = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(known)}"
    return PlainFileError(path, line, f"unknown key '{key}'; {hint}")


def with_block(path: Path, values: Mapping[str, str]) -> str:
    """The file's text with one more block, its values as TOML has them; PlainFileError where that is no such file."""
    try:
        before = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        before = ""
    block = "[[source]]\n" + "".join(f"{name} = {value}\n" for name, value in values.items())
    text = f"{before.rstrip()}\n\n{block}" if before.strip() else block
    list(_blocks(path, text))
    return text


def _blocks(path: Path, text: str) -> Iterator[Block]:
    tables = parse_toml(path, text)
    for key in tables:
        if key not in ("source", *_WHO):
            raise unknown_key(path, line_of(text, key), key, ("source", *_WHO))
    listed = tables.get("source", [])
    if not isinstance(listed, list):
        raise PlainFileError(path, line_of(text, "source"), "write each source as a block: [[source]]")
    starts = [at for at, line in enumerate(text.split("\n"), start=1) if _HEADER.match(line)]
    ends = [*starts[1:], None] if starts else []
    for number, table in enumerate(listed):
        first, last = (starts[number], ends[number]) if len(starts) == len(listed) else (1, None)
        yield _Block(path, text, first, last).read({x: tables[x] for x in _WHO if x in tables} | table)


class _Block:
    """One block of the file, and where it stands."""

    def __init__(self, path: Path, text: str, first: int, last: int | None) -> None:
        self._path, self._text, self._first, self._last = path, text, first, last

    def read(self, table: Mapping[str, Any]) -> Block:
        """What the block states."""
        for key in table:
            if key not in _KNOWN:
                raise unknown_key(self._path, self._line(key), key, _KNOWN)
        match = table.get("match")
        patterns = tuple(match) if isinstance(match, list) else (match,)
        if not patterns or not all(isinstance(x, str) and x.strip() for x in patterns):
            raise self._wrong("match", "'match' names what the block is about: a path, glob, citekey or address")
        values = {name: self._value(name, table[name]) for name in FIELDS if name in table}
        if not values:
            raise self._wrong("match", f"the block states nothing; it may state {', '.join(FIELDS)}")
        return Block(patterns, values, self._who(table), self._when(table), self._first)

    def _who(self, table: Mapping[str, Any]) -> str:
        found = table.get("by")
        if not isinstance(found, str) or not found.strip():
            raise self._wrong("by", 'who states this is missing: by = "NAME", here or at the top of the file')
        return found.strip()

    def _when(self, table: Mapping[str, Any]) -> str:
        found = _plain(table.get("at"))
        if not isinstance(found, str) or days(found[:16]) is None:
            raise self._wrong("at", "when this was stated is missing or no date: at = 2026-03-01")
        return found

    def _value(self, name: str, given: Any) -> str:
        value = _plain(given)
        if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST or "\n" in value:
            raise self._wrong(name, f"'{name}' is a line of text")
        value = value.strip()
        if name in ("published", "retrieved") and days(value) is None:
            raise self._wrong(name, f"'{value}' is no date; write 2025, 2025-04 or 2025-04-08")
        if name == "url" and not value.startswith(("http://", "https://")):
            raise self._wrong(name, f"'{value}' is no address: it begins with http:// or https://")
        if name == "kind" and value not in KINDS:
            raise self._wrong(name, f"'{value}' is no kind of source; known are {', '.join(KINDS)}")
        if name == "reliability" and value not in RELIABILITY:
            raise self._wrong(name, f"'{value}' is no reliability; the Admiralty's scale runs from A to F")
        return value

    def _line(self, key: str) -> int:
        return line_of(self._text, key, self._first, self._last)

    def _wrong(self, key: str, problem: str) -> PlainFileError:
        return PlainFileError(self._path, self._line(key), problem)


def _plain(value: Any) -> Any:
    """Dates of TOML as EDTF: to the minute, with its offset, where they have a time; a year may be a number."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes").replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value
