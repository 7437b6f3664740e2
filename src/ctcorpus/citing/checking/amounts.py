"""Whether one number bears out another, with its qualifier: a bound keeps its direction, an estimate stays one."""

from __future__ import annotations

from typing import Literal

from ctcorpus.model.facts import Figure

#: fits: what the source says makes the draft's number right. loosened: the draft drops a bound, or makes an exact
#: number of a vague one. differs: it is another number, or the bound points the other way.
Fit = Literal["fits", "loosened", "differs"]

#: how far a bound may lie from the number that it bounds, and "about" from the number that it rounds
BOUND, ROUND = 0.1, 0.05
_ABOVE, _BELOW = frozenset(("over", "at_least")), frozenset(("under", "nearly", "at_most"))
_SHARES = frozenset(("percent", "percent_change"))


def fit(draft: Figure, source: Figure) -> Fit:
    """Whether the source's number bears out the draft's."""
    if draft.kind == "ratio" or source.kind == "ratio":
        return _ratio(draft, source)
    if "vague" in (draft.kind, source.kind):
        return _vague(draft, source)
    if draft.value is None or source.value is None:
        return _range(draft, source)
    mine, theirs = _signed(draft, source)
    return _bounded(mine, theirs, draft.qualifier, source.qualifier)


def _signed(draft: Figure, source: Figure) -> tuple[float, float]:
    """The two values; a share says nothing of a direction, so that only two changes keep their signs."""
    assert draft.value is not None
    assert source.value is not None
    both = draft.kind == source.kind == "percent_change"
    if both or not {draft.kind, source.kind} <= _SHARES:
        return draft.value, source.value
    return abs(draft.value), abs(source.value)


def _bounded(mine: float, theirs: float, own: str, other: str) -> Fit:
    if mine < 0 and theirs < 0:  # a fall: its size is what the bound is about
        mine, theirs = -mine, -theirs
    same = _same(mine, theirs)
    near = abs(theirs - mine) <= BOUND * abs(mine)
    if own in _ABOVE:
        if other in _ABOVE:
            return "fits" if theirs >= mine and near else "differs"
        above = theirs > mine or (same and own == "at_least")
        return _exactly(other, "fits" if above and near else "differs", same)
    if own in _BELOW:
        if other in _BELOW:
            return "fits" if theirs <= mine and near else "differs"
        below = theirs < mine or (same and own == "at_most")
        return _exactly(other, "fits" if below and near else "differs", same)
    if own == "about":
        close = abs(theirs - mine) <= ROUND * abs(mine)
        return "fits" if same or (close and other in ("exact", "about")) else "differs"
    if not same:
        return "differs"
    return "fits" if other in ("exact", "about") else "loosened"


def _exactly(other: str, fits: Fit, same: bool) -> Fit:
    """The fit of a bound against a number that is none: an exact one decides it, a rounded one leaves it open."""
    if other == "exact":
        return fits
    return "loosened" if other == "about" and same else "differs"


def _range(draft: Figure, source: Figure) -> Fit:
    if None in (draft.low, draft.high) or None in (source.low, source.high):
        single, wide = (draft, source) if draft.value is not None else (source, draft)
        if single.value is None or wide.low is None or wide.high is None:
            return "differs"
        return "loosened" if wide.low <= single.value <= wide.high else "differs"
    assert draft.low is not None
    assert draft.high is not None
    assert source.low is not None
    assert source.high is not None
    return "fits" if _same(draft.low, source.low) and _same(draft.high, source.high) else "differs"


def _vague(draft: Figure, source: Figure) -> Fit:
    """ "Dozens" is borne out by "dozens", and by a number of that size; never a number by "dozens"."""
    if draft.kind == source.kind == "vague":
        return "fits" if draft.low == source.low else "differs"
    if draft.kind == "vague" and source.value is not None and draft.low is not None:
        return "fits" if draft.low <= source.value < draft.low * 10 else "differs"
    return "loosened" if draft.kind != "vague" and source.low is not None and _reaches(draft, source.low) else "differs"


def _reaches(figure: Figure, low: float) -> bool:
    return figure.value is not None and low <= figure.value < low * 10


def _ratio(draft: Figure, source: Figure) -> Fit:
    """A ratio has no order that both sides must print; which side is which, ``measures`` sees."""
    if draft.kind != source.kind:
        return "differs"
    mine = sorted(x for x in (draft.low, draft.high, draft.value) if x is not None)
    theirs = sorted(x for x in (source.low, source.high, source.value) if x is not None)
    same = len(mine) == len(theirs) and all(_same(a, b) for a, b in zip(mine, theirs, strict=True))
    if not same:
        return "differs"
    return "fits" if source.qualifier in ("exact", "about") or source.qualifier == draft.qualifier else "loosened"


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(abs(one), abs(other), 1e-9)


def range_of(figure: Figure) -> tuple[float, float] | None:
    """The numbers, without sign, among which the source's must lie; None where any may."""
    if figure.kind in ("ratio", "vague"):
        return None
    if figure.value is None:
        return None if figure.low is None or figure.high is None else (figure.low, figure.high)
    value = abs(figure.value)
    low = BOUND if figure.qualifier in _BELOW else ROUND if figure.qualifier == "about" else 0.0
    high = BOUND if figure.qualifier in _ABOVE else ROUND if figure.qualifier == "about" else 0.0
    return value * (1 - low), value * (1 + high)
