from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctcorpus.errors import QueryLimitError
from ctcorpus.index.analysis import Analyzer
from ctcorpus.index.expansion import expand
from ctcorpus.model.query import Fuzzy, Regex, Wildcard

LETTERS = st.text("abc", min_size=1, max_size=6)


class Terms:
    """A vocabulary of the given terms."""

    def __init__(self, terms: set[str]) -> None:
        self._terms = sorted(terms)

    def vocabulary(self, field: str, prefix: str = "") -> Sequence[tuple[str, int]]:
        assert field == "exact"
        return [(x, 1) for x in self._terms if x.startswith(prefix)]


def found(query: Wildcard | Fuzzy | Regex, terms: set[str]) -> dict[str, int]:
    return dict(expand(query, "exact", Terms(terms), Analyzer())[0])


def distance(a: str, b: str) -> int:
    """Optimal string alignment, as the textbook has it."""
    rows = [list(range(len(b) + 1))]
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            row.append(min(row[-1] + 1, rows[-1][j] + 1, rows[-1][j - 1] + (x != y)))
            if i > 1 and j > 1 and a[i - 2] == y and b[j - 2] == x:
                row[-1] = min(row[-1], rows[-2][j - 2] + 1)
        rows.append(row)
    return rows[-1][-1]


@given(LETTERS, st.sets(LETTERS, max_size=60), st.integers(1, 2))
def test_a_fuzzy_word_finds_what_is_near_and_nothing_else(word: str, terms: set[str], edits: int) -> None:
    near = {x: distance(word, x) for x in terms}
    assert found(Fuzzy(word, edits), terms) == {x: d for x, d in near.items() if d <= edits}


@given(st.lists(st.sampled_from(["a", "b", "*", "?"]), min_size=1, max_size=6), st.sets(LETTERS, max_size=40))
def test_a_wildcard_is_the_regex_that_it_abbreviates(pieces: list[str], terms: set[str]) -> None:
    pattern = "".join(pieces)
    regex = pattern.replace("*", "[a-z]*").replace("?", "[a-z]")
    assert found(Wildcard(pattern), terms) == found(Regex(regex), terms)


def test_a_pattern_is_matched_whole_and_whatever_its_case() -> None:
    terms = {"flood", "floods", "aflood"}
    assert set(found(Regex("FLOOD"), terms)) == {"flood"}
    assert set(found(Regex("^flood.?$"), terms)) == {"flood", "floods"}
    assert set(found(Regex("flood|floods"), terms)) == {"flood", "floods"}


def test_a_long_fuzzy_word_is_refused() -> None:
    with pytest.raises(QueryLimitError):
        found(Fuzzy("x" * 33), set())
