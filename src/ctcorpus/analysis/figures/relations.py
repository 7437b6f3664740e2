"""How two figures of one measure stand to each other. The tool relates and says why; it never chooses between them.

The order of the questions: is the same thing counted, in the same period, in the same place? Only when all of that
is so, or not told apart by the texts, are the numbers held against each other.
"""

from __future__ import annotations

from ctcorpus.analysis.figures.measures import Measured, act_of
from ctcorpus.analysis.figures.nouns import GRAVE
from ctcorpus.analysis.figures.periods import Lie, length, lie
from ctcorpus.analysis.figures.ties import FAIR, STRONG, WEAK, names_shared, tie
from ctcorpus.analysis.figures.values import MOST_SLACK, fit, last_digit, middle, number, reach, said, share
from ctcorpus.model.analysis import Relation, Verdict

#: a number of so many digits that are not trailing zeros is hardly met twice by chance; one so large tells more
TELLING_DIGITS, LARGE, SMALL = 3, 10_000, 100
#: two numbers of one matter may be so many times apart; where no period is stated, the second
FAR, FAR_UNDATED = 10.0, 3.0


def relate(a: Measured, b: Measured) -> Relation | None:
    """The relation of two figures with equal keys, or None where nothing makes them comparable."""
    if (a.per is None) != (b.per is None):
        count, rate = (a, b) if b.per is not None else (b, a)
        return _derived(count, rate)
    where = lie(a.figure.period, b.figure.period)
    agreement = fit(a.figure, b.figure, _factor(a), _factor(b))
    bond = tie(a, b)
    if _told_apart(a, b):
        near = bond >= (FAIR if where == "same" else STRONG)
        return _relation(a, b, "other_scope", _names_differ(a, b)) if near else None
    if where not in ("same", "unknown"):
        return _other_period(a, b, where, agreement, bond)
    if not _is_one_matter(a, b, agreement, bond, where):
        return None
    scope = _other_scope(a, b, agreement, bond)
    if scope:
        return _relation(a, b, "other_scope", scope, _share(a, b, where))
    notes = _notes(a, b, where)
    if agreement == "=":
        return _relation(a, b, "same", "; ".join(("same number, not confirmation", *notes)))
    if agreement:
        return _relation(a, b, "rounded", "; ".join((agreement, *notes)))
    return _apart(a, b, notes)


def is_likely(a: Measured, b: Measured) -> bool:
    """Whether a cheap look at two figures finds names, a period or near and telling numbers that could relate them."""
    x, y = middle(a.figure), middle(b.figure)
    named = names_shared(a, b)
    if x is not None and y is not None:
        low, high = sorted((abs(x) * _factor(a), abs(y) * _factor(b)))
        if high <= low * (1 + MOST_SLACK):
            return named >= WEAK or _asked(a, b) <= FAIR
    dated = a.figure.period is not None and a.figure.period == b.figure.period
    return named >= FAIR or (named >= WEAK and dated) or bool(a.noun.names & b.noun.names)


def _other_period(a: Measured, b: Measured, where: Lie, agreement: str | None, bond: float) -> Relation | None:
    """Two stated periods that are not one; the same telling number where one only dates it more closely is one."""
    if where in ("inside", "holds") and agreement == "=" and bond >= _asked(a, b) and not _narrower(a, b):
        found = lie(a.figure.period, b.figure.period)
        reason = ("same number, not confirmation", _period_reason(a, b, found))
        return _relation(a, b, "same", "; ".join(reason))
    if bond < FAIR - WEAK * (a.act is not None and a.noun.heads.isdisjoint(("people",))):
        return None
    return _relation(a, b, "other_period", _period_reason(a, b, where), _share(a, b, where))


def _is_one_matter(a: Measured, b: Measured, agreement: str | None, bond: float, where: Lie) -> bool:
    """Whether a number that is hardly met twice by chance, or what ties the two texts, brings the figures together."""
    if agreement is None:
        return bond >= (FAIR if where == "same" else STRONG + FAIR * _is_small(a, b))
    asked = _asked(a, b)
    if where == "unknown" and asked >= FAIR and _is_bare_length(a, b):
        return False
    return bond >= asked - _dated(a.figure.period if where == "same" else None)


def _dated(period: str | None) -> float:
    """How much one stated period counts for as a tie: a day or month more than a year."""
    if period is None:
        return 0.0
    return FAIR if len(period) > len("2025") and "/" not in period else WEAK


def _is_small(a: Measured, b: Measured) -> bool:
    """Whether both numbers are such as stand in any text, so that two of them seldom count one thing."""
    x, y = middle(a.figure), middle(b.figure)
    return x is not None and y is not None and max(abs(x), abs(y)) < SMALL


def _is_bare_length(a: Measured, b: Measured) -> bool:
    """Whether one period is a mere length ("in the past two months"), which each text counts from its own day."""
    return any((x.figure.period or "").startswith("P") for x in (a, b)) and a.entry.id != b.entry.id


