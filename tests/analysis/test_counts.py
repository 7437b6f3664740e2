from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from math import log
from pathlib import Path

import numpy as np
import pytest

from ctcorpus.analysis import counts_measures as measures
from ctcorpus.analysis.counts import WordStream, word_stream
from ctcorpus.analysis.counts_cache import CACHE, cached_stream, load
from ctcorpus.corpus import Corpus
from ctcorpus.index.analysis import Analyzer
from tests.analysis.word_samples import TEXTS, indexed


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    with indexed(tmp_path_factory.mktemp("words"), TEXTS) as corpus:
        yield corpus


@pytest.fixture(scope="module")
def stream(corpus: Corpus) -> WordStream:
    return word_stream(corpus.store)


def test_the_stream_says_each_passage_again(corpus: Corpus, stream: WordStream) -> None:
    for row in range(len(stream)):
        stored = corpus.store.passages([stream.passage(row)])[stream.passage(row)]
        words = stream.words[stream.offsets[row] : stream.offsets[row + 1]]
        assert [stream.terms[x] for x in words] == Analyzer().exact(stored.text)
    assert len(stream) == corpus.store.counts().passages
    assert dict(zip(stream.terms, stream.totals.tolist(), strict=True)) == {
        **dict.fromkeys(stream.terms, 0),
        **Counter(stream.terms[x] for x in stream.words),
    }


def test_compounds_are_kept_beside_their_parts(stream: WordStream) -> None:
    found = {stream.terms[term]: (int(first), int(count)) for first, count, term in stream.joined}
    assert found.keys() == {"reopened", "seawall"}
    first, count = found["seawall"]
    assert [stream.terms[x] for x in stream.words[first : first + count]] == ["sea", "wall"]


def test_the_cache_gives_the_same_and_is_nobodys_orphan(corpus: Corpus, stream: WordStream) -> None:
    made = cached_stream(corpus.store)
    (folder,) = (corpus.path / CACHE).iterdir()
    kept = load(folder)
    assert kept is not None
    for one in (made, kept):
        assert (one.documents, one.terms, one.stems) == (stream.documents, stream.terms, stream.stems)
        for name in ("places", "offsets", "words", "joined", "stem_of", "totals", "found_in", "norms"):
            assert np.array_equal(getattr(one, name), getattr(stream, name))
    assert corpus.doctor().findings == ()


@pytest.mark.parametrize("name", ["words.npy", "names.json", "manifest.json", "norms.npy"])
def test_a_cache_that_is_not_as_written_is_made_anew(corpus: Corpus, stream: WordStream, name: str) -> None:
    cached_stream(corpus.store)
    (folder,) = (corpus.path / CACHE).iterdir()
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)
    assert load(folder) is None
    assert np.array_equal(cached_stream(corpus.store).words, stream.words)
    assert load(folder) is not None


@pytest.mark.skipif(os.geteuid() == 0, reason="root can write everywhere")
def test_a_store_that_cannot_be_written_is_counted_in_memory(tmp_path: Path) -> None:
    corpus = indexed(tmp_path, TEXTS)
    corpus.path.chmod(0o500)
    try:
        assert len(cached_stream(corpus.store)) == corpus.store.counts().passages
    finally:
        corpus.path.chmod(0o700)


def test_another_generation_has_another_cache(tmp_path: Path) -> None:
    corpus = indexed(tmp_path, TEXTS)
    cached_stream(corpus.store)
    (tmp_path / "articles" / "pier.txt").write_text("The pier was closed. Nobody walks on the pier.\n")
    corpus.index()
    assert "pier" in cached_stream(corpus.store).terms
    (folder,) = (corpus.path / CACHE).iterdir()
    assert json.loads((folder / "names.json").read_text())["documents"] == sorted(x.id for x in corpus.documents())


def g2(a: int, b: int, c: int, d: int) -> float:
    return float(measures.g2(np.array([a]), np.array([b]), c, d)[0])


@pytest.mark.parametrize(
    ("a", "b", "c", "d"), [(8, 1, 40, 60), (0, 9, 40, 60), (5, 0, 12, 900), (3, 7, 30, 70), (40, 1, 40, 60)]
)
def test_g2_is_that_of_scipy(a: int, b: int, c: int, d: int) -> None:
    from scipy.stats import chi2_contingency

    wanted = chi2_contingency([[a, b], [c - a, d - b]], lambda_="log-likelihood", correction=False).statistic
    assert g2(a, b, c, d) == pytest.approx(wanted, abs=1e-6)


def test_measures_worked_by_hand() -> None:
    # 8 of 40 against 1 of 60; expected are 3.6 and 5.4 of the 9, 36.4 and 54.6 of the rest
    cells = 8 * log(8 / 3.6) + 1 * log(1 / 5.4) + 32 * log(32 / 36.4) + 59 * log(59 / 54.6)
    assert g2(8, 1, 40, 60) == pytest.approx(2 * cells, abs=1e-6)
    assert g2(8, 1, 40, 60) == pytest.approx(10.303442, abs=1e-6)
    a, b = np.array([8]), np.array([1])
    assert measures.log_ratio(a, b, 40, 60)[0] == pytest.approx(3.584963, abs=1e-6)  # log2(0.2 / 0.016667) = log2 12
    assert measures.log_ratio(a, np.array([0]), 40, 60)[0] == pytest.approx(4.584963, abs=1e-6)  # log2 24
    assert measures.mutual_information(a, b, 40, 60)[0] == pytest.approx(1.152003, abs=1e-6)  # log2(8 / 3.6)
    # shares of the word 3/4, 1/4, 0 against shares of all 1/2, 1/4, 1/4: (1/4 + 0 + 1/4) / 2
    assert measures.dispersion(np.array([3, 1, 0]), np.array([50, 25, 25])) == pytest.approx(0.25)
    assert measures.per_million(3, 1200) == 2500.0


def test_nothing_divides_by_zero() -> None:
    assert g2(0, 0, 0, 10) == g2(3, 0, 10, 0) == g2(0, 0, 0, 0) == 0.0
    assert measures.log_ratio(np.array([1]), np.array([0]), 5, 0).tolist() == [0.0]
    assert measures.dispersion(np.array([4]), np.array([10])) is None
    assert measures.dispersion(np.array([0, 0]), np.array([10, 10])) is None
    assert measures.per_million(0, 0) == 0.0
