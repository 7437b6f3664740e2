"""What follows a number and makes it a measure: currencies, per cent, lengths, times, rates."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ctcorpus.model.facts import FigureKind

#: printed sign or code -> unit; "$" is USD where nothing else is printed, rupees of no named country stay rupees
CURRENCIES = {
    "$": "USD", "us$": "USD", "u.s.$": "USD", "usd": "USD", "€": "EUR", "eur": "EUR", "£": "GBP", "gbp": "GBP",
    "¥": "JPY", "jpy": "JPY", "₹": "INR", "inr": "INR", "₨": "rupee", "rs": "rupee", "rs.": "rupee",
    "rupees": "rupee", "pkr": "PKR", "aed": "AED", "sar": "SAR", "cny": "CNY", "au$": "AUD", "a$": "AUD",
    "ca$": "CAD", "c$": "CAD", "hk$": "HKD", "nz$": "NZD", "s$": "SGD", "r$": "BRL",
}  # fmt: skip
_MONEY_WORDS = {
    "dollar": "USD", "rupee": "rupee", "euro": "EUR", "pound": "GBP", "yen": "JPY", "yuan": "CNY", "cent": "cent",
    "riyal": "riyal", "dirham": "dirham", "franc": "franc", "ruble": "RUB", "rouble": "RUB", "usd": "USD",
    "pkr": "PKR", "eur": "EUR", "gbp": "GBP", "inr": "INR",
}  # fmt: skip
_NATIONS = {
    "us": "USD", "u.s.": "USD", "american": "USD", "canadian": "CAD", "australian": "AUD", "pakistani": "PKR",
    "pakistan": "PKR", "indian": "INR", "saudi": "SAR", "hong kong": "HKD", "singapore": "SGD",
}  # fmt: skip
_LENGTHS = {
    "kilometre": r"kilomet(?:er|re)s?|kms?\b",
    "metre": r"met(?:er|re)s?|m",
    "mile": r"miles?",
    "foot": r"feet|foot|ft",
    "yard": r"yards?",
    "inch": r"inch(?:es)?",
    "centimetre": r"centimet(?:er|re)s?|cm",
    "millimetre": r"millimet(?:er|re)s?|mm",
    "nanometre": r"nanomet(?:er|re)s?|nm",
    "nautical mile": r"nautical\s+miles?",
}
_MEASURES = {
    "square kilometre": r"(?:square|sq\.?)[\s-](?:kilomet(?:er|re)s?|km)|km2|km²",
    "square mile": r"(?:square|sq\.?)[\s-]miles?",
    "square foot": r"(?:square|sq\.?)[\s-](?:feet|foot|ft)",
    "square metre": r"(?:square|sq\.?)[\s-](?:met(?:er|re)s?|m)",
    "acre": r"acres?",
    "hectare": r"hectares?|ha",
    "acre-foot": r"acre[\s-]feet",
    "tonne": r"tonnes?|metric\s+tons?",
    "ton": r"tons?",
    "kilogram": r"kilograms?|kilogrammes?|kgs?|kilos?",
    "gram": r"grams?",
    "ounce": r"ounces?|oz",
    "litre": r"lit(?:er|re)s?",
    "gallon": r"gallons?",
    "barrel": r"barrels?",
    "cusec": r"cusecs?",
    "megawatt": r"megawatts?|MW",
    "gigawatt": r"gigawatts?|GW",
    "kilowatt": r"kilowatts?|kW",
    "kilometre per hour": r"km/hr?|kmh|kph|kilomet(?:er|re)s?\s+(?:per|an)\s+hour",
    "mile per hour": r"mph|miles?\s+(?:per|an)\s+hour",
    "degree": r"degrees?(?:\s+(?:Celsius|Fahrenheit))?|°[CF]?",
    "kelvin": r"kelvins?|K",
    "gigabyte": r"GB|gigabytes?",
    "megabyte": r"MB|megabytes?",
    "terabyte": r"TB|terabytes?",
}
_TIMES = r"second|minute|hour|hr|day|night|week|fortnight|month|year|decade"
_PER = re.compile(
    r"\s+(?P<per>(?:(?:per|a|an|every|each)\s+(?:single\s+)?(?:second|minute|hour|day|night|week"
    r"|month|quarter|year|annum|capita|person|head|week)"
    r"|annually|daily|yearly|weekly|monthly))\b"
)


def _options(table: dict[str, str], kind: str) -> str:
    return "|".join(f"(?P<{kind}{index}>{form})" for index, form in enumerate(table.values()))


_UNIT = re.compile(
    r"(?:[\s\u00a0-]{0,2})(?:"
    rf"(?P<points>percentage[\s-]points?|basis\s+points?)"
    rf"|{_options(_MEASURES, 'm')}|{_options(_LENGTHS, 'l')}"
    rf"|(?:(?P<nation>{'|'.join(re.escape(x) for x in _NATIONS)})\s+)?(?P<money>{'|'.join(_MONEY_WORDS)})s?"
    rf"|(?P<time>{_TIMES})s?"
    r")(?![\w²])",
    re.IGNORECASE,
)
_CASED = {
    "m": "m",
    "MW": "MW",
    "GW": "GW",
    "MB": "MB",
    "GB": "GB",
    "TB": "TB",
    "ha": "ha",
    "ft": "ft",
    "mm": "mm",
    "K": "K",
    "nm": "nm",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A printed unit: its kind, its name, where it ends, and whether a hyphen joins it ("2,600-kilometer")."""

    kind: FigureKind
    name: str
    end: int
    joined: bool = False


