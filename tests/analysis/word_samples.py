"""Small articles about bridges and boats, made by hand, indexed; and the store of the five seeds."""

from __future__ import annotations

from pathlib import Path

from ctcorpus.corpus import Corpus

SEEDS = Path(__file__).resolve().parents[2] / "seeds"

BRIDGE = """Bridge Work

By: A. Lund

The old bridge was closed in May. The new bridge opened in June. Engineers built the new bridge.

The mayor praised the bridge. Boats pass under the bridge each day, and the bridge keeper counts them.
"""
FERRY = """Ferry News

The ferry carries cars. Boats and the ferry share the river. The ferry was late in May, the captain said.

The captain praised the crew. Boats pass the ferry each day. No bridge is near the ferry.
"""
HARBOUR = """Harbour Notes

The harbour was built by engineers. Boats rest in the harbour. A re-opened sea-wall keeps the harbour calm.
"""
TEXTS = {"bridge.txt": BRIDGE, "ferry.txt": FERRY, "harbour.txt": HARBOUR}


def indexed(folder: Path, texts: dict[str, str]) -> Corpus:
    """A corpus of these texts, by file name."""
    articles = folder / "articles"
    articles.mkdir()
    for name, text in texts.items():
        (articles / name).write_text(text, encoding="utf-8")
    corpus = Corpus(folder / "data" / "index")
    corpus.index([articles])
    return corpus
