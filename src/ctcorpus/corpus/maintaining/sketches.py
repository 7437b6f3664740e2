"""Sketches of documents, in files that grow by parts: which document has which hash, looked up without reading it all.

A part holds the ids of its documents in order, how many hashes each has, and every hash with the place of its document
among them, sorted: numbers of 4, 16, 4 and 8 bytes, least byte first. Of a document in several parts the last counts.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, overload

from ctcorpus.errors import StoreDamagedError

#: bytes of an id, of the head (how many documents and hashes), and of what a document and a hash take
ID, _HEAD, _DOCUMENT, _HASH = 16, 8, 20, 8
_LOW = (1 << 32) - 1
#: more numbers than this are sorted by a library that is slow to import
_FEW = 50_000


class Sketches:
    """One part. ids: of its documents, in order."""

    def __init__(self, ids: Sequence[str], sizes: Sequence[int], pairs: Sequence[int]) -> None:
        self.ids, self.sizes, self._pairs = ids, sizes, pairs

    @classmethod
    def of(cls, sketches: Mapping[str, Sequence[int]]) -> Sketches:
        """The part of these documents, each with its hashes."""
        ids = sorted(sketches)
        pairs = array("Q", (value << 32 | at for at, name in enumerate(ids) for value in sketches[name]))
        return cls(ids, array("I", (len(sketches[name]) for name in ids)), _sorted(pairs))

    @classmethod
    def read(cls, path: Path) -> Sketches:
        """The part in a file, which is mapped, not read. StoreDamagedError where it has not the size that it tells."""
        from mmap import ACCESS_READ, mmap

        with path.open("rb") as file:
            size = path.stat().st_size
            data = memoryview(mmap(file.fileno(), 0, access=ACCESS_READ) if size else b"")
        count, hashes = (int.from_bytes(data[at : at + 4], "little") for at in (0, 4))
        if size != _HEAD + count * _DOCUMENT + hashes * _HASH:
            raise StoreDamagedError(path.parent, f"{path.name}: it has another size than it tells")
        ends = _HEAD + count * ID, _HEAD + count * _DOCUMENT
        return cls(_Ids(data[_HEAD : ends[0]]), _numbers(data[ends[0] : ends[1]], "I"), _numbers(data[ends[1] :], "Q"))

    @classmethod
    def together(cls, older: Sequence[Sketches], newest: Sketches, kept: set[str]) -> Sketches:
        """One part of several, the oldest first; of the older only the documents that are to be kept."""
        taken = {name: (newest, at) for at, name in enumerate(newest.ids)}
        for part in reversed(older):
            for at, name in enumerate(part.ids):
                if name in kept:
                    taken.setdefault(name, (part, at))
        ids = sorted(taken)
        place = {(id(taken[name][0]), taken[name][1]): at for at, name in enumerate(ids)}
        pairs = array("Q")
        for part in (*older, newest):
            own = {at: now for (owner, at), now in place.items() if owner == id(part)}
            pairs.extend((pair & ~_LOW) | own[pair & _LOW] for pair in part._pairs if pair & _LOW in own)
        return cls(ids, array("I", (taken[name][0].sizes[taken[name][1]] for name in ids)), _sorted(pairs))

    def write(self, path: Path) -> None:
        """Writes the part."""
        with path.open("wb") as file:
            file.write(len(self.ids).to_bytes(4, "little") + len(self._pairs).to_bytes(4, "little"))
            file.write(b"".join(bytes.fromhex(name) for name in self.ids))
            file.write(_little(array("I", self.sizes)))
            file.write(_little(array("Q", self._pairs)))

    def bytes(self) -> int:
        """How large its file is."""
        return _HEAD + len(self.ids) * _DOCUMENT + len(self._pairs) * _HASH

    def place(self, id: str) -> int | None:
        """Where the document stands among ``ids``; None where it does not."""
        at = bisect_left(self.ids, id)
        return at if at < len(self.ids) and self.ids[at] == id else None

    def holders(self, value: int) -> Iterator[int]:
        """The places of the documents that have a hash."""
        for at in range(bisect_left(self._pairs, value << 32), len(self._pairs)):
            if self._pairs[at] >> 32 != value:
                return
            yield self._pairs[at] & _LOW

    def shared(self) -> Iterator[tuple[int, list[int]]]:
        """Each hash with the places of the documents that have it, in order."""
        value, holders = -1, list[int]()
        for pair in self._pairs:
            if pair >> 32 != value:
                if holders:
                    yield value, holders
                value, holders = pair >> 32, []
            holders.append(pair & _LOW)
        if holders:
            yield value, holders


class _Ids(Sequence[str]):
    """Ids side by side in the bytes of a file."""

    def __init__(self, data: memoryview) -> None:
        self._data = data

    def __len__(self) -> int:
        return len(self._data) // ID

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> list[str]: ...

    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        if not 0 <= at < len(self):
            raise IndexError(at)
        return self._data[at * ID : at * ID + ID].hex()


def _sorted(values: array[int]) -> array[int]:
    if len(values) < _FEW:
        return array("Q", sorted(values))
    import numpy

    numpy.frombuffer(values, dtype=numpy.uint64).sort()
    return values


def _numbers(data: memoryview, kind: Literal["I", "Q"]) -> Sequence[int]:
    if sys.byteorder == "little":
        return data.cast("I") if kind == "I" else data.cast("Q")
    swapped = array(kind, data.tobytes())
    swapped.byteswap()
    return swapped


def _little(values: array[int]) -> bytes:
    if sys.byteorder != "little":
        values.byteswap()
    return values.tobytes()
