"""The judged sets: a small one everywhere, the large ones where they are at hand, each against its floor.

The large sets are no part of this repository. Where they are (``CTCORPUS_JUDGED``, or beside the checkout) they are
run as they are; lowering a floor is a deliberate act.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "scripts" / "evaluate.py"
PLACE = Path(os.environ.get("CTCORPUS_JUDGED", ROOT.parent / "shared" / "collections"))
SETS = ("scifact-train", "xquad-en", "wikicar-security")


def evaluated(*arguments: str, timeout: int = 60) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=timeout)


def test_the_small_set_reaches_its_floor_and_configurations_are_compared() -> None:
    done = evaluated("--compare", "plain", "--compare", "tfidf")
    assert done.returncode == 0, done.stderr + done.stdout
    for what in ("nDCG@10", "MAP", "recall@100", "MRR", "default against tfidf", "floor 0.95: reached"):
        assert what in done.stdout


def test_a_set_that_is_not_the_one_of_the_floor_is_told_apart(tmp_path: Path) -> None:
    copy = tmp_path / "sample"
    copy.mkdir()
    for file in (ROOT / "tests" / "judged" / "sample").iterdir():
        text = file.read_text(encoding="utf-8")
        (copy / file.name).write_text(text.replace("Lorries", "Trucks"), encoding="utf-8")
    done = evaluated(str(copy))
    assert done.returncode == 0, done.stderr
    assert "no floor" in done.stdout


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", SETS)
def test_the_floor_of_a_large_set_holds(name: str) -> None:
    if not (PLACE / name / "corpus.jsonl").is_file():
        pytest.skip(f"the judged set '{name}' is not here; name its folder's parent with CTCORPUS_JUDGED")
    done = evaluated(str(PLACE / name), "--compare", "plain", timeout=1700)
    assert done.returncode == 0, done.stderr + done.stdout
    assert "reached" in done.stdout
