"""The doors to export, note and impact: what goes to which stream, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ctcorpus.corpus import Corpus
from ctcorpus.interfaces.cli import main

ARTICLE = "A report on the fence\n\nThe border fence was finished in 2019. Officials said that it would hold.\n"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of one article, in the working directory."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "article.txt").write_text(ARTICLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CTCORPUS_STORE", raising=False)
    with Corpus(tmp_path / "data" / "index") as corpus:
        corpus.index()
    return tmp_path / "data" / "index"


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    return int(end.value.code or 0)


def test_text_goes_to_the_standard_output(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export", "fence", "--format", "ris") == 0
    out, err = capsys.readouterr()
    assert out.startswith(("TY  - ELEC\r\n", "TY  - ELEC\n"))
    assert "Error" not in err


def test_nothing_found_is_exit_1(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export", "zebra", "-o", "x.md") == 1
    assert capsys.readouterr().out == ""
    assert not Path("x.md").exists()


def test_an_output_is_not_overwritten(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("x.md").write_text("mine")
    assert run("export", "fence", "-o", "x.md") == 2
    assert Path("x.md").read_text() == "mine"
    assert "--force" in capsys.readouterr().err
    assert run("export", "fence", "-o", "x.md", "--force") == 0
    assert Path("x.md").read_text(encoding="utf-8").startswith("> ")


def test_rows_and_the_report_are_json(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export", "fence", "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["schema"] == "ctcorpus/export/1"
    assert run("export", "fence", "--jsonl") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert rows == report["rows"]
    assert {"quote", "start", "end", "text_sha256"} <= set(rows[0]["citation"])


@pytest.mark.parametrize(
    "options",
    [
        ("fence", "--format", "pdf"),
        ("fence", "--for", "word"),
        ("fence", "--pick", "x"),
        ("--ids", "nothing.txt"),
        ("fence", "--ids", "nothing.txt"),
        (),
    ],
)
def test_wrong_use_is_exit_2(store: Path, options: tuple[str, ...]) -> None:
    assert run("export", *options) == 2


def test_ids_come_from_a_file(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("ids.txt").write_text("# mine\nseeds/article.txt:23-60\n")
    assert run("export", "--ids", "ids.txt", "--jsonl") == 0
    assert json.loads(capsys.readouterr().out)["citation"]["quote"] == ARTICLE[23:60]
    Path("ids.txt").write_bytes(b"\xff\xfe")
    assert run("export", "--ids", "ids.txt") == 2


def test_notes_are_written_and_listed(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("note") == 1
    assert run("note", "seeds/article.txt", "compare", "this", "--tag", "check", "--by", "A. Reader") == 0
    assert run("note", "seeds/article.txt", "") == 2
    capsys.readouterr()
    assert run("note", "seeds/article.txt", "--json") == 0
    (note,) = json.loads(capsys.readouterr().out)["notes"]
    assert (note["text"], note["tags"], note["by"]) == ("compare this", ["check"], "A. Reader")


def test_impact_tells_what_rests_on_a_text(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("impact", "seeds/article.txt") == 1
    assert run("export", "fence", "-o", "x.md", "--register") == 0
    capsys.readouterr()
    assert run("impact", "seeds/article.txt", "--json") == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["schema"], len(record["rows"])) == ("ctcorpus/impact/1", 1)
    assert run("impact", "no-such-thing") == 2
