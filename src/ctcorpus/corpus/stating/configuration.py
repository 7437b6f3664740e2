"""``ctcorpus.toml``: what a project sets once, and where each value in force comes from.

sources = ["seeds", "articles/*.txt"]
thesaurus = "thesaurus.ttl"

[limits]
add_bytes = 50_000_000

[fields]                            # of tables of articles (CSV, TSV, JSONL): which columns hold what
text = "Full Text"
published = ["Pub Date", "Date"]    # the first that has a value
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ctcorpus.corpus.place import FIRST_SOURCES, VARIABLE, find_store
from ctcorpus.errors import PlainFileError
from ctcorpus.ingest.readers.columns import COLUMNS
from ctcorpus.model.report import ConfigReport, Setting

FILE = "ctcorpus.toml"
#: name -> (value where nobody sets one, least value); numbers all
LIMITS: Mapping[str, tuple[int, int]] = {
    "add_bytes": (50_000_000, 1),  # of an address that is fetched
    "add_seconds": (60, 1),  # until all of it is there
    "watch_milliseconds": (1_600, 50),  # of quiet before changes are taken in
    "jobs": (0, 0),  # processes that read many files; 0: one a core, at most 8
}
#: columns that one field is read from, and letters of a column's name, at most
MOST_COLUMNS, LONGEST_COLUMN = 10, 100


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the file sets. lines: name -> where. thesaurus: from the corpus folder.

    fields: what is read of a table of articles -> the columns that it is read from, and no others; where nothing is
    set, from columns of the usual names.
    """

    sources: tuple[str, ...] = ()
    thesaurus: str = "thesaurus.ttl"
    limits: Mapping[str, int] = field(default_factory=lambda: {name: x for name, (x, _) in LIMITS.items()})
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def jobs(self) -> int:
        """Processes that read many files."""
        return self.limits["jobs"] or min(8, os.cpu_count() or 1)


def read_configuration(folder: Path) -> Configuration:
    """What ``ctcorpus.toml`` in the corpus folder sets; the defaults without one. PlainFileError with the line."""
    path = folder / FILE
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Configuration()
    except UnicodeDecodeError as error:
        raise PlainFileError(path, error.object[: error.start].count(b"\n") + 1, "the file is not UTF-8") from error
    from ctcorpus.corpus.stating.sources_file import line_of, parse_toml, unknown_key

    tables = parse_toml(path, text)
    known = ("sources", "thesaurus", "limits", "fields")
    for key in tables:
        if key not in known:
            raise unknown_key(path, line_of(text, key), key, known)
    lines: dict[str, int] = {key: line_of(text, key) for key in ("sources", "thesaurus") if key in tables}
    limits = {name: x for name, (x, _) in LIMITS.items()}
    for name, value, line in _rows(path, text, tables, "limits", tuple(LIMITS)):
        if not isinstance(value, int) or isinstance(value, bool) or value < LIMITS[name][1]:
            raise PlainFileError(path, line, f"'{name}' is a whole number from {LIMITS[name][1]} on")
        limits[name] = value
        lines[f"limits.{name}"] = line
    fields: dict[str, tuple[str, ...]] = {}
    for name, value, line in _rows(path, text, tables, "fields", tuple(COLUMNS)):
        columns = value if isinstance(value, list) else [value]
        named = all(isinstance(x, str) and x.strip() and len(x) <= LONGEST_COLUMN for x in columns)
        if not named or len(columns) > MOST_COLUMNS or (name == "text" and not columns):
            wanted = f"'{name}' names a column of tables, or up to {MOST_COLUMNS}"
            raise PlainFileError(path, line, f'{wanted}; write: {name} = "NAME", or {name} = ["NAME", "ANOTHER"]')
        fields[name] = tuple(columns)
        lines[f"fields.{name}"] = line
    sources, thesaurus = tables.get("sources", []), tables.get("thesaurus", "thesaurus.ttl")
    if not isinstance(sources, list) or not all(isinstance(x, str) and x for x in sources):
        raise PlainFileError(path, lines["sources"], "'sources' is a list of paths and globs")
    if not isinstance(thesaurus, str) or not thesaurus:
        raise PlainFileError(path, lines["thesaurus"], "'thesaurus' is the path of a SKOS Turtle file")
    return Configuration(tuple(sources), thesaurus, limits, fields, lines)


def settings(given: Path | None, store: Path, folder: Path, remembered: tuple[str, ...]) -> ConfigReport:
    """Every value in force with its origin. given: the store as an option named it, None without one."""
    found = read_configuration(folder)
    by_store = "flag" if given else "env" if os.environ.get(VARIABLE) else "default"
    rows = [Setting("store", str(find_store(given)), by_store, VARIABLE if by_store == "env" else None)]
    sources = tuple(dict.fromkeys((*found.sources, *remembered))) or (FIRST_SOURCES,)
    for source in sources:
        origin = "file" if source in found.sources else "store" if source in remembered else "default"
        rows.append(Setting("source", source, origin, _place(found, "sources") if origin == "file" else None))
    where = _place(found, "thesaurus")
    rows.append(Setting("thesaurus", found.thesaurus, "file" if where else "default", where))
    for name, value in found.limits.items():
        where = _place(found, f"limits.{name}")
        rows.append(Setting(f"limits.{name}", value, "file" if where else "default", where))
    for name, usual in COLUMNS.items():
        where = _place(found, f"fields.{name}")
        columns = ", ".join(found.fields.get(name, usual))
        rows.append(Setting(f"fields.{name}", columns, "file" if where else "default", where))
    return ConfigReport(str(store), str(folder), (folder / FILE).is_file(), tuple(rows))


def _place(found: Configuration, name: str) -> str | None:
    return f"{FILE}, line {found.lines[name]}" if name in found.lines else None


def _rows(
    path: Path, text: str, tables: Mapping[str, Any], name: str, known: tuple[str, ...]
) -> Iterator[tuple[str, Any, int]]:
    """Key, value and line of what a table of the file sets; PlainFileError for a key that is none of the known."""
    from ctcorpus.corpus.stating.sources_file import line_of, unknown_key

    table = tables.get(name, {})
    if not isinstance(table, dict):
        raise PlainFileError(path, line_of(text, name), f"'{name}' is a table: [{name}]")
    heads = (at for at, line in enumerate(text.split("\n"), start=1) if line.replace(" ", "").startswith(f"[{name}]"))
    first = next(heads, 1)
    for key, value in table.items():
        line = line_of(text, key, first)
        if key not in known:
            raise unknown_key(path, line, key, known)
        yield key, value, line
