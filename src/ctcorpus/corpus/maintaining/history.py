"""When each document came into the corpus: files beside the index of each generation, sealed with the rest of it.

The rows of past generations are swept away; what "new since" means must outlive them, a rename and a rebuild.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ctcorpus.corpus.maintaining.tiers import keep, part, parts, split
from ctcorpus.errors import StoreDamagedError, UsageError
from ctcorpus.model.edtf import days
from ctcorpus.model.record import record
from ctcorpus.store import Store
from ctcorpus.store.writer import StoreWriter

#: of the files, one for some generations each
STEM = "history"


@record
class History:
    """created: generation -> when it was made, UTC. first_seen: document -> the generation that brought it."""

    created: dict[int, str]
    first_seen: dict[str, int]

    def after(self, generation: int) -> tuple[str, ...]:
        """The documents that came after a generation, in order of id."""
        return tuple(sorted(x for x, came in self.first_seen.items() if came > generation))

    def before_day(self, day: str) -> int:
        """The last generation that was made before a day or minute (UTC), 0 where there is none."""
        return max((number for number, created in self.created.items() if created < day), default=0)


def write_history(writer: StoreWriter) -> None:
    """Writes the history into the folder of the generation under way: what is new since the one before, and its links.

    A part says when generations were made, which documents went, and which came and when; in this order.
    """
    number = writer.staged.generation
    before = parts(writer.before, STEM) if writer.before else []
    if not before or writer.base is None:
        known = read_history(writer.base) if writer.base else History({}, {})
        came = {name: known.first_seen.get(name, number) for name in writer.staged.added(since=0)}
        _write(part(writer.folder, STEM, number), _Part(known.created, set(), came))
        return
    removed, added = writer.changed()
    new = _Part(
        {writer.base.generation: writer.base.created},
        set(removed) - set(added),
        dict.fromkeys(sorted(set(added) - set(removed)), number),
    )
    kept, merged = split(before, len(_plain(new)))
    for older in reversed(merged):
        new = _read(older).then(new)
    _write(part(writer.folder, STEM, number), new)
    keep(kept, writer.folder)


def read_history(store: Store) -> History:
    """The history up to the generation that is open; one made before there was a history counts as all new."""
    found = parts(Path(store.index_folder), STEM)
    if not found:
        return History({store.generation: store.created}, {x.id: store.generation for x in store.entries()})
    whole = _Part({}, set(), {})
    for path in found:
        whole = whole.then(_read(path))
    return History({**whole.created, store.generation: store.created}, whole.came)


@dataclass(frozen=True, slots=True)
class _Part:
    """What came about in some generations. went: documents of earlier ones; came: document -> generation."""

    created: dict[int, str]
    went: set[str]
    came: dict[str, int]

    def then(self, later: _Part) -> _Part:
        """Both as one."""
        stayed = {name: number for name, number in self.came.items() if name not in later.went}
        return _Part(self.created | later.created, self.went | later.went, stayed | later.came)


def _plain(some: _Part) -> bytes:
    plain = {"created": some.created, "went": sorted(some.went), "came": some.came}
    return json.dumps(plain, separators=(",", ":")).encode("ascii")


def _write(path: Path, some: _Part) -> None:
    path.write_bytes(_plain(some))


def _read(path: Path) -> _Part:
    try:
        plain = json.loads(path.read_bytes())
        created = {int(number): when for number, when in plain["created"].items()}
        return _Part(created, set(plain["went"]), plain["came"])
    except (ValueError, KeyError) as error:
        raise StoreDamagedError(path.parent, f"{path.name}: {error}") from error


def generation_before(asked: str, history: History) -> int:
    """The generation after which documents are new: ``asked`` is its number, or a date (its first day, UTC).

    Raises UsageError for anything else.
    """
    if asked.isdecimal() and (len(asked) < 4 or int(asked) in history.created):
        return int(asked)
    found = days(asked)
    if found is None or not found[0]:
        raise UsageError(
            f"'{asked}' is no generation and no date", "Write last, a generation as in: 12, or a date as in: 2025-04-07"
        )
    start = asked.partition("/")[0]
    return history.before_day(_utc(start) if "T" in start else found[0])


def _utc(minute: str) -> str:
    """The minute in UTC; one that names no clock is of it."""
    plain = minute.rstrip("~?%")
    moment = datetime.fromisoformat(plain)
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M}" if moment.tzinfo else plain
