"""A quotation held against a stretch of a source: the very words, the same but for typography, or words that differ.

No likeness is ever a verdict: likeness finds the place, then every word, digit, sign and stop is compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from ctcorpus.citing.checking.canon import Canon, canon
from ctcorpus.citing.checking.gaps import Judged, judge
from ctcorpus.citing.checking.wanted import Wanted
from ctcorpus.citing.checking.wording import TOKEN, Piece, is_number, weight, words
from ctcorpus.model.check import Difference, Verdict, Warned
from ctcorpus.model.document import Document
from ctcorpus.model.span import Span

#: occurrences of a first stretch that are followed up
MOST_STARTS = 50
#: stretches in step with the quotation that are aligned, beside the whole
MOST_STEPS = 3
#: characters of a source that an ellipsis, and that brackets, may pass over
ELLIPSIS_REACH, BRACKET_REACH = 1_200, 60
#: the share of a quotation's words, weighted, that must stand in a place for it to be that place, altered
ALIKE, PERHAPS = 0.6, 0.45
#: the share with which the first alignment is not doubted
SURELY = 0.8
#: words beyond those of the draft that two matching runs of one place may have between them
_SLACK = 40
_SCALES = (
    "million",
    "billion",
    "trillion",
    "thousand",
    "hundred",
    "percent",
    "per cent",
    "%",
    "lakh",
    "crore",
    "dozen",
)


@dataclass(frozen=True, slots=True)
class Found:
    """Where a quotation stands in a document, and how its words compare. likeness: 1.0 where nothing differs."""

    document: Document
    span: Span
    verdict: Verdict
    differences: tuple[Difference, ...] = ()
    warnings: tuple[Warned, ...] = ()
    note: str | None = None
    likeness: float = 1.0


def same_words(quotations: Sequence[Wanted], document: Document, within: Span) -> Iterator[Found]:
    """Every place in the stretch with the words of the quotation, gaps judged; best way of looking first."""
    form = _form(document.text, within.start, within.end)
    for quotation in quotations:
        seen = False
        for places in _places(quotation, form):
            spans = [Span(*form.raw(start, end)) for start, end in places]
            whole = Span(spans[0].start, spans[-1].end)
            if _in_boilerplate(document, whole):
                continue
            seen = True
            yield _found(quotation, document, whole, spans)
        if seen:
            return


def like_words(quotations: Sequence[Wanted], document: Document, within: Span) -> Found | None:
    """The place in the stretch that has most of the quotation's words, with what differs; None where too few stand."""
    quotation = quotations[-1]
    theirs = _form(document.text, within.start, within.end)
    mine = quotation.form
    own, other = words(mine), words(theirs)
    if len(own) < 3 or not other:
        return None
    total = sum(weight(x.key) for x in own)
    likeness, blocks = _aligned(own, other, 0, len(other))
    if likeness < SURELY * total:
        nearer = [_aligned(own, other, *x) for x in _stretches(own, other)]
        likeness, blocks = max([(likeness, blocks), *nearer], key=lambda x: x[0])
    likeness /= total
    if not blocks or likeness < PERHAPS or max(x[2] for x in blocks) < 2:
        return None
    first, last = blocks[0], blocks[-1]
    low = max(0, first[1] - first[0])
    high = min(len(other), last[1] + last[2] + len(own) - last[0] - last[2])
    span = Span(*theirs.raw(other[low].start, other[high - 1].end))
    if _in_boilerplate(document, span):
        return None
    differences = tuple(_differences(mine, theirs, other[low].start, other[high - 1].end))
    if likeness < ALIKE:
        note = "Something like it stands here; whether it is meant, a person must see."
        return Found(document, span, "unresolved", differences, (), note, likeness)
    return Found(document, span, _kind(differences), differences, (), None, likeness)


