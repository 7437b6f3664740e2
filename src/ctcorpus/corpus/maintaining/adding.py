"""One more source: a file, or what an address holds, kept under ``sources/`` with address and time of retrieval."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ctcorpus.corpus.maintaining.indexing import index
from ctcorpus.corpus.maintaining.run import NOBODY, Request, Teller
from ctcorpus.corpus.stating.configuration import read_configuration
from ctcorpus.corpus.stating.sources_file import FILE as SOURCES_FILE
from ctcorpus.corpus.stating.sources_file import with_block
from ctcorpus.errors import CtcorpusError, NothingReadError, SourceError
from ctcorpus.ingest.readers import READERS
from ctcorpus.model.report import IndexReport
from ctcorpus.store import corpus_folder

if TYPE_CHECKING:
    from ctcorpus.annotate.thesaurus import Thesaurus
    from ctcorpus.corpus.maintaining.fetch import Fetched

#: where what was fetched is kept, in the corpus folder
FOLDER = "sources"
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]+")


def add(
    store: Path,
    given: Sequence[str],
    thesaurus: Thesaurus,
    *,
    allow_local: bool = False,
    jobs: int = 1,
    tell: Teller = NOBODY,
) -> IndexReport:
    """Takes in files and addresses, each given by a person; what that did to the store.

    What was forgotten before is welcome again here. Raises SourceError where an address cannot be fetched or what it
    holds cannot be read: then nothing of it is kept.
    """
    addresses = [x for x in given if is_address(x)]
    files = [Path(x) for x in given if not is_address(x)]
    report = index(store, Request(files, welcome=True, jobs=jobs), thesaurus, tell) if files else None
    for url in addresses:
        done = _add_address(store, url, thesaurus, allow_local, tell)
        report = done if report is None else _joined(report, done)
    assert report is not None
    return report


def is_address(text: str) -> bool:
    """Whether a person typed an address rather than a path."""
    return re.match(r"(?i)[a-z][a-z0-9+.-]*://", text) is not None


def _add_address(store: Path, url: str, thesaurus: Thesaurus, allow_local: bool, tell: Teller) -> IndexReport:
    from ctcorpus.citing.notes import writer
    from ctcorpus.corpus.maintaining.fetch import fetch  # slow to import, and a file needs nothing of it

    folder = corpus_folder(store)
    limits = read_configuration(folder).limits
    got = fetch(url, most_bytes=limits["add_bytes"], seconds=limits["add_seconds"], allow_local=allow_local)
    name = f"{FOLDER}/{_file_name(url, got)}"
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:00Z")
    values = {"match": name, "url": got.url, "by": writer(folder) or "ctcorpus add"}
    if got.url != url:
        values["note"] = f"asked for at {url}"
    quoted = {key: json.dumps(value, ensure_ascii=True) for key, value in values.items()}
    statements = folder / SOURCES_FILE
    text = with_block(statements, {**quoted, "at": now, "retrieved": now})
    before = {path: _bytes_of(path) for path in (folder / name, statements)}
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    try:
        _put(folder / name, got.data)
        _put(statements, text.encode("utf-8"))
        request = Request((folder / name,), welcome=True, remember=(folder / FOLDER,))
        report = index(store, request, thesaurus, tell)
        refused = next((x for x in report.failed if x.path == name), None)
        if refused is not None:
            raise SourceError(url, refused.reason)
    except CtcorpusError as error:
        for path, data in before.items():
            _restore(path, data)
        with contextlib.suppress(OSError):  # it holds other sources
            (folder / FOLDER).rmdir()
        if isinstance(error, NothingReadError) and error.failed:
            raise SourceError(url, error.failed[0][1]) from error
        raise
    return report


def _file_name(url: str, got: Fetched) -> str:
    """A name that the same address has every time: what it holds next time is then a version of the same work."""
    from urllib.parse import unquote, urlsplit

    from ctcorpus.corpus.maintaining.fetch import SUFFIXES

    parts = urlsplit(url)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    suffix = SUFFIXES.get(got.media_type) or Path(last).suffix.lower()
    if suffix not in READERS:
        suffix = next((x for x in (Path(last).suffix.lower(),) if x in READERS), "")
    if not suffix:
        raise SourceError(url, f"no reader for '{got.media_type}'")
    stem = _NOT_IN_NAMES.sub("-", f"{parts.hostname or ''}-{Path(last).stem}").strip("-.").lower()[:80]
    return f"{stem}-{hashlib.sha256(url.encode()).hexdigest()[:8]}{suffix}"


def _put(path: Path, data: bytes) -> None:
    """Writes the file under another name first; a reader sees all of it or nothing."""
    temporary = path.with_name(f".{path.name}.new")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _bytes_of(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _restore(path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink(missing_ok=True)
    else:
        _put(path, data)


def _joined(first: IndexReport, then: IndexReport) -> IndexReport:
    """Two runs told as one: the counts of both, and the state after the second."""
    counted = ("added", "updated", "removed", "stated", "reread", "changes", "warnings", "drafts")
    return replace(then, **{name: getattr(first, name) + getattr(then, name) for name in counted})
