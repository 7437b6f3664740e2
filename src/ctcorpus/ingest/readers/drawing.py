"""Charts and diagrams of an Office file: the words and values that they show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from ctcorpus.ingest.readers.cells import number
from ctcorpus.ingest.readers.package import Package, local, walk


def drawn(package: Package, parts: Iterable[str]) -> Iterator[str]:
    """The paragraphs and values of these charts and diagrams."""
    for name in parts:
        root = package.xml(name)
        if root is not None:
            yield from _lines(root)


def _lines(root: etree._Element) -> Iterator[str]:
    """Every paragraph, and the points of a series in one line; a series that says the same again is said once."""
    words: list[str] = []
    points: list[str] = []
    said: set[str] = set()
    for event, element in walk(root):
        name = local(element)
        if event == "start":
            if name == "t":
                words.append(element.text or "")
            elif name == "v" and (element.text or "").strip():
                points.append(number((element.text or "").strip()))
        elif name == "p" and words:
            yield "".join(words)
            words.clear()
        elif name in ("strCache", "numCache", "strLit", "numLit", "lvl") and points:
            line = "\t".join(points)
            points.clear()
            if line not in said:
                said.add(line)
                yield line
    yield from points
