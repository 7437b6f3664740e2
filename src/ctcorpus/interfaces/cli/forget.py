"""``ctcorpus forget``: removes a work for good, with a receipt."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from ctcorpus.errors import UsageError
from ctcorpus.interfaces.cli.door import FOUND, SOME_SET_ASIDE, Door
from ctcorpus.interfaces.terminal import Terminal
from ctcorpus.model.report import ForgetReceipt


def forget(
    door: Door,
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="The documents, by id, citekey or path.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write the receipt, as JSON, here.")] = None,
) -> int:
    """Remove works for good: every version, its bytes, its facts and its passages; none of its words stays.

    The store is put together anew without them. The receipt names ids and digests, never words. Files outside the
    store stay, and are not read again unless they are added by name. Exit code 3 while a reader holds the old index.

    Example: ctcorpus forget anon-nd-terrorism-continues -o receipt.json
    """
    if output is not None and output.exists():
        raise UsageError(f"'{output}' exists already", "Name another file with: -o FILE")
    receipt = door.corpus.forget(*ids)
    record = receipt.to_dict()
    if output is not None:
        output.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if door.is_for_programs:
        door.answer(record, receipt.documents)
    else:
        _show(door.terminal, receipt)
    return SOME_SET_ASIDE if receipt.left else FOUND


def _show(terminal: Terminal, receipt: ForgetReceipt) -> None:
    for row in receipt.documents:
        terminal.line(("forgotten  ", "label"), f"{row['citekey']}, version {row['version']}, {row['id']}")
        terminal.line((f"           bytes sha256 {row['sha256']}", "dim"))
    left = f"{receipt.documents_left} documents, {receipt.passages_left} passages, generation {receipt.generation}"
    terminal.line((f"{left}, {receipt.seconds:.2f} s", "dim"))
    for draft in receipt.drafts:
        terminal.warn(f"{draft.kind} {draft.path} rests on it with {draft.spans} spans")
    for what in receipt.left:
        terminal.warn(f"still in the store: {what}")
    for what in receipt.outside:
        terminal.warn(f"still outside the store: {what}")
