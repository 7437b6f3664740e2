"""Files -> documents and facts, in order of name: here for a few, in processes of their own for many.

What a process gives is the same, whichever read it; the one writer takes it in.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ctcorpus.corpus.maintaining.alike import sketch_of
from ctcorpus.corpus.maintaining.pool import LEAST, in_order
from ctcorpus.corpus.maintaining.survey import look_at, state_of
from ctcorpus.corpus.place import source_path
from ctcorpus.errors import SourceError
from ctcorpus.ingest.readers.columns import Columns
from ctcorpus.model.document import Document
from ctcorpus.model.entry import FileState
from ctcorpus.model.facts import Facts
from ctcorpus.store import rows

if TYPE_CHECKING:
    from ctcorpus.annotate.thesaurus import Thesaurus

FORGOTTEN = "it was forgotten; take it in again with: ctcorpus add PATH"


@dataclass(frozen=True, slots=True)
class Found:
    """A document in a file, and all that can be made of it without the store.

    written: structure and facts as their rows have them. sketch: by which documents that are alike are found.
    """

    document: Document
    facts: Facts
    state: FileState
    written: tuple[bytes, bytes]
    sketch: array[int]


@dataclass(frozen=True, slots=True)
class Read:
    """What came of a file: its bytes and the documents in them, or the reason why there are none."""

    name: str
    data: bytes = b""
    found: tuple[Found, ...] = ()
    reason: str | None = None


def read_file(
    name: str, corpus: Path, thesaurus: Thesaurus, forgotten: Collection[str] = (), columns: Columns | None = None
) -> Read:
    """What is in the source of this name; never raises SourceError, which is a ``reason`` here."""
    from ctcorpus.annotate import annotate
    from ctcorpus.ingest import documents
    from ctcorpus.ingest.source import read_source

    path = source_path(name, corpus)
    try:
        look = look_at(path)
        data = read_source(path)
        if look is None:
            raise SourceError(name, "it came while it was read")
        found = []
        for document in documents(data, name=name, columns=columns):
            if document.provenance.sha256 in forgotten:
                return Read(name, reason=FORGOTTEN)
            state = state_of(look, document.provenance.path, document.provenance.sha256, document.id)
            facts = annotate(document, thesaurus)
            written = rows.structure_bytes(document), rows.facts_bytes(facts)
            found.append(Found(document, facts, state, written, sketch_of(document)))
    except SourceError as error:
        return Read(name, reason=error.reason)
    except OSError as error:  # the file went away, or changed its nature, between two looks at it
        return Read(name, reason=error.strerror or str(error))
    return Read(name, data, tuple(found))


def read_all(
    names: Sequence[str],
    corpus: Path,
    thesaurus: Thesaurus,
    forgotten: Collection[str],
    jobs: int,
    columns: Columns | None = None,
) -> Iterator[Read]:
    """What is in each source, in the order of ``names``. jobs: processes; 1 for this one alone."""
    if jobs < 2 or len(names) < LEAST:
        yield from (read_file(name, corpus, thesaurus, forgotten, columns) for name in names)
        return
    yield from in_order(_read_some, names, jobs, _begin, (corpus, thesaurus.to_turtle(), frozenset(forgotten), columns))


@dataclass(slots=True)
class _Reader:
    """What a process of the pool reads with: set once, when it starts."""

    corpus: Path
    thesaurus: Thesaurus
    forgotten: frozenset[str]
    columns: Columns | None


_readers: list[_Reader] = []


def _begin(corpus: Path, turtle: str, forgotten: frozenset[str], columns: Columns | None) -> None:
    from ctcorpus.annotate.thesaurus import Thesaurus

    _readers.append(_Reader(corpus, Thesaurus.parse(turtle, "thesaurus"), forgotten, columns))


def _read_some(names: list[str]) -> list[Read]:
    x = _readers[-1]
    return [read_file(name, x.corpus, x.thesaurus, x.forgotten, x.columns) for name in names]
