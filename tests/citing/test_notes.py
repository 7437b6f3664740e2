"""Notes are a person's: with who and when, in a plain file, apart from the facts, and never lost."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ctcorpus.citing.notes import LONGEST, read_notes, writer
from ctcorpus.corpus import Corpus
from ctcorpus.errors import UsageError
from tests.citing.export_corpora import changed, corpus_in


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with corpus_in(tmp_path) as made:
        yield made


def test_a_note_is_a_line_with_who_and_when(corpus: Corpus, tmp_path: Path) -> None:
    note = corpus.note("fence.txt:5-20", " check\nthis – “ü” ", tags=["a", "b", "a", " "], by="A. Reader")
    assert (note.text, note.tags, note.by) == ("check\nthis – “ü”", ("a", "b"), "A. Reader")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", note.at)
    (line,) = (tmp_path / "notes.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line) == {
        "id": f"{corpus.entry('fence.txt').id}:5-20",
        "citekey": corpus.entry("fence.txt").citekey,
        "text": "check\nthis – “ü”",
        "tags": ["a", "b"],
        "by": "A. Reader",
        "at": note.at,
    }


def test_notes_are_listed_by_document_span_and_tag(corpus: Corpus) -> None:
    corpus.note("fence.txt", "whole", by="x")
    corpus.note("fence.txt:5-20", "span", tags=["check"], by="x")
    corpus.note("courts.txt:0-5", "other", by="x")
    assert [x.text for x in corpus.notes().notes] == ["whole", "span", "other"]
    assert [x.text for x in corpus.notes("fence.txt").notes] == ["whole", "span"]
    assert [x.text for x in corpus.notes("fence.txt:19-30").notes] == ["whole", "span"]
    assert [x.text for x in corpus.notes("fence.txt:20-30").notes] == ["whole"]
    assert [x.text for x in corpus.notes("fence.txt", tags=["check"]).notes] == ["span"]


def test_a_note_is_no_fact(corpus: Corpus) -> None:
    before = (corpus.facts("fence.txt"), corpus.status().digest)
    corpus.note("fence.txt", "zebra 75,000 killed", by="x")
    assert (corpus.facts("fence.txt"), corpus.status().digest) == before
    assert corpus.search("zebra").total == 0
    assert corpus.doctor().findings == ()


def test_a_note_outlives_a_new_version(corpus: Corpus, tmp_path: Path) -> None:
    corpus.note("fence.txt:5-20", "before", by="x")
    changed(corpus, tmp_path)
    assert [x.text for x in corpus.notes("fence.txt").notes] == ["before"]


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (LONGEST + 1)])
def test_a_note_has_words(corpus: Corpus, text: str) -> None:
    with pytest.raises(UsageError, match="characters"):
        corpus.note("fence.txt", text, by="x")


def test_what_people_edit_is_kept_and_told(corpus: Corpus, tmp_path: Path) -> None:
    corpus.note("fence.txt", "first", by="x")
    path = tmp_path / "notes.jsonl"
    edited = path.read_bytes() + b'\n[1]\nnot json \xff\n{"id": 1}\n{"id": "fence", "text": "open'
    path.write_bytes(edited)
    corpus.note("fence.txt", "last", by="x")
    assert path.read_bytes().startswith(edited + b"\n")
    found = corpus.notes()
    assert [x.text for x in found.notes] == ["first", "last"]
    assert [x.partition(" is no note")[0] for x in found.warnings] == [f"notes.jsonl, line {n}" for n in (3, 4, 5, 6)]


def test_writers_at_the_same_time_lose_nothing(corpus: Corpus, tmp_path: Path) -> None:
    code = (
        "import sys; from ctcorpus.corpus import Corpus\n"
        "for i in range(20): Corpus(sys.argv[1]).note('fence.txt', f'note {i}', by=sys.argv[2])"
    )
    command = [sys.executable, "-c", code, str(corpus.path)]
    running = [subprocess.Popen([*command, name]) for name in "abc"]
    assert [x.wait(timeout=60) for x in running] == [0, 0, 0]
    found = read_notes(tmp_path)
    assert not found.warnings
    assert sorted((x.by, x.text) for x in found.notes) == sorted((n, f"note {i}") for n in "abc" for i in range(20))


def test_git_knows_who_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    monkeypatch.setenv("LOGNAME", "someone")
    assert writer(tmp_path) == "someone"
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.name")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "A. Writer")
    assert writer(tmp_path) == "A. Writer"


def test_no_notes_are_no_error(corpus: Corpus) -> None:
    assert corpus.notes().notes == ()
