"""One battery for every engine: same passages, same scores to 1e-4, same order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ctcorpus.errors import QueryLimitError, UsageError
from ctcorpus.index.analysis import Analyzer
from ctcorpus.index.base import Index, Matches
from ctcorpus.index.disk import DiskIndex
from ctcorpus.index.layout import order_key
from ctcorpus.index.memory import MemoryIndex
from ctcorpus.model.query import (
    And,
    Best,
    ConceptIs,
    DateRange,
    Everything,
    Filtered,
    Fuzzy,
    Near,
    Not,
    NumberRange,
    Or,
    Phrase,
    Query,
    Regex,
    Required,
    Weighted,
    Wildcard,
    Word,
    Words,
)
from tests.index.index_samples import DAMS, PASSAGES, RIVERS, TAXES, built, generated

ALL = len(PASSAGES)
D0, D1, R0, R90, R1000, T0, T20 = (
    f"{DAMS}:0-90",
    f"{DAMS}:100-190",
    f"{RIVERS}:0-80",
    f"{RIVERS}:90-100",
    f"{RIVERS}:1000-1010",
    f"{TAXES}:0-10",
    f"{TAXES}:20-120",
)
TIED = {R90, R1000, T0}

CASES: list[tuple[Query, set[str]]] = [
    (Word("dike"), {D0, D1}),
    (Word("dikes", exact=True), {D0, D1}),
    (Word("dike", exact=True), {D1}),
    (Word("counter-flood"), {D0, D1}),
    (Word("counterflood"), {D0, D1}),
    (And((Word("counter"), Word("flood"))), {D0, R0}),
    (Phrase("counter flood"), {D0}),
    (Phrase("counter-flood programme"), {D0}),
    (Phrase("programme built"), {D0}),
    (Phrase("programme"), {D0}),
    (Phrase("dikes dikes"), {D1}),
    (Phrase("flood every"), set()),
    (Phrase("every flood", slop=5), {R0}),
    (Word("75,175"), {D0, R0}),
    (Word("75175"), {D0, R0}),
    (Word("75"), set()),
    (Word("US"), {R0}),
    (Word("Zarb‑e‑Azb"), {R0}),
    (Words((Word("zarb"), Word("e"), Word("azb"))), {R0}),
    (Word("cafe"), {T20}),
    (Word("SÃO"), {T20}),
    (Word("!!"), set()),
    (And((Word("dike"), Word("!!"))), {D0, D1}),
    (Or((Word("dike"), Word("!!"))), {D0, D1}),
    (Not(Word("dike")), {R0, T20, *TIED}),
    (And((Not(Word("dike")), Not(Word("tied")))), {R0, T20}),
    (And((Word("rivers"), Not(Word("tied")))), {R0}),
    (Or((Word("dike"), Not(Word("tied")))), {D0, D1, R0, T20}),
    (Wildcard("tax*"), {T20}),
    (Wildcard("colo?r"), {T20}),
    (Wildcard("*flood"), {D0, D1, R0}),
    (Wildcard("counter-fl*"), {D0, D1}),
    (Fuzzy("dkie"), {D1}),
    (Fuzzy("dkies", 2), {D0, D1}),
    (Fuzzy("colr", 2), {T20}),
    (Regex("tax(es|ed)"), {T20}),
    (Regex("[^a]*flood"), {D0, D1, R0}),
    (Regex("COLOU?R"), {T20}),
    (Near(Word("flood"), Word("plan"), 5), {R0}),
    (Near(Word("flood"), Word("plan"), 5, negated=True), {D0, R0}),
    (Word("rivers", field="title"), {R0, *TIED}),
    (Phrase("dams and dikes", field="title"), {D0, D1}),
    (Word("costs", field="heading"), {D1}),
    (Phrase("water review", field="site"), {D0, D1}),
    (Word("policy", field="site"), {R0}),
    (Word("seeds/dams.txt", field="path"), {D0, D1}),
    (Wildcard("notes/*.txt", field="path"), {R0}),
    (Word("bo", field="author"), {D0}),
    (Phrase("ruiz bo", field="author"), set()),
    (Word("State", field="kind"), {D0, D1}),
    (Word("sta", field="kind"), set()),
    (Word("en", field="lang"), {D0, D1, R0}),
    (Word("ruiz-2024-dams", field="citekey"), {D0}),
    (Word(RIVERS[:6], field="id"), {R0, R90, R1000}),
    (Word(D0, field="id"), {D0}),
    (Phrase("not stop", field="said"), {D0}),
    (Word("stopped", field="said"), set()),
    (ConceptIs("dike"), {D0}),
    (ConceptIs("Counter Flood"), {D0}),
    (ConceptIs("dike", state=True), {D0, R0}),
    (DateRange("published", "2024", "2024"), {D0, D1}),
    (DateRange("published", "2024-06-30", None), {D0, D1, R0}),
    (DateRange("event", "2010", "2015"), set()),
    (DateRange("event", "2001-06", "2001-06"), {D0}),
    (DateRange("event", "2026", None), {D0}),
    (DateRange("period", None, "1980"), {R0}),
    (DateRange("period", "1999-12-31", "2005"), {R0}),
    (DateRange("period", "2000", "2005"), set()),
    (DateRange("date", "2025", "2025"), {D0, R0}),
    (DateRange("asof", None, None), set()),
    (DateRange("published", None, None), {D0, D1, R0}),
    (NumberRange(70000, 80000), {D0, R0}),
    (NumberRange(12, 13), {D1}),
    (NumberRange(-6, 0), {D1}),
    (NumberRange(1, 1), {R0}),
    (NumberRange(4, 9), set()),
    (NumberRange(None, 0.5), {D1, R0}),
    (Required(Word("dike")), {D0, D1}),
    (Filtered(Word("dike")), {D0, D1}),
    (Weighted(Word("dike"), 0.5), {D0, D1}),
    (Best((Word("dike"), Weighted(Word("flood"), 0.4))), {D0, D1, R0}),
    (And((Word("dike"), Filtered(Word("coast")), Or((Word("flood"), Word("costs"))))), {D0, D1}),
    (And((Everything(), Not(Word("rivers")))), {D0, D1, T20}),
]


@pytest.fixture(scope="module", params=["memory", "disk"])
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    opened: Index = (
        MemoryIndex(PASSAGES) if request.param == "memory" else built(tmp_path_factory.mktemp("index"), PASSAGES)
    )
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[MemoryIndex, DiskIndex]]:
    passages = generated(300)
    disk = built(tmp_path_factory.mktemp("pair"), passages)
    yield MemoryIndex(passages), disk
    disk.close()


def ids(matches: Matches) -> list[str]:
    return [x.passage for x in matches.matches]


@pytest.mark.parametrize(("query", "wanted"), CASES, ids=[str(x) for x, _ in CASES])
def test_what_a_query_matches(index: Index, query: Query, wanted: set[str]) -> None:
    found = index.match(query, limit=50)
    assert set(ids(found)) == wanted
    assert found.total == len(wanted) == index.frequency(query)
    assert all(x.score >= y.score for x, y in zip(found.matches, found.matches[1:], strict=False))
    assert list(index.keys(query)) == sorted(order_key(x) for x in wanted)


@pytest.mark.parametrize("query", [x for x, wanted in CASES if wanted], ids=str)
def test_an_explanation_adds_up_to_the_score(index: Index, query: Query) -> None:
    for match in index.match(query, limit=50).matches:
        told = index.explain(query, match.passage)
        assert told is not None
        assert told["value"] == pytest.approx(match.score, abs=2e-4)
        check(told)


def check(told: Any) -> None:
    """The value of each sum, product and best is that of its details."""
    values = [x["value"] for x in told["details"]]
    if told["description"].startswith("sum"):
        assert told["value"] == pytest.approx(sum(values))
    if told["description"].startswith("product"):
        assert told["value"] == pytest.approx(values[0] * values[1])
    if told["description"].startswith("best"):
        assert told["value"] == max(values)
    for detail in told["details"]:
        check(detail)


def test_what_does_not_match_is_not_explained(index: Index) -> None:
    assert index.explain(Word("dike"), R0) is None
    assert index.explain(Not(Word("dike")), D0) is None
    assert index.explain(Word("dike"), "nothing:1-2") is None


def test_ties_stand_in_order_of_document_and_start(index: Index) -> None:
    assert ids(index.match(Word("tied"), limit=9)) == [R90, R1000, T0]
    assert ids(index.match(Word("tied"), limit=1, offset=1)) == [R1000]
    assert ids(index.match(Everything(), limit=9)) == [D0, D1, R0, R90, R1000, T0, T20]
    assert ids(index.match(Everything(), limit=2, offset=3)) == [R90, R1000]


def test_a_limit_of_nothing_counts(index: Index) -> None:
    assert index.match(Word("tied"), limit=0) == Matches(3, ())
    assert index.match(Everything(), limit=0).total == ALL


def test_conditions_score_nothing(index: Index) -> None:
    plain = index.match(Word("dike"), limit=9)
    for condition in (ConceptIs("dike"), Word("global", field="site"), DateRange("date", "2024", "2024")):
        both = index.match(And((Word("dike"), condition)), limit=9)
        assert both.matches[0].score == next(x.score for x in plain.matches if x.passage == both.matches[0].passage)


def test_equal_words_count_once(index: Index) -> None:
    once = index.match(Word("dike"), limit=9)
    assert index.match(Or((Word("dike"), Word("dike"))), limit=9) == once
    assert index.match(Words((Word("dike"), Word("Dike"))), limit=9) == once


def test_the_terms_of_a_pattern_come_nearest_then_most_frequent_first(index: Index) -> None:
    assert index.terms(Fuzzy("dikes"), limit=9) == ["dikes", "dike"]
    assert set(index.terms(Wildcard("tax*"), limit=9)) == {"taxation", "taxed", "taxes", "taxpayer"}
    assert len(index.terms(Wildcard("tax*"), limit=2)) == 2
    assert index.terms(Word("tax"), limit=9) == []


def test_a_regex_that_is_none_is_said_to_be_none(index: Index) -> None:
    for pattern in ("a(", "a)(b", "(a{1000}){1000}"):
        with pytest.raises(UsageError):
            index.match(Regex(pattern), limit=1)


def test_too_many_scans_are_refused(index: Index) -> None:
    with pytest.raises(QueryLimitError):
        index.match(Or(tuple(Regex(f"a{i}") for i in range(7))), limit=1)


def test_an_unknown_field_or_date_is_refused(index: Index) -> None:
    for query in (Word("x", field="autor"), DateRange("updated", None, None), DateRange("date", "soon", None)):
        with pytest.raises(UsageError):
            index.match(query, limit=1)


GENERATED = [
    Word("river"),
    Or((Word("river"), Word("dams"), Word("the"))),
    Words((Word("counter-flood"), Word("plan"))),
    Or((Word("counter-flood"), Word("zarb-e-azb"), Word("tax"))),
    Phrase("river dam"),
    Or((Phrase("the of"), Phrase("dam canal flood"))),
    Wildcard("c*"),
    Fuzzy("taxe", 2),
    Best((Word("us"), Weighted(Word("1200"), 0.3))),
    And((Word("coast"), Not(Word("cafe")))),
    DateRange("event", "2015", "2016"),
    And((Word("dike"), NumberRange(45, 48))),
    Everything(),
]


@pytest.mark.parametrize("query", GENERATED, ids=str)
def test_engines_agree(pair: tuple[MemoryIndex, DiskIndex], query: Query) -> None:
    memory, disk = (x.match(query, limit=300) for x in pair)
    assert memory.total == disk.total
    scores = {x.passage: x.score for x in disk.matches}
    assert {x.passage for x in memory.matches} == set(scores)
    assert all(x.score == pytest.approx(scores[x.passage], abs=2e-4) for x in memory.matches)
    first = [x.match(query, limit=7, offset=3) for x in pair]
    assert ids(first[0]) == ids(memory)[3:10]
    assert ids(first[1]) == ids(disk)[3:10]


def test_engines_agree_about_statistics(pair: tuple[MemoryIndex, DiskIndex]) -> None:
    memory, disk = (x.statistics() for x in pair)
    assert memory.passages == disk.passages == 300
    assert memory.mean_length == pytest.approx(disk.mean_length, rel=1e-5)


def test_the_disk_holds_the_analyzers_tokens_and_no_others(pair: tuple[MemoryIndex, DiskIndex]) -> None:
    memory, disk = pair
    for field in ("ranked", "exact", "title", "heading"):
        assert memory.vocabulary(field) == disk.vocabulary(field)
    held = {token.exact for made in generated(300) for token in Analyzer().tokens(made.body)}
    assert {term for term, _ in disk.vocabulary("exact")} == held


def test_an_empty_index_answers(tmp_path: Path) -> None:
    for empty in (MemoryIndex([]), built(tmp_path, [])):
        assert empty.match(Word("river"), limit=5) == Matches(0, ())
        assert empty.match(Wildcard("r*"), limit=5).total == 0
        assert empty.statistics().passages == 0
        assert empty.explain(Word("river"), "x:1-2") is None
        empty.close()
