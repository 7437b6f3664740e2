"""What an answer rests on: how many documents, how many dated, with an author, of which kind."""

from __future__ import annotations

from collections import Counter

from ctcorpus.model.analysis import Basis
from ctcorpus.query.select import Selection


def basis_of(selection: Selection) -> Basis:
    """The basis of whatever is read off a selection; kinds by falling count, then by name."""
    kinds = Counter(x.kind for x in selection.entries)
    answer = selection.answer
    return Basis(
        query=selection.query,
        documents=len(selection.entries),
        passages=selection.passages,
        dated=sum(1 for x in selection.entries if x.published),
        with_author=sum(1 for x in selection.entries if x.authors),
        kinds=dict(sorted(kinds.items(), key=lambda x: (-x[1], x[0]))),
        warnings=answer.query.warnings if answer else (),
        expansions=tuple(f"{x.label} ({x.because})" for x in answer.query.expansions) if answer else (),
    )
