"""The commands that count words, as a person types them: plain sentences and exit codes, whatever is asked for."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.interfaces.cli.commands import run

SEEDS = Path(__file__).resolve().parents[3] / "seeds"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    done = run(folder, "index", str(SEEDS))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("kwic", "operations", "-n", "3"), 0, "5 documents: 1 dated"),
        (("kwic", "submarine"), 1, "stands nowhere in this corpus"),
        (("kwic", "author:jamali"), 2, "names no words"),
        (("collocates", "security"), 0, "log ratio"),
        (("collocates", "submarine"), 1, "does not stand in what was searched"),
        (("collocates", "security", "--min", "500"), 1, "None stands there so often"),
        (("collocates", "border", "fence"), 2, "not one thing"),
        (("keyness", "--target", "author:jamali"), 0, "of the rest of the corpus"),
        (("keyness", "--target", "submarine"), 1, "No passage matches the target"),
        (("keyness", "--target", ""), 1, "holds every passage"),
        (("keyness", "--target", "author:jamali", "--reference", "submarine"), 1, "No passage matches the reference"),
        (("keyness", "--target", "author:jamali", "--min", "100000"), 1, "No word stands at least"),
        (("similar", "jamali-2025-pakistans"), 0, "compared with"),
        (("similar", "jamali-2025-pakistans", "--where", "submarine"), 1, "no other passage"),
        (("similar", "nowhere"), 2, "Nothing in the store is called"),
        (("topics",), 1, "Too small to have topics: 59 passages in 5 documents"),
        (("brief", "submarine", "-o", "none.md"), 1, "so no page was written"),
        (("brief", "TTP", "-o", "brief.pdf"), 2, "no form of a brief"),
    ],
    ids=lambda x: " ".join(x) if isinstance(x, tuple) else "",
)
def test_what_it_says_and_how_it_ends(folder: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    done = run(folder, *arguments)
    assert done.returncode == code, done.stderr
    assert said in " ".join((done.stdout + done.stderr).split())
    assert all(len(line) <= 80 for line in done.stdout.splitlines() if arguments[0] != "similar"), done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("kwic", "operations"),
        ("collocates", "security"),
        ("keyness", "--target", "author:jamali"),
        ("similar", "jamali-2025-pakistans"),
    ],
    ids=" ".join,
)
def test_json_and_its_rows(folder: Path, arguments: tuple[str, ...]) -> None:
    whole = json.loads(run(folder, *arguments, "--json").stdout)
    assert whole["schema"] == f"ctcorpus/{arguments[0]}/1"
    assert whole["basis"]["documents"] > 0
    rows = [json.loads(x) for x in run(folder, *arguments, "--jsonl").stdout.splitlines()]
    assert rows in whole.values()


def test_csv_is_a_table(folder: Path) -> None:
    head, *rows = csv.reader(io.StringIO(run(folder, "collocates", "security", "--csv").stdout))
    assert head[:3] == ["term", "together", "alone"]
    assert all(len(x) == len(head) for x in rows)


def test_a_drawing_is_written_once_and_none_of_nothing(folder: Path) -> None:
    pytest.importorskip("altair")
    drawn = folder / "key.svg"
    assert run(folder, "keyness", "--target", "author:jamali", "--plot", "key.svg").returncode == 0
    assert drawn.read_text(encoding="utf-8").startswith("<svg")
    assert run(folder, "keyness", "--target", "author:jamali", "--plot", "key.svg").returncode == 2
    assert run(folder, "keyness", "--target", "submarine", "--plot", "none.svg").returncode == 1
    assert not (folder / "none.svg").exists()


def test_a_brief_is_not_replaced_unasked(folder: Path) -> None:
    assert run(folder, "brief", "TTP", "-o", "page.md").returncode == 0
    assert run(folder, "brief", "TTP", "-o", "page.md").returncode == 2
    assert run(folder, "brief", "TTP", "-o", "page.md", "--force").returncode == 0
