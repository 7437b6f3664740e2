"""Where the labels of a thesaurus stand in a text: the longest at each place, found in one pass.

A trie over folded tokens holds every label; a second one holds the skeletons of transliterated names (language
tag ``…-Latn``); a third one the names of events, which may hold a year, a possessive or an acronym in brackets
and other names. What a label counts for, its neighbours decide: that is ``mentions``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from ctcorpus.annotate.concepts.trie import Entry, Match, Node
from ctcorpus.annotate.fold import PARTICLES, TOKEN, fold, skeleton, spellings
from ctcorpus.annotate.scan import Lexicon
from ctcorpus.model.concept import Concept, Label
from ctcorpus.model.span import Span

#: what may stand between two tokens of one name: a space, a line break, a hyphen, "- ", an apostrophe
_NEXT = re.compile(r"([ \t\r\n\u00a0\u2009\u202f‐‑‒–'’ʼ/&.-]{1,3})([^\W_]+)")
#: in the name of an event also brackets, around an acronym
_NEXT_IN_EVENT = re.compile(r"([ \t\r\n\u00a0\u2009\u202f‐‑‒–'’ʼ()-]{1,4})([^\W_]+)")
_YEAR = re.compile(r"(?:19|20)\d\d")
#: words that are found glued to the end of a name where a space was lost
_GLUED = (
    "said",
    "says",
    "told",
    "added",
    "and",
    "has",
    "had",
    "have",
    "was",
    "were",
    "will",
    "who",
    "which",
    "that",
    "the",
)
_GLUED_NAME = 10  # letters that a name must have before a word glued to it is cut off
_REMEMBERED = 50_000  # tokens of which it is remembered what they open
_PASSED_OVER = 3  # tokens that may stand inside the name of an event
_KEY_LETTERS = 5  # letters that a skeleton must have to identify a name
_POSSESSIVE = re.compile(r"[’']s\b")
_COUNTER_TERROR = re.compile(r"\b([Cc]ounter|[Aa]nti)[ -]?([Tt]error(?:ism)?)\b")


class _Opening(NamedTuple):
    """What a token opens: the place of the names and the events that it begins, and whether it begins a skeleton."""

    name: Node | None
    key: bool
    event: Node | None
    second: frozenset[str] | None  # where it is no label alone: the letters with which the next token may begin


_NOTHING = _Opening(None, False, None, None)


class Matcher:
    """Finds labels. Linear in the text; what it holds grows with the thesaurus alone."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._names, self._keys, self._events = Node(), Node(), Node()
        self._opens: dict[str, _Opening] = {}
        #: what is looked for in a text before its names are read
        self.lexicon = Lexicon({"name": self._name_starts})
        self._small_starts: set[str] = set()  # small-letter words that open a label
        skeletons: dict[tuple[str, ...], set[str]] = {}
        for concept in concepts:
            for label in concept.labels:
                self._add(concept, label)
                path = key_path(label) if concept.type != "event" else ()
                if path:
                    skeletons.setdefault(path, set()).add(concept.id)
                    self._keys.add(path, _entry(concept, label, [x for x in TOKEN.findall(label.text) if _counts(x)]))
        for path, owners in skeletons.items():
            if len(owners) > 1:  # two names with one skeleton: it identifies neither
                _at(self._keys, path).entries.clear()
        words = "|".join(map(re.escape, sorted(self._small_starts))) or "(?!)"
        # a name begins with anything but a small Latin letter, or with one of the small words that open a label
        self._begins = re.compile(rf"(?<![^\W_])(?:[^\W_a-z][^\W_]*|(?:{words})(?![^\W_]))")

    def _add(self, concept: Concept, label: Label) -> None:
        root = self._events if concept.type == "event" else self._names
        plain = _POSSESSIVE.sub("", label.text) if root is self._events else label.text
        for text in spellings_of(plain):
            tokens = TOKEN.findall(text)
            entry = _entry(concept, label, tokens)
            if tokens and not entry.capital[0] and entry.exact[0] is None and tokens[0][0].isalpha():
                self._small_starts |= spellings(tokens[0])
            for path in _paths(tokens, label):
                root.add(path, entry)
            if len(tokens) == 1 and len(text) > 2 and text.isupper():
                root.add((fold(text + "s"),), entry._replace(exact=(text + "s",)))

    def find(
        self, text: str, units: Sequence[Span], starts: Sequence[int]
    ) -> tuple[list[tuple[int, Match]], list[tuple[int, Match]]]:
        """The names and the events in ``text``, each with the number of its unit, in order and free of overlaps.

        units: where to look, in order. starts: where a name may begin, by ``lexicon``.
        """
        names: list[tuple[int, Match]] = []
        events: list[tuple[int, Match]] = []
        for number, unit in enumerate(units):
            at = bisect_left(starts, unit.start)
            free = free_event = unit.start
            while at < len(starts) and (begin := starts[at]) < unit.end:
                at += 1
                token = TOKEN.match(text, begin, unit.end)
                if token is None:
                    continue
                word, end = token.group(), token.end()
                opens = self._opens.get(word) or self._opening(word)
                if opens.second and _leads_nowhere(text, end, opens.second):
                    continue
                if opens.event and begin >= free_event:
                    event = self._event(text, begin, end, unit.end, opens.event)
                    if event:
                        events.append((number, event))
                        free_event = event.end
                name = self._longest(text, begin, end, unit.end, opens) if begin >= free else None
                if name:
                    names.append((number, name))
                    free = name.end
        return names, events

    def _longest(self, text: str, start: int, at: int, end: int, opens: _Opening) -> Match | None:
        """The name that begins with a token, by its label or, where that is longer, by its skeleton."""
        name = self._name(text, start, at, end, opens.name) if opens.name else None
        other = self._by_key(text, start, at, end) if opens.key else None
        return other if other and (name is None or other.end > name.end) else name

    def _name_starts(self, text: str) -> Iterator[int]:
        """Where a name may begin in ``text``."""
        return (x.start() for x in self._begins.finditer(text) if self._opening(x.group()) is not _NOTHING)

    def _opening(self, token: str) -> _Opening:
        """What a token opens; remembered, up to a bound."""
        if token in self._opens:
            return self._opens[token]
        if len(self._opens) >= _REMEMBERED:
            self._opens.clear()
        form = fold(token)
        name, event = self._names.following.get(form), self._events.following.get(form)
        key = skeleton(token) in self._keys.following
        second = name.initials() if name and not (name.entries or key or event) else None
        opens = _Opening(name, key, event, second) if name or key or event else _NOTHING
        self._opens[token] = opens
        return opens

    def _name(self, text: str, start: int, at: int, end: int, node: Node) -> Match | None:
        tokens = [text[start:at]]
        best: Match | None = None
        while True:
            fitting = tuple([x for x in node.entries if x.fits(tokens)]) if node.entries else ()
            if fitting and not _inside_number(text, start, at):
                stop = fitting[0].label.text[-1] == "." and text.startswith(".", at)
                best = Match(start, at + stop, fitting)  # "U.S." takes its last full stop along
            if not node.following:
                return best
            gap = _NEXT.match(text, at, end)
            if gap is None:
                return best
            below = node.following.get(fold(gap[2]))
            if below is None or not _joins(gap[1], tokens[-1]):
                glued = _glued(node.following, start, gap, tokens, fold) if gap[2].endswith(_GLUED) else None
                return glued or best
            node, at = below, gap.end()
            tokens.append(gap[2])

    def _by_key(self, text: str, start: int, at: int, end: int) -> Match | None:
        """The longest transliterated name by skeleton; joining particles are passed over."""
        node, tokens, best, passed = self._keys, [text[start:at]], None, False
        below = node.following.get(skeleton(tokens[0]))
        while below is not None:
            node = below
            fitting = tuple([x for x in node.entries if x.fits(tokens)]) if node.entries else ()
            best = Match(start, at, fitting) if fitting else best
            gap = _NEXT.match(text, at, end)
            if gap and fold(gap[2]) in PARTICLES and skeleton(gap[2]) not in node.following:
                passed = _joins(gap[1], tokens[-1])
                gap = _NEXT.match(text, gap.end(), end) if passed else None
            if gap is None or not _joins(gap[1], tokens[-1]):
                break
            below = node.following.get(skeleton(gap[2]))
            if below is None:
                best = _glued(node.following, start, gap, tokens, skeleton) or best
            else:
                at = gap.end()
                tokens.append(gap[2])
        return best

    def _event(self, text: str, start: int, at: int, end: int, node: Node) -> Match | None:
        """The longest name of an event; a year, a possessive s and an acronym in brackets are passed over."""
        tokens = [text[start:at]]
        best: Match | None = None
        here, passed = at, 0
        while True:
            fitting = tuple([x for x in node.entries if x.fits(tokens)]) if node.entries else ()
            if fitting and here == at and not _inside_number(text, start, at):
                best = Match(start, at, fitting)
            gap = _NEXT_IN_EVENT.match(text, here, end) or _NEXT.match(text, here, end)
            if gap is None or gap[1].count("\n") > 1:
                return best
            here = gap.end()
            below = node.following.get(fold(gap[2]))
            passed += below is None
            if below is not None:
                node, at = below, here
                tokens.append(gap[2])
            elif passed > _PASSED_OVER or not _is_passed_over(gap[1], gap[2]):
                return best

    def is_label(self, token: str) -> bool:
        """Whether the token alone is a label."""
        node = self._names.following.get(fold(token))
        return node is not None and any(x.fits([token]) for x in node.entries)


