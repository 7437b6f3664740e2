"""The thesaurus as the corpus uses it: concepts with their labels and where they are named."""

from __future__ import annotations

from ctcorpus.analysis.basis import basis_of
from ctcorpus.analysis.names.labels import concept_named
from ctcorpus.annotate.thesaurus import Thesaurus
from ctcorpus.index.base import Index
from ctcorpus.model.analysis_names import ConceptReport, ConceptRow, ThesaurusFinding, ValidationReport
from ctcorpus.model.concept import Concept
from ctcorpus.model.query import ConceptIs
from ctcorpus.query.select import Selection


def concepts(selection: Selection, index: Index, thesaurus: Thesaurus, name: str) -> ConceptReport:
    """The concepts that the corpus names, most passages first; with a name, those that it may mean, named or not.

    Raises UnknownConceptError for a name that means none.
    """
    if name:
        concept_named(thesaurus, name)
        rows = [_row(x, index, thesaurus) for x in thesaurus.look_up(name.removeprefix("@"))]
    else:
        rows = [row for x in thesaurus.concepts if (row := _row(x, index, thesaurus)).passages]
        rows.sort(key=lambda x: (-x.passages, x.id))
    return ConceptReport(basis_of(selection), len(thesaurus), tuple(rows))


def validate(thesaurus: Thesaurus, path: str) -> ValidationReport:
    """What is wrong with a thesaurus, in order of concept."""
    findings = tuple(ThesaurusFinding(x.concept, x.line, x.problem) for x in thesaurus.validate())
    return ValidationReport(path, len(thesaurus), findings)


def _row(concept: Concept, index: Index, thesaurus: Thesaurus) -> ConceptRow:
    shown = [x.text for x in concept.labels if x.kind != "hidden"]
    return ConceptRow(
        id=concept.id,
        name=concept.preferred,
        type=concept.type,
        labels=tuple(dict.fromkeys((concept.preferred, *shown))),
        broader=concept.broader,
        narrower=tuple(x.id for x in thesaurus.narrower(concept.id)),
        related=concept.related,
        state_label_for=tuple(x.concept for x in concept.state_label_for),
        note=concept.note,
        passages=index.frequency(ConceptIs(concept.id)),
    )
