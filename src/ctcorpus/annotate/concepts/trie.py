"""The labels of a thesaurus as a tree of tokens: which token may follow which, and which label ends where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ctcorpus.model.concept import Label


class Entry(NamedTuple):
    """A label at the end of its path. exact: per token, the form that the text must have, or None.

    capital: per token, whether it may not begin with a small letter.
    """

    concept: str
    label: Label
    exact: tuple[str | None, ...]
    capital: tuple[bool, ...]

    def fits(self, tokens: list[str]) -> bool:
        """Whether the printed tokens have the case that the label asks for."""
        for token, exact, capital in zip(tokens, self.exact, self.capital, strict=True):
            if (token != exact) if exact is not None else (capital and token[0].islower()):
                return False
        return True


class Match(NamedTuple):
    """A label's place, and every entry that fits there."""

    start: int
    end: int
    entries: tuple[Entry, ...]


class Node:
    """A place in a trie: the tokens that may follow, and the labels that end here."""

    __slots__ = ("entries", "following")

    def __init__(self) -> None:
        self.following: dict[str, Node] = {}
        self.entries: list[Entry] = []

    def add(self, path: Iterable[str], entry: Entry) -> None:
        node = self
        for token in path:
            node = node.following.setdefault(token, Node())
        if all((x.concept, x.exact, x.capital) != (entry.concept, entry.exact, entry.capital) for x in node.entries):
            node.entries.append(entry)

    def initials(self) -> frozenset[str]:
        """The letters, small and capital, with which the tokens that may follow begin."""
        letters = {x[0] for x in self.following}
        return frozenset((*letters, *(x.upper() for x in letters)))
