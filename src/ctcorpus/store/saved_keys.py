"""``citekeys.tsv`` as it was saved: a few questions are answered, and a few lines added, without reading all of it in.

The lines are in order of citekey and path, each citekey with one work: so they were saved, and nobody has touched them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

HEADER = "citekey\twork\tpath"
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_PLAIN = {written: plain for plain, written in _ESCAPES.items()}


class SavedKeys:
    """The file's bytes, and what was said since. asked: how often all of them were looked through."""

    def __init__(self, data: bytes) -> None:
        self._data = data.removeprefix(f"{HEADER}".encode())  # every line that is left has a line break before it
        self.asked = 0
        #: work -> citekey, of works that the file does not know
        self._works: dict[str, str] = {}
        #: path -> work, of paths that it does not know
        self._paths: dict[str, str] = {}

    def at(self, path: str) -> tuple[str, str] | None:
        """(citekey, work) of what stands at this path."""
        work = self._paths.get(path)
        return self.of(work) if work else self._line(f"\t{escaped(path)}\n") if path else None

    def of(self, work: str) -> tuple[str, str] | None:
        """(citekey, work) of this work."""
        return (self._works[work], work) if work in self._works else self._line(f"\t{work}\t")

    def give(self, citekey: str, work: str) -> bool:
        """Gives the work this citekey, unless either is known; whether it was given."""
        if citekey in self._works.values() or self._line(f"\n{citekey}\t") or self.of(work):
            return False
        self._works[work] = citekey
        return True

    def note(self, citekey: str, work: str, path: str) -> bool:
        """Takes in that a work stands at a path; False, and nothing is taken in, where a line would have to change."""
        before = self.at(path)
        if before is not None:
            return before == (citekey, work)
        known = self.of(work)
        if known is None and not self.give(citekey, work):
            return False
        if known is not None and (known[0] != citekey or self._line(f"\t{work}\t\n")):
            return False
        self._paths[path] = work
        return True

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """Citekey, work and path of every line; the path is empty where the work stands nowhere."""
        for line in self._data.decode("utf-8").split("\n")[1:-1]:
            citekey, work, path = line.split("\t")
            yield citekey, work, unescaped(path)
        yield from self._added()

    def written(self) -> bytes:
        """The file with what was said since."""
        lines = self._data.decode("utf-8").split("\n")[1:-1]
        for citekey, work, path in self._added():
            at = bisect_left(lines, (citekey, path), key=_order)
            lines.insert(at, f"{citekey}\t{work}\t{escaped(path)}")
        return "".join(f"{line}\n" for line in (HEADER, *lines)).encode("utf-8")

    def _added(self) -> Iterator[tuple[str, str, str]]:
        standing = set(self._paths.values())
        for path, work in self._paths.items():
            found = self.of(work)
            assert found is not None
            yield found[0], work, path
        yield from ((citekey, work, "") for work, citekey in self._works.items() if work not in standing)

    def _line(self, part: str) -> tuple[str, str] | None:
        """Citekey and work of the first line that has this part, line breaks and tabs included."""
        self.asked += 1
        at = self._data.find(part.encode("utf-8"))
        if at < 0:
            return None
        begin = self._data.rfind(b"\n", 0, at + 1) + 1
        citekey, work, _ = self._data[begin : self._data.index(b"\n", begin)].decode("utf-8").split("\t")
        return citekey, work


def escaped(path: str) -> str:
    """The path as it stands in the file: without tabs and line breaks."""
    return re.sub(r"[\\\t\n\r]", lambda match: _ESCAPES[match.group()], path)


def unescaped(path: str) -> str:
    """The inverse of ``escaped``."""
    return re.sub(r"\\[\\tnr]", lambda match: _PLAIN[match.group()], path)


def _order(line: str) -> tuple[str, str]:
    citekey, _, path = line.split("\t")
    return citekey, unescaped(path)
