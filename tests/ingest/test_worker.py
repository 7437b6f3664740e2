"""The worker: a hostile file costs an entry among what was set aside, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ctcorpus.errors import SourceError
from ctcorpus.ingest import documents, read_all, read_bytes
from ctcorpus.ingest.readers import Reading
from ctcorpus.ingest.readers.checking import sound
from ctcorpus.ingest.readers.reading import Mark, Stated
from ctcorpus.ingest.sandbox import Limits
from ctcorpus.ingest.worker import Workers
from tests.ingest import hostile_files
from tests.ingest import made_files as made

SMALL = Limits(wall=3, cpu=2, memory=250_000_000, output=5_000_000)
GOOD = made.page(f"<article><h1>The council met</h1><p>{made.prose(6)}</p></article>")


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(SMALL, at_once=2) as opened:
        yield opened


@pytest.fixture(scope="module")
def hostile() -> dict[str, bytes]:
    return hostile_files.hostile()


def test_every_hostile_file_is_set_aside_or_read_within_its_limits(workers: Workers, hostile: dict[str, bytes]) -> None:
    files = [x for pair in hostile.items() for x in (pair, ("good.html", GOOD))]
    began = time.monotonic()
    found = list(workers.read_many(files))
    assert time.monotonic() - began < 40
    assert [name for name, _ in found] == [name for name, _ in files]
    for name, result in found:
        if name == "good.html":
            assert isinstance(result, list) and "The council met for the 5th time" in result[0].text
        elif name not in (*hostile_files.READ, "blank.txt"):  # white space alone is refused later
            assert isinstance(result, SourceError), name
            assert len(result.reason) > 10


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("parts.eml", "nested"),
        ("subject.eml", "header"),
        ("spaces.pdf", "no text layer"),
        ("cycle.pdf", "500,000 pages"),
        ("laughs.docx", "amplification"),
        ("outside.docx", "document type"),
        ("overlap.docx", "overlaps"),
        ("ratio.docx", "to one"),
        ("parts.docx", "2,100 parts"),
        ("lying.docx", "CRC"),
        ("total.odt", "540,000,000 bytes"),
        ("entities.odt", "document type"),
        ("nested.zip", "unpack it"),
        ("deep.xml", "nested more than"),
        ("forwarded.eml", "nested more than 50"),
        ("half.docx", "damaged"),
        ("half.pdf", "no PDF"),
        ("picture.rtf", "no RTF"),
        ("picture.html", "PNG"),
        ("nul.txt", "NUL"),
        ("empty.docx", "empty"),
    ],
)
def test_the_cause_is_named(workers: Workers, hostile: dict[str, bytes], name: str, words: str) -> None:
    with pytest.raises(SourceError) as caught:
        workers.readings(hostile[name], name)
    assert words in caught.value.reason


PROBE = """
import os, socket, sys
from pathlib import Path
from ctcorpus.ingest.sandbox import Limits, close_doors, confine, landlock
doors, locked = sys.argv[1] == "doors", sys.argv[1] == "landlock"
os.close(0)
os.open("/dev/null", os.O_RDONLY)
confine(Limits())
if doors:
    close_doors((0, 1, 2))
abi = landlock() if locked else 1
told = []
def tries(what, act):
    try:
        act()
    except OSError as error:
        told.append(f"{what}:{error.errno}")
    else:
        told.append(f"{what}:done")
if abi:
    tries("read", lambda: os.open("/etc/passwd", os.O_RDONLY))
    tries("write", lambda: os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT))
    tries("folder", lambda: os.listdir("/"))
    tries("connect", lambda: socket.create_connection(("127.0.0.1", int(sys.argv[3])), 1))
    if locked:
        tries("start", lambda: os.execv("/bin/true", ["true"]))
