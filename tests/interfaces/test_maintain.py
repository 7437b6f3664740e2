"""The commands of maintenance, run as people run them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


def run(folder: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in os.environ.items() if name not in {"CTCORPUS_STORE", "FORCE_COLOR"}}
    command = [sys.executable, "-m", "ctcorpus", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, text=True, input=stdin, timeout=60, check=False
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "fence.txt").write_text("The border fence was finished in 2019, officials said.\n")
    (tmp_path / "seeds" / "dam.txt").write_text("The dam was built in four years. It holds the river back.\n")
    return tmp_path


def test_a_list_on_stdin(folder: Path) -> None:
    done = run(folder, "index", "-", "--json", stdin="seeds/dam.txt\n\nseeds/fence.txt\n")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["added"] == 2
    assert json.loads(run(folder, "status", "--json").stdout)["sources"] == ["seeds/dam.txt", "seeds/fence.txt"]


def test_a_malformed_file_is_exit_2_with_its_line(folder: Path) -> None:
    (folder / "sources.toml").write_text("[[source]]\nmatch = 'a'\nkind = 'press'\n")
    done = run(folder, "index", "--json")
    assert done.returncode == 2
    assert json.loads(done.stderr)["kind"] == "plain_file"
    assert "line" in done.stderr
    assert not (folder / "data").exists()


def test_dry_run_names_what_would_change(folder: Path) -> None:
    run(folder, "index")
    (folder / "seeds" / "dam.txt").write_text("The dam was built in five years.\n")
    record = json.loads(run(folder, "index", "--dry-run", "--json").stdout)
    assert record["dry_run"] is True
    assert record["changes"] == [["updated", "seeds/dam.txt"]]
    assert "1 would be updated" in run(folder, "index", "--dry-run").stdout


def test_versions_are_compared_and_a_work_is_forgotten_with_a_receipt(folder: Path) -> None:
    run(folder, "index")
    assert run(folder, "diff", "dam.txt").returncode == 2
    (folder / "seeds" / "dam.txt").write_text("The dam was built in five years. It holds the river back.\n")
    run(folder, "index")
    told = run(folder, "diff", "dam.txt").stdout
    assert "four years" in told
    assert "five years" in told
    assert run(folder, "forget", "dam.txt", "-o", "receipt.json").returncode == 0
    receipt = json.loads((folder / "receipt.json").read_text())
    assert receipt["schema"] == "ctcorpus/forget/1"
    assert len(receipt["documents"]) == 2
    assert run(folder, "forget", "fence.txt", "-o", "receipt.json").returncode == 2
    assert run(folder, "search", "dam").returncode == 1


def test_config_shows_where_a_value_comes_from(folder: Path) -> None:
    rows = json.loads(run(folder, "config", "show", "--json").stdout)["settings"]
    assert {"name": "source", "value": "seeds", "origin": "default", "where": None} in rows
    assert run(folder, "config", "set").returncode == 2


def test_watch_takes_in_what_changes_and_stops_cleanly(folder: Path) -> None:
    pytest.importorskip("watchfiles")
    (folder / "ctcorpus.toml").write_text("[limits]\nwatch_milliseconds = 100\n")
    command = [sys.executable, "-u", "-m", "ctcorpus", "watch"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert "2 added" in running.stdout.readline()
        assert "following" in running.stderr.readline()
        time.sleep(0.5)
        (folder / "seeds" / "bridge.txt").write_text("A bridge was opened over the river in spring.\n")
        told = ""
        while "1 added" not in told:
            told = running.stdout.readline()
        running.send_signal(signal.SIGINT)
        _, errors = running.communicate(timeout=20)
        assert running.returncode == 130
        assert "Traceback" not in errors
    assert run(folder, "search", "bridge").returncode == 0
