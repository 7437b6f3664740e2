"""Shared origins: copied words, one named source; never a claim of independence."""

from __future__ import annotations

from pathlib import Path

from ctcorpus.analysis.origins.texts import alike
from tests.analysis.fact_samples import corpus

COPIED = "The bridge at the old mill was closed for nine weeks after the flood took its two middle piers away."


def test_copied_words_link_two_texts() -> None:
    other = "A wholly other text about apples, pears and the price of salt in the towns along the coast."
    (pair,) = alike([("a", COPIED, None), ("b", f"Again: {COPIED}", None), ("c", other, None)])
    assert (pair.a, pair.b) == ("a", "b")
    assert pair.contained == 1.0
    assert pair.a_span.of(COPIED) == pair.b_span.of(f"Again: {COPIED}")


def test_short_and_empty_texts_link_nothing() -> None:
    assert list(alike([("a", "", None), ("b", "", None), ("c", "two words", None), ("d", "two words", None)])) == []


def test_a_named_source_links_and_bounds_hold(tmp_path: Path) -> None:
    with corpus(tmp_path) as made:
        found = made.origins().origins
        assert found.articles == 3
        assert 1 <= found.at_least <= found.at_most <= 3
        assert any("one source" in x.reason for x in found.links)
        assert "independent" not in str(found)


def test_no_documents_have_no_origins(tmp_path: Path) -> None:
    with corpus(tmp_path) as made:
        found = made.origins("nowhere").origins
        assert (found.articles, found.at_least, found.at_most, found.unknown) == (0, 0, 0, 0)
