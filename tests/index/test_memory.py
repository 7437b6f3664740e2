from __future__ import annotations

import math

import pytest

from ctcorpus.index.base import IndexedPassage
from ctcorpus.index.memory import MemoryIndex, kept_length, open_memory
from ctcorpus.index.ranking import Ranking
from ctcorpus.model.query import Word
from tests.index.index_samples import PASSAGES


def test_a_score_worked_by_hand() -> None:
    """Two passages of two and four words; "river" once in the first: idf ln 2, mean length 3."""
    index = MemoryIndex(
        [IndexedPassage("a:0-1", "a", "river dam"), IndexedPassage("b:0-1", "b", "one two three four")],
        ranking=Ranking(exact=0),
    )
    wanted = math.log(2) * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 2 / 3))
    assert index.match(Word("river"), limit=1).matches[0].score == pytest.approx(wanted, abs=1e-4)


def test_a_word_in_most_passages_still_counts_for_something() -> None:
    held = [IndexedPassage(f"{x}:0-1", x, "river " + x) for x in "abc"]
    assert all(x.score > 0 for x in open_memory(held).match(Word("river"), limit=3).matches)


def test_lengths_are_kept_in_one_byte() -> None:
    assert [kept_length(x) for x in (0, 7, 40, 41, 42, 103, 104, 111, 112, 168)] == [
        0,
        7,
        40,
        40,
        42,
        96,
        104,
        104,
        112,
        168,
    ]
    assert all(kept_length(kept_length(x)) == kept_length(x) <= x for x in range(3000))


def test_both_rankers_match_the_same() -> None:
    bm25, tfidf = open_memory(PASSAGES), open_memory(PASSAGES, ranker="tfidf")
    for query in (Word("dike"), Word("tied"), Word("global", field="site")):
        found = [{x.passage for x in index.match(query, limit=9).matches} for index in (bm25, tfidf)]
        assert found[0] == found[1]
