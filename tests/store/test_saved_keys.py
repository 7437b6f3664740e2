"""A file of citekeys that nobody touched answers by itself as it does when it is read in."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ctcorpus.store import citekeys
from ctcorpus.store.citekeys import Citekeys, trust, trusted

WORKS = st.sampled_from([f"{number:x}" * 32 for number in range(1, 7)])
PATHS = st.sampled_from(["path", "a.txt", "a\tb", "b\\n", "ü/c.txt", "", "a.txt#1"])
STEMS = st.sampled_from(["anon-nd", "anon-nd-b", "ode-2020-well"])
STEPS = st.lists(st.tuples(st.sampled_from(["new", "note", "ask"]), WORKS, PATHS, STEMS), max_size=12)


def run(keys: Citekeys, steps: list[tuple[str, str, str, str]]) -> list[object]:
    """What a row of questions and additions gives, as a writer puts them."""
    told: list[object] = []
    for what, work, path, stem in steps:
        known = keys.known(path, work)
        told.append(known)
        if what == "ask" or not path:
            continue
        citekey = known[0] if known else keys.give(stem, work)
        keys.note(citekey, known[1] if known and what == "note" else work if not known else known[1], path)
        told.append(citekey)
    return told


@settings(max_examples=60, deadline=None)
@given(first=STEPS, then=STEPS, most=st.sampled_from([0, 3, 100]))
def test_the_file_answers_as_the_database_does(
    first: list[tuple[str, str, str, str]], then: list[tuple[str, str, str, str]], most: int
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        keys = Citekeys(folder)
        run(keys, first)
        keys.save()
        before = citekeys.MOST_ASKED
        outcomes = []
        text = keys.path.read_bytes()
        for digest in ("", keys.digest):
            keys.path.write_bytes(text)
            citekeys.MOST_ASKED = most
            try:
                again = Citekeys(folder, digest)
                answers = run(again, then)
                again.save()
            finally:
                citekeys.MOST_ASKED = before
            outcomes.append((answers, keys.path.read_bytes(), again.digest, again.warnings))
        assert outcomes[0] == outcomes[1]


def test_a_file_with_a_line_that_cannot_be_used_is_never_trusted(tmp_path: Path) -> None:
    (tmp_path / "citekeys.tsv").write_text("citekey\twork\tpath\n<<<<<<< HEAD\n", encoding="utf-8")
    keys = Citekeys(tmp_path)
    assert (keys.digest, len(keys.warnings)) == ("", 1)
    keys.note("a-key", "1" * 32, "a.txt")
    keys.save()
    assert keys.digest == ""


def test_what_a_generation_trusts(tmp_path: Path) -> None:
    assert trusted(None) == trusted(tmp_path) == ""
    trust(tmp_path, "ab")
    assert trusted(tmp_path) == "ab"
