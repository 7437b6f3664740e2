"""Brings a store up to date with its sources: what is new or changed is read, the rest is not touched.

A run looks first, without writing; where there is nothing to do, no byte is written. What there is to do happens
in one new generation, which readers see whole or not at all.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ctcorpus.annotate import rules
from ctcorpus.corpus.maintaining.ledger import Ledger, read_ledger
from ctcorpus.corpus.maintaining.run import NAME_SOURCES, NOBODY, Done, Plan, Request, Teller, drafts_on
from ctcorpus.corpus.maintaining.survey import PART, Survey, survey
from ctcorpus.corpus.place import source_path
from ctcorpus.corpus.stating.configuration import read_configuration
from ctcorpus.corpus.stating.sources_file import FILE as SOURCES_FILE
from ctcorpus.corpus.stating.sources_file import digest_of
from ctcorpus.errors import NothingReadError, StoreDamagedError, StoreMissingError, StoreOutdatedError
from ctcorpus.ingest.readers.formats import is_table
from ctcorpus.model.report import IndexReport
from ctcorpus.store import Store, corpus_folder, open_store

if TYPE_CHECKING:
    from ctcorpus.annotate.thesaurus import Thesaurus


def index(path: Path, request: Request, thesaurus: Thesaurus, tell: Teller = NOBODY) -> IndexReport:
    """Brings the store at ``path`` up to date; what was done.

    Raises NothingReadError when no source at all could be read, PlainFileError where a file that people write is
    malformed, and whatever the store raises. An error or an interrupt leaves the store as it was.
    """
    began = time.perf_counter()
    with _live(path, request.rebuild) as live:
        plan = _plan(path, request, live, rules(thesaurus))
        found = plan.found
        if not (found.new or found.changed or found.unchanged or found.gone):
            failed = [(x.path, x.reason) for x in found.failed] or [
                (x, "no file in it that can be read") for x in found.named
            ]
            raise NothingReadError(failed, NAME_SOURCES)
        if request.dry_run or not _is_to_do(request, plan, live):
            return _report(live, found, _planned(plan, request, live), began, dry_run=request.dry_run)
    from ctcorpus.corpus.maintaining.writing import write

    done = write(path, plan, request, thesaurus, tell)
    with open_store(path, verify=False) as written:
        return _report(written, found, done, began)


def _plan(path: Path, request: Request, live: Store | None, wanted: str) -> Plan:
    folder = corpus_folder(path)
    configuration = read_configuration(folder)
    paths = request.paths or (_remembered(live, folder) if request.rebuild else ())
    ledger = read_ledger(live.index_folder) if live else Ledger()
    stale = live is not None and live.rules != wanted
    failed = {} if stale or request.rebuild or request.welcome else ledger.failed
    again: frozenset[str] = frozenset()
    otherwise = configuration.fields != ledger.fields
    if otherwise:
        failed = {name: look for name, look in failed.items() if not is_table(name)}
    usual = configuration.sources
    found = survey(live, folder, paths, configured=usual, failed=failed, remember=request.remember)
    if request.rebuild:
        found.changed, found.unchanged = sorted([*found.changed, *found.unchanged]), []
    elif otherwise and live is not None:
        again = _read_tables_again(found, live)
    return Plan(found, ledger, digest_of(folder / SOURCES_FILE), configuration, wanted, again)


def _read_tables_again(found: Survey, live: Store) -> frozenset[str]:
    """Counts tables of articles as changed, and names them."""
    again = frozenset(name for name in found.unchanged if is_table(name))
    found.unchanged = [name for name in found.unchanged if name not in again]
    found.changed = sorted([*found.changed, *again])
    found.parts.update((name, tuple(x.path for x in live.files_at(name, PART))) for name in again)
    return again


def _is_to_do(request: Request, plan: Plan, live: Store | None) -> bool:
    from ctcorpus.index.disk import is_current

    found = plan.found
    if live is None or request.rebuild or request.metadata or (request.prune and found.gone):
        return True
    return bool(
        found.new
        or found.changed
        or found.news
        or live.rules != plan.rules
        or plan.ledger.statements != plan.statements
        or not is_current(live.index_folder)
    )


@contextmanager
def _live(path: Path, rebuild: bool) -> Iterator[Store | None]:
    """The store as it is; None where there is none, or where a rebuild finds one that cannot be read."""
    try:
        live = open_store(path)
    except StoreMissingError:
        yield None
        return
    except (StoreDamagedError, StoreOutdatedError):
        if not rebuild:
            raise
        yield None
        return
    with live:
        yield live


def _remembered(live: Store | None, folder: Path) -> tuple[Path, ...]:
    return tuple(source_path(name, folder) for name in live.sources()) if live else ()


def _planned(plan: Plan, request: Request, live: Store | None) -> Done:
    """What a run would do; nothing where there is nothing to do."""
    found = plan.found
    changes = [("added", name) for name in found.new] + [("updated", name) for name in found.changed]
    changes += [("removed", name) for name in found.gone if request.prune]
    done = Done(changes=sorted(changes, key=lambda x: x[1]), failed=list(found.failed))
    if live is not None and request.dry_run:
        if live.rules != plan.rules:
            done.reread = live.counts().documents
        if plan.ledger.statements != plan.statements:
            done.warnings.append(f"{SOURCES_FILE} has changed: what it states would be applied")
        done.drafts = drafts_on(live, [name for what, name in done.changes if what != "added"])
    return done


def _report(store: Store | None, found: Survey, done: Done, began: float, *, dry_run: bool = False) -> IndexReport:
    counts = store.counts() if store else None
    pruned = {path for what, path in done.changes if what == "removed"}
    return IndexReport(
        added=done.count("added"),
        updated=done.count("updated"),
        unchanged=len(found.unchanged) + done.count("seen"),
        removed=done.count("removed"),
        failed=tuple(sorted(done.failed, key=lambda x: x.path)),
        documents=counts.documents if counts else 0,
        passages=counts.passages if counts else 0,
        generation=store.generation if store else 0,
        seconds=round(time.perf_counter() - began, 6),
        stated=done.count("stated"),
        dry_run=dry_run,
        drafts=done.drafts,
        reread=done.reread,
        gone=tuple(name for name in found.gone if name not in pruned),
        changes=tuple(x for x in done.changes if x[0] != "seen"),
        warnings=tuple(done.warnings),
    )
