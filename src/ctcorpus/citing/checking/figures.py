"""The verdict on a figure that a draft states in its own words: does a source state it, of the same thing.

Supported means stated in the source, not true. A figure about the same thing with another value is a mismatch;
whatever else is found is left to a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ctcorpus.annotate.thesaurus import Thesaurus
from ctcorpus.citing.checking.amounts import Fit, fit, range_of
from ctcorpus.citing.checking.canon import canon
from ctcorpus.citing.checking.claims import Claims
from ctcorpus.citing.checking.context import REPORTING
from ctcorpus.citing.checking.items import item, located
from ctcorpus.citing.checking.locate import Library, about, figured
from ctcorpus.citing.checking.measures import Relation, Stated, relation, stated
from ctcorpus.citing.checking.sources import named
from ctcorpus.citing.checking.voices import Voice, is_near, is_source, same_name
from ctcorpus.citing.checking.wording import HEDGES, STOPWORDS, keys
from ctcorpus.model.check import CheckItem, Difference, SourceSays, Verdict, Warned
from ctcorpus.model.document import Document
from ctcorpus.model.facts import Figure
from ctcorpus.model.span import Span

#: passages whose figures are compared with one of the draft: by their number, and by their words
MOST_BY_NUMBER, MOST_BY_WORDS = 24, 24
#: words that are looked up for one figure
MOST_WORDS = 8
#: agreement that makes two figures of one value the same claim (distinct numbers need less), and that lets another
#: value contradict
SUPPORTS, SUPPORTS_DISTINCT, CONTRADICTS, RELATED = 2.0, 1.0, 3.0, 3.0


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A stored figure beside the draft's."""

    stated: Stated
    document: Document
    fit: Fit
    relation: Relation

    @property
    def rank(self) -> tuple[bool, int, int, float]:
        """Best last: a number that fits, fewer conflicts, fewer doubts, more agreement."""
        told = self.relation
        return self.fit == "fits", -len(told.conflicts), -len(told.doubts), told.strength


