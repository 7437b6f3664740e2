"""A quotation as it is looked for: its stretches of words, and the gaps that the writer marked between them.

A gap is an ellipsis, or square brackets: "[he]" for a name, "[t]he" for a capital, "conduct[ed]" for another form.
"[sic]" and "[emphasis added]" are the writer's own and stand for nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ctcorpus.citing.checking.canon import Canon, canon
from ctcorpus.citing.checking.wording import Piece, words

GapKind = Literal["ellipsis", "bracket", "letter"]

_ASIDE = re.compile(
    r"\s?[\[(](?:sic!?|(?:emphasis|italics)[ ](?:added|mine|in[ ]original|ours|supplied))[\])]",
    re.IGNORECASE,
)
_GAP = re.compile(
    r"(?P<ellipsis>[\[(]\s?(?:\.\s?\.\s?\.|…)\s?[\])]|\.\s?\.\s?\.(?:\s?\.)?|…\.?)"
    r"|(?P<letter>\[(?P<capital>[^\W\d_])\](?=\w))"
    r"|(?P<bracket>(?P<stem>\w*)\[(?P<inserted>[^\[\]]{1,120})\])"
)
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad][ \t]*\r?\n[ \t>]*(?=[^\W\d_])")
#: stops that a writer sets at the end by house style
_TAIL = " .,;:"


@dataclass(frozen=True, slots=True)
class Gap:
    """What the writer set between two stretches. text: the words in brackets, with the letters glued to them."""

    kind: GapKind
    text: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A quotation to be found. gaps[i] stands before parts[i]; the first may be None: nothing stands before it."""

    raw: str
    parts: tuple[Canon, ...]
    gaps: tuple[Gap | None, ...]

    @property
    def form(self) -> Canon:
        """The whole as one comparable form, gaps left out."""
        return canon(" ".join(part.text for part in self.parts))

    def words(self) -> list[Piece]:
        """Its words, in order."""
        return words(self.form)


def wanted(raw: str, *, literal: bool = False) -> list[Wanted]:
    """The ways to look for a quotation, best first: as printed, with its gaps, and without hyphens at line ends.

    literal: the marks are the source's own; nothing in it is a gap.
    """
    plain = _ASIDE.sub("", raw).strip()
    found: list[Wanted] = []
    for text in dict.fromkeys((_BROKEN.sub("-", plain), _BROKEN.sub("", plain))):
        whole = Wanted(text, (_part(text, last=True),), (None,))
        found.append(whole)
        if not literal and _GAP.search(text):
            found.append(_with_gaps(text))
    return [x for x in found if x.parts]


def _with_gaps(text: str) -> Wanted:
    parts: list[Canon] = []
    gaps: list[Gap | None] = []
    gap: Gap | None = None
    at = 0
    for match in _GAP.finditer(text):
        gap = _add(parts, gaps, text[at : match.start()], gap, last=match["ellipsis"] is not None)
        if match["ellipsis"]:
            gap = Gap("ellipsis")
            at = match.end()
        elif match["letter"]:
            gap = gap if gap is not None and gap.kind == "ellipsis" else Gap("letter")
            text = text[: match.end() - 1] + match["capital"] + text[match.end() :]
            at = match.end() - 1
        else:
            gap = (
                gap if gap is not None and gap.kind == "ellipsis" else Gap("bracket", match["stem"] + match["inserted"])
            )
            at = match.end()
    _add(parts, gaps, text[at:], gap, last=True)
    return Wanted(text, tuple(parts), tuple(gaps))


def _add(parts: list[Canon], gaps: list[Gap | None], text: str, gap: Gap | None, *, last: bool) -> Gap | None:
    """Adds a stretch and the gap before it, where it has any words; the gap that still waits for words."""
    part = _part(text, last=last)
    if not part.text:
        return gap
    gaps.append(gap if parts or gap is None or gap.kind != "ellipsis" else None)
    parts.append(part)
    return None


def _part(text: str, *, last: bool) -> Canon:
    """The comparable form of a stretch, without the stop that a writer may set at its end."""
    form = canon(text)
    kept = len(form.text.rstrip(_TAIL)) if last else len(form.text)
    return Canon(form.text[:kept], (*form.places[:kept], form.places[kept] if kept < len(form.places) else 0))
