"""Doctor: a sound store, and what this system lacks that protects elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

import ctcorpus
from ctcorpus.ingest import sandbox


def index(tmp_path: Path) -> ctcorpus.Corpus:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("The council met\n\nThe council met and spoke about the budget.\n")
    corpus = ctcorpus.open(tmp_path / "store")
    corpus.index([tmp_path / "in"])
    return corpus


def test_a_sound_store_has_no_findings(tmp_path: Path) -> None:
    found = index(tmp_path).doctor()
    assert found.is_sound and found.findings == ()
    assert found.notes == (() if sandbox.missing_protection() is None else (sandbox.missing_protection(),))


def test_a_system_without_landlock_is_told_and_the_store_is_sound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "landlock_abi", lambda: 0)
    found = index(tmp_path).doctor()
    assert found.is_sound and found.findings == () and "no Landlock" in found.notes[0]