class FigureCheck:
    """Checks figures against one library."""

    def __init__(self, library: Library, thesaurus: Thesaurus) -> None:
        self._library = library
        self._thesaurus = thesaurus

    def check(self, claims: Claims, figure: Figure) -> CheckItem:
        """The item of one figure of a draft."""
        base = item(claims, "figure", Span(figure.start, figure.end), "not_found")
        span = Span(figure.start, figure.end)
        sources = named(self._library, claims.cited_by(span, figure.sentence), claims.files_by(figure.sentence))
        if sources.absent and not sources.documents:
            note = f"The corpus does not hold the work cited: {', '.join(sources.absent)}; not checked."
            return replace(base, verdict="outside_corpus", note=note)
        draft = stated(figure, claims.draft.plain, claims.facts)
        candidates = self._candidates(draft)
        inside = [x for x in candidates if not sources.documents or x.document.id in sources.documents]
        support = [x for x in inside if _supports(x)]
        if support:
            best = max(support, key=lambda x: (self._voice_fits(draft, x), x.rank))
            return self._supported(base, draft, best, candidates)
        elsewhere = [x for x in candidates if _supports(x)]
        if elsewhere and sources.documents:
            best = max(elsewhere, key=lambda x: x.rank)
            entry = self._library.entry(best.document.id)
            note = f"The figure stands in {entry.citekey}, not in the source named here: {', '.join(sources.names)}."
            return self._placed(replace(base, verdict="misattributed", note=note), best)
        return self._unsupported(base, draft, inside)

    # --- finding --------------------------------------------------------------------------------------------------

    def _candidates(self, draft: Stated) -> list[_Candidate]:
        words = self._words(draft)
        bounds = range_of(draft.figure)
        places = about(words, self._library, MOST_BY_WORDS)
        if bounds is not None:
            places += figured(*bounds, words, self._library, MOST_BY_NUMBER)
            if draft.figure.kind in ("percent", "percent_change"):
                places += figured(-bounds[1], -bounds[0], words, self._library, MOST_BY_NUMBER)
        found = []
        for document, span in dict.fromkeys(places):
            facts = self._library.facts(document)
            if not any(span.contains(x.number) for x in facts.figures):
                continue
            whole = self._library.document(document)
            for figure in facts.figures:
                if span.contains(figure.number):
                    theirs = stated(figure, whole.text, facts)
                    told = relation(draft, theirs, self._thesaurus)
                    found.append(_Candidate(theirs, whole, fit(draft.figure, figure), told))
        return found

    def _words(self, draft: Stated) -> list[str]:
        """The words that a source about the same thing may hold: those of the figure first, then rare ones."""
        figure = draft.figure
        own = " ".join(x for x in (figure.counted, figure.act, figure.place) if x)
        first = [x for x in self._library.analyzer.exact(own) if x not in STOPWORDS and not x[0].isdigit()]
        rest = [x for x in self._library.analyzer.exact(draft.sentence) if not x[0].isdigit()]
        rare = self._library.rarest(rest, MOST_WORDS)
        return list(dict.fromkeys([*first[:MOST_WORDS], *rare]))[: MOST_WORDS + 4]

    # --- verdicts -------------------------------------------------------------------------------------------------

    def _supported(self, base: CheckItem, draft: Stated, best: _Candidate, others: Sequence[_Candidate]) -> CheckItem:
        figure = best.stated.figure
        entry = self._library.entry(best.document.id)
        by = figure.attribution.speaker if figure.attribution else "the source itself"
        verdict: Verdict = "figure_supported"
        note = f"Stated in {entry.citekey}, by {by}; not verified."
        fault = self._voice_fault(draft, best)
        if fault:
            verdict, note = fault
        warnings = [*_dropped(draft, best)]
        contrary = [x for x in others if _contradicts(x) and fit(figure, x.stated.figure) == "differs"]
        contrary = [x for x in contrary if fit(x.stated.figure, figure) == "differs"]
        if contrary:
            warnings.append("other_figures_exist")
            where = self._library.entry(contrary[0].document.id).citekey
            note += f" {where} gives {_printed(contrary[0])}."
        return self._placed(replace(base, verdict=verdict, note=note, warnings=tuple(warnings)), best)

    def _unsupported(self, base: CheckItem, draft: Stated, inside: Sequence[_Candidate]) -> CheckItem:
        """The item where no source bears the figure out."""
        conflicting = [x for x in inside if x.fit == "fits" and len(x.relation.conflicts) == 1 and _is_related(x)]
        contrary = [x for x in inside if _contradicts(x)]
        open_ones = [x for x in inside if x.fit != "differs" and "unit" not in x.relation.conflicts and _is_near(x)]
        doubtful = [x for x in open_ones if not x.relation.conflicts]
        if doubtful:
            best = max(doubtful, key=lambda x: x.rank)
            return self._placed(replace(base, verdict="unresolved", note=self._doubt(best)), best)
        if conflicting:
            best = max(conflicting, key=lambda x: x.rank)
            difference = _conflict(draft, best)
            other = f"another {best.relation.conflicts[0]}: {difference.source}"
            note = f"The number stands in {self._key(best)}, with {other}."
            made = replace(base, verdict="figure_mismatch", note=note, differences=(difference,))
            return self._placed(made, best)
        if contrary:
            best = max(contrary, key=lambda x: (x.relation.strength, -_distance(draft, x)))
            mine = draft.figure.number.of(draft.text)
            note = f"{self._key(best)} gives {_printed(best)} for this, not {_qualified(draft)}."
            difference = Difference(mine, best.stated.figure.number.of(best.document.text))
            made = replace(base, verdict="figure_mismatch", note=note, differences=(difference,))
            return self._placed(made, best)
        if open_ones:
            best = max(open_ones, key=lambda x: x.rank)
            note = f"The number stands in {self._key(best)}, it seems about something else: see whether it is meant."
            return self._placed(replace(base, verdict="unresolved", note=note), best)
        related = [x for x in inside if not x.relation.conflicts and x.relation.strength >= RELATED]
        if related:
            best = max(related, key=lambda x: x.rank)
            note = f"No source gives this number; {self._key(best)} gives {_printed(best)}, perhaps about the same."
            return self._placed(replace(base, verdict="unresolved", note=note), best)
        counts = self._library.store.counts()
        note = f"No such figure in this corpus of {counts.documents} documents. That does not make it wrong."
        return replace(base, note=note)

    def _doubt(self, best: _Candidate) -> str:
        """What a person must look at where the number is there and something else is open."""
        key, doubts = self._key(best), best.relation.doubts
        if best.fit == "loosened":
            return f"{key} says {_printed(best)}: the draft drops or changes its bound."
        if "period" in doubts:
            period = best.stated.period
            return f"The number stands in {key}, for {period or 'no stated period'}: see whether the draft means that."
        if "place" in doubts:
            return f"The number stands in {key}, for {best.stated.figure.place}: see whether the draft means that."
        if "counted" in doubts:
            return f"The number stands in {key}, of {best.stated.figure.counted}: see whether the draft means these."
        return f"The number stands in {key}: see whether it is about the same."

    def _voice_fault(self, draft: Stated, best: _Candidate) -> tuple[Verdict, str] | None:
        """What is wrong with whom the draft gives the figure to; None where nothing is."""
        mine = draft.figure.attribution
        if mine is None:
            return None
        voice = Voice(mine.speaker, mine.verb)
        entry = self._library.entry(best.document.id)
        if voice.is_authorial or not voice.is_named or is_source(voice, entry):
            return None
        theirs = best.stated.figure.attribution
        if theirs is not None:
            names = (theirs.speaker, *theirs.via)
            if any(same_name(voice.name, x, self._thesaurus) for x in names) or is_near(
                voice, best.document, _span(best)
            ):
                return None
            return (
                "misattributed",
                f"{entry.citekey} has the figure from {theirs.speaker}, the draft from {voice.name}.",
            )
        if is_near(voice, best.document, _span(best), reach=2_000):
            return None
        return "unresolved", f"{entry.citekey} states the figure itself; it does not give it to {voice.name}."

    def _voice_fits(self, draft: Stated, candidate: _Candidate) -> bool:
        return self._voice_fault(draft, candidate) is None

    def _key(self, candidate: _Candidate) -> str:
        return self._library.entry(candidate.document.id).citekey

    def _placed(self, base: CheckItem, best: _Candidate) -> CheckItem:
        """The item with the stored figure's sentence and speaker."""
        told = best.stated.figure.attribution
        says = SourceSays(told.speaker, told.verb, told.start, told.end) if told else None
        made = located(replace(base, source_says=says), self._library, best.document, _span(best))
        return replace(made, source=best.stated.sentence)


