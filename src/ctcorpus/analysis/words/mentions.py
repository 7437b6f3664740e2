"""Where a concept is named, as words of the stream: read from the facts of the documents that name it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctcorpus.analysis.words.stream import WordStream
from ctcorpus.index.analysis import Analyzer
from ctcorpus.model.query import ConceptIs
from ctcorpus.model.span import Span
from ctcorpus.query.select import Selection
from ctcorpus.store import Store

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray


def mentions(store: Store, stream: WordStream, naming: Selection, concept: ConceptIs) -> NDArray[int64]:
    """First and last word of each mention, a row each. naming: the passages that name the concept."""
    import numpy as np

    analyzer = Analyzer()
    found: list[tuple[int, int]] = []
    for entry in naming.entries:
        spans = [Span(x.start, x.end) for x in store.facts(entry.id).mentions if x.concept == concept.name]
        text = store.text(entry.id)
        for row in stream.rows_of(entry.id):
            passage = Span(int(stream.places[row, 1]), int(stream.places[row, 2]))
            inside = [x for x in spans if passage.contains(x)]
            words = [x for x in analyzer.tokens(passage.of(text)) if not x.joined] if inside else []
            for span in inside:
                start, end = span.start - passage.start, span.end - passage.start
                at = [x.position for x in words if start <= x.start and x.end <= end]
                if at:
                    begin = int(stream.offsets[row])
                    found.append((begin + at[0], begin + at[-1]))
    return np.asarray(found, dtype=np.int64).reshape(-1, 2)
