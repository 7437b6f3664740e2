"""Whether two printed numbers may be one: equal, a rounded form, or within what "over" and "nearly" leave open."""

from __future__ import annotations

from math import floor, log10

from ctcorpus.model.facts import Figure
from ctcorpus.model.outline import FigureLine

#: share of its value that "about", "over" and "nearly" leave open; or one unit of the last printed digit, at most
#: the second share
SLACK, MOST_SLACK = 0.1, 0.25
#: share of the larger by which two values that agree may differ where one is a bound ("over", "nearly")
MOST_GAP = 0.2
#: a vague quantity ("dozens", "hundreds") runs up to so many times its least
VAGUE = 10.0


def fit(a: Figure, b: Figure, factor_a: float = 1.0, factor_b: float = 1.0) -> str | None:
    """How two figures of one unit agree, in words and arithmetic; "=" where they print the same; None: they do not.

    factor_a, factor_b: of their units to the common one.
    """
    if a.value is not None and b.value is not None and a.value * factor_a == b.value * factor_b:
        return "=" if a.qualifier == b.qualifier else f"{said(a)} and {said(b)} name the same number"
    low_a, high_a = _scaled(reach(a), factor_a)
    low_b, high_b = _scaled(reach(b), factor_b)
    if low_a is None or low_b is None or high_a is None or high_b is None:
        return None
    if max(low_a, low_b) > min(high_a, high_b) or _is_far(a, b, factor_a, factor_b):
        return None
    return _because(a, b, factor_a, factor_b)


def _is_far(a: Figure, b: Figure, factor_a: float, factor_b: float) -> bool:
    """Whether two single values lie further apart than rounding takes them, however open both are."""
    if a.value is None or b.value is None:
        return False
    low, high = sorted((abs(a.value * factor_a), abs(b.value * factor_b)))
    bounded = not {a.qualifier, b.qualifier} <= {"exact", "about", "vague"}
    if not bounded and last_digit(float(a.value)) * factor_a == last_digit(float(b.value)) * factor_b:
        return low != high  # 15,000 and 16,000 are as coarse as each other: neither is a rounded form
    return high - low > (MOST_GAP if bounded else SLACK) * high


def reach(figure: Figure) -> tuple[float | None, float | None]:
    """The lowest and highest value that the printed form leaves open; (None, None) without a number.

    "over 75,000" reaches from 75,000 to a tenth above; an exact figure is open by half of its last printed digit
    that is not a trailing zero, up to a twentieth of it.
    """
    if figure.value is None:
        if figure.low is None:
            return None, None
        return float(figure.low), float(figure.high) if figure.high is not None else figure.low * VAGUE
    value = float(figure.value)
    step = last_digit(value)
    slack = max(abs(value) * SLACK, min(step, abs(value) * MOST_SLACK))
    match figure.qualifier:
        case "over" | "at_least":
            return (value, value + slack) if value >= 0 else (value - slack, value)
        case "under" | "at_most" | "nearly":
            return (value - slack, value) if value >= 0 else (value, value + slack)
        case "about" | "vague":
            return value - slack, value + slack
        case _:
            open_by = min(step / 2, abs(value) / 20) if step > 1 else (step / 2 if step < 1 else 0.0)
            return value - open_by, value + open_by


def last_digit(value: float) -> float:
    """What the last printed digit that is not a trailing zero counts: 100 of 2,600, 1 of 75,175, 0.1 of 3.5."""
    if value == 0:
        return 1.0
    if value != int(value):
        digits = f"{value:.6f}".rstrip("0").partition(".")[2]
        return float(10.0 ** -len(digits))
    step = 1.0
    while value % (step * 10) == 0:
        step *= 10
    return step


def number(value: float) -> str:
    """A number for people, with at most three digits after a whole part that is small: "75,175", "2.17", "0.04"."""
    if value == int(value):
        return f"{int(value):,}"
    places = max(0, 2 - floor(log10(abs(value)))) if abs(value) < 100 else 0
    return f"{value:,.{places}f}"


def said(figure: Figure) -> str:
    """A figure's value with its qualifier: "over 75,000", "3,000 to 5,000"."""
    words = {"exact": "", "at_least": "at least ", "at_most": "at most ", "vague": "some "}
    qualifier = words.get(figure.qualifier, f"{figure.qualifier} ")
    if figure.kind == "ratio" and figure.low is not None and figure.high is not None:
        return f"{qualifier}{number(figure.low)} : {number(figure.high)}"
    if figure.value is None and figure.low is not None:
        top = f" to {number(figure.high)}" if figure.high is not None else " or more"
        return f"{number(figure.low)}{top}"
    return qualifier + (number(figure.value) if figure.value is not None else "a number that is not stated")


def share(part: float, whole: float) -> str | None:
    """ "2,597 / 18,000 = 14.4 %"; None where the whole is 0."""
    return f"{number(part)} / {number(whole)} = {100 * part / whole:.1f} %" if whole else None


def middle(figure: Figure | FigureLine) -> float | None:
    """The value, or the middle of a range; None for a vague quantity."""
    if figure.value is not None:
        return float(figure.value)
    if figure.low is not None and figure.high is not None and figure.kind != "ratio":
        return (float(figure.low) + float(figure.high)) / 2
    return None


def _scaled(bounds: tuple[float | None, float | None], factor: float) -> tuple[float | None, float | None]:
    low, high = bounds
    return (None if low is None else low * factor), (None if high is None else high * factor)


def _because(a: Figure, b: Figure, factor_a: float, factor_b: float) -> str:
    x, y = middle(a), middle(b)
    if x is None or y is None or a.value is None or b.value is None or not x:
        return f"{said(a)} and {said(b)} overlap"
    gap = abs(x * factor_a - y * factor_b) / abs(x * factor_a)
    rounded, exact = (a, b) if last_digit(float(a.value)) > last_digit(float(b.value)) else (b, a)
    return f"{said(rounded)} is a rounded form of {said(exact)} (they differ by {100 * gap:.2g} %)"
