"""The forward index as arrays: the segments as one row of words, as if it had been written at once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import compress, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from ctcorpus.index.folder import damage
from ctcorpus.index.forward import held_in
from ctcorpus.index.forward_segment import Segment

if TYPE_CHECKING:
    from numpy import bool_, int32, int64
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Forward:
    """Passages as stretches of one row of words, in order of document id and start.

    documents: their ids, sorted. terms: exact forms, sorted; stems: sorted. places: a row a passage: number of its
    document, start and end. offsets: where a passage's words begin in ``words``; one more than there are passages.
    words: numbers of ``terms``. joined: first word, number of words and term of each compound. stem_of: the number in
    ``stems`` of each term. totals: how often each term stands in all. found_in: in how many passages each stem stands.
    """

    documents: Sequence[str]
    terms: Sequence[str]
    stems: Sequence[str]
    places: NDArray[int64]
    offsets: NDArray[int64]
    words: NDArray[int32]
    joined: NDArray[int64]
    stem_of: NDArray[int32]
    totals: NDArray[int64]
    found_in: NDArray[int64]


def open_forward(folder: Path) -> Forward:
    """The forward index in ``folder``, every byte that is used compared with its checksum. StoreDamagedError.

    One segment of which nothing was taken out is mapped from its file; else the words are copied, four bytes each.
    """
    with ExitStack() as opened, damage(folder):
        segments = [opened.enter_context(Segment(folder, x)) for x in held_in(folder)]
        if len(segments) == 1 and not segments[0].gone:
            return _whole(segments[0])
        return _Merger(segments).merged()


def _whole(segment: Segment) -> Forward:
    import numpy as np

    file = segment.file
    first, offsets = file.mapped("first"), file.mapped("offsets")
    places = (np.repeat(np.arange(len(segment.documents)), np.diff(first)), file.mapped("starts"), file.mapped("ends"))
    return Forward(
        documents=segment.documents,
        terms=segment.terms,
        stems=segment.stems,
        places=_columns(places),
        offsets=_wide(offsets),
        words=file.mapped("words"),
        joined=_columns([file.mapped(x) for x in ("joined_first", "joined_words", "joined_term")]),
        stem_of=file.mapped("stem_of"),
        totals=_wide(file.mapped("totals")),
        found_in=_wide(file.mapped("found_in")),
    )


class _Merger:
    """Puts segments together. Passages of all are numbered one segment after the other, then ordered."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._terms = _Names([x.terms for x in segments], [x.passages for x in segments])
        self._stems = _Names([x.stems for x in segments])
        self._offsets = [_wide(x.file.mapped("offsets")) for x in segments]
        self._documents = sorted({x for s in segments for i, x in enumerate(s.documents) if i not in s.gone})

    def merged(self) -> Forward:
        """All that is left of the segments."""
        import numpy as np

        segment, row, places = self._rows()
        lengths = np.concatenate([_none(), *(np.diff(x) for x in self._offsets)])
        firsts = np.cumsum([0, *(len(x) - 1 for x in self._offsets)])
        offsets = np.concatenate([[0], np.cumsum(lengths[firsts[segment] + row])])
        stem_of = np.empty(len(self._terms.names), dtype=np.int32)
        for one, terms, stems in zip(self._segments, self._terms.maps, self._stems.maps, strict=True):
            stem_of[terms[terms >= 0]] = stems[one.file.mapped("stem_of")][terms >= 0]
        left = np.zeros(len(self._stems.names), dtype=bool)
        left[stem_of] = True  # a stem of which no term is left is none
        return Forward(
            documents=self._documents,
            terms=self._terms.names,
            stems=list(compress(self._stems.names, left.tolist())),
            places=places,
            offsets=offsets,
            words=self._words(segment, row, offsets),
            joined=self._joined(segment, row, offsets),
            stem_of=(np.cumsum(left, dtype=np.int32) - 1)[stem_of],
            totals=self._terms.summed([x.totals for x in self._segments]),
            found_in=self._stems.summed([x.found_in for x in self._segments])[left],
        )

    def _rows(self) -> tuple[NDArray[int64], NDArray[int64], NDArray[int64]]:
        """Segment and number there of each passage that is left, in order; and its place."""
        import numpy as np

        number = {x: i for i, x in enumerate(self._documents)}
        found = [np.zeros((0, 5), dtype=np.int64)]
        for at, segment in enumerate(self._segments):
            here = np.asarray([-1 if i in segment.gone else number[x] for i, x in enumerate(segment.documents)])
            document = np.repeat(here, np.diff(segment.file.mapped("first")))
            rows = np.arange(len(document))
            columns = (
                document,
                segment.file.mapped("starts"),
                segment.file.mapped("ends"),
                np.full_like(rows, at),
                rows,
            )
            found.append(_columns(columns)[document >= 0])
        table = np.concatenate(found)
        table = table[np.lexsort((table[:, 2], table[:, 1], table[:, 0]))]
        return table[:, 3], table[:, 4], np.ascontiguousarray(table[:, :3])

    def _words(self, segment: NDArray[int64], row: NDArray[int64], offsets: NDArray[int64]) -> NDArray[int32]:
        import numpy as np

        words = np.empty(int(offsets[-1]), dtype=np.int32)
        mapped = [x.file.mapped("words") for x in self._segments]
        follows = (segment[1:] == segment[:-1]) & (row[1:] == row[:-1] + 1)
        begins = np.flatnonzero(np.concatenate([[True], ~follows])) if len(row) else _none()
        for first, stop in pairwise([*begins.tolist(), len(row)]):
            at = int(segment[first])
            old = self._offsets[at]
            begin, end, to = int(old[row[first]]), int(old[row[stop - 1] + 1]), int(offsets[first])
            for some in range(begin, end, _PIECE):
                run = mapped[at][some : min(end, some + _PIECE)]
                words[to + some - begin :][: len(run)] = self._terms.maps[at][run]
        return words

    def _joined(self, segment: NDArray[int64], row: NDArray[int64], offsets: NDArray[int64]) -> NDArray[int64]:
        import numpy as np

        found = [np.zeros((0, 3), dtype=np.int64)]
        for at, one in enumerate(self._segments):
            old_first, words, terms = (_wide(one.file.mapped(f"joined_{x}")) for x in _COLUMNS)
            here = np.flatnonzero(segment == at)
            shift = np.full(len(self._offsets[at]), np.iinfo(np.int64).min)
            shift[row[here]] = offsets[here] - self._offsets[at][row[here]]
            by = shift[self._offsets[at].searchsorted(old_first, side="right") - 1]
            left = by > np.iinfo(np.int64).min
            found.append(_columns((old_first[left] + by[left], words[left], self._terms.maps[at][terms[left]])))
        table = np.concatenate(found)
        return table[table[:, 0].argsort(kind="stable")]


