"""Acronyms that a document itself explains: "Tehreek-e-Taliban Pakistan (TTP)" binds TTP for the whole document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

from ctcorpus.annotate.fold import PARTICLES, TOKEN, fold
from ctcorpus.model.concept import Label

_BRACKETED = re.compile(r"[ \t\r\n\u00a0]{0,2}\([\"“‘']?([A-Z][A-Za-z&/-]{1,11})[\"”’']?[),;]")
_PASSED_OVER = PARTICLES | {"of", "the", "and", "for", "on", "in", "to", "against"}
_TRIES = 40  # brackets without an expansion after which an acronym is taken to have none
_WORDS_BEFORE = 160  # characters in which an expansion is looked for


class Bindings(NamedTuple):
    """What acronyms mean in one document.

    bound: acronym -> concept and the label that expands it. taken: acronyms that the document explains by a
    name which the thesaurus does not know: they are no label here, whatever the thesaurus says.
    """

    bound: Mapping[str, tuple[str, Label]]
    taken: frozenset[str]


def bindings(
    text: str,
    spans: list[tuple[int, int]],
    ends: Mapping[int, tuple[int, str, Label]],
    knows: Callable[[str, str], bool],
) -> Bindings:
    """The bindings of a document.

    spans: where to look. ends: end of a name -> its start, its concept and its label. knows: whether the
    thesaurus has an acronym and an expansion as labels of one concept.
    """
    bound: dict[str, tuple[str, Label]] = {}
    taken: set[str] = set()
    tried: Counter[str] = Counter()
    for start, end in spans:
        if text.find("(", start, end) < 0:
            continue
        for match in _BRACKETED.finditer(text, start, end):
            acronym = match[1]
            if sum(x.isupper() for x in acronym) < 2:
                continue
            acronym = acronym.removesuffix("s") if acronym[:-1].isupper() else acronym
            name = ends.get(match.start())
            if name is not None and name[2].text != acronym and _spells(text[name[0] : match.start()], acronym):
                bound.setdefault(acronym, (name[1], name[2]))
                continue
            if acronym in taken or tried[acronym] >= _TRIES:
                continue
            tried[acronym] += 1
            expansion = _expansion(text[max(start, match.start() - _WORDS_BEFORE) : match.start()], acronym)
            if expansion and not knows(acronym, expansion):
                taken.add(acronym)
    return Bindings(bound, frozenset(taken - bound.keys()))


def _spells(name: str, acronym: str) -> bool:
    """Whether the letters of the acronym are the initials of the name, in order; small words may be passed over."""
    tokens = [x for x in TOKEN.findall(name) if fold(x) not in _PASSED_OVER]
    letters = [x for x in acronym if x.isupper()]
    parts = "".join(x[0].upper() for x in tokens)
    if parts == "".join(letters) or "".join(x[0].upper() for x in TOKEN.findall(name)) == "".join(letters):
        return True
    at = 0  # inner letters count too: "counterterrorism (CT)", "Islamic State-Khorasan (ISIS-K)"
    plain = "".join(tokens).upper()
    for letter in letters:
        at = plain.find(letter, at) + 1
        if at == 0:
            return False
    return len(letters) >= len(tokens) and plain.startswith(letters[0])


def _expansion(before: str, acronym: str) -> str:
    """The last words before the bracket that have the acronym's letters as their initials; else empty."""
    letters = "".join(x for x in acronym if x.isupper())
    tokens = [x for x in TOKEN.finditer(before) if fold(x.group()) not in _PASSED_OVER][-len(letters) :]
    initials = "".join(x.group()[0].upper() for x in tokens)
    return before[tokens[0].start() :] if initials == letters and tokens[0].group()[0].isupper() else ""
