"""The parser: examples, properties over typed strings and over trees, limits, cost."""

from __future__ import annotations

import contextlib
import random
import subprocess
import sys
import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ctcorpus.errors import QueryLimitError
from ctcorpus.model import query as tree
from ctcorpus.model.query import (
    And,
    ConceptIs,
    DateRange,
    Everything,
    Fuzzy,
    Near,
    Not,
    NumberRange,
    Or,
    Phrase,
    Query,
    Regex,
    Required,
    Wildcard,
    Word,
    Words,
)
from ctcorpus.query.grammar import MAX_CHARACTERS, MAX_CLAUSES, MAX_DEPTH, MAX_REGEXES
from ctcorpus.query.parse import parse

#: what is typed, the tree written out, and (column, words of the sentence) of each warning
EXAMPLES: list[tuple[str, str, list[tuple[int, str]]]] = [
    ("border fence", "border fence", []),
    (
        "Zarb-e-Azb cross-border don't 9/11 and/or U.S. 1,200",
        "Zarb-e-Azb cross-border don't 9/11 and/or U.S. 1,200",
        [],
    ),
    (", a ,-, b", "a b", [(6, "stands alone")]),
    ("rivers, lakes; hills", "rivers lakes hills", []),
    ('"a b" “a b” „a b“ «a b» »a b«', '"a b" "a b" "a b" "a b" "a b"', []),
    ('«he said "no" twice»', '“he said "no" twice”', []),
    ('"AND" and', '"AND" and', []),
    ("a AND b AND c", "a AND b AND c", []),
    ("a AND b OR c", "(a AND b) OR c", [(1, "AND before OR")]),
    ("x (a OR b AND c)", "x (a OR (b AND c))", [(4, "AND before OR")]),
    ("a b OR c", "(a b) OR c", [(1, "side by side before OR")]),
    ("(a AND b) OR c", "(a AND b) OR c", []),
    ("a b AND c", "(a b) AND c", []),
    ("NOT a b", "-a b", []),
    ("a NOT (b OR c)", "a -(b OR c)", []),
    ("a -b +c", "a -b +c", []),
    ("a - b", "a b", [(3, "'-' stands alone")]),
    ('"pro"-state', '"pro" "-state"', [(6, "searched as text")]),
    ("--all", '"--all"', [(1, "searched as text")]),
    ('"a b"~5', '"a b"~5', []),
    ('"a b"~5000', '"a b"', [(6, "too far")]),
    ("a w/5 b", "a w/5 b", []),
    ("a W/5 b w/2 c", "(a w/5 b) w/2 c", []),
    ("a not w/5 b", "a not w/5 b", []),
    ("a NOT w/5 b", "a not w/5 b", []),
    ("not w/5 b", "not w/5 b", []),
    ("a (not w/5 b)", "a (not w/5 b)", []),
    ("c -a w/5 b", "c -(a w/5 b)", []),
    ('"a b" w/5 (c* OR d?e OR @f)', '"a b" w/5 (c* OR d?e OR @f)', []),
    ("title:(a w/5 b)", "title:a w/5 title:b", []),
    ("a w/0 b", "a w/0 b", [(3, "no distance")]),
    ("a w/5", 'a "w/5"', [(3, "lacks a word")]),
    ("a w/5 (b -c)", 'a "w/5" (b -c)', [(3, "without NOT")]),
    ("a w/5 title:b", 'a "w/5" title:b', [(3, "in one field")]),
    ("a w/5 num:3", 'a "w/5" num:3', [(3, "ranges")]),
    ("pre* colo?r", "pre* colo?r", []),
    ("what now?", "what now", []),
    ("fence now?", "fence now?", [(7, "one more letter")]),
    ("term~ term~1 term~2", "term~1 term~1 term~2", []),
    ("term~3", "term~3", [(1, "edits")]),
    ("a*~1", "a*~1", [(1, "at once")]),
    ("/colou?r/ /(a|b)c/ /a\\/b/", "/colou?r/ /(a|b)c/ /a\\/b/", []),
    ("/a", "/a", [(1, "no closing '/'")]),
    ("/usr/lib/x", "/usr/lib/x", []),
    ("/a(/", '"/a(/"', [(1, "unclosed group")]),
    ("/a\\w/ /b\\\\w/", '"/a\\w/" /b\\\\w/', [(1, "too large")]),
    ("/a/ /b/ /c/ /d/ /e/", '/a/ /b/ /c/ /d/ "/e/"', [(17, "takes 4")]),
    ("/^a$/", '"/^a$/"', [(1, "leave out ^")]),
    ("*", "*", [(1, "every passage")]),
    ("* -a", "* -a", []),
    ("a *", "a *", [(3, "every passage")]),
    ("a ?*", "a", [(3, "stands for any word")]),
    ("NOT a", "-a", [(1, "only says what to leave out")]),
    ("site:x -a", "site:x -a", []),
    ("title:a Site:b.org", "title:a site:b.org", []),
    ("site:(a b) c", "(site:a site:b) c", []),
    ("site:(a OR title:b)", "site:a OR title:b", []),
    ('title:=a title:b* title:/c/ title:d~ title:"e f"', 'title:=a title:b* title:/c/ title:d~1 title:"e f"', []),
    ("title:(@a b)", "@a title:b", [(8, "'title:' does not hold")]),
    ("id:abc:12-40 site:https://x.org/?a=1", "id:abc:12-40 site:https://x.org/?a=1", []),
    ("autor:b", "autor:b", [(1, "Did you mean 'author:'?")]),
    ('-autor:"b c"', '-(autor: "b c")', [(2, "Unknown field 'autor'"), (1, "only says")]),
    ("autor:(b c) d", "(autor: (b c)) d", [(1, "Known fields: title, heading, author")]),
    ("http://x.org/?a 22:03 C:\\x Note: b", "http://x.org/?a 22:03 C:\\x Note: b", []),
    ("site: b", "site: b", [(1, "no value")]),
    ("published:2024-06..2025-03", "published:2024-06..2025-03", []),
    ("asof:2024.. event:..2024 period:2024-06-01", "asof:2024.. event:..2024 period:2024-06-01", []),
    ("published:2026-02-22T22:03+05:00", "published:2026-02-22T22:03+05:00", []),
    ("published:2026-02-22T22:03Z..2026-03", "published:2026-02-22T22:03Z..2026-03", []),
    ("published:2026-02-22T22:03+99:00", "published:2026-02-22T22:03+99:00", [(1, "is no date")]),
    ("date:2025-Q1", "date:2025-01..2025-03", []),
    ("date:2024-Q4..2025-q2", "date:2024-10..2025-06", []),
    ("date:2024/2025", "date:2024..2025", []),
    ("date:(2020 OR 2024)", "date:2020 OR date:2024", []),
    ("date:2024-13", "date:2024-13", [(1, "'2024-13' is no date")]),
    ("date:2025..2024", "date:2025..2024", [(1, "Write date:2024..2025")]),
    ("date:..", "date:..", [(1, "has no date")]),
    ('date:"June 2024"', 'date: "June 2024"', [(1, "is no date")]),
    ("num:70000..80000 a", "num:70000..80000 a", []),
    ("num:75,175 num:1,00,000 num:-2.5", "num:75175 num:100000 num:-2.5", []),
    ("num:>1000 num:<=5 num:1000..", "num:1000.. num:..5 num:1000..", []),
    ("num:75,5", "num:75,5", [(1, "is no number")]),
    ("num:9..1", "num:9..1", [(1, "Write num:1..9")]),
    ("num:1e999", "num:1e999", [(1, "is no number")]),
    ('@a @a+state @"b c" @"b c"+state @grp:a', '@a @a+state @"b c" @"b c"+state @grp:a', []),
    ("@a+b", "@a+b", [(1, "names no concept")]),
    ("=term =AND ==x", "=term =AND ==x", []),
    ("=pre*", "=pre*", [(1, "letter by letter")]),
    ('="a b"', '"a b"', []),
    ('"a* b"', '"a* b"', [(1, "'*' in quotation marks")]),
    ('"a b', "a b", [(1, "not closed")]),
    ('site:"a b', "site: a b", [(6, "not closed")]),
    ("(a OR b", "a OR b", [(1, "closed at the end")]),
    ("a) b", "a b", [(2, "closes nothing")]),
    ("a () b", "a b", [(3, "nothing in '()'")]),
    ("AND", '"AND"', [(1, "'AND' lacks")]),
    ("a OR", 'a "OR"', [(3, "'OR' lacks")]),
    ("a AND OR b", '(a "AND") OR b', [(3, "'AND' lacks"), (1, "before OR")]),
    ('a -"" b', "a b", [(4, "no letter or digit")]),
    ("\u200fa \u200e& b", "a b", [(5, "'&' has no letter")]),
    ("a\x00b", "a b", []),
    ("", "", [(1, "nothing to search for")]),
    ("🙂", "", [(1, "no letter"), (1, "nothing to search for")]),
]

