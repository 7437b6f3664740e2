"""Measures annotation: its speed over a folder, and whether its time and memory stay linear in a document's length."""

from __future__ import annotations

import argparse
import gc
import os
import platform
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from ctcorpus.annotate import annotate
from ctcorpus.annotate.thesaurus import Thesaurus
from ctcorpus.errors import SourceError
from ctcorpus.ingest import find_sources, read, read_text
from ctcorpus.model.document import Document

ROOT = Path(__file__).resolve().parent.parent
MEGABYTE = 1_000_000


def documents(folder: Path) -> Iterator[Document]:
    """The documents of a folder, one at a time; what cannot be read is left out."""
    for path in find_sources([folder]).files:
        try:
            yield read(path)
        except SourceError as error:
            print(error, file=sys.stderr)


def seconds(document: Document, thesaurus: Thesaurus, rounds: int) -> float:
    """The least processor time, in seconds, that annotating the document took in so many rounds."""
    least = float("inf")
    for _ in range(rounds):
        begin = time.process_time()
        annotate(document, thesaurus)
        least = min(least, time.process_time() - begin)
    return least


def peak_mebibytes() -> float:
    """The largest memory of this process so far, in MiB; the unit of the system's figure differs."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/bench-annotate", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "seeds")
    parser.add_argument("-n", type=int, default=3, help="how often each document is annotated; the best time counts")
    parser.add_argument("--long", type=float, nargs="*", default=[], metavar="MB", help="lengths of one long document")
    wanted = parser.parse_args()
    if wanted.n < 1:
        parser.error("-n is 1 or more")
    thesaurus = Thesaurus.shipped()
    size = taken = 0.0
    sample: list[str] = []
    for document in documents(wanted.folder.resolve()):
        if not sample:
            annotate(document, thesaurus)  # the first one also compiles the patterns
        sample.append(document.text)
        size += len(document.text.encode())
        taken += seconds(document, thesaurus, wanted.n)
    if not sample:
        sys.exit(f"Nothing to read in '{wanted.folder}'")
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{len(sample)} documents, {size / MEGABYTE:.2f} MB: {size / MEGABYTE / taken:.2f} MB a second of one core")
    print(f"largest memory {peak_mebibytes():.0f} MiB")
    text = "\n\n".join(sample)
    for megabytes in wanted.long:
        whole = text * (1 + int(megabytes * MEGABYTE / len(text)))
        document = read_text(whole[: int(megabytes * MEGABYTE)], name="long.txt")
        gc.collect()
        one = seconds(document, thesaurus, 1)
        print(f"one document of {megabytes:g} MB: {one:.2f} s, {megabytes / one:.2f} MB/s; {peak_mebibytes():.0f} MiB")


if __name__ == "__main__":
    main()
