"""The whole room at once: properties that hold for any text, and the shape of small hand-made articles."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctcorpus.ingest import read_text
from ctcorpus.model.document import Document

WORDS = "The border was quiet in the north, and the council of elders met for the first time since the spring. "
ARTICLE = f"""River Observer

Water and Peace: A Study of Two Valleys

By Ana Lopez and Omar Said

May 6, 2024

{WORDS * 3}

Lessons Learned
{WORDS * 2}
- Local Measures:
- Elders met on 3 May 2024 and signed a pact.
- Patrols ended.
- Open Questions:
- Nobody knows who pays (year).

What happened next
{WORDS * 9}

Share this post:
© River Observer 2024. All rights reserved.
"""


def check(document: Document) -> None:
    """What holds for every document."""
    text = document.text
    hidden = [(x.start, x.end) for x in document.boilerplate]
    hidden += [(x.start, x.end) for x in document.headings]
    hidden += [(x.start, x.end) for x in document.front]
    ordered = (
        [(x.start, x.end) for x in document.paragraphs],
        [(x.start, x.end) for x in document.sentences],
        [(x.start, x.end) for x in document.passages],
        [(x.start, x.end) for x in document.headings],
        [(x.start, x.end) for x in document.boilerplate],
    )
    for spans in ordered:
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(a[1] <= b[0] for a, b in pairwise(spans))
    for sentence in document.sentences:
        assert sum(p.start <= sentence.start and sentence.end <= p.end for p in document.passages) == 1
        assert sentence.of(text) == sentence.of(text).strip()
    for passage in document.passages:
        assert all(end <= passage.start or passage.end <= start for start, end in hidden)
        assert document.paragraphs[passage.paragraph - 1].start <= passage.start
        assert 1 <= passage.lines[0] <= passage.lines[1]
    for name, found in document.metadata.evidence.items():
        if name in ("title", "standfirst", "site", "publisher"):
            assert [span.of(text) for span in found] == [getattr(document.metadata, name)]
    assert tuple(s.of(text) for s in document.metadata.evidence.get("authors", ())) == document.metadata.authors
    assert Document.from_dict(document.to_dict()) == document


PIECES = (
    *("Word ", "The State ", ". ", "! ", "\n", "\n\n", "- ", "“", "”", "’", "\u00a0", "U.S. ", "Key Findings:", "By: "),
    *("9°\n", "© Acme 2024", "May 6, 2024", "Share this", WORDS, "\r\n", "\r", "# ", "\ufeff", "1. ", "a", "…", "*"),
    *("(", "As of "),
)
pieces = st.sampled_from(PIECES)


@given(
    st.lists(pieces, min_size=1, max_size=60).map("".join).filter(lambda text: bool(text.strip("\ufeff \u00a0\r\n")))
)
@settings(max_examples=150, deadline=None)
def test_any_text_is_annotated_soundly(text: str) -> None:
    document = read_text(text, name="x.txt")
    assert document.text == text
    check(document)
    assert read_text(document.text, name="x.txt") == document


@given(st.text(min_size=1).filter(lambda text: bool(text.strip()) and "\0" not in text and text.isprintable()))
@settings(max_examples=100, deadline=None)
def test_any_printable_characters_are_kept(text: str) -> None:
    document = read_text(text, name="x.txt")
    assert document.text == text
    check(document)


def test_an_article() -> None:
    document = read_text(ARTICLE, name="river.txt")
    check(document)
    found = document.metadata
    assert found.title == "Water and Peace: A Study of Two Valleys"
    assert found.authors == ("Ana Lopez", "Omar Said")
    assert (found.site, found.published, found.copyright_year) == ("River Observer", "2024-05-06", 2024)
    assert (found.as_of, found.publisher, found.not_before, found.language) == (None, None, "2024-05-03", "en")
    assert [(ARTICLE[h.start : h.end], h.level) for h in document.headings] == [
        ("Water and Peace: A Study of Two Valleys", 1),
        ("Lessons Learned", 2),
        ("Local Measures", 3),
        ("Open Questions", 3),
        ("What happened next", 2),
    ]
    assert [x.kind for x in document.front] == ["site", "byline", "dateline"]
    assert [x.kind for x in document.boilerplate] == ["share", "copyright"]
    assert [ARTICLE[p.start : p.end] for p in document.paragraphs if p.kind == "bullet"][1] == "Patrols ended."
    assert document.passages[-1].heading == "What happened next"
    assert document.passages[0].heading is None
    assert document.warnings == (f"an open placeholder at {ARTICLE.index('(year)')}: (year)",)


def test_passages_have_a_good_size() -> None:
    document = read_text("\n".join([WORDS * 2, WORDS * 20, WORDS, WORDS * 5] * 4), name="x.txt")
    sizes = [len(document.text[p.start : p.end].split()) for p in document.passages]
    assert all(40 <= size <= 160 for size in sizes)


def test_a_text_without_words_has_no_passages() -> None:
    document = read_text("***\n---", name="x.txt")
    assert document.passages == ()
    assert document.warnings == ("the text holds no words of an article",)


HOSTILE = (
    *("word " * 100_000, "“" * 300_000, "a\n" * 30_000, "." * 300_000 + "x", "- Title Case:\n" * 10_000),
    *("x" * 500_000, '."' * 200_000 + "x", "The Path Forward " * 20_000, "a." + " " * 300_000 + "B"),
    "© Acme Times 2024\n" * 10_000,
)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_hostile_texts_take_linear_time(text: str) -> None:
    began = time.process_time()
    read_text(text, name="x.txt")
    assert time.process_time() - began < 5
