"""What a draft claims of its sources: quotations, with whom and what it names beside each; figures; keys."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ctcorpus.annotate import annotate
from ctcorpus.annotate.speech.quotes import find_quoted
from ctcorpus.annotate.thesaurus import Thesaurus
from ctcorpus.citing.checking.draft import Body, Cited, Draft
from ctcorpus.citing.checking.voices import Voice
from ctcorpus.model.facts import Facts, Figure, Quotation
from ctcorpus.model.span import Span

#: a quotation of fewer words, with nobody named beside it, may be a term and no quotation
FEWEST_WORDS = 3
#: a draft's quotations before a place that may reach over it
MOST_NEAR = 8
_WORDS = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_OPENER = re.compile(r"[“«„\"]")
_FILE = re.compile(r"\(([\w][\w.-]{2,60})\)")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d[a-z]?")
_LEAD = re.compile(
    r"(?P<who>[A-Z][^\n.;:!?“”\"]{1,80}?)\s+(?P<verb>put it|has this|writes|wrote|said|says|states|stated|told)"
    r"[^\n.;:!?“”\"]{0,40}:\s*\Z"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """Words that a draft sets between marks. inner: the words, in the plain text; outer: with their marks.

    voice: whom the draft names as speaker. cited: the sources it names beside them. files: file names in brackets
    beside them. outside: the writer marked them as not from this corpus.
    """

    inner: Span
    outer: Span
    raw: str
    sentence: Span
    voice: Voice | None = None
    cited: tuple[Cited, ...] = ()
    files: tuple[str, ...] = ()
    outside: bool = False

    @property
    def words(self) -> int:
        """How many words there are."""
        return len(_WORDS.findall(self.raw))

    @property
    def may_be_term(self) -> bool:
        """Whether it may be a word set apart rather than somebody's words."""
        return self.words < FEWEST_WORDS and self.voice is None and not self.cited


class Claims:
    """The claims of one draft."""

    def __init__(self, draft: Draft, thesaurus: Thesaurus) -> None:
        self.draft = draft
        self.body = Body(draft)
        self._thesaurus = thesaurus

    @cached_property
    def facts(self) -> Facts:
        """What the rules for facts read from the draft's own words."""
        return annotate(self.body.document, self._thesaurus)

    @cached_property
    def quotations(self) -> tuple[Claim, ...]:
        """The quotations in order; those inside another are part of it."""
        return tuple(self._claim(outer, inner) for outer, inner in self._marked())

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The draft's own figures: those inside quotations are checked with the words around them."""
        inside = self.quotations
        starts = [x.outer.start for x in inside]

        def is_quoted(figure: Figure) -> bool:
            at = bisect_right(starts, figure.number.start) - 1
            return at >= 0 and figure.number.start < inside[at].outer.end

        return tuple(x for x in self.facts.figures if not is_quoted(x))

    def unclosed(self) -> Iterator[Span]:
        """Opening marks of quotations that nothing closes: what they open cannot be told."""
        plain = self.draft.plain
        inside = sorted([x.outer for x in self.quotations])
        for match in _OPENER.finditer(plain):
            at = bisect_right(inside, match.start(), key=lambda x: x.start) - 1
            before, after = plain[match.start() - 1 : match.start()], plain[match.end() : match.end() + 1]
            opens = not before.isalnum() and after.isalnum()
            if opens and not (at >= 0 and match.start() < inside[at].end):
                yield Span(match.start(), match.end())

    def cited_by(self, span: Span, sentence: Span) -> tuple[Cited, ...]:
        """The keys that belong to a stretch: the next in its sentence or right after it, else the one before."""
        plain = self.draft.plain
        stop = sentence.end
        while stop < len(plain) and plain[stop] in " .,;:)\t\n\u00a0" and stop - sentence.end < 4:
            stop += 1
        low = bisect_left(self._cited, sentence.start, key=lambda x: x.at)
        here = self._cited[low : bisect_right(self._cited, stop, key=lambda x: x.at)]
        after = [x for x in here if x.at >= span.end - 1]
        if after:
            return tuple(x for x in after if x.text == after[0].text and x.at == after[0].at)
        return here[-1:]

    def files_by(self, sentence: Span) -> tuple[str, ...]:
        """What may be names of files in brackets: they hold a digit and are no year."""
        found = _FILE.findall(sentence.of(self.draft.plain))
        return tuple(x for x in found if any(c.isdigit() for c in x) and not _YEAR.fullmatch(x))

    def _marked(self) -> Iterator[tuple[Span, Span]]:
        """(with marks, without) of block quotations and of outermost pairs of marks outside them, in order."""
        blocks = list(self.draft.blocks)
        starts = [x.start for x in blocks]
        found = [(x, _without_marks(self.draft.plain, x)) for x in blocks]
        for pair in find_quoted(self.body.document):
            at = bisect_right(starts, pair.start) - 1
            if pair.outer is None and not (at >= 0 and pair.start < blocks[at].end):
                found.append((Span(pair.start, pair.end), pair.inner))
        return (x for x in sorted(found) if x[1].of(self.draft.plain).strip())

    def _claim(self, outer: Span, inner: Span) -> Claim:
        plain = self.draft.plain
        sentence = self.body.sentence(outer)
        voice = self._voice(outer)
        ends = bisect_left(self.draft.outside, outer.end - 1)
        outside = ends < len(self.draft.outside) and self.draft.outside[ends] <= sentence.end + 3
        cited = self.cited_by(outer, sentence)
        return Claim(inner, outer, inner.of(plain).strip(), sentence, voice, cited, self.files_by(sentence), outside)

    def _voice(self, outer: Span) -> Voice | None:
        """Whom the draft names for these words."""
        credit = self.draft.credits.get(outer.start)
        if credit:
            return Voice(credit.split(",")[0].strip())
        for said in self._said_about(outer):
            assert said.speaker is not None
            assert said.speaker_span is not None
            if said.speaker_span.end <= outer.start or said.speaker_span.start >= outer.end:
                return Voice(said.speaker, said.verb)
        lead = self.draft.plain[max(0, outer.start - 160) : outer.start]
        found = _LEAD.search(lead)
        return Voice(found["who"].strip(), found["verb"]) if found else None

    @cached_property
    def _spoken(self) -> tuple[Quotation, ...]:
        """The draft's direct quotations whose speaker it names, in order of start."""
        return tuple(x for x in self.facts.quotations if x.direct and x.speaker and x.speaker_span)

    def _said_about(self, outer: Span) -> Iterator[Quotation]:
        """Those of them that overlap a stretch; at most the nearest few are looked at."""
        last = bisect_left(self._spoken, outer.end, key=lambda x: x.start)
        for said in self._spoken[max(0, last - MOST_NEAR) : last]:
            if outer.start < said.end:
                yield said

    @cached_property
    def _cited(self) -> tuple[Cited, ...]:
        return tuple(sorted(self.draft.cited, key=lambda x: x.at))


def _without_marks(plain: str, block: Span) -> Span:
    """A block without the marks that some writers set at its ends as well."""
    words = block.of(plain)
    pairs = (("“", "”"), ('"', '"'), ("«", "»"))
    for opening, closing in pairs:
        if len(words) > 2 and words.startswith(opening) and words.endswith(closing) and closing not in words[1:-1]:
            return Span(block.start + 1, block.end - 1)
    return block
