"""The parameters of ranking, in one place; they are kept in the manifest of an index."""

from __future__ import annotations

from dataclasses import asdict

from ctcorpus.model.record import record


@record
class Ranking:
    """How a passage is scored: BM25 over one ranked field, which holds title, heading and body.

    k1, b: the parameters of BM25; the disk engine knows no others. title, heading: how often each is counted in
    the ranked field. A repetition beats a field of its own: judged sets in three genres gain by a title counted
    three times, and lose by a separate title field. exact: the weight of a word's very form beside its stem.
    typo: a term at distance d from a fuzzy word counts typo ** d.
    """

    k1: float = 1.2
    b: float = 0.75
    title: int = 3
    heading: int = 1
    exact: float = 0.2
    typo: float = 0.5

    def to_dict(self) -> dict[str, float]:
        """The parameters by name."""
        return asdict(self)


RANKING = Ranking()
