"""``ctcorpus watch``: follows the sources and keeps the store up to date."""

from __future__ import annotations

from dataclasses import replace

from ctcorpus.errors import CtcorpusError
from ctcorpus.interfaces.cli.door import INTERRUPTED, Door, report
from ctcorpus.interfaces.cli.index import answer
from ctcorpus.model.report import IndexReport


def watch(door: Door) -> int:
    """Follow the remembered sources: whenever one changes, bring the store up to date. Stop it with Ctrl-C.

    Needs the extra: pip install 'ctcorpus[watch]'. A run that fails is told and tried again.

    Example: ctcorpus watch
    """
    first, told, problem = True, None, ""
    try:
        for outcome in door.corpus.watch():
            if isinstance(outcome, CtcorpusError):
                if outcome.message != problem:  # tried again every few seconds, and told once
                    report(door, outcome.kind, outcome.message, outcome.remedy)
                problem = outcome.message
            else:
                problem = ""
                news = _news(told, outcome)
                if first or news.changes or news.failed or news.gone:
                    answer(door, news, "watch")
                    door.terminal.flush()
                told = outcome
            if first:
                door.terminal.note("following the sources; stop with Ctrl-C")
                first = False
    except KeyboardInterrupt:
        door.terminal.note("stopped; the store is whole")
    return INTERRUPTED


def _news(told: IndexReport | None, now: IndexReport) -> IndexReport:
    """What a run did, without the failures and the missing files that the run before told already."""
    if told is None:
        return now
    failed = tuple(x for x in now.failed if x not in told.failed)
    return replace(now, failed=failed, gone=tuple(x for x in now.gone if x not in told.gone))
