"""Check-worthy sentences: who says them, how strongly, and which sentences of other documents bear on them.

The tool relates, a person judges: every related sentence is a candidate with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from ctcorpus.analysis.basis import basis_of
from ctcorpus.analysis.claims.assertion import TELLING, assertion_of, is_negated
from ctcorpus.analysis.claims.neighbours import NAME, Neighbours, inside
from ctcorpus.analysis.figures.about import Settings
from ctcorpus.analysis.figures.measured import measured
from ctcorpus.analysis.figures.measures import Measured, Measures
from ctcorpus.analysis.figures.relations import relate
from ctcorpus.analysis.material import Material, Read
from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.index.analysis import Token
from ctcorpus.index.base import Index
from ctcorpus.model.analysis import Claim, ClaimRelation, ClaimReport, Related
from ctcorpus.model.document import Document
from ctcorpus.model.facts import Attribution, AttributionBasis, Facts
from ctcorpus.model.span import Span

#: words of a sentence that names no actor, below which it says too little to be checked
LEAST_WORDS = 8
#: related sentences of one claim
MOST_RELATED = 10
#: words and names in common, and how alike (cosine of their weights), from which two sentences bear on each other
SAME_WORDS, LEAST_ALIKE = 2, 0.14
#: the same for a sentence and its negation
NEGATED_WORDS, NEGATED_ALIKE = 4, 0.3

_BY_VERDICT: dict[str, ClaimRelation] = {
    **dict.fromkeys(("same", "rounded", "derived"), "same_figure"),
    **dict.fromkeys(("differs", "revised"), "other_figure"),
    **dict.fromkeys(("other_period", "other_scope"), "other_scope"),
}
_ORDER: tuple[ClaimRelation, ...] = ("other_figure", "negated", "same_figure", "same_words", "other_scope")
_DISAGREE = ("other_figure", "negated")
_NORMATIVE = frozenset(("must", "should", "ought", "need", "let"))


def claims(material: Material, index: Index, table: LabelTable, limit: int) -> ClaimReport:
    """The first ``limit`` claims of a selection, in order of document and place."""
    relating = Relating(material.text, Neighbours(material.store, index), table)
    found: list[Claim] = []
    more = False
    for read in material:
        document = material.document(read.id)
        for span, facts in sentences(document, read, material):
            if len(found) == limit:
                more = True
                break
            found.append(relating.claim(read, document, span, facts))
        if more:
            break
    return ClaimReport(basis_of(material.selection), tuple(found), more)


def sentences(document: Document, read: Read, material: Material) -> Iterator[tuple[Span, Facts]]:
    """The check-worthy sentences of a document that lie in the selection, each with its facts.

    Worthy is a sentence with a figure, a date of an event or a named actor, law, operation or event; a question is
    not, nor what somebody should do unless a figure is in it.
    """
    for span in document.sentences:
        if not material.selection.holds(document.id, span.start, span.end):
            continue
        facts = inside(read.facts, span)
        if is_claim(span.of(document.text), facts):
            yield span, facts


def is_claim(sentence: str, facts: Facts) -> bool:
    """Whether a sentence with these facts states something that can be checked.

    Of places and topics alone two are asked for, or one with a word of cause or change ("fails", "reduced").
    """
    if sentence.rstrip("”\"' ").endswith("?"):
        return False
    if facts.figures:
        return True
    if _NORMATIVE & set(sentence.lower().split()):
        return False
    dated = any(x.value is not None and x.basis == "event" for x in facts.dates)
    named = {x.concept for x in facts.mentions}
    if dated or any(not x.startswith(("plc:", "top:")) for x in named):
        return True
    words = set(sentence.lower().replace("-", " ").split())
    return len(words) >= LEAST_WORDS and (len(named) > 1 or (bool(named) and bool(TELLING & words)))


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence to be held against others: its features by weight, whether it is negated, its figures."""

    words: Mapping[str, float]
    negated: bool
    figures: list[Measured]


