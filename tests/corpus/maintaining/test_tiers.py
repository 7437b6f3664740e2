"""Files that grow by parts: few of them, each written a few times, and together what one file would say."""

from __future__ import annotations

import random
from pathlib import Path

from ctcorpus.corpus.maintaining.sketches import Sketches
from ctcorpus.corpus.maintaining.tiers import keep, part, parts, split


def test_parts_are_few_and_seldom_written_again(tmp_path: Path) -> None:
    folder = tmp_path / "0"
    folder.mkdir()
    written = 0
    for generation in range(1, 400):
        following = tmp_path / str(generation)
        following.mkdir()
        kept, merged = split(parts(folder, "stem"), 10)
        data = b"".join(file.read_bytes() for file in merged) + f"{generation:010}".encode()
        part(following, "stem", generation).write_bytes(data)
        keep(kept, following)
        written += len(data)
        folder = following
    found = parts(folder, "stem")
    assert b"".join(file.read_bytes() for file in found) == b"".join(f"{x:010}".encode() for x in range(1, 400))
    assert len(found) <= 10
    assert written < 12 * 4000


def test_other_files_are_no_parts(tmp_path: Path) -> None:
    for name in ("stem.2", "stem.10", "stem.json", "stem", "stems.1"):
        (tmp_path / name).touch()
    assert [x.name for x in parts(tmp_path, "stem")] == ["stem.2", "stem.10"]


def test_sketches_come_back_as_they_were_written(tmp_path: Path) -> None:
    chance = random.Random(4)
    made = {f"{chance.getrandbits(128):032x}": sorted(chance.sample(range(500), k=20)) for _ in range(60)}
    whole = Sketches.of(made)
    whole.write(tmp_path / "sketches.1")
    assert (tmp_path / "sketches.1").stat().st_size == whole.bytes()
    again = Sketches.read(tmp_path / "sketches.1")
    assert list(again.ids) == sorted(made)
    for value in range(500):
        assert [again.ids[at] for at in again.holders(value)] == sorted(x for x, y in made.items() if value in y)
    assert dict(again.shared()) == dict(whole.shared())
    assert [again.place(name) for name in sorted(made)] == list(range(60))
    assert again.place("0" * 32) is None


def test_of_a_document_in_several_parts_the_last_counts() -> None:
    names = [f"{number:032x}" for number in range(4)]
    oldest = Sketches.of({names[0]: [1, 2], names[1]: [2], names[3]: [9]})
    older = Sketches.of({names[1]: [3]})
    newest = Sketches.of({names[2]: [2, 4]})
    together = Sketches.together([oldest, older], newest, {names[0], names[1]})
    assert dict(together.shared()) == {1: [0], 2: [0, 2], 3: [1], 4: [2]}
    assert list(together.ids) == names[:3]
    assert list(together.sizes) == [2, 1, 2]
