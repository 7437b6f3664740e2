from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctcorpus.index.analysis import LONGEST, Analyzer

ANALYZER = Analyzer()
PIECES = [
    "flood",
    "'s",
    "’",
    "-",
    "‑",
    "–",
    "—",
    " ",
    "\u00a0",
    "\u00ad",
    "\u200b",
    "1",
    "234",
    ",",
    ".",
    "U.S.",
    "é",
    "e\u0301",
]
PIECES += ["ß", "İ", "हिन्दी", "ۇ", "٧", "%", "_", "\n", "Æ", "ﬁ", "½", "(", "ﷺ", "\u202e", "\x00", "😀"]
TEXTS = st.lists(st.sampled_from(PIECES) | st.characters(exclude_categories=["Cs"]), max_size=40).map("".join)


def forms(text: str) -> list[str]:
    return [("+" if x.joined else "") + x.exact for x in ANALYZER.tokens(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The River", ["the", "river"]),
        ("the river's, the rivers’ RIVER'S", ["the", "river", "the", "rivers", "river"]),
        ("O'Brien O’Brien Qurʾan", ["obrien", "obrien", "quran"]),
        ("counter-flood", ["+counterflood", "counter", "flood"]),
        ("Zarb‑e–Azb", ["+zarbeazb", "zarb", "e", "azb"]),
        ("river—flood", ["river", "flood"]),
        ("river -flood - x", ["river", "flood", "x"]),
        ("2014-15 F-16", ["2014", "15", "+f16", "f", "16"]),
        ("75,175 1,26,000 1,000.50 3.5% $12", ["75175", "126000", "1000.50", "3.5", "12"]),
        ("6½ m²", ["6", "m"]),
        ("7,5 1,2,3", ["7", "5", "1", "2", "3"]),
        ("U.S. U.S US the U.S.'s e.g.", ["us", "us", "us", "the", "us", "eg"]),
        ("end.Next www.river.org", ["end", "next", "www", "river", "org"]),
        ("São Paulo, İzmir, cafe\u0301 café", ["sao", "paulo", "izmir", "cafe", "cafe"]),
        ("flood\u00a0river co\u00adast co\u200bast", ["flood", "river", "coast", "coast"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("۷۵", ["75"]),
        ("_river_ 'river' “river”", ["river", "river", "river"]),
        ("-- !! … \u0301 😀", []),
    ],
)
def test_the_rules(text: str, wanted: list[str]) -> None:
    assert forms(text) == wanted


def test_a_joined_compound_is_the_solid_word() -> None:
    joined = ANALYZER.tokens("counter-terrorism")[0]
    solid = ANALYZER.tokens("counterterrorism")[0]
    assert (joined.exact, joined.stem) == (solid.exact, solid.stem)
    assert (joined.start, joined.end, joined.position) == (0, 17, 0)


def test_stems_are_those_of_the_exact_form() -> None:
    assert [x.stem for x in ANALYZER.tokens("Floods flooding taxation")] == ["flood", "flood", "taxat"]


@given(TEXTS)
def test_tokens_are_in_order_and_slice_back(text: str) -> None:
    tokens = ANALYZER.tokens(text)
    parts = [x for x in tokens if not x.joined]
    assert [x.position for x in parts] == list(range(len(parts)))
    assert all(a.end <= b.start for a, b in pairwise(parts))
    for token in tokens:
        assert 0 <= token.start < token.end <= len(text)
        assert not any(x.isspace() for x in token.exact + token.stem)
        assert 0 < len(token.exact) <= LONGEST
        alone = ANALYZER.tokens(text[token.start : token.end])
        assert alone[0].exact == token.exact


@given(TEXTS, TEXTS)
def test_white_space_separates_what_is_analysed(left: str, right: str) -> None:
    both = ANALYZER.tokens(f"{left} {right}")
    assert [x[3:] for x in both] == [x[3:] for x in (*ANALYZER.tokens(left), *ANALYZER.tokens(right))]


@given(st.text(max_size=60))
def test_folding_is_stable(text: str) -> None:
    folded = ANALYZER.fold(text)
    assert ANALYZER.fold(folded) == folded


@pytest.mark.parametrize(
    "text", ["1,234" * 20_000, "a'" * 50_000, "a-" * 50_000, "1.1" * 40_000, "a." * 50_000, "x" * 99_999]
)
def test_time_is_linear(text: str) -> None:
    started = time.perf_counter()
    ANALYZER.tokens(text)
    assert time.perf_counter() - started < 2
