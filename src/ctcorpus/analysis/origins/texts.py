"""Articles that share their words: exact Jaccard over shingles, found through an inverted index.

A shingle is five words side by side, folded. Shingles of many documents (a site's standing phrases) bring no pair
together, but count in the share.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ctcorpus.model.span import Span

WORDS = 5
#: share of the shingles of both, or of the shorter one, from which two articles count as one text
LEAST_SHARE, LEAST_CONTAINED = 0.3, 0.6
#: a shingle that stands in more documents than this tells nothing
MOST_HOLDERS = 20
#: shared shingles from which a pair is looked at
LEAST_SHARED = 5

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Alike:
    """Two documents that share words. share: Jaccard; contained: of the shorter one. a_span, b_span: the first
    stretch that both have."""

    a: str
    b: str
    share: float
    contained: float
    a_span: Span
    b_span: Span


def alike(texts: Iterable[tuple[str, str, Sequence[Span] | None]]) -> Iterator[Alike]:
    """The pairs of documents that share enough of their words, in the order given.

    texts: (id, text, the stretches of it that are compared or None for all).
    Linear in the texts' length; no pair is looked at that shares no telling shingle.
    """
    read = {document: (text, spans or (Span(0, len(text)),)) for document, text, spans in texts}
    shingles = {document: _shingles(*where) for document, where in read.items()}
    placed = lru_cache(maxsize=8)(lambda document: _placed(*read[document]))
    for (a, b), count in _shared(shingles).items():
        if count < LEAST_SHARED:
            continue
        first, second = shingles[a].keys(), shingles[b].keys()
        common = first & second
        share, contained = len(common) / len(first | second), len(common) / min(len(first), len(second))
        if share >= LEAST_SHARE or contained >= LEAST_CONTAINED:
            here, there = placed(a), placed(b)
            begin = min(common, key=lambda x: here[x].start)
            yield Alike(a, b, share, contained, here[begin], there[begin])


def _shared(shingles: Mapping[str, Mapping[int, None]]) -> Counter[tuple[str, str]]:
    """How many telling shingles two documents share, for those that share any, in order of the first of them."""
    seen: set[int] = set()
    twice: set[int] = set()
    for found in shingles.values():
        twice.update(filter(seen.__contains__, found))
        seen.update(found)
    holders: dict[int, list[str]] = {}
    for document, found in shingles.items():
        for shingle in filter(twice.__contains__, found):
            holders.setdefault(shingle, []).append(document)
    shared: Counter[tuple[str, str]] = Counter()
    for documents in holders.values():
        if len(documents) <= MOST_HOLDERS:
            shared.update((a, b) for n, a in enumerate(documents) for b in documents[n + 1 :])
    return shared


def _shingles(text: str, spans: Sequence[Span]) -> Mapping[int, None]:
    """The shingles of these stretches, in order, each once."""
    found: dict[int, None] = {}
    for span in spans:
        words = [x.casefold() for x in _WORD.findall(text, span.start, span.end)]
        found.update(dict.fromkeys(map(hash, zip(*(words[at:] for at in range(WORDS)), strict=False))))
    return found


def _placed(text: str, spans: Sequence[Span]) -> Mapping[int, Span]:
    """Shingle -> where it first stands."""
    found: dict[int, Span] = {}
    for span in spans:
        words = [(x[0].casefold(), x.start(), x.end()) for x in _WORD.finditer(text, span.start, span.end)]
        for at in range(len(words) - WORDS + 1):
            some = words[at : at + WORDS]
            found.setdefault(hash(tuple(x[0] for x in some)), Span(some[0][1], some[-1][2]))
    return found
