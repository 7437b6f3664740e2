"""A question as typed -> the query tree, and what could not be taken as meant.

Four steps: the lexer makes tokens; parentheses are balanced; operators without an operand become text; what is
left is sound, and the grammar reads it by descent. Nothing that a person types raises, but for the limits.
"""

from __future__ import annotations

import re

from ctcorpus.errors import QueryLimitError
from ctcorpus.model.query import (
    And,
    ConceptIs,
    Everything,
    Fuzzy,
    Near,
    Not,
    Or,
    Parsed,
    Phrase,
    Query,
    QueryWarning,
    Regex,
    Required,
    Wildcard,
    Word,
    Words,
)
from ctcorpus.query.grammar import (
    BINARY,
    ENDS,
    MAX_CHARACTERS,
    MAX_CLAUSES,
    MAX_DEPTH,
    OPERATORS,
    PLAIN_STARTS,
    QUESTIONS,
    STARTS,
    UNARY,
    searchable,
)
from ctcorpus.query.lexer import Lexer, Token

_PREFIXES = {"Not": Not, "Required": Required}
_PLACED = (Word, Phrase, Wildcard, Fuzzy, Regex)
_SHOWN = 120
#: a word with the mark that ends a question
_ENDED = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*\?")


def parse(text: str, *, exact: bool = False) -> Parsed:
    """The tree of a query, with warnings in the order of their columns; an empty query is ``Words(())``.

    exact: every word is taken in its very form, as if ``=`` stood before it. ``parse(str(tree))`` gives an equal tree.

    Raises QueryLimitError above MAX_CHARACTERS (as typed, or as the tree is written), MAX_CLAUSES or MAX_DEPTH.

    >>> str(parse("ttp attacks OR bombings").query)
    '(ttp attacks) OR bombings'
    """
    if len(text) > MAX_CHARACTERS:
        raise QueryLimitError(text, f"{len(text):,} characters, at most {MAX_CHARACTERS:,}")
    lexer = Lexer(text, exact=exact)
    lexer.read()
    warnings = lexer.warnings
    tokens = _with_operands(_balanced(_without_question_mark(lexer.tokens, warnings), text, warnings), warnings)
    query = _Grammar(tokens, text, warnings).read()
    _check_limits(query, text)
    warnings += _emptiness(query, tokens)
    return Parsed(text, query, tuple(sorted(warnings, key=lambda warning: warning.column)))


def _without_question_mark(tokens: list[Token], warnings: list[QueryWarning]) -> list[Token]:
    """The tokens, where a question ends with a question mark without it: "who built the fence?" has no wildcard."""
    at = max((i for i, token in enumerate(tokens) if token.clause is not None), default=-1)
    last = tokens[at].clause if at >= 0 else None
    asks = any(isinstance(x.clause, Word) and x.clause.text.lower() in QUESTIONS for x in tokens[: max(at, 0)])
    if not asks or not isinstance(last, Wildcard) or last.field is not None or not _ENDED.fullmatch(last.pattern):
        return tokens
    word = last.pattern[:-1]
    if word in OPERATORS:
        return tokens
    warnings[:] = [x for x in warnings if x.column != tokens[at].column]  # that it is read as a wildcard
    exact = any(isinstance(x.clause, Word) and x.clause.exact for x in tokens if x.text.lower() in QUESTIONS)
    return [*tokens[:at], tokens[at]._replace(clause=Word(word, exact=exact), text=word), *tokens[at + 1 :]]


def _balanced(tokens: list[Token], text: str, warnings: list[QueryWarning]) -> list[Token]:
    """The tokens with every parenthesis matched: an empty group is nothing, an open one ends with the query."""
    kept: list[Token] = []
    opened: list[int] = []
    for token in tokens:
        if token.kind == "(":
            opened.append(len(kept))
            kept.append(token)
        elif token.kind != ")":
            kept.append(token)
        elif not opened:
            warnings.append(QueryWarning(token.column, "A ')' closes nothing, left out. Put a '(' before it"))
        elif _close(kept, opened.pop(), token.column):
            warnings.append(QueryWarning(kept[-1].column, "There is nothing in '()', left out. Put words between them"))
        if len(opened) > MAX_DEPTH:
            raise QueryLimitError(text, f"groups nested more than {MAX_DEPTH} deep")
    for start in reversed(opened):
        column = kept[start].column
        message = "A '(' is not closed, read as if closed at the end. Put a ')' where the group ends"
        warnings.append(QueryWarning(column, message))
        _close(kept, start, column)
    return kept


