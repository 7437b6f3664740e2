"""What is damaged is found and named; what is sound comes out."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ctcorpus.errors import StoreDamagedError
from ctcorpus.store import open_store
from ctcorpus.store.doctor import damaged_documents, examine, sound_documents
from ctcorpus.store.writer import StoreWriter
from tests.store.samples import SAMPLES, build, fill

ONE, TWO, THREE = SAMPLES


@pytest.fixture
def place(tmp_path: Path) -> Path:
    build(tmp_path / "store", *SAMPLES)
    return tmp_path / "store"


def alter(place: Path, statement: str, *values: object) -> None:
    """What a fault might do, done on purpose."""
    connection = sqlite3.connect(place / "corpus.db", isolation_level=None)
    connection.execute(statement, values)
    connection.close()


def test_a_sound_store(place: Path) -> None:
    examination = examine(place)
    assert list(examination) == []
    counted = {name: examination.checked[name] for name in ("documents", "passages", "sources", "files")}
    assert counted == {"documents": 3, "passages": 6, "sources": 3, "files": 4}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE texts SET utf8 = replace(CAST(utf8 AS TEXT), 'fence', 'wall!') WHERE sha256 = ?",
        "UPDATE texts SET utf8 = x'' WHERE sha256 = ?",
        "UPDATE passages SET heading = 'other' WHERE row = (SELECT d.row FROM documents d JOIN texts t ON t.row = text "
        "WHERE t.sha256 = ?)",
        "UPDATE passages SET byte = byte + 1 WHERE row = (SELECT d.row FROM documents d JOIN texts t ON t.row = text "
        "WHERE t.sha256 = ?)",
        "DELETE FROM passages WHERE start = 0 AND row = (SELECT d.row FROM documents d JOIN texts t ON t.row = text "
        "WHERE t.sha256 = ?)",
        "UPDATE documents SET structure = zeroblob(9) WHERE text = (SELECT row FROM texts WHERE sha256 = ?)",
        "UPDATE documents SET text = text + 1 WHERE text = (SELECT row FROM texts WHERE sha256 = ?)",
    ],
)
def test_damage_is_named_and_the_rest_is_saved(place: Path, statement: str) -> None:
    alter(place, statement, ONE.document.text_sha256)
    with open_store(place) as store, pytest.raises(StoreDamagedError, match=ONE.id):
        store.document(ONE.id)
    assert any(ONE.id in finding.block and finding.fatal for finding in examine(place))
    assert {sound.document.id for sound in sound_documents(place)} == {TWO.id, THREE.id}
    assert damaged_documents(place) == [ONE.id]
    with StoreWriter.open(place, rebuild=True) as writer:
        for sound in sound_documents(place):
            assert sound.entry is not None
            writer.carry(sound.entry, sound.document, sound.facts, sound.source, sound.states)
        fill(writer.folder)
        writer.commit(rules="")
    assert list(examine(place)) == []


@pytest.mark.parametrize(
    ("statement", "block"),
    [
        ("UPDATE blobs SET packed = zeroblob(20) WHERE sha256 = ?", "source"),
        ("UPDATE documents SET facts = zeroblob(20) WHERE source = ?", "facts"),
        ("UPDATE entries SET record = replace(record, 'Border', 'Boarder') WHERE id IN "
         "(SELECT id FROM documents WHERE source = ?)", "entry"),
        ("UPDATE files SET size = 1 WHERE sha256 = ?", "a.txt"),
        ("UPDATE entries SET searched = 0 WHERE id IN (SELECT id FROM documents WHERE source = ?)", "digest"),
        ("UPDATE documents SET died = 1 WHERE source = ?", "text"),
    ],
)  # fmt: skip
def test_every_kind_of_row_is_checked(place: Path, statement: str, block: str) -> None:
    alter(place, statement, ONE.state.sha256)
    assert any(finding.fatal and block in f"{finding.block} {finding.problem}" for finding in examine(place))


def test_a_damaged_entry_does_not_lose_its_document(place: Path) -> None:
    alter(place, "UPDATE entries SET record = '{}' WHERE path = 'a.txt'")
    (sound,) = (sound for sound in sound_documents(place) if sound.document.id == ONE.id)
    assert sound.entry is None
    assert sound.document == ONE.document
    assert sound.states == (ONE.state,)
    assert damaged_documents(place) == [ONE.id]


def test_what_belongs_to_nothing_is_told_and_harmless(place: Path) -> None:
    (place / "letter.txt").touch()
    (place / "generations" / "ffff").mkdir()
    assert [(finding.block, finding.fatal) for finding in examine(place)] == [
        ("generations/ffff", False),
        ("letter.txt", False),
    ]
