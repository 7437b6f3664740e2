"""What an answer is made of: its passages counted by what their documents state, and its hits in groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from ctcorpus.model.edtf import days
from ctcorpus.model.entry import Entry
from ctcorpus.model.hit import Count, Facets, Group, GroupBy, Hit
from ctcorpus.query.texts import Texts

#: passages that are counted, the best ones
MOST_COUNTED = 1_000
#: values that a facet lists
MOST_VALUES = 50


def month_of(published: str | None) -> str | None:
    """The month that a date of publication names, None where it names none or more than one.

    >>> month_of("2025-04-07"), month_of("2025"), month_of(None)
    ('2025-04', None, None)
    """
    found = days(published) if published else None
    if found is None or found[0][:7] != found[1][:7]:
        return None
    return found[0][:7]


def first_day(published: str | None) -> str | None:
    """The first day that a date of publication may mean, None where there is none."""
    found = days(published) if published else None
    return (found[0] or None) if found else None


class Counted:
    """The passages with all the words of one answer, by document."""

    def __init__(self, texts: Texts, passages: Sequence[str], total: int) -> None:
        """passages: ids, best first, at most MOST_COUNTED of them are taken. total: how many there are."""
        self._total = total
        self._passages = Counter(x.partition(":")[0] for x in passages[:MOST_COUNTED])
        self._entries = texts.entries_of(self._passages)
        self._texts = texts

    def facets(self) -> Facets:
        """The counts by site, month and kind of source."""
        return Facets(
            counted=self._passages.total(),
            of=self._total,
            site=self._by(_site),
            month=self._by(_month),
            kind=self._by(lambda x: x.kind),
        )

    def groups(self, hits: Iterable[Hit], by: GroupBy) -> tuple[Group, ...]:
        """The hits in groups, each where its best hit stands; a hit of several speakers stands with each."""
        ranks: dict[str | None, list[int]] = {}
        for hit in hits:
            for key in self._keys(hit, by):
                ranks.setdefault(key, []).append(hit.rank)
        return tuple(Group(key, tuple(found), self._count(key, by)) for key, found in ranks.items())

    def _keys(self, hit: Hit, by: GroupBy) -> Iterable[str | None]:
        match by:
            case "document":
                return (hit.document,)
            case "speaker":
                return dict.fromkeys(voice.speaker for voice in hit.voices) or (None,)
            case _:
                entry = self._entries.get(hit.document) or self._texts.entry(hit.document)
                return (_KEYS[by](entry),)

    def _count(self, key: str | None, by: GroupBy) -> int | None:
        if by == "speaker":
            return None
        if by == "document":
            return self._passages[key or ""]
        return sum(n for x, n in self._passages.items() if _KEYS[by](self._entries[x]) == key)

    def _by(self, value: Callable[[Entry], str | None]) -> tuple[Count, ...]:
        passages, documents = Counter[str | None](), Counter[str | None]()
        for document, count in self._passages.items():
            key = value(self._entries[document])
            passages[key] += count
            documents[key] += 1
        ranked = sorted(passages.items(), key=lambda x: (-x[1], x[0] is None, x[0] or ""))
        return tuple(Count(key, count, documents[key]) for key, count in ranked[:MOST_VALUES])


def _site(entry: Entry) -> str | None:
    return entry.site or entry.publisher


def _month(entry: Entry) -> str | None:
    return month_of(entry.published)


_KEYS: dict[str, Callable[[Entry], str | None]] = {"site": _site, "month": _month}
