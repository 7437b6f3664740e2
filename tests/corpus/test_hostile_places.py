"""Pipes, sockets, devices, loops and odd names are told and never followed; what changes meanwhile is not lost."""

from __future__ import annotations

import os
import shutil
import socket
import stat
import threading
from pathlib import Path

import pytest

from ctcorpus.corpus import Corpus
from ctcorpus.errors import NothingReadError
from ctcorpus.ingest import source

TEXT = "The harbour was closed in spring, and the town waited for {} ships.\n"


@pytest.fixture
def places(folder: Path) -> Path:
    """A folder with one article, and everything that is none."""
    articles = folder / "articles"
    os.mkfifo(articles / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as door:
        here = Path.cwd()
        os.chdir(articles)  # a socket's name is short
        try:
            door.bind("socket.txt")
        finally:
            os.chdir(here)
    (articles / "self.txt").symlink_to(articles / "self.txt")
    (articles / "round").symlink_to(articles)
    (articles / "away.txt").symlink_to("/etc/hostname")
    (articles / "two\nlines.txt").write_text(TEXT.format(2))
    (articles / "deep").mkdir()
    (articles / "deep" / "up").symlink_to(articles, target_is_directory=True)
    (articles / "deep" / "good.txt").write_text(TEXT.format(3))
    return articles


def test_in_a_folder(corpus: Corpus, places: Path) -> None:
    wanted = {
        "pipe.txt": "it is a named pipe, not a file",
        "socket.txt": "it is a socket, not a file",
        "two\\nlines.txt": "its name holds a line break",
    }
    wanted |= dict.fromkeys(("self.txt", "round", "away.txt", "up"), "it is a symbolic link")
    if os.uname().sysname != "Darwin":
        Path(os.fsdecode(os.fsencode(places) + b"/caf\xe9.txt")).write_text(TEXT.format(4))
        wanted["caf\\xe9.txt"] = "its name is not valid UTF-8"
    report = corpus.index()
    assert report.added == 1
    assert {Path(x.path).name: x.reason for x in report.failed} == wanted
    again = corpus.index()
    assert (again.generation, len(again.failed)) == (report.generation, len(wanted))
    assert corpus.doctor().is_sound


@pytest.mark.parametrize("name", ["pipe.txt", "socket.txt", "self.txt", "/dev/null", "/dev/zero", "/dev/tty"])
def test_named_by_hand(corpus: Corpus, places: Path, name: str) -> None:
    before = corpus.status().digest
    with pytest.raises(NothingReadError):
        corpus.add(places / name)
    assert corpus.status().digest == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read(corpus: Corpus, folder: Path) -> None:
    closed = folder / "articles" / "closed"
    closed.mkdir()
    (closed / "a.txt").write_text(TEXT.format(1))
    (folder / "articles" / "mine.txt").write_text(TEXT.format(2))
    (folder / "articles" / "mine.txt").chmod(0)
    closed.chmod(0)
    try:
        report = corpus.index()
    finally:
        closed.chmod(stat.S_IRWXU)
    assert {Path(x.path).name: x.reason for x in report.failed} == {
        "closed": "permission denied",
        "mine.txt": "permission denied",
    }


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_folder_that_goes_away_meanwhile(corpus: Corpus, folder: Path, jobs: int) -> None:
    gone = folder / "articles" / "gone"
    gone.mkdir()
    count = 300 if jobs == 2 else 20
    for number in range(count):
        (gone / f"{number:03}.txt").write_text(TEXT.format(number))

    def away(done: int, *_: object) -> None:
        if done == 1:
            shutil.rmtree(gone)

    report = corpus.index(jobs=jobs, progress=away)
    assert report.added >= 1
    assert report.failed
    assert report.added + len(report.failed) == count
    assert {x.reason for x in report.failed} == {"no such file or directory"}
    assert corpus.doctor().is_sound
    assert corpus.index(prune=True).documents == 3


def test_a_file_that_grows_while_it_is_read_is_read_again(
    corpus: Corpus, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "articles" / "diary.txt"
    path.write_text(TEXT.format(5))
    real = source.read_source

    def read_and_grow(place: Path) -> bytes:
        data = real(place)
        with place.open("a") as file:  # somebody writes on, just after the last byte was read
            file.write("\nThe lighthouse keeper left.\n")
        return data

    monkeypatch.setattr(source, "read_source", read_and_grow)
    assert corpus.index().added == 1
    assert corpus.search("lighthouse").total == 0
    monkeypatch.undo()
    assert corpus.index().updated == 1
    assert corpus.search('"lighthouse keeper"').total == 1


def test_a_file_that_never_stops_growing_ends_nothing(corpus: Corpus, folder: Path) -> None:
    path = folder / "articles" / "log.txt"
    stop = threading.Event()

    def grow() -> None:
        with path.open("a") as file:
            while not stop.is_set():
                file.write(TEXT.format(7) * 20)
                file.flush()
                stop.wait(0.001)

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        while not path.exists() or not path.stat().st_size:
            stop.wait(0.01)
        assert corpus.index().added == 1
    finally:
        stop.set()
        writer.join()
    corpus.index()
    entry = corpus.entry("log.txt")
    assert corpus.show(entry.id).text == path.read_text()


@pytest.mark.parametrize("store", ["data/index", "articles/store"])
def test_the_tools_own_files_are_no_sources(folder: Path, store: str) -> None:
    place = folder / store
    corpus = Corpus(place)
    (place / "cache").mkdir(parents=True)
    (place / "cache" / "a.txt").write_text("What was kept for later, and is no article.\n")
    notes = (folder if store == "data/index" else place) / "notes.jsonl"
    notes.write_text('{"text": "A note about a harbour, and no article."}\n')
    first = corpus.index([folder])
    assert (first.documents, first.failed) == (3, ())
    assert (notes.parent / "citekeys.tsv").exists()
    again = corpus.index()
    assert (again.generation, again.documents, again.failed) == (1, 3, ())
    assert corpus.status().remedy is None
