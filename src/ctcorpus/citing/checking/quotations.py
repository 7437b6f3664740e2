"""The verdict on a quotation: are these the words, does this source hold them, did this speaker say them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ctcorpus.annotate.thesaurus import Thesaurus
from ctcorpus.citing.checking.claims import Claim, Claims
from ctcorpus.citing.checking.compare import Found, like_words, same_words
from ctcorpus.citing.checking.context import context_warnings, reverses
from ctcorpus.citing.checking.items import item, located
from ctcorpus.citing.checking.locate import Library, alike, phrased
from ctcorpus.citing.checking.sources import Named, named
from ctcorpus.citing.checking.voices import Voice, is_near, is_source, is_speaker, of_source
from ctcorpus.citing.checking.wanted import Wanted, wanted
from ctcorpus.model.check import CLEAN, CheckItem, SourceSays, Verdict
from ctcorpus.model.facts import Quotation

#: places with the words that are compared for speaker and source
MOST_FOUND = 40


@dataclass(frozen=True, slots=True)
class _Voiced:
    """What a place says of a quotation's speaker and source. fault: why it is misattributed; doubt: what is open."""

    found: Found
    said: Quotation | None
    fault: str | None = None
    doubt: str | None = None
    confirmed: bool = False


class QuotationCheck:
    """Checks quotations against one library."""

    def __init__(self, library: Library, thesaurus: Thesaurus) -> None:
        self._library = library
        self._thesaurus = thesaurus

    def check(self, claims: Claims, claim: Claim) -> Iterator[CheckItem]:
        """The item of a quotation, and one of its speaker where the draft names one and the words were found."""
        base = item(claims, "quotation", claim.outer, "not_found")
        sources = named(self._library, claim.cited, claim.files)
        if claim.outside or (sources.absent and not sources.documents):
            yield replace(base, verdict="outside_corpus", note=_outside(claim, sources))
            return
        found = self._find(claim)
        if found is None:
            yield from self._absent(base, claim)
            return
        if found[0].verdict not in CLEAN:
            yield self._differing(base, found[0], sources)
            return
        best = self._best(claim, found, sources)
        yield self._standing(base, claims, claim, best)
        yield from self._speaker(claims, claim, best)

    # --- finding ------------------------------------------------------------------------------------------------

    def _find(self, claim: Claim) -> list[Found] | None:
        """The places with the very words, all alike in verdict; else the one with words most like them; or None."""
        ways = wanted(claim.raw)
        if not ways:
            return None
        exact = self._exact(ways)
        clean = [x for x in exact if x.verdict in CLEAN]
        if clean:
            return clean
        near = [
            x
            for place in alike(ways[-1], self._library)
            if (x := like_words(ways, place.document, place.within)) is not None
        ]
        like = max(near, key=lambda x: x.likeness, default=None)
        if exact:
            return exact[:1]
        if like is None or (claim.may_be_term and like.verdict == "unresolved"):
            return None
        return [like]

    def _exact(self, ways: Sequence[Wanted]) -> list[Found]:
        found: list[Found] = []
        seen: set[tuple[str, int, int]] = set()
        for look in (phrased, alike):
            for way in dict.fromkeys((ways[0], ways[-1])):
                for place in look(way, self._library):
                    for x in same_words(ways, place.document, place.within):
                        where = (x.document.id, x.span.start, x.span.end)
                        if where not in seen:
                            seen.add(where)
                            found.append(x)
                    if len(found) >= MOST_FOUND:
                        break
                if any(x.verdict in CLEAN for x in found):
                    break
            if found:
                break
        order: tuple[Verdict, ...] = ("verbatim", "normalised", "altered", "unresolved")
        return sorted(found, key=lambda x: order.index(x.verdict))

    # --- speaker and source ---------------------------------------------------------------------------------------

    def _best(self, claim: Claim, found: Sequence[Found], sources: Named) -> _Voiced:
        """The place that agrees most with what the draft says of the words."""
        voiced = [self._voiced(claim, x, sources) for x in found]
        return min(voiced, key=lambda x: (x.fault is not None, x.doubt is not None, x.found.verdict != "verbatim"))

    def _voiced(self, claim: Claim, found: Found, sources: Named) -> _Voiced:
        library, document = self._library, found.document
        entry = library.entry(document.id)
        said = of_source(library.facts(document.id), found.span)
        result = _Voiced(found, said)
        if sources.documents and document.id not in sources.documents:
            names = ", ".join(sources.names)
            return replace(result, fault=f"The words stand in {entry.citekey}, not in the source named here: {names}.")
        voice = claim.voice
        if voice is None or voice.is_authorial or is_source(voice, entry):
            return result
        if said is not None:
            same = is_speaker(voice, said, document, self._thesaurus)
            if same:
                return replace(result, confirmed=True)
            whom = f"The source has them from {said.speaker}, the draft from {voice.name}."
            return replace(result, fault=whom) if same is False else replace(result, doubt=whom)
        return self._unvoiced(result, voice)

    def _unvoiced(self, result: _Voiced, voice: Voice) -> _Voiced:
        """The verdict where the source prints the words as its own, and the draft gives them to somebody."""
        document, span = result.found.document, result.found.span
        entry = self._library.entry(document.id)
        own = f"The source prints these words as its own; it does not give them to {voice.name}."
        if not voice.is_named:
            return result
        if is_near(voice, document, span):
            return replace(result, doubt=own + " It names them nearby: see whose words they are.")
        if entry.site is None and entry.publisher is None and voice.is_outlet:
            return replace(result, doubt=f"The source does not say who published it: see whether it is {voice.name}.")
        return replace(result, fault=own)

    # --- items ----------------------------------------------------------------------------------------------------

    def _standing(self, base: CheckItem, claims: Claims, claim: Claim, best: _Voiced) -> CheckItem:
        """The item of words that stand in the store."""
        found = best.found
        warnings = (*found.warnings, *context_warnings(claims, claim, found, best.said))
        verdict, note = found.verdict, found.note
        if best.fault:
            verdict, note = "misattributed", best.fault
        elif reverses(claims, claim, found):
            verdict, note = "unresolved", "The quotation begins right after a negation of its sentence: see its sense."
        made = replace(
            base,
            verdict=verdict,
            differences=found.differences,
            warnings=tuple(dict.fromkeys(warnings)),
            source_says=_says(best.said),
            note=note,
        )
        return located(made, self._library, found.document, found.span)

    def _differing(self, base: CheckItem, found: Found, sources: Named) -> CheckItem:
        """The item of words that stand there otherwise."""
        entry = self._library.entry(found.document.id)
        elsewhere = sources.documents and found.document.id not in sources.documents
        note = found.note or _differ(found, entry.citekey)
        if elsewhere:
            note += f" And it stands in {entry.citekey}, not in the source named here: {', '.join(sources.names)}."
        said = of_source(self._library.facts(found.document.id), found.span)
        made = replace(
            base,
            verdict=found.verdict,
            differences=found.differences,
            warnings=found.warnings,
            source_says=_says(said),
            note=note,
        )
        return located(made, self._library, found.document, found.span)

    def _absent(self, base: CheckItem, claim: Claim) -> Iterator[CheckItem]:
        counts = self._library.store.counts()
        if claim.may_be_term:
            if claim.words > 1:
                note = "Too short to tell a quotation from a term; these words do not stand in the corpus."
                yield replace(base, verdict="unresolved", note=note)
            return
        note = (
            f"Not in this corpus of {counts.documents} documents, as far as articles' own text goes; "
            "page furniture is not searched. That does not make it wrong: see its source."
        )
        yield replace(base, note=note)

    def _speaker(self, claims: Claims, claim: Claim, best: _Voiced) -> Iterator[CheckItem]:
        """The item of a speaker who is confirmed, or about whom the source leaves a doubt."""
        if claim.voice is None or best.fault or not (best.doubt or best.confirmed):
            return
        said, document = best.said, best.found.document
        base = item(claims, "speaker", claim.outer, "unresolved", best.doubt)
        if best.confirmed and said is not None and said.speaker is not None:
            exact = said.speaker == claim.voice.name
            base = replace(base, verdict="verbatim" if exact else "normalised", source_says=_says(said))
            base = replace(base, note=None if exact else f"The source names the speaker “{said.speaker}”.")
            yield located(base, self._library, document, said.speaker_span or best.found.span)
            return
        yield located(replace(base, source_says=_says(said)), self._library, document, best.found.span)


def _says(said: Quotation | None) -> SourceSays | None:
    if said is None or said.speaker is None:
        return None
    return SourceSays(said.speaker, said.verb, said.start, said.end)


def _differ(found: Found, citekey: str) -> str:
    """A sentence on what differs."""
    count = len(found.differences)
    if found.verdict == "figure_mismatch":
        return (
            f"Another number stands in {citekey}: “{found.differences[0].source}”, not “{found.differences[0].draft}”."
        )
    if all(x.draft.casefold() == x.source.casefold() for x in found.differences):
        return f"The letters' case differs from {citekey}."
    if not any(c.isalnum() for x in found.differences for c in x.draft + x.source):
        return f"The stops or marks differ from {citekey}."
    return f"The words differ from {citekey} in {count} {'place' if count == 1 else 'places'}."


def _outside(claim: Claim, sources: Named) -> str:
    if claim.outside:
        return "Marked in the draft as not from this corpus; not checked."
    return f"The corpus does not hold the work cited: {', '.join(sources.absent)}; not checked."
