"""Forgetting: a work is taken out of the store so that none of its words is in any of its files.

The store is put together anew without it, in a database file of its own and with a fresh index, and takes the place of
the old one in one step; so nothing of it is left on a free page, in a deleted row or in a segment that was merged away.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ctcorpus.citing.impact import touched
from ctcorpus.corpus.maintaining.filling import CACHE
from ctcorpus.corpus.maintaining.ledger import Ledger, read_ledger
from ctcorpus.corpus.maintaining.writing import finish
from ctcorpus.corpus.place import source_path
from ctcorpus.corpus.stating.sources_file import FILE as SOURCES_FILE
from ctcorpus.errors import StoreDamagedError, UsageError
from ctcorpus.model.entry import Entry
from ctcorpus.model.report import ForgetReceipt, Touched
from ctcorpus.store import Store, corpus_folder, open_store
from ctcorpus.store.doctor import sound_documents
from ctcorpus.store.generation import GENERATIONS
from ctcorpus.store.writer import StoreWriter

if TYPE_CHECKING:
    from ctcorpus.annotate.thesaurus import Thesaurus

_SET_ASIDE = "corpus.db.set-aside"
NOTES = "notes.jsonl"


def forget(path: Path, references: Sequence[str], thesaurus: Thesaurus) -> ForgetReceipt:
    """Removes the works that the references name, every version of them, for good; what was removed.

    Raises UnknownIdError, UsageError where its file holds other documents too, and StoreDamagedError where a document
    that is to stay is damaged: nothing is lost by it. An error or an interrupt leaves the store as it was.
    """
    began = time.perf_counter()
    with open_store(path) as live:
        gone = _gone(live, references)
        drafts = tuple(Touched(row.kind, row.path, n) for row, n in touched(live, {x.id for x in gone}))
        before = live.digest
    works = {x.work for x in gone}
    with StoreWriter.open(path, rebuild=True) as writer:
        assert writer.base is not None
        _carry(writer, works)
        writer.forget(works)
        for name, reason in writer.base.failed():
            writer.fail(name, reason)
        finish(writer, thesaurus, _ledger(writer, gone), rules=writer.base.rules)
    shutil.rmtree(path / CACHE, ignore_errors=True)
    (path / _SET_ASIDE).unlink(missing_ok=True)
    with open_store(path) as now:
        return ForgetReceipt(
            at=_now(),
            store=str(path),
            citekeys=tuple(dict.fromkeys(x.citekey for x in gone)),
            documents=tuple(_row(x) for x in gone),
            generation=now.generation,
            digest_before=before,
            digest_after=now.digest,
            documents_left=now.counts().documents,
            passages_left=now.counts().passages,
            drafts=drafts,
            left=_left(path, now.index_folder.name),
            outside=_outside(path, gone),
            seconds=round(time.perf_counter() - began, 6),
        )


def _gone(live: Store, references: Sequence[str]) -> list[Entry]:
    """Every version of the works that are named, each once."""
    found: dict[str, Entry] = {}
    for reference in references:
        for version in live.versions(live.find(reference).work):
            found[version.id] = version
    for entry in found.values():
        block = f"source {entry.sha256}"
        rows = live.visible(block, "id", "documents", "source = ?", entry.sha256)
        others = [x for x in live.entries_of(row[0] for row in rows).values() if x.id not in found]
        if others:
            what = f"'{entry.path}' is one of {len(rows)} documents in one file, whose bytes are kept whole"
            raise UsageError(what, f"Forget them all: {' '.join(dict.fromkeys(x.citekey for x in [entry, *others]))}")
    return list(found.values())


def _carry(writer: StoreWriter, works: set[str]) -> None:
    """Takes over everything else; raises StoreDamagedError rather than lose a document by the way."""
    assert writer.base is not None
    wanted = sum(1 for x in writer.base.entries(all_versions=True) if x.work not in works)
    carried = 0
    for sound in sound_documents(writer.path):
        if sound.entry is not None and sound.entry.work not in works:
            writer.carry(sound.entry, sound.document, sound.facts, sound.source, sound.states)
            carried += 1
    if carried != wanted:
        raise StoreDamagedError(writer.path, f"{wanted - carried} documents that are to stay are damaged")


def _ledger(writer: StoreWriter, gone: Sequence[Entry]) -> Ledger:
    old = read_ledger(writer.base.index_folder if writer.base else None)
    return replace(old, forgotten={**old.forgotten, **dict.fromkeys((x.sha256 for x in gone), _now())})


def _left(path: Path, live: str) -> tuple[str, ...]:
    """What a reader that is still open keeps from being deleted."""
    others = sorted(x.name for x in (path / GENERATIONS).iterdir() if x.name != live)
    told = "a reader still holds it; when that has ended, the next writer removes it (ctcorpus index --prune)"
    return tuple(f"{GENERATIONS}/{name}: {told}" for name in others)


def _outside(path: Path, gone: Sequence[Entry]) -> tuple[str, ...]:
    """Where the source itself, or a word about it, stands outside the store."""
    folder = corpus_folder(path)
    places = [name for entry in gone for name in entry.paths]
    found = [f"{name}: the file itself" for name in dict.fromkeys(places) if source_path(name, folder).exists()]
    for plain in (SOURCES_FILE, NOTES):
        try:
            text = (folder / plain).read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        if any(name in text for entry in gone for name in (entry.id, entry.citekey, *entry.paths)):
            found.append(f"{plain}: it names it")
    return tuple(found)


def _row(entry: Entry) -> dict[str, object]:
    row = entry.to_dict()
    return {name: row[name] for name in ("id", "citekey", "work", "version", "sha256", "text_sha256", "paths")}


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