#: what tells that pounds are money, before the number and after it; any others are a weight or an unknown measure
_PAID = re.compile(
    r"\b(?:pa(?:id|y|ys|ying|yments?)|costs?|costing|worth|valued?|fine[ds]?|fees?|prices?|priced|sal(?:e|es|ary|aries)"
    r"|wages?|spen[dt]\w*|budgets?|grants?|debts?|loans?|earn\w*|sold|bought|sell|buy|reward|bounty|ransom|prize|profits?"
    r"|income|revenues?|funds?|funding|invest\w*|donat\w+|borrow\w*|compensation|aid|stole|rais(?:e|ed|ing)|sum)\b"
    r"[^.;]{0,60}\Z",
    re.IGNORECASE,
)
_PAID_AFTER = re.compile(
    r"\s+(?:sterling\b|in\s+(?:cash|aid|debts?|damages|fines?)\b|(?:per|a|an)\s+(?:head|year|month|week|day|annum)\b"
    r"|(?:annually|reward|bounty|prize|fine|budget)\b)",
    re.IGNORECASE,
)
_WEIGHED = re.compile(
    r"\s+of\b|\s*\(?[\d.,]+\s*(?:kg|kilogram)|[\s-](?:bomb|weight|weapon|warhead|shell)", re.IGNORECASE
)


def unit_after(text: str, end: int, currency: str | None, percent: bool) -> Unit | None:
    """The unit of the number that ends at ``end``; None where none is printed.

    Pounds that nothing nearby shows to be money have the unit ``pound`` and are a count.
    """
    if percent:
        return Unit("percent", "percent", end)
    if currency is not None:
        return Unit("money", CURRENCIES.get(currency.lower().strip(), currency), end)
    found = _UNIT.match(text, end)
    if found is None:
        return None
    printed = found.group().strip(" -\u00a0")
    if len(printed) <= 2 and printed.lower() in {x.lower() for x in _CASED} and printed not in _CASED:
        return None
    if printed == "m" and text[end : end + 1] not in (" ", "\u00a0"):
        return None
    joined = text[end : end + 1] == "-"
    if found["points"]:
        return Unit("percent_change", found["points"].lower().rstrip("s").replace("-", " "), found.end(), joined)
    if found["money"]:
        name = _MONEY_WORDS[found["money"].lower()]
        if found["money"].lower() == "pound" and not _is_money(text, end, found.end()):
            return Unit("count", "pound", found.end(), joined)
        return Unit("money", _NATIONS.get((found["nation"] or "").lower(), name), found.end(), joined)
    if found["time"]:
        time = found["time"].lower()
        return Unit("duration", "hour" if time == "hr" else time, found.end(), joined)
    name = next(key for key, value in found.groupdict().items() if value is not None)
    if name[0] == "m":
        return Unit("count", list(_MEASURES)[int(name[1:])], found.end(), joined)
    return Unit("length", list(_LENGTHS)[int(name[1:])], found.end(), joined)


def _is_money(text: str, start: int, end: int) -> bool:
    """Whether the pounds printed from ``start`` to ``end`` are paid, not weighed."""
    if _PAID_AFTER.match(text, end):
        return True
    return _WEIGHED.match(text, end) is None and _PAID.search(text, max(0, start - 90), start) is not None


def rate_after(text: str, end: int) -> tuple[str, int] | None:
    """ "per day", "a year", "annually" after a number or its noun: the words and where they end."""
    found = _PER.match(text, end)
    return (" ".join(found["per"].split()), found.end()) if found is not None else None
