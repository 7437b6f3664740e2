"""Articles that share their words: exact Jaccard over shingles, found through an inverted index.

A shingle is five words side by side, folded. Shingles of many documents (a site's standing phrases) bring no pair
together, but count in the share.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

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
    shingles: dict[str, Mapping[int, Span]] = {}
    holders: dict[int, list[str]] = {}
    for document, text, spans in texts:
        shingles[document] = found = _shingles(text, spans or (Span(0, len(text)),))
        for shingle in found:
            holders.setdefault(shingle, []).append(document)
    shared: Counter[tuple[str, str]] = Counter()
    for documents in holders.values():
        if 1 < len(documents) <= MOST_HOLDERS:
            shared.update((a, b) for n, a in enumerate(documents) for b in documents[n + 1 :])
    for (a, b), count in shared.items():
        if count >= LEAST_SHARED and (pair := _pair(a, b, shingles[a], shingles[b])) is not None:
            yield pair


def _pair(a: str, b: str, first: Mapping[int, Span], second: Mapping[int, Span]) -> Alike | None:
    common = first.keys() & second.keys()
    share = len(common) / len(first.keys() | second.keys())
    contained = len(common) / min(len(first), len(second))
    if share < LEAST_SHARE and contained < LEAST_CONTAINED:
        return None
    begin = min(common, key=lambda x: first[x].start)
    return Alike(a, b, share, contained, first[begin], second[begin])


def _shingles(text: str, spans: Sequence[Span]) -> Mapping[int, Span]:
    """Shingle -> where it first stands."""
    found: dict[int, Span] = {}
    for span in spans:
        words = [(x[0].casefold(), x.start(), x.end()) for x in _WORD.finditer(text, span.start, span.end)]
        for at in range(len(words) - WORDS + 1):
            some = words[at : at + WORDS]
            found.setdefault(hash(tuple(x[0] for x in some)), Span(some[0][1], some[-1][2]))
    return found
