"""``ctcorpus status``: what is in the store, and what is stale."""

from __future__ import annotations

from ctcorpus.interfaces.cli.door import FOUND, Door
from ctcorpus.interfaces.terminal import Terminal
from ctcorpus.model.report import Status


def status(door: Door) -> int:
    """Say what is in the store, what it rests on, what has changed since, and the command that mends it.

    Example: ctcorpus status
    """
    found = door.corpus.status()
    if door.is_for_programs:
        door.answer(found.to_dict(), [found.to_dict()])
    else:
        _show(door.terminal, found, everything=door.verbose)
    return FOUND


def _show(terminal: Terminal, found: Status, *, everything: bool) -> None:
    basis = found.basis
    kinds = f"source kind unknown: {basis['kind_unknown']}"
    terminal.line(
        (found.store, "title"), (f"  format {found.format}, generation {found.generation}, {found.created}", "dim")
    )
    terminal.line(
        f"{found.documents} documents: {basis['dated']} dated, {basis['with_author']} with a named author, {kinds}"
    )
    terminal.line(f"{found.passages} passages")
    terminal.line(("content  ", "dim"), found.digest)
    for source in found.sources:
        terminal.line(("source   ", "dim"), source)
    stale = (
        [("new", x) for x in found.new] + [("changed", x) for x in found.changed] + [("gone", x) for x in found.gone]
    )
    for what, path in stale:
        terminal.line((f"{what:<9}", "warn"), path)
    for failure in found.failed:
        terminal.line(("failed   ", "warn"), f"{failure.path}: {failure.reason}")
    if found.rules != found.rules_wanted:
        terminal.line(("stale    ", "warn"), f"facts were read by {found.rules}, now {found.rules_wanted}")
    if found.statements_stale:
        terminal.line(("stale    ", "warn"), "sources.toml has changed since it was applied")
    if found.stated:
        terminal.line(("stated   ", "dim"), f"a maintainer states something of {found.stated} documents")
    if found.forgotten:
        terminal.line(("forgotten", "dim"), f" {found.forgotten} sources are not read again unless added by name")
    _show_alike(terminal, found, everything=everything)
    for warning in found.warnings:
        terminal.warn(warning)
    terminal.line("Up to date." if found.remedy is None else f"Bring it up to date with: {found.remedy}")


def _show_alike(terminal: Terminal, found: Status, *, everything: bool) -> None:
    """The linked pairs: all of them, or the first few."""
    shown = found.alike if everything else found.alike[:3]
    for link in shown:
        share = f"{link.jaccard:.0%} of their words' runs" if link.kind == "near_duplicate" else f"{link.contained:.0%}"
        what = "nearly the same" if link.kind == "near_duplicate" else "one holds most of the other"
        terminal.line(("alike    ", "label"), f"{link.a[:12]} and {link.b[:12]}: {what}, {share}")
    if len(shown) < len(found.alike):
        terminal.line(("         ", "dim"), f"and {len(found.alike) - len(shown)} more pairs: ctcorpus status -v")
