"""Brings a store up to date with its sources: what is new or changed is read, the rest is not touched.

A run looks first, without writing; where there is nothing to do, no byte is written. What there is to do happens
in one new generation, which readers see whole or not at all.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ctcorpus.annotate import annotate, rules
from ctcorpus.annotate.thesaurus import Thesaurus
from ctcorpus.corpus.labels import write_labels
from ctcorpus.corpus.passages import indexed_passages
from ctcorpus.corpus.place import source_path
from ctcorpus.corpus.survey import Survey, state_of, survey
from ctcorpus.errors import NothingReadError, SourceError, StoreDamagedError, StoreMissingError, StoreOutdatedError
from ctcorpus.index.disk import MOST_DELETED, DiskWriter
from ctcorpus.ingest import read_bytes
from ctcorpus.ingest.source import read_source
from ctcorpus.model.report import Failure, IndexReport
from ctcorpus.store import Store, corpus_folder, open_store
from ctcorpus.store.writer import StoreWriter

NAME_SOURCES = "Name files or folders that hold text files: ctcorpus index PATH"

#: told after each source: how many are done, of how many, and the name of the one just done
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What a run is asked to do. paths: none for the remembered ones."""

    paths: Sequence[Path] = ()
    prune: bool = False
    rebuild: bool = False
    dry_run: bool = False


@dataclass(slots=True)
class _Done:
    """What a run did, as it goes; changes: (what, path)."""

    changes: list[tuple[str, str]] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    reread: int = 0

    def count(self, what: str) -> int:
        """How many changes there were of one kind."""
        return sum(1 for kind, _ in self.changes if kind == what)


def index(path: Path, request: Request, thesaurus: Thesaurus, progress: Progress | None = None) -> IndexReport:
    """Brings the store at ``path`` up to date; what was done.

    Raises NothingReadError when no source at all could be read, and whatever the store raises. An error or an
    interrupt leaves the store as it was.
    """
    began = time.perf_counter()
    wanted = rules(thesaurus)
    with _live(path, request.rebuild) as live:
        paths = request.paths or (_remembered(live, path) if request.rebuild else ())
        found = survey(None if request.rebuild else live, corpus_folder(path), paths)
        if not (found.new or found.changed or found.unchanged or found.gone):
            failed = [(x.path, x.reason) for x in found.failed] or [(x, "no text file in it") for x in found.sources]
            raise NothingReadError(failed, NAME_SOURCES)
        stale = live is not None and live.rules != wanted
        to_do = found.new or found.changed or found.news or stale or (request.prune and found.gone)
        if live is not None and (request.dry_run or not (to_do or request.rebuild)):
            return _report(live, found, _planned(found, request, live, stale=stale), began)
        if request.dry_run:
            return _report(None, found, _planned(found, request, None, stale=False), began)
    done = _write(path, found, request, thesaurus, progress)
    with open_store(path, verify=False) as written:
        return _report(written, found, done, began)


def _write(path: Path, found: Survey, request: Request, thesaurus: Thesaurus, progress: Progress | None) -> _Done:
    done = _Done(failed=list(found.failed))
    with StoreWriter.open(path, rebuild=request.rebuild) as writer:
        run = _Run(writer, thesaurus, corpus_folder(path), done)
        run.read(found, progress)
        if request.prune:
            run.prune(found.gone)
        if not done.changes and not found.unchanged:
            raise NothingReadError([(x.path, x.reason) for x in done.failed], NAME_SOURCES)
        run.reread()
        writer.remember(found.sources)
        for failure in (*done.failed, *found.elsewhere):
            writer.fail(failure.path, failure.reason)
        done.warnings.extend(writer.warnings)
        writer.staged.flush()
        fill_index(writer)
        write_labels(writer.folder, thesaurus)
        writer.commit(rules=rules(thesaurus))
    return done


def fill_index(writer: StoreWriter) -> None:
    """Builds the index of the generation under way from its rows: from the parent's index where that pays."""
    if _filled(writer).deleted_share > MOST_DELETED:
        writer.parent_folder = None
        for file in writer.folder.iterdir():
            file.unlink()
        _filled(writer)


def _filled(writer: StoreWriter) -> DiskWriter:
    target = DiskWriter(writer.folder, writer.parent_folder)
    try:
        target.remove(writer.removed())
        stage = writer.staged
        for name in writer.added():
            target.add(indexed_passages(stage.document(name), stage.facts(name), stage.entry(name)))
        target.finish()
    except BaseException:  # nothing is swallowed: the index lets go of its files, whatever it was
        target.abandon()
        raise
    return target


class _Run:
    """One writing run: documents are staged in the store, unseen until the commit."""

    def __init__(self, writer: StoreWriter, thesaurus: Thesaurus, corpus: Path, done: _Done) -> None:
        self._writer = writer
        self._thesaurus = thesaurus
        self._corpus = corpus
        self._done = done

    def read(self, found: Survey, progress: Progress | None) -> None:
        """Reads what is new or changed, in order of name; what cannot be read is set aside with its reason."""
        files = sorted([(name, "added") for name in found.new] + [(name, "updated") for name in found.changed])
        for number, (name, what) in enumerate(files, 1):
            try:
                self._read(name, what)
            except SourceError as error:
                self._done.failed.append(Failure(name, error.reason))
            if progress:
                progress(number, len(files), name)

    def prune(self, gone: Sequence[str]) -> None:
        """Forgets the names at which no file stands any more."""
        for name in gone:
            self._writer.gone(name)
            self._done.changes.append(("removed", name))

    def reread(self) -> None:
        """Reads the facts of every staged document anew that were read by other rules; text and structure stay."""
        wanted = rules(self._thesaurus)
        if self._writer.base is None or self._writer.base.rules == wanted:
            return
        for entry in list(self._writer.staged.entries()):
            if self._writer.staged.facts(entry.id).rules == wanted:
                continue
            document = self._writer.staged.document(entry.id)
            source = self._writer.staged.source_bytes(document.provenance.sha256)
            facts = annotate(document, self._thesaurus)
            state = self._writer.staged.files_of(entry.id)[0]
            self._writer.put(document, facts, source, state, entry.kind)
            self._done.reread += 1

    def _read(self, name: str, what: str) -> None:
        path = source_path(name, self._corpus)
        data = read_source(path)
        document = read_bytes(data, name=name)
        state = state_of(path, name, document.provenance.sha256, document.id)
        if self._writer.staged.document_at(name) == document.id:
            self._writer.see(state)  # other times, same content: not a change
            self._done.changes.append(("seen", name))
            return
        self._writer.put(document, annotate(document, self._thesaurus), data, state)
        self._done.changes.append((what, name))


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


def _remembered(live: Store | None, path: Path) -> tuple[Path, ...]:
    return tuple(source_path(name, corpus_folder(path)) for name in live.sources()) if live else ()


def _planned(found: Survey, request: Request, live: Store | None, *, stale: bool) -> _Done:
    """What a run would do; nothing where there is nothing to do."""
    changes = [("added", name) for name in found.new] + [("updated", name) for name in found.changed]
    changes += [("removed", name) for name in found.gone if request.prune]
    done = _Done(changes=sorted(changes, key=lambda x: x[1]), failed=list(found.failed))
    done.reread = live.counts().documents if live and stale else 0
    return done


def _report(store: Store | None, found: Survey, done: _Done, began: float) -> IndexReport:
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
        reread=done.reread,
        gone=tuple(name for name in found.gone if name not in pruned),
        changes=tuple(x for x in done.changes if x[0] != "seen"),
        warnings=tuple(done.warnings),
    )
