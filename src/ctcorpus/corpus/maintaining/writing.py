"""One writing run: documents, statements and the index of the next generation, put together and committed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace as replaced
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from ctcorpus.corpus.maintaining.alike import write_links
from ctcorpus.corpus.maintaining.filling import fill_index
from ctcorpus.corpus.maintaining.history import write_history
from ctcorpus.corpus.maintaining.labels import write_labels
from ctcorpus.corpus.maintaining.ledger import Ledger, write_ledger
from ctcorpus.corpus.maintaining.pool import rarely_collected
from ctcorpus.corpus.maintaining.reading import Found, Read, read_all
from ctcorpus.corpus.maintaining.rereading import facts_anew, seconds_for
from ctcorpus.corpus.maintaining.run import NAME_SOURCES, NOBODY, Done, Plan, Request, Teller, drafts_on
from ctcorpus.corpus.maintaining.survey import Look, look_at
from ctcorpus.corpus.place import source_path
from ctcorpus.corpus.stating.sources_file import FILE as SOURCES_FILE
from ctcorpus.corpus.stating.sources_file import read_sources_file
from ctcorpus.corpus.stating.statements import Statements, together
from ctcorpus.errors import NothingReadError, SourceError
from ctcorpus.model.report import Failure
from ctcorpus.store import corpus_folder
from ctcorpus.store.doctor import sound_documents
from ctcorpus.store.outlines import put_missing
from ctcorpus.store.writer import StoreWriter

if TYPE_CHECKING:
    from ctcorpus.annotate.thesaurus import Thesaurus

#: characters of text that are kept in memory with all that is known of them: some 150 MB
HELD_CHARACTERS = 12_000_000


def write(path: Path, plan: Plan, request: Request, thesaurus: Thesaurus, tell: Teller) -> Done:
    """Writes the next generation; what was done. Where nothing at all could be read, not even a folder is made."""
    folder = corpus_folder(path)
    stated = _stated(folder, request)
    names = sorted([*plan.found.new, *plan.found.changed])
    forgotten: Mapping[str, str] = {} if request.welcome else plan.ledger.forgotten
    settings = plan.configuration
    jobs = request.jobs or settings.jobs
    reads = read_all(names, folder, thesaurus, forgotten, jobs, settings.fields)
    done = Done(failed=list(plan.found.failed))
    begun = list(_until_read(reads, done)) if not plan.found.unchanged else []
    if not (begun or plan.found.unchanged or plan.found.gone):
        raise NothingReadError([(x.path, x.reason) for x in done.failed], NAME_SOURCES)
    with rarely_collected(), StoreWriter.open(path, rebuild=request.rebuild) as writer:
        run = _Run(writer, thesaurus, plan, done, tell)
        if request.rebuild:
            run.carry()
        run.take(chain(begun, reads), len(names))
        if request.prune:
            run.prune()
        run.reread(jobs)
        everything = request.rebuild or request.metadata or plan.statements != plan.ledger.statements
        run.state(stated, everything=bool(everything))
        writer.remember(plan.found.sources)
        for failure in (*done.failed, *plan.found.elsewhere):
            writer.fail(failure.path, failure.reason)
        done.warnings.extend(writer.warnings)
        finish(writer, thesaurus, run.ledger(folder), rules=plan.rules, fresh=run.fresh, tell=tell)
    return done


def finish(
    writer: StoreWriter,
    thesaurus: Thesaurus,
    ledger: Ledger,
    *,
    rules: str,
    fresh: Mapping[str, Found] | None = None,
    tell: Teller = NOBODY,
) -> int:
    """Builds what lies beside the rows (index, labels, links, ledger) and commits; the new generation's number.

    fresh: documents and facts that are in memory still, as the rows have them.
    """
    writer.staged.flush()
    put_missing(writer.staged)
    held = fresh or {}
    fill_index(writer, held, tell)
    same = writer.before if writer.base and writer.base.rules == rules else None
    write_labels(writer.folder, thesaurus, same)
    write_links(writer, {name: x.sketch for name, x in held.items()})
    write_ledger(writer.folder, ledger)
    write_history(writer)
    return writer.commit(rules=rules)


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
    from ctcorpus.corpus.stating.csl import read_csl

    today = datetime.now(UTC).date().isoformat()
    return [read_csl(given, folder, by=who(folder) or given.name, at=today), own]


def _told_anew(count: int, seconds: float | None) -> str:
    """What a person should know before facts are read anew."""
    about = (
        ""
        if seconds is None
        else ", which takes some "
        + (f"{max(1, round(seconds))} seconds" if seconds < 90 else f"{round(seconds / 60)} minutes")
    )
    documents = "1 document" if count == 1 else f"{count:,} documents"
    return f"the rules or the thesaurus have changed: the facts of {documents} are read anew{about}"


class _Run:
    """What happens to the rows: documents are staged in the store, unseen until the commit."""

    def __init__(self, writer: StoreWriter, thesaurus: Thesaurus, plan: Plan, done: Done, tell: Teller) -> None:
        self._writer = writer
        self._thesaurus = thesaurus
        self._plan = plan
        self._done = done
        self._tell = tell
        self._put: list[str] = []
        self.fresh: dict[str, Found] = {}
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

    def take(self, reads: Iterator[Read], count: int) -> None:
        """Takes in what was read, in order of name; what could not be read is set aside with its reason."""
        if self._changed and self._writer.base:
            self._done.drafts = drafts_on(self._writer.base, sorted(self._changed))
        before = len(self._done.failed) - len(self._plan.found.failed)
        for at, read in enumerate(reads, start=before + 1):
            try:
                self._take(read)
            except SourceError as error:
                self._done.failed.append(Failure(read.name, error.reason))
            self._tell.progress(at, count, read.name)

    def prune(self) -> None:
        """Forgets the names at which no file stands any more."""
        for name in self._plan.found.gone:
            self._writer.gone(name)
            self._done.changes.append(("removed", name))

    def reread(self, jobs: int) -> None:
        """Reads the facts of every staged document anew that this run did not read; text and structure stay."""
        base, stage = self._writer.base, self._writer.staged
        if base is None or base.rules == self._plan.rules or self._carried:
            return
        put = set(self._put)
        stale = [entry.id for entry in stage.entries() if entry.id not in put]
        stage.flush()  # other processes read what was read before, and see no batch that is under way
        self._tell.step("reading facts anew", _told_anew(len(stale), seconds_for(base, stale, self._thesaurus, jobs)))
        for at, (name, facts) in enumerate(facts_anew(base, stale, self._thesaurus, jobs), start=1):
            stage.put_facts(name, facts)
            self._tell.progress(at, len(stale), name)
        self._done.reread = len(stale)

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
        return Ledger(self._plan.statements, failed, forgotten, self._plan.configuration.fields)

    def _take(self, read: Read) -> None:
        if read.reason is not None:
            self._done.failed.append(Failure(read.name, read.reason))
            return
        what = "updated" if read.name in self._changed else "added"
        news = False
        for x in read.found:
            if self._writer.staged.document_at(x.state.path) == x.document.id and read.name not in self._plan.again:
                if self._carried:
                    self._writer.put(x.document, x.facts, read.data, x.state, x.written)
                    self._done.reread += 1
                else:
                    self._writer.see(x.state)  # other times, same content: not a change
                continue
            self._put.append(self._writer.put(x.document, x.facts, read.data, x.state, x.written).id)
            self._hold(x)
            news = True
        kept = {x.state.path for x in read.found}
        for part in self._plan.found.parts.get(read.name, ()):
            if part not in kept:
                self._writer.gone(part)
                news = True
        self._done.changes.append((what if news else "seen", read.name))

    def _hold(self, found: Found) -> None:
        """Keeps what was just read for the index, as far as memory is for that; the rest is read from the rows."""
        self._held += len(found.document.text)
        if self._held <= HELD_CHARACTERS:
            self.fresh[found.document.id] = replaced(found, written=(b"", b""))

    def _names(self) -> Counter[str]:
        """How many documents have each file name."""
        entries = self._writer.staged.entries()
        return Counter(name for entry in entries for name in {x.rpartition("/")[2] for x in entry.paths})
