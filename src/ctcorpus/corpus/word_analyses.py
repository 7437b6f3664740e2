"""The calls that count and compare words: concordance, collocates, keyness, passages alike, topics."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ctcorpus.analysis.words.concordance import Sort
    from ctcorpus.annotate.label_table import LabelTable
    from ctcorpus.index.base import Index
    from ctcorpus.model.brief import Brief
    from ctcorpus.model.entry import Entry
    from ctcorpus.model.span import Span
    from ctcorpus.model.words import Collocations, Concordance, Keyness, Similar, Topics
    from ctcorpus.store import Store


class _Open(Protocol):
    """What an open corpus gives to its analyses."""

    @property
    def store(self) -> Store: ...

    def find(self, id: str) -> tuple[Entry, Span | None]: ...

    def _labels(self) -> LabelTable: ...

    def _open_index(self) -> Index: ...


class WordAnalyses:
    """The part of ``Corpus`` that counts words. A filter is a query of the search language; empty: everything."""

    def kwic(
        self: _Open,
        query: str,
        n: int = 100,
        *,
        offset: int = 0,
        sort: Sort = "document",
        width: int = 40,
        sentence: bool = False,
    ) -> Concordance:
        """Key words in context: a line for each occurrence, verbatim; see ``analysis.words.concordance``."""
        from ctcorpus.analysis.words.concordance import kwic

        return kwic(
            self.store,
            self._open_index(),
            self._labels(),
            query,
            sort=sort,
            width=width,
            sentence=sentence,
            limit=n,
            offset=offset,
        )

    def collocates(
        self: _Open,
        word: str,
        n: int = 30,
        *,
        where: str = "",
        window: int = 5,
        minimum: int = 3,
        all_words: bool = False,
    ) -> Collocations:
        """The words that stand beside a word more than chance puts them there; see ``analysis.words.collocation``."""
        from ctcorpus.analysis.words.collocation import collocates

        return collocates(
            self.store,
            self._open_index(),
            self._labels(),
            word,
            where=where,
            window=window,
            minimum=minimum,
            limit=n,
            all_words=all_words,
        )

    def keyness(
        self: _Open,
        target: str,
        reference: str | None = None,
        n: int = 30,
        *,
        minimum: int = 5,
        all_words: bool = False,
    ) -> Keyness:
        """The words of unusual frequency in the passages of a filter; see ``analysis.words.keyness``."""
        from ctcorpus.analysis.words.keyness import keyness

        index, table = self._open_index(), self._labels()
        return keyness(self.store, index, table, target, reference, minimum=minimum, limit=n, all_words=all_words)

    def similar(self: _Open, id: str, n: int = 10, *, where: str = "", same_document: bool = False) -> Similar:
        """The passages most like a document or a span; see ``analysis.words.similar``."""
        from ctcorpus.analysis.words.similar import similar

        entry, span = self.find(id)
        index, table = self._open_index(), self._labels()
        return similar(self.store, index, table, entry.id, span, where=where, same_document=same_document, limit=n)

    def topics(self: _Open, query: str = "", n: int = 10) -> Topics:
        """The topics of a selection, or why there are none; see ``analysis.words.topics``."""
        from ctcorpus.analysis.words.topics import topics

        return topics(self.store, self._open_index(), self._labels(), query, number=n)

    def brief(self: _Open, query: str, output: Path | None = None, *, force: bool = False) -> Brief:
        """A page of quotations about a query; written where ``output`` is given and something was found.

        Raises UsageError for a file that exists, unless ``force``, or whose ending is none of .md, .html and .docx.
        """
        from ctcorpus.citing.brief import brief
        from ctcorpus.citing.brief_page import check_output, write

        if output is not None:
            check_output(output, force=force)
        made = brief(self.store, self._open_index(), self._labels(), query)
        return write(made, output, force=force) if output is not None and made.rows else made
