"""Takes passages in for the forward index: their words as numbers, kept in a file until a segment is made of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path

from ctcorpus.index.analysis import Token
from ctcorpus.index.forward_write import tally

_PIECE = 1 << 16


class ForwardBuilder:
    """A source of a segment: passages in the order in which they came. Memory: the vocabulary, and 30 bytes a passage.

    spool: a file for the words; it is deleted by ``close``.
    """

    def __init__(self, spool: Path) -> None:
        self._path = spool
        self._file = spool.open("w+b")
        self._held = array("i")
        self._spooled = 0
        self._terms, self._stems = _Numbers(), _Numbers()
        self.stem_of = array("i")
        self.totals, self.passages, self.found_in = array("i"), array("i"), array("i")
        self._counts = {"totals": self.totals, "passages": self.passages, "found_in": self.found_in}
        self._places: list[tuple[str, int, int]] = []
        self.offsets = array("i", [0])
        self.joined = (array("i"), array("i"), array("i"))

    def __len__(self) -> int:
        """How many passages it holds."""
        return len(self._places)

    @property
    def size(self) -> int:
        """How many words it holds; a passage counts as some."""
        return self.offsets[-1] + 16 * len(self._places)

    @property
    def terms(self) -> Sequence[str]:
        """The terms, by number."""
        return list(self._terms)

    @property
    def stems(self) -> Sequence[str]:
        """The stems, by number."""
        return list(self._stems)

    def take(self, document: str, start: int, end: int, tokens: Sequence[Token]) -> None:
        """Adds a passage with the tokens of its body."""
        known, number = len(self._terms), self._terms.__getitem__
        words = [number(x.exact) for x in tokens if not x.joined]
        joined = self._join(tokens) if len(words) < len(tokens) else []
        if len(self._terms) > known:
            self._number_stems(tokens, known)
        tally(words, joined, self.stem_of, self._counts)
        self._held.extend(words)
        self._places.append((document, start, end))
        self.offsets.append(self.offsets[-1] + len(words))
        if len(self._held) >= _PIECE:
            self._spill()

    def rows(self) -> Iterator[tuple[str, int, int, int]]:
        """Document, start, end and number of each passage."""
        return ((*place, row) for row, place in enumerate(self._places))

    def words(self, first: int, stop: int) -> array[int]:
        """The words from one number to before another."""
        self._spill()
        found = array("i")
        self._file.seek(first * found.itemsize)
        found.fromfile(self._file, stop - first)
        return found

    def close(self) -> None:
        """Deletes the file of words; safe to call twice."""
        self._file.close()
        self._path.unlink(missing_ok=True)

    def _join(self, tokens: Sequence[Token]) -> list[int]:
        """Notes the compounds; the terms of their joined forms."""
        firsts, counts, terms = self.joined
        end = -1
        found = []
        for token in tokens:
            if token.joined:
                end = token.end
                found.append(self._terms[token.exact])
                firsts.append(self.offsets[-1] + token.position)
                counts.append(0)
                terms.append(found[-1])
            elif token.end <= end:
                counts[-1] += 1
        return found

    def _number_stems(self, tokens: Sequence[Token], known: int) -> None:
        """Numbers the stems of the terms from number ``known`` on, which these tokens brought."""
        new = {self._terms[x.exact]: x.stem for x in tokens if self._terms[x.exact] >= known}
        self.stem_of.extend(self._stems[new[x]] for x in range(known, len(self._terms)))
        for column, size in ((self.totals, len(self._terms)), (self.passages, len(self._terms))):
            column.frombytes(bytes(column.itemsize * (size - len(column))))
        self.found_in.frombytes(bytes(self.found_in.itemsize * (len(self._stems) - len(self.found_in))))

    def _spill(self) -> None:
        if self._held:
            self._file.seek(self._spooled * self._held.itemsize)
            self._held.tofile(self._file)
            self._spooled += len(self._held)
            self._held = array("i")


class _Numbers(dict[str, int]):
    """Names and their numbers, in the order in which they were met."""

    def __missing__(self, name: str) -> int:
        number = self[name] = len(self)
        return number
