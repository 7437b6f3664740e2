"""Near-duplicates and reprints: documents whose words are nearly the same are linked, and none is dropped.

Two documents are compared by their shingles, the runs of five words of their passages: exactly, as sets. Which pairs
are compared at all is found by a sketch of each document, the eighth part of its shingles by their hash, kept in the
generation's folder (``sketches``). A document of fewer than some sixty words has a sketch so small that its double may
be missed.
"""

from __future__ import annotations

import json
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from zlib import crc32

from ctcorpus.corpus.maintaining.sketches import Sketches
from ctcorpus.corpus.maintaining.tiers import keep, part, parts, split
from ctcorpus.errors import StoreDamagedError
from ctcorpus.model.document import Document
from ctcorpus.model.report import Alike
from ctcorpus.store import View
from ctcorpus.store.writer import StoreWriter

SKETCHES, LINKS = "sketches", "alike.json"
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


def read_links(folder: Path) -> tuple[Alike, ...]:
    """The linked pairs of a generation, most alike first; none where it has no such file."""
    try:
        rows = json.loads((folder / LINKS).read_bytes())
    except FileNotFoundError:
        return ()
    except ValueError as error:
        raise StoreDamagedError(folder, f"{LINKS}: {error}") from error
    return tuple(Alike(*row) for row in rows)


def write_links(writer: StoreWriter, known: Mapping[str, Sequence[int]]) -> None:
    """Writes sketches and links of the generation under way: those of before that stay, and those of what is new.

    known: document -> ``sketch_of`` it, as far as that is at hand.
    """
    view, before = writer.staged, writer.before
    files = parts(before, SKETCHES) if before else []
    removed, new = writer.changed() if files else ([], view.added(since=0))
    gone = {*removed, *new}
    links = [x for x in read_links(before) if x.a not in gone and x.b not in gone] if before and files else []
    if new:
        fresh = Sketches.of({name: known.get(name) or _sketch(shingles(view, name)) for name in new})
        older = [Sketches.read(file) for file in files]
        links += _found(view, fresh, older)
        files, merged = split(files, fresh.bytes())
        rest = older[len(files) :]
        kept = _searched(view, [name for part in rest for name in part.ids]) if merged else set()
        Sketches.together(rest, fresh, kept - set(new)).write(part(writer.folder, SKETCHES, view.generation))
    keep(files, writer.folder)
    links.sort(key=lambda x: (-x.jaccard, -x.contained, x.a, x.b))
    rows = [[x.a, x.b, x.kind, x.jaccard, x.contained] for x in links]
    (writer.folder / LINKS).write_text(json.dumps(rows, separators=(",", ":")), encoding="ascii")


def shingles(view: View, id: str) -> set[str]:
    """The runs of five words of a document's passages, in lower case; of a shorter text, its words as one run."""
    return _runs(x.text for x in view.passages_of(id))


def sketch_of(document: Document) -> array[int]:
    """What documents that may be alike are found by: the hashes of some of its shingles, in order."""
    return _sketch(_runs(x.span.of(document.text) for x in document.passages))


def _runs(texts: Iterable[str]) -> set[str]:
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


def _found(view: View, fresh: Sketches, older: Sequence[Sketches]) -> Iterator[Alike]:
    """The links between new documents and all others."""
    texts: dict[str, set[str]] = {}
    for a, others in _candidates(view, fresh, older).items():
        ours = texts.setdefault(a, shingles(view, a))
        for b in others:
            link = compared(a, b, ours, texts[b] if b in texts else shingles(view, b))
            if link is not None:
                yield link
        if len(texts) > 256:
            texts.clear()


def _candidates(view: View, fresh: Sketches, older: Sequence[Sketches]) -> Mapping[str, list[str]]:
    """New document -> those that share much of its sketch, the likeliest first; each pair once."""
    among: defaultdict[int, Counter[int]] = defaultdict(Counter)
    before: defaultdict[int, Counter[tuple[int, int]]] = defaultdict(Counter)
    for value, holders in fresh.shared():
        if len(holders) > _COMMON:
            continue
        old = [(number, at) for number, part in enumerate(older) for at in part.holders(value)]
        for nth, a in enumerate(holders):
            among[a].update(holders[nth + 1 :])
            if old:
                before[a].update(old)
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for a, counts in among.items():
        for b, count in counts.items():
            if _much(count, fresh.sizes[a], fresh.sizes[b]):
                found[fresh.ids[a]].append((-count, fresh.ids[b]))
    for a, others in before.items():
        likely = [x for x in others.items() if _much(x[1], fresh.sizes[a], older[x[0][0]].sizes[x[0][1]])]
        names = {older[number].ids[at]: -count for (number, at), count in likely if _is_last(fresh, older, number, at)}
        found[fresh.ids[a]] += [(names[b], b) for b in _searched(view, names)]
    return {a: [b for _, b in sorted(others)[:_MOST_LINKS]] for a, others in found.items()}


def _much(shared: int, ours: int, theirs: int) -> bool:
    return shared >= max(2, _CANDIDATE * min(ours, theirs))


def _is_last(fresh: Sketches, older: Sequence[Sketches], number: int, at: int) -> bool:
    """Whether no later part holds the document too."""
    name = older[number].ids[at]
    return all(part.place(name) is None for part in (*older[number + 1 :], fresh))


def _searched(view: View, names: Iterable[str]) -> set[str]:
    """Those of the documents that are searched."""
    wanted, found = list(names), set[str]()
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        where = f"searched = 1 AND id IN ({','.join('?' * len(some))})"
        found.update(name for (name,) in view.visible("entries", "id", "entries", where, *some))
    return found


def _sketch(runs: set[str]) -> array[int]:
    hashes = (crc32(run.encode("utf-8")) for run in runs)
    return array("I", sorted({x for x in hashes if x % SAMPLED == 0}))
