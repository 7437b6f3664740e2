"""A filter -> the passages that it selects, whole documents where it is empty: what every analysis rests on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.index.base import Index
from ctcorpus.index.layout import START_BITS, document_key
from ctcorpus.model.entry import Entry
from ctcorpus.model.hit import Results
from ctcorpus.model.record import record
from ctcorpus.model.span import Span
from ctcorpus.query.parse import parse
from ctcorpus.query.search import Request, Search
from ctcorpus.store import Store

#: passages up to which the index is asked for their ids, each of which it reads from its store; beyond, for keys alone
FEW = 4_000
_START = (1 << START_BITS) - 1


@record
class Selection:
    """What a filter selects.

    entries: the documents with a selected passage, in order of path. spans: document -> its selected passages in
    order of start; a document that is not in it is selected whole, front matter and headings too. answer: what the
    search says of the filter (expansions, warnings, what has no date), without hits; None for an empty filter.
    """

    query: str
    entries: tuple[Entry, ...]
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    answer: Results | None = None

    def __bool__(self) -> bool:
        return bool(self.entries)

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the documents, in order of path."""
        return tuple(x.id for x in self.entries)

    @property
    def passages(self) -> int:
        """How many passages are selected."""
        return sum(len(self.spans[x.id]) if x.id in self.spans else x.passages for x in self.entries)

    def is_whole(self, document: str) -> bool:
        """Whether every passage of the document is selected."""
        return document not in self.spans

    def holds(self, document: str, start: int, end: int) -> bool:
        """Whether the span lies in the selection: in one selected passage, or anywhere in a whole document."""
        spans = self.spans.get(document)
        if spans is None:
            return True
        at = bisect_right(spans, start, key=_start) - 1
        return at >= 0 and end <= spans[at].end

    def meets(self, document: str, start: int, end: int) -> bool:
        """Whether a part of the span lies in the selection."""
        spans = self.spans.get(document)
        if spans is None:
            return True
        at = bisect_right(spans, start, key=_start) - 1
        return (at >= 0 and start < spans[at].end) or (at + 1 < len(spans) and spans[at + 1].start < end)


def select(store: Store, index: Index, table: LabelTable | None, query: str) -> Selection:
    """The passages with all the words of a query of the search language, or everything when it is empty.

    table: the names to be searched under their other labels. Memory grows with the number of selected passages only.
    Raises QueryLimitError.
    """
    if not query.strip():
        return Selection("", tuple(store.entries()))
    search = Search(store, index, parse(query), table)
    answer = search.run(Request(limit=0))
    found = _by_keys(store, search.keys() or ()) if answer.totals["all_words"] > FEW else None
    if found is None:
        spans = _spans(search.passages())
        entries = sorted(store.entries_of(spans).values(), key=lambda x: x.path)
        found = entries, {x.id: spans[x.id] for x in entries if len(spans[x.id]) < x.passages}
    return Selection(query, tuple(found[0]), found[1], answer)


def _by_keys(store: Store, keys: Sequence[int]) -> tuple[list[Entry], dict[str, tuple[Span, ...]]] | None:
    """The documents of many passages, in order of path, and the spans of those that are selected in part.

    None where the keys leave open which document or passage is meant: digits that two ids share, a very long text.
    """
    starts: dict[int, set[int]] = {}
    for key in keys:
        starts.setdefault(key >> START_BITS, set()).add(key & _START)
    entries = [x for x in store.entries() if document_key(x.id) in starts]
    if not keys or len(entries) != len(starts) or sum(map(len, starts.values())) != len(keys):
        return None
    wanted = {x.id: found for x in entries if len(found := starts[document_key(x.id)]) < x.passages}
    partly = {}
    for document, spans in store.passage_spans(wanted):
        chosen = tuple(Span(start, end) for start, end in spans if start in wanted[document])
        if len(chosen) != len(wanted[document]):
            return None
        partly[document] = chosen
    return entries, partly


def _start(span: Span) -> int:
    return span.start


def _spans(passages: Iterable[str]) -> dict[str, tuple[Span, ...]]:
    """Document -> the spans of these passages, in order."""
    found: dict[str, list[Span]] = {}
    for passage in passages:
        document, _, span = passage.partition(":")
        start, _, end = span.partition("-")
        found.setdefault(document, []).append(Span(int(start), int(end)))
    return {document: tuple(sorted(spans)) for document, spans in found.items()}
