"""One commit point, one writer, and a lineage for each source."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctcorpus.errors import UsageError
from ctcorpus.model.entry import Entry
from ctcorpus.store import Store, open_store
from ctcorpus.store.doctor import examine, sound_documents
from ctcorpus.store.writer import StoreWriter
from tests.store.samples import CHANGED, SAMPLES, Sample, build, fill, put, said, sample, second

ONE, TWO, THREE = SAMPLES


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
