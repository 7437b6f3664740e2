"""What is safe to show, how wide it is, where its lines end."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctcorpus.interfaces.screen import cells, line_spans, one_line, safe_link, safe_text

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)
HOSTILE_TEXT = st.text(st.sampled_from("a b\x1b[]\\;m\x07\r\n\t\x9b\x9d\u202e\u2066\u200b\ufeff\ud800\U000e0041é語"))


VISIBLE_FORMAT = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
VISIBLE_FORMAT |= {*range(0x13430, 0x13456), *range(0x1BCA0, 0x1BCA4)}
#: unassigned, or letters and marks by their category, and yet they show nothing
INVISIBLE = {*map(ord, "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"), 0x2065}
INVISIBLE |= {*range(0xE0000, 0xE01F0)}


def is_unsafe(char: str) -> bool:
    """The test's own definition: control, surrogate, separator, or a format character that shows nothing."""
    kind = unicodedata.category(char)
    if kind == "Cc":
        return char not in "\n\t"
    return kind in {"Cs", "Zl", "Zp"} or (kind == "Cf" and ord(char) not in VISIBLE_FORMAT)


def test_every_unsafe_character_of_unicode_is_replaced_and_no_other() -> None:
    wrong = []
    for code in range(0x110000):
        char = chr(code)
        if (safe_text(f"a{char}a") != f"a{char}a") != (code in INVISIBLE or is_unsafe(char)):
            wrong.append(hex(code))
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "␛[31mred"),
        ("bell\x07 back\x08 del\x7f", "bell␇ back␈ del␡"),
        ("over\rwritten", "over␍written"),
        ("\x9b31m", "⟦U+009B⟧31m"),
        ("\u202eevil", "⟦U+202E⟧evil"),
        ("zero\u200bwidth", "zero⟦U+200B⟧width"),
        ("in\ufeffside", "in⟦U+FEFF⟧side"),
        ("\udcff", "⟦U+DCFF⟧"),
        ("\U000e0041", "⟦U+E0041⟧"),
    ],
)
def test_what_deceives_is_shown(text: str, shown: str) -> None:
    assert safe_text(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain words\n\twith a tab\n",
        "a line\r\nand another\r\n",
        "\ufeffa byte-order mark that leads",
        "“curly” – dashes — and\u00a0no-break",
        "Türkiye, 語, ⟦U+202E⟧ as written, ␛",
        "می\u200cخواهم",
        "क्\u200dष",
        "☪\ufe0f",
    ],
)
def test_the_rest_stays_as_it_is(text: str) -> None:
    assert safe_text(text) == text


@given(ANY_TEXT | HOSTILE_TEXT)
def test_safe_text_is_safe_whatever_comes(text: str) -> None:
    shown = safe_text(text)
    assert safe_text(shown) == shown
    assert not any(is_unsafe(char) for char in shown.replace("\r\n", "").lstrip("\ufeff") if char not in "\u200c\u200d")
    shown.encode()


@given(ANY_TEXT | HOSTILE_TEXT)
def test_one_line_is_one(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1


def test_only_web_links_are_links() -> None:
    assert safe_link("https://example.org/a?b=c#d")
    assert safe_link("HTTP://example.org")
    for url in (
        "",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://",
        "https://a b",
        "https://a\x1b\\",
        "https://ä",
        "x https://a",
    ):
        assert not safe_link(url)


@pytest.mark.parametrize(
    ("text", "wide"),
    [("abc", 3), ("語", 2), ("e\u0301", 1), ("a\tb", 9), ("", 0), ("ab\r\n", 2), ("–", 1)],
)
def test_cells(text: str, wide: int) -> None:
    assert cells(text) == wide


def test_lines_end_after_white_space() -> None:
    text = "one two\u00a0three four\nfive"
    assert [text[start:end] for start, end in line_spans(text, 10)] == ["one ", "two\u00a0three ", "four\n", "five"]


def test_a_word_wider_than_a_line_is_cut_and_a_mark_stays_with_its_letter() -> None:
    text = "ab " + "e\u0301" * 12
    parts = [text[start:end] for start, end in line_spans(text, 5)]
    assert [cells(part) for part in parts] == [5, 5, 5]
    assert not any(part.startswith("\u0301") for part in parts)


@given(ANY_TEXT | st.text("ab \t\n語e\u0301-", max_size=300), st.integers(20, 60), st.integers(0, 8), st.integers(0, 8))
def test_lines_cover_the_text_and_fit(text: str, width: int, first: int, rest: int) -> None:
    spans = line_spans(safe_text(text), width, first, rest)
    shown = safe_text(text)
    assert "".join(shown[start:end] for start, end in spans) == shown
    for number, (start, end) in enumerate(spans):
        margin = rest if number else first
        assert margin + cells(shown[start:end], margin) <= width
        assert "\n" not in shown[start : end - 1]
