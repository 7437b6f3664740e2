"""One writing run: documents, statements and the index of the next generation, put together and committed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from ctcorpus.annotate import annotate
from ctcorpus.corpus.alike import write_links
from ctcorpus.corpus.history import write_history
from ctcorpus.corpus.indexing import NAME_SOURCES, Done, Plan, Progress, Request, drafts_on
from ctcorpus.corpus.labels import write_labels
from ctcorpus.corpus.ledger import Ledger, write_ledger
from ctcorpus.corpus.passages import indexed_passages
from ctcorpus.corpus.place import source_path
from ctcorpus.corpus.reading import Read, read_all
from ctcorpus.corpus.sources_file import FILE as SOURCES_FILE
from ctcorpus.corpus.sources_file import read_sources_file
from ctcorpus.corpus.statements import Statements, together
from ctcorpus.corpus.survey import Look, look_at
from ctcorpus.errors import NothingReadError, SourceError
from ctcorpus.index.disk import MOST_DELETED, DiskWriter
from ctcorpus.model.document import Document
from ctcorpus.model.facts import Facts
from ctcorpus.model.report import Failure
from ctcorpus.store import corpus_folder
from ctcorpus.store.doctor import sound_documents
from ctcorpus.store.writer import StoreWriter

if TYPE_CHECKING:
    from ctcorpus.annotate.thesaurus import Thesaurus

#: a document in memory, with its facts
Fresh: TypeAlias = tuple[Document, Facts]
#: characters of text that are kept in memory with all that is known of them: some 150 MB
HELD_CHARACTERS = 12_000_000


def write(path: Path, plan: Plan, request: Request, thesaurus: Thesaurus, progress: Progress | None) -> Done:
    """Writes the next generation; what was done. Where nothing at all could be read, not even a folder is made."""
    folder = corpus_folder(path)
    stated = _stated(folder, request)
    names = sorted([*plan.found.new, *plan.found.changed])
    forgotten: Mapping[str, str] = {} if request.welcome else plan.ledger.forgotten
    reads = read_all(names, folder, thesaurus, forgotten, request.jobs or plan.configuration.jobs)
    done = Done(failed=list(plan.found.failed))
    begun = list(_until_read(reads, done)) if not plan.found.unchanged else []
    if not (begun or plan.found.unchanged or plan.found.gone):
        raise NothingReadError([(x.path, x.reason) for x in done.failed], NAME_SOURCES)
    with StoreWriter.open(path, rebuild=request.rebuild) as writer:
        run = _Run(writer, thesaurus, plan, done)
        if request.rebuild:
            run.carry()
        run.take(chain(begun, reads), len(names), progress)
        if request.prune:
            run.prune()
        run.reread()
        everything = request.rebuild or request.metadata or plan.statements != plan.ledger.statements
        run.state(stated, everything=bool(everything))
        writer.remember(plan.found.sources)
        for failure in (*done.failed, *plan.found.elsewhere):
            writer.fail(failure.path, failure.reason)
        done.warnings.extend(writer.warnings)
        finish(writer, thesaurus, run.ledger(folder), rules=plan.rules, fresh=run.fresh)
    return done


def finish(
    writer: StoreWriter, thesaurus: Thesaurus, ledger: Ledger, *, rules: str, fresh: Mapping[str, Fresh] | None = None
) -> int:
    """Builds what lies beside the rows (index, labels, links, ledger) and commits; the new generation's number.

    fresh: documents and facts that are in memory still, as the rows have them.
    """
    writer.staged.flush()
    fill_index(writer, fresh or {})
    same = writer.parent_folder if writer.base and writer.base.rules == rules else None
    write_labels(writer.folder, thesaurus, same)
    write_links(writer.folder, writer.parent_folder, writer.staged, writer.removed(), writer.added(), fresh)
    write_ledger(writer.folder, ledger)
    write_history(writer)
    return writer.commit(rules=rules)


def fill_index(writer: StoreWriter, fresh: Mapping[str, Fresh]) -> None:
    """Builds the index of the generation under way from its rows: from the parent's index where that pays."""
    if _filled(writer, fresh).deleted_share > MOST_DELETED:
        writer.parent_folder = None
        for file in writer.folder.iterdir():
            file.unlink()
        _filled(writer, fresh)


def _filled(writer: StoreWriter, fresh: Mapping[str, Fresh]) -> DiskWriter:
    target = DiskWriter(writer.folder, writer.parent_folder)
    try:
        target.remove(writer.removed())
        stage = writer.staged
        for name in writer.added():
            document, facts = fresh.get(name) or (stage.document(name), stage.facts(name))
            target.add(indexed_passages(document, facts, stage.entry(name)))
        target.finish()
    except BaseException:  # nothing is swallowed: the index lets go of its files, whatever it was
        target.abandon()
        raise
    return target


def _until_read(reads: Iterator[Read], done: Done) -> Iterator[Read]:
    """The first source that can be read, if any; those before it are set aside."""
    for read in reads:
        if read.reason is None:
            yield read
            return
        done.failed.append(Failure(read.name, read.reason))


