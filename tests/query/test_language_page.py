"""Every example on the page about the query language is read as the page says, with the warnings that it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctcorpus.query.grammar import KNOWN_FIELDS, MAX_CHARACTERS, MAX_CLAUSES, MAX_DEPTH, MAX_DISTANCE
from ctcorpus.query.parse import parse

PAGE = (Path(__file__).parents[2] / "docs" / "query-language.md").read_text(encoding="utf-8")


def _tables() -> dict[str, list[list[str]]]:
    """The rows of each table of the page, by the first cell of its heading row."""
    tables: dict[str, list[list[str]]] = {}
    rows: list[list[str]] | None = None
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")] if line.startswith("|") else []
        if not cells:
            rows = None
        elif rows is None:
            rows = tables.setdefault(" | ".join(cells), [])
        elif not line.startswith("|-"):
            rows.append(cells)
    return tables


TABLES = _tables()
FORMS = TABLES["Form | Example | Read as | Means"]
PRECEDENCE = TABLES["Typed | Read as"]
WARNED = TABLES["Typed | Read as | The warning says"]


def _code(cell: str) -> str:
    return cell.removeprefix("`").removesuffix("`")


@pytest.mark.parametrize(
    ("typed", "written"), [row[1:3] for row in FORMS] + PRECEDENCE, ids=[row[1] for row in FORMS + PRECEDENCE]
)
def test_forms(typed: str, written: str) -> None:
    parsed = parse(_code(typed))
    assert str(parsed.query) == _code(written)
    assert parsed.warnings == ()


@pytest.mark.parametrize(("typed", "written", "says"), WARNED, ids=[row[0] for row in WARNED])
def test_warnings(typed: str, written: str, says: str) -> None:
    parsed = parse(_code(typed))
    assert str(parsed.query) == _code(written)
    assert any(says in warning.message for warning in parsed.warnings), parsed.warnings


def test_text_without_a_warning() -> None:
    assert parse("22:03 http://example.org/a /usr/lib").warnings == ()


def test_every_field_and_limit_is_named() -> None:
    assert all(f"`{field}:`" in PAGE for field in KNOWN_FIELDS)
    limits = PAGE.partition("## Limits")[2]
    assert all(f"{limit:,} " in limits for limit in (MAX_CHARACTERS, MAX_CLAUSES, MAX_DEPTH)), limits
    assert f"{MAX_DISTANCE:,}" in limits
