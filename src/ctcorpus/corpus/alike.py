"""Near-duplicates and reprints: documents whose words are nearly the same are linked, and none is dropped.

Two documents are compared by their shingles, the runs of five words of their passages: exactly, as sets. Which pairs
are compared at all is found by a sketch of each document, the eighth part of its shingles by their hash, kept in the
generation's folder. A document of fewer than some sixty words has a sketch so small that its double may be missed.
"""

from __future__ import annotations

import json
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from zlib import crc32

from ctcorpus.errors import StoreDamagedError
from ctcorpus.model.document import Document
from ctcorpus.model.report import Alike
from ctcorpus.store import View

SKETCHES, LINKS = "sketches.bin", "alike.json"
#: words of a shingle
SHINGLE = 5
#: one shingle in so many is in the sketch
SAMPLED = 8
#: shared shingles over all of both: above, two documents are near-duplicates
NEAR_DUPLICATE = 0.8
#: shared shingles over those of the shorter: above, it is a reprint of a part, if it has so many at least
REPRINT, LEAST_REPRINT = 0.8, 40
#: a pair whose sketches share less than this part of the smaller is not looked at
_CANDIDATE = 0.4
#: a shingle in more new documents than this is a phrase of the house, and says nothing; links of a new document
_COMMON, _MOST_LINKS = 64, 20
_WORD = re.compile(r"\w+")
_ID_BYTES = 16


def read_links(folder: Path) -> tuple[Alike, ...]:
    """The linked pairs of a generation, most alike first; none where it has no such file."""
    try:
        rows = json.loads((folder / LINKS).read_bytes())
    except FileNotFoundError:
        return ()
    except ValueError as error:
        raise StoreDamagedError(folder, f"{LINKS}: {error}") from error
    return tuple(Alike(*row) for row in rows)


def write_links(
    folder: Path,
    parent: Path | None,
    view: View,
    removed: Iterable[str],
    added: Iterable[str],
    fresh_texts: Mapping[str, tuple[Document, object]] | None = None,
) -> None:
    """Writes sketches and links of the generation under way: the parent's that stay, and those of what is new.

    fresh_texts: documents that are in memory still.
    """
    held = fresh_texts or {}
    new = list(added)
    gone = {*removed, *new}
    sketches = {name: x for name, x in _read_sketches(parent) if name not in gone} if parent else {}
    links = [x for x in read_links(parent) if x.a not in gone and x.b not in gone] if parent else []
    fresh = {name: _sketch(shingles(view, name, held.get(name))) for name in new}
    sketches |= fresh
    links += _found(view, fresh, sketches)
    links.sort(key=lambda x: (-x.jaccard, -x.contained, x.a, x.b))
    rows = [[x.a, x.b, x.kind, x.jaccard, x.contained] for x in links]
    (folder / LINKS).write_text(json.dumps(rows, separators=(",", ":")), encoding="ascii")
    with (folder / SKETCHES).open("wb") as file:
        for name, sketch in sketches.items():
            file.write(bytes.fromhex(name) + len(sketch).to_bytes(4, "little") + _little(sketch).tobytes())


def shingles(view: View, id: str, held: tuple[Document, object] | None = None) -> set[str]:
    """The runs of five words of a document's passages, in lower case; of a shorter text, its words as one run."""
    texts = [x.span.of(held[0].text) for x in held[0].passages] if held else [x.text for x in view.passages_of(id)]
    words = [word for text in texts for word in _WORD.findall(text.lower())]
    if len(words) < SHINGLE:
        return {" ".join(words)} if words else set()
    return set(map(" ".join, zip(*(words[at:] for at in range(SHINGLE)), strict=False)))


def compared(a: str, b: str, ours: set[str], theirs: set[str]) -> Alike | None:
    """The link between two documents, None where they are not alike enough."""
    shared, least = len(ours & theirs), min(len(ours), len(theirs))
    if not shared:
        return None
    jaccard, contained = shared / len(ours | theirs), shared / least
    first, second = sorted((a, b))
    if jaccard >= NEAR_DUPLICATE:
        return Alike(first, second, "near_duplicate", round(jaccard, 4), round(contained, 4))
    if contained >= REPRINT and least >= LEAST_REPRINT:
        return Alike(first, second, "reprint", round(jaccard, 4), round(contained, 4))
    return None


def _found(view: View, fresh: Mapping[str, Sequence[int]], every: Mapping[str, Sequence[int]]) -> Iterator[Alike]:
    """The links between new documents and all others."""
    texts: dict[str, set[str]] = {}
    for a, others in _candidates(fresh, every).items():
        ours = texts.setdefault(a, shingles(view, a))
        for b in others:
            link = compared(a, b, ours, texts[b] if b in texts else shingles(view, b))
            if link is not None:
                yield link
        if len(texts) > 256:
            texts.clear()


def _candidates(fresh: Mapping[str, Sequence[int]], every: Mapping[str, Sequence[int]]) -> Mapping[str, list[str]]:
    """New document -> those that share much of its sketch, the likeliest first; each pair once."""
    holders: defaultdict[int, list[str]] = defaultdict(list)
    for name, sketch in fresh.items():
        for value in sketch:
            holders[value].append(name)
    told = {value: ids for value, ids in holders.items() if len(ids) <= _COMMON}
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for b, sketch in every.items():
        shared = Counter(a for value in sketch for a in told.get(value, ()) if a != b)
        for a, count in shared.items():
            if count >= max(2, _CANDIDATE * min(len(sketch), len(fresh[a]))) and not (b in fresh and b < a):
                found[a].append((-count, b))
    return {a: [b for _, b in sorted(others)[:_MOST_LINKS]] for a, others in found.items()}


def _sketch(runs: set[str]) -> array[int]:
    hashes = (crc32(run.encode("utf-8")) for run in runs)
    return array("I", sorted({x for x in hashes if x % SAMPLED == 0}))


def _read_sketches(folder: Path) -> Iterator[tuple[str, array[int]]]:
    try:
        data = (folder / SKETCHES).read_bytes()
    except FileNotFoundError:
        return
    at = 0
    while at < len(data):
        name = data[at : at + _ID_BYTES].hex()
        size = 4 * int.from_bytes(data[at + _ID_BYTES : at + _ID_BYTES + 4], "little")
        at += _ID_BYTES + 4 + size
        if at > len(data):
            raise StoreDamagedError(folder, f"{SKETCHES}: it ends too early")
        sketch = array("I")
        sketch.frombytes(data[at - size : at])
        yield name, _little(sketch)


def _little(values: array[int]) -> array[int]:
    """The values as they stand in the file, or back: least byte first, whatever the machine."""
    import sys

    if sys.byteorder == "little":
        return values
    swapped = array("I", values)
    swapped.byteswap()
    return swapped
