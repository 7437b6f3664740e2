"""Dates as the contract writes them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctcorpus.model.edtf import days, is_edtf, year


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2025-04-07", ("2025-04-07", "2025-04-07")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2025", ("2025-01-01", "2025-12-31")),
        ("2001~", ("2001-01-01", "2001-12-31")),
        ("2026-02-22T22:03", ("2026-02-22", "2026-02-22")),
        ("2026-02-22T22:03Z", ("2026-02-22", "2026-02-22")),
        ("2026-02-22T22:03-05:00", ("2026-02-22", "2026-02-22")),
        ("2026-02-22T00:30+05:45~", ("2026-02-22", "2026-02-22")),
        ("2026-02-22T22:03+05:00/2026-02-23T01:00Z", ("2026-02-22", "2026-02-23")),
        ("2025-01/2025-03", ("2025-01-01", "2025-03-31")),
        ("2021/..", ("2021-01-01", "")),
        ("../2021", ("", "2021-12-31")),
    ],
)
def test_days(value: str, expected: tuple[str, str]) -> None:
    assert days(value) == expected
    assert is_edtf(value)


@pytest.mark.parametrize(
    "value",
    [
        *("", "2025-13", "2025-02-30", "0000", "25-01-01", "2025-1", "x", "2025/2024", "2025-01-01T25:00"),
        *("2025-01-01Z", "2025-01-01+05:00", "2025-01-01T10:00+24:00", "2025-01-01T10:00+05:60", "2025-01-01T10:00+5"),
    ],
)
def test_what_is_no_date(value: str) -> None:
    assert days(value) is None
    assert not is_edtf(value)


def test_a_duration_is_edtf_but_no_day() -> None:
    assert days("P20Y") is None
    assert is_edtf("P20Y")
    assert not is_edtf("P")


@given(st.dates(min_value=date(1, 1, 1)))
def test_every_day_is_its_own_first_and_last(day: date) -> None:
    text = day.isoformat()
    assert days(text) == (text, text)
    assert year(text) == day.year


@given(st.text(max_size=20))
def test_never_raises(text: str) -> None:
    days(text)
    is_edtf(text)
    year(text)
