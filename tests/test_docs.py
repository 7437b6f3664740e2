"""The docs cannot lie: their code runs, their links lead somewhere, their version is the package's."""

from __future__ import annotations

import doctest
import hashlib
import re
import shutil
import tomllib
from pathlib import Path

import pytest

import ctcorpus

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted((ROOT / "docs").glob("*.md"))
PAGES = sorted(ROOT.glob("*.md")) + DOCS
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

CODE = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
FENCED = re.compile(r"^(`{3,}).*?^\1`*$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
#: the paths of one machine, put together here so that this file does not hold them
MACHINE = re.compile(
    "(?<![\\w.<])/(?:" + "|".join(["wo" + "rk", "ro" + "ot", "ho" + "me/\\w", "Us" + "ers/\\w"]) + ")/?"
)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as hosts of Markdown make them."""
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_python_blocks_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CTCORPUS_STORE", raising=False)
    names: dict[str, object] = {"__name__": "__main__"}
    text = page.read_text(encoding="utf-8")
    for block in CODE.finditer(text):
        line = text.count("\n", 0, block.start()) + 1
        if ">>>" in block[1]:
            test = doctest.DocTestParser().get_doctest(block[1], names, name(page), name(page), line)
            runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
            runner.run(test, clear_globs=False)
            assert runner.summarize(verbose=False).failed == 0, f"{name(page)}, line {line}"
            names = test.globs
        else:
            exec(compile("\n" * line + block[1], str(page), "exec"), names)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    broken = []
    for target in LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        if not there.exists() or (anchor and there.suffix == ".md" and anchor not in anchors(there)):
            broken.append(target)
    assert broken == []


def test_every_page_is_found_from_the_first_ones() -> None:
    linked = set()
    for page in (ROOT / "README.md", ROOT / "docs" / "rooms.md"):
        for target in LINK.findall(page.read_text(encoding="utf-8")):
            linked.add((page.parent / target.partition("#")[0]).resolve())
    assert [name(page) for page in DOCS if page not in linked and page.name != "rooms.md"] == []


def test_the_versions_agree() -> None:
    version = PYPROJECT["project"]["version"]
    assert ctcorpus.__version__ == version
    assert f"\n## {version}\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_page_on_the_seeds_names_their_bytes() -> None:
    page = (ROOT / "docs" / "seeds.md").read_text(encoding="utf-8")
    for path in sorted((ROOT / "seeds").iterdir()):
        content = path.read_bytes()
        digest, characters = hashlib.sha256(content).hexdigest(), len(content.decode("utf-8"))
        assert f"| `{path.name}` | {len(content):,} | {characters:,} | `{digest}` |" in page


def test_no_path_of_one_machine() -> None:
    kept = [ROOT / "pyproject.toml", ROOT / ".ci" / "run", *PAGES]
    for folder in ("src", "tests", "scripts", ".github"):
        kept += [
            path for path in sorted((ROOT / folder).rglob("*")) if path.is_file() and "__pycache__" not in path.parts
        ]
    found = [
        f"{name(path)}, line {number}"
        for path in kept
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if MACHINE.search(line)
    ]
    assert found == []
