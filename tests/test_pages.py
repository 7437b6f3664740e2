"""Web pages with a known article, title, authors and date: each figure against its floor.

The pages are no part of this repository. Where they are (``CTCORPUS_PAGES``, or beside the checkout) they are read as
they are; lowering a floor is a deliberate act.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ingest import made_files as made

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "scripts" / "evaluate_pages.py"
PLACE = Path(os.environ.get("CTCORPUS_PAGES", ROOT.parent / "shared" / "pages"))


def evaluated(folder: Path, *arguments: str, timeout: int = 60) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=timeout)


def a_folder(folder: Path, title: str) -> Path:
    """A folder with one page and its gold, in which the title is this."""
    head = "<meta property='article:published_time' content='2024-05-01'/><meta name='author' content='Ana Lopez'/>"
    page = made.page(f"<article><h1>The council met to speak</h1><p>{made.prose(12)}</p></article>", head)
    (folder / "a.html.gz").write_bytes(gzip.compress(page))
    gold = {"title": title, "author": ["Ana Lopez"], "date": "2024-05-01 10:00", "paragraphs": [made.prose(12)]}
    row = {"set": "made", "html": "a.html.gz", "gold": gold}
    (folder / "gold.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    return folder


def test_a_page_read_right_reaches_every_floor(tmp_path: Path) -> None:
    done = evaluated(a_folder(tmp_path, "The Council met to speak"), "--misses")
    assert "title as in the gold, to the letter" in done.stdout, done.stderr
    assert done.stdout.count("NOT REACHED") == 1, done.stdout
    assert "NOT REACHED: title as in the gold, to the letter: 0.000" in done.stdout
    assert done.returncode == 1


def test_a_miss_is_named(tmp_path: Path) -> None:
    done = evaluated(a_folder(tmp_path, "Another title altogether"), "--misses")
    assert "gold Another title altogether" in done.stdout and "read The council met to speak" in done.stdout


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(not (PLACE / "gold.jsonl").is_file(), reason="the pages are not here; name them: CTCORPUS_PAGES")
def test_the_floors_hold() -> None:
    done = evaluated(PLACE, timeout=580)
    assert done.returncode == 0, done.stdout + done.stderr
