"""Under which names an actor goes: by document, site, voice and speaker.

An actor's own names and a state's label for it are never one: they stand in other rows and are counted apart. Nor
are the author's words and those of somebody who is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ctcorpus.analysis.basis import basis_of
from ctcorpus.analysis.material import Material, Read
from ctcorpus.annotate.thesaurus import Thesaurus
from ctcorpus.errors import UnknownConceptError
from ctcorpus.model.analysis_names import LabelReport, LabelRow
from ctcorpus.model.concept import Concept, StateLabel
from ctcorpus.model.entry import Entry
from ctcorpus.model.facts import DateBasis, Facts, Mention, Quotation
from ctcorpus.model.span import Span

#: what stands between two names that a text makes one: "Fitna al Khawarij (TTP)", "X, also known as Y"
_EQUATED = re.compile(
    r"\s*(?:\(|,|–|—)?\s*(?:i\.e\.,?|or|also (?:known|called|referred to) as|a\.?k\.?a\.?|otherwise known as"
    r"|the (?:proscribed|banned|outlawed)|meaning|the (?:official|state) (?:term|name|label) for)?\s*[(“\"]?\s*",
    re.IGNORECASE,
)
_LINKED = re.compile(r"[(]|i\.e|known as|called|a\.?k\.?a|meaning|(?:term|name|label) for", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Actor:
    """The actor asked for, and the states' labels for it with the statement that maps each."""

    concept: Concept
    states: Mapping[str, StateLabel]


def concept_named(thesaurus: Thesaurus, name: str) -> Concept:
    """The concept that a name means, the first by id where it means several; raises UnknownConceptError."""
    found = thesaurus.look_up(name.removeprefix("@"))
    if not found:
        near = sorted({x.preferred for x in thesaurus.concepts if name.casefold() in x.preferred.casefold()})
        raise UnknownConceptError(name, near[:5])
    return found[0]


def labels(material: Material, thesaurus: Thesaurus, name: str) -> LabelReport:
    """The names of one actor in a selection, in order of document and place; raises UnknownConceptError."""
    concept = concept_named(thesaurus, name)
    states = {x.id: y for x in thesaurus.concepts for y in x.state_label_for if y.concept == concept.id}
    actor = _Actor(concept, states)
    rows = [row for read in material for row in _rows(read, actor, material)]
    own = sum(len(x.mentions) for x in rows if x.relation == "own")
    undated = len({x.document for x in rows if x.first_seen is None})
    total = sum(len(x.mentions) for x in rows)
    return LabelReport(
        basis_of(material.selection), concept.id, concept.preferred, own, total - own, tuple(rows), undated
    )


def _rows(read: Read, actor: _Actor, material: Material) -> list[LabelRow]:
    """One row for each printed name, voice and speaker of a document."""
    found: dict[tuple[str, str, bool, str | None], list[Span]] = {}
    text = ""
    for mention in read.facts.mentions:
        if mention.concept != actor.concept.id and mention.concept not in actor.states:
            continue
        text = text or material.text(read.id)
        quotation = _voice(read.facts, mention)
        printed = " ".join(text[mention.start : mention.end].split())
        speaker = quotation.speaker if quotation else None
        key = (mention.concept, printed, quotation is not None, speaker)
        found.setdefault(key, []).append(Span(mention.start, mention.end))
    seen, basis = _when(read.entry)
    equated = {x for x in {y[0] for y in found} & actor.states.keys() if _equated(read.facts, actor, x, text)}
    return [
        LabelRow(
            label=printed,
            concept=concept,
            relation="own" if concept == actor.concept.id and actor.concept.type != "label" else "state_label_for",
            mapping_basis="document" if concept in equated else "thesaurus",
            voice="quoted" if quoted else "author",
            speaker=speaker,
            document=read.id,
            citekey=read.entry.citekey,
            site=read.entry.site or read.entry.publisher,
            first_seen=seen,
            date_basis=basis,
            mentions=tuple(spans),
            mapped_by=actor.states[concept].source if concept in actor.states else None,
        )
        for (concept, printed, quoted, speaker), spans in found.items()
    ]


def _voice(facts: Facts, mention: Mention) -> Quotation | None:
    """The quotation, direct or reported, that holds a mention; the innermost."""
    holding = [x for x in facts.quotations if x.start <= mention.start and mention.end <= x.end]
    return min(holding, key=lambda x: x.end - x.start, default=None)


def _equated(facts: Facts, actor: _Actor, state: str, text: str) -> bool:
    """Whether the document itself says that a state's label and the actor are one."""
    pair = {actor.concept.id, state}
    for a, b in zip(facts.mentions, facts.mentions[1:], strict=False):
        gap = text[a.end : b.start]
        if {a.concept, b.concept} == pair and len(gap) < 60 and _EQUATED.fullmatch(gap) and _LINKED.search(gap):
            return True
    return False


def _when(entry: Entry) -> tuple[str | None, DateBasis | None]:
    """The day that a document states of itself, and which date that is."""
    if entry.published:
        return entry.published, "published"
    return (entry.as_of, "as_of") if entry.as_of else (None, None)
