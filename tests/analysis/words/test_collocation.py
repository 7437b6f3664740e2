from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from scipy.stats import chi2_contingency

from ctcorpus.corpus import Corpus
from ctcorpus.errors import UsageError
from ctcorpus.index.analysis import Analyzer
from ctcorpus.model.span import Span


def passages(corpus: Corpus) -> Iterator[list[str]]:
    for entry in corpus.documents():
        for stored in corpus.store.passages_of(entry.id):
            yield Analyzer().exact(stored.text)


def test_a_window_worked_by_hand(corpus: Corpus) -> None:
    found = corpus.collocates("=ferry", window=1, minimum=1, all_words=True)
    rows = {x.term: x for x in found}
    # The ferry carries | the ferry share | The ferry was | the ferry each | the ferry (end)
    assert found.occurrences == 5
    assert {x: rows[x].together for x in ("the", "carries", "share", "was", "each")} == {
        "the": 5,
        "carries": 1,
        "share": 1,
        "was": 1,
        "each": 1,
    }
    words = sum(map(len, passages(corpus)))
    assert found.words == words - 5
    assert rows["carries"].expected == pytest.approx(9 / (words - 5), abs=1e-6)


@pytest.mark.parametrize("window", [2, 5])
def test_the_seeds_counted_again(seeds: Corpus, window: int) -> None:
    inside: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for words in passages(seeds):
        nodes = {at for at, x in enumerate(words) if x == "security"}
        near = {y for x in nodes for y in range(x - window, x + window + 1) if 0 <= y < len(words)} - nodes
        inside.update(words[x] for x in near)
        whole.update(x for at, x in enumerate(words) if at not in nodes)
    size, total = inside.total(), whole.total()
    found = seeds.collocates("=security", 10_000, window=window, minimum=2, all_words=True)
    assert found.words == total
    assert len(found.rows) == found.candidates > 10
    for row in found:
        a, b = inside[row.term], whole[row.term] - inside[row.term]
        assert (row.together, row.alone) == (a, a + b)
        table = [[a, b], [size - a, total - size - b]]
        wanted = chi2_contingency(table, lambda_="log-likelihood", correction=False).statistic
        assert row.g2 == pytest.approx(wanted, abs=1e-6)
    missed = {x for x, n in inside.items() if n >= 2 and n > whole[x] * size / total} - {x.term for x in found}
    assert missed == set()


def test_the_search_of_a_row_opens_its_passages(seeds: Corpus) -> None:
    for row in seeds.collocates("=security", 5):
        assert 0 < seeds.search(row.query).totals["all_words"] <= row.together
    for row in seeds.collocates("security", 3, where="author:jamali"):
        assert {x.citekey for x in seeds.search(row.query)} == {"jamali-2025-pakistans"}


def test_what_may_be_asked_for(corpus: Corpus, seeds: Corpus) -> None:
    assert corpus.collocates("boat", minimum=1).occurrences == 4  # the stem: Boats
    assert corpus.collocates("=boat", minimum=1).occurrences == 0
    assert corpus.collocates('"new bridge"', minimum=1).occurrences == 2
    assert corpus.collocates("harb*", minimum=1).occurrences == 3
    assert corpus.collocates("/fer.*/", minimum=1).occurrences == 5
    assert corpus.collocates("seawall", minimum=1).occurrences == 1
    assert corpus.collocates("sea-wall", minimum=1).occurrences == 1
    assert corpus.collocates("ferry OR bridge", minimum=1).occurrences == 12
    assert seeds.collocates("@ttp").occurrences == sum(
        x.concept == "grp:ttp" and any(p.span.contains(Span(x.start, x.end)) for p in seeds.show(y.id).passages)
        for y in seeds.documents()
        for x in seeds.facts(y.id).mentions
    )
    for wrong in ("new bridge", "author:lund", "a w/3 b", ""):
        with pytest.raises(UsageError):
            corpus.collocates(wrong)
    with pytest.raises(UsageError):
        corpus.collocates("bridge", window=0)


def test_what_is_not_there(corpus: Corpus) -> None:
    assert corpus.collocates("submarine").rows == ()
    assert corpus.collocates("bridge", where="submarine").rows == ()
    assert corpus.collocates("bridge", minimum=1000).rows == ()
