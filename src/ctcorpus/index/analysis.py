"""The analyzer: text to tokens, the same one for what is indexed, what is asked and what is highlighted.

A token is a word with its place in the raw text and two normal forms: ``exact`` (folded: lower case, no accents,
no typography) and ``stem`` (Snowball English of the exact form). The rules:

- apostrophes of every kind are one; inside a word they are dropped (Qur'an, Quran), a possessive 's is no part of
  the word; so are soft hyphens, zero-width and other format characters;
- hyphens and dashes separate words; a compound (counter-terrorism, Zarb-e-Azb, F-16) gives its parts at
  consecutive positions and one ``joined`` token over the whole (counterterrorism). A dash as wide as an em
  separates without joining, and so does any that stands between digits alone (2014-15);
- thousands separators are dropped (75,175 is 75175; 1,26,000 is 126000), decimals stay (3.5); signs about a number
  (%, $) are none of it; digits of every script are ASCII digits;
- dotted capitals are one word (U.S. is US); letters of every script keep their vowel signs.

Terms are at most ``LONGEST`` characters; a longer one is cut there, alike in index and query.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tantivy import TextAnalyzer

#: characters of a term; what is longer is no word that anyone types
LONGEST = 120
#: parts of a compound that are also joined; a longer chain is no name
MOST_PARTS = 8
#: stretches of text whose tokens are kept; then they are forgotten together
MOST_KNOWN = 1 << 17

_APOSTROPHES = "'`\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb\u2018\u2019\u201b\u2032\uff07"
_WIDE_DASHES = "\u2014\u2015\u2e3a\u2e3b\ufe58"
_IGNORED = "\u00ad"
_LETTER = r"[^\W\d_]"
#: no rule reaches across white space, so that what lies between is analysed once and remembered
_CHUNK = re.compile(r"\S+")
#: group 1 is the word: thousands, decimals, dotted capitals, any other word; a possessive 's goes with it unread
_WORD = re.compile(
    rf"""(
        (?<![\d.,]) \d{{1,3}} (?:,\d{{2,3}}){{0,6}} ,\d{{3}} (?:\.\d+)? (?!,?\d|{_LETTER})
      | \d+ (?:\.\d+)+ (?![^\W_])
      | (?<![^\W_]) {_LETTER} (?:\.{_LETTER})+ (?![^\W_]) \.?
      | [^\W_]+ (?: (?!'[sS](?![^\W_])) ['{_IGNORED}]+ [^\W_]+ )*
    ) (?:'[sS](?![^\W_]))?""",
    re.VERBOSE,
)
_DROPPED = re.compile(rf"[\s',{_APOSTROPHES}]+")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_DECIMAL = re.compile(r"\d+(?:\.\d+)+")


class Token(NamedTuple):
    """A word and where it stands: ``[start, end)`` of the raw text; positions count words from 0.

    joined: the token is a whole compound over its parts' span, at the position of the first part.
    """

    start: int
    end: int
    position: int
    exact: str
    stem: str
    joined: bool = False


class Analyzer:
    """Text to tokens. Two of the same description give the same tokens; what it keeps are forms of words it met."""

    NAME = "english"
    VERSION = 1

    def description(self) -> Mapping[str, object]:
        """What an index was analysed with, for its manifest: equal descriptions, equal tokens."""
        return {
            "name": self.NAME,
            "version": self.VERSION,
            "folding": "lower case, accents, apostrophes, possessives, format characters, thousands separators",
            "compounds": f"parts, and joined up to {MOST_PARTS} parts",
            "stemmer": "Snowball English",
            "longest_term": LONGEST,
        }

    def tokens(self, text: str) -> list[Token]:
        """The tokens in order of start, a joined one before its parts."""
        found: list[Token] = []
        add, known = found.append, _KNOWN
        base = 0
        for match in _CHUNK.finditer(text):
            at = match.start()
            chunk = match[0]
            tokens = known.get(chunk)
            if tokens is None:
                tokens = _remembered(chunk)
            for start, end, position, exact, stem, joined in tokens:
                add(_token(Token, (at + start, at + end, base + position, exact, stem, joined)))
            if tokens:
                base += tokens[-1][2] + 1
        return found

    def exact(self, text: str) -> list[str]:
        """The exact forms of the words, in order, without joined ones."""
        return [token.exact for token in self.tokens(text) if not token.joined]

    def fold(self, value: str) -> str:
        """A whole value as one key: its words' exact forms, a space between them; never empty unless the value is."""
        return " ".join(self.exact(value)) or value.strip().lower()


