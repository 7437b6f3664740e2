"""Names in a question: recognised, searched under other labels, shown, and switched off."""

from __future__ import annotations

import pytest

from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.annotate.thesaurus import Thesaurus
from ctcorpus.model.query import Best, ConceptIs, Query
from ctcorpus.query.expand import Expanded, clauses_of, expand, resolved
from ctcorpus.query.parse import parse


@pytest.fixture(scope="module")
def table() -> LabelTable:
    return LabelTable.from_dict(LabelTable.of(Thesaurus.shipped()).to_dict())


def expanded(text: str, table: LabelTable, **options: bool) -> Expanded:
    return expand(clauses_of(parse(text).query), table, **options)


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("TTP fighters", "grp:ttp"),
        ("Tehrik-i-Taliban Pakistan fighters", "grp:ttp"),
        ("Raddul Fasaad 2017", "op:radd-ul-fasaad"),
        ('"Khyber Pakhtunkhwa" police', "plc:kp"),
        ("IBOs in 2025", "top:ibo"),
        ("Peshawar mosque blast", "evt:peshawar-mosque-2023"),
    ],
)
def test_a_name_is_recognised(text: str, concept: str, table: LabelTable) -> None:
    found = expanded(text, table)
    assert [x.concept for x in found.expansions if x.relation == "own"] == [concept]
    assert found.labels


@pytest.mark.parametrize(
    "text", ["border fence", "armed groups", "is", "=TTP", "title:TTP", "casualties", "military operations"]
)
def test_what_is_not_expanded(text: str, table: LabelTable) -> None:
    assert expanded(text, table).expansions == ()


def test_a_states_label_is_said_to_be_one_and_can_be_left_out(table: LabelTable) -> None:
    found = [x for x in expanded("TTP", table).expansions if x.relation == "state_label_for"]
    assert [x.label for x in found] == ["Fitna al Khawarij"]
    assert "a label of Pakistan for Tehrik-e-Taliban Pakistan" in found[0].because
    assert not any(x.relation == "state_label_for" for x in expanded("TTP", table, state_labels=False).expansions)


def test_a_states_label_does_not_lead_to_the_organisation(table: LabelTable) -> None:
    assert [x.concept for x in expanded("Fitna al Khawarij", table).expansions] == ["lab:fak"]


def test_the_longest_name_wins_and_the_rest_stays(table: LabelTable) -> None:
    groups = expanded("Fitna al Khawarij attacks on Khyber Pakhtunkhwa", table).groups
    assert [x.shown for x in groups] == ["Fitna al Khawarij", "attacks", "on", "Khyber Pakhtunkhwa"]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("@ttp", ConceptIs("grp:ttp")),
        ("@ttp+state", Best((ConceptIs("grp:ttp"), ConceptIs("lab:fak")))),
        ("@nobody", ConceptIs("nobody")),
    ],
)
def test_concepts_by_name(text: str, query: Query, table: LabelTable) -> None:
    assert resolved(parse(text).query, table) == query


def test_the_table_survives_being_written(table: LabelTable) -> None:
    assert LabelTable.from_dict(table.to_dict()).to_dict() == table.to_dict()
