"""The block of keys at the top of a markdown file."""

from __future__ import annotations

from ctcorpus.ingest import read_text

BODY = "The council met in the spring, and it was decided that the road should be open to all who have to use it."


def test_keys_are_front_matter() -> None:
    keys = 'title: "Roads and rivers"\nauthors:\n- Ana Lopez\n- Omar Said\ndate: 2024-05-06\ntags: x'
    text = f"---\n{keys}\n---\n\n{BODY}\n"
    document = read_text(text, name="a.md")
    found = document.metadata
    assert (found.title, found.authors, found.published) == (
        "Roads and rivers",
        ("Ana Lopez", "Omar Said"),
        "2024-05-06",
    )
    assert [text[h.start : h.end] for h in document.headings] == ["Roads and rivers"]
    assert [text[p.start : p.end] for p in document.passages] == [BODY]
    assert document.provenance.media_type == "text/markdown"


def test_a_rule_of_dashes_is_no_block_of_keys() -> None:
    text = f"---\n\n{BODY}\n\n---\n"
    assert [text[p.start : p.end] for p in read_text(text, name="a.md").paragraphs] == [BODY]
