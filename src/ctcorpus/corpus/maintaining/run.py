"""A writing run: what it is asked to do, what it knows before it writes, what it did, and who is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ctcorpus.corpus.maintaining.ledger import Ledger
from ctcorpus.corpus.maintaining.survey import PART, Survey
from ctcorpus.corpus.stating.configuration import Configuration
from ctcorpus.model.report import Failure, Touched
from ctcorpus.store import Store

NAME_SOURCES = "Name files or folders that hold articles: ctcorpus index PATH"

#: told after each source or document: how many are done, of how many, and the name of the one just done
Progress = Callable[[int, int, str], None]
#: told before a step that may take long: its name, and what a person should know of it, if anything
Announce = Callable[[str, str | None], None]


@dataclass(frozen=True, slots=True)
class Teller:
    """Who is told how a run goes; nobody, by default."""

    on_progress: Progress | None = None
    on_step: Announce | None = None

    def progress(self, done: int, count: int, name: str) -> None:
        """One more is done."""
        if self.on_progress:
            self.on_progress(done, count, name)

    def step(self, name: str, note: str | None = None) -> None:
        """Another step begins."""
        if self.on_step:
            self.on_step(name, note)


NOBODY = Teller()


@dataclass(frozen=True, slots=True)
class Request:
    """What a run is asked to do. paths: none for the remembered ones.

    metadata: a file that states what sources do not. welcome: paths that may have been forgotten before.
    jobs: processes that read many files; 1: this one alone, 0: as the configuration says. remember: what is remembered
    in place of the paths.
    """

    paths: Sequence[Path] = ()
    prune: bool = False
    rebuild: bool = False
    dry_run: bool = False
    metadata: Path | None = None
    welcome: bool = False
    jobs: int = 1
    remember: Sequence[Path] = ()


@dataclass(slots=True)
class Done:
    """What a run did, as it goes; changes: (what, path)."""

    changes: list[tuple[str, str]] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    reread: int = 0
    drafts: tuple[Touched, ...] = ()

    def count(self, what: str) -> int:
        """How many changes there were of one kind."""
        return sum(1 for kind, _ in self.changes if kind == what)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run knows before it writes. statements: digest of ``sources.toml`` as it is now.

    again: tables of articles of which other columns are read now: a document may differ though its words are the same.
    """

    found: Survey
    ledger: Ledger
    statements: str
    configuration: Configuration
    rules: str
    again: frozenset[str] = frozenset()


def drafts_on(store: Store, names: Sequence[str]) -> tuple[Touched, ...]:
    """The registered drafts and exports that rest on what these files hold."""
    from ctcorpus.citing.impact import touched

    documents = {state.document for name in names for state in store.files_at(name, PART)}
    return tuple(Touched(row.kind, row.path, count) for row, count in touched(store, documents)) if documents else ()
