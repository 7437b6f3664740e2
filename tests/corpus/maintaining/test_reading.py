"""Reading many files in processes of their own gives what reading them here gives."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ctcorpus.corpus import Corpus
from ctcorpus.corpus.maintaining.pool import LEAST
from ctcorpus.errors import NothingReadError, UsageError


def many(folder: Path, count: int) -> None:
    for number in range(count):
        text = f"Article {number} says that the road to the north was closed for {number + 2} days.\n\n" * 3
        (folder / f"extra{number:03}.txt").write_text(text)


def test_processes_give_what_this_one_gives(corpus: Corpus, folder: Path) -> None:
    many(folder / "articles", LEAST + 5)
    (folder / "articles" / "broken.txt").write_bytes(b"\0\1\2\3" * 40)
    told: list[tuple[int, int]] = []
    report = corpus.index(jobs=2, progress=lambda done, total, _: told.append((done, total)))
    assert report.added == LEAST + 5
    assert [x.path for x in report.failed] == ["articles/broken.txt"]
    total = LEAST + 6
    assert told == [(at + 1, total) for at in range(total)]
    digest = corpus.status().digest
    keys = {x.path: x.citekey for x in corpus.documents()}
    other = Corpus(folder / "other" / "data" / "index")
    other.index([folder / "articles"], jobs=1)
    assert other.status().digest == digest
    assert {Path(x.path).name: x.citekey for x in other.documents()} == {Path(p).name: k for p, k in keys.items()}


def test_a_killed_run_leaves_no_process_behind(corpus: Corpus, folder: Path) -> None:
    many(folder / "articles", 400)
    command = [sys.executable, "-m", "ctcorpus", "index", "--store", str(corpus.path), "-q"]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    time.sleep(2)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    for _ in range(100):
        try:
            os.killpg(running.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    os.killpg(running.pid, signal.SIGKILL)
    pytest.fail("a process of the pool outlived the one that fed it")


def test_what_cannot_be_read_makes_no_folder(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "broken.txt").write_bytes(b"\0\1\2\3" * 40)
    (tmp_path / "articles" / ".DS_Store").write_bytes(b"\0\0")
    with pytest.raises(NothingReadError):
        Corpus(tmp_path / "data" / "index").index([tmp_path / "articles"])
    assert sorted(x.name for x in tmp_path.iterdir()) == ["articles"]


def test_what_could_not_be_read_is_tried_again_when_it_changes(corpus: Corpus, folder: Path) -> None:
    broken = folder / "articles" / "broken.txt"
    broken.write_bytes(b"\0\1\2\3" * 40)
    (folder / "articles" / ".DS_Store").write_bytes(b"\0\0")
    first = corpus.index()
    assert [x.path for x in first.failed] == ["articles/broken.txt"]
    again = corpus.index()
    assert (again.generation, again.failed) == (first.generation, first.failed)
    broken.write_text("Now it is an article, about a harbour that was closed.\n")
    mended = corpus.index()
    assert (mended.added, mended.failed) == (1, ())


MAIL = (
    "From a@example.org Mon Jan  5 10:00:00 2026\nFrom: a@example.org\nSubject: {}\nContent-Type: text/plain\n\n{}\n\n"
)


def mailbox(*mails: tuple[str, str]) -> str:
    return "".join(MAIL.format(subject, body) for subject, body in mails)


def test_several_documents_in_one_file(corpus: Corpus, folder: Path) -> None:
    path = folder / "articles" / "letters.mbox"
    bodies = [(f"Letter {x}", f"The {x} bridge was opened in spring, the town said, after three years.") for x in "abc"]
    path.write_text(mailbox(*bodies))
    assert corpus.index().documents == 6
    names = [x.path for x in corpus.documents() if "letters" in x.path]
    assert names == [f"articles/letters.mbox#{number}" for number in (1, 2, 3)]
    before = corpus.status()
    assert (before.remedy, before.generation) == (None, corpus.index().generation)
    with pytest.raises(UsageError, match="one of 3 documents"):
        corpus.forget(names[0])
    path.write_text(mailbox(*bodies[:1], ("Letter b", "Another bridge was closed in autumn, the town said.")))
    report = corpus.index()
    assert (report.updated, report.documents) == (1, 5)
    path.unlink()
    assert corpus.index(prune=True).documents == 3
