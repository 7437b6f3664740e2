"""A reference in words: who, what, where, when, and the place in the text. What is not stated is said to be so."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

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
    return f"{source_reference(entry)}, {place(passage)} [{entry.citekey}, {span_id(passage)}]"


def source_reference(entry: Entry) -> str:
    """The reference of a document as a whole: author, title, site, date; what is not stated is said to be so."""
    title = f"“{entry.title}”" if entry.title else "[no title stated]"
    site = entry.site or entry.publisher
    parts = [_authors(entry.authors), title + _basis(entry), *([site] if site else [])]
    return ", ".join([*parts, entry.shown("published") or "n.d."])


def place(passage: Passage) -> str:
    """Where in the document, for people: "para. 3, lines 9-10"; pages first where the source has any."""
    lines = f"{'line' if passage.lines[0] == passage.lines[1] else 'lines'} {run(passage.lines)}"
    return ", ".join([*on_pages(passage), f"para. {passage.paragraph}", lines])


def on_pages(passage: Passage) -> tuple[str, ...]:
    """The page or pages as one part of a place, "p. 2" or "pp. 5-6"; no part where the source has none."""
    if passage.pages is None:
        return ()
    return (f"{'p.' if passage.pages[0] == passage.pages[1] else 'pp.'} {run(passage.pages)}",)


def run(ends: tuple[int, int]) -> str:
    """The first and the last of a run of pages or lines.

    >>> run((2, 2)), run((5, 6))
    ('2', '5-6')
    """
    first, last = ends
    return f"{first}" if first == last else f"{first}-{last}"


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

        Pages are those of the passages that it lies in, None where it begins or ends in none.
        """
        document = self._document
        above = bisect_right(self._headings, span.start) - 1
        heading = document.headings[above] if above >= 0 else None
        return Passage(
            document=document.id,
            start=span.start,
            end=span.end,
            heading=document.text[heading.start : heading.end] if heading else None,
            paragraph=max(1, bisect_right(self._paragraphs, span.start)),
            lines=(self._lines.number(span.start), self._lines.number(max(span.start, span.end - 1))),
            pages=self._pages(span),
        )

    def _pages(self, span: Span) -> tuple[int, int] | None:
        first = bisect_right(self._passages, span.start) - 1
        last = bisect_left(self._passages, span.end) - 1
        if first < 0:
            return None
        begins, ends = self._document.passages[first], self._document.passages[max(first, last)]
        if span.start >= begins.end or span.end > ends.end or begins.pages is None or ends.pages is None:
            return None
        return begins.pages[0], ends.pages[1]


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
