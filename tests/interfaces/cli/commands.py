"""A command as a person types it, in a process of its own, 80 columns wide."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "CTCORPUS_STORE": str(folder / "store"), "COLUMNS": "80", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "ctcorpus", *arguments]
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done
