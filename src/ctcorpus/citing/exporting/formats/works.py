"""The sources of an export, each once, with its passages: what the bibliographic formats make a record of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ctcorpus.citing.exporting.formats.characters import one_line
from ctcorpus.model.export import CitedPassage
from ctcorpus.query.fragment import is_address
from ctcorpus.query.reference import run

#: words of a site's own name that say what it is; every other site is just a site
_NEWSPAPER = frozenset({"newspaper", "daily", "times", "tribune", "herald", "gazette", "chronicle", "telegraph"})
_MAGAZINE = frozenset({"magazine", "weekly", "monthly", "quarterly"})
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T\d\d:\d\d.*)?")


#: the pages of a record are where its quotations stand, never the extent of the work
PAGED = "Pages are those of the quotations, counted from the first page of the file."


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

    @property
    def pages(self) -> str:
        """The pages that are quoted, each once and in order, "2, 5-6"; empty where the source has none."""
        return ", ".join(run(x) for x in sorted({x.pages for x in self.passages if x.pages}))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What must be said of the record's fields, a sentence each: of its source's, and of its pages."""
        return (*remarks(self.source), *([PAGED] if self.pages else []))

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags of the notes beside its passages, each once."""
        found = (one_line(tag) for passage in self.passages for note in passage.notes for tag in note.tags)
        return tuple(dict.fromkeys(filter(None, found)))


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


def web_address(source: CitedPassage) -> str:
    """The source's http(s) address; empty where it has none, or one that no reference manager should open."""
    return source.url if source.url and is_address(source.url) else ""


def remarks(source: CitedPassage) -> Iterator[str]:
    """What a record must say of its fields, a sentence each: a format that cannot mark them must not hide it."""
    if source.title is not None and source.title_basis == "inferred":
        yield "The title is inferred from the text."
    if source.published and day(source.published) is None:
        yield f"Date of publication as stated, in EDTF: {one_line(source.published)}."
    if source.maintained:
        yield f"Stated by the maintainer of the corpus, not by the source: {', '.join(source.maintained)}."
