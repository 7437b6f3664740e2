"""A small, strict reader and writer of RDF Turtle: what a thesaurus needs of it, and nothing else.

Read: ``@prefix``, IRIs, prefixed names, ``a``, literals in double quotes with or without a language, ``true`` and
``false``, blank nodes ``[ … ]``, lists of predicates (``;``) and of objects (``,``), comments. Whatever else
Turtle has (collections, numbers, datatypes, labelled blank nodes, ``@base``) is refused with its line.
Source: https://www.w3.org/TR/turtle/.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, TypeAlias

from ctcorpus.errors import ThesaurusError

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class Iri(NamedTuple):
    """A full IRI."""

    value: str


class Literal(NamedTuple):
    """A text with its language tag, or None; ``true`` and ``false`` are literals of these words."""

    text: str
    language: str | None = None


class Blank(NamedTuple):
    """A node without a name, numbered in the order of the file."""

    number: int


Term: TypeAlias = Iri | Literal | Blank


class Triple(NamedTuple):
    """A statement, and the line (from 1) on which its object begins."""

    subject: Iri | Blank
    predicate: str
    object: Term
    line: int


#: one token and the white space and comments before it; what is none is caught as "wrong"
_TOKEN = re.compile(
    r"""(?:[ \t\r\n]|\#[^\n]*)*+
      (?:(?P<text>"(?:[^"\\\n\r]|\\.)*+")(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)?
      | (?P<name>[A-Za-z][A-Za-z0-9_-]*:(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9_-]))*+)?)
      | (?P<mark>[;,.\[\]])
      | <(?P<iri>[^<>"{}|^`\\\x00-\x20]*)>
      | (?P<prefix>@prefix)\b
      | (?P<word>a|true|false)(?![A-Za-z0-9_:-])
      | (?P<end>\Z)
      | (?P<wrong>[\s\S]))""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_ESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


#: kind, text, where it ends in the file, language
_Token: TypeAlias = tuple[str, str, int, str | None]


def read(text: str, path: Path | str) -> tuple[Triple, ...]:
    """The statements of a Turtle text, in order; raises ThesaurusError with the line where it is not one.

    path: named in errors.
    """
    return _Reader(text, path).document()


class _Reader:
    """One pass over the tokens of one file."""

    def __init__(self, text: str, path: Path | str) -> None:
        self.path = path
        self.breaks = [x.start() for x in re.finditer("\n", text)]
        self.tokens = list(self._tokens(text))
        self.at = 0
        self.prefixes: dict[str, str] = {}
        self.names: dict[str, Iri] = {}
        self.triples: list[Triple] = []
        self.blanks = 0

    def _tokens(self, text: str) -> Iterator[_Token]:
        for match in _TOKEN.finditer(text, 1 if text.startswith("\ufeff") else 0):
            kind = match.lastgroup or "end"
            if kind in ("text", "language"):
                language = match["language"]
                yield "text", self._unescaped(match["text"][1:-1], match.end()), match.end(), language and language[1:]
            elif kind == "end":
                yield "end", "the end of the file", match.end(), None
                return
            elif kind == "wrong":
                shown = text[match.end() - 1 : match.end() + 19].split("\n")[0]
                raise self._error(match.end() - 1, f"'{shown}' is not understood here")
            else:
                yield kind, match[kind], match.end(), None

    def _line(self, offset: int) -> int:
        return bisect_left(self.breaks, offset) + 1

    def _error(self, offset: int, problem: str) -> ThesaurusError:
        return ThesaurusError(self.path, self._line(offset), problem)

    def _unescaped(self, text: str, end: int) -> str:
        if "\\" not in text:
            return text

        def character(match: re.Match[str]) -> str:
            short, long, letter = match.groups()
            if letter is not None:
                if letter not in _ESCAPES:
                    raise self._error(end, f"'\\{letter}' is no escape")
                return _ESCAPES[letter]
            code = int(short or long, 16)
            if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
                raise self._error(end, f"'{match.group()}' is no character")
            return chr(code)

        return _ESCAPE.sub(character, text)

    def _next(self) -> _Token:
        token = self.tokens[self.at]
        if token[0] != "end":
            self.at += 1
        return token

    def _peek(self, mark: str) -> bool:
        token = self.tokens[self.at]
        return token[1] == mark and token[0] == "mark"

    def _expect(self, mark: str) -> None:
        kind, text, end, _ = self._next()
        if kind != "mark" or text != mark:
            raise self._error(end, f"'{mark}' is wanted before '{text}'")

    def document(self) -> tuple[Triple, ...]:
        while self.tokens[self.at][0] != "end":
            token = self._next()
            if token[0] == "prefix":
                self._prefix()
                continue
            self._predicates(self._resource(token))
            self._expect(".")
        return tuple(self.triples)

    def _prefix(self) -> None:
        name, iri = self._next(), self._next()
        if name[0] != "name" or not name[1].endswith(":") or iri[0] != "iri":
            raise self._error(name[2], "a prefix is written '@prefix name: <iri> .'")
        self.prefixes[name[1][:-1]] = iri[1]
        self._expect(".")

    def _predicates(self, subject: Iri | Blank) -> None:
        while True:
            token = self._next()
            predicate = TYPE if token[:2] == ("word", "a") else self._resource(token).value
            self._object(subject, predicate)
            while self._peek(","):
                self.at += 1
                self._object(subject, predicate)
            if not self._peek(";"):
                return
            while self._peek(";"):
                self.at += 1
            if self._peek(".") or self._peek("]"):
                return

    def _object(self, subject: Iri | Blank, predicate: str) -> None:
        token = self._next()
        kind, text, end, language = token
        value: Term
        if kind == "text" or (kind == "word" and text != "a"):
            value = Literal(text, language)
        elif kind == "mark" and text == "[":
            if isinstance(subject, Blank):
                raise self._error(end, "brackets do not stand inside brackets here")
            value = Blank(self.blanks)
            self.blanks += 1
        else:
            value = self._resource(token)
        self.triples.append(Triple(subject, predicate, value, self._line(end)))
        if isinstance(value, Blank):
            if not self._peek("]"):
                self._predicates(value)
            self._expect("]")

    def _resource(self, token: _Token) -> Iri:
        kind, text, end, _ = token
        if kind == "iri":
            return Iri(text)
        if kind != "name":
            raise self._error(end, f"a name is wanted, not '{text}'")
        known = self.names.get(text)
        if known is None:
            prefix, _, local = text.partition(":")
            if prefix not in self.prefixes:
                raise self._error(end, f"the prefix '{prefix}:' is not declared")
            known = self.names[text] = Iri(self.prefixes[prefix] + local)
        return known


def quoted(text: str, language: str | None = None) -> str:
    """The literal as Turtle writes it, in one line."""
    for character, letter in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        text = text.replace(character, letter)
    return f'"{text}"' + (f"@{language}" if language else "")


def block(subject: str, properties: Mapping[str, tuple[str, ...]]) -> str:
    """One subject with its properties, an object a line: a change of one label is a change of one line.

    properties: predicate -> objects, all as Turtle writes them; predicates without objects are left out.
    """
    parts = [
        f"  {name}\n" + " ,\n".join(f"    {x}" for x in objects) for name, objects in properties.items() if objects
    ]
    return f"{subject}\n" + " ;\n".join(parts) + " .\n"


def in_brackets(properties: Mapping[str, str]) -> str:
    """A blank node with one object a property, in one line."""
    return "[ " + " ; ".join(f"{name} {value}" for name, value in properties.items()) + " ]"
