"""A small corpus to export from: hand-made articles with a quotation in one, indexed for real."""

from __future__ import annotations

from pathlib import Path

from ctcorpus.corpus import Corpus

FENCE = """Work on the Border Fence

By: A. Khan

The border fence was extended by 200 kilometres in 2024, officials said. The work was done by the army engineers.

A second fence is planned along the river. It will be lower than the first one, and it will not be lit at night.
"""
COURTS = """Special courts were set up in 2015 after an attack on a school. They heard 700 cases in four years.

“The fence alone will not hold,” said Minister Omar Aziz. “We need courts that work.”
"""


def corpus_in(folder: Path) -> Corpus:
    """The corpus of two articles in this folder, indexed; the store is at ``data/index``."""
    articles = folder / "articles"
    articles.mkdir()
    (articles / "fence.txt").write_text(FENCE, encoding="utf-8")
    (articles / "courts.txt").write_text(COURTS, encoding="utf-8", newline="")
    corpus = Corpus(folder / "data" / "index")
    corpus.index([articles])
    return corpus


def changed(corpus: Corpus, folder: Path) -> None:
    """Writes a new version of the fence article, in which the first sentence differs, and indexes it."""
    newer = FENCE.replace("200 kilometres", "210 kilometres")
    (folder / "articles" / "fence.txt").write_text(newer, encoding="utf-8")
    corpus.index()
