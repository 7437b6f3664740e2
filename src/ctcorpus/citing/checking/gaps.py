"""Whether what a writer left out, or put in brackets, is fair: inside one sentence, and nothing that turns it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from ctcorpus.citing.checking.canon import canon
from ctcorpus.citing.checking.wanted import Gap
from ctcorpus.citing.checking.wording import POINTERS, is_negation, is_number, keys, turns
from ctcorpus.index.analysis import Analyzer
from ctcorpus.model.check import Difference, Verdict
from ctcorpus.model.document import Document

#: words that an ellipsis may leave out before a person must look
MOST_HIDDEN = 60


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on one gap. hides: the ellipsis left out what turns the sentence, or a sentence's end."""

    verdict: Verdict
    difference: Difference | None = None
    note: str | None = None
    hides: bool = False


def judge(gap: Gap, text: str, start: int, end: int, document: Document) -> Judged:
    """The verdict on a gap, where ``text[start:end]`` is what the source has in its place."""
    hidden = canon(text, start, end).text
    shown = text[start:end].strip()
    if gap.kind == "letter":
        return Judged("normalised")
    return _ellipsis(hidden, shown, start, end, document) if gap.kind == "ellipsis" else _bracket(gap, hidden, shown)


def _ellipsis(hidden: str, shown: str, start: int, end: int, document: Document) -> Judged:
    difference = Difference("…", shown)
    if not _in_one_sentence(document, start, end):
        return Judged("altered", difference, "The ellipsis passes over the end of a sentence.", hides=True)
    turning = turns(hidden)
    if turning:
        note = f"The ellipsis hides “{turning}”, which turns or limits the sentence."
        return Judged("altered", difference, note, hides=True)
    if len(keys(hidden)) > MOST_HIDDEN:
        return Judged(
            "unresolved", difference, f"The ellipsis leaves out {len(keys(hidden))} words: see that it is fair."
        )
    return Judged("normalised", difference)


def _bracket(gap: Gap, hidden: str, shown: str) -> Judged:
    inserted, replaced = keys(canon(gap.text).text), keys(hidden)
    difference = Difference(f"[{gap.text}]", shown)
    risky = [x for x in (*inserted, *replaced) if is_negation(x) or is_number(x) or turns(x)]
    if risky:
        return Judged("altered", difference, f"The brackets change or hide “{risky[0]}”.")
    if not replaced or all(x in POINTERS for x in replaced) or _stems(gap.text) == _stems(shown):
        return Judged("normalised", difference)
    note = f"The brackets put “{gap.text}” for “{shown}”: see that they mean the same."
    return Judged("unresolved", difference, note)


def _in_one_sentence(document: Document, start: int, end: int) -> bool:
    """Whether the last character before and the first after the gap lie in the same sentence or heading."""
    spans = document.sentences
    index = bisect_right(spans, start - 1, key=lambda x: x.start) - 1
    if index >= 0 and spans[index].start <= start - 1 < spans[index].end:
        return end < spans[index].end
    return any(x.start <= start - 1 and end < x.end for x in document.headings)


def _stems(text: str) -> list[str]:
    return [x.stem for x in Analyzer().tokens(text) if not x.joined]
