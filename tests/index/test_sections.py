from __future__ import annotations

from array import array
from pathlib import Path

import numpy as np
import pytest

from ctcorpus.errors import StoreDamagedError
from ctcorpus.index.sections import SectionFile, SectionWriter

NUMBERS = [0, 1, -1, 2**31 - 1, -(2**31), 75175]
WORDS = ["dike", "river", "zürich", "\u0922\u093e\u0915\u093e"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    writer = SectionWriter(tmp_path / "some.sections")
    writer.words("words", WORDS)
    writer.numbers("numbers", [array("i", NUMBERS[:2]), array("i"), array("i", NUMBERS[2:])])
    writer.numbers("nothing", [])
    writer.words("silence", [])
    writer.close()
    return tmp_path / "some.sections"


def read(path: Path) -> tuple[list[int], list[int], list[str], list[str]]:
    with SectionFile(path) as file:
        return list(file.numbers("numbers")), list(file.numbers("nothing")), file.words("words"), file.words("silence")


def test_what_is_written_is_read(path: Path) -> None:
    assert read(path) == (NUMBERS, [], WORDS, [])
    with SectionFile(path) as file:
        assert file.mapped("numbers").tolist() == NUMBERS
        assert file.mapped("numbers").dtype == np.int32
        assert file.mapped("nothing").tolist() == []
        assert list(file.slice("numbers", 1, 4)) == NUMBERS[1:4]
        mapped = file.mapped("numbers")
    path.unlink()
    assert mapped.tolist() == NUMBERS


def test_any_changed_bit_or_missing_byte_is_damage(path: Path) -> None:
    data, wanted = path.read_bytes(), read(path)
    for at in range(len(data)):
        for changed in (data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1 :], data[:at]):
            path.write_bytes(changed)
            try:
                assert read(path) == wanted  # the bytes between sections are nobody's
            except StoreDamagedError as error:
                assert path.name in str(error)


def test_a_missing_file_or_section_is_damage(path: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreDamagedError):
        SectionFile(tmp_path / "other.sections")
    with SectionFile(path) as file, pytest.raises(StoreDamagedError):
        file.numbers("other")


def test_a_file_that_was_not_ended_is_none(tmp_path: Path) -> None:
    writer = SectionWriter(tmp_path / "some.sections")
    writer.words("words", WORDS)
    writer.close(whole=False)
    with pytest.raises(StoreDamagedError):
        SectionFile(tmp_path / "some.sections")
