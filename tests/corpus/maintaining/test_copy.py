"""A copy holds what its source holds, to the byte; what does not become one leaves nothing behind."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ctcorpus.citing.exporting.export import Request
from ctcorpus.corpus import Corpus
from ctcorpus.errors import StoreDamagedError, StoreMissingError, UsageError
from ctcorpus.interfaces.cli import main
from tests.citing.export_corpora import changed, corpus_in


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    """Two articles, one of them in two versions, a note, a registered draft, and a maintainer's statement."""
    folder = tmp_path / "here"
    folder.mkdir()
    with corpus_in(folder) as corpus:
        changed(corpus, folder)
        corpus.note("courts.txt", "read this again", tags=["later"], by="A. Khan")
        (folder / "sources.toml").write_text(
            'by = "A. Khan"\nat = 2026-03-01\n[[source]]\nmatch = "*courts.txt"\npublished = "2025-04"\n',
            encoding="utf-8",
        )
        corpus.index()
        corpus.export("fence", _request(folder / "memo.md"))
        yield corpus


def _request(output: Path) -> Request:
    return Request(output=output, register=True)


def test_everything_is_in_the_copy(corpus: Corpus, tmp_path: Path) -> None:
    target = tmp_path / "there" / "data" / "index"
    report = corpus.copy(target)
    assert report.is_equal and report.digest == corpus.store.digest
    assert (report.documents, report.versions) == (2, 3)
    assert set(report.files) == {"citekeys.tsv", "notes.jsonl", "sources.toml"}
    with Corpus(target) as copied:
        assert list(copied.store.entries(all_versions=True)) == list(corpus.store.entries(all_versions=True))
        assert copied.store.files() == corpus.store.files()
        for entry in corpus.store.entries(all_versions=True):
            assert copied.show(entry.id) == corpus.show(entry.id)
            assert copied.facts(entry.id) == corpus.facts(entry.id)
            assert copied.store.source_bytes(entry.sha256) == corpus.store.source_bytes(entry.sha256)
        assert copied.notes() == corpus.notes()
        assert copied.impact("fence.txt").rows == corpus.impact("fence.txt").rows
        assert copied.search("fence").hits == corpus.search("fence").hits
        assert copied.search("fence", new_since="1").total == corpus.search("fence", new_since="1").total
        assert copied.doctor().findings == ()
    for name in report.files:
        assert (tmp_path / "there" / name).read_bytes() == (tmp_path / "here" / name).read_bytes()


def test_a_copy_outside_of_a_corpus_folder_holds_the_plain_files_itself(corpus: Corpus, tmp_path: Path) -> None:
    corpus.copy(tmp_path / "backup")
    assert (tmp_path / "backup" / "notes.jsonl").is_file()
    with Corpus(tmp_path / "backup") as copied:
        assert copied.notes() == corpus.notes()


def test_a_copy_can_be_written_to(corpus: Corpus, tmp_path: Path) -> None:
    corpus.copy(tmp_path / "backup")
    (tmp_path / "third.txt").write_text("A third fence, of wire, was seen.", encoding="utf-8")
    with Corpus(tmp_path / "backup") as copied:
        copied.index([tmp_path / "third.txt"])
        assert copied.search("wire").total == 1
    assert corpus.search("wire", exact=True).totals["all_words"] == 0


def test_what_is_in_the_way_is_never_overwritten(corpus: Corpus, tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "x").write_text("mine", encoding="utf-8")
    for target in (full, full / "x", corpus.path, corpus.path / "inside"):
        with pytest.raises(UsageError):
            corpus.copy(target)
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "notes.jsonl").write_text("others' notes", encoding="utf-8")
    with pytest.raises(UsageError, match="notes"):
        corpus.copy(tmp_path / "there" / "data" / "index")
    assert not (tmp_path / "there" / "data" / "index").exists()
    assert [x.name for x in full.iterdir()] == ["x"]
    assert not list(tmp_path.rglob(".*copy*"))


def test_an_empty_folder_is_taken(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert corpus.copy(tmp_path / "empty").is_equal


def test_no_store_and_a_damaged_one_are_not_copied(corpus: Corpus, tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError):
        Corpus(tmp_path / "none").copy(tmp_path / "x")
    corpus.close()
    database = corpus.path / "corpus.db"
    data = bytearray(database.read_bytes())
    at = data.index(b"army engineers")
    data[at] ^= 1
    database.write_bytes(data)
    with pytest.raises(StoreDamagedError):
        corpus.copy(tmp_path / "x")
    assert not (tmp_path / "x").exists() and not list(tmp_path.rglob(".*copy*"))


def test_a_full_disk_leaves_nothing(corpus: Corpus, tmp_path: Path) -> None:
    code = (
        "import resource, sys; from ctcorpus.corpus import Corpus; resource.setrlimit(resource.RLIMIT_FSIZE,"
        " (30_000, resource.getrlimit(resource.RLIMIT_FSIZE)[1])); Corpus(sys.argv[1]).copy(sys.argv[2])"
    )
    done = subprocess.run([sys.executable, "-c", code, corpus.path, tmp_path / "x"], capture_output=True, check=False)
    assert done.returncode != 0
    assert not (tmp_path / "x").exists() and not list(tmp_path.rglob(".*copy*"))
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 30_000


@pytest.mark.parametrize("after", [0.0, 0.01, 0.02, 0.04])
def test_killed_at_any_time_there_is_a_whole_store_or_none(corpus: Corpus, tmp_path: Path, after: float) -> None:
    target = tmp_path / "x"
    code = "import sys; from ctcorpus.corpus import Corpus; Corpus(sys.argv[1]).copy(sys.argv[2])"
    process = subprocess.Popen([sys.executable, "-c", code, corpus.path, target])
    while process.poll() is None and not list(tmp_path.glob(".x.copy-*")):
        time.sleep(0.001)
    time.sleep(after)
    process.kill()
    process.wait()
    with Corpus(target) as copied:
        if target.exists():
            assert copied.doctor().is_sound
        else:
            assert corpus.copy(target).is_equal


def test_a_writer_at_work_does_no_harm(corpus: Corpus, tmp_path: Path) -> None:
    stop = threading.Event()
    failed: list[Exception] = []

    def write() -> None:
        number = 0
        with Corpus(corpus.path) as writer:
            while not stop.is_set():
                number += 1
                (tmp_path / "here" / "articles" / f"{number}.txt").write_text(f"Fence number {number}.", "utf-8")
                try:
                    writer.index()
                except Exception as error:  # kept for the assertion at the end of the test
                    failed.append(error)
                    return

    thread = threading.Thread(target=write)
    thread.start()
    try:
        reports = [Corpus(corpus.path).copy(tmp_path / f"copy{number}") for number in range(5)]
    finally:
        stop.set()
        thread.join()
    assert not failed and all(x.is_equal for x in reports)
    for number in range(5):
        with Corpus(tmp_path / f"copy{number}") as copied:
            assert copied.doctor().findings == ()


def test_the_command_tells_both_digests(corpus: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for options, target in ((), "a"), (("--json",), "b"):
        with pytest.raises(SystemExit) as end:
            main(["copy", str(corpus.path), str(tmp_path / target), *options])
        assert end.value.code == 0
        out = capsys.readouterr().out
        assert out.count(corpus.store.digest) == 2
    assert json.loads(out)["equal"] is True and json.loads(out)["schema"] == "ctcorpus/copy/1"