def _remembered(chunk: str) -> list[Token]:
    """The tokens of a stretch without white space, kept for the next time where it is as short as words are."""
    tokens = _analysed(chunk)
    if len(chunk) <= LONGEST:
        if len(_KNOWN) >= MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[chunk] = tokens
    return tokens


def _analysed(chunk: str) -> list[Token]:
    shape = chunk if chunk.isascii() else chunk.translate(_SHAPES)
    found: list[Token] = []
    position = 0
    end = first = -1  # where the last word ended with its possessive, and the compound's first word in ``found``
    for match in _WORD.finditer(shape):
        start, stop = match.span(1)
        exact = _exact(chunk[start:stop])
        if not exact:
            continue
        if end < 0 or shape[end:start].strip(_IGNORED) != "-":
            _join(found, first)
            first = len(found)
        found.append(Token(start, stop, position, exact, _stem(exact), False))
        position += 1
        end = match.end()
    _join(found, first)
    return found


def _join(found: list[Token], first: int) -> None:
    """Puts the joined token of the compound that begins at index ``first`` before its parts, if it is one."""
    parts = found[first:] if first >= 0 else []
    if not 2 <= len(parts) <= MOST_PARTS:
        return
    joined = "".join(part.exact for part in parts)
    if joined.isdecimal() or len(joined) > LONGEST:
        return
    found.insert(first, Token(parts[0].start, parts[-1].end, parts[0].position, joined, _stem(joined), True))


def _exact(word: str) -> str:
    """The exact form of a word as it stands in the text; empty where nothing is left of it."""
    return (word.lower() if word.isascii() and word.isalnum() else _fold(word))[:LONGEST]


def _fold(word: str) -> str:
    plain = "".join(_plain(unicodedata.normalize("NFKC", word)))
    plain = _DROPPED.sub("", plain)
    if not _DECIMAL.fullmatch(plain):
        plain = plain.replace(".", "")
    folded = _folder().analyze(plain)
    return _ACCENTS.sub("", folded[0]) if folded else ""


def _plain(word: str) -> Iterator[str]:
    for char in word:
        if char.isascii():
            yield char
        elif char.isdecimal():
            yield str(unicodedata.decimal(char))
        elif unicodedata.category(char) not in ("Cf", "Cs"):
            yield char


def _stem(exact: str) -> str:
    stems = _stemmer().analyze(exact)
    return stems[0] if stems else exact


@lru_cache(maxsize=1)
def _folder() -> TextAnalyzer:
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    return TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.lowercase()).filter(Filter.ascii_fold()).build()


@lru_cache(maxsize=1)
def _stemmer() -> TextAnalyzer:
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    return TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer("english")).build()


class _Shapes(dict[int, str]):
    """Each character as the word pattern sees it, one for one: looked up in the Unicode tables once, then kept."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        shape = self[code] = _shape(char)
        return shape


def _shape(char: str) -> str:
    if char in _APOSTROPHES:
        return "'"
    if char in _WIDE_DASHES:
        return " "
    category = unicodedata.category(char)
    if category == "Pd" or char == "\u2212":
        return "-"
    if category[0] == "M":
        return "m"  # a vowel sign or an accent belongs to its word; ``\w`` alone would cut there
    if category == "Cf":
        return _IGNORED
    # a fraction or a raised digit is none of the number before it: 6½ is not 61
    return " " if category[0] in "ZC" or category == "No" else char


_SHAPES = _Shapes()
_KNOWN: dict[str, list[Token]] = {}
#: makes a token of its six values without the cost of a call with defaults: half of the time that analysis takes
_token = tuple.__new__
