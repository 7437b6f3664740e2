"""The commands that read facts, as a person types them: drawings, pairs of concepts, months, and what is new."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.interfaces.cli.commands import run

ARTICLES = {
    "march.txt": (
        "Raids in March\n\nBy Ada Lind\n10 March 2025\n\n"
        "On 3 March 2025 security forces killed 12 militants of Tehrik-e-Taliban Pakistan (TTP) near the border of "
        "Afghanistan, the army said. On 5 March 2025 a bombing in Quetta killed 7 civilians. The TTP denied it.\n"
    ),
    "april.txt": (
        "Raids in April\n\nBy Bo Marsh\n20 April 2025\n\n"
        "On 2 April 2025 security forces killed 15 militants of the TTP in Khyber Pakhtunkhwa, officials said. "
        "The state calls the group Fitna al Khawarij.\n\n"
        "The Balochistan Liberation Army attacked a convoy in Balochistan on 9 April 2025.\n"
    ),
    "undated.txt": (
        "Remarks on the border\n\nThe TTP moves between Afghanistan and Pakistan. Nobody counted its members.\n\n"
        "Trade with Afghanistan fell, and merchants in Pakistan complained of delays at every crossing.\n"
    ),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "texts").mkdir()
    for name, text in ARTICLES.items():
        (folder / "texts" / name).write_text(text, encoding="utf-8")
    done = run(folder, "index", "texts")
    assert done.returncode == 0, done.stderr
    assert "ctcorpus news" not in done.stderr  # nothing was there to hold them against
    return folder


@pytest.mark.parametrize("command", [("timeline",), ("figures",), ("figures", "--compare")], ids=" ".join)
def test_a_drawing_is_written_once_unless_forced(folder: Path, command: tuple[str, ...]) -> None:
    pytest.importorskip("vl_convert")
    plot = folder / f"{'-'.join(command)}.svg"
    first = run(folder, *command, "--plot", plot.name)
    assert first.returncode == 0, first.stderr
    drawn = plot.read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert "3 documents" in drawn
    again = run(folder, *command, "--plot", plot.name)
    assert again.returncode == 2
    assert "--force" in again.stderr
    assert run(folder, *command, "--plot", plot.name, "--force").returncode == 0
    assert run(folder, *command, "--plot", "drawing.gif").returncode == 2


def test_a_drawing_says_that_it_shows_the_first_of_more(folder: Path) -> None:
    pytest.importorskip("vl_convert")
    assert run(folder, "timeline", "-n", "1", "--plot", "first.html").returncode == 0
    total = json.loads(run(folder, "timeline", "--json").stdout)["total"]
    assert f"first 1 of {total} statements" in (folder / "first.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("timeline", "submarine"), "No passage matches."),
        (("timeline", "merchants"), "No dated statement there."),
        (("figures", "submarine"), "No passage matches."),
        (("figures", "merchants"), "No figure there."),
        (("figures", "convoy", "--compare"), ""),
        (("concepts", "--co-occurrence", "submarine"), "No passage matches."),
        (("concepts", "--co-occurrence", "complained AND raids"), "No passage matches."),
    ],
    ids=lambda x: " ".join(x) if isinstance(x, tuple) else "",
)
def test_nothing_is_a_sentence_and_no_drawing(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    plot = folder / "nothing.png"
    done = run(folder, *arguments, "--plot", plot.name)
    assert done.returncode == 1, done.stderr
    assert said in done.stdout
    assert not plot.exists()


def test_pairs_of_concepts_open_as_their_passages(folder: Path) -> None:
    for query in ("", "TTP", "published:2025.."):
        found = json.loads(run(folder, "concepts", "--co-occurrence", query, "--json").stdout)
        assert found["schema"] == "ctcorpus/concepts-co-occurrence/1"
        assert found["pairs"]
        for pair in found["pairs"][:4]:
            opened = json.loads(run(folder, "search", pair["query"], "--json").stdout)
            assert opened["totals"]["all_words"] == pair["passages"] <= found["basis"]["passages"]


def test_pairs_of_concepts_in_every_form(folder: Path) -> None:
    command = ("concepts", "--co-occurrence")
    done = run(folder, *command)
    assert done.returncode == 0
    assert done.stdout.startswith("3 documents: 2 dated")
    assert "grp:ttp" in done.stdout
    assert all(len(line) <= 80 for line in done.stdout.splitlines())
    pairs = json.loads(run(folder, *command, "--json").stdout)["pairs"]
    assert [json.loads(x) for x in run(folder, *command, "--jsonl").stdout.splitlines()] == pairs
    table = list(csv.DictReader(io.StringIO(run(folder, *command, "--csv").stdout)))
    assert [(x["a"], x["b"], int(x["passages"])) for x in table] == [(x["a"], x["b"], x["passages"]) for x in pairs]
    near = run(folder, *command, "militants w/5 border")
    assert near.returncode == 2
    assert "not judged by an index alone" in near.stderr


def test_labels_by_month_with_the_undated_apart(folder: Path) -> None:
    report = json.loads(run(folder, "labels", "ttp", "--json").stdout)
    shown = run(folder, "labels", "ttp").stdout
    rows = [x.split() for x in shown[shown.index("\nmonth") :].splitlines()[2:]]
    assert [x[0] for x in rows] == ["2025-03", "2025-04", "undated"]
    counts = [sum(int(x) for x in row[1:-1]) for row in rows]
    assert [row[-1] for row in rows] == ["1", "1", "1"]  # documents
    wanted = dict.fromkeys(("2025-03", "2025-04", None), 0)
    for row in report["rows"]:
        wanted[row["first_seen"] and row["first_seen"][:7]] += len(row["mentions"])
    assert counts == list(wanted.values())
    assert sum(counts) == report["own"] + report["state"]


def test_index_names_what_may_be_new(folder: Path, tmp_path: Path) -> None:
    assert run(tmp_path, "index", str(folder / "texts")).returncode == 0
    more = tmp_path / "more"
    more.mkdir()
    (more / "may.txt").write_text(
        "Raids in May\n\nBy Cy Orr\n2 May 2025\n\nOn 1 May 2025 forces killed 9 militants of the TTP.\n", "utf-8"
    )
    assert "ctcorpus news" not in run(tmp_path, "index", str(more), "--dry-run").stderr
    told = [x for x in run(tmp_path, "index", str(more)).stderr.splitlines() if "ctcorpus news" in x]
    assert len(told) == 1
    command = told[0].partition("ctcorpus ")[2].split()
    assert run(tmp_path, *command).returncode == 0
    assert "ctcorpus news" not in run(tmp_path, "index", str(more)).stderr  # nothing was added
    for number in range(4):
        (more / f"many{number}.txt").write_text(f"Notes\n\nRemark number {number} on a law of the land.\n", "utf-8")
    assert "ctcorpus news" not in run(tmp_path, "index", str(more)).stderr


def test_open_dates_are_listed_and_not_drawn(tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    (tmp_path / "open.txt").write_text(
        "A remark\n\nSince 2021 the TTP has killed militants of other groups.\n", "utf-8"
    )
    assert run(tmp_path, "index", "open.txt").returncode == 0
    done = run(tmp_path, "timeline", "--plot", "open.svg")
    assert done.returncode == 1
    assert "2021/.." in done.stdout
    assert "nothing to draw" in done.stderr
    assert not (tmp_path / "open.svg").exists()
