"""What stands around a query: order, groups, context, facets, what is new, files in no store, batches, receipts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ctcorpus.corpus import Corpus
from ctcorpus.errors import SourceError, UsageError

NEWS = """Fence Repaired

Published: 2025-03-04

The border fence was repaired after the flood. Soldiers carried new posts up the hill for a week.
"""


def more(corpus: Corpus, folder: Path) -> None:
    (folder / "articles" / "news.txt").write_text(NEWS, encoding="utf-8")
    corpus.index([folder / "articles"])


def test_tfidf_ranks_the_same_passages_and_adds_up(corpus: Corpus) -> None:
    ranked = corpus.search("border fence", ranker="tfidf", explain=True)
    assert ranked.ranker == "tfidf"
    assert {x.passage.id for x in ranked} == {x.passage.id for x in corpus.search("border fence")}
    for hit in ranked:
        assert hit.explanation is not None
        assert hit.score == pytest.approx(hit.explanation["value"], abs=1e-5)
    cached = list((corpus.path / "cache").glob("tfidf-*"))
    assert len(cached) == 1
    (cached[0] / "data.npy").write_bytes(b"damaged")
    corpus.close()
    assert [x.score for x in corpus.search("border fence", ranker="tfidf")] == [x.score for x in ranked]


def test_options_that_make_no_sense_are_refused(corpus: Corpus) -> None:
    for options in ({"ranker": "best"}, {"sort": "size"}, {"group_by": "mood"}, {"context": -1}, {"new_since": "soon"}):
        with pytest.raises(UsageError):
            corpus.search("fence", **options)


def test_context_is_verbatim_and_holds_the_passage(corpus: Corpus) -> None:
    for hit in corpus.search("fence", context=1):
        assert hit.context is not None
        assert hit.context.text == corpus.show(hit.document).text[hit.context.start : hit.context.end]
        assert hit.text in hit.context.text


def test_groups_hold_every_hit_and_facets_count_every_passage(corpus: Corpus) -> None:
    for by in ("document", "site", "month", "speaker"):
        results = corpus.search("fence OR court OR river", group_by=by, facets=True)
        assert results.groups is not None
        assert results.facets is not None
        assert {x for group in results.groups for x in group.ranks} == {x.rank for x in results}
        assert sum(x.passages for x in results.facets.kind) == results.totals["all_words"] == results.facets.of


def test_in_order_of_date_the_newest_comes_first_and_undated_last(corpus: Corpus, folder: Path) -> None:
    more(corpus, folder)
    dates = [x.published for x in corpus.search("fence", sort="date")]
    assert dates[0] == "2025-03-04"
    assert dates[1:] == [None] * (len(dates) - 1)


def test_what_has_no_date_is_left_out_or_taken_in(corpus: Corpus, folder: Path) -> None:
    more(corpus, folder)
    narrow, wide = (corpus.search("fence published:2025", include_undated=x) for x in (False, True))
    assert narrow.excluded["undated"]["documents"] == 3
    assert wide.excluded["undated"] == {"documents": 0, "passages": 0}
    assert narrow.totals["all_words"] < wide.totals["all_words"]


def test_last_gives_what_came_since_it_was_last_asked(corpus: Corpus, folder: Path) -> None:
    first = corpus.search("fence", new_since="last")
    assert first.totals["all_words"] == corpus.search("fence").totals["all_words"]
    assert corpus.search("fence", new_since="last").total == 0
    more(corpus, folder)
    assert {x.path for x in corpus.search("fence", new_since="last")} == {"articles/news.txt"}
    assert corpus.search("fence", new_since="last").total == 0
    assert corpus.search("river", new_since="last").total > 0  # each question has a point of its own
    assert {x.path for x in corpus.search("fence", new_since="1")} == {"articles/news.txt"}
    assert corpus.search("fence", new_since="2000-01-01").total > 1
    assert "fence" not in (corpus.path / "points.json").read_text(encoding="utf-8")
    assert corpus.doctor().to_dict()["findings"] == []


def test_files_in_no_store_are_searched_and_cited(corpus: Corpus, folder: Path, tmp_path: Path) -> None:
    nowhere = Corpus(tmp_path / "nowhere")
    results = nowhere.search("border fence", files=[folder / "articles" / "fence.txt", folder / "gone.txt"])
    assert results.totals["all_words"] >= 1
    assert any("gone.txt" in x for x in results.query.warnings)
    stored = {x.citation.quote for x in corpus.search("border fence")}
    assert {x.citation.quote for x in results if x.match == "all"} <= stored
    assert not (tmp_path / "nowhere").exists()
    with pytest.raises(SourceError):
        nowhere.search("fence", files=[folder / "gone.txt"])


def test_one_bad_line_of_a_batch_does_not_stop_the_rest(corpus: Corpus, tmp_path: Path) -> None:
    file = tmp_path / "queries.txt"
    file.write_text(f"# saved\nfence\n\n{'x' * 2000}\nzeppelin\ncourts\n", encoding="utf-8")
    batch = corpus.batch(file, n=1)
    assert [x.line for x in batch.queries] == [2, 4, 5, 6]
    assert (batch.failed, batch.zero) == ((4,), (5,))


def test_a_replay_says_what_changed_and_why(corpus: Corpus, folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "receipt.json"
    corpus.search("border fence", receipt=kept)
    assert json.loads(kept.read_text(encoding="utf-8"))["schema"] == "ctcorpus/receipt/1"
    assert corpus.replay(kept).same
    more(corpus, folder)
    later = corpus.replay(kept)
    assert not later.same
    assert [x.what for x in later.causes] == ["documents"]
    assert any(x.what == "new" and "came later" in x.why for x in later.changes)
    (folder / "articles" / "fence.txt").unlink()
    corpus.index([folder / "articles"], prune=True)
    assert any(x.what == "gone" and "no longer in the store" in x.why for x in corpus.replay(kept).changes)
    kept.write_text("{}", encoding="utf-8")
    with pytest.raises(SourceError):
        corpus.replay(kept)


def test_near_words_are_told_from_distant_ones_in_both_tiers(corpus: Corpus) -> None:
    close = corpus.search("border w/1 fence")
    far = corpus.search("fence -(border w/1 fence)")
    assert close.totals["all_words"] == 1
    assert not {x.passage.id for x in close} & {x.passage.id for x in far}
    assert close.total_relation == "eq"
