"""Figures with what they measure and with the names that stand about them: what is held against each other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from ctcorpus.analysis.figures.about import Settings
from ctcorpus.analysis.figures.measures import Measured, Measures, anchors_of
from ctcorpus.analysis.material import Read
from ctcorpus.annotate.fold import folded
from ctcorpus.model.facts import Figure, Mention
from ctcorpus.model.outline import FigureLine, MentionLine
from ctcorpus.model.span import Span


def measured(
    chosen: Iterable[tuple[Read, Figure]],
    text_of: Callable[[str], str],
    measures: Measures,
    settings: Settings | None = None,
) -> Iterator[Measured]:
    """The figures whose measure the text says, each with the names that stand in its sentence.

    text_of: gives a document's text; it is asked for only where the figure's own words do not suffice.
    """
    before: list[Figure] = []
    document = ""
    for read, figure in chosen:
        if read.id != document:
            document, before = read.id, []
        near = [x for x in before if x.sentence == figure.sentence]
        before = [*near, figure]
        sentence = figure.sentence.of(text_of(read.id)) if needs_words(figure) else ""
        found = measures.of(figure, read.entry, sentence, near)
        if found is not None:
            yield in_context(found, read.facts.mentions, settings)


def in_context(told: Measured, mentions: Sequence[Mention | MentionLine], settings: Settings | None) -> Measured:
    """What a figure measures, with the names that stand in its sentence. mentions: of its document, in order."""
    about = settings.of(told.entry.id, told.figure) if settings else None
    named = concepts_in(mentions, told.figure.sentence)
    return replace(told, anchors=anchors_of(named), place=_place(mentions, told.figure), about=about)


def needs_words(figure: Figure | FigureLine) -> bool:
    """Whether the words of its sentence may tell what a figure measures."""
    if figure.kind in ("count", "vague", "range", "rate"):
        return figure.counted is None and figure.act is None
    return figure.kind in ("money", "ratio")


def concepts_in(mentions: Sequence[Mention | MentionLine], span: Span) -> tuple[str, ...]:
    """The concepts that are named in a span, in order, each once."""
    at = bisect_left(mentions, span.start, key=lambda x: x.start)
    found: dict[str, None] = {}
    while at < len(mentions) and mentions[at].start < span.end:
        found.setdefault(mentions[at].concept)
        at += 1
    return tuple(found)


def _place(mentions: Sequence[Mention | MentionLine], figure: Figure) -> frozenset[str]:
    """The places that a figure is for: by concept where they have one, else by their words."""
    if not figure.place:
        return frozenset()
    named = {x for span in figure.evidence.get("place", ()) for x in concepts_in(mentions, span)}
    return frozenset(named) or frozenset((" ".join(folded(figure.place)),))
