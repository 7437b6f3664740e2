"""The TF-IDF matrix of a generation, kept in the store's cache folder: made once, at the first question that needs it.

Raw arrays and JSON, nothing in them is ever executed. Every file's checksum is compared before it is used; a cache
that is not what was written is made anew. Where the store cannot be written, the matrix is made in memory each time.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ctcorpus.errors import StoreDamagedError, StoreOutdatedError
from ctcorpus.index.base import IndexedPassage
from ctcorpus.index.tfidf import TfidfMatrix
from ctcorpus.store import Store

CACHE = "cache"
_PREFIX = "tfidf-"
_MANIFEST = "manifest.json"


def cached_matrix(store: Store) -> TfidfMatrix:
    """The matrix of the store's generation: from the cache, or made and put there."""
    folder = store.path / CACHE / f"{_PREFIX}{store.index_folder.name}"
    if _is_sound(folder):
        with suppress(StoreDamagedError, StoreOutdatedError):  # made by another version: the store can always tell
            return TfidfMatrix.load(folder)
    matrix = TfidfMatrix.of(_ranked_parts(store))
    with suppress(OSError):  # a full disk or one that cannot be written: the answer does not depend on it
        _keep(matrix, folder)
    return matrix


def _ranked_parts(store: Store) -> Iterator[IndexedPassage]:
    """Every passage with what its rank depends on: its words, its heading and its document's title."""
    for entry in store.entries():
        for stored in store.passages_of(entry.id):
            passage = stored.passage
            yield IndexedPassage(passage.id, entry.id, stored.text, entry.title or "", passage.heading or "")


def _keep(matrix: TfidfMatrix, folder: Path) -> None:
    """Writes beside, then renames: another process sees all of it or nothing; other generations' matrices go."""
    mode = folder.parent.parent.stat().st_mode & 0o777
    folder.parent.mkdir(mode=mode, exist_ok=True)
    made = folder.parent / f".{os.urandom(8).hex()}"
    made.mkdir(mode=mode)
    try:
        matrix.save(made)
        files = {file.name: _digest(file) for file in sorted(made.iterdir())}
        (made / _MANIFEST).write_text(json.dumps(files, indent=1), encoding="utf-8")
        for old in folder.parent.glob(f"{_PREFIX}*"):
            shutil.rmtree(old, ignore_errors=True)
        made.rename(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _is_sound(folder: Path) -> bool:
    """Whether the folder holds what was written, byte for byte."""
    try:
        files = json.loads((folder / _MANIFEST).read_bytes())
        return bool(files) and all(_digest(folder / name) == digest for name, digest in files.items())
    except (OSError, ValueError, AttributeError):
        return False


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
