"""Authors of pages: persons as stated, none invented."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ctcorpus.ingest.readers.page_meta import read_meta
from ctcorpus.ingest.readers.page_tree import parse


def authors_of(author: Any = None, body: str = "", head: str = "") -> tuple[str, ...]:
    node = {"@type": "NewsArticle", "headline": "A title", **({"author": author} if author else {})}
    linked = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    tree = parse(f"<html><head>{linked}{head}</head><body>{body}<p>Some words.</p></body></html>")
    assert tree is not None
    return read_meta(tree).stated.authors


def person(name: Any) -> dict[str, Any]:
    return {"@type": "Person", "name": name}


@pytest.mark.parametrize(
    ("author", "names"),
    [
        (person("By Ana Lopez and Li Wei"), ("Ana Lopez", "Li Wei")),
        (person("Ana Lopez, Li Wei and Sam Roe"), ("Ana Lopez", "Li Wei", "Sam Roe")),
        (person("Ana Lopez und Li Wei, dpa"), ("Ana Lopez", "Li Wei")),
        (person("José Ortega y Gasset"), ("José Ortega y Gasset",)),
        (person("Martin Roe, Jr."), ("Martin Roe",)),
        (person("Roe, Martin"), ("Roe, Martin",)),
        (person(["Ana Lopez", "Li Wei"]), ("Ana Lopez", "Li Wei")),
        (person("新間"), ("新間",)),
        (person("佐藤花子、鈴木一郎"), ("佐藤花子", "鈴木一郎")),
        ([person("Ana Lopez"), person("Ana Lopez")], ("Ana Lopez",)),
        ("Ana Lopez", ("Ana Lopez",)),
        ("https://example.org/authors/ana", ()),
        (person("https://example.org/authors/ana"), ()),
        (person("admin"), ()),
        (person("Staff"), ()),
        ({"@type": "Organization", "name": "webmaster"}, ()),
        ({"@type": "Organization", "name": "The Example"}, ("The Example",)),
        (person("The Example and AFP"), ("The Example and AFP",)),
        ([{"@type": "Organization", "name": "The Example"}, person("Ana Lopez")], ("Ana Lopez",)),
    ],
)
def test_names_of_json_ld(author: Any, names: tuple[str, ...]) -> None:
    assert authors_of(author) == names


def test_a_byline_that_names_all_and_more_goes_before() -> None:
    body = "<div class='byline'><a rel='author'>Li Wei</a> <a rel='author'>Ana Lopez</a></div>"
    assert authors_of(person("Ana Lopez"), body) == ("Li Wei", "Ana Lopez")
    assert authors_of(person("Sam Roe"), body) == ("Sam Roe",)


def test_a_marked_byline_is_read_where_the_head_names_nobody() -> None:
    assert authors_of(None, "<p class='byline'>By Ana Lopez and Li Wei / The Example Staff Writers</p>") == (
        "Ana Lopez",
        "Li Wei",
    )
    assert authors_of(None, "<p>Ana Lopez met Li Wei.</p>") == ()


def test_names_of_meta() -> None:
    assert authors_of(None, "", "<meta name='author' content='Ana Lopez'/>") == ("Ana Lopez",)
    assert authors_of(None, "", "<meta name='author' content='105092'/>") == ()
