"""The works that a draft names beside its words: citekeys, references of this tool, names of files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ctcorpus.citing.checking.draft import Cited
from ctcorpus.citing.checking.locate import Library
from ctcorpus.errors import UsageError
from ctcorpus.model.query import Wildcard


@dataclass(frozen=True, slots=True)
class Named:
    """documents: ids of the works that the store holds. names: as the draft has them. absent: keys that it lacks."""

    documents: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


def named(library: Library, cited: Sequence[Cited], files: Sequence[str]) -> Named:
    """What the keys and file names stand for."""
    documents: set[str] = set()
    names: list[str] = []
    absent: list[str] = []
    for key in dict.fromkeys(x.key for x in cited):
        entry = library.find(key)
        if entry is None:
            absent.append(key)
        else:
            documents.add(entry.id)
            names.append(key)
    for file in dict.fromkeys(files):
        found = of_file(library, file)
        if found:
            documents |= found
            names.append(file)
    return Named(frozenset(documents), tuple(names), tuple(absent))


def of_file(library: Library, name: str) -> frozenset[str]:
    """The documents whose file's name is, or begins with, this word; none where it is no file's name."""
    if len(name) < 3:
        return frozenset()
    try:
        found = library.passages(Wildcard(f"*{name}*", field="path"), 20)
    except UsageError:
        return frozenset()
    documents = frozenset(document for document, _ in found)
    return frozenset(x for x in documents if any(_begins(path, name) for path in library.entry(x).paths))


def _begins(path: str, name: str) -> bool:
    base = path.rpartition("/")[2]
    rest = base[len(name) :] if base.lower().startswith(name.lower()) else "x"
    return not rest[:1].isalnum()
