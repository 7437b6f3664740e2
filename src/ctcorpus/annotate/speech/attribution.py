"""Whose word a statement is: the source that a document gives for a figure or a claim, and how far it governs it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ctcorpus.model.document import Document
from ctcorpus.model.facts import Attribution, AttributionBasis, Quotation
from ctcorpus.model.span import Span

#: how far from its speaker a verb may stand
_REACH = 400
#: a sentence that begins so goes on about what was just said
_BACK_REFERENCE = re.compile(
    r"[\s>*_•-]{0,9}(?:These|This|Such|They"
    r"|The (?:figures|numbers|statistics|data|toll|same (?:data|report|source|period)))\b"
)
#: the author's own comment on what was said, not more of it
_COMMENT = re.compile(
    r"[^.]{0,60}?\b(?:indicat|show|reflect|underscor|underlin|demonstrat|highlight|illustrat|suggest|prove|reveal|mean)"
    r"(?:s|es|ed|ing)?\b"
)
#: a main clause that opens its sentence leaves at most this much before it
_OPENING = 80


class Attributions:
    """The sources of one document's statements, from its quotations; asked one statement at a time."""

    def __init__(self, document: Document, quotations: Sequence[Quotation]) -> None:
        """quotations: those of this document, in order of start."""
        self._text = document.text
        self._sentences = document.sentences
        self._starts = [sentence.start for sentence in document.sentences]
        self._breaks = [paragraph.start for paragraph in document.paragraphs]
        self._spoken = [q for q in quotations if q.speaker is not None]
        self._opens = [q.start for q in self._spoken]
        self._widest = _reach_back(self._spoken)

    def of(self, sentence: Span, span: Span) -> Attribution | None:
        """Whose word the statement at ``span`` in ``sentence`` is; None where the text does not say.

        The basis tells why: it stands in somebody's quotation, in the clause that a cue governs, it is the sentence
        that a cue opens, or it goes on from a cue in the sentence before.
        """
        holding = [q for q in self._near(span) if q.start <= span.start and span.end <= q.end]
        if holding:
            best = min(holding, key=lambda q: (q.end - q.start, not q.direct))
            return self._attribution(best, "quotation" if best.direct else "clause")
        held = [q for q in self._near(sentence) if span.start <= q.start and q.end <= span.end]
        opening = [q for q in held if self._opens_sentence(q, sentence)]
        if opening:
            speakers = {q.speaker for q in opening if not q.via}
            return self._attribution(opening[0], "sentence") if len(speakers) <= 1 else None
        return self._carried_over(sentence)

    def _near(self, span: Span) -> list[Quotation]:
        """The quotations that overlap a span."""
        last = bisect_left(self._opens, span.end)
        found = []
        for at in range(last - 1, -1, -1):
            if self._widest[at] <= span.start:
                break
            if self._spoken[at].end > span.start:
                found.append(self._spoken[at])
            if len(found) >= 16 or last - at > 64:
                break
        return found[::-1]

    def _opens_sentence(self, quotation: Quotation, sentence: Span) -> bool:
        """Whether the quotation makes up its sentence: a cue at its head, or more than half of its words."""
        cue = self._cue(quotation)
        inside = sentence.start <= cue.start < sentence.end
        length = max(1, len(sentence))
        whole = (quotation.end - quotation.start) * 2 >= length
        return inside and (cue.start - sentence.start <= _OPENING or whole)

    def _carried_over(self, sentence: Span) -> Attribution | None:
        """The source of the sentence before, where this one refers back to it and the source's frame comes first."""
        text = self._text
        if not _BACK_REFERENCE.match(text, sentence.start, sentence.end):
            return None
        if self._near(sentence) or _COMMENT.match(text, sentence.start, min(sentence.end, sentence.start + 120)):
            return None
        at = bisect_right(self._starts, sentence.start) - 2
        if at < 0 or self._is_new_paragraph(self._sentences[at], sentence):
            return None
        before = self._sentences[at]
        for quotation in self._near(before)[::-1]:
            frames = not quotation.direct and self._cue(quotation).start < quotation.start
            rest = text[quotation.end : min(before.end, quotation.end + 20)]
            if frames and not quotation.via and not rest.strip(' .!?*_”"’'):
                return self._attribution(quotation, "preceding_sentence")
        return None

    def _is_new_paragraph(self, before: Span, sentence: Span) -> bool:
        if self._breaks:
            return bisect_right(self._breaks, before.start) != bisect_right(self._breaks, sentence.start)
        return "\n" in self._text[before.end : sentence.start]

    def _cue(self, quotation: Quotation) -> Span:
        """Where a quotation's frame is printed: from speaker to verb, or the verb alone behind a pronoun."""
        speaker = quotation.speaker_span
        assert speaker is not None
        verb = self._verb(quotation, speaker)
        if verb is None:
            return speaker
        if abs(verb.start - speaker.start) > _REACH or not self._same_sentence(verb, speaker):
            return verb
        return Span(min(speaker.start, verb.start), max(speaker.end, verb.end))

    def _verb(self, quotation: Quotation, speaker: Span) -> Span | None:
        """The printed verb that is nearest to the quotation and its speaker."""
        if quotation.verb is None:
            return None
        word = re.compile(rf"(?:(?<=[a-z])|(?<![^\W_])){re.escape(quotation.verb)}(?![\w’'])")
        low = max(0, min(speaker.start, quotation.start) - 60 if speaker.start < quotation.start else quotation.start)
        low = max(low, quotation.start - _REACH) if quotation.start - speaker.end > _REACH else low
        high = max(quotation.end + _REACH, min(speaker.end, quotation.end + _REACH))
        places = [Span(*m.span()) for m in word.finditer(self._text, low, min(high, quotation.start + _REACH))]
        places += [Span(*m.span()) for m in word.finditer(self._text, max(low, quotation.end - 1), high)]
        if quotation.direct:
            places = [p for p in places if p.end <= quotation.start + 1 or p.start >= quotation.end - 1]
        anchor = (
            speaker if any(self._same_sentence(p, speaker) for p in places) else Span(quotation.start, quotation.end)
        )
        return min(places, key=lambda p: min(abs(p.start - anchor.end), abs(anchor.start - p.end)), default=None)

    def _same_sentence(self, one: Span, other: Span) -> bool:
        return bisect_right(self._starts, one.start) == bisect_right(self._starts, other.start)

    def _attribution(self, quotation: Quotation, basis: AttributionBasis) -> Attribution:
        assert quotation.speaker is not None
        cue = self._cue(quotation)
        return Attribution(
            speaker=quotation.speaker,
            speaker_kind=quotation.speaker_kind,
            verb=quotation.verb,
            start=cue.start,
            end=cue.end,
            basis=basis,
            via=quotation.via,
        )


def _reach_back(quotations: list[Quotation]) -> list[int]:
    """For each quotation the furthest end of it and all before it: where a search backwards may stop."""
    furthest: list[int] = []
    for quotation in quotations:
        furthest.append(max(quotation.end, furthest[-1] if furthest else 0))
    return furthest
