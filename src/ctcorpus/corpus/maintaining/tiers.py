"""Files of a generation that grow: what the generation before has is linked, and only what is new is written.

A part is called ``STEM.NUMBER``, after the generation that wrote it. Parts that are not much larger than what comes are
put together with it, so that there are few (their sizes double), and a byte is written a few times in its life.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ctcorpus.index.folder import link


def parts(folder: Path, stem: str) -> list[Path]:
    """The parts in a generation's folder, the oldest first."""
    found = (path for path in folder.glob(f"{stem}.*") if path.suffix[1:].isdecimal())
    return sorted(found, key=lambda path: int(path.suffix[1:]))


def split(before: Sequence[Path], size: int) -> tuple[list[Path], list[Path]]:
    """The parts that stay as they are, and those that are to be put together with ``size`` new bytes; in order."""
    kept = list(before)
    while kept and kept[-1].stat().st_size < 2 * size:
        size += kept.pop().stat().st_size
    return kept, list(before[len(kept) :])


def part(folder: Path, stem: str, generation: int) -> Path:
    """Where the part of a generation under way is to be written."""
    return folder / f"{stem}.{generation}"


def keep(files: Sequence[Path], folder: Path) -> None:
    """Takes files of the generation before into the folder of the one under way; they must not be written again."""
    for file in files:
        link(file, folder / file.name)
