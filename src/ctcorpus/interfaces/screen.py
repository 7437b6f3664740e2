"""Text on a screen: what of it is safe to show, how wide it is, and where its lines may end."""

from __future__ import annotations

import re
from unicodedata import category, east_asian_width

# Format characters that show nothing: they reorder what is read, split words unseen or carry hidden text.
_HIDDEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff"
    "\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e01ef"
)
# Harmless where they stand: a CR before its LF, a leading byte-order mark, and the joiners inside words of the Arabic
# and the Indic scripts, where they are spelling (Unicode, UAX #31, section 2.3).
_WORDS = "[\u0600-\u08ff\u0900-\u0dff]"
_HARMLESS = re.compile(f"(\r\n|\\A\ufeff|(?<={_WORDS})[\u200c\u200d](?={_WORDS}))")


def _pictures() -> dict[int, str]:
    """What each unsafe code point is shown as: a control picture, or its number in brackets."""
    shown = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"}
    shown[0x7F] = "\u2421"
    unsafe = [*range(0x80, 0xA0), *range(0xD800, 0xE000)]
    for first, last in re.findall(r"(.)(?:-(.))?", _HIDDEN):
        unsafe.extend(range(ord(first), ord(last or first) + 1))
    shown.update((code, f"⟦U+{code:04X}⟧") for code in unsafe)
    return shown


_PICTURES = _pictures()


def safe_text(text: str) -> str:
    """The text with every character that could deceive made visible; all others stay as they are.

    ESC becomes ␛ (and so on for the control characters but line feed and tab), a right-to-left override ⟦U+202E⟧.

    >>> safe_text("50 \\x1b[8mhidden\\x1b[0m words")
    '50 ␛[8mhidden␛[0m words'
    """
    if text.isprintable() and text.isascii():
        return text
    if "\r\n" in text or "\u200c" in text or "\u200d" in text or text[0] == "\ufeff":
        parts = _HARMLESS.split(text)  # the odd ones are those that match
        parts[::2] = [part.translate(_PICTURES) for part in parts[::2]]
        return "".join(parts)
    return text.translate(_PICTURES)


def one_line(text: str) -> str:
    """The safe text with its line breaks made visible: a title cannot forge a second line."""
    return safe_text(text).replace("\r", "␍").replace("\n", "␊")


def safe_link(url: str) -> bool:
    """Whether a terminal may be told to link there: http or https, printable ASCII without white space."""
    return re.fullmatch(r"https?://[!-~]+", url, re.IGNORECASE) is not None


def cells(text: str, column: int = 0) -> int:
    """The terminal columns that ``text`` takes when it begins at ``column``; a tab runs to the next multiple of 8."""
    if text.isascii() and text.isprintable():
        return len(text)
    at = column
    for char in text:
        if char == "\t":
            at += 8 - at % 8
        elif char not in "\r\n":
            at += _cell(char)
    return at - column


def _cell(char: str) -> int:
    if char.isascii():
        return 1
    if category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def line_spans(text: str, width: int, first: int = 0, rest: int = 0) -> list[tuple[int, int]]:
    """Where the lines of ``text`` lie, in order and without a gap: at most ``width`` columns each.

    first, rest: columns that the first line and the others leave free at their left. Lines end after white space
    (never at a no-break space), which stays at their end, and inside a word only when it is wider than a line.
    """
    spans: list[tuple[int, int]] = []
    begin, column = 0, first
    for token in re.finditer(r"[^ \t\n]*(?:[ \t\n]|\Z)", text):
        word = token.group()
        wide = cells(word, column)
        if column + wide > width and begin < token.start() and rest + cells(word, rest) <= width:
            spans.append((begin, token.start()))
            begin, column = token.start(), rest
            wide = cells(word, column)
        if column + wide <= width:
            column += wide
        else:
            begin, column = _break_word(text, token.span(), begin, column, width, rest, spans)
        if word.endswith("\n"):
            spans.append((begin, token.end()))
            begin, column = token.end(), rest
    if begin < len(text):
        spans.append((begin, len(text)))
    return spans


def _break_word(
    text: str, word: tuple[int, int], begin: int, column: int, width: int, rest: int, spans: list[tuple[int, int]]
) -> tuple[int, int]:
    """Fills lines with a word that is wider than one; the begin and the column of the line that is left open."""
    for at in range(*word):
        step = cells(text[at], column)
        if column + step > width and at > begin:
            spans.append((begin, at))
            begin, column = at, rest
            step = cells(text[at], column)
        column += step
    return begin, column
