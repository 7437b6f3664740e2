"""Where a store is, and how sources are named: once, for every command."""

from __future__ import annotations

import os
from pathlib import Path

#: where a store stands in its corpus folder
DEFAULT = Path("data") / "index"
#: environment variable that names a store
VARIABLE = "CTCORPUS_STORE"
#: sources of a corpus folder for which none were ever named
FIRST_SOURCES = "seeds"


def find_store(given: Path | str | None = None) -> Path:
    """The store's folder: the one given, else ``CTCORPUS_STORE``, else the nearest ``data/index`` upwards.

    Where no folder above has one, it is ``data/index`` of the working directory, whether it exists or not.
    """
    named = str(given) if given is not None else os.environ.get(VARIABLE)
    if named:
        return Path(named)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / DEFAULT).is_dir():
            return (folder / DEFAULT) if folder != here else DEFAULT
    return DEFAULT


def source_name(path: Path, corpus: Path) -> str:
    """What a source is called in the store: relative to the corpus folder where it lies inside, else absolute."""
    absolute, root = _absolute(path), _absolute(corpus)
    return str(absolute.relative_to(root)) if absolute.is_relative_to(root) else str(absolute)


def source_path(name: str, corpus: Path) -> Path:
    """Where a source of this name stands; the inverse of ``source_name``."""
    return corpus / name


def own_names(corpus: Path) -> frozenset[str]:
    """What is the tool's own at the top of a corpus folder: what people write about it, and the store if it is one."""
    from ctcorpus.store.lock import OWN_NAMES, PLAIN

    return PLAIN if (corpus / DEFAULT).is_dir() else OWN_NAMES


def is_own(name: str, own: frozenset[str]) -> bool:
    """Whether a file of this name is the tool's own, and no source; own: as ``own_names`` says."""
    return name.partition("/")[0] in own or name.startswith(f"{DEFAULT}/")


def _absolute(path: Path) -> Path:
    """The path from the root, ``..`` taken out by its letters alone: a link keeps the name that it was given."""
    return Path(os.path.normpath(Path.cwd() / path))
