"""What has changed since the store was written: found without writing, and without reading what looks the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ctcorpus.corpus.place import FIRST_SOURCES, source_name, source_path
from ctcorpus.errors import SourceError
from ctcorpus.ingest import find_sources, read
from ctcorpus.model.entry import FileState
from ctcorpus.model.report import Failure
from ctcorpus.store import Store


@dataclass(slots=True)
class Survey:
    """The files of some sources by what they are to a store; names as in the store, each list in order.

    sources: all that will be remembered. failed: of the surveyed sources; elsewhere: failures that an earlier run
    recorded of other sources. gone: known names under the surveyed sources at which no file stands now. news:
    whether sources or failures are to be recorded though no document changes.
    """

    sources: tuple[str, ...]
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    elsewhere: list[Failure] = field(default_factory=list)
    news: bool = False


def survey(store: Store | None, corpus: Path, paths: Sequence[Path]) -> Survey:
    """The state of these sources, or of the remembered ones, or of ``seeds/`` where none was ever named.

    A file whose size, times and inode are as recorded counts as unchanged. One that could not be read the last
    time is tried again here: where it still fails for the same reason, nothing has changed.
    """
    remembered = tuple(store.sources()) if store else ()
    named = tuple(source_name(path, corpus) for path in paths) or remembered or (FIRST_SOURCES,)
    found = find_sources([source_path(name, corpus) for name in named])
    known = store.files() if store else {}
    failed_before = dict(store.failed()) if store else {}
    result = Survey(sources=tuple(dict.fromkeys((*remembered, *named))))
    result.failed = [Failure(source_name(Path(path), corpus), reason) for path, reason in found.failed]
    present = set()
    for path in found.files:
        name = source_name(path, corpus)
        present.add(name)
        if name in known:
            (result.unchanged if looks_like(known[name], path) else result.changed).append(name)
        elif name in failed_before and (reason := _why_still(path, name)) is not None:
            result.failed.append(Failure(name, reason))
        else:
            result.new.append(name)
    result.gone = sorted(name for name in known if name not in present and _is_under(name, named, corpus))
    result.elsewhere = [Failure(x, why) for x, why in failed_before.items() if not _is_under(x, named, corpus)]
    recorded = {failure.path: failure.reason for failure in (*result.failed, *result.elsewhere)}
    result.news = result.sources != remembered or recorded != failed_before
    return result


def state_of(path: Path, name: str, sha256: str, document: str) -> FileState:
    """The state of a file that was just read, by which the next run knows it again."""
    stat = path.stat()
    return FileState(name, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino, sha256, document)


def looks_like(state: FileState, path: Path) -> bool:
    """Whether the file at ``path`` has the recorded size, times and inode."""
    return state == state_of(path, state.path, state.sha256, state.document)


def _why_still(path: Path, name: str) -> str | None:
    try:
        read(path, name=name)
    except SourceError as error:
        return error.reason
    return None


def _is_under(name: str, sources: Sequence[str], corpus: Path) -> bool:
    """Whether a recorded file belongs to one of the sources: is it, lies below it, or matches its pattern."""
    path = source_path(name, corpus)
    places = [source_path(source, corpus) for source in sources]
    return any(path == place or path.is_relative_to(place) or path.match(str(place)) for place in places)