def _found(quotation: Wanted, document: Document, whole: Span, spans: Sequence[Span]) -> Found:
    """The verdict on words that all stand there."""
    text = document.text
    judged = [
        judge(gap, text, before.end, after.start, document)
        for gap, before, after in zip(quotation.gaps[1:], spans, spans[1:], strict=False)
        if gap is not None
    ]
    if quotation.gaps[0] is not None and quotation.gaps[0].kind == "bracket":
        judged.insert(0, Judged("normalised", Difference(f"[{quotation.gaps[0].text}]", "")))
    if not judged:
        exact = whole.of(text) == quotation.raw or _stands(text, whole, quotation.raw)
        end = whole.start + len(quotation.raw) if exact else whole.end
        return Found(document, Span(whole.start, end), "verbatim" if exact else "normalised")
    order: tuple[Verdict, ...] = ("altered", "unresolved", "normalised")
    verdict = next(v for v in order if any(x.verdict == v for x in judged))
    notes = " ".join(dict.fromkeys(x.note for x in judged if x.note))
    warnings: tuple[Warned, ...] = ("ellipsis_hides",) if any(x.hides for x in judged) else ()
    differences = tuple(x.difference for x in judged if x.difference)
    return Found(document, whole, verdict, differences, warnings, notes or None)


def _stands(text: str, whole: Span, raw: str) -> bool:
    """Whether the quotation as printed, its last stop included, stands here character for character."""
    return text.startswith(raw, whole.start) and len(raw) >= len(whole)


def _places(quotation: Wanted, form: Canon) -> Iterator[list[tuple[int, int]]]:
    """Places of all stretches, each after the one before and as near as it gets."""
    first, *rest = quotation.parts
    for number, start in enumerate(_occurrences(form.text, first.text, 0, len(form.text), any_case=True)):
        if number >= MOST_STARTS:
            return
        places = [(start, start + len(first.text))]
        for part, gap in zip(rest, quotation.gaps[1:], strict=True):
            at = places[-1][1]
            kind = gap.kind if gap else "letter"
            reach = {"ellipsis": ELLIPSIS_REACH, "bracket": BRACKET_REACH, "letter": 1}[kind]
            stop = min(len(form.text), at + reach + len(part.text) + 1)
            any_case = kind in ("letter", "ellipsis")
            following = next(_occurrences(form.text, part.text, at, stop, any_case=any_case), None)
            if following is None:
                break
            places.append((following, following + len(part.text)))
        else:
            yield places


