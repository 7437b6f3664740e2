"""Outlines of facts: quick or slow, they say the same, and what is wrong with one is never answered with."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from ctcorpus.corpus import Corpus
from ctcorpus.errors import UnknownIdError
from ctcorpus.model.outline import LINES, FigureLine, Kind
from ctcorpus.store import Store, open_store
from ctcorpus.store.database import DATABASE
from ctcorpus.store.outlines import outlines

TEXTS = {
    "one.txt": (
        'Bridges of the north\n\nBy: Ada Moss\n\nIn 2025, "12 bridges were mended", the mayor of Łódź said. Nearly '
        "2,600 militants were killed in Balochistan in 2024, according to the ISPR. It cost $3.5 million.\n"
    ),
    "two.txt": "Nothing counted\n\nThe river rose and fell again, and nobody was there to see it.\n",
    "three.txt": (
        "An odd “list”\n\nOf 40 roads, a third were closed; from January to June 2024, 354 people were arrested "
        "in Swat. On 4 May 2023 the United Nations said that talks had begun.\n"
    ),
}


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Corpus]:
    (tmp_path / "texts").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "texts" / name).write_text(text, encoding="utf-8")
    with Corpus(tmp_path / "store") as corpus:
        corpus.index([tmp_path / "texts"])
        yield corpus


@contextmanager
def database(store: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(store / DATABASE)) as connection, connection:
        yield connection


def outlined(path: Path) -> dict[Kind, list[tuple[str, Any]]]:
    with open_store(path) as store:
        ids = [x.id for x in store.entries()]
        read: Callable[..., Any] = outlines
        return {kind: [(x, tuple(y)) for x, y in read(store, kind, ids)] for kind in LINES}


def test_the_quick_way_says_what_the_facts_say(made: Corpus) -> None:
    quick = outlined(made.path)
    with database(made.path) as connection:
        assert connection.execute("SELECT count(*) FROM outlines").fetchone() == (4 * len(TEXTS),)
        connection.execute("DROP TABLE outlines")
    assert outlined(made.path) == quick
    assert all(any(lines for _, lines in found) for found in quick.values())


def test_every_line_is_the_outline_of_its_fact(made: Corpus) -> None:
    store = made.store
    read: Callable[..., Any] = outlines
    for kind in LINES:
        for document, lines in read(store, kind, [x.id for x in store.entries()]):
            facts = getattr(store.facts(document), kind)
            assert store.facts_at(document, kind, lines) == list(facts)
            assert [(x.start, x.end) for x in lines] == [(x.start, x.end) for x in facts]


def test_an_outline_of_a_figure_holds_what_it_is_chosen_by(made: Corpus) -> None:
    store = made.store
    for document, lines in outlines(store, "figures", [x.id for x in store.entries()]):
        for line, figure in zip(lines, store.facts(document).figures, strict=True):
            same = ("kind", "qualifier", "unit", "counted", "act", "place", "period", "value", "low", "high")
            assert [getattr(line, x) for x in same] == [getattr(figure, x) for x in same]
            said = figure.attribution
            told = (line.speaker, line.speaker_kind, line.said_start, line.said_end)
            assert told == ((said.speaker, said.speaker_kind, said.start, said.end) if said else (None,) * 4)
            assert (line.sentence_start, line.sentence_end) == (figure.sentence.start, figure.sentence.end)
            assert isinstance(line, FigureLine)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE outlines SET columns = replace(columns, '2', '3')",
        "UPDATE outlines SET columns = '[]'",
        "UPDATE outlines SET columns = x'00'",
        "UPDATE outlines SET row = (SELECT max(row) FROM documents) + 1 - row",
        "DELETE FROM outlines WHERE row = (SELECT min(row) FROM documents)",
    ],
)
def test_what_is_not_as_it_was_written_is_read_from_the_facts(made: Corpus, damage: str) -> None:
    sound = outlined(made.path)
    with database(made.path) as connection:
        connection.execute("CREATE TABLE other AS SELECT * FROM outlines")
        connection.execute(damage.replace("UPDATE outlines SET row", "UPDATE other SET row"))
        if "SET row" in damage:  # another document's outline in the place of each
            connection.execute("DELETE FROM outlines")
            connection.execute("INSERT INTO outlines SELECT * FROM other")
    assert outlined(made.path) == sound


def test_a_store_without_them_gets_them_at_its_next_write(made: Corpus, tmp_path: Path) -> None:
    with database(made.path) as connection:
        connection.execute("DROP TABLE outlines")
    (tmp_path / "texts" / "four.txt").write_text("A fourth\n\nThere were 7 wells in 2020.\n", encoding="utf-8")
    made.index([tmp_path / "texts"])
    with database(made.path) as connection:
        assert connection.execute("SELECT count(DISTINCT row) FROM outlines").fetchone() == (len(TEXTS) + 1,)


def test_a_forgotten_document_leaves_no_outline(made: Corpus) -> None:
    gone = next(x.id for x in made.store.entries() if x.path.endswith("one.txt"))
    made.forget(gone)
    with database(made.path) as connection:
        assert connection.execute("SELECT count(DISTINCT row) FROM outlines").fetchone() == (len(TEXTS) - 1,)
        assert not connection.execute("SELECT 1 FROM outlines WHERE columns LIKE '%bridges%'").fetchall()


def test_an_unknown_document_is_told(made: Corpus) -> None:
    store: Store = made.store
    with pytest.raises(UnknownIdError):
        list(outlines(store, "dates", ["0" * 32]))
