"""Lines and line numbers."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from ctcorpus.ingest.lines import full_lines
from ctcorpus.model.line_index import LineIndex


@given(st.text(alphabet="a \r\n\u00a0\u2028"))
def test_numbers_count_line_ends(text: str) -> None:
    index = LineIndex(text)
    for offset in range(len(text)):
        above = re.sub("\r\n", "\n ", text)[:offset].replace("\r", "\n").count("\n")
        if text[offset - 1 : offset + 1] != "\r\n":
            assert index.number(offset) == above + 1
    assert "".join(text[start:end] for start, end in index.spans()) == text


@given(st.text(alphabet="a \r\n\u00a0\ufeff"))
def test_full_lines_hold_all_words(text: str) -> None:
    lines = full_lines(text, LineIndex(text))
    assert "".join(line.of(text) for line in lines).count("a") == text.count("a")
    assert all(line.of(text) == line.of(text).strip() for line in lines)


def test_gaps_and_the_byte_order_mark() -> None:
    text = "\ufeffa\r\n\r\n  b \rc"
    assert [(x.number, x.of(text), x.gap) for x in full_lines(text, LineIndex(text))] == [
        (1, "a", 0),
        (3, "b", 1),
        (4, "c", 0),
    ]