def spellings_of(text: str) -> Iterator[str]:
    """The label, and "counter-terrorism" in one word and in two where it has it."""
    yield text
    if _COUNTER_TERROR.search(text):
        yield _COUNTER_TERROR.sub(lambda x: x[1] + x[2].lower(), text)
        yield _COUNTER_TERROR.sub(lambda x: f"{x[1]} {x[2]}", text)


def _entry(concept: Concept, label: Label, tokens: list[str]) -> Entry:
    alone = len(tokens) == 1
    exact = tuple(x if _has_fixed_case(x, alone) else None for x in tokens)
    return Entry(concept.id, label, exact, tuple(x[0].isupper() and x not in ("Al", "Ul", "The") for x in tokens))


def _has_fixed_case(token: str, alone: bool) -> bool:
    """Whether a label's token is printed in one way only: acronyms of up to four letters, and short names."""
    capitals = sum(x.isupper() for x in token)
    if token.isdigit() or token.casefold() in PARTICLES:
        return False
    return (len(token) < 5 and capitals > 1) or (len(token) < 4 and alone) or (len(token) == 1 and capitals == 1)


def _paths(tokens: list[str], label: Label) -> Iterator[tuple[str, ...]]:
    """The folded path; for a transliterated name also those with each other joining particle."""
    path = tuple(fold(x) for x in tokens)
    yield path
    if not label.language.endswith("-Latn"):
        return
    for at, token in enumerate(path[1:-1], 1):
        for kin in (("e", "i"), ("ul", "al", "ur", "us", "ud", "un", "um")):
            if token in kin:
                yield from ((*path[:at], other, *path[at + 1 :]) for other in kin if other != token)


