"""All the text of a page: rows, tables inside tables, none of their words lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctcorpus.ingest.readers.html import read
from ctcorpus.ingest.readers.page_text import write_page
from ctcorpus.ingest.readers.page_tree import parse
from ctcorpus.ingest.readers.sheet import Sheet
from ctcorpus.ingest.readers.unseen import take_unseen
from tests.ingest import made_files as made


def text_of(body: str, *, seen: bool = False) -> str:
    tree = parse(body)
    assert tree is not None
    sheet = Sheet()
    if seen:
        take_unseen(tree)
    write_page(sheet, tree)
    return sheet.text()


def test_a_row_is_a_line_of_cells() -> None:
    assert text_of("<table><tr><th>a</th><th>b c</th></tr><tr><td>1<td><p>2</p></table>") == "a\tb c\n1\t2\n"


@pytest.mark.parametrize("seen", [False, True])
def test_a_table_inside_a_table_loses_no_cell_of_the_outer_row(seen: bool) -> None:
    inner = "<table><tr><td>a</td><td>b</td></tr><tr><td>c<td>d</table>"
    outer = (
        f"<table><tr><td>first</td><td>lead {inner} after</td><td>last</td></tr><tr><td>x</td><td>y</td></tr></table>"
    )
    assert text_of(outer, seen=seen) == "first\tlead\na\tb\nc\td\n\nafter\n\nlast\n\nx\ty\n"


def test_a_page_that_is_read_whole_keeps_the_outer_cells() -> None:
    inner = "<table><tr><td>needleinner</td></tr></table>"
    (reading,) = read(made.page(f"<table><tr><td>needleone</td><td>{inner}</td><td>needletwo</td></tr></table>"))
    assert all(f"needle{x}" in reading.text for x in ("one", "inner", "two"))


@given(st.recursive(st.just(""), lambda x: st.lists(x, min_size=1, max_size=3).map(tuple), max_leaves=12))
def test_no_word_is_lost_however_tables_are_nested(shape: object) -> None:
    words: list[str] = []

    def table(cells: object) -> str:
        words.append(f"w{len(words)}x")
        own = words[-1]
        if not isinstance(cells, tuple):
            return own
        rows = "".join(f"<tr><td>{table(x)}</td><td>{table('')}</td></tr>" for x in cells)
        return f"{own}<table>{rows}</table>"

    found = text_of(f"<div>{table(shape)}</div>").split()
    assert sorted(found) == sorted(words)
