"""Spellings in the corpus that look like a known label and are none: for a person to accept or refuse.

Nothing here changes what is found. A variant with a label's skeleton ("key") is most likely that name; one that
is a single letter away ("near") is only worth a look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from ctcorpus.annotate.fold import PARTICLES, fold, folded, key
from ctcorpus.annotate.thesaurus import Thesaurus
from ctcorpus.model.record import Record
from ctcorpus.model.span import Span

_WORD = re.compile(r"(?<![^\W_])[^\W\d_a-z][^\W_]*")
_NEXT = re.compile(r"[ \u00a0’'‐‑-]{1,2}([^\W_]+)")
_LONGEST = 5  # tokens of a name, joining particles left out
_KEY_LETTERS = 4  # letters of a skeleton that is worth a look
_NEAR_LETTERS = 7  # letters of a name in which one other letter is likely a slip


@dataclass(frozen=True, slots=True)
class Suggestion(Record):
    """A spelling as printed, the label that it looks like, and why; ``first`` lies in the text called ``document``."""

    variant: str
    concept: str
    label: str
    key: str  # the skeleton that both have, or the folded form of the label that it is near
    basis: Literal["key", "near"]
    count: int
    document: str
    first: Span


def suggest(texts: Iterable[tuple[str, str]], thesaurus: Thesaurus) -> list[Suggestion]:
    """The variants in the texts, those with a label's key first, then by falling count and by spelling.

    texts: (id, text) pairs. Linear in their length. A key or form that two concepts share suggests neither.
    """
    known = _Known(thesaurus)
    found: dict[str, Suggestion] = {}
    counts: dict[str, int] = {}
    for document, text in texts:
        for span in known.variants(text):
            variant = " ".join(span.of(text).split())
            counts[variant] = counts.get(variant, 0) + 1
            if variant not in found:
                found[variant] = known.suggestion(variant, document, span)
    rows = [
        Suggestion(x.variant, x.concept, x.label, x.key, x.basis, counts[x.variant], x.document, x.first)
        for x in found.values()
    ]
    return sorted(rows, key=lambda x: (x.basis, -x.count, x.variant))


class _Known:
    """What the labels of a thesaurus look like."""

    def __init__(self, thesaurus: Thesaurus) -> None:
        self.forms: set[tuple[str, ...]] = set()
        self.keys: dict[str, tuple[str, str] | None] = {}
        self.near: dict[str, dict[str, tuple[str, str]]] = {}  # form with a letter left out -> form -> its label
        for concept in thesaurus.concepts:
            for label in concept.labels:
                tokens = folded(label.text)
                self.forms |= {tokens, _plain(tokens)}
                if concept.umbrella or label.strength == "weak" or not label.text[:1].isupper():
                    continue
                skeleton = " ".join(key(label.text))
                if label.language.endswith("-Latn") and len(skeleton.replace(" ", "")) >= _KEY_LETTERS:
                    same = self.keys.setdefault(skeleton, (concept.id, label.text))
                    if same is not None and same[0] != concept.id:
                        self.keys[skeleton] = None
                form = " ".join(_plain(tokens))
                if len(form) >= _NEAR_LETTERS and form.replace(" ", "").isalpha():
                    for shorter in _shortened(form):
                        self.near.setdefault(shorter, {}).setdefault(form, (concept.id, label.text))

    def variants(self, text: str) -> Iterator[Span]:
        """The spans that look like a label and are none, the longest at each place."""
        free = 0
        for begin in _WORD.finditer(text):
            if begin.start() < free:
                continue
            for end in reversed(list(_ends(text, begin.end()))):
                tokens = folded(text[begin.start() : end])
                if tokens in self.forms or _plain(tokens) in self.forms:
                    free = end
                    break
                if self._like(text[begin.start() : end]) is not None:
                    free = end
                    yield Span(begin.start(), end)
                    break

    def suggestion(self, variant: str, document: str, first: Span) -> Suggestion:
        like = self._like(variant)
        assert like is not None
        concept, label, form, basis = like
        return Suggestion(variant, concept, label, form, basis, 0, document, first)

    def _like(self, name: str) -> tuple[str, str, str, Literal["key", "near"]] | None:
        skeleton = " ".join(key(name))
        same = self.keys.get(skeleton)
        if same is not None:
            return (*same, skeleton, "key")
        form = " ".join(_plain(folded(name)))
        if len(form) < _NEAR_LETTERS or form.endswith("s"):  # a plural is no slip
            return None
        forms = {
            other: label
            for shorter in _shortened(form)
            for other, label in self.near.get(shorter, {}).items()
            if other[0] == form[0] and _one_edit(form, other)
        }
        if len({x[0] for x in forms.values()}) != 1:
            return None
        other = min(forms)
        return (*forms[other], other, "near")


def _plain(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """The tokens without joining particles; an opening one stays."""
    return tuple(x for n, x in enumerate(tokens) if n == 0 or x not in PARTICLES)


def _ends(text: str, end: int) -> Iterator[int]:
    """Where a name that begins with the capitalised token before ``end`` may end, the nearest first."""
    yield end
    count = 1
    while count < _LONGEST and (following := _NEXT.match(text, end)):
        end = following.end()
        token = following[1]
        if fold(token) in PARTICLES:
            continue
        if token[0].islower():
            return
        count += 1
        yield end


def _shortened(form: str) -> Iterator[str]:
    yield form
    yield from (form[:at] + form[at + 1 :] for at in range(1, len(form)))


def _one_edit(a: str, b: str) -> bool:
    """Whether one letter more, less or other, or two neighbours swapped, makes one of the other; spaces stay."""
    if a.count(" ") != b.count(" ") or abs(len(a) - len(b)) > 1:
        return False
    at = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rests = (a[at + 1 :], b[at:]), (a[at:], b[at + 1 :]), (a[at + 1 :], b[at + 1 :])
    swapped = a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :]
    return swapped or any(x == y for x, y in rests)
