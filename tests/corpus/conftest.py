"""A corpus folder with three small articles, made by hand: two about fences, one about courts."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctcorpus.corpus import Corpus

FENCE = """Work on the Border Fence

By: A. Khan

The border fence was extended by 200 kilometres in 2024, officials said. The work was done by the army engineers.

A second fence is planned along the river. It will be lower than the first one, and it will not be lit at night.
"""
COURTS = """Special courts were set up in 2015 after an attack on a school. They heard 700 cases in four years.

Lawyers asked for open hearings. The ministry replied that “open hearings would endanger witnesses”.
"""
RIVER = """The river changed its bed in 2022, and the old border marks were lost. A commission met twice,
without a result.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus folder: articles in ``articles``, the store to be made at ``data/index``."""
    articles = tmp_path / "articles"
    articles.mkdir()
    for name, text in (("fence.txt", FENCE), ("courts.txt", COURTS), ("river.txt", RIVER)):
        (articles / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def corpus(folder: Path) -> Corpus:
    """The corpus of that folder, indexed."""
    made = Corpus(folder / "data" / "index")
    made.index([folder / "articles"])
    return made
