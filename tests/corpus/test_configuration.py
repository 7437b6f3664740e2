"""``ctcorpus.toml``: what it sets is in force, and each value says where it comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctcorpus.corpus import Corpus
from ctcorpus.errors import PlainFileError


def test_every_value_names_its_origin(corpus: Corpus, folder: Path) -> None:
    (folder / "more").mkdir()
    (folder / "more" / "one.txt").write_text("A road was opened in the east, and closed again in winter.\n")
    (folder / "ctcorpus.toml").write_text('sources = ["more"]\n\n[limits]\njobs = 1\n')
    assert corpus.index().added == 1
    found = {(x.name, x.value): (x.origin, x.where) for x in corpus.config().settings}
    assert found["source", "more"] == ("file", "ctcorpus.toml, line 1")
    assert found["source", "articles"] == ("store", None)
    assert found["limits.jobs", 1] == ("file", "ctcorpus.toml, line 4")
    assert found["limits.add_seconds", 60] == ("default", None)
    assert found["thesaurus", "thesaurus.ttl"] == ("default", None)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("sauces = []\n", 1),
        ("\n[limits]\njobs = -1\n", 3),
        ("sources = 'a'\n", 1),
        ("[limits]\nspeed = 1\n", 2),
        ("a", 1),
    ],
)
def test_a_malformed_file_is_refused_with_its_line(text: str, line: int, corpus: Corpus, folder: Path) -> None:
    (folder / "ctcorpus.toml").write_text(text)
    with pytest.raises(PlainFileError) as raised:
        corpus.index()
    assert raised.value.line == line
