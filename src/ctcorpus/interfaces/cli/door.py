"""What every command shares: its common options, its streams, and what an error becomes.

A command is a function ``(door, its own options) -> exit code``. ``command`` gives it the common options, opens
the terminal, and turns what ctcorpus raises into one sentence and an exit code. A crash is never exit 1: that is
"found nothing".
"""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from ctcorpus.corpus.place import find_store
from ctcorpus.errors import CtcorpusError, StoreDamagedError, StoreLockedError
from ctcorpus.interfaces.terminal import Terminal

if TYPE_CHECKING:
    from ctcorpus.corpus import Corpus

FOUND = 0
NOTHING_FOUND = 1
WRONG_USE = 2
SOME_SET_ASIDE = 3
DAMAGED = 4
LOCKED = 5
CRASHED = 70  # EX_SOFTWARE of sysexits.h
INTERRUPTED = 130

#: characters of a command's line in the list of commands
BRIEF = 62

#: which error is which exit code; every other CtcorpusError is WRONG_USE
EXIT_CODES: Mapping[type[CtcorpusError], int] = {StoreDamagedError: DAMAGED, StoreLockedError: LOCKED}


class Color(StrEnum):
    """When to use colour."""

    auto = "auto"
    always = "always"
    never = "never"


@dataclass(frozen=True)
class Door:
    """One run of one command: where its store is, and how it speaks."""

    store_given: Path | None
    as_json: bool
    as_jsonl: bool
    quiet: bool
    verbose: bool
    terminal: Terminal

    @cached_property
    def store(self) -> Path:
        """The store's folder, found as the contract says."""
        return find_store(self.store_given)

    @cached_property
    def corpus(self) -> Corpus:
        """The corpus, opened on first use."""
        from ctcorpus.corpus import Corpus

        return Corpus(self.store)

    @property
    def is_for_programs(self) -> bool:
        """Whether the answer is JSON."""
        return self.as_json or self.as_jsonl

    def answer(self, record: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> None:
        """Writes the answer as one JSON object, or its rows one a line."""
        objects = rows if self.as_jsonl else (record,)
        for item in objects:
            self.terminal.data(json.dumps(item, ensure_ascii=self.terminal.interactive) + "\n")


def command(app: typer.Typer, name: str, **settings: Any) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Registers a function as a command: its first parameter is the Door, its result the exit code."""

    def register(function: Callable[..., int]) -> Callable[..., int]:
        def run(
            store: Path | None, json_: bool, jsonl: bool, quiet: bool, verbose: bool, color: Color, **own: Any
        ) -> None:
            door = Door(store, json_, jsonl, quiet, verbose, Terminal(color=color.value, quiet=quiet))
            raise typer.Exit(_outcome(function, door, own))

        _take_signature(run, function)
        app.command(name, short_help=brief(function), **settings)(run)
        return function

    return register


def brief(function: Callable[..., int]) -> str:
    """The command in one line of the list of commands: its first sentence, up to the first turn."""
    text = " ".join((function.__doc__ or "").split("\n\n")[0].split())
    start = re.split(r"[:;.]", text)[0]
    return start if len(start) <= BRIEF else start[:BRIEF].rpartition(",")[0]


def _outcome(function: Callable[..., int], door: Door, own: Mapping[str, Any]) -> int:
    """Runs the command; the exit code, after a sentence on stderr where something is wrong."""
    try:
        return function(door, **own)
    except CtcorpusError as error:
        report(door, error.kind, error.message, error.remedy)
        return next((code for kind, code in EXIT_CODES.items() if isinstance(error, kind)), WRONG_USE)
    except KeyboardInterrupt:
        report(door, "interrupted", "Interrupted; the store is as it was", None)
        return INTERRUPTED
    except OSError as error:
        report(door, "system", f"{error.strerror or error}: '{error.filename}'" if error.filename else str(error), None)
        return WRONG_USE
    except Exception as error:  # the last resort: whatever it is, it must not look like "found nothing"
        if door.verbose:
            raise
        report(door, "crash", f"A fault in ctcorpus: {type(error).__name__}: {error}", "Please report it, with -v")
        return CRASHED
    finally:
        if "corpus" in door.__dict__:
            door.corpus.close()


def report(door: Door, kind: str, message: str, remedy: str | None) -> None:
    """An error on stderr: a sentence and the next step, or the contract's object with ``--json``."""
    if door.is_for_programs:
        problem = {"schema": "ctcorpus/error/1", "kind": kind, "message": message, "next": remedy}
        sys.stderr.write(json.dumps(problem, ensure_ascii=True) + "\n")
    else:
        door.terminal.error(message, remedy)


_COMMON: Mapping[str, Any] = {
    "store": Annotated[Path | None, typer.Option("--store", help="The store's folder.", rich_help_panel="Common")],
    "json_": Annotated[bool, typer.Option("--json", help="Answer with one JSON object.", rich_help_panel="Common")],
    "jsonl": Annotated[bool, typer.Option("--jsonl", help="Answer with a JSON row a line.", rich_help_panel="Common")],
    "quiet": Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no notes.", rich_help_panel="Common")],
    "verbose": Annotated[bool, typer.Option("--verbose", "-v", help="Say more.", rich_help_panel="Common")],
    "color": Annotated[Color, typer.Option("--color", help="Colour.", rich_help_panel="Common")],
}
_DEFAULTS: Mapping[str, Any] = {"store": None, "color": Color.auto}


def _take_signature(run: Callable[..., Any], function: Callable[..., int]) -> None:
    """Gives ``run`` the options of the command and the common ones, which is what typer reads."""
    hints = get_type_hints(function, include_extras=True)
    own = [p.replace(annotation=hints[p.name]) for p in list(inspect.signature(function).parameters.values())[1:]]
    common = [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=_DEFAULTS.get(name, False), annotation=annotation
        )
        for name, annotation in _COMMON.items()
    ]
    own = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own]
    vars(run)["__signature__"] = inspect.Signature([*own, *common])
    run.__annotations__ = {p.name: p.annotation for p in [*own, *common]}
    run.__doc__ = function.__doc__
    run.__name__ = function.__name__
