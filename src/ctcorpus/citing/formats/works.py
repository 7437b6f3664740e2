"""The sources of an export, each once, with its passages: what the bibliographic formats make a record of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ctcorpus.citing.formats.characters import one_line
from ctcorpus.model.export import CitedPassage

#: words of a site's own name that say what it is; every other site is just a site
_NEWSPAPER = frozenset({"newspaper", "daily", "times", "tribune", "herald", "gazette", "chronicle", "telegraph"})
_MAGAZINE = frozenset({"magazine", "weekly", "monthly", "quarterly"})
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T\d\d:\d\d.*)?")


@dataclass(frozen=True, slots=True)
class Work:
    """One document and what is quoted from it, in order of the export. key: its citekey, unique in the export."""

    key: str
    passages: tuple[CitedPassage, ...]

    @property
    def source(self) -> CitedPassage:
        """Any of its passages: they say the same of their source."""
        return self.passages[0]

    @property
    def medium(self) -> str:
        """``newspaper``, ``magazine`` or ``site``, as the site's own name says it; ``site`` where it does not."""
        words = set(re.findall(r"[a-z]+", (self.source.site or self.source.publisher or "").lower()))
        return "newspaper" if words & _NEWSPAPER else "magazine" if words & _MAGAZINE else "site"


def works(passages: Iterable[CitedPassage]) -> Iterator[Work]:
    """The documents in order of first mention. Two versions of one source have one citekey: the older is marked."""
    by_document: dict[str, list[CitedPassage]] = {}
    for passage in passages:
        by_document.setdefault(passage.document, []).append(passage)
    taken: set[str] = set()
    for document, found in by_document.items():
        key = found[0].citekey
        if key in taken:
            key = f"{key}-{document[:12]}"
        taken.add(key)
        yield Work(key, tuple(found))


def keys(passages: Iterable[CitedPassage]) -> dict[str, str]:
    """Document id -> the key that its record has in the bibliography of the same export."""
    return {work.source.document: work.key for work in works(passages)}


def day(value: str | None) -> tuple[int, ...] | None:
    """Year, month and day of a plain date, as far as it states them; None for anything less plain (an interval, ~).

    >>> day("2025-04"), day("2026-02-22T22:03"), day("2001~")
    ((2025, 4), (2026, 2, 22), None)
    """
    found = _DAY.fullmatch(value or "")
    return tuple(int(x) for x in found.groups() if x) if found else None


def unusual_date(value: str | None) -> str | None:
    """A date that is stated and is no plain one, in a sentence: formats without a place for it must not round it."""
    return f"Date of publication as stated, in EDTF: {one_line(value)}" if value and day(value) is None else None


def is_title_inferred(passage: CitedPassage) -> bool:
    """Whether the title was read off a sentence, not stated as one."""
    return passage.title is not None and passage.title_basis == "inferred"
