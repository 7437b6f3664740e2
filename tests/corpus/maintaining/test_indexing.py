"""Bringing a store up to date: what is new or changed is read, the rest is not touched, nothing is half done."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ctcorpus.corpus import Corpus
from ctcorpus.errors import NothingReadError, StoreMissingError
from ctcorpus.store import open_store
from ctcorpus.store.lock import writer_pid
from tests.corpus.corpus_samples import snapshot

OWN_CONCEPT = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ct: <urn:ctcorpus:vocabulary:> .
@prefix org: <urn:ctcorpus:concept:org:> .

org:engineers
  a skos:Concept ;
  skos:inScheme <urn:ctcorpus:thesaurus> ;
  ct:type "organisation" ;
  skos:prefLabel "army engineers"@en .
"""


def test_unchanged_sources_write_no_byte(corpus: Corpus, folder: Path) -> None:
    before = snapshot(folder)
    for paths in ([], [folder / "articles"], [folder / "articles" / "fence.txt"][:0]):
        report = corpus.index(paths)
        assert (report.added, report.updated, report.removed, report.unchanged) == (0, 0, 0, 3)
    assert snapshot(folder) == before


def test_new_changed_and_gone_files(corpus: Corpus, folder: Path) -> None:
    articles = folder / "articles"
    (articles / "new.txt").write_text("A new article about a bridge over the river, built by the town itself.\n")
    (articles / "river.txt").write_text("The river changed its bed again, in 2023, and the marks are found no more.\n")
    (articles / "courts.txt").unlink()
    planned = corpus.index(dry_run=True)
    assert (planned.added, planned.updated, planned.removed) == (1, 1, 0)
    assert planned.gone == ("articles/courts.txt",)
    report = corpus.index()
    assert (report.added, report.updated, report.removed, report.unchanged) == (1, 1, 0, 1)
    assert corpus.search("courts").total > 0
    assert [x.text for x in corpus.search('"found no more"')]
    assert corpus.search('"marks were lost"').total == 0
    pruned = corpus.index(prune=True)
    assert pruned.removed == 1
    assert corpus.search("courts").total == 0


def test_a_changed_source_is_a_new_version_and_the_old_one_still_resolves(corpus: Corpus, folder: Path) -> None:
    old = corpus.entry("river.txt")
    (folder / "articles" / "river.txt").write_text("Nothing is as it was along the river, says the new text.\n")
    corpus.index()
    new = corpus.entry("river.txt")
    assert (new.version, new.work, new.citekey) == (2, old.work, old.citekey)
    assert corpus.entry(old.id).superseded_by == new.id
    assert corpus.cite(f"{old.id}:4-9").quote == "river"


def test_what_cannot_be_read_is_set_aside_and_the_rest_goes_on(corpus: Corpus, folder: Path) -> None:
    articles = folder / "articles"
    (articles / "empty.txt").write_bytes(b"")
    (articles / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (articles / "fine.txt").write_text("A fine article about a lighthouse, which stands alone.\n")
    report = corpus.index()
    assert report.added == 1
    assert {Path(x.path).name: bool(x.reason) for x in report.failed} == {"empty.txt": True, "binary.txt": True}
    before = snapshot(folder)
    again = corpus.index()
    assert len(again.failed) == 2
    assert again.added == 0
    assert snapshot(folder) == before
    assert {x.path for x in corpus.status().failed} == {x.path for x in report.failed}


def test_nothing_readable_is_an_error_and_changes_nothing(corpus: Corpus, folder: Path, tmp_path: Path) -> None:
    before = snapshot(folder)
    with pytest.raises(NothingReadError, match="nowhere"):
        corpus.index([tmp_path / "nowhere"])
    hollow = tmp_path / "hollow"
    hollow.mkdir()
    with pytest.raises(NothingReadError, match="no file in it"):
        corpus.index([hollow])
    fresh = Corpus(tmp_path / "fresh")
    (hollow / "empty.txt").write_bytes(b"")
    with pytest.raises(NothingReadError, match="empty"):
        fresh.index([hollow])
    with pytest.raises(StoreMissingError):
        fresh.status()
    kept = snapshot(folder / "data") | snapshot(folder / "articles")
    assert kept == {name: state for name, state in before.items() if name in kept}


def test_a_rebuild_gives_the_same_content(corpus: Corpus) -> None:
    digest = corpus.status().digest
    keys = {x.path: x.citekey for x in corpus.documents()}
    report = corpus.index(rebuild=True)
    assert report.documents == 3
    assert corpus.status().digest == digest
    assert {x.path: x.citekey for x in corpus.documents()} == keys


def test_a_projects_thesaurus_makes_facts_stale_and_is_then_read(corpus: Corpus, folder: Path) -> None:
    assert corpus.search("@engineers").total == 0
    (folder / "thesaurus.ttl").write_text(OWN_CONCEPT, encoding="utf-8")
    stale = corpus.status()
    assert stale.rules != stale.rules_wanted
    assert stale.remedy == "ctcorpus index"
    report = corpus.index()
    assert report.reread == 3
    assert corpus.status().remedy is None
    assert [hit.path for hit in corpus.search("@engineers")] == ["articles/fence.txt"]


def test_an_interrupt_leaves_the_store_as_it_was(corpus: Corpus, folder: Path) -> None:
    for number in range(300):
        text = f"Article {number} says that the road to the north was closed for {number + 2} days.\n\n" * 40
        (folder / "articles" / f"extra{number:03}.txt").write_text(text)
    command = [sys.executable, "-m", "ctcorpus", "index", "--store", str(corpus.path), "--json"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    for _ in range(600):  # until it writes: before, it is Python that would be interrupted
        if writer_pid(corpus.path) == running.pid or running.poll() is not None:
            break
        time.sleep(0.05)
    time.sleep(0.3)
    running.send_signal(signal.SIGINT)
    _, complaint = running.communicate(timeout=60)
    if running.returncode == 0:
        pytest.skip("this machine is quicker than the interrupt")
    assert running.returncode == 130
    assert json.loads(complaint)["kind"] == "interrupted"
    assert len(corpus.documents()) == 3
    assert corpus.doctor().is_sound
    assert corpus.index().documents == 303


def test_kill_at_any_time_leaves_before_or_after(corpus: Corpus, folder: Path) -> None:
    for number in range(60):
        (folder / "articles" / f"more{number}.txt").write_text(
            f"Article {number} is about a town and its bridge.\n" * 30
        )
    command = [sys.executable, "-m", "ctcorpus", "index", "--store", str(corpus.path), "-q"]
    for delay in (0.3, 0.5, 0.7, 0.9, 1.1):
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        with open_store(corpus.path) as store:
            assert store.counts().documents in (3, 63)
        assert corpus.doctor().is_sound
        corpus.close()
    assert corpus.index().documents == 63
    assert corpus.search('"town and its bridge"').total > 0


def test_the_next_generation_changes_no_byte_of_the_one_before(corpus: Corpus, folder: Path) -> None:
    with open_store(corpus.path) as held:
        before = {x.name: x.read_bytes() for x in held.index_folder.iterdir() if x.is_file()}
        (folder / "articles" / "late.txt").write_text("A late article about a bridge, which was opened in spring.\n")
        assert Corpus(corpus.path).index().added == 1
        after = {x.name: x.read_bytes() for x in held.index_folder.iterdir() if x.is_file()}
    assert after == before
