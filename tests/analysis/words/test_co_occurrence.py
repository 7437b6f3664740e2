from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

import pytest
from scipy.stats import chi2_contingency

from ctcorpus.analysis.basis import basis_of
from ctcorpus.analysis.words.co_occurrence import co_occurrence
from ctcorpus.corpus import Corpus
from ctcorpus.index.disk import open_disk
from ctcorpus.model.query import Word
from ctcorpus.model.span import Span
from ctcorpus.model.words import CoOccurrence
from ctcorpus.query.select import select
from tests.analysis.word_samples import SEEDS


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    with Corpus(tmp_path_factory.mktemp("seeds") / "index") as corpus:
        corpus.index([SEEDS])
        yield corpus


def named(corpus: Corpus) -> list[set[str]]:
    """The concepts that each passage names."""
    found = []
    for entry in corpus.documents():
        mentions = corpus.facts(entry.id).mentions
        for passage in corpus.show(entry.id).passages:
            found.append({x.concept for x in mentions if passage.span.contains(Span(x.start, x.end))})
    return found


def asked(corpus: Corpus, within: Word | None = None, most: int = 12) -> CoOccurrence:
    index = open_disk(corpus.store.index_folder)
    concepts = sorted(set().union(*named(corpus)))
    basis = basis_of(select(corpus.store, index, None, str(within or "")))
    return co_occurrence(index, concepts, basis, within, most=most)


def test_pairs_are_those_that_passages_name_together(corpus: Corpus) -> None:
    passages = named(corpus)
    singles = Counter(x for names in passages for x in names)
    pairs = Counter(pair for names in passages for pair in combinations(sorted(names), 2))
    found = asked(corpus, most=25)
    kept = dict(sorted(singles.items(), key=lambda x: (-x[1], x[0]))[:25])
    assert found.concepts == kept
    together = {pair: count for pair, count in pairs.items() if kept.keys() >= set(pair)}
    assert {(min(x.a, x.b), max(x.a, x.b)): x.passages for x in found} == together
    for row in found:
        both, a, b = row.passages, row.a_passages, row.b_passages
        table = [[both, b - both], [a - both, len(passages) - a - b + both]]
        if 0 < a < len(passages) and 0 < b < len(passages):
            wanted = chi2_contingency(table, lambda_="log-likelihood", correction=False).statistic
            assert row.g2 == pytest.approx(wanted, abs=1e-6)
        assert row.expected == pytest.approx(a * b / len(passages), abs=1e-6)


def test_a_pair_opens_its_passages(corpus: Corpus) -> None:
    for row in asked(corpus).pairs[:5]:
        assert corpus.search(row.query).totals["all_words"] == row.passages


def test_within_a_selection_and_of_nothing(corpus: Corpus) -> None:
    some = asked(corpus, Word("border"))
    counts = Counter(x for names in named(corpus) for x in names)
    assert some.pairs
    assert all(0 < some.concepts[x] <= counts[x] for x in some.concepts)
    assert len(some.concepts) == 12
    assert asked(corpus, Word("submarine")).pairs == ()