LEAVES = (Word, Phrase, Wildcard, Fuzzy, Regex, DateRange, NumberRange, ConceptIs)


@pytest.mark.parametrize(("typed", "written", "warnings"), EXAMPLES, ids=[row[0] for row in EXAMPLES])
def test_examples(typed: str, written: str, warnings: list[tuple[int, str]]) -> None:
    parsed = parse(typed)
    assert str(parsed.query) == written
    assert len(parsed.warnings) == len(warnings)
    for column, words in warnings:
        assert any(w.column == column and words in w.message for w in parsed.warnings), parsed.warnings
    assert parse(written).query == parsed.query


def test_trees() -> None:
    assert parse("a").query == Word("a")
    assert parse("a b").query == Words((Word("a"), Word("b")))
    assert parse("(a b) c").query == Words((Words((Word("a"), Word("b"))), Word("c")))
    assert parse("a OR -b").query == Or((Word("a"), Not(Word("b"))))
    assert parse("+a AND =b").query == And((Required(Word("a")), Word("b", exact=True)))
    assert parse("num:75,175").query == NumberRange(75175.0, 75175.0)
    assert parse("date:2025-Q1").query == DateRange("date", "2025-01", "2025-03")
    assert parse("date:..2024").query == DateRange("date", None, "2024")
    assert parse('@"b c"+state').query == ConceptIs("b c", True)
    assert parse("").query == Words(())