def _close(kept: list[Token], start: int, column: int) -> bool:
    """Ends the group that starts at ``start``; whether it was empty, and so became a clause of nothing."""
    if start < len(kept) - 1:
        kept.append(Token(")", column, ")"))
        return False
    kept[start] = Token("clause", kept[start].column, "()")
    return True


def _with_operands(tokens: list[Token], warnings: list[QueryWarning]) -> list[Token]:
    """The tokens, each operator with what it needs on both sides; one that lacks it becomes text.

    ``not`` before ``w/N`` belongs to it where there is something to its left; elsewhere it is a word.
    """
    kept: list[Token] = []
    negated = False
    for i, token in enumerate(tokens):
        following = tokens[i + 1].kind if i + 1 < len(tokens) else ""
        left = bool(kept) and kept[-1].kind in ENDS
        if token.text.lower() == "not" and following == "near" and left and token.kind in ("clause", "NOT"):
            after = tokens[i + 2].kind if i + 2 < len(tokens) else ""
            negated = after in PLAIN_STARTS
            if negated:
                continue
        if token.kind == "near" and left and following in PLAIN_STARTS:
            token = token._replace(negated=negated)
        elif _lacks_operand(token.kind, left, following):
            warnings.append(QueryWarning(token.column, _lacking(token)))
            words = Phrase(token.text) if searchable(token.text) else None
            token = Token("clause", token.column, token.text, words)
        negated = False
        kept.append(token)
    return kept


def _lacks_operand(kind: str, left: bool, following: str) -> bool:
    """Whether an operator cannot do its work with what stands beside it."""
    if kind in BINARY:
        return not left or following not in STARTS
    return kind == "near" or (kind in UNARY and following not in STARTS)


def _lacking(token: Token) -> str:
    """The warning for an operator without an operand."""
    name = token.text
    example = f"{name} word" if token.kind == "NOT" else f"one word {name} another"
    return f"'{name}' lacks a word beside it, searched as text. Write {example}"


class _Grammar:
    """Reads sound tokens by descent, a method a level of precedence; None is a clause with nothing to search."""

    def __init__(self, tokens: list[Token], text: str, warnings: list[QueryWarning]) -> None:
        self._tokens = tokens
        self._text = text
        self._warnings = warnings
        self._at = 0

    def read(self) -> Query:
        """The whole tree."""
        return (self._either() if self._tokens else None) or Words(())

    def _kind(self) -> str:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else ""

    def _either(self) -> Query | None:
        """``a OR b``, with a note where AND, or words side by side, are read before it."""
        column = self._tokens[self._at].column
        items = [self._all()]
        while self._kind() == "OR":
            self._at += 1
            items.append(self._all())
        query = _joined(Or, [item for item, _ in items])
        mixed = {how for item, how in items if item is not None}
        if isinstance(query, Or) and mixed != {""}:
            first = " and ".join(sorted(how for how in mixed if how))
            note = f"Read with {first} before OR: {_shortened(str(query))}. Put parentheses to have it otherwise"
            self._warnings.append(QueryWarning(column, note))
        return query

    def _all(self) -> tuple[Query | None, str]:
        """``a AND b``, and what joins it without parentheses: "AND", "words side by side" or ""."""
        query, how = self._side_by_side()
        if self._kind() != "AND":
            return query, how
        items = [query]
        while self._kind() == "AND":
            self._at += 1
            items.append(self._side_by_side()[0])
        return _joined(And, items), "AND"

    def _side_by_side(self) -> tuple[Query | None, str]:
        """``a b``, and "words side by side" where there are several."""
        items = [self._prefixed()]
        while self._kind() in STARTS:
            items.append(self._prefixed())
        several = sum(item is not None for item in items) > 1
        return _joined(Words, items), "words side by side" if several else ""

    def _prefixed(self) -> Query | None:
        """``NOT a``, ``-a``, ``+a``."""
        prefixes = []
        while self._kind() in UNARY:
            prefixes.append(_PREFIXES[UNARY[self._kind()]])
            self._at += 1
        if len(prefixes) >= MAX_DEPTH:
            raise QueryLimitError(self._text, f"more than {MAX_DEPTH} deep")
        query = self._near()
        for prefix in reversed(prefixes):
            query = prefix(query) if query is not None else None
        return query

    def _near(self) -> Query | None:
        """``a w/5 b``, from left to right."""
        left = self._plain()
        links = 0
        while self._kind() == "near":
            token = self._tokens[self._at]
            self._at += 1
            links += 1
            if links >= MAX_DEPTH:
                raise QueryLimitError(self._text, f"more than {MAX_DEPTH} deep")
            right = self._plain()
            left = self._nearby(left, right, token) if left is not None and right is not None else left or right
        return left

    def _nearby(self, left: Query, right: Query, token: Token) -> Query:
        """Both near each other; side by side, with a warning, where they have no places to compare."""
        places = _places(left) | _places(right)
        if len(places) == 1 and None not in places:
            return Near(left, right, token.distance, token.negated)
        name = f"not {token.text}" if token.negated else token.text
        problem = (
            "'{}' takes words, phrases and groups of them in one field, without NOT, + and ranges; searched as text"
        )
        self._warnings.append(QueryWarning(token.column, problem.format(name) + f". Write one {name} another"))
        return Words((left, Phrase(name), right))

    def _plain(self) -> Query | None:
        """A clause or a group."""
        token = self._tokens[self._at]
        self._at += 1
        if token.kind == "clause":
            return token.clause
        query = self._either()
        assert self._kind() == ")"
        self._at += 1
        return query


