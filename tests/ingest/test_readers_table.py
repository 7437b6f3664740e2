"""Tables of articles: what of a row is read, and which of its columns are not."""

from __future__ import annotations

import json

from ctcorpus.ingest.readers.columns import left_out
from ctcorpus.ingest.readers.table import read_csv, read_jsonl
from tests.ingest import made_files as made

TEXT = made.prose(2)


def test_columns_that_are_not_read_are_named_on_the_record() -> None:
    rows = f"headline,text,desk,Photo Credit\nA,{TEXT},Foreign,\nB,{TEXT},,Somebody\nC,{TEXT},,\n"
    first, second, third = read_csv(rows.encode())
    assert first.warnings == ("1 column of the row not read: 'desk'",)
    assert second.warnings == ("1 column of the row not read: 'Photo Credit'",)
    assert third.warnings == ()


def test_a_second_column_of_the_same_kind_is_not_read_and_named() -> None:
    row = {"text": TEXT, "body": "Other words.", "tags": ["a", "b"], "count": 0, "empty": [], "none": None}
    (reading,) = read_jsonl(json.dumps(row).encode())
    assert "Other words." not in reading.text
    assert reading.warnings == ("3 columns of the row not read: 'body', 'tags', 'count'",)
    assert left_out(row, {"text": ["body"]}) == ["text", "tags", "count"]


def test_cells_beyond_the_header_are_told() -> None:
    (reading,) = read_csv(f"title,text\nA,{TEXT},more,words\n".encode())
    assert reading.warnings == ("1 column of the row not read: cells beyond the header",)


def test_the_list_is_bounded() -> None:
    row = {"text": TEXT, **{f"column {at} {'x' * 200}": "a" for at in range(500)}}
    (reading,) = read_jsonl(json.dumps(row).encode())
    (warning,) = reading.warnings
    assert warning.startswith("500 columns of the row not read: 'column 0 x") and warning.endswith(" …")
    assert len(warning) < 2_000
