"""Writes what is generated in the docs, from the live command line: docs/cli.md, pictures, marked blocks of Markdown.

A block stands between ``<!-- generated: NAME -->`` and ``<!-- end -->``. NAME is

    commands          the table of commands, a line each
    help COMMAND      the help of one command
    run ARGUMENTS…    what ``ctcorpus ARGUMENTS…`` prints on a store of the five articles
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from ctcorpus.interfaces.cli import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"(<!-- generated: (.+?) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
WIDTH = "100"
#: pictures of a terminal, by file in docs/
PICTURES = {"search.svg": ("search", "border fence", "-n", "2")}


@cache
def run(*arguments: str, folder: Path = ROOT) -> str:
    """What ``ctcorpus ARGUMENTS…`` prints, without colour, at a fixed width, whatever the machine."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("CTCORPUS", "FORCE_", "_"))}
    environ |= {"NO_COLOR": "1", "COLUMNS": WIDTH, "TERMINAL_WIDTH": WIDTH, "LC_ALL": "C.UTF-8", "TYPER_USE_RICH": "0"}
    command = [sys.executable, "-m", "ctcorpus", *arguments]
    done = subprocess.run(
        command, capture_output=True, check=False, cwd=folder, env=environ, encoding="utf-8", timeout=120
    )
    if done.returncode not in {0, 1, 3}:
        sys.exit(f"'ctcorpus {shlex.join(arguments)}' ended with {done.returncode}: {done.stderr.strip()}")
    return "\n".join(line.rstrip() for line in done.stdout.strip("\n").splitlines())


def fenced(text: str, language: str = "text") -> str:
    """The text as a block of code, its fence longer than any within."""
    fence = "`" * max(3, *(len(ticks) + 1 for ticks in re.findall("`{3,}", text)), 3)
    return f"{fence}{language}\n{text}\n{fence}\n"


def commands_table() -> str:
    """A line for each command, by group: its name, linked to its help, and the first sentence of that."""
    lines = ["| command | does |", "|---|---|"]
    panel = ""
    for name, (_, _, of) in COMMANDS.items():
        if of != panel:
            panel = of
            lines.append(f"| **{panel}** | |")
        text = run(name, "--help")
        about = " ".join(text.split("\n\n")[1].split()) if "\n\n" in text else ""
        first = re.split(r"(?<=[.])\s", about)[0].replace("|", "\\|")
        lines.append(f"| [`ctcorpus {name}`](docs/cli.md#ctcorpus-{name}) | {first} |")
    return "\n".join(lines) + "\n"


@cache
def seeded_folder() -> tempfile.TemporaryDirectory[str]:
    """A folder with the five articles and a store of them, gone when the program ends."""
    folder = tempfile.TemporaryDirectory()
    (Path(folder.name) / "seeds").symlink_to(ROOT / "seeds")
    run("index", "seeds", "--store", "data/index", folder=Path(folder.name))
    return folder


def block(name: str) -> str:
    """The Markdown of one generated block; ends the program on a name that is none."""
    kind, _, rest = name.partition(" ")
    if name == "commands":
        return commands_table()
    if kind == "help":
        return fenced(run(*shlex.split(rest), "--help"))
    if kind == "run" and rest:
        return fenced(run(*shlex.split(rest), folder=Path(seeded_folder().name)))
    sys.exit(f"No generated block is called '{name}'. There are: commands, help COMMAND, run ARGUMENTS")


def cli_page() -> str:
    """docs/cli.md: the help of the whole and of each command."""
    parts = [
        "# The command line\n",
        "What `--help` says, command by command. `scripts/docs` writes this page: change the help, not the page.\n",
        fenced(run("--help")),
    ]
    parts += [f"## ctcorpus {name}\n\n{fenced(run(name, '--help'))}" for name in COMMANDS]
    return "\n".join(parts)


def picture(*arguments: str) -> str:
    """An SVG of what the command prints on a terminal with colours."""
    from rich.console import Console
    from rich.text import Text

    colored = run(*arguments, "--color", "always", folder=Path(seeded_folder().name))
    console = Console(record=True, width=int(WIDTH), file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(f"$ ctcorpus {shlex.join(arguments)}\n{colored}"))
    return console.export_svg(title="ctcorpus", unique_id="ctcorpus") + "\n"


def pages() -> dict[Path, str]:
    """Each page that holds something generated, as it should be."""
    wanted = {ROOT / "docs" / "cli.md": cli_page()}
    wanted |= {ROOT / "docs" / name: picture(*arguments) for name, arguments in PICTURES.items()}
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        text = path.read_text(encoding="utf-8")
        if path not in wanted and BLOCK.search(text):
            wanted[path] = BLOCK.sub(lambda found: found[1] + block(found[2]) + found[4], text)
    return wanted


def main() -> int:
    """Writes the pages, or with --check names those that differ; 1 when there are any."""
    if sys.argv[1:] not in ([], ["--check"]):
        sys.exit("usage: scripts/docs [--check]")
    stale = {
        path: text for path, text in pages().items() if not path.exists() or path.read_text(encoding="utf-8") != text
    }
    for path, text in stale.items():
        name = path.relative_to(ROOT)
        if sys.argv[1:]:
            sys.stderr.write(f"{name} is not what this code says. Write it anew with: scripts/docs\n")
        else:
            path.write_text(text, encoding="utf-8")
            sys.stderr.write(f"wrote {name}\n")
    return 1 if stale and sys.argv[1:] else 0


if __name__ == "__main__":
    sys.exit(main())
