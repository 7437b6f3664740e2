"""Typed text -> tokens: operators, parentheses and whole clauses, each with its column.

One pass from left to right. A clause that cannot be taken as meant becomes its own text, with a warning; one
in which there is nothing to search becomes a token without a clause, so that an operator before it does not
slip on to the next.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ctcorpus.model.query import FIELDS, ConceptIs, Everything, Phrase, Query, QueryWarning, Regex, Word, Words
from ctcorpus.query.clauses import Clause, concept, literal, names_field, nothing, plain, unknown_field
from ctcorpus.query.grammar import (
    BREAKS,
    IGNORED,
    KNOWN_FIELDS,
    MAX_DISTANCE,
    MAX_REGEXES,
    OPERATORS,
    QUOTES,
    RANGE_FIELDS,
    TRAILING,
    searchable,
)
from ctcorpus.query.patterns import regex_problem
from ctcorpus.query.ranges import read_range

_CHUNK = re.compile(rf"[^\s{re.escape(BREAKS)}]+")
_NAMED = re.compile(r"([A-Za-z][A-Za-z_-]*):(.*)")
_NEAR = re.compile(r"[Ww]/([0-9]{1,9})")
_SLOP = re.compile(r"~([0-9]{1,9})")
_END = rf"(?=[\s{re.escape(BREAKS)}{TRAILING}]|\Z)"
_STATE = re.compile(rf"\+state{_END}")
_QUOTED = "".join(QUOTES)
_REGEX = re.compile(rf"/((?:[^\s/\\{_QUOTED}]|\\[^\s{_QUOTED}])+)/{_END}")
#: what cannot follow ``+`` or ``-`` where they are operators
_NO_OPERAND = ("", " ", *")+-", *TRAILING)
_BEFORE_PREFIX = (" ", "(")


class Token(NamedTuple):
    """A piece of the query. kind: "clause", "(", ")", "near", or an operator; column from 1; text as typed.

    clause: what a clause asks for; None where nothing in it can be searched. distance, negated: those of ``w/N``.
    """

    kind: str
    column: int
    text: str
    clause: Query | None = None
    distance: int = 0
    negated: bool = False


class Lexer:
    """Reads one text; ``tokens`` and ``warnings`` are complete after ``read``."""

    def __init__(self, text: str, *, exact: bool = False) -> None:
        self.tokens: list[Token] = []
        self.warnings: list[QueryWarning] = []
        self._exact = exact
        kept = [i for i, c in enumerate(text) if c not in IGNORED]
        self._columns = [i + 1 for i in kept] + [len(text) + 1]
        self._text = "".join(_plain_space(text[i]) for i in kept)
        self._at = 0
        self._regexes = 0
        #: of the open groups: their field, and how many parentheses close them
        self._groups: list[tuple[str | None, int]] = []

    def read(self) -> None:
        """Fills ``tokens`` and ``warnings``."""
        while self._at < len(self._text):
            c = self._text[self._at]
            if c.isspace() or c in TRAILING:
                self._at += 1
            elif c == "(":
                self._open(self._field())
            elif c == ")":
                self._close()
            elif c in QUOTES:
                self._phrase(self._at, self._field())
            else:
                self._chunk()

    # groups

    def _field(self) -> str | None:
        """The field that the group around this place stands in."""
        return self._groups[-1][0] if self._groups else None

    def _open(self, field: str | None, closing: int = 1) -> None:
        self._put("(", self._at, self._at + 1)
        self._groups.append((field, closing))

    def _close(self) -> None:
        _, closing = self._groups.pop() if self._groups else (None, 1)
        for _ in range(closing):
            self._put(")", self._at, self._at + 1)

    # phrases

    def _phrase(self, start: int, field: str | None, mark: str = "") -> None:
        """A phrase from the quotation mark at this place on; start: where its clause starts; mark: ``@``."""
        opening = self._at
        closers = QUOTES[self._text[opening]]
        ends = [end for end in (self._text.find(c, opening + 1) for c in closers) if end >= 0]
        if not ends:
            self._unclosed(start, opening)
            return
        text = " ".join(self._text[opening + 1 : min(ends)].split())
        self._at = min(ends) + 1
        state = _STATE.match(self._text, self._at) if mark else None
        slop = self._slop() if not mark else 0
        if not searchable(text):
            self._add(start, nothing(self._text[start : self._at]))
        elif mark:
            self._at = state.end() if state else self._at
            clause = ConceptIs(text, bool(state))
            self._add(start, (clause, self._outside(field, clause)))
        elif field in RANGE_FIELDS:
            self._range(start, field, text, phrase=True)
        else:
            if "*" in text:
                self._warn(opening, f"'*' in quotation marks is text in '{text}'. For wildcards write a* w/1 b")
            self._clause(start, Phrase(text, slop, field))

    def _unclosed(self, start: int, opening: int) -> None:
        """A quotation mark without its end: only the mark is left out, and what is joined to it stays as text."""
        self._warn(opening, "A quotation mark is not closed, left out. Put one at the end of the phrase")
        joined = self._text[start:opening]
        self._at = opening + 1
        if searchable(joined):
            self._text_clause(start, joined)
        elif self.tokens and self.tokens[-1].kind in ("+", "-") and self._text[self._at : self._at + 1] in _NO_OPERAND:
            self._put("clause", opening, self._at)

    def _slop(self) -> int:
        """The N of ``~N`` at this place; 0 where there is none or it is too large."""
        found = _SLOP.match(self._text, self._at)
        if not found:
            return 0
        slop = int(found[1])
        if slop > MAX_DISTANCE:
            self._warn(self._at, f"'~{slop}' is too far, left out. Write a distance up to ~{MAX_DISTANCE}")
            slop = 0
        self._at = found.end()
        return slop

    # everything else

    def _chunk(self) -> None:
        """An operator or a clause that is no phrase and no group: what stands up to white space or a break."""
        start = self._at
        found = _CHUNK.match(self._text, start)
        assert found is not None
        chunk = found[0].rstrip(TRAILING)
        attached = self._after_prefix(start)
        if chunk[0] in "+-" and self._prefix(start, chunk):
            return
        if chunk.startswith("/") and self._field() not in RANGE_FIELDS and self._regex(start, start, self._field()):
            return
        self._at = start + len(chunk)
        near = _NEAR.fullmatch(chunk)
        if chunk in OPERATORS or (near and 0 < int(near[1]) <= MAX_DISTANCE):
            if attached:
                self._clause(start, Phrase(chunk))
            else:
                kind = "near" if near else chunk
                self._put(kind, start, self._at, distance=int(near[1]) if near else 0)
            return
        if near:
            self._warn(start, f"'{chunk}' has no distance from 1 to {MAX_DISTANCE}, searched as text. Write a w/5 b")
        self._word(start, chunk)

    def _after_prefix(self, start: int) -> bool:
        """Whether ``+`` or ``-`` as an operator stands right before this place."""
        return bool(self.tokens) and self.tokens[-1].kind in ("+", "-") and self._text[start - 1] in "+-"

    def _prefix(self, start: int, chunk: str) -> bool:
        """Whether ``+`` or ``-`` was dealt with: as an operator, or as text where it cannot be one."""
        before, after = self._text[start - 1 : start], self._text[start + 1 : start + 2]
        if (
            (not before or before.isspace() or before == "(")
            and after
            and not after.isspace()
            and after not in _NO_OPERAND
        ):
            self._put(chunk[0], start, start + 1)
            self._at = start + 1
            return True
        self._at = start + len(chunk)
        if not searchable(chunk):
            self._warn(start, f"'{chunk}' stands alone, left out. Write it right before a word: {chunk[0]}word")
            self._put("clause", start, self._at)
            return True
        self._warn(start, f"'{chunk}' is searched as text. Write one {chunk[0]} after a space and before a word")
        self._clause(start, Phrase(chunk, 0, self._text_field()))
        return True

    def _word(self, start: int, chunk: str) -> None:
        """A chunk that is no operator: by its first letter, then by its field, then as it stands."""
        field = self._field()
        if chunk in ("@", "=") and self._quote_follows():
            self._phrase(start, field, "@" if chunk == "@" else "")
        elif chunk == "*" and field is None:
            self._clause(start, Everything())
        elif named := _NAMED.fullmatch(chunk):
            self._named(start, chunk, named[1], named[2])
        elif field in RANGE_FIELDS:
            self._range(start, field, chunk)
        elif not searchable(chunk):
            self._add(start, nothing(self._text[start : self._at]))
        elif chunk.startswith("@"):
            clause, problem = concept(chunk, self._exact)
            self._add(start, (clause, problem or self._outside(field, clause)))
        elif chunk.startswith("="):
            self._add(start, literal(chunk[1:], field))
        else:
            self._plain(start, chunk, field)

    def _quote_follows(self) -> bool:
        """Whether a quotation mark stands at this place."""
        return self._text[self._at : self._at + 1] in QUOTES

    def _named(self, start: int, chunk: str, name: str, value: str) -> None:
        """``name:value``: a known field with its value, or text."""
        field = name.lower()
        follows = self._text[self._at : self._at + 1] if value == "" else ""
        if field not in KNOWN_FIELDS:
            self._unknown(start, chunk, name, value, follows)
        elif follows == "(":
            self._open(field)
        elif follows in QUOTES or (value == "=" and field in FIELDS and self._quote_follows()):
            self._phrase(start, field)
        elif field in RANGE_FIELDS and value:
            self._range(start, field, value)
        elif not searchable(value):
            self._warn(start, f"'{chunk}' has no value, searched as text. Write {field}:word without a space")
            self._text_clause(start, chunk)
        elif value.startswith("/") and self._regex(start, start + len(name) + 1, field):
            return
        elif value.startswith("="):
            self._add(start, literal(value[1:], field))
        else:
            self._plain(start, value, field)

    def _unknown(self, start: int, chunk: str, name: str, value: str, follows: str) -> None:
        """``name:value`` with a name that is no field; a time, a path, an address or a heading is just text."""
        field, grouped = self._field(), follows == "(" or follows in QUOTES
        if not grouped and not names_field(name, value):
            if field in RANGE_FIELDS:
                self._range(start, field, chunk)
            else:
                self._plain(start, chunk, field)
            return
        self._warn(start, unknown_field(name))
        if not grouped:
            self._text_clause(start, chunk)
            return
        # one clause, so that an operator before the name holds for the value too
        self._put("(", start, start + 1)
        self._text_clause(start, chunk)
        if follows == "(":
            self._open(field, closing=2)
        else:
            self._phrase(self._at, field)
            self._put(")", self._at - 1, self._at)

    def _plain(self, start: int, text: str, field: str | None) -> None:
        """A word, a wildcard or a fuzzy word, with a note where a wildcard may be meant as a question mark."""
        if text.find("?") == len(text) - 1 and "*" not in text and self.tokens and not self._text[self._at :].strip():
            hint = f"'{text}' stands for one more letter at the end. For the word itself leave out the '?'"
            self._warn(start, hint)
        self._add(start, plain(text, field, self._exact))

    def _regex(self, start: int, at: int, field: str | None) -> bool:
        """Whether a regular expression stands at this place; an invalid one is searched as text."""
        found = _REGEX.match(self._text, at)
        if not found:
            return False
        self._at = found.end()
        pattern = found[1].replace("\\/", "/")
        self._regexes += 1
        many = self._regexes > MAX_REGEXES
        problem = f"a query takes {MAX_REGEXES} of them" if many else regex_problem(pattern)
        if not problem:
            self._clause(start, Regex(pattern, field))
            return True
        if not searchable(pattern):
            self._add(start, nothing(self._text[start : self._at]))
            return True
        self._warn(start, f"{found[0]} is searched as text, not as a regular expression: {problem}")
        self._clause(start, Phrase(found[0], 0, field))
        return True

    def _range(self, start: int, field: str | None, value: str, *, phrase: bool = False) -> None:
        """A date or a number, or a range of them."""
        assert field is not None
        clause = read_range(field, value)
        if not isinstance(clause, str):
            self._clause(start, clause)
            return
        self._warn(start, clause)
        if phrase:
            self._clause(start, Words((Word(f"{field}:", None, self._exact), Phrase(value))))
        else:
            self._text_clause(start, f"{field}:{value}")

    def _outside(self, field: str | None, clause: Query | None) -> str:
        """The warning for a concept in the group of a field, which does not hold for it; "" outside of one."""
        if not field:
            return ""
        return f"The field '{field}:' does not hold for {clause}. Look for a concept outside of its group"

    # tokens

    def _text_field(self) -> str | None:
        """The field for text in the group around this place; a field of ranges holds none."""
        field = self._field()
        return None if field in RANGE_FIELDS else field

    def _text_clause(self, start: int, text: str) -> None:
        """A chunk that names a field or a concept in vain, as text; the field of a group does not hold for it."""
        self._clause(start, Word(text, None, self._exact))

    def _clause(self, start: int, clause: Query) -> None:
        self._put("clause", start, self._at, clause)

    def _add(self, start: int, read: Clause) -> None:
        clause, warning = read
        if warning:
            self._warn(start, warning)
        self._put("clause", start, self._at, clause)

    def _put(self, kind: str, start: int, end: int, clause: Query | None = None, *, distance: int = 0) -> None:
        self.tokens.append(Token(kind, self._columns[start], self._text[start:end], clause, distance))
        self._at = max(self._at, end)

    def _warn(self, at: int, message: str) -> None:
        self.warnings.append(QueryWarning(self._columns[at], message))


def _plain_space(c: str) -> str:
    """The character, or a space for white space, a control character or half of a surrogate pair."""
    return " " if c < " " or "\x7f" <= c <= "\xa0" or "\ud800" <= c <= "\udfff" or c.isspace() else c