def _joined(node: type[And] | type[Or] | type[Words], items: list[Query | None]) -> Query | None:
    """The items under one node; a single one needs none."""
    found = tuple(item for item in items if item is not None)
    return node(found) if len(found) > 1 else found[0] if found else None


def _places(query: Query) -> set[str | None]:
    """The fields in which a clause has places ("" the passage); None among them: something has no place."""
    places: set[str | None] = set()
    for node in query.walk():
        if isinstance(node, _PLACED):
            places.add(node.field or "")
        elif isinstance(node, ConceptIs):
            places.add("")
        elif not isinstance(node, And | Or | Words | Near):
            places.add(None)
    return places


def _check_limits(query: Query, text: str) -> None:
    """Raises QueryLimitError for a tree that is too large or too long to be written as a query again."""
    clauses = sum(not node.children() for node in query.walk()) if query.children() else 1
    if clauses > MAX_CLAUSES:
        raise QueryLimitError(text, f"{clauses} clauses, at most {MAX_CLAUSES}")
    if _depth(query) > MAX_DEPTH:
        raise QueryLimitError(text, f"more than {MAX_DEPTH} deep")
    written = len(str(query))
    if written > MAX_CHARACTERS:
        raise QueryLimitError(text, f"{written:,} characters when written in full, at most {MAX_CHARACTERS:,}")


def _depth(query: Query) -> int:
    """Nodes on the longest way down, this one included."""
    return 1 + max(map(_depth, query.children()), default=0)


def _emptiness(query: Query, tokens: list[Token]) -> list[QueryWarning]:
    """A warning for a query that asks for nothing, for everything, or only tells what to leave out."""
    if query == Words(()):
        return [QueryWarning(1, "There is nothing to search for. Write a word with a letter or a digit")]
    wanted, unwanted = _sides(query)
    everything = [token.column for token in tokens if isinstance(token.clause, Everything)]
    if not wanted:
        return [QueryWarning(1, "This only says what to leave out. Add a word, or * for every other passage")]
    if everything and (not unwanted or any(not isinstance(leaf, Everything) for leaf in wanted)):
        return [QueryWarning(everything[0], "'*' alone is every passage. Write some letters before it, as in secur*")]
    return []


def _sides(query: Query) -> tuple[list[Query], list[Query]]:
    """The clauses that are asked for, and those that stand under a NOT."""
    if isinstance(query, Not):
        return [], [query]
    if not query.children():
        return [query], []
    sides = [_sides(child) for child in query.children()]
    return [leaf for wanted, _ in sides for leaf in wanted], [leaf for _, unwanted in sides for leaf in unwanted]


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
