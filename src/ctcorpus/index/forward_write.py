"""Writes a segment of the forward index from passages and the words of each, wherever these come from."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, MutableSequence, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple, Protocol

from ctcorpus.index.sections import SectionWriter

#: a column of counts -> what it counts
COUNTS = {"totals": "terms", "passages": "terms", "found_in": "stems"}
#: passages whose words are in memory at a time
_PIECE = 1_000

Numbers = MutableSequence[int] | MutableMapping[int, int]


class Row(NamedTuple):
    """A passage and its number in its source, in the order in which passages stand."""

    document: str
    start: int
    end: int
    source: int
    row: int


class Source(Protocol):
    """What a segment is made of: passages, and their words as numbers of ``terms``; counts are of what is left.

    offsets: where each passage's words begin, one more than there are passages. joined: first word, number of words
    and term of each compound, in three columns, by first word. passages, found_in: in how many passages each term
    and stem stands; a compound's joined form is a term that stands there, and counts in no total and as no stem.
    """

    @property
    def terms(self) -> Sequence[str]: ...
    @property
    def stems(self) -> Sequence[str]: ...
    @property
    def stem_of(self) -> array[int]: ...
    @property
    def totals(self) -> array[int]: ...
    @property
    def passages(self) -> array[int]: ...
    @property
    def found_in(self) -> array[int]: ...
    @property
    def offsets(self) -> array[int]: ...
    @property
    def joined(self) -> Sequence[array[int]]: ...

    def rows(self) -> Iterator[tuple[str, int, int, int]]:
        """Document, start, end and number of each passage that is left."""

    def words(self, first: int, stop: int) -> array[int]:
        """The words from one number to before another."""


def tally(words: Sequence[int], joined: Iterable[int], stem_of: Sequence[int], counts: Mapping[str, Numbers]) -> None:
    """Adds a passage to the counts. words: terms in order. joined: the joined forms of its compounds."""
    totals, passages, found_in = (counts[x] for x in COUNTS)
    here = Counter(words)
    for term, times in here.items():
        totals[term] += times
        passages[term] += 1
    for term in set(joined):
        if term not in here:
            passages[term] += 1
    for stem in {stem_of[x] for x in here}:
        found_in[stem] += 1


def write_segment(path: Path, sources: Sequence[Source]) -> tuple[int, int, int]:
    """Writes what is left of the sources as one segment; its documents, passages and words.

    Terms that stand nowhere any more are left out.
    """
    file = SectionWriter(path)
    whole = False
    try:
        names = names_of(sources)
        rows = sorted(Row(d, start, end, s, row) for s, x in enumerate(sources) for d, start, end, row in x.rows())
        documents = [(x, sum(1 for _ in some)) for x, some in groupby(rows, key=lambda row: row.document)]
        lengths = [sources[x.source].offsets[x.row + 1] - sources[x.source].offsets[x.row] for x in rows]
        offsets = _sums(lengths)
        file.numbers("words", _renumbered(rows, sources, names.terms_of))
        file.numbers("offsets", [offsets])
        file.numbers("starts", [array("i", [x.start for x in rows])])
        file.numbers("ends", [array("i", [x.end for x in rows])])
        file.words("documents", [x for x, _ in documents])
        file.numbers("first", [_sums(n for _, n in documents)])
        for name, column in zip(("first", "words", "term"), _joined(rows, sources, names, offsets), strict=True):
            file.numbers(f"joined_{name}", [column])
        file.words("terms", names.terms)
        file.words("stems", names.stems)
        file.numbers("stem_of", [names.stem_of])
        for name, by in COUNTS.items():
            maps, size = (names.terms_of, len(names.terms)) if by == "terms" else (names.stems_of, len(names.stems))
            file.numbers(name, [_summed([getattr(x, name) for x in sources], maps, size)])
        whole = True
    finally:
        file.close(whole=whole)
    return len(documents), len(rows), offsets[-1]


class Names(NamedTuple):
    """Terms and stems of several sources, sorted. terms_of, stems_of: each source's numbers -> these; -1 for none."""

    terms: list[str]
    stems: list[str]
    stem_of: array[int]
    terms_of: list[list[int]]
    stems_of: list[list[int]]


def names_of(sources: Sequence[Source]) -> Names:
    """The terms that stand in any of the sources, and their stems."""
    found: dict[str, str] = {}
    for source in sources:
        stems = source.stems
        columns = zip(source.terms, source.stem_of, source.passages, strict=True)
        found.update((term, stems[stem]) for term, stem, count in columns if count > 0)
    terms, stems = sorted(found), sorted(set(found.values()))
    term_at, stem_at = ({x: i for i, x in enumerate(names)} for names in (terms, stems))
    return Names(
        terms,
        stems,
        array("i", [stem_at[found[x]] for x in terms]),
        [[term_at.get(x, -1) for x in source.terms] for source in sources],
        [[stem_at.get(x, -1) for x in source.stems] for source in sources],
    )


def _renumbered(
    rows: Sequence[Row], sources: Sequence[Source], numbers: Sequence[Sequence[int]]
) -> Iterator[array[int]]:
    """The words of the rows in order, a piece for each run of passages that stand together already."""
    for at, first, stop in _runs(rows):
        offsets, number = sources[at].offsets, numbers[at].__getitem__
        while first < stop:
            last = min(stop, first + _PIECE)
            yield array("i", map(number, sources[at].words(offsets[first], offsets[last])))
            first = last


def _runs(rows: Iterable[Row]) -> Iterator[tuple[int, int, int]]:
    """Source, first number and number behind the last of passages that follow each other in one source."""
    source = first = stop = -1
    for row in rows:
        if row.source != source or row.row != stop:
            if stop > first:
                yield source, first, stop
            source, first = row.source, row.row
        stop = row.row + 1
    if stop > first:
        yield source, first, stop


def _joined(
    rows: Iterable[Row], sources: Sequence[Source], names: Names, offsets: Sequence[int]
) -> tuple[array[int], ...]:
    """The columns of the compounds, in the order of the rows."""
    firsts, words, terms = array("i"), array("i"), array("i")
    for begin, row in zip(offsets, rows, strict=False):
        source = sources[row.source]
        old_first, old_words, old_terms = source.joined
        old = source.offsets[row.row]
        low, high = bisect_left(old_first, old), bisect_left(old_first, source.offsets[row.row + 1])
        for at in range(low, high):
            firsts.append(old_first[at] - old + begin)
            words.append(old_words[at])
            terms.append(names.terms_of[row.source][old_terms[at]])
    return firsts, words, terms


def _summed(columns: Sequence[Sequence[int]], numbers: Sequence[Sequence[int]], size: int) -> array[int]:
    total = array("i", bytes(4 * size))
    for column, maps in zip(columns, numbers, strict=True):
        for at, count in zip(maps, column, strict=True):
            if count > 0:
                total[at] += count
    return total


def _sums(lengths: Iterable[int]) -> array[int]:
    """Where each of them begins, and where the last one ends."""
    found = array("i", [0])
    for length in lengths:
        found.append(found[-1] + length)
    return found
