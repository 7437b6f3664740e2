"""A file of named sections: columns of numbers and lists of words, each with a checksum; written once, never changed.

Numbers are whole, 32 bits, signed, little-endian, so that numpy can map them; words are UTF-8, a line feed between
them. The list of sections stands at the end of the file, as JSON. Nothing in it is ever executed.
"""

from __future__ import annotations

import json
import os
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from ctcorpus.errors import StoreDamagedError

if TYPE_CHECKING:
    from numpy import int32
    from numpy.typing import NDArray

_MARK = b"ctcorpus"
#: length and checksum of the list of sections, four bytes each, and the mark
_TAIL = 8 + len(_MARK)
_BLOCK = 1 << 20
_WIDTH = 4


class Section(NamedTuple):
    """Where a section stands in its file, in bytes, and the CRC-32 of these."""

    offset: int
    length: int
    checksum: int


class SectionWriter:
    """Writes a file, a section after another; it is whole after ``close``."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._sections: dict[str, Section] = {}

    def numbers(self, name: str, columns: Iterable[array[int]]) -> None:
        """A section of numbers that come in pieces."""
        self._section(name, map(_packed, columns))

    def words(self, name: str, words: Iterable[str]) -> None:
        """A section of words, none of which is empty or holds a line feed."""
        self._section(name, ["\n".join(words).encode("utf-8")])

    def close(self, *, whole: bool = True) -> None:
        """Ends the file. whole: False where it is to be deleted."""
        if whole:
            listed = json.dumps(self._sections).encode("ascii")
            self._file.write(listed + _packed(array("I", [len(listed), zlib.crc32(listed)])) + _MARK)
        self._file.close()

    def _section(self, name: str, pieces: Iterable[bytes]) -> None:
        offset, length, checksum = self._file.tell(), 0, 0
        for piece in pieces:
            self._file.write(piece)
            length += len(piece)
            checksum = zlib.crc32(piece, checksum)
        self._sections[name] = Section(offset, length, checksum)
        self._file.write(bytes(-length % _WIDTH))  # numbers are mapped where their width divides the offset


class SectionFile:
    """Reads the sections of a file. Every method raises StoreDamagedError where the bytes are not those written.

    A context manager; what was read stays when it is closed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._file: BinaryIO = path.open("rb")
        except OSError as error:
            raise StoreDamagedError(path.parent, f"{path.name}: {error.strerror}") from error
        try:
            self._sections = self._listed()
        except (OSError, ValueError, TypeError) as error:
            self._file.close()
            raise StoreDamagedError(path.parent, f"{path.name}: it has no list of its sections") from error

    def __enter__(self) -> SectionFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file; safe to call twice."""
        self._file.close()

    def numbers(self, name: str) -> array[int]:
        """All numbers of a section."""
        return _unpacked(self.read(name))

    def slice(self, name: str, start: int, stop: int) -> array[int]:
        """The numbers from ``start`` to before ``stop``, not checked: see ``check``."""
        self._file.seek(self._section(name).offset + start * _WIDTH)
        return _unpacked(self._file.read((stop - start) * _WIDTH))

    def words(self, name: str) -> list[str]:
        """All words of a section."""
        return words_in(self.read(name))

    def mapped(self, name: str) -> NDArray[int32]:
        """All numbers of a section, checked, their bytes mapped from the file."""
        import numpy as np

        self.check(name)
        section = self._section(name)
        if not section.length:
            return np.zeros(0, dtype=np.int32)
        return np.asarray(np.memmap(self.path, "<i4", "r", section.offset, (section.length // _WIDTH,)))

    def check(self, name: str) -> None:
        """Compares a section with its checksum, a block at a time."""
        checksum = 0
        for block in self._blocks(self._section(name)):
            checksum = zlib.crc32(block, checksum)
        self._compare(name, checksum)

    def read(self, name: str) -> bytes:
        """All bytes of a section."""
        section = self._section(name)
        self._file.seek(section.offset)
        data = self._file.read(section.length)
        self._compare(name, zlib.crc32(data))
        return data

    def _blocks(self, section: Section) -> Iterator[bytes]:
        self._file.seek(section.offset)
        left = section.length
        while left > 0 and (block := self._file.read(min(left, _BLOCK))):
            left -= len(block)
            yield block

    def _compare(self, name: str, checksum: int) -> None:
        if checksum != self._section(name).checksum:
            raise StoreDamagedError(self.path.parent, f"{self.path.name}: the checksum of '{name}' does not match")

    def _section(self, name: str) -> Section:
        if name not in self._sections:
            raise StoreDamagedError(self.path.parent, f"{self.path.name}: it has no section '{name}'")
        return self._sections[name]

    def _listed(self) -> dict[str, Section]:
        end = self._file.seek(0, os.SEEK_END)
        self._file.seek(max(0, end - _TAIL))
        tail = self._file.read()
        if len(tail) != _TAIL or not tail.endswith(_MARK):
            raise ValueError("the end is missing")
        length, checksum = _unpacked(tail[:8], "I")
        self._file.seek(max(0, end - _TAIL - length))
        listed = self._file.read(length)
        if zlib.crc32(listed) != checksum:
            raise ValueError("the checksum of the list does not match")
        return {name: Section(*place) for name, place in json.loads(listed).items()}


def words_in(data: bytes) -> list[str]:
    """The words of a section, or of whole lines of it."""
    return data.decode("utf-8").split("\n") if data else []


def _packed(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()


def _unpacked(data: bytes, code: str = "i") -> array[int]:
    numbers = array(code)
    numbers.frombytes(data[: len(data) // _WIDTH * _WIDTH])
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
