"""One commit point, one writer, and a lineage for each source."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctcorpus.errors import StoreLockedError, StoreMissingError, UsageError
from ctcorpus.model.entry import Entry
from ctcorpus.store import Store, open_store
from ctcorpus.store.doctor import examine, sound_documents
from ctcorpus.store.writer import StoreWriter

from .samples import SAMPLES, Sample, build, fill, put, sample

ONE, TWO, THREE = SAMPLES
CHANGED = sample("a.txt", "Other words now.\n\nAnd a second paragraph.")


def said(store: Path) -> object:
    """What a store says as a whole, None when there is none; its every byte is checked."""
    try:
        with open_store(store) as opened:
            entries = sorted(opened.entries(all_versions=True), key=lambda entry: entry.id)
            texts = {entry.id: opened.document(entry.id).text for entry in entries}
            state = (opened.counts(), opened.digest, entries, texts, opened.files(), opened.sources())
    except StoreMissingError:
        return None
    assert not [finding for finding in examine(store) if finding.fatal]
    return state


def second(writer: StoreWriter) -> None:
    """The second run of most tests: a change, a removal, an addition."""
    put(writer, CHANGED)
    writer.gone("c.txt")
    put(writer, sample("d.txt", "An added text."))
    writer.remember(["somewhere"])
    fill(writer.folder, "second")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    build(tmp_path / "store", *SAMPLES)
    return tmp_path / "store"


def test_a_changed_file_is_a_new_version_of_its_work(place: Path) -> None:
    build(place, CHANGED)
    with open_store(place) as store:
        old, new = store.entry(ONE.id), store.entry(CHANGED.id)
        assert (old.superseded_by, old.version) == (new.id, 1)
        assert (new.superseded_by, new.version) == (None, 2)
        assert (old.work, old.citekey) == (new.work, new.citekey)
        assert store.find("a.txt") == store.find(old.citekey) == new
        assert store.document(ONE.id).text == ONE.document.text
        assert [entry.id for entry in store.entries()] == [new.id, TWO.id, THREE.id]
        assert store.counts().documents == 3
    build(place, ONE)  # back again: the newest version once more
    with open_store(place) as store:
        assert (store.entry(ONE.id).superseded_by, store.entry(ONE.id).version) == (None, 3)
        assert store.entry(CHANGED.id).superseded_by == ONE.id


def test_identical_files_are_one_document(place: Path) -> None:
    twin = sample("0.txt", ONE.document.text, title=ONE.document.metadata.title)
    with StoreWriter.open(place) as writer:
        entry = put(writer, twin)
        fill(writer.folder)
        assert entry.paths == ("0.txt", "a.txt")
        assert (writer.added(), writer.removed()) == ([ONE.id], [ONE.id])
        writer.commit(rules="")
    with StoreWriter.open(place) as writer:
        writer.gone("0.txt")
        fill(writer.folder)
        writer.commit(rules="")
    with open_store(place) as store:
        assert store.entry(ONE.id).paths == ("a.txt",)
        assert store.document(ONE.id) == ONE.document


def test_a_touched_or_moved_file_is_the_same_document(place: Path) -> None:
    touched = sample("a.txt", ONE.document.text, mtime=2).state
    moved = sample("z.txt", THREE.document.text).state
    with StoreWriter.open(place) as writer:
        writer.see(touched)
        writer.see(moved)
        writer.gone("c.txt")
        fill(writer.folder)
        assert writer.added() == writer.removed() == [THREE.id]
        writer.commit(rules="")
    with open_store(place) as store:
        assert store.files()["a.txt"] == touched
        assert store.entry(THREE.id).paths == ("z.txt",)


def test_what_the_index_has_to_do(place: Path) -> None:
    with StoreWriter.open(place) as writer:
        assert writer.parent_folder is not None
        assert (writer.added(), writer.removed()) == ([], [])
        second(writer)
        assert set(writer.removed()) == {ONE.id, THREE.id}
        assert len(writer.added()) == 2
        assert CHANGED.id in writer.added()
        assert writer.staged.document(CHANGED.id) == CHANGED.document


def test_dropping_the_newest_version_drops_the_work(place: Path) -> None:
    build(place, CHANGED)
    with StoreWriter.open(place) as writer:
        writer.drop(CHANGED.id)
        fill(writer.folder)
        writer.commit(rules="")
    with open_store(place) as store:
        assert {entry.id for entry in store.entries(all_versions=True)} == {TWO.id, THREE.id}


def test_an_aborted_run_leaves_nothing(place: Path) -> None:
    before = said(place)
    names = sorted(path.name for path in place.rglob("*"))
    with pytest.raises(KeyboardInterrupt), StoreWriter.open(place) as writer:
        second(writer)
        writer.staged.flush()
        raise KeyboardInterrupt
    assert said(place) == before
    assert sorted(path.name for path in place.rglob("*")) == names


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear", encoding="utf-8")
    with pytest.raises(UsageError, match=r"letter\.txt"):
        StoreWriter.open(tmp_path)
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="not a folder"):
        StoreWriter.open(tmp_path / "file")
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / ".gitkeep").touch()
    StoreWriter.open(tmp_path / "empty").abort()


def test_the_digest_does_not_depend_on_the_order(tmp_path: Path, place: Path) -> None:
    build(tmp_path / "other", *reversed(SAMPLES))
    with open_store(place) as one, open_store(tmp_path / "other") as other:
        assert one.digest == other.digest


def test_rebuilding_carries_everything_over(place: Path) -> None:
    build(place, CHANGED)
    before = said(place)
    with StoreWriter.open(place, rebuild=True) as writer:
        assert writer.parent_folder is None
        for sound in sound_documents(place):
            assert sound.entry is not None
            writer.carry(sound.entry, sound.document, sound.facts, sound.source, sound.states)
        fill(writer.folder)
        assert len(writer.added()) == 3
        writer.commit(rules="")
    assert said(place) == before


@pytest.mark.parametrize("content", [None, b"rubbish" * 1000])
def test_a_damaged_store_is_rebuilt_with_the_same_citekeys(place: Path, content: bytes | None) -> None:
    with open_store(place) as store:
        before = [(entry.citekey, entry.work) for entry in store.entries()]
    if content is None:
        (place / "corpus.db").unlink()
    else:
        (place / "corpus.db").write_bytes(content)
    with StoreWriter.open(place, rebuild=True) as writer:
        for one in (THREE, sample("a.txt", "By now other words."), TWO):
            put(writer, one)
        fill(writer.folder)
        writer.commit(rules="")
    with open_store(place) as store:
        assert [(entry.citekey, entry.work) for entry in store.entries()] == before
    assert (place / "corpus.db.set-aside").exists() == (content is not None)


# -- processes


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
    run: Callable[[Path], None] = (lambda place: build(place, *SAMPLES) and None) if first else run_second
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
        "import sys; from pathlib import Path; from store import test_writer; test_writer.run_second(Path(sys.argv[1]))"
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


# -- against a model

PATHS = st.sampled_from(["a", "b", "c/d"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), PATHS, st.sampled_from(["Text one.", "Text two.\n\nMore.", "Text three: ü."])),
        st.tuples(st.just("gone"), PATHS, st.just("")),
        st.tuples(st.sampled_from(["commit", "abort"]), st.just(""), st.just("")),
    ),
    max_size=10,
)


@settings(max_examples=12, deadline=None)
@given(steps=STEPS)
def test_the_store_is_a_dictionary_of_paths(steps: list[tuple[str, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "store"
        live: dict[str, str] = {}
        staged = dict(live)
        writer = StoreWriter.open(place)
        for step, path, text in [*steps, ("commit", "", "")]:
            if step == "put":
                put(writer, sample(path, text))
                staged[path] = text
            elif step == "gone" and path in staged:
                writer.gone(path)
                del staged[path]
            elif step in ("commit", "abort"):
                if step == "commit":
                    fill(writer.folder)
                    writer.commit(rules="")
                    live = dict(staged)
                else:
                    writer.abort()
                    staged = dict(live)
                if (place / "corpus.db").exists():
                    with open_store(place) as store:
                        agree(store, live)
                    assert not list(examine(place))
                writer = StoreWriter.open(place)
        writer.abort()


def agree(store: Store, wanted: dict[str, str]) -> None:
    """Compares a store with what it should hold."""
    entries: list[Entry] = list(store.entries())
    assert {path: store.text(entry.id) for entry in entries for path in entry.paths} == wanted
    assert {state.path: store.text(state.document) for state in store.files().values()} == wanted
    assert len(entries) == store.counts().documents == len(set(wanted.values()))
    passages = [stored for entry in entries for stored in store.passages_of(entry.id)]
    assert len(passages) == store.counts().passages
    for path, text in wanted.items():
        one: Sample = sample(path, text)
        assert store.find(path).id == one.id
