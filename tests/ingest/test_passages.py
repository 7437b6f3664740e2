"""The cuts of one section."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ctcorpus.ingest.passages import LEAST, MOST, Unit, cut_section
from ctcorpus.model.span import Span


def units(sizes: list[tuple[int, bool]]) -> list[Unit]:
    return [Unit(Span(10 * at, 10 * at + 9), words, opens) for at, (words, opens) in enumerate(sizes)]


def words(section: list[Unit], span: Span) -> int:
    return sum(unit.words for unit in section if span.contains(unit.span))


@given(st.lists(st.tuples(st.integers(1, 300), st.booleans()), max_size=40))
def test_passages_partition_a_section(sizes: list[tuple[int, bool]]) -> None:
    section = units(sizes)
    found = cut_section(section)
    assert [unit for span in found for unit in section if span.contains(unit.span)] == section
    for span in found:
        assert words(section, span) <= MOST or sum(span.contains(unit.span) for unit in section) == 1


@given(st.lists(st.tuples(st.integers(10, 30), st.booleans()), min_size=8, max_size=60))
def test_sentences_of_usual_length_make_passages_of_good_size(sizes: list[tuple[int, bool]]) -> None:
    section = units(sizes)
    assert all(LEAST <= words(section, span) <= MOST for span in cut_section(section))


def test_paragraphs_are_kept_whole_where_they_fit() -> None:
    section = units([(40, True), (40, False), (45, True), (45, False), (10, False)])
    assert [words(section, span) for span in cut_section(section)] == [80, 100]
