"""Suggestions: spellings that look like a label and are none."""

from __future__ import annotations

from ctcorpus.annotate.suggest import Suggestion, suggest
from ctcorpus.annotate.thesaurus import Thesaurus
from ctcorpus.model.span import Span


def rows(*texts: str) -> list[Suggestion]:
    return suggest([(str(n), x) for n, x in enumerate(texts)], Thesaurus.shipped())


def test_a_variant_with_a_labels_key_is_suggested_with_its_first_place() -> None:
    found = rows("Nothing here.", "The Zerb-e-Azab ended. Zerb-e-Azab was long.", "Zerb-e-Azab")
    assert len(found) == 1
    row = found[0]
    assert (row.variant, row.concept, row.key, row.basis) == ("Zerb-e-Azab", "op:zarb-e-azb", "zrb azb", "key")
    assert (row.count, row.document, row.first) == (3, "1", Span(4, 15))


def test_a_single_slip_is_suggested_as_near() -> None:
    assert [(x.variant, x.concept, x.basis) for x in rows("In Peshawer and Baluchistn.")] == [
        ("Baluchistn", "plc:balochistan", "near"),
        ("Peshawer", "plc:peshawar", "near"),
    ]


def test_labels_and_other_names_are_not_suggested() -> None:
    assert rows("Zarb-e-Azb, Peshawar, Lashkar-e-Taiba, Nawaz Sharif, Tehreek-e-Insaf and the Jaffar Express.") == []
    assert rows("Lashkar-e-Something and Rana Sharif met in Springfield.") == []
    assert rows("") == []


def test_a_key_that_two_concepts_share_suggests_neither() -> None:
    own = Thesaurus.parse(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix ct: <urn:ctcorpus:vocabulary:> .\n"
        "@prefix g: <urn:ctcorpus:concept:g:> .\n"
        'g:a ct:type "group" ; skos:prefLabel "Sadat Kamil"@ur-Latn .\n'
        'g:b ct:type "group" ; skos:prefLabel "Sadiit Kumel"@ur-Latn .',
        "own.ttl",
    )
    assert suggest([("0", "Sidat Kemal spoke.")], own) == []
