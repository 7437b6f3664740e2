"""Readers of drafts: the bytes of one format -> a ``Draft``. A file per format; a new one is a line in READERS."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

from ctcorpus.citing.checking.draft import Draft
from ctcorpus.citing.checking.drafts.docx import read_docx
from ctcorpus.citing.checking.drafts.markdown import read_markdown, read_plain
from ctcorpus.citing.checking.drafts.tex import read_tex
from ctcorpus.errors import SourceError
from ctcorpus.ingest.source import read_source

Reader: TypeAlias = Callable[[str, bytes], Draft]

#: suffix, in lower case -> its reader (name, bytes)
READERS: Mapping[str, Reader] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_plain,
    ".text": read_plain,
    ".tex": read_tex,
    ".docx": read_docx,
}
#: a larger file is no draft of a person
MAX_BYTES = 10 * 1024 * 1024

__all__ = ["MAX_BYTES", "READERS", "read_bytes", "read_draft", "read_file"]


def read_file(path: Path) -> bytes:
    """The bytes of a draft. Raises SourceError: no such file, no regular file, too large."""
    data = read_source(path)
    _refuse_large(str(path), data)
    return data


def read_draft(path: Path) -> Draft:
    """The draft of a file. Raises SourceError: not to be opened, of an unknown format, too large, empty, broken."""
    if path.suffix.lower() not in READERS:
        known = " ".join(READERS)
        raise SourceError(path, f"it is no draft that can be read; known: {known}, and exports as .jsonl or .json")
    return read_bytes(read_file(path), name=str(path))


def read_bytes(data: bytes, *, name: str) -> Draft:
    """The draft of bytes in memory; the suffix of ``name`` chooses the reader, markdown without a known one."""
    _refuse_large(name, data)
    if not data.strip():
        raise SourceError(name, "it is empty")
    reader = READERS.get(Path(name).suffix.lower(), read_markdown)
    draft = reader(name, data)
    if not draft.plain.strip():
        raise SourceError(name, "it holds no text")
    return draft


def _refuse_large(name: str, data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise SourceError(name, f"it has {len(data):,} bytes; a draft of at most {MAX_BYTES:,} is checked")
