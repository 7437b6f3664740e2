"""Bytes -> text, by a stated rule; the answer says which part of the rule decided."""

from __future__ import annotations

import codecs
import re

from ctcorpus.ingest.code_pages import by_words, is_odd, thai
from ctcorpus.ingest.decoded import Decoded
from ctcorpus.ingest.double_byte import double_byte

#: a byte-order mark and the codec that keeps it in the text as U+FEFF; the longer marks first
MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

#: how files begin that are no text, whatever follows
MAGIC: dict[bytes, str] = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x89PNG": "a PNG image",
    b"GIF8": "a GIF image",
    b"\xff\xd8\xff": "a JPEG image",
    b"\x1f\x8b": "a gzip archive",
    b"{\\rtf": "an RTF document",
    b"SQLite format 3": "an SQLite database",
    b"\x7fELF": "a program",
}

#: a file with more control characters than this share of its characters is taken for binary
CONTROL_SHARE = 0.01
#: a detected encoding is believed when the detector finds at most this share of odd sequences ...
MOST_CHAOS = 0.1
#: ... and letters as frequent as in a language that it knows, to at least this degree
LEAST_COHERENCE = 0.2
#: the detector reads this many bytes
DETECTED_BYTES = 100_000

CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
SIGN = re.compile(r"[^\w\s.,;:!?'\"()\[\]«»“”‘’„–—‹›/*+=@#<>&-](?=[^\W\d_])")
#: UTF-16 without a mark: so many of the code units have a NUL byte
NUL_SHARE = 0.3
ESCAPE_JP, ESCAPE_KR = re.compile(rb"\x1b\$[@B]|\x1b\([IJ]"), re.compile(rb"\x1b\$\)C")
ESCAPE_HZ, WIDE, LEAST_WIDE = re.compile(rb"~\{(?:[!-w][!-~])+~\}"), re.compile(r"[^\x00-\x7f]"), 4
ASCII_LETTERS = re.compile(r"[A-Za-z]")
#: the name under which the error handler for the fallback is registered
UNDEFINED = "ctcorpus.latin1"


class NotTextError(ValueError):
    """The bytes are not text; the message says why."""


def decode(data: bytes) -> Decoded:
    """The text of ``data``: verbatim, its byte-order mark and line ends included; never a lone surrogate.

    In order: the codec that a byte-order mark names; UTF-8; UTF-16 told by where its NUL bytes stand; the double-byte
    encodings of Japanese, Korean and Chinese, told by their lead bytes; a legacy encoding that the detector is
    confident of; Thai; a code page told by frequent words; cp1252, its five undefined bytes as latin-1.
    Raises NotTextError for what is not text: known binary files, NUL characters, too many control characters.
    """
    for magic, what in MAGIC.items():
        if data.startswith(magic):
            raise NotTextError(f"it is {what}, not text")
    decoded = _marked(data) or _utf16(data) or _escaped(data) or _utf8(data)
    if decoded is None:
        if b"\0" in data:
            raise NotTextError("it is binary: it holds NUL bytes")
        decoded = double_byte(data) or _detected(data) or thai(data) or by_words(data) or _fallback(data)
    _refuse_binary(decoded.text)
    return decoded


def _marked(data: bytes) -> Decoded | None:
    for mark, codec in MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode(codec), codec, "bom")
            except UnicodeDecodeError:
                continue
    return None


def _utf8(data: bytes) -> Decoded | None:
    try:
        return Decoded(data.decode("utf-8"), "utf-8", "utf-8")
    except UnicodeDecodeError:
        return None


def _detected(data: bytes) -> Decoded | None:
    """The text in the legacy encoding that the detector is sure of, or None.

    Where cp1252 gives the same characters it is named: it is by far the most frequent. Among the other Latin
    code pages the detector errs with confidence (Turkish cp1254 as cp1250), so they are left to the fallback;
    other scripts it tells apart well.
    """
    from charset_normalizer import from_bytes

    sample = data[:DETECTED_BYTES]
    best = from_bytes(sample, enable_fallback=False, cp_exclusion=["utf_16", "utf_32", "utf_7"]).best()
    if best is None or best.chaos > MOST_CHAOS or best.coherence < LEAST_COHERENCE:
        return None
    likely = min([best.encoding, *best.could_be_from_charset], key=lambda name: _signs_in_words(data, name))
    names = [name for name in ("cp1252", likely) if name == likely or name in best.could_be_from_charset]
    for name in names:
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if name != "cp1252" and len(ASCII_LETTERS.findall(text)) > len(text) // 2:
            continue
        if name == "cp1252" and is_odd(text):
            continue
        warning = f"not UTF-8; read as {name}, detected (coherence {best.coherence:.2f}, chaos {best.chaos:.2f})"
        return Decoded(text, name, "detected", (warning,))
    return None


def _signs_in_words(data: bytes, name: str) -> int:
    """How many signs stand right before a letter: a wrong code page of the same script shows by them."""
    return len(SIGN.findall(data[:DETECTED_BYTES].decode(name, "ignore")))


def _utf16(data: bytes) -> Decoded | None:
    """UTF-16 without a byte-order mark: NUL in nearly every second byte, and in few of the others."""
    sample = data[: DETECTED_BYTES // 2 * 2]
    half = len(sample) // 2
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    if len(data) % 2 or max(odd, even) < max(4, NUL_SHARE * half) or min(odd, even) > 0.01 * half:
        return None
    name = "utf-16-le" if odd > even else "utf-16-be"
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return None
    return Decoded(text, name, "detected", (f"no byte-order mark; read as {name}, told by its NUL bytes",))


def _escaped(data: bytes) -> Decoded | None:
    """ISO-2022-JP, ISO-2022-KR and HZ, which announce themselves."""
    for sign, name in ((ESCAPE_JP, "iso2022_jp_2"), (ESCAPE_KR, "iso2022_kr")):
        if sign.search(data[:DETECTED_BYTES]):
            try:
                return Decoded(data.decode(name), name, "detected", (f"read as {name}, told by its escapes",))
            except UnicodeDecodeError:
                continue
    if ESCAPE_HZ.search(data[:DETECTED_BYTES]):
        try:
            text = data.decode("hz")
        except UnicodeDecodeError:
            return None
        if len(WIDE.findall(text)) >= LEAST_WIDE:
            return Decoded(text, "hz", "detected", ("read as hz, told by its escapes",))
    return None


def _latin1(error: UnicodeError) -> tuple[str | bytes, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error(UNDEFINED, _latin1)


def _fallback(data: bytes) -> Decoded:
    text = data.decode("cp1252", UNDEFINED)
    return Decoded(text, "cp1252", "fallback", ("not UTF-8 and no encoding was detected; read as cp1252",))


def _refuse_binary(text: str) -> None:
    if "\0" in text:
        raise NotTextError("it is binary: it holds NUL characters")
    found = len(CONTROL.findall(text))
    if found > CONTROL_SHARE * len(text):
        raise NotTextError(f"it is binary: {found} of its {len(text)} characters are control characters")
