"""Analyses answer alike from outlines and from whole facts, and what they show is what the facts say."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from ctcorpus.analysis.figures.ledger import Wanted
from ctcorpus.analysis.figures.measured import measured, needs_words
from ctcorpus.analysis.figures.measures import Measures
from ctcorpus.analysis.material import Material
from ctcorpus.corpus import Corpus
from ctcorpus.query.select import Selection, select
from ctcorpus.store.database import DATABASE
from tests.analysis.fact_samples import ARTICLES, corpus

QUERIES = ("", "operations", "terrorists OR fence", "nothing")
WANTED: Mapping[str, Wanted] = {
    "all": Wanted(),
    "few": Wanted(limit=2),
    "period": Wanted(period="2025"),
    "counted": Wanted(counted="operations"),
    "act": Wanted(act="killed"),
    "speaker": Wanted(speaker="ispr", by="speaker-kind"),
    "nobody": Wanted(unattributed=True, by="source-kind"),
}
MORE = {
    "four.txt": (
        "Losses and gains\n\nFor every 2.5 soldiers, one guard was hurt: 500 soldiers and 200 guards in 2023. The plan "
        'cost $3 million in aid. "We lost 40 of them", said Ada Moss. Fatalities averaged 3 per day, then 1.\n'
    )
}


def answers(made: Corpus) -> list[object]:
    """Every answer that chooses by outlines, as plain values."""
    found: list[object] = []
    for query in QUERIES:
        found += [made.figures(query, x, compare=y).to_dict() for x in WANTED.values() for y in (False, True)]
        found += [made.timeline(query).to_dict(), made.timeline(query, 1).to_dict(), made.origins(query).to_dict()]
    return found


def test_without_outlines_the_answers_are_the_same(tmp_path: Path) -> None:
    with corpus(tmp_path, {**ARTICLES, **MORE}) as made:
        quick = answers(made)
        made.close()
        with closing(sqlite3.connect(made.path / DATABASE)) as connection, connection:
            connection.execute("DROP TABLE outlines")
        assert answers(made) == quick


@pytest.mark.parametrize("query", QUERIES)
def test_the_ledger_is_what_the_facts_say(tmp_path: Path, query: str) -> None:
    with corpus(tmp_path, {**ARTICLES, **MORE}) as made:
        chosen = selection(made, query)
        whole = [x for read in Material(made.store, chosen) for x in read.facts.figures]
        assert [x.figure for x in made.figures(query).figures] == whole
        dates = {(read.id, x) for read in Material(made.store, chosen) for x in read.facts.dates}
        told = made.timeline(query)
        assert {(x.document, x.date) for x in (*told.events, *told.unresolved, *told.published)} == dates


def test_what_may_be_compared_is_told_by_the_outline(tmp_path: Path) -> None:
    with corpus(tmp_path, {**ARTICLES, **MORE}) as made:
        material, measures = Material(made.store, selection(made, "")), Measures(made._labels())
        figures = [(read, x) for read in material for x in read.facts.figures]
        by_key: dict[object, list[str]] = {}
        for one in measured(figures, material.text, measures):
            by_key.setdefault(one.key, []).append(one.figure.id)
        report = made.figures(compare=True)
        for group in report.groups:
            if not any(x.verdict == "derived" for x in group.relations):
                assert any(set(group.figures) <= set(ids) for ids in by_key.values())
        assert any(needs_words(x) for _, x in figures)


def selection(made: Corpus, query: str) -> Selection:
    return select(made.store, made._open_index(), made._labels(), query)
