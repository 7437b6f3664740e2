"""Measures indexing, cold searches and, of a store that is there, analyses: whole processes, from start to end."""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

#: what ``--commands`` runs over everything, each in a process of its own
ANALYSES = (
    "figures", "figures --compare", "figures --by source-kind", "figures --by speaker-kind", "figures --unattributed",
    "figures --act killed", "figures --counted people", "figures people OR year OR government",
    "figures --compare killed", "timeline", "timeline year OR government", "claims", "claims killed", "origins",
    "origins said OR year", "concepts", "concepts --co-occurrence", "labels org:un", "news {article}",
    "brief people -o {folder}/brief.md",
)  # fmt: skip


def timed(*arguments: str, allowed: tuple[int, ...] = (0,)) -> float:
    """The seconds that one ``ctcorpus`` process took; ends the run when its exit code is not one of those allowed."""
    command = [sys.executable, "-m", "ctcorpus", *arguments]
    begin = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "NO_COLOR": "1"})
    seconds = time.perf_counter() - begin
    if done.returncode not in allowed:
        sys.exit(f"'{' '.join(arguments)}' ended with {done.returncode}: {done.stderr.strip()}")
    return seconds


def bare_python() -> float:
    """The seconds that a Python process takes which does nothing: what any command pays before it begins."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.perf_counter() - begin


def measured(*arguments: str) -> tuple[float, float, float]:
    """Seconds, seconds of processor and MiB that one ``ctcorpus`` process took; finding nothing is no failure."""
    begin = time.perf_counter()
    command = [sys.executable, "-m", "ctcorpus", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"'{' '.join(arguments)}' ended with {process.returncode}")
    peak = used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return seconds, used.ru_utime + used.ru_stime, peak


def analyses(store: Path) -> None:
    """Prints what each analysis of everything that a store holds takes, as people ask for it and as programs do."""
    article = next((ROOT / "seeds").iterdir())
    print(f"{'command':40}{'s':>8}{'cpu s':>8}{'MiB':>7}{'--json s':>10}{'cpu s':>8}{'MiB':>7}")
    with tempfile.TemporaryDirectory() as folder:
        for line in ANALYSES:
            words = [x.format(article=article, folder=folder) for x in line.split()]
            told = []
            for more in ((), ("--json",)):
                again = ("--force",) if more and words[0] == "brief" else ()
                told.append(measured(*words, *more, *again, "--store", str(store)))
            (seconds, cpu, peak), (json_seconds, json_cpu, json_peak) = told
            print(f"{line:40}{seconds:8.2f}{cpu:8.2f}{peak:7.0f}{json_seconds:10.2f}{json_cpu:8.2f}{json_peak:7.0f}")


def peak_mebibytes() -> float:
    """The largest memory of any process started so far, in MiB; the unit of the system's figure differs."""
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "seeds")
    parser.add_argument("query", nargs="?", default="border fence")
    parser.add_argument("-n", type=int, default=20, help="how many searches, each in a process of its own")
    parser.add_argument("--store", type=Path, help="a store that is there, for --commands")
    parser.add_argument("--commands", action="store_true", help="measure the analyses of everything in --store instead")
    wanted = parser.parse_args()
    if wanted.n < 1:
        parser.error("-n is 1 or more")
    if wanted.commands != (wanted.store is not None):
        parser.error("--store and --commands go together")
    if wanted.commands:
        analyses(wanted.store)
        return
    with tempfile.TemporaryDirectory() as store:
        place = ("--store", store)
        first = timed("index", *place, str(wanted.folder.resolve()), allowed=(0, 3))
        again = timed("index", *place, str(wanted.folder.resolve()), allowed=(0, 3))
        timed("search", *place, "--", wanted.query, allowed=(0, 1))  # the first one also compiles what is imported
        bare, cold = [], []
        for _ in range(wanted.n):
            bare.append(bare_python() * 1000)
            cold.append(timed("search", *place, "--", wanted.query, allowed=(0, 1)) * 1000)
    bare.sort()
    cold.sort()
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"index, first run        {first:8.2f} s")
    print(f"index, nothing new      {again:8.2f} s")
    print(f"search, cold, median    {statistics.median(cold):8.0f} ms   of {wanted.n}")
    ratio = statistics.median(cold) / statistics.median(bare)
    print(f"search, in bare starts  {ratio:8.1f}      times 'python -c pass' ({statistics.median(bare):.0f} ms)")
    print(f"search, cold, 95 %      {cold[min(len(cold) - 1, int(len(cold) * 0.95))]:8.0f} ms")
    print(f"largest process         {peak_mebibytes():8.0f} MiB")


if __name__ == "__main__":
    main()
