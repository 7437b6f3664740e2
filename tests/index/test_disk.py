"""What is the disk engine's own: its folder, its writer, and the traps of its binding."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ctcorpus.errors import StoreDamagedError, StoreOutdatedError
from ctcorpus.index.disk import DiskIndex, DiskWriter, open_disk
from ctcorpus.index.folder import MANIFEST, clone
from ctcorpus.index.layout import order_key, place
from ctcorpus.index.memory import MemoryIndex
from ctcorpus.index.ranking import Ranking
from ctcorpus.model.query import Everything, Or, Phrase, Query, Word
from tests.index.index_samples import DAMS, PASSAGES, RIVERS, TAXES, built, generated

QUERIES: list[Query] = [Everything(), Word("river"), Or((Word("dike"), Phrase("river dam"))), Word("rivers")]


def answers(index: DiskIndex | MemoryIndex) -> list[list[tuple[str, float]]]:
    return [[(x.passage, round(x.score, 3)) for x in index.match(q, limit=50).matches] for q in QUERIES]


def digests(folder: Path) -> dict[str, str]:
    files = (x for x in folder.iterdir() if not x.name.endswith(".lock"))
    return {x.name: hashlib.sha256(x.read_bytes()).hexdigest() for x in files}


def test_a_next_state_is_built_beside_the_live_one(tmp_path: Path) -> None:
    live = built(tmp_path / "1", PASSAGES)
    before = (answers(live), digests(tmp_path / "1"))
    writer = DiskWriter(tmp_path / "2", tmp_path / "1")
    writer.remove([RIVERS])
    writer.add(generated(20))
    writer.finish()
    assert (answers(live), digests(tmp_path / "1")) == before
    with_both = open_disk(tmp_path / "2")
    assert with_both.statistics().passages == len(PASSAGES) - 3 + 20
    assert with_both.frequency(Word(RIVERS, field="id")) == 0


def test_removal_is_by_the_whole_id_and_counts_fall(tmp_path: Path) -> None:
    """The trap: a removal by a number or by analysed text removes nothing, and says nothing."""
    built(tmp_path / "1", PASSAGES)
    writer = DiskWriter(tmp_path / "2", tmp_path / "1")
    writer.remove([DAMS[:6], "unknown"])
    writer.remove([RIVERS, TAXES])
    writer.finish()
    index = open_disk(tmp_path / "2")
    assert index.match(Everything(), limit=0).total == 2
    assert index.frequency(Word("rivers")) == 0
    assert writer.deleted_share == pytest.approx(5 / 7)


def test_after_removals_that_are_merged_away_scores_are_those_of_a_fresh_index(tmp_path: Path) -> None:
    kept, gone = generated(30), [x for x in PASSAGES if x.document == RIVERS]
    built(tmp_path / "1", gone)
    writer = DiskWriter(tmp_path / "2", tmp_path / "1")
    writer.remove([RIVERS])
    writer.add(kept)
    writer.finish()
    assert writer.deleted_share == 0
    assert answers(open_disk(tmp_path / "2")) == answers(MemoryIndex(kept))


def test_what_is_removed_and_added_again_is_there_once(tmp_path: Path) -> None:
    built(tmp_path / "1", PASSAGES)
    writer = DiskWriter(tmp_path / "2", tmp_path / "1")
    writer.remove([DAMS])
    writer.add([x for x in PASSAGES if x.document == DAMS])
    writer.finish()
    assert open_disk(tmp_path / "2").statistics().passages == len(PASSAGES)


def test_one_by_one_or_at_once_gives_the_same_answers(tmp_path: Path) -> None:
    passages = generated(40)
    parent: Path | None = None
    for number in range(4):
        built(tmp_path / str(number), passages[number * 10 : number * 10 + 10], parent)
        parent = tmp_path / str(number)
    assert parent is not None
    assert answers(open_disk(parent)) == answers(built(tmp_path / "all", passages)) == answers(MemoryIndex(passages))


def test_an_abandoned_writer_leaves_nothing_to_see(tmp_path: Path) -> None:
    built(tmp_path / "1", PASSAGES)
    before = digests(tmp_path / "1")
    writer = DiskWriter(tmp_path / "2", tmp_path / "1")
    writer.add(generated(5))
    writer.abandon()
    writer.abandon()
    assert digests(tmp_path / "1") == before
    assert open_disk(tmp_path / "2").statistics().passages == len(PASSAGES)


def test_a_killed_writer_leaves_the_parent_intact(tmp_path: Path) -> None:
    live = built(tmp_path / "1", PASSAGES)
    before = (answers(live), digests(tmp_path / "1"))
    script = (
        "import os, signal, sys; from pathlib import Path; from index_samples import generated, RIVERS\n"
        "from ctcorpus.index.disk import DiskWriter\n"
        "writer = DiskWriter(Path(sys.argv[2]), Path(sys.argv[1]))\n"
        "writer.remove([RIVERS]); writer.add(generated(50)); writer._writer.commit(); writer.add(generated(50, 8))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    killed = subprocess.run(
        [sys.executable, "-c", script, tmp_path / "1", tmp_path / "2"], env=environment, capture_output=True
    )
    assert killed.returncode == -signal.SIGKILL
    assert (answers(open_disk(tmp_path / "1")), digests(tmp_path / "1")) == before
    built(tmp_path / "3", generated(5), tmp_path / "1")
    assert open_disk(tmp_path / "3").statistics().passages == len(PASSAGES) + 5


def test_a_clone_shares_what_never_changes_and_nothing_else(tmp_path: Path) -> None:
    built(tmp_path / "1", PASSAGES)
    (tmp_path / "2").mkdir()
    clone(tmp_path / "1", tmp_path / "2")
    for file in (tmp_path / "2").iterdir():
        assert not file.name.endswith(".lock")
        linked = file.stat().st_ino == (tmp_path / "1" / file.name).stat().st_ino
        assert linked == (file.name not in ("meta.json", ".managed.json", MANIFEST))


def test_an_index_is_read_where_nothing_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(tmp_path / "1", PASSAGES)
    for lock in (tmp_path / "1").glob("*.lock"):
        lock.unlink()
    monkeypatch.setattr(os, "access", lambda *_: False)  # the tests may run as root, for whom nothing is read-only
    before = sorted(x.name for x in (tmp_path / "1").iterdir())
    index = open_disk(tmp_path / "1")
    assert index.frequency(Word("rivers")) == 4
    assert sorted(x.name for x in (tmp_path / "1").iterdir()) == before
    index.close()
    index.close()


def test_another_analyzer_or_format_is_refused(tmp_path: Path) -> None:
    built(tmp_path, PASSAGES)
    with pytest.raises(StoreOutdatedError):
        open_disk(tmp_path, ranking=Ranking(title=1))
    manifest = json.loads((tmp_path / MANIFEST).read_text())
    (tmp_path / MANIFEST).write_text(json.dumps(manifest | {"format": 99}))
    with pytest.raises(StoreOutdatedError) as raised:
        open_disk(tmp_path)
    assert (raised.value.found, raised.value.wanted) == (99, 1)
    with pytest.raises(StoreOutdatedError):
        DiskWriter(tmp_path / "next", tmp_path)


def test_a_missing_or_broken_file_is_damage(tmp_path: Path) -> None:
    built(tmp_path, PASSAGES)
    kept = {x.name: x.read_bytes() for x in tmp_path.iterdir()}
    for name in (MANIFEST, "meta.json", next(x for x in kept if x.endswith(".term"))):
        for broken in (b"", b"\xff" * 40, kept[name][: len(kept[name]) // 2]):
            (tmp_path / name).write_bytes(broken)
            with pytest.raises(StoreDamagedError):
                open_disk(tmp_path).match(Word("rivers"), limit=5)
        (tmp_path / name).write_bytes(kept[name])
    assert open_disk(tmp_path).frequency(Word("rivers")) == 4


def test_writing_an_index_loads_no_heavy_library(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from index_samples import built, PASSAGES\n"
        "built(Path(sys.argv[1]) / '1', PASSAGES); built(Path(sys.argv[1]) / '2', (), Path(sys.argv[1]) / '1')\n"
        "heavy = {'numpy', 'scipy', 'sklearn'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    subprocess.run([sys.executable, "-c", script, tmp_path], check=True, env=environment)


def test_a_phrase_of_one_word_and_a_limit_of_nothing_do_not_panic(tmp_path: Path) -> None:
    index = built(tmp_path, PASSAGES)
    assert index.match(Phrase("rivers", field="title"), limit=0).total == 4
    assert index.match(Phrase("!"), limit=3).total == 0


def test_odd_queries_are_answered(tmp_path: Path) -> None:
    index = built(tmp_path, PASSAGES)
    for text in ("\x00", "a\nb", "*", "\\", ".*", "[", "\ud800", "x" * 2000, "😀", "\u202e", "' OR 1", "-"):
        for query in (
            Word(text),
            Phrase(text),
            Word(text, field="id"),
            Word(text, field="kind"),
            Word(text, field="path"),
        ):
            assert index.match(query, limit=3).total == 0


def test_the_order_key_is_in_the_order_of_places() -> None:
    ids = sorted((x.id for x in (*PASSAGES, *generated(200))), key=place)
    keys = [order_key(x) for x in ids]
    assert keys == sorted(keys)
    assert all(0 <= x < 1 << 63 for x in keys)


def test_reading_an_index_loads_no_heavy_library(tmp_path: Path) -> None:
    built(tmp_path, PASSAGES)
    script = (
        "import sys; from pathlib import Path; from ctcorpus.index.disk import open_disk\n"
        "assert 'tantivy' not in sys.modules\n"
        "from ctcorpus.model.query import Word\n"
        "assert open_disk(Path(sys.argv[1])).match(Word('dike'), limit=1).total\n"
        "import ctcorpus.index.memory\n"
        "heavy = {'numpy', 'scipy', 'sklearn', 'rank_bm25', 'pydantic', 'rich', 'typer', 'ctcorpus.index.forward'}\n"
        "heavy &= set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", script, tmp_path], check=True)
