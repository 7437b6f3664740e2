"""From what a person types to a document: an id, the beginning of one, a citekey or a path."""

from __future__ import annotations

import os
import re
from pathlib import Path

from ctcorpus.errors import UnknownIdError, UsageError
from ctcorpus.model.entry import Entry
from ctcorpus.store.citekeys import corpus_folder
from ctcorpus.store.view import View

_PREFIX = re.compile(r"[0-9a-f]{6,32}")
#: above this many documents nobody is kept waiting for names that look alike
_COMPARED = 20_000


def find(view: View, reference: str) -> Entry:
    """The document that the reference names: its id or the first 6 digits or more of it, its citekey, its path as
    stored, absolute or from the working directory, or its file name where only one document has it.

    A citekey stands for the newest version. Raises UnknownIdError with the nearest names, and UsageError naming the
    candidates when there are several.
    """
    word = reference.strip()
    entry = _by_id(view, word.lower()) or _by_citekey(view, word) or _by_path(view, word)
    if entry is None:
        raise UnknownIdError(reference, _nearest(view, word))
    return entry


def _by_id(view: View, word: str) -> Entry | None:
    if not _PREFIX.fullmatch(word):
        return None
    found = view.visible("entries", "DISTINCT id", "entries", "id >= ? AND id < ?", word, word + "g")
    return _only(view, word, sorted(str(row[0]) for row in found if str(row[0]).startswith(word)))


def _by_citekey(view: View, word: str) -> Entry | None:
    found = view.visible("entries", "id", "entries", "citekey = ?", word)
    entries = [entry for entry in view.entries_of(row[0] for row in found).values() if entry.citekey == word]
    return max(entries, key=lambda entry: (entry.superseded_by is None, entry.version, entry.id), default=None)


def _by_path(view: View, word: str) -> Entry | None:
    folder = corpus_folder(view.path)
    absolute = os.path.normpath(Path.cwd() / word)
    for path in dict.fromkeys([word, os.path.normpath(word), absolute, os.path.relpath(absolute, folder)]):
        file = view.file_at(path)
        if file:
            return view.entry(file.document)
    ending = "/" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    found = view.visible("files", "DISTINCT document", "files", "path LIKE ? ESCAPE '\\'", "%" + ending)
    return _only(view, word, [row[0] for row in found])


def _only(view: View, word: str, ids: list[str]) -> Entry | None:
    if len(ids) < 2:
        return view.entry(ids[0]) if ids else None
    shown = [f"{entry.id[:12]} ({entry.path})" for entry in view.entries_of(ids[:10]).values()]
    raise UsageError(f"'{word}' stands for {len(ids)} documents", f"Say which: {', '.join(shown)}")


def _nearest(view: View, word: str) -> list[str]:
    if view.visible("entries", "count(*)", "entries", "1")[0][0] > _COMPARED:
        return []
    import difflib  # only a failed look-up pays for it

    names: dict[str, str] = {}
    for citekey, path in view.visible("entries", "citekey, path", "entries", "searched = 1"):
        names[str(citekey)] = str(citekey)
        names[str(path).rpartition("/")[2]] = str(path)
    close = difflib.get_close_matches(word, names, n=3, cutoff=0.5)
    return [names[name] for name in close]
