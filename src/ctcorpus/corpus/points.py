"""The points of ``--new-since last``: up to which generation each question was answered, in one small file.

The file lies in the store's folder. A question is kept as a digest of what was asked: whom one reads is nobody's
business. It is replaced whole, so that it is never half written.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from ctcorpus.errors import StoreReadOnlyError
from ctcorpus.store.generation import sync

FILE = "points.json"
SCHEMA = "ctcorpus/points/1"


def point_of(store: Path, question: str) -> tuple[int, str] | None:
    """The generation at which the question was last answered, and when that was made; None where it never was."""
    found = _points(store).get(_key(question), {})
    generation, created = found.get("generation"), found.get("created")
    if isinstance(generation, int) and isinstance(created, str):
        return generation, created
    return None  # never asked, or written by hand: as if the question were new


def move_point(store: Path, question: str, generation: int, created: str) -> None:
    """Remembers that the question was answered at a generation. Raises StoreReadOnlyError."""
    points = {**_points(store), _key(question): {"generation": generation, "created": created}}
    text = json.dumps({"schema": SCHEMA, "points": points}, indent=1, sort_keys=True) + "\n"
    temporary = store / f".{FILE}.{os.urandom(4).hex()}"
    try:
        temporary.write_text(text, encoding="utf-8")
        sync(temporary)
        temporary.replace(store / FILE)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise StoreReadOnlyError(store, error.strerror or str(error)) from error


def _points(store: Path) -> dict[str, dict[str, object]]:
    try:
        plain = json.loads((store / FILE).read_bytes())
        points = plain["points"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return points if isinstance(points, dict) else {}


def _key(question: str) -> str:
    return hashlib.sha256(question.encode("utf-8", "surrogatepass")).hexdigest()[:32]
