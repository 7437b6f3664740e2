"""When each document came: carried on in parts, the same as one look at every generation would tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctcorpus.corpus import Corpus
from ctcorpus.corpus.maintaining.history import History, generation_before, read_history
from ctcorpus.store import open_store


def test_each_document_came_with_the_generation_that_first_searched_it(corpus: Corpus, folder: Path) -> None:
    articles = folder / "articles"
    seen: dict[str, int] = {}
    made: dict[int, str] = {}

    def look() -> None:
        with open_store(corpus.path) as store:
            now = {entry.id for entry in store.entries()}
            for name in [name for name in seen if name not in now]:
                del seen[name]
            for name in now:
                seen.setdefault(name, store.generation)
            made[store.generation] = store.created
            history = read_history(store)
        assert history.first_seen == seen
        assert history.created == made

    look()
    for number in range(12):
        (articles / f"{number}.txt").write_text(f"Article {number} is about a town and the bridge of that town.\n")
        if number % 3 == 1:
            (articles / f"{number - 1}.txt").unlink()
        if number % 4 == 2:
            (articles / f"{number - 1}.txt").write_text(f"Article {number - 1} is told otherwise now, by its town.\n")
        corpus.index(prune=True)
        look()
    (articles / "0.txt").write_text("Article 0 is about a town and the bridge of that town.\n")  # back again: it is new
    corpus.index()
    look()
    with open_store(corpus.path) as store:
        assert len(list(store.index_folder.glob("history.*"))) <= 4
    corpus.index(rebuild=True)
    look()


@pytest.mark.parametrize(
    ("asked", "generation"),
    [
        ("2025-03-01T12:00+05:00", 0),
        ("2025-03-01T12:00Z", 1),
        ("2025-03-01T12:00", 1),
        ("2025-03-01T06:00-08:00", 1),
        ("2025-03-01T12:00Z/2025-04", 1),
        ("2025-03/2025-04-01T12:00Z", 0),
    ],
)
def test_a_minute_on_another_clock_is_compared_in_utc(asked: str, generation: int) -> None:
    history = History({1: "2025-03-01T08:00:00Z"}, {})
    assert generation_before(asked, history) == generation
