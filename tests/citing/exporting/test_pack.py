"""A pack is checked by the script in it, with nothing of this project on the path."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ctcorpus.citing.exporting.export import Request
from ctcorpus.citing.exporting.pack import Sources
from ctcorpus.corpus import Corpus
from ctcorpus.errors import UsageError
from tests.citing.export_corpora import corpus_in


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with corpus_in(tmp_path) as made:
        yield made


def packed(corpus: Corpus, folder: Path, sources: Sources = "full") -> Path:
    corpus.export("fence", Request(pack=folder, sources=sources))
    return folder


def verified(folder: Path) -> tuple[int, str]:
    """Exit code and output of the pack's own script, in an interpreter that sees no installed package."""
    command = [sys.executable, "-I", "-S", str(folder / "verify.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", timeout=60)
    return done.returncode, done.stdout + done.stderr


def test_a_pack_holds_and_says_so(corpus: Corpus, tmp_path: Path) -> None:
    report = corpus.export("fence", Request(pack=tmp_path / "pack", sources="full"))
    code, told = verified(tmp_path / "pack")
    assert (code, report.format) == (0, "pack")
    assert f"{report.passages} quotations held against texts, 0 wrong" in told
    assert report.manifest is not None
    assert f"SHA-256 of manifest.json: {report.manifest}" in told


def test_the_manifest_names_every_file(corpus: Corpus, tmp_path: Path) -> None:
    folder = packed(corpus, tmp_path / "pack")
    manifest = json.loads((folder / "manifest.json").read_text())
    there = {x.relative_to(folder).as_posix(): x for x in folder.rglob("*") if x.is_file()}
    assert set(there) == {*manifest["files"], "manifest.json"}
    for name, told in manifest["files"].items():
        data = there[name].read_bytes()
        assert told == {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    assert str(tmp_path) not in "".join(x.read_text(encoding="utf-8") for x in there.values())


def test_without_sources_it_says_what_cannot_be_verified(corpus: Corpus, tmp_path: Path) -> None:
    folder = packed(corpus, tmp_path / "pack", "none")
    code, told = verified(folder)
    assert code == 3
    assert "could not be checked: their texts are not in this folder" in told
    assert "did not come with it" in (folder / "README.txt").read_text()
    assert not (folder / "texts").exists()


def test_sources_are_the_very_bytes(corpus: Corpus, tmp_path: Path) -> None:
    folder = packed(corpus, tmp_path / "pack")
    for source in (folder / "sources").iterdir():
        data = source.read_bytes()
        assert source.stem == hashlib.sha256(data).hexdigest()
        assert data in {x.read_bytes() for x in (tmp_path / "articles").iterdir()}


@pytest.mark.parametrize("name", ["passages.md", "passages.html", "references.ris", "annotations.jsonld", "README.txt"])
def test_a_changed_file_is_found(corpus: Corpus, tmp_path: Path, name: str) -> None:
    folder = packed(corpus, tmp_path / "pack")
    data = (folder / name).read_bytes()
    (folder / name).write_bytes(data.replace(b"fence", b"fench", 1) if b"fence" in data else data + b" ")
    code, told = verified(folder)
    assert code == 1
    assert f"{name}: not the file that was packed" in told


def test_a_missing_file_is_found(corpus: Corpus, tmp_path: Path) -> None:
    folder = packed(corpus, tmp_path / "pack")
    (folder / "references.ris").unlink()
    assert "references.ris: missing" in verified(folder)[1]


def test_a_changed_quotation_is_found_even_under_a_new_manifest(corpus: Corpus, tmp_path: Path) -> None:
    folder = packed(corpus, tmp_path / "pack")
    path = folder / "passages.jsonl"
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    rows[0]["citation"]["quote"] = rows[0]["citation"]["quote"].replace("fence", "wall")
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    _forge(folder, "passages.jsonl")
    code, told = verified(folder)
    assert code == 1
    assert "passage 1: its words do not stand at" in told


def test_a_changed_text_is_found_even_under_a_new_manifest(corpus: Corpus, tmp_path: Path) -> None:
    folder = packed(corpus, tmp_path / "pack")
    for text in (folder / "texts").iterdir():
        text.write_bytes(text.read_bytes().replace(b"fence", b"walls"))
        _forge(folder, f"texts/{text.name}")
    code, told = verified(folder)
    assert code == 1
    assert "its text is not the one that was cited" in told


def _forge(folder: Path, name: str) -> None:
    """Makes the manifest agree with a changed file, as somebody who cheats would."""
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][name]["sha256"] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))


def test_a_pack_is_replaced_only_when_asked_and_only_a_pack(corpus: Corpus, tmp_path: Path) -> None:
    folder = packed(corpus, tmp_path / "pack")
    with pytest.raises(UsageError, match="exists and is not overwritten"):
        packed(corpus, folder)
    corpus.export("courts", Request(pack=folder, force=True))
    assert json.loads((folder / "manifest.json").read_text())["query"] == "courts"
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(UsageError, match="holds something else"):
        corpus.export("courts", Request(pack=tmp_path / "mine", force=True))
    assert (tmp_path / "mine" / "letter.txt").read_text() == "dear"
    assert sorted(x.name for x in tmp_path.iterdir()) == ["articles", "citekeys.tsv", "data", "mine", "pack"]


def test_a_registered_pack_is_remembered(corpus: Corpus, tmp_path: Path) -> None:
    corpus.export("courts", Request(pack=tmp_path / "pack", register=True))
    (row,) = corpus.impact("courts.txt").rows
    assert row.path == str(tmp_path / "pack" / "manifest.json")


def test_the_script_is_short_and_needs_nothing() -> None:
    import ctcorpus.citing.exporting.pack as pack

    script = Path(pack.__file__).with_name("verify_pack.txt").read_text(encoding="utf-8")
    code = script.partition('"""\n')[2].partition('"""\n')[2]
    assert len([line for line in code.splitlines() if line.strip()]) <= 30
