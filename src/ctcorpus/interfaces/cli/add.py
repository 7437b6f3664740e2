"""``ctcorpus add``: one more source, a file or an address."""

from __future__ import annotations

from typing import Annotated

import typer

from ctcorpus.interfaces.cli.door import Door
from ctcorpus.interfaces.cli.index import answer, telling


def add(
    door: Door,
    sources: Annotated[list[str], typer.Argument(metavar="FILE|URL…", help="A file, or an address to be fetched.")],
    allow_local: Annotated[
        bool, typer.Option("--allow-local", help="Fetch from this machine and private networks too.")
    ] = False,
) -> int:
    """Add files, or what is at an address: it is kept under sources/, and sources.toml says where it is from and when.

    Only http and https, no private addresses, at most five redirects; limits of size and time: ctcorpus config show.
    What was forgotten is taken in again when it is added by name.

    Example: ctcorpus add notes/article.txt
    """
    with telling(door.terminal) as (progress, announce):
        report = door.corpus.add(*sources, allow_local=allow_local, jobs=0, progress=progress, announce=announce)
    return answer(door, report, "add")
