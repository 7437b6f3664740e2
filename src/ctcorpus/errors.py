"""Every error that ctcorpus raises on purpose.

    CtcorpusError
      SourceError(source, reason)          one source could not be read; the others go on
      NothingReadError(failed)             no source at all could be read
      StoreMissingError(path)              there is no store at this place
      StoreOutdatedError(found, wanted)    the store has another format than this version reads
      StoreDamagedError(path, block)       bytes are not those that were written
      StoreLockedError(path, pid)          another process is writing
      StoreReadOnlyError(path)             the store lies where nothing can be written
      QueryLimitError(query, limit)        the query is larger than what is answered
      UnknownIdError(id, nearest)          no document, passage or span has this id
      UnknownConceptError(name, nearest)   the thesaurus has no concept of this name
      SelectorError(id, selector)          the span does not lie in its document
      ThesaurusError(path, line, problem)  a thesaurus cannot be used as it is
      PlainFileError(path, line, problem)  a file that people write (sources.toml …) cannot be used as it is
      UsageError(what, remedy)             the request itself makes no sense
      ExtraMissingError(feature, extra)    an optional package is not installed

Each carries its facts as attributes; the sentence is made from them. ``remedy`` is the next step, in the
words of the command line, or None. How an error becomes an exit code is the door's affair, not told here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class CtcorpusError(Exception):
    """Anything that ctcorpus itself reports; ``str()`` is one sentence, ``remedy`` the next step or None."""

    kind = "error"

    def __init__(self, message: str, remedy: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class SourceError(CtcorpusError):
    """One source could not be read: which, and why."""

    kind = "source"

    def __init__(self, source: Path | str, reason: str) -> None:
        self.source = source
        self.reason = reason
        super().__init__(f"'{source}' cannot be read: {reason}")


class NothingReadError(CtcorpusError):
    """Sources were named, and none of them could be read."""

    kind = "nothing_read"

    def __init__(self, failed: Sequence[tuple[str, str]], remedy: str | None = None) -> None:
        self.failed = tuple(failed)
        first = f": '{failed[0][0]}': {failed[0][1]}" if failed else ""
        more = f" (and {len(failed) - 1} more)" if len(failed) > 1 else ""
        super().__init__(f"Nothing could be read{first}{more}", remedy)


class StoreMissingError(CtcorpusError):
    """There is no store at this place."""

    kind = "store_missing"

    def __init__(self, path: Path | str) -> None:
        self.path = path
        super().__init__(f"No store at '{path}'", "Build one with: ctcorpus index PATH")


class StoreOutdatedError(CtcorpusError):
    """The store's format is not the one that this version reads."""

    kind = "store_outdated"

    def __init__(self, path: Path | str, found: object, wanted: object) -> None:
        self.path = path
        self.found = found
        self.wanted = wanted
        newer = isinstance(found, int) and isinstance(wanted, int) and found > wanted
        remedy = "Install a newer ctcorpus" if newer else "Build it anew with: ctcorpus index --rebuild"
        super().__init__(f"The store at '{path}' has format {found}; this version reads format {wanted}", remedy)


class StoreDamagedError(CtcorpusError):
    """Bytes of the store are not those that were written; ``block`` names which."""

    kind = "store_damaged"

    def __init__(self, path: Path | str, block: str) -> None:
        self.path = path
        self.block = block
        super().__init__(f"The store at '{path}' is damaged: {block}", "See what is sound with: ctcorpus doctor")


class StoreLockedError(CtcorpusError):
    """Another process is writing to the store."""

    kind = "store_locked"

    def __init__(self, path: Path | str, pid: int | None) -> None:
        self.path = path
        self.pid = pid
        who = f"process {pid}" if pid else "another process"
        super().__init__(
            f"The store at '{path}' is being written by {who}", "Wait until it has finished, then try again"
        )


class StoreReadOnlyError(CtcorpusError):
    """The store lies where nothing can be written."""

    kind = "store_read_only"

    def __init__(self, path: Path | str, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"Nothing can be written to '{path}': {reason}", "Choose another place with: --store DIR")


class QueryLimitError(CtcorpusError):
    """The query is larger than what is answered; ``limit`` says which bound it passes."""

    kind = "query_limit"

    def __init__(self, query: str, limit: str) -> None:
        self.query = query
        self.limit = limit
        shown = query if len(query) <= 60 else query[:59] + "…"
        super().__init__(f"The query '{shown}' is too large: {limit}", "Ask for less at a time")


class UnknownIdError(CtcorpusError):
    """No document, passage or span answers to this id; ``nearest`` holds ids that look like it."""

    kind = "unknown_id"

    def __init__(self, id: str, nearest: Sequence[str] = ()) -> None:
        self.id = id
        self.nearest = tuple(nearest)
        hint = (
            f"Did you mean: {', '.join(self.nearest)}"
            if self.nearest
            else "List what there is with: ctcorpus documents"
        )
        super().__init__(f"Nothing in the store is called '{id}'", hint)


class UnknownConceptError(CtcorpusError):
    """The thesaurus has no concept of this name; ``nearest`` holds names that look like it."""

    kind = "unknown_concept"

    def __init__(self, name: str, nearest: Sequence[str] = ()) -> None:
        self.name = name
        self.nearest = tuple(nearest)
        hint = f"Did you mean: {', '.join(self.nearest)}" if self.nearest else "List them with: ctcorpus concepts"
        super().__init__(f"No concept is called '{name}'", hint)


class SelectorError(CtcorpusError):
    """The span does not lie in its document, or its text is not what was recorded."""

    kind = "selector"

    def __init__(self, id: str, selector: str) -> None:
        self.id = id
        self.selector = selector
        super().__init__(f"'{selector}' is no span of document {id}", "See its text with: ctcorpus show " + id)


class ThesaurusError(CtcorpusError):
    """A thesaurus cannot be used as it is: the file, the line (from 1, or None) and what is wrong."""

    kind = "thesaurus"

    def __init__(self, path: Path | str, line: int | None, problem: str) -> None:
        self.path = path
        self.line = line
        self.problem = problem
        where = f"'{path}', line {line}" if line else f"'{path}'"
        super().__init__(f"{where}: {problem}", "Check it with: ctcorpus concepts --validate")


class PlainFileError(CtcorpusError):
    """A file that people write cannot be used as it is: the file, the line (from 1, or None) and what is wrong."""

    kind = "plain_file"

    def __init__(self, path: Path | str, line: int | None, problem: str) -> None:
        self.path = path
        self.line = line
        self.problem = problem
        where = f"'{path}', line {line}" if line else f"'{path}'"
        super().__init__(f"{where}: {problem}", "Mend that line; the store is as it was")


class UsageError(CtcorpusError):
    """The request makes no sense as it was put."""

    kind = "usage"


class ExtraMissingError(CtcorpusError):
    """An optional package is not installed."""

    kind = "extra_missing"

    def __init__(self, feature: str, extra: str) -> None:
        self.feature = feature
        self.extra = extra
        super().__init__(f"{feature} needs an optional package", f"Install it with: pip install 'ctcorpus[{extra}]'")
