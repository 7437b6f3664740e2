from __future__ import annotations

from collections import Counter
from math import log2

import pytest
from scipy.stats import chi2_contingency

from ctcorpus.corpus import Corpus
from ctcorpus.index.analysis import Analyzer


def counted(corpus: Corpus, citekeys: set[str]) -> dict[str, Counter[str]]:
    return {
        entry.citekey: Counter(
            word for stored in corpus.store.passages_of(entry.id) for word in Analyzer().exact(stored.text)
        )
        for entry in corpus.documents()
        if entry.citekey in citekeys
    }


def test_a_dozen_lines_by_hand(corpus: Corpus) -> None:
    found = corpus.keyness("author:lund", minimum=2, all_words=True)
    rows = {x.term: x for x in found}
    # the first article has 36 words and "bridge" 6 times, the others 57 words and "bridge" once
    assert (found.target_words, found.reference_words) == (36, 57)
    bridge = rows["bridge"]
    assert (bridge.target, bridge.reference, bridge.more_in, bridge.documents) == (6, 1, "target", 1)
    assert bridge.target_per_million == pytest.approx(6e6 / 36, abs=1e-6)
    assert bridge.log_ratio == pytest.approx(log2((6 / 36) / (1 / 57)), abs=1e-6)
    assert rows["ferry"].more_in == "reference"
    assert rows["ferry"].log_ratio == pytest.approx(log2((0.5 / 36) / (5 / 57)), abs=1e-6)


def test_the_seeds_counted_again(seeds: Corpus) -> None:
    keys = {x.citekey for x in seeds.documents()}
    target = {"jamali-2025-pakistans", "anon-nd-pakistans"}
    here, there = counted(seeds, target), counted(seeds, keys - target)
    a, b = sum(here.values(), Counter()), sum(there.values(), Counter())
    asked = "author:jamali OR citekey:anon-nd-pakistans"
    found = seeds.keyness(asked, n=100_000, minimum=4, all_words=True)
    assert (found.target_words, found.reference_words) == (a.total(), b.total())
    assert {x.term for x in found} == {x for x in a | b if a[x] + b[x] >= 4}
    for row in found:
        x, y = a[row.term], b[row.term]
        assert (row.target, row.reference) == (x, y)
        table = [[x, y], [a.total() - x, b.total() - y]]
        wanted = chi2_contingency(table, lambda_="log-likelihood", correction=False).statistic
        assert row.g2 == pytest.approx(wanted, abs=1e-6)
        side = here if row.more_in == "target" else there
        size = sum(z.total() for z in side.values())
        times = sum(z[row.term] for z in side.values())
        spread = sum(abs(z[row.term] / times - z.total() / size) for z in side.values()) / 2
        assert row.dispersion == pytest.approx(spread, abs=1e-6)
        assert row.documents == sum(z[row.term] > 0 for z in side.values())
    assert [x.g2 for x in found] == sorted((x.g2 for x in found), reverse=True)


@pytest.mark.parametrize("target", ["fence", "author:jamali", "operations"])
def test_a_word_is_more_frequent_where_it_is_said_to_be(seeds: Corpus, target: str) -> None:
    found = list(seeds.keyness(target, n=1000, minimum=1))
    assert found
    for row in found:
        assert (row.more_in == "target") == (row.target_per_million > row.reference_per_million)
        assert (row.more_in == "target") == (row.log_ratio > 0)


def test_the_search_of_a_row_opens_its_passages(seeds: Corpus) -> None:
    for row in seeds.keyness("author:jamali", n=8):
        hits = seeds.search(row.query, 100).hits
        times = sum(Analyzer().exact(x.text).count(row.term) for x in hits if x.match == "all")
        assert times == (row.target if row.more_in == "target" else row.reference)


def test_two_filters_may_overlap(corpus: Corpus) -> None:
    found = corpus.keyness("author:lund", "boats", minimum=1)
    assert found.shared > 0
    assert found.against is not None
    assert found.target_passages + found.reference_passages <= corpus.store.counts().passages


@pytest.mark.parametrize(
    ("target", "reference", "sides"),
    [("submarine", None, "target"), ("", None, "reference"), ("author:lund", "submarine", "reference")],
)
def test_an_empty_side(corpus: Corpus, target: str, reference: str | None, sides: str) -> None:
    found = corpus.keyness(target, reference)
    assert found.rows == ()
    assert (found.target_passages == 0) is (sides == "target")
    assert (found.reference_passages == 0) is (sides == "reference")