def key_path(label: Label) -> tuple[str, ...]:
    """The skeletons of a transliterated name; empty where they are too short to identify it."""
    if not label.language.endswith("-Latn") or label.strength == "weak":
        return ()
    path = tuple(skeleton(x) for x in TOKEN.findall(label.text) if _counts(x))
    return path if len(path) > 1 and sum(map(len, path)) >= _KEY_LETTERS else ()


def _counts(token: str) -> bool:
    return fold(token) not in PARTICLES


def _at(root: Node, path: Iterable[str]) -> Node:
    for token in path:
        root = root.following[token]
    return root


def _joins(gap: str, before: str) -> bool:
    """Whether what stands between two tokens may stand inside one name."""
    if "." in gap:
        return len(before) == 1 and gap in (".", ". ")
    return gap.count("\n") < 2 and (len(gap) == 1 or not gap.isspace() or gap in ("\r\n", "  ") or "\n" in gap)


def _is_passed_over(gap: str, word: str) -> bool:
    """Whether a word may stand inside the name of an event: a year, a possessive s, an acronym in brackets."""
    return word == "s" or _YEAR.fullmatch(word) is not None or (word.isupper() and "(" in gap)


def _leads_nowhere(text: str, at: int, initials: frozenset[str]) -> bool:
    """Whether a plain word follows that begins with none of these letters."""
    letter = text[at + 1 : at + 2]
    return text[at : at + 1] == " " and letter not in initials and letter.isascii() and letter.isalpha()


def _inside_number(text: str, start: int, end: int) -> bool:
    """Whether digits at either end of the name belong to a longer number or date."""
    if text[start].isdigit() and start > 1 and text[start - 1] in ".,/-" and text[start - 2].isdigit():
        return True
    return text[end - 1].isdigit() and text[end : end + 1] in (".", ",", "/", "-") and text[end + 1 : end + 2].isdigit()


def _glued(
    following: dict[str, Node], start: int, gap: re.Match[str], tokens: list[str], form: Callable[[str], str]
) -> Match | None:
    """A long name whose last token has a word stuck to it: the name alone. form: how the trie writes tokens."""
    for stem in _stems(gap[2]):
        node = following.get(form(stem))
        end = gap.start(2) + len(stem)
        if node is not None and _joins(gap[1], tokens[-1]) and end - start >= _GLUED_NAME:
            fitting = tuple(x for x in node.entries if x.fits([*tokens, stem]))
            if fitting:
                return Match(start, end, fitting)
    return None


def _stems(token: str) -> Iterator[str]:
    if token.endswith(_GLUED):
        yield from (token[: -len(word)] for word in _GLUED if token.endswith(word) and len(token) - len(word) > 3)
