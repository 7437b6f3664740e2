"""The public face: an open corpus, one call for each command."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ctcorpus.corpus.analyses import FactAnalyses
from ctcorpus.corpus.maintenance import Maintenance
from ctcorpus.corpus.word_analyses import WordAnalyses
from ctcorpus.errors import SelectorError, UnknownIdError, UsageError
from ctcorpus.model.span import Span

if TYPE_CHECKING:
    from ctcorpus.annotate.label_table import LabelTable
    from ctcorpus.citing.exporting.export import Request as ExportRequest
    from ctcorpus.index.disk import DiskIndex
    from ctcorpus.model.asked import Asked
    from ctcorpus.model.check import CheckReport
    from ctcorpus.model.citation import Citation
    from ctcorpus.model.document import Document
    from ctcorpus.model.entry import Entry
    from ctcorpus.model.export import ExportReport, Impact, Note, Notes
    from ctcorpus.model.facts import Facts
    from ctcorpus.model.hit import Results
    from ctcorpus.model.receipt import Batch, Replay
    from ctcorpus.store import Store

_SPAN = re.compile(r"(.+):(\d{1,12})-(\d{1,12})")


class Corpus(Maintenance, FactAnalyses, WordAnalyses):
    """A corpus on disk. Opening is cheap: the store and its index are opened when they are first needed.

    Use it as a context manager. A reader sees one generation for as long as it is open, whatever a writer does.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._store: Store | None = None
        self._index: DiskIndex | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Corpus {str(self.path)!r}>"

    def close(self) -> None:
        """Lets go of the store; the next call opens it again, at what is then the live generation."""
        if self._index is not None:
            self._index.close()
            self._index = None
        if self._store is not None:
            self._store.close()
            self._store = None

    # --- look ---------------------------------------------------------------------------------------------

    def find(self, id: str) -> tuple[Entry, Span | None]:
        """The document that an ID names, and the span where it names one.

        An ID is a document's id or an unambiguous prefix of it, a citekey, a path, or any of these with
        ``:START-END``. Raises UnknownIdError, or SelectorError for a span outside the text.
        """
        found = _SPAN.fullmatch(id)
        if not found:
            return self.store.find(id), None
        entry = self.store.find(found[1])
        span = Span(int(found[2]), int(found[3]))
        if not 0 <= span.start < span.end <= len(self.store.text(entry.id)):
            raise SelectorError(entry.id, f"{found[2]}-{found[3]}")
        return entry, span

    def show(self, id: str) -> Document:
        """The document that an ID names (for a span: the one that it lies in), as it was read."""
        return self.store.document(self.find(id)[0].id)

    def facts(self, id: str) -> Facts:
        """What was read from the document that an ID names."""
        return self.store.facts(self.find(id)[0].id)

    def entry(self, id: str) -> Entry:
        """The row of the document that an ID names."""
        return self.find(id)[0]

    # --- search and cite ----------------------------------------------------------------------------------

    def search(
        self,
        query: str,
        n: int = 10,
        *,
        offset: int = 0,
        exact: bool = False,
        state_labels: bool = True,
        explain: bool = False,
        ranker: str = "bm25",
        sort: str = "score",
        group_by: str | None = None,
        context: int = 0,
        facets: bool = False,
        include_undated: bool = False,
        new_since: str | None = None,
        files: Sequence[Path | str] = (),
        receipt: Path | str | None = None,
    ) -> Results:
        """The passages that answer, best first: those with all the words, then those with some, marked as such.

        exact: the words as typed, no stemming and no expansion. state_labels: also search a state's label for an
        organisation that the query names. explain: each hit carries how its score comes about. ranker: "bm25" or
        "tfidf". sort: "score" or "date", the newest first. group_by: "document", "site", "speaker" or "month". context:
        sentences around each passage. facets: count the passages by site, month and kind. include_undated: conditions
        on dates are met by what has no such date. new_since: "last", a date or a generation. files: search these
        instead of the store, "-" being standard input. receipt: write one there. Raises QueryLimitError, UsageError.
        """
        from ctcorpus.model.asked import Asked

        asked = Asked(
            query, n, offset, exact, state_labels, explain, ranker, sort, group_by, context, facets, include_undated,
            new_since,
        )  # fmt: skip
        if files:
            from ctcorpus.corpus.asking import answer_from_files

            if receipt:
                raise UsageError("A receipt is of a store: files may change unseen", "Leave out --receipt, or --in")
            return answer_from_files(files, self.thesaurus(), asked)
        results = self._ask(asked)
        if receipt:
            from ctcorpus.corpus.receipts import receipt as made
            from ctcorpus.corpus.receipts import write_receipt

            write_receipt(made(self.store, asked, results), Path(receipt))
        return results

    def batch(self, path: Path | str, **options: Any) -> Batch:
        """The answers to a file with a question a line (``#``: a comment); ``options`` are those of ``search``."""
        from ctcorpus.corpus.asking import batch

        return batch(path, lambda query: self.search(query, **options))

    def replay(self, path: Path | str) -> Replay:
        """The search of a receipt, run again: what changed, and why."""
        from ctcorpus.corpus.receipts import replay

        return replay(self.store, Path(path), self._ask)

    def _ask(self, asked: Asked) -> Results:
        from ctcorpus.corpus.asking import answer

        return answer(self.store, self._open_index(), self._labels(), asked)

    def cite(self, id: str) -> Citation:
        """The citation of a span, or of a document's whole text."""
        from ctcorpus.query.reference import Places
        from ctcorpus.query.search import cite
        from ctcorpus.store import StoredPassage

        entry, span = self.find(id)
        document = self.store.document(entry.id)
        place = Places(document).at(span or Span(0, len(document.text)))
        return cite(self.store, StoredPassage(place, place.span.of(document.text)))

    def styled(self, id: str, style: str) -> str:
        """The reference of the document that holds a span, in a style: apa or chicago; one line."""
        from ctcorpus.citing.exporting.styles import styled

        return styled(self.store, self.find(id)[0].id, style)

    def link(self, id: str) -> str | None:
        """The address that opens the source at a span (a text fragment), or the source; None where it has none."""
        from ctcorpus.query.fragment import is_address, text_fragment
        from ctcorpus.query.selector import select

        entry, span = self.find(id)
        if span is None or not is_address(entry.url):
            return entry.url if is_address(entry.url) else None
        return text_fragment(entry.url, select(self.store.text(entry.id), span))

    def export(
        self,
        query: str | None = None,
        request: ExportRequest | None = None,
        *,
        ids: Sequence[str] | None = None,
        n: int = 10,
        exact: bool = False,
    ) -> ExportReport:
        """Exports the passages of a query, or of documents and spans by ID; what was written, and the passages.

        request: the format and where to; None: Markdown, as the report's content. n: as for ``search``, or more where
        the request picks beyond it. Raises UsageError where both or neither of query and ids are given.
        """
        from ctcorpus.citing.exporting.export import Request, export
        from ctcorpus.citing.exporting.selection import Wanted

        asked = request or Request()
        if (query is None) == (ids is None):
            raise UsageError("An export is of a query or of a list of IDs", "Give one of: QUERY, --ids FILE")
        if query is not None:
            hits = self.search(query, max((n, *asked.pick)), exact=exact).hits
            wanted = [Wanted(x.document, Span(x.passage.start, x.passage.end), x) for x in hits]
        else:
            found = [self.find(x) for x in ids or ()]
            wanted = [Wanted(entry.id, span) for entry, span in found]
        return export(self.store, wanted, asked, query)

    def note(self, id: str, text: str, *, tags: Sequence[str] = (), by: str | None = None) -> Note:
        """Writes a person's note beside a document or a span; by: who, else git's user name or the login name."""
        from ctcorpus.citing.notes import add_note

        entry, span = self.find(id)
        return add_note(self.store, entry, span, text, tags=tags, by=by)

    def notes(self, id: str | None = None, *, tags: Sequence[str] = ()) -> Notes:
        """The notes beside a document or a span, or all of them; tags: those with every one of these."""
        from ctcorpus.citing.notes import notes_beside

        return notes_beside(self.store, *(self.find(id) if id is not None else (None, None)), tags=tags)

    def impact(self, id: str) -> Impact:
        """The registered drafts and exports that rest on a document or a span, and how it stands now."""
        from ctcorpus.citing.impact import impact, impact_of_gone

        try:
            entry, span = self.find(id)
        except UnknownIdError:
            return impact_of_gone(self.store, id)
        return impact(self.store, entry, span)

    def check(
        self,
        files: Sequence[str] = (),
        *,
        quote: str | None = None,
        speaker: str | None = None,
        source: str | None = None,
        stdin: bytes = b"",
        strict: bool = False,
    ) -> CheckReport:
        """Holds drafts and exports, or one quotation, against the corpus; strict: a warning counts as a finding.

        Raises SourceError for a file that is no draft. "-" among the files stands for ``stdin``.
        """
        from ctcorpus.citing.checking.check import check_files, check_quote
        from ctcorpus.citing.checking.locate import Library

        library, thesaurus = Library(self.store, self._open_index()), self.thesaurus()
        if quote is not None:
            return check_quote(library, thesaurus, quote, speaker=speaker, source=source, strict=strict)
        return check_files(library, thesaurus, files, stdin=stdin, strict=strict)

    # --- what the calls rest on -----------------------------------------------------------------------------

    @property
    def store(self) -> Store:
        """The store at its live generation; raises StoreMissingError where there is none."""
        if self._store is None:
            from ctcorpus.store import open_store

            self._store = open_store(self.path)
        return self._store

    def _labels(self) -> LabelTable:
        """The names that a question is searched for: those that the store's facts were read by."""
        from ctcorpus.corpus.maintaining.labels import read_labels

        return read_labels(self.store)

    def _open_index(self) -> DiskIndex:
        if self._index is None:
            from ctcorpus.index.disk import open_disk

            self._index = open_disk(self.store.index_folder)
        return self._index
