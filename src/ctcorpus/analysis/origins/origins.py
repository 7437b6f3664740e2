"""How many origins some articles have: shared, differently named, or unknown. Never "independent".

Two signs link articles: they share their words (a copied text), or the words in question are put down to one named
source ("according to ISPR"). What names no source may come from any of them, so only a least and a most are given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ctcorpus.analysis.basis import basis_of
from ctcorpus.analysis.material import Material
from ctcorpus.analysis.origins.texts import Alike, alike
from ctcorpus.annotate.fold import folded
from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.model.analysis import OriginLink, Origins, OriginsReport, Place
from ctcorpus.model.span import Span

#: characters of selected words that are compared; beyond that only named sources link documents, and it is said
MOST_COMPARED = 3_000_000
#: links that an answer lists; the counts hold for all
MOST_LINKS = 500

_UNNAMED = frozenset(("unnamed_official",))
_ARTICLES = frozenset(("the", "a", "an", "his", "her", "its", "their"))


@dataclass(frozen=True, slots=True)
class Upstream:
    """A named source that a document puts words down to. key: equal for one source. span: where it is named."""

    document: str
    key: str
    name: str
    span: Span


class Upstreams:
    """Tells which sources have a name of their own, and which names are one source."""

    def __init__(self, table: LabelTable) -> None:
        self._table = table
        self._key = lru_cache(maxsize=65_536)(self._key_of)

    def of(self, document: str, speaker: str | None, kind: str, start: int, end: int) -> Upstream | None:
        """The source, or None where it has no name: "officials", "data from the media"; kind: of speaker."""
        key = self._key(speaker or "", kind)
        return None if key is None else Upstream(document, key, speaker or "", Span(start, end))

    def _key_of(self, speaker: str, kind: str) -> str | None:
        words = [x.strip("“”\"'‘’,.") for x in speaker.split()]
        if kind in _UNNAMED or not words:
            return None
        concept = self._concept(words)
        if concept is not None:
            return concept
        named = [x for x in words if x[:1].isupper() and x.lower() not in _ARTICLES and self._table.find([x]) is None]
        if not named or (kind == "unknown" and len(named) < 2):
            return None
        return " ".join(folded(" ".join(named)))

    def _concept(self, words: list[str]) -> str | None:
        """The concept that a speaker's words name, articles and what follows a comma left out."""
        while words and words[0].lower() in _ARTICLES:
            words = words[1:]
        found = self._table.find(words) if words else None
        return found.id if found is not None and not found.umbrella and found.type != "place" else None


def origins(material: Material, table: LabelTable) -> OriginsReport:
    """The origins of the documents of a selection, by what they say there and by the words that they share."""
    texts = list(_texts(material))
    named = list(_named(material, Upstreams(table)))
    found = count(material.selection.documents, named, alike(texts), material.words)
    return OriginsReport(basis_of(material.selection), found, len(texts))


def _named(material: Material, upstreams: Upstreams) -> Iterator[Upstream]:
    """The named sources of the selected quotations and figures of each document, each once."""
    pairs = zip(material.quotation_lines(), material.figure_lines(), strict=True)
    for (entry, quoted), (_, figures) in pairs:
        seen: set[str] = set()
        said = [(x.speaker, x.speaker_kind, x.start, x.end) for x in quoted]
        said += [(x.speaker, x.speaker_kind or "", x.said_start or 0, x.said_end or 0) for x in figures]
        for speaker, kind, start, end in said:
            upstream = upstreams.of(entry.id, speaker, kind, start, end) if speaker else None
            if upstream is not None and upstream.key not in seen:
                seen.add(upstream.key)
                yield upstream


def _texts(material: Material) -> Iterator[tuple[str, str, tuple[Span, ...] | None]]:
    """(id, text, selected stretches) of the documents in order of path, as long as MOST_COMPARED lasts."""
    left = MOST_COMPARED
    for document in material.selection.documents:
        spans = material.selection.spans.get(document)
        text = material.text(document)
        left -= sum(len(x) for x in spans) if spans else len(text)
        if left < 0:
            return
        yield document, text, spans


def count(
    documents: Sequence[str],
    named: Sequence[Upstream],
    pairs: Iterable[Alike],
    words: Callable[[str, Span], str],
) -> Origins:
    """At least, at most and unknown origins of these documents, with what links them.

    At most: one for each set of documents that nothing links. At least: the sets that name a source (1 where none
    does, 0 without documents). words: gives what stands at a span.
    """
    groups = _Groups(documents)
    links: list[OriginLink] = []
    for pair in pairs:
        if groups.has(pair.a, pair.b):
            groups.join(pair.a, pair.b)
            links += [_copy(pair, words)] if len(links) < MOST_LINKS else []
    first: dict[str, Upstream] = {}
    for upstream in named:
        known = first.setdefault(upstream.key, upstream)
        if known.document != upstream.document and groups.has(known.document, upstream.document):
            groups.join(known.document, upstream.document)
            links += [_shared(known, upstream, words)] if len(links) < MOST_LINKS else []
    sets = {groups.root(x) for x in documents}
    with_name = {groups.root(x.document) for x in named}
    unknown = sum(1 for x in documents if groups.root(x) not in with_name)
    least = max(len(with_name), 1 if documents else 0)
    return Origins(len(set(documents)), least, len(sets), unknown, tuple(links))


class _Groups:
    """Sets of documents that are linked."""

    def __init__(self, documents: Iterable[str]) -> None:
        self._above = {x: x for x in documents}

    def has(self, *documents: str) -> bool:
        return all(x in self._above for x in documents)

    def root(self, document: str) -> str:
        while self._above[document] != document:
            self._above[document] = document = self._above[self._above[document]]
        return document

    def join(self, a: str, b: str) -> None:
        self._above[self.root(b)] = self.root(a)


def _copy(pair: Alike, words: Callable[[str, Span], str]) -> OriginLink:
    shares = f"{100 * pair.share:.0f} % of their sequences of words, {100 * pair.contained:.0f} % of the shorter"
    spans = (_place(pair.a, pair.a_span, words), _place(pair.b, pair.b_span, words))
    return OriginLink(pair.a, pair.b, f"they share {shares}", spans)


def _shared(a: Upstream, b: Upstream, words: Callable[[str, Span], str]) -> OriginLink:
    name = a.name if a.name == b.name else f"{a.name} / {b.name}"
    spans = (_place(a.document, a.span, words), _place(b.document, b.span, words))
    return OriginLink(a.document, b.document, f"both put words down to one source: {name}", spans)


def _place(document: str, span: Span, words: Callable[[str, Span], str]) -> Place:
    return Place(document, span.start, span.end, words(document, span))