def test_exact_makes_every_word_exact() -> None:
    query = parse('a title:b "c d" e* (f OR g) autor:h', exact=True).query
    assert all(node.exact for node in query.walk() if isinstance(node, Word))
    assert parse("a not w/5 b", exact=True).query == Near(Word("a", exact=True), Word("b", exact=True), 5, True)


PIECES = [
    *"\"“”„«»()+-*?~/@=:.,;!&|<>[]{}^$%#\\'’",
    *" \t\n\x00\x1f\x7f\x85\u200e\u200f\u202e\u2066\u00ad\u200d\ud800🙂é ",
    *("AND", "OR", "NOT", "not", "w/5", "W/2", "w/0", "w/99999", "+state", "..", "//", "://", "~1", "~9"),
    *("site:", "title:", "autor:", "published:", "date:", "num:", "2024", "2025-Q1", "1,200", "a", "b", "ttp", "در"),
    *(" a", " b ", " (", ") ", ' "', '" ', " -", " +", " @", " =", " /"),
]
TYPED = st.lists(st.sampled_from(PIECES), max_size=24).map("".join) | st.text(max_size=40)


@settings(max_examples=300, deadline=None)
@given(TYPED, st.booleans())
def test_whatever_is_typed(text: str, exact: bool) -> None:
    _check(text, exact)


def test_five_thousand_lines() -> None:
    draw = random.Random("five thousand lines")
    for _ in range(5000):
        _check("".join(draw.choices(PIECES, k=draw.randint(0, 24))), draw.random() < 0.3)


def _check(text: str, exact: bool) -> None:
    """What holds for every line: read or refused, written out and read again, never nothing without a warning."""
    try:
        parsed = parse(text, exact=exact)
    except QueryLimitError:
        return
    assert parse(str(parsed.query)).query == parsed.query
    assert all(1 <= w.column <= len(text) + 1 and w.message for w in parsed.warnings)
    assert [w.column for w in parsed.warnings] == sorted(w.column for w in parsed.warnings)
    nodes = list(parsed.query.walk())
    if not any(isinstance(node, LEAVES) for node in nodes):
        assert parsed.warnings
    assert all(any(map(str.isalnum, node.text)) for node in nodes if isinstance(node, Word | Phrase | Fuzzy))
    assert not exact or all(node.exact for node in nodes if isinstance(node, Word))


