"""Forgetting: not one word of it is left in any file of the store, and all else is as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctcorpus.corpus import Corpus
from ctcorpus.errors import UnknownIdError
from ctcorpus.store import open_store

#: words that occur in one article only, spelt so that no other file of a store can hold them by chance
SECRET = "quaggafarthingale", "umbrellifolious"


def holding(folder: Path, word: str) -> list[str]:
    """The files below a folder that hold the word, in UTF-8, in any case."""
    files = (x for x in folder.rglob("*") if x.is_file())
    return [str(x.relative_to(folder)) for x in files if word.encode() in x.read_bytes().lower()]


@pytest.fixture
def secret(corpus: Corpus, folder: Path) -> str:
    """The citekey of an article of two versions, both of which hold words of their own."""
    path = folder / "articles" / "secret.txt"
    for word in SECRET:
        path.write_text(f"{word.capitalize()} Matters\n\nThe {word} was seen near the border fence, {word} again.\n")
        corpus.index()
    assert corpus.search(SECRET[1]).total == 1
    corpus.close()
    assert holding(folder / "data", SECRET[1])
    return corpus.entry("secret.txt").citekey


def test_no_word_of_it_is_left(corpus: Corpus, folder: Path, secret: str) -> None:
    kept = {x.citekey: (x.id, x.version, x.paths) for x in corpus.documents() if x.citekey != secret}
    (folder / "data" / "index" / "cache").mkdir(exist_ok=True)
    (folder / "data" / "index" / "cache" / "words").write_text(SECRET[0])
    (folder / "data" / "index" / "corpus.db.set-aside").write_text(SECRET[0])
    receipt = corpus.forget(secret)
    assert receipt.left == ()
    assert [x["version"] for x in receipt.documents] == [1, 2]
    assert receipt.digest_before != receipt.digest_after
    for word in (*SECRET, secret):
        assert holding(folder / "data", word) == []
    assert secret not in (folder / "citekeys.tsv").read_text()
    assert {x.citekey: (x.id, x.version, x.paths) for x in corpus.documents()} == kept
    assert corpus.doctor().is_sound
    assert corpus.search("border fence").total > 0
    with pytest.raises(UnknownIdError):
        corpus.entry(secret)


def test_its_file_is_not_read_again_unless_it_is_added_by_name(corpus: Corpus, folder: Path, secret: str) -> None:
    receipt = corpus.forget(secret)
    assert receipt.outside == ("articles/secret.txt: the file itself",)
    report = corpus.index()
    assert [x.path for x in report.failed] == ["articles/secret.txt"]
    assert "forgotten" in report.failed[0].reason
    assert corpus.index().generation == report.generation
    assert holding(folder / "data", SECRET[1]) == []
    assert corpus.add(folder / "articles" / "secret.txt").added == 1
    assert corpus.search(SECRET[1]).total == 1
    assert corpus.status().forgotten == 1


def test_a_reader_that_holds_the_old_index_is_named(corpus: Corpus, secret: str) -> None:
    with open_store(corpus.path):
        assert len(corpus.forget(secret).left) == 1
    corpus.close()
    assert len(list((corpus.path / "generations").iterdir())) == 2


def test_an_unknown_id_changes_nothing(corpus: Corpus) -> None:
    before = corpus.status().generation
    with pytest.raises(UnknownIdError):
        corpus.forget("nobody-nd-nothing")
    assert corpus.status().generation == before
