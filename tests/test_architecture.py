"""The rooms keep their one direction, the cold path stays light, and only the terminal's door writes."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ctcorpus.interfaces.cli import COMMANDS

SOURCE = Path(__file__).resolve().parent.parent / "src" / "ctcorpus"

#: from left to right: a room leans on those before it; rooms of one line do not know each other
LEVELS = (
    ("errors",),
    ("model",),
    ("ingest", "annotate"),
    ("store", "index"),
    ("query",),
    ("analysis",),
    ("citing",),
    ("corpus",),
    ("__init__",),
    ("interfaces",),
    ("__main__",),
)
LEVEL = {room: level for level, rooms in enumerate(LEVELS) for room in rooms}

HEAVY = frozenset(
    {"charset_normalizer", "matplotlib", "numpy", "opensearchpy", "pandas", "pydantic", "rank_bm25", "scipy", "sklearn"}
)
#: where such a package may be imported at the top of a module all the same, because the module is nothing without it
HEAVY_ALLOWED: dict[str, frozenset[str]] = {}
#: not heavy, but not for a search whose output is piped, nor for one on another engine
LAZY = frozenset({"rich", "tantivy"})

FORBIDDEN_MODULES = frozenset({"pickle", "cPickle", "dill", "joblib", "marshal", "shelve"})
FORBIDDEN_CALLS = frozenset({"eval", "exec", "compile", "__import__", "print", "breakpoint", "input"})


@dataclass(frozen=True)
class Import:
    """One import: the module that makes it, the name it imports, its line, whether it runs when the module does."""

    module: str
    name: str
    line: int
    on_top: bool

    def __str__(self) -> str:
        return f"{self.module}, line {self.line}: imports {self.name}"


def modules() -> dict[str, ast.Module]:
    """Every module of the package by its path inside it, parsed."""
    return {
        path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text(encoding="utf-8"), str(path))
        for path in sorted(SOURCE.rglob("*.py"))
    }


TREES = modules()


def imports_of(module: str, tree: ast.Module) -> Iterator[Import]:
    """Every import of a module, those inside functions too; relative ones are made absolute."""

    def visit(node: ast.AST, on_top: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                yield from (Import(module, alias.name, child.lineno, on_top) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                base = child.module or ""
                if child.level:
                    package = ["ctcorpus", *module.split("/")[:-1]]
                    base = ".".join([*package[: len(package) - child.level + 1], *filter(None, [base])])
                yield from (Import(module, f"{base}.{alias.name}", child.lineno, on_top) for alias in child.names)
            else:
                inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
                yield from visit(child, on_top and not inside and not _for_types_only(child))

    return visit(tree, True)


def _for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


IMPORTS = [found for module, tree in TREES.items() for found in imports_of(module, tree)]


def room_of(module: str) -> str:
    """The room that a path inside the package belongs to."""
    return module.split("/")[0].removesuffix(".py")


def imported_room(name: str) -> str | None:
    """The room that an imported name belongs to; None for what is not ours."""
    parts = name.split(".")
    if parts[0] != "ctcorpus":
        return None
    return parts[1] if len(parts) > 1 and parts[1] in LEVEL else "__init__"


def is_backward(found: Import) -> bool:
    """Whether an import goes from a room to its right, or to another on its own level."""
    here, there = room_of(found.module), imported_room(found.name)
    if there is None or here == there or here == "__init__":  # the public names are looked up wherever they live
        return False
    return LEVEL[there] >= LEVEL[here]


def test_every_module_belongs_to_a_room() -> None:
    assert {room_of(module) for module in TREES} <= set(LEVEL)


def test_imports_run_one_way() -> None:
    assert [str(found) for found in IMPORTS if is_backward(found)] == []


@pytest.mark.parametrize(
    ("module", "code", "backward"),
    [
        ("model/span.py", "from ctcorpus.query.parse import parse", True),
        ("model/span.py", "def f():\n    import ctcorpus.store", True),
        ("model/span.py", "from ..interfaces import terminal", True),
        ("store/database.py", "from ctcorpus.index.base import Index", True),
        ("ingest/document.py", "from ctcorpus import annotate", True),
        ("ingest/document.py", "import ctcorpus", True),
        ("index/disk.py", "from ctcorpus.model.query import Query", False),
        ("index/disk.py", "from . import base", False),
        ("errors.py", "from ctcorpus.model.span import Span", True),
        ("interfaces/cli/search.py", "import ctcorpus", False),
        ("store/database.py", "import sqlite3", False),
    ],
)
def test_a_backward_import_would_be_noticed(module: str, code: str, backward: bool) -> None:
    assert any(is_backward(found) for found in imports_of(module, ast.parse(code))) is backward


def test_heavy_packages_are_imported_where_they_are_used() -> None:
    heavy = [
        str(found)
        for found in IMPORTS
        if found.on_top
        and found.name.split(".")[0] in HEAVY | LAZY
        and found.name.split(".")[0] not in HEAVY_ALLOWED.get(found.module, frozenset())
    ]
    assert heavy == []


def test_nothing_is_unpickled() -> None:
    assert [str(found) for found in IMPORTS if found.name.split(".")[0] in FORBIDDEN_MODULES] == []


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Every call: where it stands, the dotted name of what is called, and the call."""
    for module, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield f"{module}, line {node.lineno}", ast.unparse(node.func), node


