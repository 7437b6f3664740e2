"""Facts read anew, because a rule or the thesaurus changed: here for a few documents, in other processes for many.

Texts and structure stay as they are; the one writer puts the new facts beside them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ctcorpus.corpus.maintaining.pool import LEAST, in_order
from ctcorpus.store import View
from ctcorpus.store.database import connect_reader
from ctcorpus.store.rows import facts_bytes

if TYPE_CHECKING:
    from ctcorpus.annotate.thesaurus import Thesaurus

#: documents that are read to tell how long all will take, and how many there must be for that to be worth it
SAMPLE, WORTH_TELLING = 6, 200


def facts_anew(view: View, ids: Sequence[str], thesaurus: Thesaurus, jobs: int) -> Iterator[tuple[str, bytes]]:
    """Each document with its facts as the store keeps them, in order. jobs: processes; 1 for this one alone."""
    if jobs < 2 or len(ids) < LEAST:
        yield from ((name, _anew(view, name, thesaurus)) for name in ids)
        return
    yield from in_order(_anew_some, ids, jobs, _begin, (view.path, view.generation, thesaurus.to_turtle()))


def seconds_for(view: View, ids: Sequence[str], thesaurus: Thesaurus, jobs: int) -> float | None:
    """How long all will take on this machine, roughly, by a few of them; None where there are too few to ask."""
    if len(ids) < WORTH_TELLING:
        return None
    _anew(view, ids[0], thesaurus)  # the rules are compiled with the first document
    began = time.perf_counter()
    for name in ids[:: len(ids) // SAMPLE][:SAMPLE]:
        _anew(view, name, thesaurus)
    return (time.perf_counter() - began) / SAMPLE * len(ids) / max(1, jobs)


def _anew(view: View, name: str, thesaurus: Thesaurus) -> bytes:
    from ctcorpus.annotate import annotate

    return facts_bytes(annotate(view.document(name), thesaurus))


@dataclass(slots=True)
class _Reader:
    """What a process of the pool reads with: set once, when it starts."""

    view: View
    thesaurus: Thesaurus


_readers: list[_Reader] = []


def _begin(store: Path, generation: int, turtle: str) -> None:
    from ctcorpus.annotate.thesaurus import Thesaurus

    view = View(connect_reader(store), store, generation)
    _readers.append(_Reader(view, Thesaurus.parse(turtle, "thesaurus")))


def _anew_some(names: list[str]) -> list[tuple[str, bytes]]:
    x = _readers[-1]
    return [(name, _anew(x.view, name, x.thesaurus)) for name in names]
