"""What changed between versions: every piece is a quotation of its own version."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctcorpus.corpus import Corpus
from ctcorpus.errors import UsageError


def test_changes_are_found_sentence_by_sentence(corpus: Corpus, folder: Path) -> None:
    path = folder / "articles" / "courts.txt"
    changed = (
        path.read_text(encoding="utf-8").replace("700 cases", "715 cases")
        + "\nA new paragraph was added at the end of the article.\n"
    )
    path.write_text(changed, encoding="utf-8")
    corpus.index()
    found = corpus.diff("courts.txt")
    assert (found.before_version, found.after_version, found.versions) == (1, 2, 2)
    assert [x.kind for x in found.changes] == ["changed", "added"]
    for change in found.changes:
        for piece in (change.before, change.after):
            if piece is not None:
                assert corpus.cite(piece.id).quote == piece.text
    assert found.changes[0].before is not None
    assert "700" in found.changes[0].before.text
    assert found.unchanged == 3


def test_a_moved_sentence_is_told_as_moved(corpus: Corpus, folder: Path) -> None:
    path = folder / "articles" / "courts.txt"
    first, second = path.read_text(encoding="utf-8").strip().split("\n\n")
    path.write_text(f"{second}\n\n{first}\n", encoding="utf-8")
    corpus.index()
    assert {x.kind for x in corpus.diff("courts.txt").changes} == {"moved"}


def test_one_version_has_no_differences(corpus: Corpus) -> None:
    with pytest.raises(UsageError, match="one version only"):
        corpus.diff("courts.txt")
