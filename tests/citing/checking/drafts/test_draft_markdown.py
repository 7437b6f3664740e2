"""Markup goes, words stay, and every word knows where it stood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctcorpus.citing.checking.draft import Draft
from ctcorpus.citing.checking.drafts import read_bytes
from ctcorpus.model.span import Span


def _read(text: str, name: str = "memo.md") -> Draft:
    return read_bytes(text.encode(), name=name)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("# Title\n\nA *bold* **word** and __another__.", "Title\n\nA bold word and another."),
        ("A [link](https://example.org/a) here.", "A link here."),
        ("A ![picture](a.png) here.", "A  here."),
        ("snake_case stays, 2 * 3 too", "snake_case stays, 2 * 3 too"),
        ("A \\*star\\* and &amp; more&nbsp;words", "A *star* and & more\u00a0words"),
        ("Before <!-- a comment --> after", "Before  after"),
        ("A claim [@key-2020, p. 3].", "A claim ."),
        ("A note[^1].", "A note."),
        ("---\ntitle: x\n---\nWords.", "Words."),
        ('A `code "x"` here', "A  here"),
    ],
)
def test_markup_goes(text: str, plain: str) -> None:
    assert _read(text).plain == plain


def test_citations_and_marks_are_recorded() -> None:
    draft = _read("One [@a-2020; @b-2021, p. 3] two [c-nd-x, 0123456789ab:5-9] three [external]")
    assert [x.key for x in draft.cited] == ["a-2020", "b-2021", "c-nd-x"]
    assert draft.cited[2].span == ("0123456789ab", 5, 9)
    assert len(draft.outside) == 1


def test_a_footnote_cites_for_the_place_that_calls_it() -> None:
    draft = _read("“Words” here.[^n] More.\n\n[^n]: See [@a-2020].\n")
    assert draft.cited[0].at <= draft.plain.index(" More")


def test_block_quotations_with_and_without_credit() -> None:
    draft = _read("He said:\n\n> One line\n> and two.\n> — A. Name\n\nEnd.\n\n> Alone.\n")
    assert [x.of(draft.plain) for x in draft.blocks] == ["One line\nand two.", "Alone."]
    assert draft.credits == {draft.blocks[0].start: "A. Name"}


def test_plain_text_keeps_its_stars() -> None:
    assert _read("A *star* stays", "memo.txt").plain == "A *star* stays"


@given(st.text(alphabet="ab \n*_>[]()@1-.`\\#&;“”!<", max_size=80))
def test_kept_characters_stand_where_they_are_said_to_stand(text: str) -> None:
    if not text.strip():
        return
    from ctcorpus.citing.checking.drafts.markdown import read_markdown

    draft = read_markdown("memo.md", text.encode())
    for plain, source, length, literal in draft.pieces:
        if literal:
            assert draft.plain[plain : plain + length] == draft.text[source : source + length]
            assert draft.place(Span(plain, plain + length)) == Span(source, source + length)
