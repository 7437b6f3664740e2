"""The forward index says again what the passages say, however it came about; what is not as written is not read."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from ctcorpus.errors import StoreDamagedError, StoreOutdatedError
from ctcorpus.index import forward as forward_index
from ctcorpus.index.analysis import Analyzer
from ctcorpus.index.base import IndexedPassage
from ctcorpus.index.disk import DiskWriter, is_current, open_disk
from ctcorpus.index.folder import MANIFEST
from ctcorpus.index.forward import LIST, has_forward, held_in, vocabulary
from ctcorpus.index.forward_arrays import Forward, open_forward
from ctcorpus.index.layout import EXACT, place
from ctcorpus.index.memory import MemoryIndex
from ctcorpus.model.query import Wildcard
from tests.index.index_samples import DAMS, PASSAGES, RIVERS, built, generated

PREFIXES = ("", "r", "da", "counterflood", "zarb", "unknown", "é")


def said(forward: Forward) -> list[tuple[str, list[str]]]:
    """Each passage and its words."""
    words = [forward.terms[x] for x in forward.words]
    found = []
    for row, (document, start, end) in enumerate(forward.places.tolist()):
        passage = f"{forward.documents[document]}:{start}-{end}"
        found.append((passage, words[forward.offsets[row] : forward.offsets[row + 1]]))
    return found


def compounds(forward: Forward) -> list[tuple[str, tuple[str, ...]]]:
    """Each joined form, and the words that it joins."""
    terms, words = forward.terms, forward.words
    rows = forward.joined.tolist()
    return [(terms[term], tuple(terms[x] for x in words[first : first + count])) for first, count, term in rows]


def check(folder: Path, passages: Iterable[IndexedPassage]) -> Forward:
    """Compares everything that the forward index says with a recount of the passages' texts."""
    analyzer = Analyzer()
    ordered = sorted(passages, key=lambda x: place(x.id))
    tokens = {x.id: analyzer.tokens(x.body) for x in ordered}
    plain = {name: [x for x in some if not x.joined] for name, some in tokens.items()}
    found = open_forward(folder)
    assert said(found) == [(name, [x.exact for x in some]) for name, some in plain.items()]
    assert list(found.documents) == sorted({x.document for x in ordered})
    assert [x for x, _ in compounds(found)] == [x.exact for some in tokens.values() for x in some if x.joined]
    assert all(joined == "".join(parts) for joined, parts in compounds(found))
    stems = {x.exact: x.stem for some in tokens.values() for x in some}
    assert list(found.terms) == sorted(stems)
    assert [found.stems[x] for x in found.stem_of] == [stems[x] for x in found.terms]
    totals = Counter(x.exact for some in plain.values() for x in some)
    assert found.totals.tolist() == [totals[x] for x in found.terms]
    found_in = Counter(stem for some in plain.values() for stem in {x.stem for x in some})
    assert found.found_in.tolist() == [found_in[x] for x in found.stems]
    memory = MemoryIndex(ordered)
    for prefix in PREFIXES:
        assert vocabulary(folder, prefix) == memory.vocabulary(EXACT, prefix)
    return found


def same(one: Forward, other: Forward) -> bool:
    return all(np.array_equal(getattr(one, x.name), getattr(other, x.name)) for x in fields(Forward))


def by_document(passages: Iterable[IndexedPassage]) -> dict[str, list[IndexedPassage]]:
    found: dict[str, list[IndexedPassage]] = {}
    for one in passages:
        found.setdefault(one.document, []).append(one)
    return found


def written(
    folder: Path, parent: Path | None, gone: Iterable[str], new: Mapping[str, Sequence[IndexedPassage]]
) -> None:
    writer = DiskWriter(folder, parent)
    writer.remove(gone)
    for some in new.values():
        writer.add(some)
    writer.finish()


def test_it_says_again_what_was_added(tmp_path: Path) -> None:
    built(tmp_path, PASSAGES)
    found = check(tmp_path, PASSAGES)
    assert ("counterflood", ("counter", "flood")) in compounds(found)
    assert len(held_in(tmp_path)) == 1


def test_an_empty_index_has_an_empty_one(tmp_path: Path) -> None:
    built(tmp_path, [])
    assert len(check(tmp_path, []).words) == 0
    built(tmp_path / "words", [replace(PASSAGES[0], body="—"), replace(PASSAGES[3], body="")])
    assert open_forward(tmp_path / "words").offsets.tolist() == [0, 0, 0]


