from __future__ import annotations

from pathlib import Path

import pytest

from ctcorpus.errors import StoreDamagedError
from ctcorpus.index.base import Index
from ctcorpus.index.memory import MemoryIndex
from ctcorpus.index.tfidf import TfidfIndex, TfidfMatrix
from ctcorpus.model.query import And, Everything, Fuzzy, Not, Or, Query, Weighted, Wildcard, Word
from tests.index.index_samples import PASSAGES, TAXES, built

QUERIES: list[Query] = [
    Word("dikes"),
    Or((Word("flood"), Weighted(Word("taxes"), 0.3))),
    And((Word("rivers"), Not(Word("survey")))),
    Wildcard("tax*"),
    Fuzzy("dkie"),
    Everything(),
]


def answers(index: Index) -> list[list[tuple[str, float]]]:
    return [[(x.passage, x.score) for x in index.match(q, limit=20).matches] for q in QUERIES]


def test_it_ranks_any_engine_alike_and_again_after_loading(tmp_path: Path) -> None:
    matrix = TfidfMatrix.of(PASSAGES)
    matrix.save(tmp_path)
    disk = built(tmp_path / "index", PASSAGES)
    wanted = answers(TfidfIndex(MemoryIndex(PASSAGES), matrix))
    assert answers(TfidfIndex(disk, TfidfMatrix.load(tmp_path))) == wanted
    assert all(wanted)


def test_scores_are_cosines_and_their_explanation_adds_up() -> None:
    index = TfidfIndex(MemoryIndex(PASSAGES), TfidfMatrix.of(PASSAGES))
    for query in QUERIES:
        for match in index.match(query, limit=9).matches:
            assert 0 <= match.score <= 1
            told = index.explain(query, match.passage)
            assert told is not None
            assert told["value"] == pytest.approx(match.score, abs=1e-5)
    assert index.explain(Word("dike"), f"{TAXES}:0-10") is None


def test_no_words_at_all() -> None:
    index = TfidfIndex(MemoryIndex([]), TfidfMatrix.of([]))
    assert index.match(Word("dike"), limit=3).total == 0


def test_what_was_not_written_is_damage(tmp_path: Path) -> None:
    TfidfMatrix.of(PASSAGES).save(tmp_path)
    for name in ("data.npy", "tfidf.json", "indices.npy"):
        kept = (tmp_path / name).read_bytes()
        for broken in (b"", kept[:40], b"\x80\x04."):
            (tmp_path / name).write_bytes(broken)
            with pytest.raises(StoreDamagedError):
                TfidfMatrix.load(tmp_path)
        (tmp_path / name).write_bytes(kept)