def _span(candidate: _Candidate) -> Span:
    return Span(candidate.stated.figure.start, candidate.stated.figure.end)


def _supports(candidate: _Candidate) -> bool:
    """Whether the stored figure bears the draft's out."""
    told = candidate.relation
    if candidate.fit != "fits" or told.conflicts or (told.doubts and told.doubts != ("counted",)):
        return False
    wanted = SUPPORTS_DISTINCT if _is_distinct(candidate.stated.figure) else SUPPORTS
    return told.strength >= wanted


def _is_distinct(figure: Figure) -> bool:
    """Whether the number is told apart from others by itself: three digits or more that are not noughts."""
    digits = f"{abs(figure.value):g}".replace(".", "").rstrip("0") if figure.value is not None else ""
    return len(digits) >= 3 or figure.kind == "range"


def _contradicts(candidate: _Candidate) -> bool:
    """Whether the stored figure is surely about the same and another."""
    told = candidate.relation
    sure = told.counted is True or (told.counted is None and told.strength >= 1.5)
    wanted = CONTRADICTS if told.counted else 1.5
    return candidate.fit == "differs" and sure and not told.conflicts and not told.doubts and told.strength >= wanted


def _is_related(candidate: _Candidate) -> bool:
    return "unit" not in candidate.relation.conflicts and candidate.relation.strength >= SUPPORTS


def _is_near(candidate: _Candidate) -> bool:
    return candidate.relation.strength >= 1.0 or _is_distinct(candidate.stated.figure)


def _distance(draft: Stated, candidate: _Candidate) -> float:
    mine, theirs = draft.figure.value, candidate.stated.figure.value
    if mine is None or theirs is None:
        return 0.0
    return abs(mine - theirs) / max(abs(mine), abs(theirs), 1.0)


def _conflict(draft: Stated, best: _Candidate) -> Difference:
    """The two sides of what contradicts."""
    name = best.relation.conflicts[0]
    if name == "period":
        return Difference(draft.period or "", best.stated.period or "")
    return Difference(getattr(draft.figure, name) or "", getattr(best.stated.figure, name) or "")


def _dropped(draft: Stated, best: _Candidate) -> list[Warned]:
    """What the source says with the figure and the draft leaves away."""
    warnings: list[Warned] = []
    theirs, mine = best.stated.figure, draft.figure
    spoken = keys(canon(draft.sentence).text)
    if theirs.attribution is not None and mine.attribution is None and not REPORTING.search(draft.sentence):
        warnings.append("attribution_dropped")
    estimated = theirs.hedge is not None or theirs.qualifier == "about"
    softened = (
        mine.hedge is not None
        or mine.qualifier != "exact"
        or any(x in HEDGES or x.startswith("estimat") for x in spoken)
    )
    if estimated and not softened:
        warnings.append("hedge_dropped")
    if best.stated.figure.period is not None and draft.period is None:
        warnings.append("period_dropped")
    return warnings


def _printed(candidate: _Candidate) -> str:
    return f"“{_phrase(candidate.stated)}”"


def _qualified(stated: Stated) -> str:
    return f"“{_phrase(stated)}”"


def _phrase(stated: Stated) -> str:
    """The figure as printed, with the word of its bound."""
    figure = stated.figure
    start = figure.start
    if figure.qualifier != "exact":
        before = stated.text[max(figure.sentence.start, start - 24) : start]
        start -= len(before) - before.rfind(" ", 0, max(0, len(before) - 1)) - 1 if before.strip() else 0
    return " ".join(stated.text[start : figure.end].split())
