"""``ctcorpus check``: exit codes, JSON, and words for people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ctcorpus.interfaces.cli import build

DRAFT = "The town says “the fence is long and high”.\n\nIt says “the fence is long and low”.\n"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    (folder / "a.txt").write_text("A Fence\n\nIn the north the fence is long and high, people say.\n", encoding="utf-8")
    assert _run(folder / "store", "index", str(folder / "a.txt")).exit_code == 0
    return folder / "store"


def _run(store: Path, *arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(build([arguments[0], "help"]), [*arguments, "--store", str(store)], input=stdin)


def test_findings_are_exit_1_and_shown_with_the_true_words(store: Path, tmp_path: Path) -> None:
    (tmp_path / "memo.md").write_text(DRAFT, encoding="utf-8")
    result = _run(store, "check", str(tmp_path / "memo.md"))
    assert result.exit_code == 1
    assert "line 3  altered" in result.stdout
    assert "source: the fence is long and high" in result.stdout
    assert result.stdout.rstrip().splitlines()[-1] == "2 checked against 1 documents: 1 finding."


def test_json_is_one_object_of_the_contract(store: Path) -> None:
    result = _run(store, "check", "-", "--json", stdin=DRAFT)
    answer = json.loads(result.stdout)
    assert (answer["schema"], answer["checked"], answer["findings"], answer["outside"]) == ("ctcorpus/check/1", 2, 1, 0)
    for found in answer["items"]:
        assert found["draft"].keys() >= {"start", "end", "line", "text"}
        assert DRAFT[found["draft"]["start"] : found["draft"]["end"]] == found["draft"]["text"]


def test_clean_is_exit_0_and_wrong_use_exit_2(store: Path, tmp_path: Path) -> None:
    assert _run(store, "check", "--quote", "the fence is long and high").exit_code == 0
    assert _run(store, "check", "--quote", "the fence is not long and high").exit_code == 1
    assert _run(store, "check").exit_code == 2
    assert _run(store, "check", "x.md", "--speaker", "A").exit_code == 2
    assert _run(store, "check", str(tmp_path / "none.md")).exit_code == 2
    assert _run(store, "check", "-", stdin="Nothing to see.").exit_code == 1
