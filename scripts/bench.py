"""Measures indexing and cold searches as a person meets them: whole processes, from start to end."""

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


def peak_mebibytes() -> float:
    """The largest memory of any process started so far, in MiB; the unit of the system's figure differs."""
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "seeds")
    parser.add_argument("query", nargs="?", default="border fence")
    parser.add_argument("-n", type=int, default=20, help="how many searches, each in a process of its own")
    wanted = parser.parse_args()
    if wanted.n < 1:
        parser.error("-n is 1 or more")
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
