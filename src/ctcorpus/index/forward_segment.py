"""A segment of the forward index: the words of some passages, in order; written once, never changed.

Terms are numbered in the order of their letters, stems too; passages stand in order of document id and start. What is
taken out later is named in a second file, with what is to be taken off the segment's counts.
"""

from __future__ import annotations

import os
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, pairwise
from pathlib import Path
from typing import Self

from ctcorpus.errors import StoreDamagedError
from ctcorpus.index.forward_write import COUNTS, Source, tally, write_segment
from ctcorpus.index.sections import SectionFile, SectionWriter, words_in
from ctcorpus.model.record import Record, record

#: the endings of the files' names, which are 32 random hex digits else
SEGMENT, GONE = "forward", "gone"


@record
class Held(Record):
    """A segment that belongs to an index. gone: the file that names what was taken out, if anything was.

    documents, passages, words: how many are left. lost: how many words were taken out.
    """

    name: str
    gone: str | None
    documents: int
    passages: int
    words: int
    lost: int = 0


class Segment:
    """A segment on disk, without what was taken out of it. A context manager; StoreDamagedError as its file."""

    def __init__(self, folder: Path, held: Held) -> None:
        self.held = held
        self.file = SectionFile(folder / held.name)
        try:
            self._gone = SectionFile(folder / held.gone) if held.gone else None
        except StoreDamagedError:
            self.file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()
        if self._gone:
            self._gone.close()

    @cached_property
    def documents(self) -> list[str]:
        """The ids of its documents, sorted, those that were taken out too."""
        return self.file.words("documents")

    @cached_property
    def gone(self) -> frozenset[int]:
        """The numbers of the documents that were taken out."""
        return frozenset(self._gone.numbers("documents")) if self._gone else frozenset()

    @cached_property
    def terms(self) -> list[str]:
        return self.file.words("terms")

    @cached_property
    def stems(self) -> list[str]:
        return self.file.words("stems")

    @cached_property
    def stem_of(self) -> array[int]:
        return self.file.numbers("stem_of")

    @cached_property
    def totals(self) -> array[int]:
        return self._left("totals", "terms")

    @cached_property
    def passages(self) -> array[int]:
        return self._left("passages", "terms")

    @cached_property
    def found_in(self) -> array[int]:
        return self._left("found_in", "stems")

    @cached_property
    def first(self) -> array[int]:
        """The number of each document's first passage, one more than there are documents."""
        return self.file.numbers("first")

    @cached_property
    def offsets(self) -> array[int]:
        return self.file.numbers("offsets")

    @cached_property
    def joined(self) -> tuple[array[int], ...]:
        return tuple(self.file.numbers(x) for x in ("joined_first", "joined_words", "joined_term"))

    def rows(self) -> Iterator[tuple[str, int, int, int]]:
        """Document, start, end and number of each passage that is left, in order."""
        starts, ends = self.file.numbers("starts"), self.file.numbers("ends")
        for number, (first, stop) in enumerate(pairwise(self.first)):
            if number not in self.gone:
                for row in range(first, stop):
                    yield self.documents[number], starts[row], ends[row], row

    def words(self, first: int, stop: int) -> array[int]:
        """The words from one number to before another; ``file.check`` tells whether they are sound."""
        return self.file.slice("words", first, stop)

    def beginning(self, prefix: str) -> Iterator[tuple[str, int]]:
        """The terms that begin so, in order, each with the passages that it stands in."""
        if not prefix:
            yield from ((x, n) for x, n in zip(self.terms, self.passages, strict=True) if n > 0)
            return
        text, wanted = b"\n" + self.file.read("terms"), b"\n" + prefix.encode("utf-8", "replace")
        begin, last = text.find(wanted), text.rfind(wanted)
        if begin < 0:
            return
        end = text.find(b"\n", last + 1)
        number = text.count(b"\n", 0, begin)
        for term in words_in(text[begin + 1 : end if end > 0 else len(text)]):
            if self.passages[number] > 0:
                yield term, self.passages[number]
            number += 1

    def numbers_of(self, documents: Iterable[str]) -> list[int]:
        """The numbers of these documents; those that are not here, or were taken out before, are left out."""
        found = ((x, bisect_left(self.documents, x)) for x in documents)
        return [at for x, at in found if self.documents[at : at + 1] == [x] and at not in self.gone]

    def without(self, folder: Path, numbers: Sequence[int]) -> Held:
        """The segment with these documents taken out as well: what it counts no longer stands in a file of its own."""
        less = {name: self._taken_off(name, by) for name, by in COUNTS.items()}
        rows = [range(self.first[x], self.first[x + 1]) for x in numbers]
        for row in chain.from_iterable(rows):
            begin, end = self.offsets[row], self.offsets[row + 1]
            terms = self.joined[2][bisect_left(self.joined[0], begin) : bisect_left(self.joined[0], end)]
            tally(self.words(begin, end), terms, self.stem_of, less)
        words = sum(self.offsets[x.stop] - self.offsets[x.start] for x in rows)
        name = file_name(GONE)
        _write_gone(folder / name, sorted({*self.gone, *numbers}), less)
        held = self.held
        passages = held.passages - sum(map(len, rows))
        return Held(held.name, name, held.documents - len(numbers), passages, held.words - words, held.lost + words)

    def _left(self, name: str, by: str) -> array[int]:
        """A column of counts without what was taken out."""
        counts = self.file.numbers(name)
        if self._gone:
            for at, less in zip(self._gone.numbers(by), self._gone.numbers(name), strict=True):
                counts[at] -= less
        return counts

    def _taken_off(self, name: str, by: str) -> defaultdict[int, int]:
        found: defaultdict[int, int] = defaultdict(int)
        if self._gone:
            found.update(zip(self._gone.numbers(by), self._gone.numbers(name), strict=True))
        return found


def file_name(ending: str) -> str:
    """A name that no file has."""
    return f"{os.urandom(16).hex()}.{ending}"


def written(folder: Path, sources: Sequence[Source]) -> Held:
    """A new segment of what is left of the sources."""
    name = file_name(SEGMENT)
    return Held(name, None, *write_segment(folder / name, sources))


def _write_gone(path: Path, documents: Sequence[int], less: Mapping[str, Mapping[int, int]]) -> None:
    terms, stems = sorted(less["passages"]), sorted(less["found_in"])
    file = SectionWriter(path)
    file.numbers("documents", [array("i", documents)])
    file.numbers("terms", [array("i", terms)])
    file.numbers("stems", [array("i", stems)])
    for name, by in COUNTS.items():
        file.numbers(name, [array("i", [less[name].get(x, 0) for x in (terms if by == "terms" else stems)])])
    file.close()
