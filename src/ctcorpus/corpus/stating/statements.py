"""What maintainers state about sources, and which documents each statement is about.

A statement never replaces what a source says: it stands beside it, and gives a value where the source has none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from ctcorpus.corpus.maintaining.patterns import is_glob, matches
from ctcorpus.corpus.maintaining.survey import PART
from ctcorpus.model.entry import Entry, Statement

#: what may be stated, in the order in which it is shown
FIELDS = ("title", "published", "url", "kind", "country", "reliability", "retrieved")
KINDS = ("state", "state_linked", "independent", "militant", "igo", "unknown")
#: the Admiralty's scale: how reliable a source is
RELIABILITY = ("A", "B", "C", "D", "E", "F")


@dataclass(frozen=True, slots=True)
class Block:
    """What one block of a file states, and of what. match: paths, globs, citekeys or addresses; one is enough.

    unique: a file name without its folder means a document only where no other document has it. name: what people call
    the block; without one it is the first of ``match``. left: what it says that could not be taken, a sentence each.
    """

    match: tuple[str, ...]
    values: Mapping[str, str]
    by: str
    at: str
    line: int | None = None
    unique: bool = False
    name: str | None = None
    left: tuple[str, ...] = ()


class Statements:
    """The blocks of one file, ready to be asked; a later block goes before an earlier one, field by field."""

    def __init__(self, source: str, blocks: Sequence[Block]) -> None:
        """source: what the file is called in the records."""
        self.source = source
        self._blocks = blocks
        self._plain: defaultdict[str, list[int]] = defaultdict(list)
        self._globs: list[tuple[str, int]] = []
        self._matched: set[int] = set()
        for number, block in enumerate(blocks):
            for pattern in block.match:
                if is_glob(pattern) and not _is_address(pattern):
                    self._globs.append((pattern, number))
                else:
                    self._plain[_normal(pattern)].append(number)

    def __len__(self) -> int:
        return len(self._blocks)

    def of(self, entry: Entry, names: Mapping[str, int] | None = None) -> dict[str, Statement]:
        """Field -> what is stated of this document. names: how many documents have a file name, for ``unique``."""
        found = {number for key in _keys(entry) for number in self._plain.get(key, ())}
        last = {path.rpartition("/")[2] for path in entry.paths}
        for name in last:
            numbers = self._plain.get(name, ())
            found.update(x for x in numbers if not self._blocks[x].unique or (names or {}).get(name, 1) == 1)
        found.update(number for glob, number in self._globs if any(matches(path, glob) for path in entry.paths))
        self._matched |= found
        stated: dict[str, Statement] = {}
        for number in sorted(found):
            block = self._blocks[number]
            stated |= {x: Statement(value, block.by, block.at, self.source) for x, value in block.values.items()}
        return stated

    def unmatched(self) -> list[str]:
        """A sentence for each block that no document belongs to, and for what the others say that cannot be taken."""
        found: list[str] = []
        for number, block in enumerate(self._blocks):
            where = f"{self.source}{f', line {block.line}' if block.line else ''}"
            name = block.name or next(iter(block.match), "")
            if number in self._matched:
                found.extend(f"{where}: '{name}': {x}" for x in block.left)
            elif name:
                found.append(f"{where}: no document is '{name}'")
        return found


def together(entry: Entry, files: Iterable[Statements], names: Mapping[str, int]) -> dict[str, Statement]:
    """All that is stated of a document: by these files anew, by others as it was; the last file goes first.

    What is stated again in the same words keeps who said so, and when.
    """
    anew = list(files)
    renewed = {x.source for x in anew}
    found = {name: x for name, x in entry.stated.items() if x.source not in renewed}
    for file in anew:
        found |= file.of(entry, names)
    return {name: _kept(entry.stated.get(name), x) for name, x in found.items()}


def _kept(before: Statement | None, now: Statement) -> Statement:
    same = before is not None and before.value == now.value and before.source == now.source
    return before if same and before is not None and before.by == now.by else now


def _keys(entry: Entry) -> Iterable[str]:
    """Everything that the document may be called by, as ``_normal`` gives it."""
    for path in entry.paths:
        yield path
        if PART in path:
            yield path.rpartition(PART)[0]
    yield entry.citekey
    yield entry.id
    if entry.url:
        yield _normal(entry.url)


def _normal(pattern: str) -> str:
    """An address without what does not tell pages apart (case of the host, fragment, last slash); a path without ./"""
    if not _is_address(pattern):
        return pattern.removeprefix("./").rstrip("/")
    parts = urlsplit(pattern)
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}{'?' if parts.query else ''}{parts.query}"


def _is_address(pattern: str) -> bool:
    return pattern.startswith(("http://", "https://"))
