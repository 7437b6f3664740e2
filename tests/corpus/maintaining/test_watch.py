"""Following folders, in a process as a person starts it: each change arrives, nothing goes round in circles."""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ctcorpus.corpus import Corpus

pytest.importorskip("watchfiles")

TEXT = "The harbour was closed in spring, and the town waited for {} ships.\n"
#: seconds that a busy machine may take for what takes a part of one
PATIENCE = 40.0


class Watch:
    """A running ``ctcorpus watch --json``."""

    def __init__(self, store: Path) -> None:
        command = [sys.executable, "-m", "ctcorpus", "watch", "--json", "--store", str(store)]
        # as a person starts it: with an answer that waits in a buffer unless it is handed over
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"}
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def next(self, seconds: float = PATIENCE) -> dict[str, Any]:
        """What the next run that has something to tell did."""
        report: dict[str, Any] = json.loads(self._lines.get(timeout=seconds))
        return report

    def end(self) -> None:
        """Ends the process, however it is."""
        assert self.process.stdout is not None
        self.process.kill()
        self.process.wait()
        self._reader.join()
        self.process.stdout.close()

    def is_silent(self, seconds: float) -> bool:
        """Whether nothing is told for so long."""
        try:
            self._lines.get(timeout=seconds)
        except queue.Empty:
            return True
        return False


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    """The watch of a corpus whose store lies inside the folder that is followed."""
    articles = tmp_path / "articles"
    (articles / "sub").mkdir(parents=True)
    (articles / "one.txt").write_text(TEXT.format(1))
    (articles / "sub" / "two.txt").write_text(TEXT.format(2))
    Corpus(articles / "store").index([articles])
    running = Watch(articles / "store")
    try:
        assert running.next()["unchanged"] == 2
        yield running
    finally:
        running.end()


def test_each_change_arrives(watch: Watch, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    (articles / "three.txt").write_text(TEXT.format(3))
    assert watch.next()["changes"] == [["added", str(articles / "three.txt")]]
    (articles / ".three.txt.swp").write_text(TEXT.format(33))  # as editors save
    (articles / ".three.txt.swp").replace(articles / "three.txt")
    assert watch.next()["changes"] == [["updated", str(articles / "three.txt")]]
    (articles / "three.txt").rename(articles / "four.txt")
    renamed = watch.next()
    assert renamed["changes"] == [["added", str(articles / "four.txt")]]
    assert renamed["gone"] == [str(articles / "three.txt")]
    shutil.move(articles / "sub", tmp_path / "away")
    assert watch.next()["gone"] == [str(articles / "sub" / "two.txt")]
    shutil.move(tmp_path / "away", articles / "sub")
    (articles / "sub" / "five.txt").write_text(TEXT.format(5))
    assert watch.next()["added"] == 1
    assert watch.is_silent(2.0)  # its own writes are no news, though the store lies inside
    watch.process.send_signal(signal.SIGINT)
    assert watch.process.wait(PATIENCE) == 130
    assert Corpus(articles / "store").doctor().is_sound


def test_a_change_during_a_run_is_not_lost(watch: Watch, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    for number in range(40):
        (articles / f"a{number:02}.txt").write_text(TEXT.format(number + 100) * 3)
    first = watch.next()["added"]
    (articles / "late.txt").write_text(TEXT.format(7))
    while first < 41:
        first += watch.next()["added"]
    assert first == 41


def test_a_folder_that_comes_back_is_followed_again(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "one.txt").write_text(TEXT.format(1))
    store = tmp_path / "corpus" / "data" / "index"
    Corpus(store).index([outside])
    watch = Watch(store)
    try:
        watch.next()
        outside.rename(tmp_path / "gone")
        assert watch.is_silent(2.5)  # on stdout: an error is told on stderr
        (tmp_path / "gone").rename(outside)
        assert watch.is_silent(2.5)
        (outside / "two.txt").write_text(TEXT.format(2))
        assert watch.next()["added"] == 1
    finally:
        watch.end()
