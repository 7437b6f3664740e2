"""What ties two figures to one matter: the names and the telling words that stand about both of them.

A measure is not yet a subject: people were killed in many places. Two figures of one measure belong side by side
only so far as their texts speak of the same thing; how far is a number here, and each verdict asks for its own.
"""

from __future__ import annotations

from ctcorpus.analysis.figures.measures import Measured

#: ties that are asked for: one name or telling word in common, two, and a matter that can hardly be another
WEAK, FAIR, STRONG = 0.5, 1.0, 2.0

_EVENTFUL = ("evt", "op", "lab", "grp")


def tie(a: Measured, b: Measured) -> float:
    """How much ties two figures of one measure to one matter; WEAK, FAIR and STRONG are marks on it."""
    said = names_shared(a, b)
    if said >= STRONG or a.about is None or b.about is None:
        return said
    own = a.noun.words | a.noun.modifiers | b.noun.words | b.noun.modifiers
    return said + a.about().shared(b.about(), own)


def names_shared(a: Measured, b: Measured) -> float:
    """The part of a tie that the facts alone give: names in the sentence, before the noun, of the place; the act."""
    shared = [x.partition(":")[0] for x in a.anchors & b.anchors]
    said = sum(1.0 if x in _EVENTFUL else WEAK for x in shared)
    said += WEAK * bool(a.noun.names & b.noun.names) + WEAK * bool(a.noun.modifiers & b.noun.modifiers)
    said += WEAK * bool(a.place & b.place)
    is_one_act = a.act is not None and a.key[3] == b.key[3] and a.noun.heads.isdisjoint(("people",))
    return said + WEAK * is_one_act
