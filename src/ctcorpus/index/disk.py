"""The disk engine: tantivy, memory-mapped. One folder is one state; the next is built beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from ctcorpus.errors import StoreOutdatedError
from ctcorpus.index import folder as folders
from ctcorpus.index.analysis import Analyzer, Token
from ctcorpus.index.base import IndexedPassage, Match, Matches, Statistics
from ctcorpus.index.compile import Compiler
from ctcorpus.index.disk_query import disk_query
from ctcorpus.index.explain import Explanation, explained, named, node
from ctcorpus.index.formula import Formula, Run, Term, is_scored
from ctcorpus.index.layout import (
    DATED,
    DOCUMENT,
    EXACT,
    ID,
    KEYED,
    NUMBER,
    RANKED,
    START_BITS,
    TEXT_FIELDS,
    entry,
    order_key,
    place,
    span,
    within,
)
from ctcorpus.index.ranking import RANKING, Ranking
from ctcorpus.model.query import Query

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

    import tantivy

#: the place of a passage in the order that breaks ties, as a number
ORDER = "order"
#: scores are equal when they agree to so many decimals: single precision holds no more of a sum of terms
DECIMALS = 4
#: passages of one score that are put in order at most; beyond that the order among them is the engine's
MOST_TIED = 10_000
#: deletions are counted in the statistics of scores until they are merged away: beyond this share, build anew
MOST_DELETED = 0.2

_BUILD_HEAP, _ADD_HEAP = 256_000_000, 64_000_000


class DiskWriter:
    """Builds an index in ``folder``, which exists and is empty; from ``parent`` on, whose folder stays as it is.

    Raises StoreOutdatedError where the parent was made with another analyzer or other parameters, or has no forward
    index.
    """

    def __init__(self, folder: Path, parent: Path | None = None, *, ranking: Ranking = RANKING) -> None:
        import tantivy

        from ctcorpus.index.forward import ForwardWriter

        self._folder = folder
        self._ranking = ranking
        self._analyzer = Analyzer()
        self._schema = schema()
        folder.mkdir(parents=True, exist_ok=True)
        if parent is not None:
            folders.check_manifest(parent, _made_with(ranking))
            folders.clone(parent, folder)
        self._forward = ForwardWriter(folder, parent)
        with folders.damage(folder):
            index = tantivy.Index(self._schema, str(folder))
            heap, threads = (_BUILD_HEAP, 2) if parent is None else (_ADD_HEAP, 1)
            self._writer: tantivy.IndexWriter | None = index.writer(heap, threads)

    def add(self, passages: Iterable[IndexedPassage]) -> None:
        """Takes passages in; an id that is already there must be removed first."""
        from tantivy import Document

        writer = self._open_writer()
        for passage in passages:
            body = self._analyzer.tokens(passage.body)
            writer.add_document(Document.from_dict(self._values(passage, body), self._schema))
            self._forward.take(passage.document, *span(passage.id), body)

    def remove(self, documents: Iterable[str]) -> None:
        """Takes out every passage of these documents."""
        writer = self._open_writer()
        gone = list(documents)
        with folders.damage(self._folder):
            self._forward.remove(gone)
        for document in gone:
            # by a raw text key: on a number or on analysed text the binding deletes nothing, and says nothing
            writer.delete_documents_by_term(DOCUMENT, document)

    def finish(self) -> None:
        """Commits, waits until merges have ended and closes; afterwards the folder's files do not change."""
        import tantivy

        writer = self._open_writer()
        self._writer = None
        with folders.damage(self._folder):
            writer.commit()
            writer.wait_merging_threads()
            cleaner = tantivy.Index.open(str(self._folder)).writer(_ADD_HEAP // 4, 1)
            cleaner.garbage_collect_files()
            cleaner.wait_merging_threads()
            self._forward.finish()
        folders.write_manifest(self._folder, _made_with(self._ranking))

    def abandon(self) -> None:
        """Closes without a commit; the folder is the caller's to delete."""
        self._forward.abandon()
        if self._writer is not None:
            self._writer.rollback()
            self._writer = None

    @property
    def deleted_share(self) -> float:
        """After ``finish``: the share of deletions that scores still count; above MOST_DELETED, build anew."""
        return folders.deleted_share(self._folder)

    def _open_writer(self) -> tantivy.IndexWriter:
        assert self._writer is not None, "the writer is closed"
        return self._writer

    def _values(self, passage: IndexedPassage, body: list[Token]) -> dict[str, Any]:
        made = entry(passage, self._analyzer, self._ranking, body)
        values: dict[str, Any] = {name: [" ".join(x) for x in texts] for name, texts in made.terms.items()}
        values |= made.keys
        values |= made.points
        values[ORDER] = [order_key(passage.id)]
        return {name: value for name, value in values.items() if value}


class DiskIndex:
    """One state of the disk index, for reading. Open it with ``open_disk``."""

    def __init__(
        self, folder: Path, index: tantivy.Index, ranking: Ranking, temporary: TemporaryDirectory[str] | None
    ) -> None:
        self._folder = folder
        self._temporary = temporary
        self._schema = index.schema
        self._searcher = index.searcher()
        self._vocabulary: dict[tuple[str, str], list[tuple[str, int]]] = {}
        self._compiler = Compiler(Analyzer(), ranking, self)

    def match(self, query: Query, *, limit: int, offset: int = 0) -> Matches:
        """The best ``limit`` passages from rank ``offset``; see ``Index``. Ties are put in order up to MOST_TIED."""
        formula = self._compiler.compile(query)
        if limit <= 0:
            return Matches(self._count(formula), ())
        find = self._scored if is_scored(formula) else self._selected
        asked = disk_query(formula, self._schema)
        with folders.damage(self._folder):
            total, found = find(asked, offset + limit)
        found.sort(key=lambda x: (-x.score, place(x.passage)))
        return Matches(total, tuple(found[offset : offset + limit]))

    def explain(self, query: Query, passage: str) -> Mapping[str, Any] | None:
        """How the passage's score comes about; None: no match."""
        formula = self._compiler.compile(query)
        with folders.damage(self._folder):
            hits = self._searcher.search(disk_query(Term(ID, passage), self._schema), 1).hits
            return explained(formula, lambda x: self._leaf(x, passage, hits[0][1])) if hits else None

    def terms(self, query: Query, *, limit: int) -> Sequence[str]:
        """The indexed terms that a Wildcard, Fuzzy or Regex stands for, best first; at most ``limit``."""
        return self._compiler.terms(query, limit)

    def frequency(self, query: Query) -> int:
        """How many passages match."""
        return self._count(self._compiler.compile(query))

    def documents(self, query: Query) -> int:
        """How many documents have a passage that matches, as ``order_key`` tells them apart."""
        return len({key >> START_BITS for key in self.keys(query)})

    def keys(self, query: Query) -> Sequence[int]:
        """The ``order_key`` of every passage that matches, in order; no stored passage is read for it."""
        from tantivy import Order

        asked = disk_query(self._compiler.compile(query), self._schema)
        with folders.damage(self._folder):
            every = max(1, self._searcher.num_docs)
            hits = self._searcher.search(asked, every, count=False, order_by_field=ORDER, order=Order.Asc).hits
        return [int(key) for key, _ in hits]

    def statistics(self) -> Statistics:
        """The numbers that scores rest on; the mean length is 0 in an empty index."""
        with folders.damage(self._folder):
            some = self._searcher.terms_with_prefix(RANKED, "", limit=1)
            hits = self._searcher.search(disk_query(Term(RANKED, some[0][0]), self._schema), 1).hits if some else []
            if not hits:
                return Statistics(self._searcher.num_docs, 0.0)
            told = self._explanation(Term(RANKED, some[0][0]), hits[0][1])
            return Statistics(self._searcher.num_docs, _value(told, "avgdl"))

    def close(self) -> None:
        """Let go of files; safe to call twice."""
        if self._temporary is not None:
            self._temporary.cleanup()
            self._temporary = None

    def vocabulary(self, field: str, prefix: str = "") -> Sequence[tuple[str, int]]:
        """The terms of a field that begin so, in order, each with its number of passages."""
        with folders.damage(self._folder):
            key = (field, prefix)
            if key not in self._vocabulary:
                self._vocabulary[key] = self._listed(field, prefix)
            return self._vocabulary[key]

    def _listed(self, field: str, prefix: str) -> list[tuple[str, int]]:
        """As the forward index counts; the engine's own lists count what was taken out until it is merged away."""
        if field == EXACT:
            from ctcorpus.index.forward import has_forward, vocabulary

            if has_forward(self._folder):
                return vocabulary(self._folder, prefix)
        return sorted(self._searcher.terms_with_prefix(field, prefix))

    def _count(self, formula: Formula) -> int:
        asked = disk_query(formula, self._schema)
        with folders.damage(self._folder):
            return cast("_Counted", self._searcher.search(asked, 1)).count  # a limit of 0 panics

    def _scored(self, query: tantivy.Query, wanted: int) -> tuple[int, list[Match]]:
        """Count and the best ``wanted``, with everything that ties with the last of them."""
        size = wanted + 32
        while True:
            result = self._searcher.search(query, size)
            total = cast("_Counted", result).count
            hits = [(round(score, DECIMALS), address) for score, address in result.hits]
            last = hits[min(wanted, len(hits)) - 1][0] if hits else 0.0
            if len(hits) < size or hits[-1][0] < last or size >= wanted + MOST_TIED:
                return total, [Match(self._id(address), score) for score, address in hits if score >= last]
            size *= 4

    def _selected(self, query: tantivy.Query, wanted: int) -> tuple[int, list[Match]]:
        """Count and the first ``wanted`` in the order that breaks ties; all score 0."""
        from tantivy import Order

        result = self._searcher.search(query, wanted + 32, order_by_field=ORDER, order=Order.Asc)
        return cast("_Counted", result).count, [Match(self._id(address), 0.0) for _, address in result.hits]

    def _id(self, address: tantivy.DocAddress) -> str:
        return str(self._searcher.doc(address)[ID][0])

    def _leaf(self, formula: Formula, passage: str, address: tantivy.DocAddress) -> Explanation | None:
        from tantivy import Occur, Query

        clauses = [(Occur.Must, disk_query(x, self._schema)) for x in (formula, Term(ID, passage))]
        if not self._searcher.search(Query.boolean_query(clauses), 1).hits:
            return None
        if not isinstance(formula, (Term, Run)):
            return node(0.0, named(formula))
        told = self._explanation(formula, address)
        return node(told["value"], named(formula), [_plain(x) for x in _factors(told)])

    def _explanation(self, formula: Formula, address: tantivy.DocAddress) -> Explanation:
        told = disk_query(formula, self._schema).explain(self._searcher, address)
        return cast("Explanation", json.loads(told.to_json()))


class _Counted(Protocol):
    """What a search returns, and its stub does not tell: how many match."""

    count: int


def open_disk(folder: Path, *, ranking: Ranking = RANKING) -> DiskIndex:
    """The index in ``folder``, also where nothing can be written.

    Raises StoreOutdatedError where it was made with another analyzer, other parameters or another format of the
    engine, StoreDamagedError where its files are not what was written.
    """
    import tantivy

    folders.check_manifest(folder, manifest(ranking))
    place_to_read, temporary = folders.readable(folder)
    try:
        with folders.damage(folder):
            return DiskIndex(folder, tantivy.Index.open(str(place_to_read)), ranking, temporary)
    except BaseException:  # whatever it was goes on: the temporary folder must not stay
        if temporary is not None:
            temporary.cleanup()
        raise


def manifest(ranking: Ranking = RANKING) -> Mapping[str, object]:
    """What an index is made with; equal manifests answer alike."""
    return {"analyzer": Analyzer().description(), "engine": "tantivy 0.27", "ranking": ranking.to_dict()}


def is_current(folder: Path, ranking: Ranking = RANKING) -> bool:
    """Whether the index in ``folder`` is as it would be made today; one that is not is built anew at the next write."""
    try:
        folders.check_manifest(folder, _made_with(ranking))
    except StoreOutdatedError:
        return False
    return True


def _made_with(ranking: Ranking) -> Mapping[str, object]:
    """What an index that is written is made with: an older one without a forward index can be read all the same."""
    return {**manifest(ranking), "forward": folders.FORWARD_FORMAT}


def schema() -> tantivy.Schema:
    """The fields of the index. Terms come analysed, a space between them: the engine only splits."""
    from tantivy import SchemaBuilder

    builder = SchemaBuilder()
    for name in TEXT_FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace")
    for name in (DOCUMENT, *KEYED, *(within(x) for x in (*DATED, NUMBER))):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(ID, stored=True, tokenizer_name="raw", index_option="basic")
    for name in DATED:
        builder.add_integer_field(name, fast=True)
    builder.add_float_field(NUMBER, fast=True)
    builder.add_integer_field(ORDER, fast=True)
    return builder.build()


def _factors(told: Explanation) -> list[Explanation]:
    """The factors of a term's score; a run wraps them once more."""
    details: list[Explanation] = told.get("details") or []
    return _factors(details[0]) if len(details) == 1 else details


def _plain(told: Explanation) -> Explanation:
    return node(told["value"], told["description"], [_plain(x) for x in told.get("details") or ()])


def _value(told: Explanation, name: str) -> float:
    """The value of the first node, depth first, whose description begins with ``name``; 0.0 without one."""
    if str(told["description"]).startswith(name):
        return float(told["value"])
    return next((v for v in (_value(x, name) for x in told.get("details") or ()) if v), 0.0)
