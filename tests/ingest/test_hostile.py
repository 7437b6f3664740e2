"""A folder with hostile files among good ones: the good ones are indexed, each hostile one has its reason, exit 3."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ctcorpus.errors import SourceError
from ctcorpus.ingest import documents
from ctcorpus.ingest.sandbox import Limits
from ctcorpus.ingest.worker import Workers
from tests.ingest import hostile_files
from tests.ingest import made_files as made
from tests.ingest import made_office as office

GOOD = 200


def index(folder: Path) -> tuple[int, dict[str, Any], float]:
    """Exit code, report and seconds of ``ctcorpus index``."""
    began = time.monotonic()
    run = subprocess.run(
        [sys.executable, "-m", "ctcorpus", "index", str(folder), "--json"],
        env={**os.environ, "CTCORPUS_STORE": str(folder.parent / "store")},
        cwd=folder.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.returncode, json.loads(run.stdout), time.monotonic() - began


def fill(folder: Path, left_out: tuple[str, ...]) -> dict[str, bytes]:
    """Writes the good files and the hostile ones; these."""
    folder.mkdir()
    for at in range(GOOD):
        if at % 20:
            (folder / f"good{at}.txt").write_text(f"The council of town {at}\n\n{made.prose(3)}\n")
        else:
            (folder / f"good{at}.docx").write_bytes(made.docx(made.paragraph(f"Town {at}. {made.prose(3)}")))
    files = {name: data for name, data in hostile_files.hostile().items() if name not in left_out}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return files


def check(folder: Path, left_out: tuple[str, ...], seconds: float) -> None:
    files = fill(folder, left_out)
    code, report, took = index(folder)
    failed = {Path(x["path"]).name: x["reason"] for x in report["failed"]}
    assert code == 3
    assert set(failed) == set(files) - set(hostile_files.READ)
    assert all(len(reason) > 10 for reason in failed.values())
    assert report["documents"] == GOOD + len(set(files) & set(hostile_files.READ))
    assert took < seconds


def test_the_others_are_indexed_and_each_hostile_file_has_its_reason(tmp_path: Path) -> None:
    check(tmp_path / "articles", hostile_files.SLOW, 60)


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_the_same_with_those_that_take_as_long_as_they_are_let(tmp_path: Path) -> None:
    check(tmp_path / "articles", (), 180)


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_line_of_a_hundred_million_characters_is_set_aside(name: str) -> None:
    began = time.process_time()
    with pytest.raises(SourceError, match="more than 20,000,000 characters"):
        list(documents(b"a" * 100_000_000, name=name))
    assert time.process_time() - began < 2


def damaged() -> Iterator[tuple[str, bytes]]:
    """Good files with some bytes changed, or broken off: the same in every run."""
    source = random.Random(7)
    prose = made.paragraph(made.prose(4))
    whole = {
        "a.docx": made.docx(prose, {"header1": prose, "comments": prose}),
        "a.odt": made.odt(f"<text:p>{made.prose(4)}</text:p>"),
        "a.epub": made.epub([f"<h1>One</h1><p>{made.prose(4)}</p>"]),
        "a.pdf": made.pdf([[made.prose(1)], [made.prose(2)]]),
        "a.rtf": b"{\\rtf1\\ansi {\\fonttbl{\\f0 A;}}" + made.prose(4).encode() + b"{\\footnote words}\\par}",
        "a.eml": b"From: a@b.example\nSubject: s\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
        b"--x\nContent-Type: text/plain\n\nwords\n--x\nContent-Type: text/html\n\n<p>words\n--x--\n",
        "a.msg": office.msg({"0037001F": "subject".encode("utf-16-le"), "1000001F": "words".encode("utf-16-le")}),
    }
    for name, data in whole.items():
        for at in range(40):
            changed = bytearray(data)
            for _ in range(source.choice((1, 4, 20))):
                changed[source.randrange(len(changed))] = source.randrange(256)
            cut = source.randrange(len(changed)) if at % 8 == 0 else len(changed)
            yield f"{at}-{name}", bytes(changed[:cut])


def test_damage_has_a_reason_of_its_own() -> None:
    with Workers(Limits(wall=10, cpu=10, memory=500_000_000)) as workers:
        found = list(workers.read_many(damaged()))
    reasons = [result.reason for _, result in found if isinstance(result, SourceError)]
    assert len(found) == 280 and 20 < len(reasons) < 260
    assert not [x for x in reasons if "failed" in x or "SIG" in x or "seconds" in x or "sound answer" in x]


def test_nothing_is_written_where_a_part_names_a_place_outside(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    parts = {"../outside.txt": b"a", "/srv/../outside.txt": b"a", "word/../../outside.txt": b"a"}
    inner = f"<w:document {made.W}><w:body>{made.paragraph('words')}</w:body></w:document>"
    data = made.package({**parts, "word/document.xml": inner})
    (document,) = documents(data, name=str(folder / "a.docx"))
    assert document.text.startswith("words")
    assert [x.name for x in tmp_path.rglob("*")] == ["in"]
