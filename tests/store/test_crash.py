"""Killed, crowded, out of room: the store is as it was before or as it is after."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ctcorpus.errors import StoreLockedError
from ctcorpus.store import open_store
from ctcorpus.store.doctor import examine
from ctcorpus.store.writer import StoreWriter
from tests.store.samples import SAMPLES, build, fill, said, sample, second

ONE, TWO, THREE = SAMPLES


@pytest.fixture
def place(tmp_path: Path) -> Path:
    build(tmp_path / "store", *SAMPLES)
    return tmp_path / "store"


def in_a_child(action: Callable[[], None]) -> int:
    """How a forked child that does this ends: its exit code, or minus the signal that killed it."""
    child = os.fork()
    if child == 0:
        try:
            action()
        except BaseException:  # a child must end here, whatever happens
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


STEPS_OF_A_RUN = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "open", "sqlite3.connect"})


def die_at(number: int, run: Callable[[Path], None], place: Path) -> int:
    """Runs in a child that is killed at its n-th sync, opening, rename or deletion."""

    def action() -> None:
        count = 0

        def step(*_: object) -> None:
            nonlocal count
            count += 1
            if count == number:
                os.kill(os.getpid(), signal.SIGKILL)

        def audit(event: str, _: tuple[object, ...]) -> None:
            if event in STEPS_OF_A_RUN:
                step()

        real = os.fsync

        def sync(descriptor: int) -> None:
            step()
            real(descriptor)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "fsync", sync)
            sys.addaudithook(audit)
            run(place)

    return in_a_child(action)


def run_first(place: Path) -> None:
    build(place, *SAMPLES)


def run_second(place: Path) -> None:
    with StoreWriter.open(place) as writer:
        assert writer._connection is not None
        second(writer)
        writer.staged.flush()
        writer.commit(rules="")


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("stride", [7, pytest.param(1, marks=pytest.mark.slow)])
def test_killed_anywhere_the_store_is_as_before_or_as_after(tmp_path: Path, first: bool, stride: int) -> None:
    origin = tmp_path / "origin" / "store"
    if not first:
        build(origin, *SAMPLES)
    run: Callable[[Path], None] = run_first if first else run_second
    done = tmp_path / "done" / "store"
    if not first:
        shutil.copytree(origin, done)
    run(done)
    before, after = said(origin), said(done)
    seen = set()
    for number in range(1, 400, stride):
        place = tmp_path / str(number) / "store"
        if not first:
            shutil.copytree(origin, place)
        killed = die_at(number, run, place)
        now = said(place)
        assert now in (before, after), number
        seen.add(now == after)
        if killed == 0:
            break
        if now == before:
            run(place)  # the next writer needs no help
            assert said(place) == after
        shutil.rmtree(place.parent)
    assert killed == 0
    assert seen == {True, False}


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not here")
@pytest.mark.parametrize("call", ["pwrite64", "fdatasync,fsync", "unlink,unlinkat"])
def test_killed_inside_sqlite(place: Path, tmp_path: Path, call: str) -> None:
    """The same with real system calls: those that SQLite makes in the middle of a commit as well."""
    script = (
        "import sys; from pathlib import Path; from store import test_crash; test_crash.run_second(Path(sys.argv[1]))"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), "PYTHONDONTWRITEBYTECODE": "1"}
    before = said(place)
    done = tmp_path / "done" / "store"
    shutil.copytree(place, done)
    run_second(done)
    after = said(done)
    for number in (1, 3, 8):
        copy = tmp_path / f"{number}" / "store"
        shutil.copytree(place, copy)
        inject = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}"]
        inject += ["-e", f"inject={call}:signal=KILL:when={number}"]
        subprocess.run([*inject, sys.executable, "-c", script, str(copy)], env=environment, check=False, timeout=30)
        assert said(copy) in (before, after)
        run_second(copy) if said(copy) == before else None
        assert said(copy) == after


def test_two_writers(place: Path) -> None:
    with StoreWriter.open(place):
        with pytest.raises(StoreLockedError, match=f"process {os.getpid()}"):
            StoreWriter.open(place)
        with open_store(place) as store:  # readers do not mind
            assert store.generation == 1
    StoreWriter.open(place).abort()


def test_the_lock_dies_with_its_process(place: Path) -> None:
    def hold_and_die() -> None:
        StoreWriter.open(place)
        os.kill(os.getpid(), signal.SIGKILL)

    assert in_a_child(hold_and_die) == -signal.SIGKILL
    StoreWriter.open(place).abort()


def test_readers_keep_their_generation(place: Path) -> None:
    with open_store(place) as old:
        for number in range(3):
            build(place, sample("a.txt", f"Version {number} of it."))
        with StoreWriter.open(place) as writer:
            writer.drop(TWO.id)
            fill(writer.folder)
            writer.commit(rules="")
        assert [entry.id for entry in old.entries()] == [ONE.id, TWO.id, THREE.id]
        assert old.document(TWO.id) == TWO.document
        assert (old.index_folder / "segment.bin").exists()
    StoreWriter.open(place).abort()  # now nobody holds it
    assert len(list((place / "generations").iterdir())) == 1
    with open_store(place) as store:
        assert TWO.id not in store.entries_of([TWO.id])
    assert not list(examine(place))


def test_readers_during_a_writer(place: Path) -> None:
    """Each answer is that of one committed generation as a whole."""

    def read() -> None:
        for _ in range(60):
            with open_store(place) as store:
                texts = {store.text(entry.id) for entry in store.entries() if entry.path != "c.txt"}
                assert len({text.rpartition(" ")[2] for text in texts}) == 1, texts

    build(place, sample("a.txt", "One text 0"), sample("b/b.txt", "Another text 0"))
    children = []
    for _ in range(2):
        child = os.fork()
        if child == 0:
            try:
                read()
            except BaseException:  # a child must end here, whatever happens
                os._exit(1)
            os._exit(0)
        children.append(child)
    for number in range(1, 12):
        build(place, sample("a.txt", f"One text {number}"), sample("b/b.txt", f"Another text {number}"))
    for child in children:
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_full_disk(place: Path) -> None:
    """Wherever the room ends, the store is as it was or as it will be, and a later run succeeds."""
    before = said(place)
    large = sample("e.txt", "\n\n".join(f"Paragraph {number} of a long text." for number in range(4000)))
    size = (place / "corpus.db").stat().st_size

    def run(limit: int) -> Callable[[], None]:
        def action() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            build(place, large)

        return action

    for limit in (0, 2000, size, size + 4096, size + 400_000):
        assert in_a_child(run(limit)) == 1
        assert said(place) == before
    build(place, large)
    assert said(place) != before
