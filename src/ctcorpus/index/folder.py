"""The folder of a disk index: made beside its parent, named by a manifest, read where nothing can be written."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctcorpus.errors import StoreDamagedError, StoreOutdatedError

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

#: the form of the fields and of this manifest; another form is built anew
FORMAT = 1
#: the form of the forward index; another form is not read, and is made anew with the next state
FORWARD_FORMAT = 1
MANIFEST = "analyzer.json"
_META = "meta.json"
#: rewritten in place by the engine: a link would change the parent too
_COPIED = frozenset({_META, ".managed.json"})
#: the files that never change, the engine's and the forward index's; whatever else lies there belongs to its own
#: state, and a link to a file that is written anew would change the parent
_SEGMENT = re.compile(r"[0-9a-f]{32}\..+")


def clone(parent: Path, folder: Path) -> None:
    """Fills ``folder`` with the index of ``parent``: files that never change as links, the others as copies.

    What others put there and lock files stay behind. Where links are refused, everything is copied.
    """
    for file in sorted(parent.iterdir()):
        target = folder / file.name
        if file.name in _COPIED or file.name == MANIFEST:
            shutil.copyfile(file, target)
        if not _SEGMENT.fullmatch(file.name):
            continue
        link(file, target)


def link(file: Path, target: Path) -> None:
    """Gives a file that never changes a second name; a copy where links are refused."""
    try:
        os.link(file, target)
    except OSError:  # another file system, or one without links
        shutil.copyfile(file, target)


def write_manifest(folder: Path, parts: Mapping[str, object]) -> None:
    """Writes what the index was made with, under a temporary name first."""
    temporary = folder / f"{MANIFEST}.new"
    temporary.write_text(json.dumps({"format": FORMAT, **parts}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    temporary.replace(folder / MANIFEST)


def check_manifest(folder: Path, parts: Mapping[str, object]) -> None:
    """Raises StoreOutdatedError where the index was made with something else, StoreDamagedError without a manifest."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreDamagedError(folder, f"{MANIFEST} cannot be read: {error}") from error
    if not isinstance(found, dict):
        raise StoreDamagedError(folder, f"{MANIFEST} holds no record")
    if found.get("format") != FORMAT:
        raise StoreOutdatedError(folder, found.get("format"), FORMAT)
    for name, wanted in parts.items():
        if found.get(name) != wanted:
            raise StoreOutdatedError(folder, f"{name} {found.get(name)}", f"{name} {wanted}")


def deleted_share(folder: Path) -> float:
    """The share of passages that are marked as deleted but still counted in statistics: 0 to 1."""
    with damage(folder):
        meta: dict[str, Any] = json.loads((folder / _META).read_text(encoding="utf-8"))
        segments = meta["segments"]
        held = sum(x["max_doc"] for x in segments)
        deleted = sum((x["deletes"] or {}).get("num_deleted_docs", 0) for x in segments)
    return float(deleted / held) if held else 0.0


@contextmanager
def damage(folder: Path) -> Iterator[None]:
    """Turns what the engine throws at bytes that it did not write into StoreDamagedError.

    Its panics are no Exception but a BaseException of a type that cannot be imported: they are known by name.
    """
    try:
        yield
    except (ValueError, LookupError, TypeError, EOFError, OSError) as error:
        raise StoreDamagedError(folder, str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise StoreDamagedError(folder, f"the engine gave up: {error}") from error


def readable(folder: Path) -> tuple[Path, TemporaryDirectory[str] | None]:
    """A folder that the engine can open: this one, or one of links to its files where no lock file can be made.

    The temporary folder, if any, is the caller's to clean up.
    """
    if os.access(folder, os.W_OK):
        return folder, None
    from tempfile import TemporaryDirectory  # not needed where the store can be written

    temporary = TemporaryDirectory(prefix="ctcorpus-")
    for file in folder.iterdir():
        if not file.name.endswith(".lock"):
            (Path(temporary.name) / file.name).symlink_to(file.resolve())
    return Path(temporary.name), temporary
