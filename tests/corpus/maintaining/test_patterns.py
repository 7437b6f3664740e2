"""Patterns of paths."""

from __future__ import annotations

import pytest

from ctcorpus.corpus.maintaining.patterns import Places, matches


@pytest.mark.parametrize(
    ("name", "glob", "expected"),
    [
        ("a/b.txt", "a/*.txt", True),
        ("a/c/b.txt", "a/*.txt", False),
        ("a/c/b.txt", "a/**/*.txt", True),
        ("a/b.txt", "a/**/*.txt", True),
        ("a/b.txt", "*.txt", True),
        ("a/b.txt", "?.txt", True),
        ("a/b.md", "*.txt", False),
        ("a/b[1].txt", "a/b[[]1].txt", True),
    ],
)
def test_a_glob_stays_inside_its_part(name: str, glob: str, expected: bool) -> None:
    assert matches(name, glob) is expected


def test_many_stars_cost_no_time() -> None:
    assert not matches("/".join(["a"] * 300), "/".join(["**", "a"] * 100 + ["b"]))


def test_places_hold_what_lies_below_them() -> None:
    places = Places(["seeds", "more/*.txt", "one.txt", "sets/*"])
    for name in ("seeds/a.txt", "seeds/b/c.txt", "more/x.txt", "one.txt", "sets/1/a.txt"):
        assert places.hold(name), name
    for name in ("seedsa.txt", "more/b/x.txt", "one.txt.bak", "other"):
        assert not places.hold(name), name
    assert Places(["."]).hold("any/where.txt")
    assert not Places(["."]).hold("/elsewhere.txt")
