"""Bytes to text: verbatim where it can be, said where it cannot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctcorpus.errors import SourceError
from ctcorpus.ingest import read_bytes, read_text
from ctcorpus.ingest.decode import NotTextError, decode

PLAIN = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1)


@given(PLAIN)
def test_utf8_round_trip(text: str) -> None:
    decoded = decode(("a" + text).encode())
    assert (decoded.text, decoded.encoding, decoded.basis) == ("a" + text, "utf-8", "utf-8")


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_decides_and_stays(codec: str) -> None:
    text = "\ufeffLine one.\r\nLine two."
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.encoding, decoded.basis) == (text, codec, "bom")


def test_legacy_encodings_are_named() -> None:
    english = "The council’s “model” stands – and the café’s owner was released after the meeting in the market."
    assert decode(english.encode("cp1252")).text == english
    russian = "Совет принял решение открыть дорогу для всех жителей долины после наводнения, сообщили официальные лица."
    decoded = decode(russian.encode("cp1251"))
    assert (decoded.text, decoded.encoding, decoded.basis) == (russian, "cp1251", "detected")
    assert decoded.warnings


@given(st.binary(min_size=1, max_size=200))
def test_any_bytes_are_text_without_surrogates_or_a_stated_refusal(data: bytes) -> None:
    try:
        decoded = decode(data)
    except NotTextError as error:
        assert str(error)
    else:
        assert decoded.text.encode("utf-8").decode("utf-8") == decoded.text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b"\xef\xbb\xbf", "it holds nothing but white space"),
        ("\u00a0\n \t".encode(), "it holds nothing but white space"),
        (b"\x89PNG words", "it is a PNG image, not text"),
        (b"a\0b", "it is binary: it holds NUL characters"),
        (b"\x01\x02\x03abc", "it is binary: 3 of its 6 characters are control characters"),
    ],
)
def test_what_is_not_text_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_bytes(data, name="x.txt")
    assert caught.value.reason == reason


def test_lone_surrogates_are_refused() -> None:
    with pytest.raises(SourceError):
        read_text("a\ud800", name="x.txt")
