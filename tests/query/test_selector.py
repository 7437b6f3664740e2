"""Where a quotation stands: the words around it make it unique, and lead back to it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ctcorpus.model.span import Span
from ctcorpus.query.selector import CONTEXT, resolve, select


@st.composite
def places(draw: st.DrawFn) -> tuple[str, Span]:
    text = draw(st.text(alphabet="ab ’\n𝔘", min_size=1, max_size=200))
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


@given(places())
def test_a_selector_leads_back_to_its_place(place: tuple[str, Span]) -> None:
    text, span = place
    selector = select(text, span)
    assert selector.exact == span.of(text)
    assert text[span.start - len(selector.prefix) : span.start] == selector.prefix
    assert text[span.end : span.end + len(selector.suffix)] == selector.suffix
    assert resolve(text, selector) == span


def test_context_is_lengthened_until_it_is_unique() -> None:
    text = "x" * 50 + "the same words" + "y" * 50 + "x" * 50 + "the same words" + "y" * 50 + "z"
    selector = select(text, Span(150, 164))
    assert len(selector.suffix) > CONTEXT
    assert resolve(text, selector) == Span(150, 164)


def test_a_changed_text_is_searched_and_a_doubled_quotation_is_not_guessed() -> None:
    selector = select("One. Two words here. Three.", Span(5, 20))
    moved = "Zero. One. Two words here. Three."
    assert resolve(moved, selector) == Span(11, 26)
    assert resolve(moved + moved, selector) is None
    assert resolve("One. Two other words here. Three.", selector) is None