@pytest.mark.parametrize("seed", range(4))
def test_any_history_ends_in_what_one_run_writes(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents come, change and go, in runs of any size; segments are merged meanwhile, and parted where large."""
    monkeypatch.setattr(forward_index, "_FANOUT", 3)
    monkeypatch.setattr(forward_index, "MOST_WORDS", 4_000)
    chance = random.Random(seed)
    everything = by_document(generated(240, seed))
    live: dict[str, list[IndexedPassage]] = {}
    parent: Path | None = None
    for run in range(12):
        folder = tmp_path / str(run)
        gone = {x for x in live if chance.random() < 0.2}
        new = {x: some for x, some in everything.items() if (x in gone or x not in live) and chance.random() < 0.5}
        new = {x: [replace(y, body=f"{y.body} new{run} re-built") for y in some] for x, some in new.items()}
        before = {x.name: hashlib.sha256(x.read_bytes()).digest() for x in parent.iterdir()} if parent else {}
        written(folder, parent, [*gone, "unknown"], new)
        if parent:
            assert {x.name: hashlib.sha256(x.read_bytes()).digest() for x in parent.iterdir()} == before
        live = {x: some for x, some in live.items() if x not in gone} | new
        parent = folder
        found = check(folder, (x for some in live.values() for x in some))
    written(tmp_path / "once", None, [], live)
    assert same(found, open_forward(tmp_path / "once"))


def test_segments_are_shared_and_never_many(tmp_path: Path) -> None:
    parent: Path | None = None
    passages = generated(60)
    for number, some in enumerate(passages):
        built(tmp_path / str(number), [some], parent)
        parent = tmp_path / str(number)
    assert parent is not None
    check(parent, passages)
    names = {x.name for x in held_in(parent)}
    assert len(names) <= 3 * 8
    shared = names & {x.name for x in held_in(tmp_path / "58")}
    assert shared
    for name in shared:
        assert (parent / name).stat().st_ino == (tmp_path / "58" / name).stat().st_ino
    assert {x.name for x in parent.glob("*.forward")} == names


def test_what_is_taken_out_counts_no_more(tmp_path: Path) -> None:
    built(tmp_path / "1", PASSAGES)
    written(tmp_path / "2", tmp_path / "1", [DAMS], {})
    index = open_disk(tmp_path / "2")
    assert index.terms(Wildcard("dik*"), limit=5) == []
    assert index.terms(Wildcard("*ammes"), limit=5) == []
    assert list(index.terms(Wildcard("tie?"), limit=5)) == ["tied"]
    check(tmp_path / "2", [x for x in PASSAGES if x.document != DAMS])
    written(tmp_path / "3", tmp_path / "2", [x.document for x in PASSAGES], {})
    check(tmp_path / "3", [])
    assert held_in(tmp_path / "3") == []
    assert not any(b"programme" in x.read_bytes() for x in (tmp_path / "3").glob("*.forward"))


def test_what_is_added_and_removed_in_one_run_is_not_there(tmp_path: Path) -> None:
    writer = DiskWriter(tmp_path)
    writer.add(PASSAGES)
    writer.remove([RIVERS])
    writer.finish()
    check(tmp_path, [x for x in PASSAGES if x.document != RIVERS])


def test_an_abandoned_run_leaves_no_open_file(tmp_path: Path) -> None:
    writer = DiskWriter(tmp_path)
    writer.add(PASSAGES)
    writer.abandon()
    assert not list(tmp_path.glob("*.spool"))
    assert not has_forward(tmp_path)


def test_damage_is_never_counted(tmp_path: Path) -> None:
    """Whatever byte is changed: what is read is what was written, or nothing is read."""
    built(tmp_path / "1", PASSAGES)
    folder = tmp_path / "2"
    written(folder, tmp_path / "1", [DAMS], by_document(generated(3)))
    wanted, chance = open_forward(folder), random.Random(1)
    for path in [x for x in folder.iterdir() if x.suffix in (".forward", ".gone")]:
        kept = path.read_bytes()
        places = {0, len(kept) - 1, *(chance.randrange(len(kept)) for _ in range(150))}
        damaged = [kept[:at] + bytes([kept[at] ^ (1 << chance.randrange(8))]) + kept[at + 1 :] for at in places]
        path.unlink()  # what it was linked to stays as it is
        for data in (b"", kept[: len(kept) // 2], *damaged):
            path.write_bytes(data)
            try:
                assert same(open_forward(folder), wanted)
            except StoreDamagedError:
                continue
        path.write_bytes(kept)
    assert same(open_forward(folder), wanted)
    for data in (b"", b"[]", b'{"format": 1}', b'{"format": 1, "segments": [{"name": "x"}]}'):
        (folder / LIST).write_bytes(data)
        with pytest.raises(StoreDamagedError):
            open_forward(folder)


def test_what_is_damaged_is_not_made_good_by_a_merge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forward_index, "_FANOUT", 2)
    built(tmp_path / "1", PASSAGES)
    (segment,) = (tmp_path / "1").glob("*.forward")
    data = bytearray(segment.read_bytes())
    data[0] ^= 1  # the first word
    segment.write_bytes(data)
    writer = DiskWriter(tmp_path / "2", tmp_path / "1")
    writer.add(generated(3))
    with pytest.raises(StoreDamagedError):
        writer.finish()


def test_an_index_without_one_is_read_and_not_built_upon(tmp_path: Path) -> None:
    """An index that was made before there was any."""
    built(tmp_path, PASSAGES)
    (tmp_path / LIST).unlink()
    manifest = (tmp_path / MANIFEST).read_text()
    (tmp_path / MANIFEST).write_text(manifest.replace('"forward": 1,', ""))
    assert not has_forward(tmp_path)
    assert list(open_disk(tmp_path).terms(Wildcard("dik*"), limit=5)) == ["dikes", "dike"]
    assert not is_current(tmp_path)
    with pytest.raises(StoreOutdatedError):
        DiskWriter(tmp_path / "next", tmp_path)
