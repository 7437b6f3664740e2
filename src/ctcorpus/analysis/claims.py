"""Check-worthy sentences: who says them, how strongly, and which sentences of other documents bear on them.

The tool relates, a person judges: every related sentence is a candidate with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ctcorpus.analysis.assertion import assertion_of, is_negated
from ctcorpus.analysis.basis import basis_of
from ctcorpus.analysis.claims_neighbours import Neighbours, inside
from ctcorpus.analysis.figures import measured
from ctcorpus.analysis.material import Material, Read
from ctcorpus.analysis.measures import Measured, Measures
from ctcorpus.analysis.relations import relate
from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.index.base import Index
from ctcorpus.model.analysis import Claim, ClaimRelation, ClaimReport, Related
from ctcorpus.model.document import Document
from ctcorpus.model.facts import Attribution, AttributionBasis, Facts
from ctcorpus.model.span import Span

#: related sentences of one claim
MOST_RELATED = 5
#: share of the shorter sentence's telling words, and how many, from which two sentences say the same words
SAME_SHARE, SAME_WORDS = 0.5, 4
#: the share from which a sentence and its negation are put side by side
NEGATED_SHARE = 0.4

_BY_VERDICT: dict[str, ClaimRelation] = {
    **dict.fromkeys(("same", "rounded", "derived"), "same_figure"),
    **dict.fromkeys(("differs", "revised"), "other_figure"),
    **dict.fromkeys(("other_period", "other_scope"), "other_scope"),
}
_ORDER: tuple[ClaimRelation, ...] = ("other_figure", "negated", "same_figure", "same_words", "other_scope")
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
    """Whether a sentence with these facts states something that can be checked."""
    if sentence.rstrip("”\"' ").endswith("?"):
        return False
    if facts.figures:
        return True
    if _NORMATIVE & set(sentence.lower().split()):
        return False
    dated = any(x.value is not None and x.basis == "event" for x in facts.dates)
    return dated or any(not x.concept.startswith(("plc:", "top:")) for x in facts.mentions)


class Relating:
    """Makes claims of sentences, with what bears on them elsewhere. text_of: gives a document's text."""

    def __init__(self, text_of: Callable[[str], str], neighbours: Neighbours, table: LabelTable) -> None:
        self._text_of = text_of
        self._near = neighbours
        self._measures = Measures(table)

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

    def related(self, read: Read, document: Document, span: Span, facts: Facts) -> list[Related]:
        """The sentences of other documents that bear on one, those that disagree first; at most MOST_RELATED."""
        tokens = self._near.tokens(span.of(document.text))
        here = self._measured(read, facts)
        words, exact = self._near.telling(tokens), frozenset(x.exact for x in tokens)
        found: list[tuple[float, Related]] = []
        for other, passage in self._near.near(self._near.rare(tokens), document.id):
            there = Read(self._near.entry(other), inside(self._near.facts(other), passage))
            for candidate in self._near.sentences(other, passage):
                kept = self._compare(here, words, exact, there, candidate)
                if kept is not None:
                    found.append(kept)
        found.sort(key=lambda x: (_ORDER.index(x[1].relation), -x[0], x[1].document, x[1].start))
        return [x for _, x in found[:MOST_RELATED]]

    def _compare(
        self, here: list[Measured], words: frozenset[str], exact: frozenset[str], there: Read, span: Span
    ) -> tuple[float, Related] | None:
        """How a sentence elsewhere bears on one with these figures and words, with the share of words they have in
        common; None where it does not."""
        text = span.of(self._near.document(there.id).text)
        tokens = self._near.tokens(text)
        other = self._near.telling(tokens)
        common = words & other
        share = len(common) / max(1, min(len(words), len(other)))
        relation, reason = self._by_figures(here, self._measured(there, inside(there.facts, span)))
        if relation is None and len(common) >= SAME_WORDS:
            turned = is_negated(exact) != is_negated(frozenset(x.exact for x in tokens))
            said = f"{len(common)} words in common: {', '.join(sorted(common)[:6])}"
            if turned and share >= NEGATED_SHARE:
                relation, reason = "negated", f"one of the two is negated; {said}"
            elif share >= SAME_SHARE:
                relation, reason = "same_words", said
        if relation is None:
            return None
        return share, Related(there.id, span.start, span.end, relation, reason, text)

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
        return list(measured([(Read(read.entry, facts), x) for x in facts.figures], self._text_of, self._measures))


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