NAMES = st.text("abcdefgh", min_size=1, max_size=5)
FIELD = st.none() | st.sampled_from(sorted(tree.FIELDS))
DAYS = st.sampled_from(["2019", "2020-02", "2020-02-29", "2021~"])
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
PLACED = st.one_of(
    st.builds(Word, NAMES, st.none(), st.booleans()),
    st.builds(Phrase, st.sampled_from(["a b", 'a "b" c', "a ”b", 'x” y"', "AND", "(a)"]), st.integers(0, 9)),
    st.builds(Wildcard, st.sampled_from(["a*", "b?c", "*d"])),
    st.builds(Fuzzy, NAMES, st.sampled_from([1, 2])),
    st.builds(Regex, st.sampled_from(["a+", "b/c", "(a|b)c", "[a-z]d", "a\\\\/b"])),
    st.builds(ConceptIs, st.sampled_from(["a", "b c", "g:a", 'q"r', "(s"]), st.booleans()),
)
CONDITIONS = st.one_of(
    st.builds(Word, NAMES, FIELD, st.booleans()),
    st.builds(Phrase, st.just("a b"), st.integers(0, 9), FIELD),
    st.builds(DateRange, st.sampled_from(sorted(tree.DATE_FIELDS)), DAYS, st.none()),
    st.builds(DateRange, st.sampled_from(sorted(tree.DATE_FIELDS)), st.just("2018"), DAYS),
    NUMBERS.map(lambda x: NumberRange(x, x)),
    NUMBERS.map(lambda x: NumberRange(None, x)),
    st.tuples(NUMBERS, NUMBERS).map(lambda pair: NumberRange(min(pair), max(pair))),
    st.just(Everything()),
)


def _lists(items: st.SearchStrategy[Query]) -> st.SearchStrategy[tuple[Query, ...]]:
    return st.lists(items, min_size=2, max_size=3).map(tuple)


def _joined(below: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = _lists(below)
    return st.builds(And, several) | st.builds(Or, several) | st.builds(Words, several)


def _placed(below: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    return _joined(below) | st.builds(Near, below, below, st.integers(1, 50), st.booleans())


def _any(below: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    return _joined(below) | st.builds(Not, below) | st.builds(Required, below)


TREES = st.recursive(st.recursive(PLACED, _placed, max_leaves=4) | CONDITIONS, _any, max_leaves=8)


@settings(max_examples=300, deadline=None)
@given(TREES)
def test_whatever_tree(query: Query) -> None:
    assume(sum(isinstance(node, Regex) for node in query.walk()) <= MAX_REGEXES)
    try:
        assert parse(str(query)).query == query
    except QueryLimitError:
        assert len(str(query)) > MAX_CHARACTERS or len(list(query.walk())) > MAX_DEPTH


def test_limits() -> None:
    assert parse("a" * MAX_CHARACTERS).query == Word("a" * MAX_CHARACTERS)
    assert len(list(parse("a " * MAX_CLAUSES).query.walk())) == MAX_CLAUSES + 1
    assert parse("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH).query == Word("a")
    nested = "a"
    for _ in range(MAX_DEPTH - 1):
        nested = f"-({nested})" if nested != "a" else "-a"
    assert str(parse(nested).query) == nested
    for typed, limit in [
        ("a" * (MAX_CHARACTERS + 1), "characters"),
        ("a " * (MAX_CLAUSES + 1), "clauses"),
        ("(" * (MAX_DEPTH + 1) + "a" + ")" * (MAX_DEPTH + 1), "deep"),
        (f"-({nested})", "deep"),
        ("NOT " * 200 + "a", "deep"),
        ("a" + " w/5 a" * 60, "deep"),
        ("-(" * 300, "deep"),
        (f"heading:({'longer-words ' * 60})", "written in full"),
    ]:
        with pytest.raises(QueryLimitError, match=limit):
            parse(typed)


@pytest.mark.parametrize(
    "piece", ['"', "“", "(", ")", "/(", "/\\/", "~", "-", "a:", '"a', "«»", "@", "=", "..", "*?", "/.*a.{9}/ "]
)
def test_time_is_short_for_repeated_pieces(piece: str) -> None:
    started = time.perf_counter()
    with contextlib.suppress(QueryLimitError):
        parse(piece * (MAX_CHARACTERS // len(piece)))
    assert time.perf_counter() - started < 2


def test_import_is_light() -> None:
    code = "import sys, ctcorpus.query.parse as p; p.parse('a \"b c\" d*'); print('\\n'.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"tantivy", "difflib", "numpy", "pydantic", "rich", "typer", "sqlite3"} & set(loaded)
