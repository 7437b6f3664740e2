"""Relations between figures: periods, scopes, bounds and arithmetic, on figures made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ctcorpus.analysis.figures.about import About
from ctcorpus.analysis.figures.measures import Measured, Measures, act_of
from ctcorpus.analysis.figures.periods import length, lie
from ctcorpus.analysis.figures.relations import relate
from ctcorpus.analysis.figures.values import fit, last_digit, reach
from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.annotate.thesaurus import Thesaurus
from ctcorpus.model.analysis import Relation
from ctcorpus.model.entry import Entry
from ctcorpus.model.facts import Figure, Qualifier
from ctcorpus.model.span import Span

BASE = Figure(
    id="x:0-1",
    start=0,
    end=1,
    number=Span(0, 1),
    value=100,
    low=None,
    high=None,
    kind="count",
    qualifier="exact",
    unit=None,
    counted="terrorists",
    act="killed",
    actor=None,
    place=None,
    period="2025",
    evidence={},
    attribution=None,
    hedge=None,
    sentence=Span(0, 10),
)
MEASURES = Measures(LabelTable.of(Thesaurus.shipped()))


def entry(name: str) -> Entry:
    return Entry(name, name, name, (name,))


def placed(figure: Figure, where: Entry, about: str = "valley ambush") -> Measured:
    """What a figure measures, in a text with these telling words about it."""
    found = MEASURES.of(figure, where, "")
    assert found is not None
    words = About({x: (x, 1.0) for x in about.split()}, lambda _stem, _word: 0.8)
    return replace(found, about=lambda: words)


def drawn(a: Figure, b: Figure, about: str = "valley ambush", other: str = "valley ambush") -> Relation | None:
    """What relates two figures whose texts have these telling words."""
    first, second = placed(a, entry("one"), about), placed(b, entry("two"), other)
    return relate(first, second) if first.key == second.key else None


def test_a_bound_holds_the_exact_number() -> None:
    operations = replace(BASE, counted="intelligence-based operations", act="conducted")
    found = drawn(replace(operations, value=75_175), replace(operations, value=75_000, qualifier="over"))
    assert found is not None
    assert found.verdict == "rounded"


def test_the_same_number_is_no_confirmation_and_other_acts_are_named() -> None:
    found = drawn(replace(BASE, value=2_597), replace(BASE, value=2_597, act="neutralised"))
    assert found is not None
    assert found.verdict == "same"
    assert "not confirmation" in found.reason
    assert "'killed' and 'neutralised'" in found.reason


def test_a_rate_is_derived_by_division() -> None:
    count = replace(BASE, counted="operations", act=None, value=75_175)
    rate = replace(count, kind="rate", unit="per day", value=206)
    found = drawn(count, rate)
    assert found is not None
    assert (found.verdict, found.arithmetic) == ("derived", "75,175 / 365 = 206 a day")


@pytest.mark.parametrize("period", ["2024", "2025-01/2025-03", "2021/..", "P20Y"])
def test_other_periods_are_never_held_against_each_other(period: str) -> None:
    found = drawn(BASE, replace(BASE, value=500, period=period))
    assert found is not None
    assert found.verdict == "other_period"


def test_other_places_are_another_scope() -> None:
    first, second = placed(BASE, entry("one")), placed(replace(BASE, value=900), entry("two"))
    found = relate(replace(first, place=frozenset(("plc:swat",))), second)
    assert found is not None
    assert found.verdict == "other_scope"


def test_one_measure_one_period_two_numbers_differ() -> None:
    found = drawn(replace(BASE, value=2_597), replace(BASE, value=1_311))
    assert found is not None
    assert (found.verdict, found.arithmetic) == ("differs", "2,597 - 1,311 = 1,286")


def test_a_later_number_of_the_same_site_is_a_revision() -> None:
    early, late = (replace(entry(x), site="Site", published=x) for x in ("2025-01-02", "2025-02-02"))
    a, b = placed(replace(BASE, value=41), early), placed(replace(BASE, value=57), late)
    found = relate(a, b)
    assert found is not None
    assert found.verdict == "revised"


def test_the_number_alone_relates_nothing() -> None:
    assert drawn(replace(BASE, value=2_600), replace(BASE, value=2_600, counted="fence posts", act=None)) is None
    assert drawn(BASE, replace(BASE, act="arrested")) is None


def test_without_a_period_small_numbers_are_not_related() -> None:
    assert drawn(replace(BASE, period=None, value=13), replace(BASE, period=None, value=13), "hills", "coast") is None
    assert drawn(replace(BASE, period=None, value=2_597), replace(BASE, value=2_597)) is not None


def test_names_and_acronyms_are_one_noun() -> None:
    assert MEASURES.noun("IBOs") == MEASURES.noun("intelligence-based operations")
    assert MEASURES.noun("soldiers’ lives").act == "killed"
    assert MEASURES.noun("civilians and security personnel").heads == {"people", "force"}
    assert MEASURES.noun("Kashmiris").heads == MEASURES.noun("villagers and Afghans").heads - {"villag"} == {"people"}
    assert act_of("lost their lives") == act_of("martyred") == "killed"


def test_relating_is_the_same_both_ways() -> None:
    qualifiers: tuple[Qualifier, ...] = ("exact", "over", "nearly")
    others = [replace(BASE, value=x, qualifier=y) for x in (90, 100, 2_600) for y in qualifiers]
    for a in others:
        for b in others:
            one, other = drawn(a, b), drawn(b, a)
            assert (one and one.verdict) == (other and other.verdict)


def test_periods() -> None:
    assert lie("2025-02", "2025-01/2025-03") == "inside"
    assert lie("2025", "2025-01/2025-12") == "same"
    assert length("2024-02") == 29
    assert length(None) is None


def test_values() -> None:
    assert last_digit(2_600) == 100
    assert last_digit(3.5) == pytest.approx(0.1)
    assert reach(replace(BASE, value=0)) == (0.0, 0.0)
    assert fit(replace(BASE, value=None), BASE) is None
    assert fit(replace(BASE, value=None, low=3_000, high=5_000), replace(BASE, value=4_200)) is not None


def test_numbers_of_other_matters_are_not_held_against_each_other() -> None:
    people = replace(BASE, counted="people", period=None)
    assert drawn(replace(people, value=4_000), replace(people, value=9_000), "ferry coast", "mine hills") is None
    found = drawn(replace(people, value=4_000), replace(people, value=9_000), "ferry coast storm", "ferry coast storm")
    assert found is not None
    assert found.verdict == "differs"


def test_a_rare_number_needs_a_lesser_tie_than_a_common_one() -> None:
    people = replace(BASE, counted="people", period=None)
    assert drawn(replace(people, value=12), replace(people, value=12), "ferry coast", "ferry hills") is None
    found = drawn(replace(people, value=13_535), replace(people, value=13_535), "ferry coast", "mine hills")
    assert found is not None
    assert found.verdict == "same"


def test_what_is_vague_or_far_apart_does_not_differ() -> None:
    people = replace(BASE, counted="people", period=None)
    about = "ferry coast storm harbour"
    vague = replace(people, value=None, low=200, kind="vague", qualifier="vague")
    for a, b in ((vague, replace(people, value=70)), (replace(people, value=500), replace(people, value=150_000))):
        found = drawn(a, b, about, about)
        assert found is None or found.verdict == "other_scope"


def test_a_length_of_time_is_counted_from_each_texts_own_day() -> None:
    first, second = replace(BASE, counted="people", period="P2M"), replace(BASE, counted="people", period=None)
    assert drawn(first, second, "curfew valley protest", "curfew valley protest") is None


def test_one_date_may_be_closer_than_the_other() -> None:
    hurt = replace(BASE, counted="people", act="injured", value=229)
    found = drawn(replace(hurt, period="1986-04-05"), replace(hurt, period="1986"))
    assert found is not None
    assert found.verdict == "same"
    assert "1986-04-05 lies inside 1986" in found.reason


def test_shares_of_a_whole_do_not_differ() -> None:
    share = replace(BASE, kind="percent", counted="the population", act=None)
    found = drawn(replace(share, value=25), replace(share, value=21))
    assert found is not None
    assert found.verdict == "other_scope"


def test_numbers_as_coarse_as_each_other_are_no_rounded_forms() -> None:
    assert fit(replace(BASE, value=16_000), replace(BASE, value=15_000, qualifier="about")) is None
    assert fit(replace(BASE, value=75_175), replace(BASE, value=75_000, qualifier="about")) is not None


def test_toll_words_say_what_a_bare_number_counts() -> None:
    sentence = "The attacks resulted in the deaths of nearly 3,000."
    at = sentence.index("3,000")
    bare = replace(BASE, start=at, end=at + 5, counted=None, act=None, sentence=Span(0, len(sentence)))
    found = MEASURES.of(bare, entry("one"), sentence)
    assert found is not None
    assert (found.noun.heads, found.act) == (frozenset(("people",)), "killed")


def test_sums_are_told_by_what_they_are_for() -> None:
    sum_ = replace(BASE, kind="money", unit="USD", counted="economic losses", act=None)
    found = MEASURES.of(sum_, entry("one"), "They lost $150 billion in economic losses.")
    assert found is not None
    assert found.noun.heads == {"cost"}
