"""The command line: a file per command, and the one table of them.

Only the command that is asked for is imported and built: a search pays for no other command.
"""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Sequence
from importlib import import_module

import typer

from ctcorpus.interfaces.cli.door import command

#: command -> (module, function, panel of the help), in the order of the help
COMMANDS: dict[str, tuple[str, str, str]] = {
    "search": ("search", "search", "Search and look"),
    "show": ("show", "show", "Search and look"),
    "replay": ("replay", "replay", "Search and look"),
    "documents": ("documents", "documents", "Search and look"),
    "cite": ("cite", "cite", "Cite"),
    "export": ("export", "export", "Cite"),
    "check": ("check", "check", "Cite"),
    "note": ("note", "note", "Cite"),
    "impact": ("impact", "impact", "Cite"),
    "figures": ("figures", "figures", "Analyse"),
    "claims": ("claims", "claims", "Analyse"),
    "timeline": ("timeline", "timeline", "Analyse"),
    "labels": ("labels", "labels", "Analyse"),
    "origins": ("origins", "origins", "Analyse"),
    "news": ("news", "news", "Analyse"),
    "concepts": ("concepts", "concepts", "Analyse"),
    "kwic": ("kwic", "kwic", "Analyse"),
    "collocates": ("collocates", "collocates", "Analyse"),
    "keyness": ("keyness", "keyness", "Analyse"),
    "similar": ("similar", "similar", "Analyse"),
    "topics": ("topics", "topics", "Analyse"),
    "brief": ("brief", "brief", "Analyse"),
    "index": ("index", "index", "Maintain"),
    "add": ("add", "add", "Maintain"),
    "watch": ("watch", "watch", "Maintain"),
    "forget": ("forget", "forget", "Maintain"),
    "diff": ("diff", "diff", "Maintain"),
    "copy": ("copy", "copy", "Maintain"),
    "status": ("status", "status", "Maintain"),
    "doctor": ("doctor", "doctor", "Maintain"),
    "config": ("config", "config", "Maintain"),
    "schema": ("schema", "schema", "Help"),
    "help": ("help", "explain", "Help"),
}


def build(names: Sequence[str] = tuple(COMMANDS)) -> typer.Typer:
    """The application with these commands."""
    app = typer.Typer(
        name="ctcorpus",
        help="Search and analyse a corpus of articles. Every answer is a quotation that a stranger can find again.",
        no_args_is_help=True,
        add_completion=len(names) > 1,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback()
    def _(version: bool = typer.Option(False, "--version", help="Print the version.", callback=_version)) -> None:
        pass

    for name in names:
        module, function, panel = COMMANDS[name]
        run = getattr(import_module(f"ctcorpus.interfaces.cli.{module}"), function)
        command(app, name, rich_help_panel=panel)(run)
    return app


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line; ends the process with the contract's exit code."""
    if arguments is None and hasattr(signal, "SIGPIPE"):  # this process is the command's own
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # a reader that has gone away ends us silently
        gc.set_threshold(100_000, 50, 100)  # records live until the end: to look through them often takes a fifth of it
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    asked = [x for x in arguments[:1] if x in COMMANDS]
    build(asked or tuple(COMMANDS))(args=list(arguments), prog_name="ctcorpus")


def _version(wanted: bool) -> None:
    if wanted:
        from ctcorpus import __version__

        typer.echo(f"ctcorpus {__version__}")
        raise typer.Exit


def __getattr__(name: str) -> typer.Typer:
    """``app``: the whole application, for tools that document or complete it."""
    if name == "app":
        return build()
    raise AttributeError(name)
