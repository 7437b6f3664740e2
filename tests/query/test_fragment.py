"""A text fragment names words of the page that stand there, and is made only of an address that may be a link."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ctcorpus.model.span import Span
from ctcorpus.query.fragment import WHOLE, is_address, text_fragment
from ctcorpus.query.selector import select

URL = "https://example.org/news?id=1"
TEXT = "Before it, all was calm.\n\nThe fence-line, built in 2019 & finished, held.\n\nAfter that came rain."
WORDS = st.lists(
    st.sampled_from(["fence", "re-opened", "a,b", "&", "ü", "“so”", "2019.", "\n", "\n\n", "-"]), min_size=3
)


def fragment(text: str, span: Span, url: str = URL) -> str:
    made = text_fragment(url, select(text, span))
    assert made is not None
    return made


def test_a_short_quotation_is_named_whole_with_its_surroundings() -> None:
    start = TEXT.index("The fence-line")
    made = fragment(TEXT, Span(start, TEXT.index("held.") + 5))
    assert made == (
        f"{URL}#:~:text=all%20was%20calm.-,The%20fence%2Dline%2C%20built%20in%202019%20%26%20finished%2C%20held.,"
        "-After%20that%20came"
    )


def test_a_quotation_of_several_lines_is_named_by_its_ends() -> None:
    made = fragment(TEXT, Span(0, len(TEXT)))
    assert made == f"{URL}#:~:text=Before%20it%2C%20all%20was%20calm.,After%20that%20came%20rain."


def test_an_address_with_a_fragment_keeps_it() -> None:
    assert fragment("one two", Span(0, 3), "https://x.test/#part").startswith("https://x.test/#part:~:text=one")


def test_a_span_inside_a_word_gives_the_plain_address() -> None:
    assert fragment("one two three", Span(1, 7)) == URL


def test_an_address_in_another_script_is_encoded() -> None:
    assert fragment("one two", Span(0, 3), "https://x.test/خبر").startswith(
        "https://x.test/%D8%AE%D8%A8%D8%B1#:~:text=one"
    )


@pytest.mark.parametrize(
    "url",
    [None, "", "javascript:alert(1)", "file:///x", "//x.test", "https://", "https://x.test/a b", "https://x.test/\n",
     "https://x.test/<b>", "https://[x", "https://x.test/\u202e", "data:text/html,x"],
)  # fmt: skip
def test_what_is_no_web_address_is_no_link(url: str | None) -> None:
    assert not is_address(url)
    assert text_fragment(url, select("one two", Span(0, 3))) is None


@given(WORDS, st.data())
def test_every_part_stands_in_the_text_in_order(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    made = fragment(text, Span(start, end))
    assume(made != URL)
    directive = urlsplit(made).fragment.removeprefix(":~:text=")
    parts = directive.split(",")
    before = unquote(parts.pop(0)[:-1]) if parts[0].endswith("-") else ""
    after = unquote(parts.pop()[1:]) if parts[-1].startswith("-") else ""
    assert 1 <= len(parts) <= 2
    quote = text[start:end]
    assert quote.strip().startswith(unquote(parts[0]))
    assert quote.strip().endswith(unquote(parts[-1]))
    assert len(parts) == 2 or len(quote.strip()) <= WHOLE
    assert text[:start].rstrip().endswith(before)
    assert text[end:].lstrip().startswith(after)
    assert not any("\n" in unquote(x) for x in [before, after, *parts])
