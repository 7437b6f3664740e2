"""What has changed since the store was written: found without writing, and without reading what looks the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from ctcorpus.corpus.maintaining.patterns import Places, is_glob
from ctcorpus.corpus.place import FIRST_SOURCES, is_own, own_names, source_name, source_path
from ctcorpus.ingest.source import find_sources
from ctcorpus.model.entry import FileState
from ctcorpus.model.report import Failure
from ctcorpus.store import Store

#: size, times and inode of a file: what it looks like without being read
Look: TypeAlias = tuple[int, int, int, int]
#: what stands between a file's name and that of one of several documents in it
PART = "#"
#: so many files are looked up one by one, where nothing but files was named; more are read in one go
_FEW = 50


@dataclass(slots=True)
class Survey:
    """The files of some sources by what they are to a store; names as in the store, each list in order.

    sources: all that will be remembered. failed: of the surveyed sources; elsewhere: failures that an earlier run
    recorded of other sources. gone: known names under the surveyed sources at which no file stands now. parts:
    changed file -> what is recorded of it: itself, or the names of several documents in it. states: failed name -> what
    its file looked like. named: those that this run looks at. news: whether sources or failures are to be recorded
    though no document changes.
    """

    sources: tuple[str, ...]
    named: tuple[str, ...]
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    states: dict[str, Look] = field(default_factory=dict)
    failed: list[Failure] = field(default_factory=list)
    elsewhere: list[Failure] = field(default_factory=list)
    news: bool = False


def survey(
    store: Store | None,
    corpus: Path,
    paths: Sequence[Path],
    *,
    configured: Sequence[str] = (),
    failed: Mapping[str, Look] | None = None,
    remember: Sequence[Path] = (),
) -> Survey:
    """The state of these sources; of the remembered and configured ones where none is named; else of ``seeds/``.

    remember: what is to be remembered in place of what is named; what lies in a remembered source needs no mention.
    A file whose size, times and inode are as recorded counts as unchanged, and one that could not be read and still
    looks as it did (``failed``) is not tried again. The tool's own files are no sources, wherever the store lies.
    """
    remembered = tuple(store.sources()) if store else ()
    usual = tuple(dict.fromkeys((*configured, *remembered)))
    named = tuple(dict.fromkeys(source_name(path, corpus) for path in paths)) or usual or (FIRST_SOURCES,)
    found = find_sources([source_path(name, corpus) for name in named])
    kept = [source_name(path, corpus) for path in remember] or named
    within = Places(remembered)
    result = Survey((*remembered, *dict.fromkeys(x for x in kept if not within.hold(x))), named)
    own = own_names(corpus)
    set_aside = ((source_name(Path(path), corpus), why) for path, why in found.failed)
    result.failed = [Failure(name, why) for name, why in set_aside if not is_own(name, own)]
    names = ((source_name(path, corpus), path) for path in found.files)
    present = {name: path for name, path in names if not is_own(name, own)}
    known = _known(store, present, named, corpus)
    failed_before = dict(store.failed()) if store else {}
    for name, path in present.items():
        look = _look(path)
        if name in failed_before and (failed or {}).get(name) == look:
            result.failed.append(Failure(name, failed_before[name]))
            result.states[name] = look
        else:
            _sort(result, name, look, known.get(name, ()))
    where = Places(named)
    gone = (state.path for name, states in known.items() if name not in present for state in states)
    result.gone = sorted(name for name in gone if where.hold(name.rpartition(PART)[0] or name) or where.hold(name))
    result.elsewhere = [Failure(x, why) for x, why in failed_before.items() if not where.hold(x)]
    result.states |= {x.path: failed[x.path] for x in result.elsewhere if failed and x.path in failed}
    recorded = {x.path: x.reason for x in (*result.failed, *result.elsewhere)}
    result.news = result.sources != remembered or recorded != failed_before
    return result


def state_of(look: Look, name: str, sha256: str, document: str) -> FileState:
    """The state of a file by which the next run knows it again; look: from before it was read.

    A file that changed while it was read has another look now, so that the next run reads it again.
    """
    return FileState(name, *look, sha256, document)


def _sort(result: Survey, name: str, look: Look, states: Sequence[FileState]) -> None:
    if not states:
        result.new.append(name)
    elif all(_looked(x) == look for x in states):
        result.unchanged.append(name)
    else:
        result.changed.append(name)
        result.parts[name] = tuple(state.path for state in states)


def look_at(path: Path) -> Look | None:
    """What the file looks like; None where there is none."""
    try:
        return _look(path)
    except (OSError, ValueError):
        return None


def _look(path: Path) -> Look:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


def _looked(state: FileState) -> Look:
    return state.size, state.mtime_ns, state.ctime_ns, state.inode


def _known(
    store: Store | None, present: Mapping[str, Path], named: Sequence[str], corpus: Path
) -> dict[str, list[FileState]]:
    """File -> the states recorded of it: one, or one for each of the documents in it."""
    if store is None:
        return {}
    known: dict[str, list[FileState]] = {}
    if len(named) <= _FEW and not any(is_glob(x) or source_path(x, corpus).is_dir() for x in named):
        for name in named:
            if states := store.files_at(name, PART):
                known[name] = states
        return known
    for path, state in store.files().items():
        whole = path if path in present else path.rpartition(PART)[0]
        known.setdefault(whole if whole in present else path, []).append(state)
    return known
