"""The labels that are searched beside the typed words, each shown with its relation and its reason."""

from __future__ import annotations

from dataclasses import dataclass

from ctcorpus.model.hit import Expansion
from ctcorpus.model.query import Query


@dataclass(frozen=True, slots=True)
class Expanded:
    """A query with its expansions worked in; labels: every label that is searched for."""

    query: Query
    expansions: tuple[Expansion, ...] = ()
    labels: tuple[str, ...] = ()


def nothing_to_expand(query: Query) -> Expanded:
    """The query as it is."""
    return Expanded(query)
