"""A reference in words: who, what, where, when, and the place in the text. What is not stated is said to be so."""

from __future__ import annotations

from bisect import bisect_right

from ctcorpus.model.document import Document, Passage
from ctcorpus.model.entry import Entry
from ctcorpus.model.line_index import LineIndex
from ctcorpus.model.span import Span

#: digits of a document id that a reference prints; more than enough to be unambiguous, short enough to type
ID_DIGITS = 12


def reference(entry: Entry, passage: Passage) -> str:
    """The reference of a passage: author, title, site, date, paragraph and line, then citekey and span id.

    No author, title or date is ever made up: "[no author stated]", "[no title stated]", "n.d.".
    """
    title = f"“{entry.title}”" if entry.title else "[no title stated]"
    parts = [
        _authors(entry.authors),
        title + _basis(entry),
        *([entry.site or entry.publisher] if entry.site or entry.publisher else []),
        entry.shown("published") or "n.d.",
        place(passage),
    ]
    return f"{', '.join(str(part) for part in parts)} [{entry.citekey}, {span_id(passage)}]"


def place(passage: Passage) -> str:
    """Where in the document, for people: "para. 3, lines 9-10"; pages first where the source has any."""
    first, last = passage.lines
    lines = f"line {first}" if first == last else f"lines {first}-{last}"
    pages = ""
    if passage.pages:
        pages = (
            f"p. {passage.pages[0]}, "
            if passage.pages[0] == passage.pages[1]
            else f"pp. {passage.pages[0]}-{passage.pages[1]}, "
        )
    return f"{pages}para. {passage.paragraph}, {lines}"


class Places:
    """The places of a document's spans; made once for a document, each place is then found by bisection."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._lines = LineIndex(document.text)
        self._headings = [x.start for x in document.headings]
        self._paragraphs = [x.start for x in document.paragraphs]
        self._passages = [x.start for x in document.passages]

    def at(self, span: Span) -> Passage:
        """The place of a span: its heading, paragraph, lines and pages, as a passage that begins and ends with it.

        Pages are those of the passage that it lies in, None where it lies in no single one.
        """
        document = self._document
        above = bisect_right(self._headings, span.start) - 1
        heading = document.headings[above] if above >= 0 else None
        around = bisect_right(self._passages, span.start) - 1
        passage = document.passages[around] if around >= 0 else None
        return Passage(
            document=document.id,
            start=span.start,
            end=span.end,
            heading=document.text[heading.start : heading.end] if heading else None,
            paragraph=max(1, bisect_right(self._paragraphs, span.start)),
            lines=(self._lines.number(span.start), self._lines.number(max(span.start, span.end - 1))),
            pages=passage.pages if passage and passage.span.contains(span) else None,
        )


def span_id(passage: Passage) -> str:
    """The span's id with a shortened document id: the tool takes it wherever it takes an ID."""
    return f"{passage.document[:ID_DIGITS]}:{passage.start}-{passage.end}"


def _basis(entry: Entry) -> str:
    marks = {"inferred": " [title inferred]", "maintainer": " [title stated by the maintainer]"}
    return marks.get(entry.title_basis or "", "") if entry.title else ""


def _authors(authors: tuple[str, ...]) -> str:
    if not authors:
        return "[no author stated]"
    if len(authors) <= 3:
        return " and ".join(filter(None, [", ".join(authors[:-1]), authors[-1]]))
    return f"{authors[0]} and others"
