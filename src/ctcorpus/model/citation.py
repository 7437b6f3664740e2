"""Where a quotation stands, and enough for a stranger to find it again."""

from __future__ import annotations

from ctcorpus.model.record import Record, record


@record
class Selector(Record):
    """Where a quotation stands, in two independent ways, after the W3C Web Annotation Data Model.

    start, end: its TextPositionSelector, code points of the document's text. exact, prefix, suffix: its
    TextQuoteSelector; prefix and suffix together make it unique in the document.
    """

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


@record
class Citation(Record):
    """A quotation, where it stands, and in which bytes: ``quote`` is the document's text, character for character.

    sha256: of the source's bytes. text_sha256: of the text that the offsets count in. reference: for people.
    """

    quote: str
    prefix: str
    suffix: str
    start: int
    end: int
    sha256: str
    text_sha256: str
    reference: str

    @property
    def selector(self) -> Selector:
        """Where the quotation stands, without the rest."""
        return Selector(self.start, self.end, self.quote, self.prefix, self.suffix)
