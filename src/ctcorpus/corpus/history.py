"""When each document came into the corpus: a file beside the index of each generation, sealed with the rest of it.

The rows of past generations are swept away; what "new since" means must outlive them, a rename and a rebuild.
"""

from __future__ import annotations

import json
from pathlib import Path

from ctcorpus.errors import UsageError
from ctcorpus.model.edtf import days
from ctcorpus.model.record import record
from ctcorpus.store import Store
from ctcorpus.store.writer import StoreWriter

FILE = "history.json"


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
    """Writes the history into the folder of the generation under way: its parent's, and what this one brings."""
    before = read_history(writer.base) if writer.base else History({}, {})
    number = writer.staged.generation
    searched = writer.staged.visible("entries", "id", "entries", "searched = 1")
    seen = {name: before.first_seen.get(name, number) for (name,) in searched}
    plain = {"created": before.created, "first_seen": seen}
    (writer.folder / FILE).write_text(json.dumps(plain, separators=(",", ":"), sort_keys=True), encoding="utf-8")


def read_history(store: Store) -> History:
    """The history up to the generation that is open; one made before there was a history counts as all new."""
    path = Path(store.index_folder) / FILE
    if not path.is_file():
        return History({store.generation: store.created}, {x.id: store.generation for x in store.entries()})
    plain = json.loads(path.read_bytes())
    created = {int(number): when for number, when in plain["created"].items()}
    return History({**created, store.generation: store.created}, plain["first_seen"])


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
    return history.before_day(asked if "T" in asked else found[0])
