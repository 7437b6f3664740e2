"""Citekeys are short, plain, given once, and never lost."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctcorpus.model.document import Document, Metadata
from ctcorpus.store.citekeys import Citekeys, citekey_stem, corpus_folder
from tests.store.samples import sample

HEADER = "citekey\twork\tpath\n"
ONE, TWO = "1" * 32, "2" * 32


def document(metadata: Metadata, text: str = "Two words stand first.") -> Document:
    return replace(sample("a", text).document, metadata=metadata)


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        (
            {"authors": ("Lena J. Jørgensen",), "published": "2025-04-08", "title": "The Town's Well"},
            "jorgensen-2025-towns",
        ),
        ({"authors": ("Smith-Müller, Ana",), "copyright_year": 2019, "title": "On the"}, "smithmuller-2019-on"),
        ({"authors": ("A. B. Ode Jr.", "C. D.")}, "ode-nd-two-words"),
        ({"published": "2024-02"}, "anon-2024-two-words"),
        ({"title": "Who’s There?"}, "anon-nd-whos"),
        ({"authors": ("علی",)}, "anon-nd-two-words"),
    ],
)
def test_the_stem(metadata: dict[str, object], expected: str) -> None:
    assert citekey_stem(document(Metadata.from_dict(metadata))) == expected


@given(st.text(min_size=1).filter(lambda text: max(text) < "\ud800" or min(text) > "\udfff"), st.text())
def test_a_stem_is_plain(text: str, author: str) -> None:
    assert re.fullmatch(r"[a-z]+-nd(-[a-z0-9]+){1,2}", citekey_stem(document(Metadata(authors=(author,)), text)))


def test_collisions_are_told_apart_in_order(tmp_path: Path) -> None:
    keys = Citekeys(tmp_path)
    given_keys = [keys.give("ode-2020-well", f"{number:032x}") for number in range(28)]
    assert given_keys[:3] == ["ode-2020-well", "ode-2020-well-b", "ode-2020-well-c"]
    assert given_keys[25:] == ["ode-2020-well-z", "ode-2020-well-aa", "ode-2020-well-ab"]


def test_the_file_is_sorted_and_written_only_when_it_changes(tmp_path: Path) -> None:
    keys = Citekeys(tmp_path)
    keys.note("b-key", TWO, "b\tpath\\n.txt")
    keys.note("a-key", ONE, "a.txt")
    assert keys.save()
    text = (tmp_path / "citekeys.tsv").read_text(encoding="utf-8")
    assert text == f"{HEADER}a-key\t{ONE}\ta.txt\nb-key\t{TWO}\tb\\tpath\\\\n.txt\n"
    again = Citekeys(tmp_path)
    assert not again.save()
    assert again.warnings == []
    assert again.known("b\tpath\\n.txt", "") == ("b-key", TWO)
    assert again.known("elsewhere", ONE) == ("a-key", ONE)
    assert again.known("elsewhere", "3" * 32) is None


def test_a_work_whose_path_is_taken_keeps_its_line(tmp_path: Path) -> None:
    keys = Citekeys(tmp_path)
    keys.note("a-key", ONE, "a.txt")
    keys.note("b-key", TWO, "a.txt")
    keys.save()
    text = (tmp_path / "citekeys.tsv").read_text(encoding="utf-8")
    assert text == f"{HEADER}a-key\t{ONE}\t\nb-key\t{TWO}\ta.txt\n"
    assert Citekeys(tmp_path).give("a-key", "4" * 32) == "a-key-b"


@pytest.mark.parametrize(
    "line",
    [
        "<<<<<<< HEAD",
        "a b",
        f"Upper\t{ONE}\tx",
        "key\tnot-a-work\tx",
        f"good\t{TWO}\tx",
        f"other\t{ONE}\tx",
        f"new\t{TWO}\ta.txt",
    ],
)
def test_a_line_that_cannot_be_used_is_told_and_kept(tmp_path: Path, line: str) -> None:
    file = tmp_path / "citekeys.tsv"
    file.write_text(f"{HEADER}good\t{ONE}\ta.txt\n{line}\n", encoding="utf-8")
    keys = Citekeys(tmp_path)
    assert len(keys.warnings) == 1
    assert "line 3" in keys.warnings[0]
    assert keys.known("a.txt", "") == ("good", ONE)
    keys.note("fresh", "5" * 32, "f.txt")
    keys.save()
    assert line in file.read_text(encoding="utf-8").splitlines()


def test_the_corpus_folder() -> None:
    assert corpus_folder(Path("/corpus/data/index")) == Path("/corpus")
    assert corpus_folder(Path("/corpus/elsewhere")) == Path("/corpus/elsewhere")
