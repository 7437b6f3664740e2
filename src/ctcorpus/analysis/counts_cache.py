"""The word stream of a generation, kept in the store's cache folder: made once, at the first count.

Raw arrays and JSON, nothing in them is ever executed. Every file's checksum is compared before it is used; a cache
that is not what was written is made anew, since the store itself can always tell. Where the store cannot be written,
the stream is made in memory each time.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

from ctcorpus.analysis.counts import WordStream, word_stream
from ctcorpus.index.analysis import Analyzer
from ctcorpus.store import Store

CACHE = "cache"
FORMAT = 1
_PREFIX = "words-"
# in the order of WordStream's fields
_LISTS = ("documents", "terms", "stems")
_ARRAYS = ("places", "offsets", "words", "joined", "stem_of", "totals", "found_in", "norms")
_NAMES, _MANIFEST = "names.json", "manifest.json"


def cached_stream(store: Store) -> WordStream:
    """The word stream of the store's generation: from the cache, or made and put there."""
    folder = store.path / CACHE / f"{_PREFIX}{store.index_folder.name}"
    found = load(folder)
    if found is None:
        found = word_stream(store)
        with suppress(OSError):  # a full disk, or one that cannot be written: the answer does not depend on it
            _keep(found, folder)
    return found


def save(stream: WordStream, folder: Path) -> None:
    """Writes the stream into the folder, which exists; the manifest with the checksums comes last."""
    import numpy as np

    for name in _ARRAYS:
        np.save(folder / f"{name}.npy", getattr(stream, name), allow_pickle=False)
    names = {name: getattr(stream, name) for name in _LISTS}
    (folder / _NAMES).write_text(json.dumps(names), encoding="utf-8")
    files = {name: _digest(folder / name) for name in _files()}
    (folder / _MANIFEST).write_text(json.dumps({**_made_with(), "files": files}, indent=1), encoding="utf-8")


def load(folder: Path) -> WordStream | None:
    """The stream that ``save`` wrote, its words mapped from the file; None where it is not there or not as written."""
    import numpy as np

    try:
        manifest = json.loads((folder / _MANIFEST).read_bytes())
        if manifest != {**_made_with(), "files": {name: _digest(folder / name) for name in _files()}}:
            return None
        names: dict[str, Any] = json.loads((folder / _NAMES).read_bytes())
        arrays: dict[str, Any] = {
            name: np.load(folder / f"{name}.npy", mmap_mode="r" if name == "words" else None, allow_pickle=False)
            for name in _ARRAYS
        }
    except (OSError, ValueError):
        return None
    documents, terms, stems = (tuple(names[name]) for name in _LISTS)
    return WordStream(documents, terms, stems, *(arrays[name] for name in _ARRAYS))


def _keep(stream: WordStream, folder: Path) -> None:
    """Writes beside, then renames: another process sees all of it or nothing; other generations' caches go."""
    mode = folder.parent.parent.stat().st_mode & 0o777
    folder.parent.mkdir(mode=mode, exist_ok=True)
    made = folder.parent / f".{os.urandom(8).hex()}"
    made.mkdir(mode=mode)
    try:
        save(stream, made)
        for old in folder.parent.glob(f"{_PREFIX}*"):
            shutil.rmtree(old, ignore_errors=True)
        made.rename(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _made_with() -> dict[str, object]:
    return {"format": FORMAT, "analyzer": dict(Analyzer().description())}


def _files() -> tuple[str, ...]:
    return (*(f"{name}.npy" for name in _ARRAYS), _NAMES)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
