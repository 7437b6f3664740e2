"""The terms that a wildcard, a fuzzy word or a regex stands for.

A person's pattern runs on the engine's regular expressions (Rust's ``regex``: time linear in the length of the term,
size bounded when it is compiled), never on Python's, and over all terms at once, a line each. A fuzzy word is compared
with the terms that hold one of its pieces unchanged; these are walked as a tree, which leaves a branch where no
continuation can be near enough.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Protocol

from ctcorpus.errors import QueryLimitError, UsageError
from ctcorpus.index.analysis import Analyzer
from ctcorpus.model.query import Fuzzy, Regex, Wildcard

#: terms that one wildcard, fuzzy word or regex stands for at most: the nearest, then the most frequent
MOST_TERMS = 200
#: edits of a fuzzy word, and letters that it may have
MOST_EDITS, LONGEST_FUZZY = 2, 32

_SEPARATORS = re.compile(r"[/\s._:]+")
_WILD = re.compile(r"([*?])")
_MARK = "\x01"
_ANCHORED = re.compile(r"(?<!\[)\^|\$|\\[AzbB<>]")
#: the beginning of a class of what is not meant, and escapes, which are passed over
_NEGATED = re.compile(r"(\\.)|\[\^", re.DOTALL)


class Vocabulary(Protocol):
    """The terms of an index."""

    def vocabulary(self, field: str, prefix: str = "") -> Sequence[tuple[str, int]]:
        """The terms of a field that begin so, in order, each with the number of passages that hold it."""


Found = Iterable[tuple[str, int, int]]  # term, its passages, its distance


def expand(
    query: Wildcard | Fuzzy | Regex, field: str, vocabulary: Vocabulary, analyzer: Analyzer, limit: int = MOST_TERMS
) -> list[list[tuple[str, int]]]:
    """The terms for each part of the pattern, with their distances (0 but for fuzzy words), best first.

    A wildcard over several words (``seeds/*.txt``) has a part for each; anything else has one. At most ``limit`` terms
    a part. Raises UsageError for a regex that is none, QueryLimitError for a fuzzy word that is too long.
    """
    match query:
        case Wildcard():
            parts = wildcard_parts(query.pattern)
            return [_best(_wildcard(part, field, vocabulary, analyzer), limit) for part in parts]
        case Fuzzy():
            return [_best(_fuzzy(query, field, vocabulary, analyzer), limit)]
        case Regex():
            return [_best(_matching(query.pattern, vocabulary.vocabulary(field)), limit)]


def wildcard_parts(pattern: str) -> list[str]:
    """The words of a wildcard pattern, each looked up on its own."""
    return [x for x in _SEPARATORS.split(pattern) if x]


def _best(found: Found, limit: int) -> list[tuple[str, int]]:
    ranked = sorted(found, key=lambda x: (x[2], -x[1], x[0]))
    return [(term, distance) for term, _, distance in ranked[:limit]]


def _wildcard(pattern: str, field: str, vocabulary: Vocabulary, analyzer: Analyzer) -> Found:
    pieces = [x if x in ("*", "?") else "".join(analyzer.exact(x)) for x in _WILD.split(pattern)]
    letters = [x for x in pieces if x not in ("*", "?", "")]
    prefix = pieces[0]
    terms = vocabulary.vocabulary(field, prefix)
    if pieces == [prefix, "*", ""]:
        return ((x, n, 0) for x, n in terms)
    rarest = max(letters, key=len, default="")
    marks = {"*": ".*", "?": "."}
    return _matching("".join(marks.get(x) or re.escape(x) for x in pieces), [x for x in terms if rarest in x[0]])


def _matching(pattern: str, terms: Sequence[tuple[str, int]]) -> Found:
    """The terms that the pattern matches whole."""
    matches = _matcher(pattern)  # says what is wrong with it
    if _ANCHORED.search(pattern):  # an anchor would meet the mark of the line
        return ((x, n, 0) for x, n in terms if matches(x))
    lines = "".join(f"\n{_MARK}{x}" for x, _ in terms)
    found = _analysed(_NEGATED.sub(lambda x: x[1] or "[^\\n", pattern), lines)
    if any("\n" in x for x in found):  # a pattern that goes beyond a line: one term after the other then
        return ((x, n, 0) for x, n in terms if matches(x))
    wanted = {x[1:] for x in found}
    return ((x, n, 0) for x, n in terms if x in wanted)


def _analysed(pattern: str, lines: str) -> list[str]:
    """The lines that the pattern matches whole behind their mark, whatever their case.

    The mark keeps a match from being empty: at an empty one, the engine stops.
    """
    from tantivy import TextAnalyzerBuilder, Tokenizer

    return TextAnalyzerBuilder(Tokenizer.regex(f"(?mi)^{_MARK}(?:{pattern})$")).build().analyze(lines)


@lru_cache(maxsize=64)
def _matcher(pattern: str) -> Callable[[str], bool]:
    """Tells whether a pattern matches a term whole, whatever its case. Raises UsageError for what is no pattern."""
    from tantivy import TextAnalyzerBuilder, Tokenizer

    try:
        TextAnalyzerBuilder(Tokenizer.regex(pattern)).build()  # alone first: wrapped, "a)(b" would pass
        single = TextAnalyzerBuilder(Tokenizer.regex(f"(?i)^(?:{pattern})$")).build()
    except ValueError as error:
        remedy = "Check its brackets, or search the words themselves"
        raise UsageError(f"'/{pattern}/' is no regular expression, or one that is too large", remedy) from error
    return lambda term: single.analyze(term) == [term]


def _fuzzy(query: Fuzzy, field: str, vocabulary: Vocabulary, analyzer: Analyzer) -> Iterator[tuple[str, int, int]]:
    word = "".join(analyzer.exact(query.text))
    if len(word) > LONGEST_FUZZY:
        raise QueryLimitError(query.text, f"a fuzzy word has at most {LONGEST_FUZZY} letters")
    if word:
        edits = min(query.distance, MOST_EDITS)
        yield from _near(word, _with_a_piece(word, vocabulary.vocabulary(field), edits), edits)


def _with_a_piece(word: str, terms: Sequence[tuple[str, int]], edits: int) -> Sequence[tuple[str, int]]:
    """The terms of about the word's length that hold one of its pieces unchanged: no other can be near.

    Each edit spoils one of ``edits + 1`` pieces; only an exchange of two letters across a cut would spoil two, so the
    pieces of the words with such an exchange count as well.
    """
    if len(word) <= edits:
        return terms
    cuts = [len(word) * i // (edits + 1) for i in range(edits + 2)]
    words = [word]
    for cut in cuts[1:-1]:
        words += [x[: cut - 1] + x[cut] + x[cut - 1] + x[cut + 1 :] for x in words]
    pieces = sorted({x[start:end] for x in words for start, end in pairwise(cuts)})
    holds = re.compile("|".join(map(re.escape, pieces))).search  # fixed strings: linear
    longest, shortest = len(word) + edits, len(word) - edits
    return [x for x in terms if shortest <= len(x[0]) <= longest and holds(x[0])]


def _near(word: str, terms: Sequence[tuple[str, int]], edits: int) -> Iterator[tuple[str, int, int]]:
    """The terms within ``edits`` of the word: letters left out, put in, changed, or two neighbours exchanged.

    terms: sorted. Each row holds the distances of the word's beginnings to one beginning of the term (optimal string
    alignment); terms share the rows of what they have in common.
    """
    rows = [list(range(len(word) + 1))]
    previous, at = "", 0
    while at < len(terms):
        term, frequency = terms[at]
        shared = _shared(previous, term, len(rows) - 1)
        del rows[shared + 1 :]
        previous = term
        for depth in range(shared, len(term)):
            rows.append(_row(word, term, depth, rows))
            if min(rows[-1]) > edits:
                break
        if min(rows[-1]) > edits:  # every term that begins so is too far
            at = _after(terms, term[: len(rows) - 1], at)
            rows.pop()
            continue
        if rows[-1][-1] <= edits:
            yield term, frequency, rows[-1][-1]
        at += 1


def _row(word: str, term: str, depth: int, rows: list[list[int]]) -> list[int]:
    last, letter = rows[depth], term[depth]
    row = [depth + 1]
    for i, wanted in enumerate(word, 1):
        cost = min(row[-1] + 1, last[i] + 1, last[i - 1] + (wanted != letter))
        if i > 1 and depth and wanted == term[depth - 1] and word[i - 2] == letter:
            cost = min(cost, rows[depth - 1][i - 2] + 1)
        row.append(cost)
    return row


def _shared(a: str, b: str, most: int) -> int:
    length = 0
    while length < min(most, len(a), len(b)) and a[length] == b[length]:
        length += 1
    return length


def _after(terms: Sequence[tuple[str, int]], prefix: str, at: int) -> int:
    """The index of the first term behind all that begin with ``prefix``."""
    return bisect_left(terms, True, lo=at, key=lambda x: x[0][: len(prefix)] > prefix)
