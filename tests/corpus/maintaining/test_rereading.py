"""Facts read anew: told before it begins, the same in other processes as here; stopped, the store is as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctcorpus.corpus import Corpus
from ctcorpus.corpus.maintaining.pool import LEAST
from tests.corpus.maintaining.test_indexing import OWN_CONCEPT
from tests.corpus.maintaining.test_reading import many


def state(corpus: Corpus) -> tuple[object, ...]:
    """What a store says as a whole."""
    documents = corpus.documents()
    return corpus.status().digest, documents, [corpus.facts(x.id) for x in documents], corpus.search("@engineers").total


def test_other_processes_give_what_this_one_gives(corpus: Corpus, folder: Path) -> None:
    many(folder / "articles", LEAST + 4)
    corpus.index()
    (folder / "thesaurus.ttl").write_text(OWN_CONCEPT, encoding="utf-8")
    told: list[tuple[int, int]] = []
    steps: list[tuple[str, str | None]] = []
    report = corpus.index(
        jobs=2,
        progress=lambda done, total, _: told.append((done, total)),
        announce=lambda name, note: steps.append((name, note)),
    )
    count = LEAST + 7
    assert (report.reread, report.added, report.updated) == (count, 0, 0)
    assert told == [(at + 1, count) for at in range(count)]
    assert [name for name, _ in steps] == ["reading facts anew"]
    assert f"the facts of {count} documents are read anew" in str(steps[0][1])
    assert corpus.doctor().is_sound
    parallel = state(corpus)
    assert parallel[3] == 1
    corpus.index(rebuild=True)
    assert state(corpus) == parallel
    assert corpus.status().remedy is None


def test_it_is_said_before_one_file_is_added(corpus: Corpus, folder: Path, tmp_path: Path) -> None:
    (folder / "thesaurus.ttl").write_text(OWN_CONCEPT, encoding="utf-8")
    late = tmp_path / "late.txt"
    late.write_text("The army engineers built a bridge over the river, and it stood for nine years.\n")
    said: list[str] = []
    report = corpus.add(late, announce=lambda name, note: said.append(f"{name}: {note}"))
    assert (report.added, report.reread) == (1, 3)
    assert said == [
        "reading facts anew: the rules or the thesaurus have changed: the facts of 3 documents are read anew"
    ]
    assert corpus.search("@engineers").total == 2


def test_stopped_in_the_middle_the_store_is_as_it_was(corpus: Corpus, folder: Path) -> None:
    many(folder / "articles", LEAST + 4)
    corpus.index()
    before = state(corpus)
    corpus.close()
    (folder / "thesaurus.ttl").write_text(OWN_CONCEPT, encoding="utf-8")

    def stop(done: int, *_: object) -> None:
        if done == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        corpus.index(jobs=2, progress=stop)
    assert state(corpus) == before
    assert corpus.doctor().is_sound
    assert corpus.index(jobs=2).reread == LEAST + 7
