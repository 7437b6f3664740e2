"""The digest and the totals that are carried on from generation to generation are those of a look at everything."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ctcorpus.model.facts import Facts, Mention
from ctcorpus.store import open_store, rows
from ctcorpus.store.content import FILE, content_list, content_list_after, digest_as_kept
from ctcorpus.store.writer import StoreWriter
from tests.store.samples import SAMPLES, build, fill, put, sample

#: enough texts that several documents share a part, and enough paths that versions and doubles come about
TEXTS = [f"Text number {number}.\n\nIts second paragraph." for number in range(40)]
STEPS = st.lists(
    st.tuples(st.sampled_from(["put", "gone", "facts"]), st.sampled_from("abcdef"), st.sampled_from(TEXTS)),
    min_size=1,
    max_size=6,
)


@settings(max_examples=25, deadline=None)
@given(runs=st.lists(STEPS, min_size=1, max_size=5))
def test_what_is_carried_on_is_what_a_look_at_everything_gives(runs: list[list[tuple[str, str, str]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "store"
        for steps in runs:
            with StoreWriter.open(place) as writer:
                for what, path, text in steps:
                    held = writer.staged.document_at(path)
                    if what == "put":
                        put(writer, sample(path, text))
                    elif what == "gone" and held:
                        writer.gone(path)
                    elif what == "facts" and held:
                        other = Facts("rules/2", (Mention(0, 4, "concept", "the label"),))
                        writer.staged.put_facts(held, rows.facts_bytes(other))
                fill(writer.folder)
                writer.commit(rules="rules/1")
            with open_store(place) as store:
                state = store.state
                assert (state.documents, state.versions, state.passages, state.files) == store.totals()
                assert store.digest == digest_as_kept(store, store.index_folder)
                assert (store.index_folder / FILE).read_bytes() == content_list(store)


def test_a_list_that_is_not_the_one_that_was_written_is_not_used(tmp_path: Path) -> None:
    place = tmp_path / "store"
    build(place, *SAMPLES)
    with open_store(place) as store:
        whole = content_list(store)
        assert content_list_after(store, store.index_folder, store.digest, [SAMPLES[0].id]) == whole
        (store.index_folder / FILE).write_bytes(b"00 " + b"0" * 64 + b"\n")
        assert content_list_after(store, store.index_folder, store.digest, []) == whole
        (store.index_folder / FILE).unlink()
        assert content_list_after(store, store.index_folder, store.digest, []) == whole


def test_new_facts_leave_the_rest_of_a_document_as_it_is(tmp_path: Path) -> None:
    place = tmp_path / "store"
    build(place, *SAMPLES)
    one = SAMPLES[0]
    facts = Facts("rules/2", (Mention(0, 6, "concept", "the label"),))
    with StoreWriter.open(place) as writer:
        writer.staged.put_facts(one.id, rows.facts_bytes(facts))
        assert writer.changed() == ([one.id], [one.id])
        assert writer.staged.facts(one.id) == facts
        fill(writer.folder)
        writer.commit(rules="rules/2")
    with open_store(place) as store:
        assert store.facts(one.id) == facts
        assert store.document(one.id) == one.document
        assert store.source_bytes(one.document.provenance.sha256) == one.source
        assert hashlib.sha256((store.index_folder / FILE).read_bytes()).hexdigest() == store.digest


def test_a_generation_written_before_there_were_lists_keeps_its_digest(tmp_path: Path) -> None:
    place = tmp_path / "store"
    build(place, *SAMPLES)
    with open_store(place) as store:
        lines = [
            f"{name} {text} {bytes(seal).hex()}\n"
            for name, text, seal in store.select(
                "documents", "SELECT d.id, t.sha256, d.facts_seal FROM documents d JOIN texts t ON t.row = d.text"
            )
        ]
        (store.index_folder / FILE).unlink()
        assert digest_as_kept(store, store.index_folder) == hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()
