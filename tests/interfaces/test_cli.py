"""The command line as a person types it: answers on stdout, the rest on stderr, and the contract's exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ctcorpus.interfaces.cli import COMMANDS

ARTICLE = """Work on the Border Fence

By: A. Khan

The border fence was extended by 200 kilometres in 2024, officials said. The work was done by the army engineers.
"""
OTHER = "A commission met twice about the old border marks, without a result, and then went home.\n"


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Desk:
    """A corpus folder in which commands are run."""

    folder: Path

    def __call__(self, *arguments: str) -> Ran:
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "LANG": "C.UTF-8"}
        done = subprocess.run(
            [sys.executable, "-m", "ctcorpus", *arguments], capture_output=True, text=True, cwd=self.folder,
            env=environment, timeout=60, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "seeds").mkdir()
    (folder / "data" / "index").mkdir(parents=True)
    (folder / "seeds" / "fence.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "seeds" / "marks.txt").write_text(OTHER, encoding="utf-8")
    made = Desk(folder)
    assert made("index").code == 0
    return made


def test_index_takes_seeds_first_and_is_quiet_when_nothing_changed(desk: Desk) -> None:
    answer = desk("index", "--json")
    assert answer.code == 0
    assert answer.json["schema"] == "ctcorpus/index/1"
    assert (answer.json["added"], answer.json["unchanged"], answer.json["documents"]) == (0, 2, 2)
    assert answer.err == ""


def test_search_prints_the_passage_verbatim_when_piped(desk: Desk) -> None:
    answer = desk("search", "border", "fence", "-n", "1")
    assert answer.code == 0
    passage = ARTICLE.strip().splitlines()[-1]
    assert passage in answer.out
    assert "A. Khan, “Work on the Border Fence”, n.d., para. 1, line 5" in answer.out
    assert "\x1b" not in answer.out


def test_search_json_is_one_object_and_jsonl_a_row_a_line(desk: Desk) -> None:
    whole = desk("search", "border", "--json").json
    assert whole["schema"] == "ctcorpus/search/1"
    assert whole["searched"] == {"documents": 2, "passages": 2}
    rows = [json.loads(line) for line in desk("search", "border", "--jsonl").out.splitlines()]
    assert rows == whole["hits"]


@pytest.mark.parametrize(
    ("query", "code"), [("border", 0), ("border zeppelin", 1), ("zeppelin", 1), ('"fence border"', 1), ("site:none", 1)]
)
def test_search_exits_1_when_no_passage_has_all_the_words(query: str, code: int, desk: Desk) -> None:
    assert desk("search", query).code == code


def test_partial_hits_stand_under_a_line_that_says_so(desk: Desk) -> None:
    answer = desk("search", "border zeppelin")
    assert "words that occur nowhere: zeppelin" in answer.out
    assert "only some of the words" in answer.out
    assert "lacks: zeppelin" in answer.out


def test_a_query_that_cannot_be_parsed_is_searched_as_text_with_a_warning(desk: Desk) -> None:
    answer = desk("search", '"border fence')
    assert answer.code == 0
    assert "column 1" in answer.err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("show", "nobody-nd"), 2, "Nothing in the store is called 'nobody-nd'"),
        (("cite", "khan-nd-work:5-99999"), 2, "'5-99999' is no span"),
        (("search", "x" * 1025), 2, "too large"),
        (("search",), 2, "A search takes a query"),
        (("index", "nowhere"), 2, "nowhere"),
        (("search", "x", "--store", "none"), 2, "No store at 'none' Build one with: ctcorpus index"),
        (("serch", "x"), 2, "No such command"),
        (("help", "pasage"), 2, "Did you mean: passage"),
        (("search", "x", "-n", "-1"), 2, "-1"),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_2(arguments: tuple[str, ...], code: int, said: str, desk: Desk) -> None:
    answer = desk(*arguments)
    assert answer.code == code
    assert said in " ".join(answer.err.split())
    assert answer.out == ""


def test_an_error_with_json_is_an_object_on_stderr(desk: Desk) -> None:
    answer = desk("show", "nobody", "--json")
    problem = json.loads(answer.err)
    assert problem["schema"] == "ctcorpus/error/1"
    assert (problem["kind"], answer.code) == ("unknown_id", 2)
    assert problem["next"]


def test_show_cite_documents_status_doctor(desk: Desk) -> None:
    rows = desk("documents", "--json").json["documents"]
    assert [x["citekey"] for x in rows] == ["khan-nd-work", "anon-nd-a-commission"]
    record = desk("show", "khan-nd-work", "--json").json
    assert record["text"] == ARTICLE
    assert record["text"][slice(*record["evidence"]["authors"][0].values())] == "A. Khan"
    cited = desk("cite", "khan-nd-work:0-4", "--json").json
    assert (cited["quote"], cited["prefix"]) == ("Work", "")
    assert "Up to date." in desk("status").out
    assert desk("doctor", "--json").json["sound"] is True
    assert ARTICLE.splitlines()[-1] in desk("show", "khan-nd-work").out


def test_some_files_set_aside_is_exit_3(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("A lighthouse stands on the rock and is lit at night.\n")
    (tmp_path / "bad.txt").write_bytes(b"\0\1\2")
    answer = desk("index", str(tmp_path), "--store", str(tmp_path / "store"))
    assert answer.code == 3
    assert "set aside" in answer.err
    assert "bad.txt" in answer.err


def test_damage_is_exit_4_and_repair_writes_a_sound_generation(desk: Desk, tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert desk("index", "seeds", "--store", str(store)).code == 0
    victim = max((store / "generations").rglob("*.store"), key=lambda x: x.stat().st_size)
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 1
    victim.write_bytes(data)
    assert desk("search", "border", "--store", str(store)).code == 4
    assert desk("doctor", "--store", str(store)).code == 4
    assert desk("doctor", "--repair", "--store", str(store)).code == 0
    assert desk("search", "border", "--store", str(store)).code == 0
    assert desk("doctor", "--store", str(store)).code == 0


def test_a_locked_store_is_exit_5(desk: Desk, tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert desk("index", "seeds", "--store", str(store)).code == 0
    (tmp_path / "late.txt").write_text("A late article about a bridge that was opened in spring.\n")
    lock = str(store / "writer.lock")
    holder = f"import fcntl, time; f = open({lock!r}); fcntl.flock(f, 2); print(1, flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", holder], stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        running.stdout.readline()
        answer = desk("index", str(tmp_path / "late.txt"), "--store", str(store))
        running.kill()
    assert answer.code == 5
    assert "is being written" in answer.err


def test_a_closed_pipe_is_silent(desk: Desk) -> None:
    command = f"{sys.executable} -m ctcorpus show khan-nd-work --json | head -c 1"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, cwd=desk.folder, check=False)
    assert done.stderr == ""
    assert done.stdout == "{"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_with_an_example(name: str, desk: Desk) -> None:
    answer = desk(name, "--help")
    assert answer.code == 0
    assert f"ctcorpus {name}" in answer.out.split("Example:", 1)[1]
    assert "--json" in answer.out


def test_help_explains_every_word_at_80_columns(desk: Desk) -> None:
    assert "contiguous stretch" in desk("help", "passage").out
    assert desk("--version").out.startswith("ctcorpus 0.")
