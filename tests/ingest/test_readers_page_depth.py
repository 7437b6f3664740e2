"""How deep a page is nested, told by its tags alone."""

from __future__ import annotations

import time

import pytest

from ctcorpus.ingest.readers.page_depth import is_deeper


@pytest.mark.parametrize(
    "inside",
    [
        "<div>a</div>" * 50,
        "<p>a" * 50,
        "<ul><li>a<li>b</ul>" * 50,
        "<br>" * 50 + "<img src='a'>" * 50 + "<path d='M 0'/>" * 50,
        "<div><span>a</div>" * 50,
        "<script>" + "'<div>'" * 50 + "</script><style><div><div></style><title><b></title>",
        "<!--" + "<div>" * 50 + "-->",
        "</div>" * 50 + "<DIV></div>" * 50,
        "1 < 2 <<< 3" * 50,
    ],
)
def test_what_makes_no_depth(inside: str) -> None:
    assert not is_deeper(f"<html><body>{inside}</body></html>", 8)


@pytest.mark.parametrize("inside", ["<div>", "<b>x ", "<DIV CLASS='a>b'>", "<table><tr><td>", "<div></span>", "<a\n>"])
def test_what_does(inside: str) -> None:
    assert is_deeper(inside * 40, 39)
    assert not is_deeper(inside * 40, 40)


@pytest.mark.parametrize(
    "unit", ["<div>", "<!--", "<div ", "<script>", "<a", "</div>", "<div></span>", "<div>x</div>", "<", "<p>", "<b/>"]
)
def test_it_is_linear(unit: str) -> None:
    began = time.process_time()
    is_deeper(unit * 200_000, 10**9)
    assert time.process_time() - began < 3
