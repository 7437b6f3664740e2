"""Measures how many articles of plain text are indexed in a second, and how many when nothing is annotated.

The articles are made up here, the same ones every time. The second figure is of a run in which the rules that read
facts are put out of action in every process; all else (reading, sections, sentences, passages, store, index, links
between doubles) is done as always.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WITHOUT = "CTCORPUS_BENCH_WITHOUT_ANNOTATION"

WHO = (
    "The minister",
    "A spokesman for the army",
    "The council",
    "The governor of the province",
    "A senior official",
    "The committee on security",
    "Amina Rahman, a researcher in Quetta,",
    "The provincial police",
    "A judge",
)
DID = ("said that", "told reporters that", "announced that", "denied that", "wrote in its report that", "warned that")
WHAT = (
    "the border fence was extended by {n} kilometres",
    "{n} people were killed in {m} attacks during {year}",
    "the courts had heard {n} cases in {m} months",
    "{m} checkpoints on the road to the north were closed",
    "funding for the training of officers rose by {m} per cent",
    "talks with the elders had failed for now",
    "the law on special courts would lapse on {day} March {year}",
    "schools in the district had opened again",
)
WHEN = ("on {day} May {year}", "last week", "in {year}", "after the attack on the market", "before the ceasefire ended")
ALSO = (
    "Nobody claimed the attack.",
    "The figures could not be confirmed.",
    "Lawyers asked for open hearings.",
    "“We will not talk under fire,” he added.",
    "The strategy of {year} names no date.",
    "Trade came to a halt.",
)
TITLES = (
    "Fence Work Goes On",
    "Courts and Their Cases",
    "What the Council Left Open",
    "A Road Is Closed",
    "The Law Ends",
)


def article(number: int) -> str:
    """An article of some 300 to 600 words: title, byline, date, paragraphs; no two are alike."""
    chance = random.Random(number)

    def filled(part: str) -> str:
        return part.format(
            n=chance.randint(3, 4000),
            m=chance.randint(2, 90),
            day=chance.randint(1, 28),
            year=chance.randint(2004, 2025),
        )

    def sentence() -> str:
        if chance.random() < 0.2:
            return filled(chance.choice(ALSO))
        parts = (chance.choice(WHO), chance.choice(DID), filled(chance.choice(WHAT)), filled(chance.choice(WHEN)))
        return " ".join(parts) + "."

    paragraphs = [" ".join(sentence() for _ in range(chance.randint(2, 5))) for _ in range(chance.randint(6, 11))]
    head = (f"{chance.choice(TITLES)}: Part {number}", f"By: A. Writer {number % 37}", filled("{day} June {year}"))
    return "\n\n".join((*head, *paragraphs)) + "\n"


def index(folders: list[Path], jobs: int) -> None:
    """Indexes the folders into a store of its own and prints what that took; in this process and those it starts."""
    from ctcorpus.corpus import Corpus

    with tempfile.TemporaryDirectory() as store:
        began = time.perf_counter()
        report = Corpus(Path(store) / "data" / "index").index(folders, jobs=jobs)
        wall = time.perf_counter() - began
    own, others = (resource.getrusage(x) for x in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    cpu = [x.ru_utime + x.ru_stime for x in (own, others)]
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    print(
        f"{report.documents / wall:6.0f} documents/s   {report.documents} documents, {report.passages} passages in "
        f"{wall:.1f} s; CPU {cpu[0]:.1f} s here and {cpu[1]:.1f} s in other processes; "
        f"largest process {max(own.ru_maxrss, others.ru_maxrss) / unit:.0f} MiB"
    )


def annotate_nothing() -> None:
    """Puts the rules that read facts out of action, in this process."""
    import ctcorpus.annotate
    from ctcorpus.model.facts import Facts

    def nothing(_: object, __: object) -> Facts:
        return Facts(rules="none")

    vars(ctcorpus.annotate)["annotate"] = nothing


def main() -> None:
    """Makes the articles and runs the measurements, each in a process of its own."""
    parser = argparse.ArgumentParser(prog="scripts/bench articles", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="further folders to be indexed")
    parser.add_argument("-n", type=int, default=10_000, help="how many articles are made")
    parser.add_argument("--jobs", type=int, default=0, help="processes that read; 0: as ctcorpus.toml says")
    parser.add_argument("--run", action="store_true", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.run:
        index(wanted.folders, wanted.jobs)
        return
    folder = Path(tempfile.mkdtemp())
    try:
        for number in range(wanted.n):
            (folder / f"{number:06}.txt").write_text(article(number), encoding="utf-8")
        command = [sys.executable, __file__, "--run", "--jobs", str(wanted.jobs), folder, *wanted.folders]
        print(f"{os.cpu_count()} cores, jobs = {wanted.jobs}")
        for name, environment in (("all of it          ", {}), ("nothing annotated  ", {WITHOUT: "1"})):
            print(name, end="", flush=True)
            subprocess.run(command, check=True, env={**os.environ, **environment})
    finally:
        shutil.rmtree(folder)


if os.environ.get(WITHOUT):  # when this file is imported by a process of the pool, too
    annotate_nothing()

if __name__ == "__main__":
    main()
