"""Kinds of speakers, and roles that a document gives to people."""

from __future__ import annotations

import pytest

from ctcorpus.annotate.speech.speakers import is_person_name, kind_of, roles
from tests.annotate.speech.speech_texts import document


@pytest.mark.parametrize(
    ("speaker", "phrase", "kind"),
    [
        ("Omar Baig", "Defence Minister Omar Baig", "named_official"),
        ("COAS", "The COAS", "named_official"),
        ("DG ISPR", "The DG ISPR", "named_official"),
        ("officials", "security officials", "unnamed_official"),
        ("Foreign Office spokesperson", "Foreign Office spokesperson", "unnamed_official"),
        ("ISPR", "the ISPR", "agency"),
        ("foreign ministry", "the foreign ministry", "agency"),
        ("Pakistan", "Pakistan", "agency"),
        ("Daily Telegraph", "the Daily Telegraph", "media"),
        ("data from Pakistani media", "data from Pakistani media", "media"),
        ("analysts", "security analysts", "expert"),
        ("Sara Noor", "Sara Noor, a professor", "expert"),
        ("TTP", "the TTP", "militant"),
        ("Taliban spokesman", "a Taliban spokesman", "militant"),
        ("Sara Noor", "Sara Noor", "unknown"),
        ("neighbour", "a neighbour", "unknown"),
    ],
)
def test_kinds(speaker: str, phrase: str, kind: str) -> None:
    assert kind_of(speaker, phrase) == kind


def test_a_name_is_an_officials_where_the_document_says_so() -> None:
    assert kind_of("Baig", "Baig", officials=frozenset({"baig"})) == "named_official"


@pytest.mark.parametrize(
    ("name", "wanted"), [("Omar Baig", True), ("Foreign Office", False), ("ISPR", False), ("North River", False)]
)
def test_names_of_persons(name: str, wanted: bool) -> None:
    assert is_person_name(name) is wanted


def test_roles_are_those_the_document_states() -> None:
    text = "Lieutenant General Omar Sharif Baig, Director General of Public Relations (DG ISPR), met Minister Ali Dar."
    found = roles(document(text))
    assert found["DG ISPR"] == "Omar Sharif Baig"
    assert found["Minister"] == "Ali Dar"


def test_a_role_of_two_people_is_left_out() -> None:
    assert roles(document("Minister Ali Dar met Minister Omar Baig.")) == {}
