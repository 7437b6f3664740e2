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
        ("[fields]\nbody = 'x'\n", 2),
        ("[limits]\njobs = 1\n[fields]\n\ntext = []\n", 5),
        ("[fields]\ntitle = 3\n", 2),
        ("[fields]\ntitle = ['a', '']\n", 2),
        ("fields = 'text'\n", 1),
    ],
)
def test_a_malformed_file_is_refused_with_its_line(text: str, line: int, corpus: Corpus, folder: Path) -> None:
    (folder / "ctcorpus.toml").write_text(text)
    with pytest.raises(PlainFileError) as raised:
        corpus.index()
    assert raised.value.line == line


TABLE = """Outlet;Headline;The Copy;Source
The Post;A road;A road was opened in the east of the valley.;wire
;A well;A well was dug in the west of the valley.;wire
"""


def test_fields_say_which_columns_hold_what(corpus: Corpus, folder: Path) -> None:
    (folder / "articles" / "rows.csv").write_text(TABLE, encoding="utf-8")
    first = corpus.index()
    assert [x.reason for x in first.failed] and "[fields]" in first.failed[0].reason
    (folder / "ctcorpus.toml").write_text('[fields]\ntext = "the_copy"\nsite = ["Outlet"]\n', encoding="utf-8")
    assert corpus.index().added == 1
    found = {x.title: x.site for x in corpus.documents() if "rows.csv" in x.path}
    assert found == {"A road": "The Post", "A well": None}  # never the usual column in place of the one that was named
    settings = {x.name: (x.value, x.origin, x.where) for x in corpus.config().settings}
    assert settings["fields.site"] == ("Outlet", "file", "ctcorpus.toml, line 3")
    assert settings["fields.title"][1:] == ("default", None)


def test_other_columns_make_a_table_be_read_again(corpus: Corpus, folder: Path) -> None:
    (folder / "articles" / "rows.csv").write_text(TABLE.replace("The Copy", "Text"), encoding="utf-8")
    corpus.index()
    assert {x.site for x in corpus.documents() if "rows.csv" in x.path} == {"wire"}
    (folder / "ctcorpus.toml").write_text('[fields]\nsite = "outlet"\nauthors = []\n', encoding="utf-8")
    assert corpus.index(dry_run=True).updated == 1
    corpus.index()
    assert {x.site for x in corpus.documents() if "rows.csv" in x.path} == {"The Post", None}
    assert (corpus.index().updated, corpus.index().unchanged) == (0, corpus.index(dry_run=True).unchanged)


def test_a_table_without_the_named_column_is_set_aside_with_its_name(corpus: Corpus, folder: Path) -> None:
    (folder / "articles" / "rows.csv").write_text(TABLE, encoding="utf-8")
    (folder / "ctcorpus.toml").write_text('[fields]\ntext = "Story"\n', encoding="utf-8")
    assert ["'Story'" in x.reason for x in corpus.index().failed] == [True]
