"""The scripts are sound, say what they need, and the pins fit what the project asks for."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
SHELL = sorted(path for path in (ROOT / "scripts").iterdir() if path.is_file() and not path.suffix)
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pins(lock: str) -> list[Requirement]:
    """The requirements of a lock file, without their hashes."""
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    return [Requirement(line.removesuffix(" \\")) for line in lines if re.match(r"[a-z0-9]", line)]


@pytest.mark.parametrize("script", [*SHELL, ROOT / ".ci" / "run"], ids=lambda path: path.name)
def test_the_shell_can_read_it(script: Path) -> None:
    shell = "bash" if "bash" in script.read_text(encoding="utf-8").splitlines()[0] else "sh"
    assert subprocess.run([shell, "-n", script], capture_output=True, check=False).returncode == 0
    assert os.access(script, os.X_OK) or script.name == "environment"


@pytest.mark.parametrize("script", ["quickstart", "test"])
def test_help_installs_nothing(script: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    done = subprocess.run([tmp_path / "scripts" / script, "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert f"scripts/{script}" in done.stdout
    assert not (tmp_path / ".venv").exists()


def a_python(folder: Path, name: str, body: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (
            '[ "$1" = --version ] && echo Python 3.9.1 && exit 0; exit 1',
            "needs Python 3.11 or newer; this machine has Python 3.9.1",
        ),
        ('case "$2" in *ensurepip*) exit 1 ;; esac; exit 0', "has no venv module"),
    ],
)
def test_a_python_that_will_not_do_is_named(body: str, sentence: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "scripts", tmp_path / "a checkout" / "scripts")
    tools = tmp_path / "bin"
    tools.mkdir()
    for version in ("", "3", "3.11", "3.12", "3.13", "3.14"):
        a_python(tools, f"python{version}", body)
    environ = {"PATH": f"{tools}:/usr/bin:/bin"}
    done = subprocess.run(
        [tmp_path / "a checkout" / "scripts" / "quickstart"], capture_output=True, text=True, check=False, env=environ
    )
    assert done.returncode == 2
    assert sentence in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(("lock", "extra"), [("requirements.lock", ""), ("requirements-dev.lock", "dev")])
def test_the_pins_fit_the_project(lock: str, extra: str) -> None:
    pinned: dict[str, list[Version]] = {}
    for pin in pins(lock):
        (specifier,) = pin.specifier
        assert specifier.operator == "=="
        pinned.setdefault(canonicalize_name(pin.name), []).append(Version(specifier.version))
    wanted = list(PYPROJECT["project"]["dependencies"])
    if extra:
        wanted += PYPROJECT["project"]["optional-dependencies"][extra]
    for requirement in map(Requirement, wanted):
        versions = pinned.get(canonicalize_name(requirement.name), [])
        assert versions, f"{requirement.name} is not in {lock}; run scripts/lock"
        assert all(requirement.specifier.contains(version) for version in versions), f"{requirement}; run scripts/lock"


def test_what_runs_is_what_is_tested() -> None:
    assert {str(pin) for pin in pins("requirements.lock")} <= {str(pin) for pin in pins("requirements-dev.lock")}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-build.lock"])
def test_every_pin_has_hashes_and_no_host_is_named(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    for entry in re.split(r"\n(?=[a-z0-9])", text)[1:]:
        assert "--hash=sha256:" in entry, entry.splitlines()[0]


def test_generated_docs_are_compared_by_their_script() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "docs.py", "--nonsense"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "usage: scripts/docs" in done.stderr
