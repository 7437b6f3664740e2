"""A question with its options -> its answer, from a store, from files in no store, or a file of questions in a row."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

from ctcorpus.errors import QueryLimitError, SourceError, UsageError
from ctcorpus.model.asked import Asked
from ctcorpus.model.hit import GroupBy, Results, Since, Sort
from ctcorpus.query.parse import parse
from ctcorpus.query.search import Request, Search

if TYPE_CHECKING:
    from ctcorpus.annotate.label_table import LabelTable
    from ctcorpus.annotate.thesaurus import Thesaurus
    from ctcorpus.index.base import Index
    from ctcorpus.model.document import Document
    from ctcorpus.model.query import Among
    from ctcorpus.model.receipt import Batch, Line
    from ctcorpus.store import Store

RANKERS = ("bm25", "tfidf")
#: hits that one answer may hold; sentences around a passage
MOST_HITS, MOST_CONTEXT = 10_000, 100
LAST = "last"


def answer(store: Store, index: Index, table: LabelTable, asked: Asked) -> Results:
    """The answer from a store. With ``new_since`` "last" the point is moved once the answer is there.

    Raises UsageError for options that make no sense, QueryLimitError, StoreReadOnlyError.
    """
    _check(asked)
    among, since, warning = _new_since(store, asked) if asked.new_since else (None, None, None)
    if asked.ranker == "tfidf":
        from ctcorpus.index.tfidf import TfidfIndex
        from ctcorpus.query.matrix import cached_matrix

        index = TfidfIndex(index, cached_matrix(store))
    parsed = parse(asked.query, exact=asked.exact)
    search = Search(
        store,
        index,
        parsed,
        None if asked.exact else table,
        state_labels=asked.state_labels,
        include_undated=asked.include_undated,
        among=among,
    )
    results = replace(search.run(_request(asked)), ranker=asked.ranker, since=since)
    if asked.new_since == LAST:
        from ctcorpus.corpus.points import move_point

        move_point(store.path, _question(asked), store.generation, store.created)
    return _with_warning(results, warning) if warning else results


def answer_from_files(files: Sequence[Path | str], thesaurus: Thesaurus, asked: Asked) -> Results:
    """The answer from files that are in no store, ``-`` being standard input; what cannot be read is a warning.

    Raises SourceError where nothing could be read, UsageError for options that need a store.
    """
    from ctcorpus.annotate import annotate
    from ctcorpus.annotate.label_table import LabelTable
    from ctcorpus.corpus.maintaining.passages import indexed_passages
    from ctcorpus.index.memory import open_memory
    from ctcorpus.query.loose import LooseTexts

    _check(asked)
    if asked.new_since:
        raise UsageError("--new-since needs a store: files have no past", "Leave it out, or leave out --in")
    read = [_read(file) for file in files]
    documents = [x for x in read if not isinstance(x, SourceError)]
    failed = [x for x in read if isinstance(x, SourceError)]
    if not documents:
        raise failed[0] if failed else UsageError("No file to search was named", "Name one with: --in FILE")
    texts = LooseTexts([(x, annotate(x, thesaurus)) for x in documents])
    passages = [x for e in texts.entries() for x in indexed_passages(texts.document(e.id), texts.facts(e.id), e)]
    search = Search(
        texts,
        open_memory(passages, ranker="tfidf" if asked.ranker == "tfidf" else "bm25"),
        parse(asked.query, exact=asked.exact),
        None if asked.exact else LabelTable.of(thesaurus),
        state_labels=asked.state_labels,
        include_undated=asked.include_undated,
    )
    results = replace(search.run(_request(asked)), ranker=asked.ranker)
    return _with_warning(results, *(x.message for x in failed))


def batch(path: Path | str, ask: Callable[[str], Results]) -> Batch:
    """The answers to a file with a question a line; empty lines and those that begin with ``#`` are passed over.

    A question that cannot be answered is a line with its problem; the rest go on. Raises SourceError for the file.
    """
    from ctcorpus.model.receipt import Batch, Line

    lines: list[Line] = []
    for number, query in _questions(path):
        try:
            lines.append(Line(number, query, ask(query)))
        except (QueryLimitError, UsageError) as error:
            lines.append(Line(number, query, None, error.message))
    zero = tuple(x.line for x in lines if x.results is not None and not x.results.totals["all_words"])
    return Batch(str(path), tuple(lines), zero, tuple(x.line for x in lines if x.results is None))


def _questions(path: Path | str) -> Iterator[tuple[int, str]]:
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else Path(path).read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise SourceError(path, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise SourceError(path, f"it is not UTF-8 (byte {error.start})") from error
    for number, line in enumerate(text.split("\n"), 1):
        query = line.strip()
        if query and not query.startswith("#"):
            yield number, query


def _check(asked: Asked) -> None:
    """Raises UsageError for values that no answer can have."""
    if not 0 <= asked.n <= MOST_HITS or asked.offset < 0:
        raise UsageError(f"'{asked.n}' hits from '{asked.offset}' on cannot be given: 0 to {MOST_HITS} hits, from 0 on")
    if not 0 <= asked.context <= MOST_CONTEXT:
        raise UsageError(f"'{asked.context}' sentences of context cannot be given: 0 to {MOST_CONTEXT}")
    for value, known, what in (
        (asked.ranker, RANKERS, "ranker"),
        (asked.sort, get_args(Sort), "order"),
        (asked.group_by, (None, *get_args(GroupBy)), "group"),
    ):
        if value not in known:
            raise UsageError(f"Unknown {what} '{value}'", f"Known: {', '.join(str(x) for x in known if x)}")


def _request(asked: Asked) -> Request:
    return Request(
        limit=asked.n,
        offset=asked.offset,
        explain=asked.explain,
        sort=cast("Sort", asked.sort),
        context=asked.context,
        group_by=cast("GroupBy | None", asked.group_by),
        facets=asked.facets,
    )


def _new_since(store: Store, asked: Asked) -> tuple[Among, Since, str | None]:
    """The documents that are new, what that was taken to mean, and a warning where the last point is of no use."""
    from ctcorpus.corpus.maintaining.history import generation_before, read_history
    from ctcorpus.corpus.points import point_of
    from ctcorpus.model.query import Among

    history = read_history(store)
    warning = None
    since = asked.new_since or LAST
    if since == LAST:
        point = point_of(store.path, _question(asked))
        after = point[0] if point else 0
        if point and history.created.get(after) != point[1]:
            after = history.before_day(point[1])
            warning = "the store was built anew since this was last asked: what came after that time counts as new"
    else:
        after = generation_before(since, history)
    searched = {x.id for x in store.entries()}
    new = tuple(x for x in history.after(after) if x in searched)
    return Among(new), Since(since, after, len(new), since == LAST), warning


def _question(asked: Asked) -> str:
    """What tells one remembered question from another: all that decides which passages answer."""
    parts = [str(parse(asked.query, exact=asked.exact).query), asked.exact, asked.state_labels, asked.include_undated]
    return json.dumps(parts)


def _with_warning(results: Results, *warnings: str) -> Results:
    if not warnings:
        return results
    return replace(results, query=replace(results.query, warnings=(*results.query.warnings, *warnings)))


def _read(file: Path | str) -> Document | SourceError:
    """The document of a file, or why it cannot be read."""
    from ctcorpus.ingest import read, read_bytes

    try:
        return read_bytes(sys.stdin.buffer.read(), name="standard input") if str(file) == "-" else read(Path(file))
    except SourceError as error:
        return error