def _occurrences(text: str, part: str, start: int, stop: int, *, any_case: bool) -> Iterator[int]:
    """Offsets at which the part stands whole: no word, number or range is cut. any_case: of its first letter."""
    letter = next((x for x in range(len(part)) if part[x].isalpha()), None)
    forms = [part]
    if any_case and letter is not None and not any(x.isalnum() for x in part[:letter]):
        forms.append(part[:letter] + part[letter].swapcase() + part[letter + 1 :])
    places: list[int] = []
    for form in forms:
        at = text.find(form, start, stop)
        while at >= 0 and len(places) < 2 * MOST_STARTS:
            if _is_whole(text, at, at + len(form)):
                places.append(at)
            at = text.find(form, at + 1, stop)
    yield from sorted(places)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins and ends where words, numbers with their sign and scale, and ranges do."""
    first, last = text[start], text[end - 1]
    before, after = text[start - 1 : start], text[end : end + 1]
    if first.isalnum() and before.isalnum():
        return False
    if last.isalnum() and after.isalnum():
        return False
    if first.isdigit() and (
        before in ("$", "€", "£", "₹") or (before in ("-", ".") and text[start - 2 : start - 1].isdigit())
    ):
        return False
    if not last.isdigit():
        return True
    following = text[end : end + 12].lstrip(" -").lower()
    cut = after in ("-", ".", "/", ":") and text[end + 1 : end + 2].isdigit()
    return not cut and not (text[end : end + 1] in (" ", "%", "-") and following.startswith(_SCALES))


def _stretches(own: Sequence[Piece], other: Sequence[Piece]) -> list[tuple[int, int]]:
    """The stretches of the source's words where most of the quotation's words stand in step."""
    places: dict[str, list[int]] = {}
    for at, piece in enumerate(other):
        places.setdefault(piece.key, []).append(at)
    votes: dict[int, float] = {}
    for at, piece in enumerate(own):
        for place in places.get(piece.key, ())[:MOST_STARTS]:
            votes[place - at] = votes.get(place - at, 0.0) + weight(piece.key)
    best = sorted(votes, key=lambda x: (-votes[x], x))[:MOST_STEPS]
    size = len(own)
    return [(low, min(len(other), x + size + 4)) for x in best if (low := max(0, x - 4)) < len(other)]


def _aligned(
    own: Sequence[Piece], other: Sequence[Piece], start: int, end: int
) -> tuple[float, list[tuple[int, int, int]]]:
    """Weight of the words that match within a stretch, and their runs (in own, in other, length)."""
    matcher = SequenceMatcher(None, [x.key for x in own], [x.key for x in other[start:end]], autojunk=False)
    blocks = _together([(b.a, b.b + start, b.size) for b in matcher.get_matching_blocks() if b.size])
    return sum(weight(own[a + k].key) for a, _, size in blocks for k in range(size)), blocks


def _together(blocks: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The matching runs that belong to one place: the longest and its neighbours that are near or long themselves."""
    if not blocks:
        return []
    anchor = max(range(len(blocks)), key=lambda x: blocks[x][2])
    low = high = anchor
    while low > 0 and _near(blocks[low - 1], blocks[low]):
        low -= 1
    while high + 1 < len(blocks) and _near(blocks[high], blocks[high + 1]):
        high += 1
    return blocks[low : high + 1]


def _near(before: tuple[int, int, int], after: tuple[int, int, int]) -> bool:
    extra = (after[1] - before[1] - before[2]) - (after[0] - before[0] - before[2])
    return extra <= (_SLACK if min(before[2], after[2]) >= 3 else 6)


def _differences(mine: Canon, theirs: Canon, start: int, end: int) -> Iterator[Difference]:
    """What differs, stretch by stretch: words first; where all words agree, stops, signs and capitals."""
    source = theirs.text[start:end]
    for casefolded in (True, False):
        own = [(m[0], m.start(), m.end()) for m in TOKEN.finditer(mine.text)]
        other = [(m[0], m.start(), m.end()) for m in TOKEN.finditer(source)]
        if casefolded:
            own = [(x.casefold(), s, e) for x, s, e in own if x[0].isalnum() or x in "%$€£¥₹°"]
            other = [(x.casefold(), s, e) for x, s, e in other if x[0].isalnum() or x in "%$€£¥₹°"]
        matcher = SequenceMatcher(None, [x[0] for x in own], [x[0] for x in other], autojunk=False)
        found = False
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag != "equal":
                found = True
                yield Difference(
                    mine.text[own[a][1] : own[b - 1][2]] if a < b else "",
                    source[other[c][1] : other[d - 1][2]] if c < d else "",
                )
        if found:
            return


def _kind(differences: Sequence[Difference]) -> Verdict:
    """What a difference in words makes of a quotation: another figure where numbers alone differ, else altered."""
    pairs = [([x.key for x in words(canon(d.draft))], [x.key for x in words(canon(d.source))]) for d in differences]
    numbers = bool(pairs) and all(a and b and all(map(is_number, (*a, *b))) for a, b in pairs)
    return "figure_mismatch" if numbers else "altered"


def _in_boilerplate(document: Document, span: Span) -> bool:
    return any(x.start < span.end and span.start < x.end for x in document.boilerplate)


@lru_cache(maxsize=512)
def _form(text: str, start: int, end: int) -> Canon:
    return canon(text, start, end)
