"""The forward index: each passage's words in order, beside the inverted index and written in the same run.

A list names its segments. A run adds one, for the passages that it added, and takes documents out of others; segments
themselves never change, so the next generation links them. Where many are of about one size, they become one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

from ctcorpus.errors import StoreDamagedError
from ctcorpus.index.analysis import Token
from ctcorpus.index.folder import FORWARD_FORMAT
from ctcorpus.index.forward_builder import ForwardBuilder
from ctcorpus.index.forward_segment import GONE, SEGMENT, Held, Segment, file_name, written

LIST = "forward.json"
#: words of a segment at most, a passage counted as some: memory, when one is made, grows with its vocabulary
MOST_WORDS = 1 << 25
#: so many segments of one size become one; sizes are powers of it, from so many words on
_FANOUT, _SMALLEST = 8, 1_000


class ForwardWriter:
    """Builds the forward index of ``folder``, which holds links to the parent's segments already."""

    def __init__(self, folder: Path, parent: Path | None = None) -> None:
        self._folder = folder
        self._held = held_in(parent) if parent else []
        self._builder: ForwardBuilder | None = None

    def take(self, document: str, start: int, end: int, tokens: Sequence[Token]) -> None:
        """Adds a passage with the tokens of its body."""
        if self._builder is None:
            self._builder = ForwardBuilder(self._folder / file_name("spool"))
        self._builder.take(document, start, end, tokens)
        if self._builder.size >= MOST_WORDS:
            self._flush()

    def remove(self, documents: Iterable[str]) -> None:
        """Takes these documents out, as far as they were added before."""
        gone = list(documents)
        if not gone:
            return
        self._flush()
        left = []
        for held in self._held:
            with Segment(self._folder, held) as segment:
                numbers = segment.numbers_of(gone)
                left.append(segment.without(self._folder, numbers) if numbers else held)
        self._held = left

    def finish(self) -> None:
        """Writes what was added, merges segments where they are many, and names them all."""
        self._flush()
        while due := _due(self._held):
            kept = [x for x in self._held if x not in due]
            self._held = [*kept, *self._merged(due)]
        listed = [x.to_dict() for x in self._held]
        (self._folder / LIST).write_text(json.dumps({"format": FORWARD_FORMAT, "segments": listed}, indent=1) + "\n")
        named = {name for x in self._held for name in (x.name, x.gone)}
        for file in self._folder.iterdir():
            if file.suffix in (f".{SEGMENT}", f".{GONE}") and file.name not in named:
                file.unlink()

    def abandon(self) -> None:
        """Lets go of files; safe to call twice."""
        if self._builder is not None:
            self._builder.close()
            self._builder = None

    def _flush(self) -> None:
        if self._builder is not None:
            self._held.append(written(self._folder, [self._builder]))
            self.abandon()

    def _merged(self, due: Sequence[Held]) -> list[Held]:
        if not any(x.passages for x in due):
            return []
        with ExitStack() as opened:
            segments = [opened.enter_context(Segment(self._folder, x)) for x in due]
            for segment in segments:
                segment.file.check("words")  # what is damaged must not become sound by being written anew
            return [written(self._folder, segments)]


def held_in(folder: Path) -> list[Held]:
    """The segments of an index. Raises StoreDamagedError where their list is not there or is none."""
    try:
        return [Held.from_dict(x) for x in json.loads((folder / LIST).read_bytes())["segments"]]
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise StoreDamagedError(folder, f"{LIST} cannot be read: {error}") from error


def has_forward(folder: Path) -> bool:
    """Whether the index has a forward index that can be read; one made before there was any, or otherwise, has none."""
    try:
        return bool(json.loads((folder / LIST).read_bytes())["format"] == FORWARD_FORMAT)
    except FileNotFoundError:
        return False
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise StoreDamagedError(folder, f"{LIST} cannot be read: {error}") from error


def vocabulary(folder: Path, prefix: str = "") -> list[tuple[str, int]]:
    """The exact terms that begin so, in order, each with the number of passages that it stands in."""
    held = held_in(folder)
    if len(held) == 1:
        with Segment(folder, held[0]) as segment:
            return list(segment.beginning(prefix))
    counts: dict[str, int] = {}
    for one in held:
        with Segment(folder, one) as segment:
            for term, count in segment.beginning(prefix):
                counts[term] = counts.get(term, 0) + count
    return sorted(counts.items())


def _due(held: Sequence[Held]) -> Sequence[Held]:
    """The segments to be put together next: any of which more is gone than left is due alone; none where few are."""
    for one in held:
        if one.lost > one.words or not one.passages:
            return [one]
    sizes: dict[int, list[Held]] = {}
    for one in held:
        if one.words + 16 * one.passages < MOST_WORDS // _FANOUT:
            sizes.setdefault(_size(one.words), []).append(one)
    return next((x for _, x in sorted(sizes.items()) if len(x) >= _FANOUT), ())


def _size(words: int) -> int:
    size = 0
    while words >= _SMALLEST:
        words //= _FANOUT
        size += 1
    return size
