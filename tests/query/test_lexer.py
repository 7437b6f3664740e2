"""The lexer: kinds, columns in what was typed, and groups."""

from __future__ import annotations

from ctcorpus.model.query import Phrase, Word
from ctcorpus.query.lexer import Lexer, Token


def _tokens(text: str) -> list[Token]:
    lexer = Lexer(text)
    lexer.read()
    return lexer.tokens


def test_kinds() -> None:
    kinds = [token.kind for token in _tokens('a AND (b OR -c) w/5 "d e" NOT +f')]
    assert kinds == ["clause", "AND", "(", "clause", "OR", "-", "clause", ")", "near", "clause", "NOT", "+", "clause"]


def test_columns_count_what_was_typed() -> None:
    text = "\u200fa \u202a“b c”\u202c (d"
    for token in _tokens(text):
        assert text[token.column - 1 :].startswith(token.text[0])


def test_operators_in_lower_case_and_in_quotation_marks_are_text() -> None:
    assert [token.clause for token in _tokens('and "OR" not')] == [Word("and"), Phrase("OR"), Word("not")]


def test_a_group_hands_its_field_down() -> None:
    clauses = [token.clause for token in _tokens("title:(a (b) site:c) d")]
    assert clauses == [None, Word("a", "title"), None, Word("b", "title"), None, Word("c", "site"), None, Word("d")]


def test_a_clause_without_a_letter_keeps_its_place() -> None:
    tokens = _tokens('-"" b')
    assert [(token.kind, token.clause) for token in tokens] == [("-", None), ("clause", None), ("clause", Word("b"))]
