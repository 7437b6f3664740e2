"""What is read from a store is what was put; anything else is an error."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from ctcorpus.errors import (
    CtcorpusError,
    StoreDamagedError,
    StoreMissingError,
    StoreOutdatedError,
    UnknownIdError,
    UsageError,
)
from ctcorpus.model.entry import Counts
from ctcorpus.store import Store, open_store
from ctcorpus.store.doctor import Finding, examine
from tests.store.samples import SAMPLES, build, sample

Everything = dict[str, object]


def everything(store: Store) -> Everything:
    """All that a store says."""
    said: Everything = {"counts": store.counts(), "digest": store.digest, "entries": list(store.entries())}
    for one in SAMPLES:
        passages = [passage.id for passage in one.document.passages]
        said[one.id] = (
            store.document(one.id),
            store.facts(one.id),
            store.passages(passages),
            store.passages_of(one.id),
            store.source_bytes(one.state.sha256),
            store.find(one.state.path),
            store.entries_of([one.id]),
        )
    said["files"] = store.files()
    return said


@pytest.fixture
def place(tmp_path: Path) -> Path:
    build(tmp_path / "store", *SAMPLES)
    return tmp_path / "store"


def test_what_was_put_is_read(place: Path) -> None:
    with open_store(place) as store:
        assert store.counts() == Counts(3, 6)
        assert store.generation == 1
        assert store.rules == "rules/1"
        assert (store.index_folder / "segment.bin").stat().st_size == 1024
        assert store.files() == {one.state.path: one.state for one in SAMPLES}
        for one in SAMPLES:
            document = one.document
            assert store.document(one.id) == document
            assert store.text(one.id) == document.text
            assert store.facts(one.id) == one.facts
            assert store.source_bytes(one.state.sha256) == one.source
            texts = {passage.id: document.text[passage.start : passage.end] for passage in document.passages}
            assert {name: stored.text for name, stored in store.passages(texts).items()} == texts
            assert tuple(stored.passage for stored in store.passages_of(one.id)) == document.passages


def test_unknown_passages_are_left_out(place: Path) -> None:
    with open_store(place) as store:
        assert store.passages([f"{'0' * 32}:0-3", f"{SAMPLES[0].id}:1-2", "nonsense", ""]) == {}
        with pytest.raises(UnknownIdError):
            store.document("0" * 32)


def test_references(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two, three = SAMPLES
    monkeypatch.chdir(place)
    with open_store(place) as store:
        for reference in (
            two.id,
            two.id[:6],
            two.id[:8].upper(),
            "b/b.txt",
            "./b/b.txt",
            "b.txt",
            str(place / "b/b.txt"),
        ):
            assert store.find(reference).id == two.id
        assert store.find(store.entry(one.id).citekey).id == one.id
        assert store.find(three.state.path).id == three.id
        with pytest.raises(UnknownIdError) as error:
            store.find("khan-2025-talk-were")
        assert store.entry(two.id).citekey in error.value.nearest
        with pytest.raises(UnknownIdError):
            store.find(two.id[:5])


def test_ambiguous_names_list_their_candidates(tmp_path: Path) -> None:
    build(tmp_path / "s", sample("x/same.txt", "One text."), sample("y/same.txt", "Another text."))
    with open_store(tmp_path / "s") as store, pytest.raises(UsageError) as error:
        store.find("same.txt")
    assert "x/same.txt" in str(error.value.remedy)
    assert "y/same.txt" in str(error.value.remedy)


def test_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError):
        open_store(tmp_path)


@pytest.mark.parametrize("number", [0, 2, 77])
def test_another_format_is_refused_with_both_numbers(place: Path, number: int) -> None:
    with sqlite3.connect(place / "corpus.db") as connection:
        connection.execute(f"PRAGMA user_version = {number}")
    connection.close()
    with pytest.raises(StoreOutdatedError, match=f"format {number}; this version reads format 1"):
        open_store(place)


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00", b"no database at all" * 500])
def test_what_is_no_database_is_damage(place: Path, content: bytes) -> None:
    (place / "corpus.db").write_bytes(content)
    with pytest.raises(StoreDamagedError):
        open_store(place)


def test_a_reader_writes_nothing(place: Path) -> None:
    def state() -> list[tuple[str, int, int]]:
        return sorted((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in place.rglob("*"))

    before = state()
    with open_store(place) as store:
        everything(store)
        list(examine(place))
        assert state() == before
    assert state() == before


def test_flipped_bits_never_pass(place: Path, tmp_path: Path) -> None:
    """Whatever bit of the database is wrong: the same answers or an error, and the doctor sees what a reader sees."""
    with open_store(place) as store:
        right = everything(store)
    whole = (place / "corpus.db").read_bytes()
    dice = random.Random(97)
    errors = 0
    # half of the file is free space: what is used lies where its bytes are not zero
    used = [at for at, byte in enumerate(whole) if byte]
    for at in [*used[::97], *(dice.randrange(len(whole)) for _ in range(40))]:
        damaged = bytearray(whole)
        damaged[at] ^= 1 << dice.randrange(8)
        (place / "corpus.db").write_bytes(damaged)
        try:
            with open_store(place) as store:
                assert everything(store) == right, f"byte {at}"
        except CtcorpusError as error:
            errors += 1
            assert any(finding.fatal for finding in _findings(place)) or isinstance(error, StoreOutdatedError), at
    assert errors > 30


def _findings(place: Path) -> list[Finding]:
    try:
        return list(examine(place))
    except StoreOutdatedError:
        return []


@pytest.mark.parametrize("name", ["meta.json", "segment.bin", "manifest.json"])
@pytest.mark.parametrize("how", ["flip", "cut", "delete"])
def test_damage_of_the_index_is_seen_on_open(place: Path, name: str, how: str) -> None:
    with open_store(place) as store:
        file = store.index_folder / name
    content = file.read_bytes()
    if how == "flip":
        file.write_bytes(bytes([content[0] ^ 4]) + content[1:])
    elif how == "cut":
        file.write_bytes(content[:-1])
    else:
        file.unlink()
    with pytest.raises(StoreDamagedError, match=name):
        open_store(place)
    assert any(finding.fatal and name in finding.block for finding in examine(place))


def test_a_missing_generation_is_damage(place: Path) -> None:
    with open_store(place) as store:
        folder = store.index_folder
    shutil.rmtree(folder)
    with pytest.raises(StoreDamagedError, match="missing"):
        open_store(place)


def test_read_only_media(place: Path) -> None:
    """A store on a file system that is mounted read-only is read like any other, and refuses a writer."""
    script = (
        "import sys; from pathlib import Path; from ctcorpus.store import open_store\n"
        "from ctcorpus.store.writer import StoreWriter; from ctcorpus.errors import StoreReadOnlyError\n"
        "place = Path(sys.argv[1])\n"
        "with open_store(place) as store: print(store.counts().passages, len(list(store.entries())))\n"
        "try: StoreWriter.open(place)\n"
        "except StoreReadOnlyError: print('refused')\n"
    )
    mount = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" || exit 77; exec "$2" -c "$3" "$1"'
    command = ["unshare", "-m", "sh", "-c", mount, "sh", str(place), sys.executable, script]
    if shutil.which("unshare") is None:
        pytest.skip("no unshare here to mount a folder read-only with")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode in (1, 77) and "unshare" in done.stderr + "unshare" and not done.stdout:
        pytest.skip(f"no folder can be mounted read-only here: {done.stderr.strip()}")
    assert done.stdout.split() == ["6", "3", "refused"], done.stderr


def test_a_cold_reader_imports_the_standard_library_alone(place: Path) -> None:
    script = (
        "import sys; before = set(sys.modules)  # an interpreter may bring a module of its own at every start\n"
        "from pathlib import Path; import ctcorpus.store as s\n"
        "store = s.open_store(Path(sys.argv[1])); store.passages(['x']); list(store.entries()); store.close()\n"
        "names = {name.partition('.')[0] for name in sys.modules if name not in before}\n"
        "print(sorted(n for n in names if n not in sys.stdlib_module_names and not n.startswith('_')))"
    )
    done = subprocess.run([sys.executable, "-c", script, str(place)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['ctcorpus']"
