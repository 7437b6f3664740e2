"""The form in which a draft's words and a source's are compared: typography taken away, everything else kept.

Taken away: the kind of quotation marks and dashes, accents, white space beyond one blank, invisible characters,
marks of emphasis, separators of thousands. Kept: letters, their case, digits, signs, punctuation. Each character of the
form knows the offset that it came from.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_QUOTES = (
    "\"'`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f"
    "\u00ab\u00bb\u2039\u203a\u2032\u2033\u02bc\u02b9\uff07\uff02"
)
_WIDE = frozenset("–—―−")
#: marks that plain text sets about a word to stress it; a draft's reader has taken its own away
_EMPHASIS = frozenset("_*")
#: a dash with the blanks about it; a blank before a stop; a number with separators of thousands
_JOINTS = re.compile(
    r"(?P<dash> ?(?:—[—-]*|--+—*) ?| - )|(?P<blank> (?=[.,;:!?)]))"
    r"|(?P<number>(?<![\d.,])\d{1,3}(?:,\d{2,3}){0,5},\d{3}(?!\d|,\d))"
)


@dataclass(frozen=True, slots=True)
class Canon:
    """A comparable form of ``raw[start:end]``. places[i]: the offset in the raw text of the i-th character; one more
    for the end."""

    text: str
    places: tuple[int, ...]

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """The raw offsets of a stretch of the form that is not empty."""
        return self.places[start], self.places[end - 1] + 1


def canon(raw: str, start: int = 0, end: int | None = None) -> Canon:
    """The comparable form of a stretch of a text; linear in its length.

    >>> canon("Pakistan’s  “3,000 – 5,000”").text
    "Pakistan's '3000-5000'"
    """
    stop = len(raw) if end is None else end
    chars: list[str] = []
    places: list[int] = []
    for at in range(start, stop):
        if raw[at] in _EMPHASIS and not _joins(raw, at):
            continue
        for char in _FORMS[raw[at]]:
            if char != " " or (chars and chars[-1] != " "):
                chars.append(char)
                places.append(at)
    if chars and chars[-1] == " ":
        chars.pop()
        places.pop()
    return _joined("".join(chars), places, stop)


def _joins(raw: str, at: int) -> bool:
    """Whether a mark stands between two letters or digits, and so is no emphasis: "a_b", "5*3"."""
    return raw[at - 1 : at].isalnum() and raw[at + 1 : at + 2].isalnum()


def _joined(text: str, places: list[int], stop: int) -> Canon:
    """The form with one kind of dash, no blank before a stop and "75,175" as "75175"."""
    parts: list[str] = []
    kept: list[int] = []
    at = 0
    for match in _JOINTS.finditer(text):
        parts.append(text[at : match.start()])
        kept += places[at : match.start()]
        if match["dash"]:
            parts.append("-")
            kept.append(places[match.start() + len(match[0]) - len(match[0].lstrip())])
        elif match["number"]:
            digits = [x for x in range(match.start(), match.end()) if text[x] != ","]
            parts.append("".join(text[x] for x in digits))
            kept += [places[x] for x in digits]
        at = match.end()
    parts.append(text[at:])
    kept += places[at:]
    return Canon("".join(parts), (*kept, kept[-1] + 1 if kept else stop))


def _form(char: str) -> str:
    if char in _QUOTES:
        return "'"
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category == "Cf":
        return ""
    if char in _WIDE:
        return "\u2014"
    if category == "Pd":
        return "-"
    if char == "…":
        return "..."
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if char.isascii() or category == "No":
        return char
    plain = unicodedata.normalize("NFKD", char.replace("ı", "i"))
    return "".join(x for x in plain if unicodedata.category(x) not in ("Mn", "Cf"))


class _Forms(dict[str, str]):
    """Each character's form, worked out once."""

    def __missing__(self, char: str) -> str:
        form = self[char] = _form(char)
        return form


_FORMS = _Forms()