def test_nothing_is_evaluated_and_nothing_is_printed() -> None:
    assert [f"{where}: {name}" for where, name, _ in calls() if name in FORBIDDEN_CALLS] == []


def test_arrays_are_loaded_without_objects() -> None:
    asked = [
        where
        for where, _, call in calls()
        for keyword in call.keywords
        if keyword.arg == "allow_pickle"
        and not (isinstance(keyword.value, ast.Constant) and keyword.value.value is False)
    ]
    assert asked == []


def test_only_the_interfaces_know_the_streams() -> None:
    streams = {"sys.stdout", "sys.stderr", "sys.__stdout__", "sys.__stderr__"}
    users = [
        f"{module}, line {node.lineno}"
        for module, tree in TREES.items()
        if room_of(module) != "interfaces"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in streams
    ]
    assert users == []


RUN = """
import json, sys
from ctcorpus.interfaces.cli import main
code = 0
try:
    main(sys.argv[1:])
except SystemExit as end:
    code = end.code
sys.stdout.flush()
sys.stderr.write("\\n" + json.dumps({"code": code, "modules": sorted({name.split(".")[0] for name in sys.modules})}))
"""


def loaded_by(*arguments: str, folder: Path) -> frozenset[str]:
    """The packages that are loaded when ``ctcorpus ARGUMENTS…`` has run in a folder, piped; it must have succeeded."""
    environ = {name: value for name, value in os.environ.items() if name not in {"CTCORPUS_STORE", "FORCE_COLOR"}}
    command = [sys.executable, "-c", RUN, *arguments]
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)
    said, _, told_line = done.stderr.rpartition("\n")
    told = json.loads(told_line)
    assert told["code"] in {0, None}, said
    return frozenset(told["modules"])


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_light(command: str, tmp_path: Path) -> None:
    loaded = loaded_by(*filter(None, [command]), "--help", folder=tmp_path)
    assert loaded & (HEAVY | {"tantivy"}) == set()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of one article."""
    folder = tmp_path_factory.mktemp("corpus")
    article = folder / "seeds" / "article.txt"
    article.parent.mkdir()
    article.write_text("A report on the fence\n\nThe border fence was finished in 2019, officials said.\n")
    loaded_by("index", "seeds", folder=folder)
    return folder


#: what people run all day, on a store that is there
COLD = (
    ("search", "border", "fence"),
    ("search", "--json", "border"),
    ("show", "seeds/article.txt"),
    ("documents",),
    ("status",),
    ("help", "passage"),
)


@pytest.mark.parametrize("arguments", COLD, ids=" ".join)
def test_a_cold_command_is_light(arguments: tuple[str, ...], folder: Path) -> None:
    assert loaded_by(*arguments, folder=folder) & (HEAVY | {"rich"}) == set()