class Relating:
    """Makes claims of sentences, with what bears on them elsewhere. text_of: gives a document's text."""

    def __init__(self, text_of: Callable[[str], str], neighbours: Neighbours, table: LabelTable) -> None:
        self._text_of = text_of
        self._near = neighbours
        self._measures = Measures(table)
        self._settings = Settings(text_of, neighbours.rarity)

    def claim(self, read: Read, document: Document, span: Span, facts: Facts) -> Claim:
        """The claim of a sentence."""
        text = span.of(document.text)
        said = attribution_of(facts)
        at = facts.figures[0].start if facts.figures else None
        strength, cue = assertion_of(text, span.start, at, said)
        return Claim(
            document=document.id,
            start=span.start,
            end=span.end,
            text=text,
            attribution=said,
            assertion=strength,
            cue=cue,
            concepts=tuple(dict.fromkeys(x.concept for x in facts.mentions)),
            figures=tuple(x.id for x in facts.figures),
            dates=tuple(Span(x.start, x.end) for x in facts.dates),
            related=tuple(self.related(read, document, span, facts)),
        )

    def related(
        self, read: Read, document: Document, span: Span, facts: Facts, least: float = LEAST_ALIKE
    ) -> list[Related]:
        """The sentences of other documents that bear on one, likest first after those that disagree; MOST_RELATED.

        least: how alike (0 to 1) sentences are that only share words.
        """
        text = span.of(document.text)
        tokens = self._near.tokens(text)
        said = self._near.said(text, tokens, facts, span.start)
        weights = {x: y for x, word in said.items() if (y := self._near.weight(x, word))}
        here = _Said(weights, _turns(tokens), self._measured(read, facts))
        found: list[tuple[float, Related]] = []
        for other, passage in self._near.near(self._near.rare(tokens, facts), document.id):
            there = Read(self._near.entry(other), self._near.facts(other, passage))
            for candidate in self._near.sentences(other, passage):
                kept = self._compare(here, there, candidate)
                if kept is not None:
                    found.append(kept)
        found.sort(key=lambda x: (x[1].relation not in _DISAGREE, -x[0], x[1].document, x[1].start))
        those = (x for alike, x in found if alike >= least or x.relation != "same_words")
        return list(islice(those, MOST_RELATED))

    def _compare(self, here: _Said, there: Read, span: Span) -> tuple[float, Related] | None:
        """How a sentence elsewhere bears on one, with how alike they are (0 to 1); None where it does not."""
        text = span.of(self._near.text(there.id))
        facts = inside(there.facts, span)
        tokens = self._near.tokens(text)
        other = self._near.said(text, tokens, facts, span.start)
        common = here.words.keys() & other.keys()
        alike = self._near.alike(here.words, other)
        relation, reason = self._by_figures(here.figures, self._measured(there, facts))
        says_more = any(not x.startswith(NAME) for x in common)
        if relation is None and len(common) >= SAME_WORDS and says_more and alike >= LEAST_ALIKE:
            rarest = sorted(common, key=lambda x: (-here.words[x], x))
            said = f"in common: {', '.join(other[x] for x in rarest[:6])}"
            if alike >= NEGATED_ALIKE and len(common) >= NEGATED_WORDS and here.negated != _turns(tokens):
                relation, reason = "negated", f"one of the two is negated; {said}"
            else:
                relation, reason = "same_words", said
        if relation is None:
            return None
        return alike, Related(there.id, span.start, span.end, relation, reason, text)

    def _by_figures(self, here: list[Measured], there: list[Measured]) -> tuple[ClaimRelation | None, str]:
        best: tuple[ClaimRelation | None, str] = None, ""
        for a in here:
            for b in there:
                drawn = relate(a, b) if a.key == b.key else None
                if drawn is None:
                    continue
                relation = _BY_VERDICT[drawn.verdict]
                if best[0] is None or _ORDER.index(relation) < _ORDER.index(best[0]):
                    sum_ = f" ({drawn.arithmetic})" if drawn.arithmetic else ""
                    best = relation, f"{drawn.verdict.replace('_', ' ')}: {drawn.reason}{sum_}"
        return best

    def _measured(self, read: Read, facts: Facts) -> list[Measured]:
        chosen = [(Read(read.entry, facts), x) for x in facts.figures]
        return list(measured(chosen, self._text_of, self._measures, self._settings))


def _turns(tokens: list[Token]) -> bool:
    return is_negated(frozenset(x.exact for x in tokens))


def attribution_of(facts: Facts) -> Attribution | None:
    """Whose word a sentence is: that of its first attributed figure, else of the quotation that it lies in."""
    for figure in facts.figures:
        if figure.attribution is not None:
            return figure.attribution
    for said in facts.quotations:
        if said.speaker is not None:
            cue = said.speaker_span or Span(said.start, said.end)
            basis: AttributionBasis = "quotation" if said.direct else "sentence"
            return Attribution(said.speaker, said.speaker_kind, said.verb, cue.start, cue.end, basis, said.via)
    return None
