"""The calls of maintenance: what brings a store up to date, says how it is, and takes things out of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ctcorpus.annotate.thesaurus import Thesaurus
    from ctcorpus.corpus.maintaining.run import Announce, Progress
    from ctcorpus.errors import CtcorpusError
    from ctcorpus.model.entry import Entry
    from ctcorpus.model.report import (
        Alike,
        ConfigReport,
        CopyReport,
        DiffReport,
        DoctorReport,
        ForgetReceipt,
        IndexReport,
        Status,
    )
    from ctcorpus.store import Store


class Maintenance:
    """What a maintainer asks of a corpus; part of ``Corpus``."""

    path: Path

    if TYPE_CHECKING:

        @property
        def store(self) -> Store: ...

        def entry(self, id: str) -> Entry: ...

        def close(self) -> None: ...

    def index(
        self,
        paths: Sequence[Path | str] = (),
        *,
        prune: bool = False,
        rebuild: bool = False,
        dry_run: bool = False,
        metadata: Path | str | None = None,
        jobs: int = 1,
        progress: Progress | None = None,
        announce: Announce | None = None,
    ) -> IndexReport:
        """Brings the store up to date with these sources, or with the remembered ones; what it did.

        metadata: CSL-JSON or a file like ``sources.toml``, with what sources do not state. jobs: processes that read
        many files; with more than one (0: as configured) the caller's own script must be importable, as
        multiprocessing asks. progress, announce: told after each source, and before a step that may take long. Raises
        NothingReadError when no source could be read, StoreLockedError when another
        process writes, PlainFileError where a file that people write is malformed.
        """
        from ctcorpus.corpus.maintaining.indexing import index
        from ctcorpus.corpus.maintaining.run import Request, Teller

        self.close()
        request = Request(
            tuple(Path(x) for x in paths),
            prune=prune,
            rebuild=rebuild,
            dry_run=dry_run,
            metadata=Path(metadata) if metadata is not None else None,
            jobs=jobs,
        )
        return index(self.path, request, self.thesaurus(), Teller(progress, announce))

    def add(
        self,
        *sources: Path | str,
        allow_local: bool = False,
        jobs: int = 1,
        progress: Progress | None = None,
        announce: Announce | None = None,
    ) -> IndexReport:
        """Takes in more files, or what is at addresses; what was fetched is kept under ``sources/``.

        allow_local: addresses of this machine and of private networks too. jobs, progress, announce: as for ``index``.
        Raises SourceError, NothingReadError.
        """
        from ctcorpus.corpus.maintaining.adding import add
        from ctcorpus.corpus.maintaining.run import Teller

        self.close()
        given, tell = [str(x) for x in sources], Teller(progress, announce)
        return add(self.path, given, self.thesaurus(), allow_local=allow_local, jobs=jobs, tell=tell)

    def watch(self) -> Iterator[IndexReport | CtcorpusError]:
        """Follows the remembered sources: what each run did, or the error it ended with; until KeyboardInterrupt."""
        from ctcorpus.corpus.maintaining.watch import follow
        from ctcorpus.corpus.stating.configuration import read_configuration
        from ctcorpus.store import corpus_folder

        folder = corpus_folder(self.path)
        found = read_configuration(folder)

        def sources() -> list[str]:
            names = [*found.sources, *self.store.sources()]
            self.close()
            return names

        return follow(self.index, sources, folder, folder / found.thesaurus, found.limits["watch_milliseconds"])

    def forget(self, *ids: str) -> ForgetReceipt:
        """Removes the works that the IDs name, all versions, so that none of their words is in the store; a receipt."""
        from ctcorpus.corpus.maintaining.forget import forget

        self.close()
        return forget(self.path, ids, self.thesaurus())

    def copy(self, target: Path | str) -> CopyReport:
        """Copies the store to a folder that is empty or not there, every byte checked; what was copied, both digests.

        Raises UsageError where something is in the way, StoreDamagedError where a byte does not hold up.
        """
        from ctcorpus.corpus.maintaining.copy import copy_store

        return copy_store(self.path, Path(target))

    def diff(self, id: str, *, before: int | None = None, after: int | None = None) -> DiffReport:
        """What changed between two versions of a work, sentence by sentence; by default the last two."""
        from ctcorpus.corpus.maintaining.diff import diff

        return diff(self.store, self.entry(id), before, after)

    def alike(self) -> tuple[Alike, ...]:
        """The pairs of documents whose words are nearly the same, or of which one holds most of the other."""
        from ctcorpus.corpus.maintaining.alike import read_links

        return read_links(self.store.index_folder)

    def config(self, store_given: Path | None = None) -> ConfigReport:
        """Every setting in force, and where each comes from; store_given: the store, where an option named it."""
        from ctcorpus.corpus.stating.configuration import settings
        from ctcorpus.errors import StoreMissingError
        from ctcorpus.store import corpus_folder

        try:
            remembered = tuple(self.store.sources())
        except StoreMissingError:
            remembered = ()
        return settings(store_given, self.path, corpus_folder(self.path), remembered)

    def status(self) -> Status:
        """What is in the store, what it was built by, and what is stale."""
        from ctcorpus.corpus.maintaining.status import status

        return status(self.store, self.thesaurus())

    def documents(self) -> tuple[Entry, ...]:
        """One row a document, in order of path."""
        return tuple(self.store.entries())

    def doctor(self, *, repair: bool = False) -> DoctorReport:
        """Checks every byte; with ``repair``, writes a new generation from what is sound and lists the rest."""
        from ctcorpus.corpus.maintaining.repair import examine

        self.close()
        return examine(self.path, self.thesaurus(), repair=repair)

    def thesaurus(self) -> Thesaurus:
        """The shipped thesaurus, with the corpus folder's own ``thesaurus.ttl`` over it."""
        from ctcorpus.annotate.thesaurus import Thesaurus
        from ctcorpus.corpus.stating.configuration import read_configuration
        from ctcorpus.store import corpus_folder

        shipped = Thesaurus.shipped()
        folder = corpus_folder(self.path)
        own = folder / read_configuration(folder).thesaurus
        return shipped.merged(Thesaurus.load(own)) if own.is_file() else shipped
