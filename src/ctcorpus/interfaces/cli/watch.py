"""``ctcorpus watch``: follows the sources and keeps the store up to date."""

from __future__ import annotations

from ctcorpus.errors import CtcorpusError
from ctcorpus.interfaces.cli.door import INTERRUPTED, Door, report
from ctcorpus.interfaces.cli.index import answer


def watch(door: Door) -> int:
    """Follow the remembered sources: whenever one changes, bring the store up to date. Stop it with Ctrl-C.

    Needs the extra: pip install 'ctcorpus[watch]'. A run that fails is told and tried again.

    Example: ctcorpus watch
    """
    first = True
    try:
        for outcome in door.corpus.watch():
            if isinstance(outcome, CtcorpusError):
                report(door, outcome.kind, outcome.message, outcome.remedy)
            elif first or outcome.changes or outcome.failed:
                answer(door, outcome, "watch")
            if first:
                door.terminal.note("following the sources; stop with Ctrl-C")
                first = False
    except KeyboardInterrupt:
        door.terminal.note("stopped; the store is whole")
    return INTERRUPTED