def _stated(folder: Path, request: Request) -> list[Statements]:
    """The files of statements, the one that goes before the others last. PlainFileError."""
    own = read_sources_file(folder / SOURCES_FILE)
    given = request.metadata
    if given is None or given.absolute() == (folder / SOURCES_FILE).absolute():
        return [own]
    if given.suffix.lower() == ".toml":
        return [read_sources_file(given, given.name), own]
    from ctcorpus.citing.notes import writer as who
    from ctcorpus.corpus.csl import read_csl

    today = datetime.now(UTC).date().isoformat()
    return [read_csl(given, folder, by=who(folder) or given.name, at=today), own]


class _Run:
    """What happens to the rows: documents are staged in the store, unseen until the commit."""

    def __init__(self, writer: StoreWriter, thesaurus: Thesaurus, plan: Plan, done: Done) -> None:
        self._writer = writer
        self._thesaurus = thesaurus
        self._plan = plan
        self._done = done
        self._put: list[str] = []
        self.fresh: dict[str, Fresh] = {}
        self._held = 0
        self._carried = False
        self._changed = frozenset(plan.found.changed)

    def carry(self) -> None:
        """Takes over every sound document of the store that is built anew, superseded ones too."""
        if self._writer.base is None:
            return
        self._carried = True
        for sound in sound_documents(self._writer.path):
            if sound.entry is not None:
                self._writer.carry(sound.entry, sound.document, sound.facts, sound.source, sound.states)

    def take(self, reads: Iterator[Read], count: int, progress: Progress | None) -> None:
        """Takes in what was read, in order of name; what could not be read is set aside with its reason."""
        if self._changed and self._writer.base:
            self._done.drafts = drafts_on(self._writer.base, sorted(self._changed))
        before = len(self._done.failed) - len(self._plan.found.failed)
        for at, read in enumerate(reads, start=before + 1):
            try:
                self._take(read)
            except SourceError as error:
                self._done.failed.append(Failure(read.name, error.reason))
            if progress:
                progress(at, count, read.name)

    def prune(self) -> None:
        """Forgets the names at which no file stands any more."""
        for name in self._plan.found.gone:
            self._writer.gone(name)
            self._done.changes.append(("removed", name))

    def reread(self) -> None:
        """Reads the facts of every staged document anew that were read by other rules; text and structure stay."""
        if self._writer.base is None or self._writer.base.rules == self._plan.rules or self._carried:
            return
        for entry in list(self._writer.staged.entries()):
            if self._writer.staged.facts(entry.id).rules == self._plan.rules:
                continue
            document = self._writer.staged.document(entry.id)
            source = self._writer.staged.source_bytes(document.provenance.sha256)
            state = self._writer.staged.files_of(entry.id)[0]
            self._writer.put(document, annotate(document, self._thesaurus), source, state)
            self._done.reread += 1

    def state(self, files: Sequence[Statements], *, everything: bool) -> None:
        """Applies what maintainers state: to every document, or to those that this run put."""
        stage = self._writer.staged
        if not everything and not any(len(x) for x in files):
            return
        entries = stage.entries(all_versions=True) if everything else iter(stage.entries_of(self._put).values())
        names = self._names() if len(files) > 1 else {}
        for entry in entries:
            if self._writer.state(entry.id, together(entry, files, names)) and entry.superseded_by is None:
                self._done.changes.append(("stated", entry.path))
        if everything:
            self._done.warnings.extend(x for file in files for x in file.unmatched())

    def ledger(self, folder: Path) -> Ledger:
        """What the next run needs to know."""
        failed: dict[str, Look] = dict(self._plan.found.states)
        for failure in self._done.failed:
            look = look_at(source_path(failure.path, folder))
            if look is not None:
                failed[failure.path] = look
        put = {x.sha256 for x in self._writer.staged.entries_of(self._put).values()}
        forgotten = {x: at for x, at in self._plan.ledger.forgotten.items() if x not in put}
        return Ledger(self._plan.statements, failed, forgotten)

    def _take(self, read: Read) -> None:
        if read.reason is not None:
            self._done.failed.append(Failure(read.name, read.reason))
            return
        what = "updated" if read.name in self._changed else "added"
        news = False
        for document, facts, state in read.found:
            if self._writer.staged.document_at(state.path) == document.id:
                if self._carried:
                    self._writer.put(document, facts, read.data, state)
                    self._done.reread += 1
                else:
                    self._writer.see(state)  # other times, same content: not a change
                continue
            self._put.append(self._writer.put(document, facts, read.data, state).id)
            self._hold(document, facts)
            news = True
        kept = {state.path for _, _, state in read.found}
        for part in self._plan.found.parts.get(read.name, ()):
            if part not in kept:
                self._writer.gone(part)
                news = True
        self._done.changes.append((what if news else "seen", read.name))

    def _hold(self, document: Document, facts: Facts) -> None:
        """Keeps what was just read for the index, as far as memory is for that; the rest is read from the rows."""
        self._held += len(document.text)
        if self._held <= HELD_CHARACTERS:
            self.fresh[document.id] = (document, facts)

    def _names(self) -> Counter[str]:
        """How many documents have each file name."""
        entries = self._writer.staged.entries()
        return Counter(name for entry in entries for name in {x.rpartition("/")[2] for x in entry.paths})
