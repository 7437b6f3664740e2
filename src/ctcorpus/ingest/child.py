"""What a child of the nursery does with its one file: gives up its rights, parses, answers."""

from __future__ import annotations

import gc
import json
import os
import struct
from collections.abc import Iterable
from typing import Any

from ctcorpus.ingest.decode import NotTextError
from ctcorpus.ingest.readers import Reading, UnreadableError, format_of
from ctcorpus.ingest.readers.formats import CSV, JSONL
from ctcorpus.ingest.sandbox import Limits, close_doors, confine, landlock

_HEADER = struct.Struct("=I")
#: where the file and the pipe for the answer are in a child
SOURCE, ANSWER, NOWHERE = 0, 1, 2
#: the last frame of every answer
END = {"end": True}
HEAD, TAIL = 1 << 17, 1 << 17


def prepare(order: dict[str, Any], source: int, warm: set[str]) -> str | None:
    """Imports the file's reader and everything that it imports late; why that is not possible, or None."""
    size = os.fstat(source).st_size
    head = os.pread(source, HEAD, 0) + (os.pread(source, TAIL, max(HEAD, size - TAIL)) if size > HEAD else b"")
    try:
        kind = format_of(str(order["name"]), head)
        if kind.name not in warm:
            kind.load()
            _import_late(kind.name)
            warm.add(kind.name)
            gc.collect()
            gc.freeze()  # what is here now is shared with every child
    except (NotTextError, UnreadableError) as error:
        return str(error)
    except ImportError as error:
        return f"a package that its reader needs is not installed: {error.name}"
    order["again"] = kind.again
    return None


def serve(order: dict[str, Any], source: int, answer: int, failure: str | None) -> None:
    """Reads the file within its limits and writes the answer; ends the process."""
    os.dup2(answer, 63)
    os.dup2(source, SOURCE)
    os.dup2(63, ANSWER)
    limits = Limits(order["wall"], order["cpu"], order["memory"], order["output"])
    confine(limits)
    close_doors((SOURCE, ANSWER, NOWHERE))  # the last is the null device: libraries write warnings there
    landlock()
    if failure is not None:
        _write({"reason": failure})
        _write(END)
        os._exit(0)
    try:
        data = _whole()
        if not data:
            raise UnreadableError("it is empty")
        for reading in _read(order, data):
            _write(reading.to_dict())
    except (NotTextError, UnreadableError) as error:
        _write({"reason": str(error)})
    except MemoryError:
        _write({"reason": f"it takes more than {limits.memory:,} bytes of memory to read"})
    except RecursionError:
        _write({"reason": "it is nested too deep for its reader"})
    except Exception as error:  # whatever a reader raises on a hostile file costs that file alone, and is told
        _write({"reason": f"its reader failed: {type(error).__name__}: {str(error)[:200]}"})
    _write(END)
    os._exit(0)


def _read(order: dict[str, Any], data: bytes) -> Iterable[Reading]:
    kind = format_of(str(order["name"]), data)
    if order["columns"] and kind in (CSV, JSONL):
        from ctcorpus.ingest.readers.table import read_csv, read_jsonl

        return (read_csv if kind is CSV else read_jsonl)(data, order["columns"])
    return kind.load(again=bool(order.get("second")))(data)


def _whole() -> bytes:
    size = os.fstat(SOURCE).st_size
    parts = []
    at = 0
    while at < size and (piece := os.pread(SOURCE, 1 << 24, at)):
        parts.append(piece)
        at += len(piece)
    return b"".join(parts)


def _write(value: dict[str, Any]) -> None:
    """Writes one frame: its length, then JSON."""
    data = json.dumps(value).encode("ascii")
    data = _HEADER.pack(len(data)) + data
    at = 0
    while at < len(data):
        at += os.write(ANSWER, data[at : at + (1 << 20)])


#: format -> a small file of it, read once in the nursery so that what its libraries import late is there
SAMPLES: dict[str, tuple[bytes, ...]] = {
    "html": (
        b"<html><body><article><h1>A title of words</h1>"
        + b"<p>Words of an article, here. </p>" * 20
        + b"</article></body></html>",
        b"<p>Words, and no article.</p>",
    ),
    "rtf": (rb"{\rtf1\ansi Words}",),
    "eml": (
        b"From: a@b.example\nSubject: =?utf-8?q?a?=\nDate: Wed, 01 May 2024 09:30:00 GMT\n"
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n"
        b"Content-Transfer-Encoding: base64\n\nV29yZHM=\n--x\nContent-Type: text/html\n\n<p>Words\n--x--\n",
    ),
    "jsonl": (b'{"text": "Words"}\n',),
    "csv": (b"text,title\nWords,Title\n",),
    "xml": (b"<a>Words</a>",),
}
#: formats whose files may hold files of other formats
_ATTACHED = ("html", "pdf", "docx", "pptx", "xlsx", "odt", "epub", "rtf", "text", "markdown")
HOLDERS = {
    "eml": _ATTACHED,
    "mbox": ("eml", *_ATTACHED),
    "msg": ("eml", *_ATTACHED),
    "mhtml": ("html",),
    "warc": _ATTACHED,
}


def _import_late(name: str) -> None:
    from ctcorpus.ingest.decode import decode
    from ctcorpus.ingest.readers import FORMATS, plugged

    decode("Многие слова статьи, написанной на кириллице.".encode("cp1251"))
    plugged()
    formats = {kind.name: kind for kind in FORMATS.values()}
    for other in (name, *HOLDERS.get(name, ())):
        if other not in formats:
            continue
        reader = formats[other].load()
        for sample in SAMPLES.get(other, (b"",)):
            try:
                list(reader(sample))
            except (UnreadableError, NotTextError, ValueError, OSError):
                continue
