"""People's own notes beside documents and spans: a plain ``notes.jsonl`` in the corpus folder, never among the facts.

A line a note. The file is only ever appended to here; people may edit it, and git may keep it.
"""

from __future__ import annotations

import fcntl
import getpass
import json
import os
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ctcorpus.errors import StoreReadOnlyError, UsageError
from ctcorpus.model.entry import Entry
from ctcorpus.model.export import Note, Notes
from ctcorpus.model.span import Span
from ctcorpus.store import Store, corpus_folder

FILE = "notes.jsonl"
#: characters that one note may have
LONGEST = 20_000


def add_note(
    store: Store, entry: Entry, span: Span | None, text: str, *, tags: Sequence[str] = (), by: str | None = None
) -> Note:
    """Writes a note at the end of the file, for good before this returns; the note.

    by: who writes; None: git's user name, else the login name. Raises UsageError for a note without words or of more
    than LONGEST characters, StoreReadOnlyError where the corpus folder cannot be written.
    """
    words = text.strip()
    if not words or len(words) > LONGEST:
        raise UsageError(f"A note has 1 to {LONGEST} characters; this one has {len(words)}")
    place = entry.id if span is None else f"{entry.id}:{span.start}-{span.end}"
    folder = corpus_folder(store.path)
    author = (by if by is not None else writer(folder)).strip()
    if not author:
        raise UsageError("A note says who wrote it", "Say who with: --by NAME")
    clean = tuple(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))
    note = Note(place, entry.citekey, words, clean, author, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    _append(folder / FILE, json.dumps(note.to_dict(), ensure_ascii=False))
    return note


def read_notes(folder: Path) -> Notes:
    """All notes of a corpus folder, in the order of the file; a line that is no note is told, not lost."""
    try:
        lines = (folder / FILE).read_bytes().split(b"\n")
    except FileNotFoundError:
        return Notes(())
    found: list[Note] = []
    warnings: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found.append(_note(json.loads(line.decode("utf-8"))))
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            warnings.append(f"{FILE}, line {number} is no note: {type(error).__name__}: {str(error)[:120]}")
    return Notes(tuple(found), tuple(warnings))


def notes_beside(
    store: Store, entry: Entry | None = None, span: Span | None = None, *, tags: Sequence[str] = ()
) -> Notes:
    """The notes beside a document, in whatever version of it, or those that touch a span of this very version.

    entry None: beside any. tags: only those with every one of these.
    """
    every = read_notes(corpus_folder(store.path))
    works = {x.id: x.work for x in store.entries_of(note.document for note in every.notes).values()} if entry else {}

    def is_meant(note: Note) -> bool:
        if not set(tags) <= set(note.tags):
            return False
        if entry is None or span is None:
            return entry is None or note.document == entry.id or works.get(note.document) == entry.work
        return note.document == entry.id and (note.span is None or note.span.overlaps(span))

    return Notes(tuple(filter(is_meant, every.notes)), every.warnings)


def writer(folder: Path) -> str:
    """Who is writing: git's user name for this folder, else the login name; empty where neither is known."""
    try:
        told = subprocess.run(
            ["git", "config", "user.name"], cwd=folder, capture_output=True, text=True, timeout=5, check=False
        )
        if told.returncode == 0 and told.stdout.strip():
            return told.stdout.strip()
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):  # no git, or none that answers
        pass
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name
        return ""


def _note(data: Any) -> Note:
    """A note as it was written or edited; ValueError and its like where it is none."""
    if not isinstance(data, dict):
        raise TypeError("it is no JSON object")
    texts = [data[name] for name in ("id", "text", "by", "at")]
    tags = data.get("tags", [])
    if not all(isinstance(x, str) for x in [*texts, *tags]) or not isinstance(tags, list):
        raise TypeError("id, text, by, at and each of tags are texts")
    place, text, by, at = texts
    return Note(place, str(data.get("citekey", "")), text, tuple(tags), by, at)


def _append(path: Path, line: str) -> None:
    """Adds one line in a single write; begins a new line where an editor left the last one open."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise StoreReadOnlyError(path, os.strerror(error.errno or 0)) from error
    with os.fdopen(descriptor, "r+b", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        size = os.fstat(descriptor).st_size
        is_open = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
        file.write(("\n" if is_open else "").encode() + line.encode("utf-8") + b"\n")
        os.fsync(descriptor)