os.write(1, " ".join([str(abi), *told]).encode())
"""


@pytest.mark.parametrize("way", ["doors", "landlock"])
def test_a_confined_process_can_open_connect_and_start_nothing(way: str, tmp_path: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        run = subprocess.run(
            [sys.executable, "-c", PROBE, way, str(tmp_path / "made"), port],
            capture_output=True,
            text=True,
            check=False,
        )
    abi, *told = run.stdout.split()
    if way == "landlock" and int(abi) == 0:
        pytest.skip("this kernel has no Landlock")
    if way == "landlock" and int(abi) < 4:
        told = [x for x in told if not x.startswith("connect")]
    assert told and not [x for x in told if x.endswith("done")], run.stderr
    assert not (tmp_path / "made").exists()


def test_a_child_that_opens_a_file_is_refused(
    workers: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "spyreader.py").write_text("def read(data):\n    return [open('/etc/passwd').read()]\n")
    package = tmp_path / "spy-1.dist-info"
    package.mkdir()
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: spy\nVersion: 1\n")
    (package / "entry_points.txt").write_text("[ctcorpus.readers]\nspy = spyreader:read\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with Workers(SMALL) as fresh, pytest.raises(SourceError) as caught:
        fresh.readings(b"words", "a.spy")
    assert "OSError" in caught.value.reason or "PermissionError" in caught.value.reason


def test_a_reader_of_another_package_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ownreader.py").write_text(
        "from ctcorpus.ingest.readers import Reading\n\n\ndef read(data):\n"
        "    yield Reading(data.decode().upper(), 'text/own', 'own/1', 'utf-8', 'utf-8')\n"
    )
    package = tmp_path / "own-1.dist-info"
    package.mkdir()
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: own\nVersion: 1\n")
    (package / "entry_points.txt").write_text("[ctcorpus.readers]\nown = ownreader:read\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with Workers(SMALL) as fresh:
        (reading,) = fresh.readings(b"words of an article", "a.own")
    assert (reading.text, reading.reader) == ("WORDS OF AN ARTICLE", "own/1")


def test_many_files_come_back_in_order(workers: Workers) -> None:
    files = [(f"{at}.html", made.page(f"<p>page {at}</p>")) for at in range(60)]
    found = list(workers.read_many(files))
    assert [name for name, _ in found] == [name for name, _ in files]
    texts = [result[0].text if isinstance(result, list) else str(result) for _, result in found]
    assert [f"page {at}" in text for at, text in enumerate(texts)] == [True] * 60


def test_a_reading_that_is_given_up_leaves_nothing_behind(workers: Workers) -> None:
    for _ in workers.read_many([(f"{at}.html", GOOD) for at in range(8)]):
        break
    assert workers.readings(GOOD, "a.html")[0].stated.title == "The council met"


def test_the_nursery_is_started_again_when_it_is_gone(workers: Workers) -> None:
    workers.readings(GOOD, "a.html")
    assert workers._nursery is not None
    workers._nursery.kill()
    workers._nursery.wait()
    assert workers.readings(GOOD, "a.html")[0].stated.title == "The council met"


def test_threads_may_share_workers(workers: Workers) -> None:
    texts: list[str] = []
    threads = [
        threading.Thread(target=lambda: texts.append(workers.readings(GOOD, "a.html")[0].text)) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(texts) == 4 and len(set(texts)) == 1


def test_an_unsound_answer_is_refused() -> None:
    good = Reading("words", "text/plain", "r/1", "utf-8", "utf-8", marks=(Mark(0, 5, "paragraph"),))
    assert sound(good)
    base = json.loads(json.dumps(good.to_dict()))
    wrong: list[dict[str, Any]] = [
        {"text": 7},
        {"text": "\ud800"},
        {"marks": [{"start": 0, "end": 9, "kind": "paragraph"}]},
        {"marks": [{"start": 3, "end": 2, "kind": "paragraph"}]},
        {"marks": [{"start": 0, "end": 2, "kind": "other"}]},
        {"marks": [{"start": 2, "end": 4, "kind": "item"}, {"start": 0, "end": 1, "kind": "item"}]},
        {"pages": [9]},
        {"pages": [3, 1]},
        {"warnings": [1]},
        {"layout": "free"},
        {"stated": {"title": 5}},
        {"stated": {"authors": "Ana"}},
        {"completeness": "whole"},
        {"url": 1},
    ]
    for change in wrong:
        assert not sound(Reading.from_dict({**base, **change})), change
    assert sound(Reading.from_dict({**base, "stated": Stated(title="A").to_dict()}))


def test_a_document_of_a_format_goes_through_the_worker(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_bytes(GOOD)
    (document,) = read_all(file, name="a.html")
    assert document == read_bytes(GOOD, name="a.html")
    assert document.metadata.title == "The council met"
    assert document.provenance.media_type == "text/html"


def test_a_file_of_several_documents_needs_read_all() -> None:
    data = b'{"text": "One day."}\n{"text": "Another day."}\n'
    with pytest.raises(SourceError):
        read_bytes(data, name="a.jsonl")
    assert [x.provenance.path for x in documents(data, name="a.jsonl")] == ["a.jsonl#1", "a.jsonl#2"]