_COLUMNS = ("first", "words", "term")
#: words that are numbered anew at a time
_PIECE = 1 << 16


def _none() -> NDArray[int64]:
    import numpy as np

    return np.zeros(0, dtype=np.int64)


def _wide(numbers: NDArray[int32]) -> NDArray[int64]:
    import numpy as np

    return numbers.astype(np.int64)


def _columns(columns: Sequence[NDArray[int64] | NDArray[int32]]) -> NDArray[int64]:
    """The columns side by side."""
    import numpy as np

    table = np.empty((len(columns[0]), len(columns)), dtype=np.int64)
    for at, column in enumerate(columns):
        table[:, at] = column
    return table


class _Names:
    """Sorted names of several sources as one sorted list. maps: each source's numbers -> the list's; -1 for none.

    Names are compared in Python, one by one: so the longest list is kept, and the others are sorted into it.
    """

    def __init__(self, lists: Sequence[Sequence[str]], counts: Sequence[Sequence[int]] | None = None) -> None:
        """counts: how often each name stands; names that stand nowhere are left out."""
        import numpy as np

        longest = max(range(len(lists)), key=lambda x: len(lists[x]), default=0)
        base: Sequence[str] = lists[longest] if lists else ()
        others = sorted({x for i, some in enumerate(lists) if i != longest for x in some})
        places = [bisect_left(base, x) for x in others]
        new = [base[at : at + 1] != [x] for x, at in zip(others, places, strict=True)]
        self.names = sorted([*base, *compress(others, new)])  # two sorted runs: one pass
        before = np.asarray(list(compress(places, new)), dtype=np.int64)
        shifted = np.arange(len(base)) + before.searchsorted(np.arange(len(base)), side="right")
        ranks = np.cumsum([0, *new])[:-1]
        number = {
            x: at + int(rank) if is_new else int(shifted[at])
            for x, at, is_new, rank in zip(others, places, new, ranks, strict=True)
        }
        self.maps = [
            shifted.astype(np.int32) if i == longest else np.asarray([number[x] for x in some], dtype=np.int32)
            for i, some in enumerate(lists)
        ]
        if counts is not None:
            self._leave_out(self.summed(counts) > 0)

    def summed(self, columns: Sequence[Sequence[int]]) -> NDArray[int64]:
        """The sources' counts of each name, added up."""
        import numpy as np

        total = np.zeros(len(self.names), dtype=np.int64)
        for numbers, column in zip(self.maps, columns, strict=True):
            total[numbers[numbers >= 0]] += np.asarray(column, dtype=np.int64)[numbers >= 0]
        return total

    def _leave_out(self, left: NDArray[bool_]) -> None:
        import numpy as np

        if left.all():
            return
        number = np.where(left, np.cumsum(left) - 1, -1).astype(np.int32)
        self.names = list(compress(self.names, left.tolist()))
        self.maps = [number[x] for x in self.maps]
