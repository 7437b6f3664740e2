"""The thesaurus: read, merged, looked up, validated; and the one that is shipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctcorpus.annotate.concepts.turtle import read
from ctcorpus.annotate.thesaurus import SHIPPED, Thesaurus
from ctcorpus.errors import ThesaurusError

HEAD = """@prefix ct: <urn:ctcorpus:vocabulary:> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix g: <urn:ctcorpus:concept:g:> .
"""
GROUP = """
g:a a skos:Concept ; ct:type "group" ; skos:prefLabel "Alpha Front"@en ; skos:altLabel "AF"@en , "Alphas"@en ;
  skos:hiddenLabel "Alfa Front"@en ; ct:weakLabel "AF"@en ; skos:broader g:all ; skos:scopeNote "A note."@en ;
  ct:labelUse [ ct:label "AF"@en ; ct:user "the press" ] .
g:all ct:type "group" ; ct:umbrella true ; skos:prefLabel "Groups"@en .
"""


def parse(text: str) -> Thesaurus:
    return Thesaurus.parse(HEAD + text, "t.ttl")


def problems(text: str) -> list[str]:
    return [x.problem for x in parse(text).validate()]


def test_a_concept_is_read_whole() -> None:
    concept = parse(GROUP).get("g:a")
    assert concept is not None
    assert concept.preferred == "Alpha Front"
    assert concept.broader == ("g:all",)
    assert concept.note == "A note."
    assert {(x.text, x.kind, x.strength, x.used_by) for x in concept.labels} == {
        ("Alpha Front", "preferred", "strong", ()),
        ("AF", "alternative", "weak", ("the press",)),
        ("Alphas", "alternative", "strong", ()),
        ("Alfa Front", "hidden", "strong", ()),
    }
    above = parse(GROUP).get("g:all")
    assert above is not None
    assert above.umbrella
    assert [x.id for x in parse(GROUP).narrower("g:all")] == ["g:a"]


def test_a_state_label_is_directional_and_says_who_says_so() -> None:
    text = """g:l ct:type "label" ; skos:prefLabel "The Menace"@en ;
      ct:stateLabelFor [ ct:organisation g:a ; ct:state g:s ; ct:source "A gazette." ; ct:enteredBy "An editor" ] .
      g:s ct:type "place" ; skos:prefLabel "Somewhere"@en ."""
    thesaurus = parse(GROUP + text)
    label, group = thesaurus.get("g:l"), thesaurus.get("g:a")
    assert label is not None
    assert group is not None
    said = label.state_label_for[0]
    assert (said.concept, said.state, said.source, said.entered_by) == ("g:a", "g:s", "A gazette.", "An editor")
    assert group.state_label_for == ()
    assert "The Menace" not in {x.text for x in group.labels}
    assert thesaurus.validate() == []


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ('g:a skos:prefLabel "A" .', 4, "has no language"),
        ("g:a skos:prefLabel g:b .", 4, "a text in quotes"),
        ('g:a skos:altLabel "A"@en ;\n skos:hiddenLabel "A"@en .', 5, "twice a label"),
        ('g:a ct:weakLabel "A"@en .', 4, "is no label of g:a"),
        ('g:a ct:labelUse [ ct:label "A"@en ; ct:user "x" ] .', None, "is no label of g:a"),
        ('g:a skos:broader "b"@en .', 4, "names a concept"),
        ("g:a skos:narrower g:b .", 4, "is not known here"),
        ('g:a ct:colour "red" .', 4, "is not known here"),
        ('g:a ct:stateLabelFor [ ct:organisation g:b ; ct:source "s" ] .', 4, "has no ct:enteredBy"),
        ('g:a ct:stateLabelFor [ ct:who "b" ] .', 4, "has no part 'ct:who'"),
        ("g:a ct:stateLabelFor g:b .", 4, "in brackets"),
        ('<urn:other:a> skos:prefLabel "A"@en .', 4, "is no concept"),
    ],
)
def test_a_statement_that_cannot_be_meant_is_refused(text: str, line: int | None, problem: str) -> None:
    with pytest.raises(ThesaurusError) as caught:
        parse(text)
    assert caught.value.line == line
    assert problem in caught.value.problem


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ThesaurusError):
        Thesaurus.load(tmp_path / "none.ttl")
    (tmp_path / "latin.ttl").write_bytes(b"# one\n# caf\xe9\n")
    with pytest.raises(ThesaurusError) as caught:
        Thesaurus.load(tmp_path / "latin.ttl")
    assert caught.value.line == 2


def test_validation_names_what_is_wrong() -> None:
    assert problems(GROUP) == []
    assert problems('g:a skos:prefLabel "A"@en .') == ["it has no ct:type"]
    assert problems('g:a ct:type "group" .') == ["it has no preferred label"]
    assert problems('g:a ct:type "x" ; skos:prefLabel "A"@en , "B"@en .') == ["it has two preferred labels in 'en'"]
    assert problems('g:a ct:type "x" ; skos:prefLabel "A"@en ; skos:related g:n .') == [
        "it is linked to 'g:n', which does not exist"
    ]
    assert problems('g:a ct:type "x" ; skos:prefLabel "—"@en .') == ["the label '—' has no letter or digit"]


def test_a_strong_label_belongs_to_one_concept() -> None:
    two = 'g:a ct:type "x" ; skos:prefLabel "Grey Centre"@en .\ng:b ct:type "x" ; skos:prefLabel "Gray-Center"@en .'
    found = parse(two).validate()
    assert [(x.concept, x.line) for x in found] == [("g:b", 5)]
    assert "is one of g:a too" in found[0].problem
    assert (
        parse(two.replace('"Gray-Center"@en .', '"Gray-Center"@en ; ct:weakLabel "Gray-Center"@en .')).validate() == []
    )


def test_a_circle_of_broader_concepts_is_found() -> None:
    text = "".join(
        f'g:{x} ct:type "x" ; skos:prefLabel "{x}"@en ; skos:broader g:{y} .\n' for x, y in ("kl", "lm", "mk")
    )
    assert [x.concept for x in parse(text).validate()] == ["g:k", "g:l", "g:m"]


def test_names_are_looked_up_by_id_and_by_label() -> None:
    thesaurus = parse(GROUP)
    for name in ("g:a", "a", "alpha front", "ALPHA-FRONT", "AF", " Alphas "):
        assert [x.id for x in thesaurus.look_up(name)] == ["g:a"], name
    assert thesaurus.look_up("beta") == ()
    shipped = Thesaurus.shipped()
    for name in ("Zarb-i-Azb", "zarb e azab", "National Counterterrorism Authority", "khuwaja asif"):
        assert len(shipped.look_up(name)) == 1, name
    assert thesaurus.look_up("") == ()


def test_a_project_adds_to_a_concept() -> None:
    own = parse('g:a skos:altLabel "Alpha Army"@en ; skos:prefLabel "Front A"@en ; skos:related g:new .\n'
                'g:new ct:type "group" ; skos:prefLabel "New"@en .')  # fmt: skip
    merged = parse(GROUP).merged(own)
    concept = merged.get("g:a")
    assert concept is not None
    assert concept.preferred == "Front A"
    assert {x.text for x in concept.labels} == {"Front A", "Alpha Front", "AF", "Alphas", "Alfa Front", "Alpha Army"}
    assert (concept.type, concept.broader, concept.related) == ("group", ("g:all",), ("g:new",))
    assert merged.validate() == []


def test_a_project_replaces_a_concept_where_it_says_so() -> None:
    own = parse('g:a ct:replaces true ; ct:type "group" ; skos:prefLabel "Other"@en .')
    concept = parse(GROUP).merged(own).get("g:a")
    assert concept is not None
    assert [x.text for x in concept.labels] == ["Other"]
    assert concept.broader == ()


def test_problems_of_a_merge_carry_the_lines_of_the_projects_file() -> None:
    own = parse('\ng:b ct:type "group" ;\n skos:prefLabel "Alphas"@en .')
    found = parse(GROUP).merged(own).validate()
    assert [(x.concept, x.line) for x in found] == [("g:b", 6)]


def test_the_digest_is_of_the_content() -> None:
    one = parse(GROUP)
    other = Thesaurus(reversed(one.concepts))
    assert one.digest == other.digest
    assert one == other
    assert one.digest != parse(GROUP.replace("Alphas", "Alphis")).digest
    assert Thesaurus.parse(one.to_turtle(), "again") == one


def test_the_shipped_thesaurus_is_sound() -> None:
    shipped = Thesaurus.shipped()
    assert len(shipped) >= 250
    assert shipped.validate() == []
    assert Thesaurus.shipped() is shipped


def test_the_shipped_file_is_in_its_own_stable_order() -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    heading = "\n".join(x.removeprefix("#").strip() for x in text.splitlines() if x.startswith("#"))
    assert Thesaurus.shipped().to_turtle(heading) == text


def test_state_labels_of_the_shipped_thesaurus_are_no_synonyms() -> None:
    shipped = Thesaurus.shipped()
    label = shipped.look_up("Fitna al Khawarij")
    assert [x.id for x in label] == ["lab:fak"]
    assert [x.concept for x in label[0].state_label_for] == ["grp:ttp"]
    assert [x.id for x in shipped.look_up("ttp")] == ["grp:ttp"]
    many = shipped.look_up("FAH")[0]
    assert len(many.state_label_for) > 1
    for concept in shipped.concepts:
        for said in concept.state_label_for:
            assert concept.type == "label"
            assert said.state
            assert said.source
            assert said.entered_by


def test_rdflib_reads_the_shipped_file_and_writes_an_identical_graph() -> None:
    rdflib = pytest.importorskip("rdflib")
    compare = pytest.importorskip("rdflib.compare")
    first = rdflib.Graph().parse(SHIPPED, format="turtle")
    again = rdflib.Graph().parse(data=first.serialize(format="turtle"), format="turtle")
    assert len(first) == len(again) == len(read(SHIPPED.read_text(encoding="utf-8"), SHIPPED))
    assert compare.isomorphic(first, again)