def _asked(a: Measured, b: Measured) -> float:
    """The tie that two agreeing numbers need: the more digits they tell, the less; most where one is vague."""
    x, y = a.figure, b.figure
    if x.value is None or y.value is None:
        return STRONG + (FAIR if "vague" in (x.kind, y.kind) else -WEAK)
    told = min(_digits(a), _digits(b))
    is_one = x.value * _factor(a) == y.value * _factor(b)
    told += abs(x.value) >= LARGE if is_one else max(_digits(a), _digits(b)) >= TELLING_DIGITS
    return {0: STRONG, 1: STRONG, 2: FAIR, 3: WEAK}.get(told, 0.0)


def _apart(a: Measured, b: Measured, notes: list[str]) -> Relation:
    """Two numbers that do not agree on what seems the same measure, period and place."""
    gap = f"{said(a.figure)} and {said(b.figure)} do not agree"
    if _is_revision(a, b):
        first, last = sorted((a, b), key=lambda x: x.entry.published or "")
        when = f"{said(first.figure)} ({first.entry.published}), then {said(last.figure)} ({last.entry.published})"
        return _relation(a, b, "revised", "; ".join((f"the same source reported {when}", *notes)), _difference(a, b))
    if not a.noun.words & b.noun.words:
        notes = [*notes, "the nouns may not count alike"]
        return _relation(a, b, "other_scope", "; ".join((gap, *notes)), _difference(a, b))
    return _relation(a, b, "differs", "; ".join((gap, *notes)), _difference(a, b))


def _derived(count: Measured, rate: Measured) -> Relation | None:
    """A count over its period against a rate: the division is the reason."""
    total, period = middle(count.figure), count.figure.period
    where = lie(period, rate.figure.period)
    span = length(period, count.entry.as_of or count.entry.published)
    if total is None or span is None or rate.per is None or _told_apart(count, rate):
        return None
    mean = total / span * rate.per
    sum_ = f"{number(total)} / {number(span / rate.per)} = {number(round(mean, 1))}{_per(rate)}"
    if where not in ("same", "unknown"):
        return _relation(count, rate, "other_period", _period_reason(count, rate, where), sum_)
    if _meets(count, rate, span):
        reason = f"{said(rate.figure)}{_per(rate)} follows from {said(count.figure)} in {period}"
        return _relation(count, rate, "derived", "; ".join((reason, *_notes(count, rate, where))), sum_)
    if where == "unknown":
        return None
    reason = f"{said(count.figure)} in {period} would be {number(round(mean, 1))}{_per(rate)}"
    verdict: Verdict = "other_scope" if _narrower(count, rate) else "differs"
    return _relation(count, rate, verdict, f"{reason}, not {said(rate.figure)}", sum_)


def _meets(count: Measured, rate: Measured, span: float) -> bool:
    """Whether some count that its printed form leaves open, over the period, is a rate that the other leaves open."""
    low, high = reach(count.figure)
    least, most = reach(rate.figure)
    if low is None or high is None or least is None or most is None or rate.per is None:
        return False
    half = last_digit(middle(rate.figure) or 1.0) / 2 if rate.figure.qualifier == "exact" else 0.0
    return low / span * rate.per <= most + half and least - half <= high / span * rate.per


def _per(rate: Measured) -> str:
    return " a day" if rate.per == 1 else f" in {number(rate.per or 1)} days"


def _factor(x: Measured) -> float:
    return x.factor / (x.per or 1.0)


# --- what tells two figures apart -----------------------------------------------------------------------------


def _told_apart(a: Measured, b: Measured) -> bool:
    """Whether both nouns are narrowed by names, and by none in common: "US soldiers", "Afghan soldiers"."""
    return bool(a.noun.names and b.noun.names and not a.noun.names & b.noun.names)


def _names_differ(a: Measured, b: Measured) -> str:
    return f"not the same ones are counted: '{_noun(a)}' and '{_noun(b)}'"


def _noun(x: Measured) -> str:
    return x.figure.counted or "not stated"


def _digits(x: Measured) -> int:
    """Digits of the printed number but trailing zeros; 0 without one number."""
    value = x.figure.value
    return 0 if value is None else len(number(float(value) / last_digit(float(value))).replace(",", ""))


def _other_scope(a: Measured, b: Measured, agreement: str | None, bond: float) -> str | None:
    """What makes the scopes differ, or None where the texts do not tell."""
    if a.place and b.place and not a.place & b.place:
        return f"other places: {a.figure.place} and {b.figure.place}"
    telling = bond >= STRONG or (agreement is not None and min(_digits(a), _digits(b)) >= TELLING_DIGITS)
    if not a.place and not b.place and not telling and a.anchors and b.anchors and not a.anchors & b.anchors:
        return "the sentences name other places, groups or events"
    if agreement is not None:
        return _not_alike_though_equal(a, b, bond)
    if a.place != b.place:
        named, other = (a, b) if a.place else (b, a)
        rest = f"the other for {other.figure.place}" if other.place else "the other names no place"
        return f"one is for {named.figure.place}, {rest}"
    if _narrower(a, b):
        return f"'{_noun(a)}' and '{_noun(b)}' need not be the same ones"
    return _not_alike(a, b)


