"""The reader and the writer of Turtle."""

from __future__ import annotations

import pytest

from ctcorpus.annotate.concepts.turtle import TYPE, Blank, Iri, Literal, block, in_brackets, quoted, read
from ctcorpus.errors import ThesaurusError

HEAD = "@prefix x: <urn:x:> .\n"


def test_every_form_that_is_read() -> None:
    triples = read(
        HEAD
        + """# a comment; with "marks" .
x:a a x:Thing ; # one more
    x:name "Name"@en , "n\\u0061m \\"q\\" \\t\\\\" ;
    x:flag true ; ;
    x:part [ x:of <urn:y> ; x:and x:b-1.c ] , [ ] .
<urn:z> x:is x:9-11 .
""",
        "f.ttl",
    )
    assert [(x.subject, x.predicate, x.object) for x in triples] == [
        (Iri("urn:x:a"), TYPE, Iri("urn:x:Thing")),
        (Iri("urn:x:a"), "urn:x:name", Literal("Name", "en")),
        (Iri("urn:x:a"), "urn:x:name", Literal('nam "q" \t\\')),
        (Iri("urn:x:a"), "urn:x:flag", Literal("true")),
        (Iri("urn:x:a"), "urn:x:part", Blank(0)),
        (Blank(0), "urn:x:of", Iri("urn:y")),
        (Blank(0), "urn:x:and", Iri("urn:x:b-1.c")),
        (Iri("urn:x:a"), "urn:x:part", Blank(1)),
        (Iri("urn:z"), "urn:x:is", Iri("urn:x:9-11")),
    ]
    assert [x.line for x in triples] == [3, 4, 4, 5, 6, 6, 6, 6, 7]


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ('x:a x:b "open .\n', 2, "is not understood"),
        ("x:a x:b x:c\n", 3, "'.' is wanted"),
        ("\nx:a y:b x:c .", 3, "'y:' is not declared"),
        ("x:a x:b 12 .", 2, "is not understood"),
        ("x:a x:b (x:c) .", 2, "is not understood"),
        ('x:a x:b "t"^^x:c .', 2, "is not understood"),
        ("_:b x:b x:c .", 2, "is not understood"),
        ('x:a x:b "\\q" .', 2, "is no escape"),
        ('x:a x:b "\\uD800" .', 2, "is no character"),
        ("x:a x:b [ x:c [ x:d x:e ] ] .", 2, "inside brackets"),
        ("x:a x:b [ x:c x:d .", 2, "']' is wanted"),
        ('"a" x:b x:c .', 2, "a name is wanted"),
        ("x:a x:b , .", 2, "a name is wanted"),
        ("@prefix x <urn:x> .", 2, "is not understood"),
        ("@prefix x: x:y .", 2, "a prefix is written"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, line: int, problem: str) -> None:
    with pytest.raises(ThesaurusError) as caught:
        read(HEAD + text, "f.ttl")
    assert caught.value.line == line
    assert problem in caught.value.problem
    assert str(caught.value.path) == "f.ttl"


@pytest.mark.parametrize("text", ["", "\ufeff", "# only a comment", "\n\n"])
def test_nothing_is_no_statement(text: str) -> None:
    assert read(text, "f.ttl") == ()


def test_what_is_written_is_read() -> None:
    odd = 'a "quoted" \\ back\nline\ttab\r’é'
    text = HEAD + block("x:a", {"x:b": (quoted(odd, "en"), "x:c"), "x:none": (), "x:d": (in_brackets({"x:e": "x:f"}),)})
    assert [x.object for x in read(text, "f")] == [Literal(odd, "en"), Iri("urn:x:c"), Blank(0), Iri("urn:x:f")]
    assert "none" not in text


def test_long_input_is_read_in_one_pass() -> None:
    deep = "[" * 50_000
    with pytest.raises(ThesaurusError):
        read(HEAD + "x:a x:b " + deep, "f")
    assert len(read(HEAD + "x:a x:b x:c .\n" * 20_000, "f")) == 20_000
    with pytest.raises(ThesaurusError):
        read(HEAD + "x:a x:b " + '"' + "\\" * 200_001, "f")
