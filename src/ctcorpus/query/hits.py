"""A passage that was found -> the hit that is shown: its words, where they stand, whose they are, how to cite it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from ctcorpus.model.citation import Citation
from ctcorpus.model.document import Passage
from ctcorpus.model.entry import Entry
from ctcorpus.model.facts import Facts
from ctcorpus.model.hit import Context, Hit, LabelUse, PassagePlace, Tier, Voice
from ctcorpus.model.query import Query
from ctcorpus.model.record import record
from ctcorpus.model.span import Span
from ctcorpus.query.positions import Reading
from ctcorpus.query.reference import reference
from ctcorpus.query.selector import select
from ctcorpus.query.texts import Texts
from ctcorpus.store import StoredPassage

#: the lists of facts that a hit shows; the others need not be decoded
SHOWN_FACTS = ("mentions", "quotations")


@record
class Found:
    """A passage that holds up against its text. score: None where the question has no words to score."""

    passage: str
    score: float | None
    stored: StoredPassage
    reading: Reading


class HitMaker:
    """Makes the hits of one answer; each document behind them is read once."""

    def __init__(self, texts: Texts, facts: Callable[[str], Facts], marked: Query, context: int) -> None:
        """facts: of a document, at least SHOWN_FACTS. marked: whose words are highlighted. context: sentences shown on
        either side of a passage."""
        self._entry, self._text = cache(texts.entry), cache(texts.text)
        self._facts = facts
        self._sentences = cache(lambda document: texts.document(document).sentences)
        self._marked = marked
        self._context = context

    def hit(self, rank: int, found: Found, tier: Tier, missing: tuple[str, ...]) -> Hit:
        """The hit at a rank, without an explanation."""
        passage = found.stored.passage
        entry, facts = self._entry(passage.document), self._facts(passage.document)
        marks = found.reading.highlights(self._marked)
        return Hit(
            rank=rank,
            score=None if found.score is None else round(found.score, 6),
            match=tier,
            missing=missing,
            document=entry.id,
            citekey=entry.citekey,
            title=entry.title,
            site=entry.site,
            authors=entry.authors,
            published=entry.published,
            path=entry.path,
            passage=PassagePlace(
                passage.id, passage.start, passage.end, passage.heading, passage.paragraph, passage.lines, passage.pages
            ),
            text=found.stored.text,
            highlights=tuple(Span(x.start + passage.start, x.end + passage.start) for x in marks),
            labels=labels_in(facts, passage.span),
            voices=voices(facts, passage.span),
            citation=citation(entry, self._text(entry.id), passage),
            context=self._around(passage) if self._context else None,
        )

    def _around(self, passage: Passage) -> Context:
        """The passage with its neighbouring sentences, as one stretch of the document."""
        sentences = self._sentences(passage.document)
        before = [x.start for x in sentences if x.end <= passage.start][-self._context :]
        after = [x.end for x in sentences if x.start >= passage.end][: self._context]
        span = Span(before[0] if before else passage.start, after[-1] if after else passage.end)
        return Context(span.start, span.end, span.of(self._text(passage.document)))


def cite(texts: Texts, stored: StoredPassage) -> Citation:
    """The citation of a span of a document: its words, where they stand, and in which bytes."""
    document = stored.passage.document
    return citation(texts.entry(document), texts.text(document), stored.passage)


def labels_in(facts: Facts, span: Span) -> tuple[LabelUse, ...]:
    """The labels of concepts that stand inside a span."""
    inside = (x for x in facts.mentions if span.start <= x.start and x.end <= span.end)
    return tuple(LabelUse(x.start, x.end, x.concept, x.label) for x in inside)


def voices(facts: Facts, span: Span) -> tuple[Voice, ...]:
    """Whose words a span holds, where they are not the author's: the quotations that touch it."""
    said = (x for x in facts.quotations if x.start < span.end and span.start < x.end)
    return tuple(Voice(x.speaker, x.verb, x.direct, x.start, x.end, x.via) for x in said)


def citation(entry: Entry, text: str, passage: Passage) -> Citation:
    """The citation of a passage of a document: its words in the text, where they stand, and in which bytes."""
    selector = select(text, passage.span)
    return Citation(
        quote=selector.exact,
        prefix=selector.prefix,
        suffix=selector.suffix,
        start=selector.start,
        end=selector.end,
        sha256=entry.sha256,
        text_sha256=entry.text_sha256,
        reference=reference(entry, passage),
    )
