"""What rests on a text, before and after the text has changed or gone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ctcorpus.citing.exporting.export import Request
from ctcorpus.citing.impact import touched
from ctcorpus.citing.registry import FILE, register, registered
from ctcorpus.corpus import Corpus
from ctcorpus.errors import StoreDamagedError, UnknownIdError
from tests.citing.export_corpora import FENCE, changed, corpus_in


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with corpus_in(tmp_path) as made:
        yield made


@pytest.fixture
def memo(corpus: Corpus, tmp_path: Path) -> Path:
    """An export of two sentences of the fence article, registered."""
    output = tmp_path / "memo.md"
    report = corpus.export("extended engineers", Request(unit="sentence", output=output, register=True), n=1)
    assert report.registered
    assert report.passages == 2
    return output


def test_what_rests_on_a_document_is_listed(corpus: Corpus, memo: Path) -> None:
    found = corpus.impact("fence.txt")
    assert (found.registered, [x.path for x in found.rows]) == (1, [str(memo)])
    (row,) = found.rows
    assert (row.kind, row.changed, row.file) == ("export", False, "as_registered")
    assert {x["status"] for x in row.spans} == {"current"}
    assert corpus.impact("courts.txt").rows == ()


def test_a_span_counts_only_what_touches_it(corpus: Corpus, memo: Path) -> None:
    start = FENCE.index("The work was done")
    (row,) = corpus.impact(f"fence.txt:{start + 3}-{start + 5}").rows
    assert [x["id"].partition(":")[2].partition("-")[0] for x in row.spans] == [str(start)]
    assert corpus.impact("fence.txt:0-4").rows == ()


def test_a_changed_text_is_told_and_never_matched_to_a_lookalike(corpus: Corpus, memo: Path, tmp_path: Path) -> None:
    old = corpus.entry("fence.txt").id
    changed(corpus, tmp_path)
    new = corpus.entry("fence.txt").id
    for name in ("fence.txt", old):
        (row,) = corpus.impact(name).rows
        assert row.changed
        assert [x["status"] for x in row.spans] == ["superseded", "superseded"]
        assert row.spans[0]["now"] is None  # "200 kilometres" is "210 kilometres" now
    moved = row.spans[1]["now"]
    assert moved is not None
    assert moved.startswith(new)
    assert corpus.cite(moved).quote == "The work was done by the army engineers."


def test_a_text_that_is_gone_is_told(corpus: Corpus, memo: Path, tmp_path: Path) -> None:
    old = corpus.entry("fence.txt").id
    (tmp_path / "articles" / "fence.txt").unlink()
    corpus.index(prune=True)
    found = corpus.impact(old)
    assert {x["status"] for x in found.rows[0].spans} <= {"source_gone", "current"}
    with pytest.raises(UnknownIdError):
        corpus.impact("nothing-like-it")


def test_an_edited_or_missing_file_is_told(corpus: Corpus, memo: Path) -> None:
    memo.write_text("other")
    assert corpus.impact("fence.txt").rows[0].file == "edited"
    memo.unlink()
    assert corpus.impact("fence.txt").rows[0].file == "missing"


def test_a_path_is_registered_once(corpus: Corpus, memo: Path) -> None:
    corpus.export("courts", Request(output=memo, force=True, register=True))
    assert [x.path for x in registered(corpus.path)] == [str(memo)]
    assert corpus.impact("fence.txt").rows == ()


def test_drafts_are_registered_beside_exports(corpus: Corpus, memo: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text("a draft")
    courts = corpus.entry("courts.txt")
    register(corpus.store, "draft", draft, [f"{courts.id}:0-10"])
    assert [x.kind for x in registered(corpus.path)] == ["export", "draft"]
    assert [(x.path, count) for x, count in touched(corpus.store, {courts.id})] == [(str(draft), 1)]


def test_the_registry_belongs_to_the_store_and_holds_no_words(corpus: Corpus, memo: Path) -> None:
    assert corpus.doctor().findings == ()
    kept = (corpus.path / FILE).read_text(encoding="utf-8")
    assert "fence was" not in kept
    assert json.loads(kept)["works"]


def test_a_damaged_registry_is_told(corpus: Corpus, memo: Path) -> None:
    (corpus.path / FILE).write_text("[]\n")
    with pytest.raises(StoreDamagedError, match="line 1"):
        corpus.impact("fence.txt")