def _not_alike_though_equal(a: Measured, b: Measured, bond: float) -> str | None:
    """What keeps even agreeing numbers apart: shares of other things, other acts without a number that tells."""
    if a.family == "percent" and _narrower(a, b):
        return f"'{_noun(a)}' and '{_noun(b)}' need not be the same ones"
    acts = {act_of(x.figure.act) for x in (a, b)}
    other = None not in acts and len(acts) > 1 and not acts <= {"killed", "neutralised"}
    if other and not _dated_alike(a, b) and _asked(a, b) >= FAIR and bond < _asked(a, b) + STRONG:
        return f"'{a.figure.act}' and '{b.figure.act}' need not be one act"
    return None


def _dated_alike(a: Measured, b: Measured) -> bool:
    return a.figure.period is not None and a.figure.period == b.figure.period


def _not_alike(a: Measured, b: Measured) -> str | None:
    """What keeps two numbers that disagree from being held against each other: acts, vagueness, mere distance."""
    acts = {act_of(x.figure.act) for x in (a, b)}
    if len(acts) > 1 and acts & GRAVE and not acts <= {"killed", "neutralised"}:
        return f"not the same act: '{a.figure.act or 'none stated'}' and '{b.figure.act or 'none stated'}'"
    dated = a.figure.period is not None and b.figure.period is not None
    if not dated and None not in acts and len(acts) > 1 and not acts & GRAVE:
        return f"'{a.figure.act}' and '{b.figure.act}' need not be one act"
    if any(x.figure.value is None and x.figure.kind == "vague" for x in (a, b)):
        return f"{said(a.figure)} and {said(b.figure)}: one of them is vague"
    if a.family == "percent" or (a.family in ("duration", "length") and not a.noun.modifiers):
        return "shares of one thing need not be of the same kind"
    x, y = middle(a.figure), middle(b.figure)
    if x is not None and y is not None and max(abs(x), abs(y)) > (FAR if dated else FAR_UNDATED) * min(abs(x), abs(y)):
        return f"{said(a.figure)} and {said(b.figure)} are too far apart for one thing"
    return None


def _narrower(a: Measured, b: Measured) -> bool:
    rates = a.family == "money" and a.figure.unit != b.figure.unit  # "USD annually" and "USD"
    return rates or a.noun.names != b.noun.names or a.noun.modifiers != b.noun.modifiers


def _is_revision(a: Measured, b: Measured) -> bool:
    """Whether one source reported twice: dated differently, and the same site, or attributed to the same speaker."""
    x, y = a.entry, b.entry
    if not x.published or not y.published or x.published == y.published:
        return False
    first, second = a.figure.attribution, b.figure.attribution
    speaks = first is not None and second is not None and first.speaker.casefold() == second.speaker.casefold()
    return speaks or (first is None and second is None and bool(x.site) and x.site == y.site)


# --- the words ------------------------------------------------------------------------------------------------


def _period_reason(a: Measured, b: Measured, where: Lie) -> str:
    one, other = a.figure.period, b.figure.period
    words = {
        "inside": f"{one} lies inside {other}",
        "holds": f"{other} lies inside {one}",
        "overlaps": f"{one} and {other} overlap",
        "apart": f"{one} and {other} do not overlap",
        "length": f"{one} and {other} are not the same length of time",
    }
    return "; ".join((words[where], *_notes(a, b, where)))


def _notes(a: Measured, b: Measured, where: Lie) -> list[str]:
    """Differences that a person must know of, whatever the verdict."""
    notes = []
    x, y = a.figure, b.figure
    if x.act and y.act and a.act != b.act:
        notes.append(f"not the same act: '{x.act}' and '{y.act}'")
    if x.counted and y.counted and (not a.noun.words & b.noun.words or _narrower(a, b)):
        notes.append(f"not the same words: '{_noun(a)}' and '{_noun(b)}'")
    if where == "unknown":
        silent = " and ".join(z.entry.citekey for z in (a, b) if z.figure.period is None)
        notes.append(f"period not stated in {silent}")
    if (x.place or y.place) and a.place != b.place:
        notes.append(f"place: {x.place or 'not stated'} and {y.place or 'not stated'}")
    return notes


def _share(a: Measured, b: Measured, where: Lie) -> str | None:
    """The smaller as a share of the larger, where one could be a part of the other."""
    if where == "apart" or a.family != "count":
        return None
    x, y = middle(a.figure), middle(b.figure)
    if x is None or y is None or min(x, y) < 0:
        return None
    return share(min(x, y), max(x, y))


def _difference(a: Measured, b: Measured) -> str | None:
    x, y = middle(a.figure), middle(b.figure)
    if x is None or y is None:
        return None
    x, y = x * _factor(a), y * _factor(b)
    return f"{number(max(x, y))} - {number(min(x, y))} = {number(round(abs(x - y), 6))}"


def _relation(a: Measured, b: Measured, verdict: Verdict, reason: str, arithmetic: str | None = None) -> Relation:
    return Relation(a.figure.id, b.figure.id, verdict, reason, arithmetic)
