from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import fields
from math import log
from pathlib import Path

import numpy as np
import pytest

from ctcorpus.analysis.words import measures as measures
from ctcorpus.analysis.words.stream import FUNCTION_WORDS, WordStream, word_stream
from ctcorpus.corpus import Corpus
from ctcorpus.corpus.maintaining.filling import CACHE
from ctcorpus.errors import StoreDamagedError
from ctcorpus.index.analysis import Analyzer
from ctcorpus.index.folder import MANIFEST
from ctcorpus.index.forward import LIST, has_forward
from ctcorpus.store import generation
from ctcorpus.store.writer import StoreWriter
from tests.analysis.word_samples import TEXTS, indexed


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


def test_counting_writes_nothing_and_is_nobodys_orphan(corpus: Corpus) -> None:
    before = {x: x.stat().st_mtime_ns for x in corpus.path.rglob("*")}
    corpus.collocates("bridge")
    corpus.keyness("bridge")
    assert {x: x.stat().st_mtime_ns for x in corpus.path.rglob("*")} == before
    assert corpus.doctor().findings == ()


def test_a_passage_is_found_again(stream: WordStream) -> None:
    assert [stream.row_of(stream.passage(x)) for x in range(len(stream))] == list(range(len(stream)))
    document = stream.documents[0]
    assert stream.row_of(f"{document}:1-2") is None
    assert stream.row_of("unknown") is None
    assert stream.rows_of("unknown") == range(0)


def test_terms_and_stems_are_found_by_name(stream: WordStream) -> None:
    assert [stream.term(x) for x in stream.terms] == list(range(len(stream.terms)))
    assert [stream.stem(x) for x in stream.stems] == list(range(len(stream.stems)))
    assert stream.term("unknown") is stream.stem("") is None
    assert {stream.terms[int(x)] for x in np.flatnonzero(~stream.content())} == FUNCTION_WORDS & set(stream.terms)


def test_damage_is_an_error_and_the_doctors_to_find(tmp_path: Path) -> None:
    corpus = indexed(tmp_path, TEXTS)
    folder = corpus.store.index_folder
    for path in (*folder.glob("*.forward"), folder / LIST):
        kept = path.read_bytes()
        path.write_bytes(kept[:9] + bytes([kept[9] ^ 1]) + kept[10:])
        with pytest.raises(StoreDamagedError):
            corpus.keyness("bridge")  # a store that is open already; one that is opened now is not opened
        with pytest.raises(StoreDamagedError):
            Corpus(corpus.path).keyness("bridge")
        assert not corpus.doctor().is_sound
        path.write_bytes(kept)
    assert corpus.doctor().is_sound


def test_the_next_run_counts_what_was_added_changed_and_removed(tmp_path: Path) -> None:
    corpus = indexed(tmp_path, TEXTS)
    folder = tmp_path / "articles"
    (folder / "pier.txt").write_text("The pier was closed. Nobody walks on the pier.\n")
    (folder / "ferry.txt").write_text("The catamaran carries cars.\n")
    (folder / "harbour.txt").unlink()
    corpus.index(prune=True)
    stream = word_stream(corpus.store)
    assert list(stream.documents) == sorted(x.id for x in corpus.documents())
    assert {"pier", "catamaran", "bridge"} <= set(stream.terms)
    assert {"ferry", "harbour", "seawall"}.isdisjoint(stream.terms)


@pytest.mark.parametrize("seed", range(2))
def test_after_any_history_words_are_those_of_the_texts(tmp_path: Path, seed: int) -> None:
    corpus = indexed(tmp_path, TEXTS)
    folder, chance = tmp_path / "articles", random.Random(seed)
    for run in range(6):
        names = sorted(x.name for x in folder.iterdir())
        what, name = chance.choice(("add", "update", "remove", "forget")), chance.choice(names)
        if what in ("add", "update"):
            name = f"new{run}.txt" if what == "add" else name
            words = chance.choices(("ferry", "harbour", "sea-wall", f"word{run}", "The", "boats"), k=60)
            (folder / name).write_text(" ".join(words) + ".\n")
            corpus.index()
        elif len(names) > 2:
            citekey = corpus.entry(f"articles/{name}").citekey
            (folder / name).unlink()
            if what == "forget":
                corpus.forget(citekey)
            corpus.index(prune=True)
        stored = [x for entry in corpus.documents() for x in corpus.store.passages_of(entry.id)]
        wanted = Counter(word for x in stored for word in Analyzer().exact(x.text))
        stream = word_stream(corpus.store)
        assert {x: n for x, n in zip(stream.terms, stream.totals.tolist(), strict=True) if n} == wanted
        assert {stream.passage(x) for x in range(len(stream))} == {x.passage.id for x in stored}
    assert corpus.doctor().is_sound


def test_a_store_made_before_is_counted_and_mended_by_the_next_index(tmp_path: Path) -> None:
    """An index of an earlier version has no forward index: counts are the same, and `index` makes it."""
    corpus = indexed(tmp_path, TEXTS)
    wanted = word_stream(corpus.store)
    before = corpus.index().generation
    corpus.close()
    make_old(corpus)
    (corpus.path / CACHE / "words-0").mkdir(parents=True)  # where earlier versions kept counts
    assert same(word_stream(corpus.store), wanted)
    assert not has_forward(corpus.store.index_folder)
    assert corpus.index().generation == before + 2
    assert not (corpus.path / CACHE).exists()
    assert has_forward(corpus.store.index_folder)
    assert same(word_stream(corpus.store), wanted)
    assert corpus.index().generation == before + 2


def make_old(corpus: Corpus) -> None:
    """Gives the store a generation as earlier versions made them."""
    with StoreWriter.open(corpus.path) as writer:
        assert writer.base is not None
        for file in writer.base.index_folder.iterdir():
            if file.suffix not in (".forward", ".lock") and file.name not in (LIST, generation.MANIFEST):
                (writer.folder / file.name).write_bytes(file.read_bytes())
        made_with = json.loads((writer.folder / MANIFEST).read_text())
        del made_with["forward"]
        (writer.folder / MANIFEST).write_text(json.dumps(made_with))
        writer.commit(rules=writer.base.rules)


def same(one: WordStream, other: WordStream) -> bool:
    return all(np.array_equal(getattr(one, x.name), getattr(other, x.name)) for x in fields(WordStream))


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
