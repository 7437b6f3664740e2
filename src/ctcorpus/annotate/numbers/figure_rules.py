"""Which numbers are claims, and how they are qualified: named rules over the words right before and after."""

from __future__ import annotations

import re
from typing import Final

from ctcorpus.annotate.numbers.noun_phrases import PARTICIPLES, is_plural, word_set
from ctcorpus.annotate.numbers.numerals import Numeral
from ctcorpus.model.facts import Qualifier

_FILL = (
    r"(?:\s+(?:a|an|the|another|additional|further|other|its|their|total|of|by|to|at|as|some|US|with"
    r"|being|be|number|cost))"
)
_QUALIFIERS: Final[tuple[tuple[Qualifier, str], ...]] = (
    ("at_least", r"at\s+least|no\s+(?:fewer|less)\s+than|not\s+(?:less|fewer)\s+than|a\s+minimum(?:\s+of)?"
        r"|upwards?\s+of\s+at\s+least"),
    ("at_most", r"no\s+(?:more|higher)\s+than|not\s+more\s+than|at\s+most|up\s*to|as\s+(?:many|much|high)\s+as"
        r"|a\s+maximum(?:\s+of)?"),
    ("under", r"(?:just\s+)?under|(?:less|fewer|lower|smaller|shorter)\s+than|below"),
    (
        "over",
        r"(?:just\s+|well\s+|far\s+)?(?:over|above|beyond)|(?:more|greater|higher|larger|longer|better"
            r"|bigger)\s+than|exceed(?:s|ed|ing)?|in\s+excess(?:\s+of)?"
        r"|upwards?\s+of|surpass(?:es|ed|ing)?|topp(?:ed|ing)|north\s+of",
    ),
    ("nearly", r"nearly|almost|close\s+to|approach(?:es|ed|ing)|nearing|virtually|practically|not\s+quite"),
    (
        "about",
        r"about|around|approximately|approx\.?|roughly|circa|c\.|some|an?\s+estimated|estimat(?:ed|es?)|~"
            r"|≈|in\s+the\s+region\s+of"
        r"|something\s+like|in\s+the\s+order\s+of|in\s+the\s+neighbou?rhood\s+of|or\s+so",
    ),
)  # fmt: skip
_BEFORE = re.compile(
    r"(?:(?<=\W)|\A)(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _QUALIFIERS) + rf"){_FILL}{{0,3}}\s*\Z",
    re.IGNORECASE,
)
_AFTER: Final[tuple[tuple[Qualifier, re.Pattern[str]], ...]] = (
    (
        "at_least",
        re.compile(
            r",?\s+(?:or\s+(?:more|above)|and\s+(?:more|above|up(?!\s+\d))|at\s+least|upwards?)\b", re.IGNORECASE
        ),
    ),
    ("at_most", re.compile(r",?\s+(?:or\s+(?:less|fewer|below)|at\s+(?:the\s+)?most)\b", re.IGNORECASE)),
    ("about", re.compile(r"(?:[\s-]odd\b|\s+or\s+so\b|\s+approximately\b)", re.IGNORECASE)),
    ("over", re.compile(r"[\s-]plus\b", re.IGNORECASE)),
)  # fmt: skip
#: verbs whose particle looks like a qualifier: "handed over 20 prisoners", "talk about three things"
_PARTICLE = re.compile(
    r"\b(?:hand|turn|took|tak|carr|go|went|pass|ma[dk]e|win|won|presid|rul|cross|fight|fought|argu"
    r"|clash|war|control|talk"
    r"|speak|spoke|ask|know|care|worr|concern|hear|think|learn|question|story|stories|bring|came|come"
    r"|happen|fall|flew|fly)"
    r"[a-z]*\s+(?:over|about|around)\s*\Z",
    re.IGNORECASE,
)
#: numbers that are names: a label and its number, always
_LABEL = re.compile(
    r"(?:\b(?:articles?|arts?\.|chapters?|resolutions?|sections?|sect?\.|paragraphs?|paras?\.?|pages?"
    r"|pp?\.|nos?\.|no|numbers?|items?|points?"
    r"|rules?|tables?|figs?\.|figures?|phase|steps?|levels?|stage|grades?|class|category|categories"
    r"|type|version|vol(?:ume)?\.?|season|episode"
    r"|part|parts|annex|appendix|route|highway|flight|bus|apartment|suite|room|channels?|zone"
    r"|sectors?|ward|agenda|vision|session|protocol|schedule"
    r"|clause|sub-clause|principle|goals?|sdgs?|tier|top|group\s+of|act|amendment|division|brigade"
    r"|battalion|regiment|corps|squadron|unit|block"
    r"|gate|platform|area|district|century|day|week|year|round|draft|document|gpt|windows|covid|form"
    r"|order|case|exhibit|code|note|age[ds]?|seasons)"
    r"(?:\s+(?:nos?\.?|number))?\s*[#(]?|#|§|№)\Z",
    re.IGNORECASE,
)
_LABEL_LIST = re.compile(
    r"\b(?:articles|resolutions|sections|chapters|paragraphs|pages|items|rules|nos\.|goals|phases"
    r"|levels|annexes)\s+(?:[\d()a-z]{1,7}(?:,|\s+and|\s+to|\s+or)?\s+){1,8}\Z",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"(?:\A|[^.!?:;,“\"‘(—–\s])\s?\b([A-Z][\w’'-]*)[\s\u00a0]\Z")
_CLOCK = re.compile(
    r"\s?(?:[ap]\.?\s?m\b\.?|o[’']clock|hours\s+(?:GMT|local|on\b)|GMT|PST|UTC|noon|midnight)", re.IGNORECASE
)
#: "in 447 BC", "AD 208", "built in around 208,": a year before those that dates are read from
_ANCIENT = re.compile(r"\s?(?:B\.?C\.?E?|A\.?D|C\.?E)\b")
#: "22 Mbit/s", "10 m/s": measures that have no unit here
_PER_SECOND = re.compile(r"\s?(?!km)[^\W\d]+[²³]?/(?:s|sec|min|h)\b")
_IN_YEAR = re.compile(r"\bAD\s\Z|\b(?:in|since|by|until|before|after)\s+(?:about|around|circa|c\.)\s+\Z")
_LIST_MARK = re.compile(r"\s*\(?\Z")
_AGE_AFTER = re.compile(
    r"[\s-]*(?:years?|months?|weeks?)[\s-]+(?:olds?\b|of\s+age)|[\s-]*year[\s-]olds?", re.IGNORECASE
)
_JOINED_WORD = re.compile(r"-([A-Za-z]+)")
#: what hyphenated counts of members are made of ("15-member")
_MEMBERS = word_set("member nation country strong seat bed person man metre")
_DEFINITE = re.compile(
    r"(?:\b(?:the|these|those|its|our|their|his|her|my|your|both|all|other|last|next|past|first"
    r"|previous|following|latter|former|same|any|every|each|which|of\s+the)|[’']s?)\s+(?:(?:other"
    r"|remaining|first|last|past|next|main|great|major|above)\s+)?\Z",
    re.IGNORECASE,
)
#: counts of the speaker's own argument, not of the world
DISCOURSE = word_set(
    """reasons things ways points questions issues aspects matters factors elements observations comments remarks
    words options examples sides categories kinds types forms sorts dimensions fronts respects parts hands
    conclusions lessons propositions considerations characteristics features areas purposes assumptions facts
    steps principles tracks scenarios choices worlds extremes halves minds bits cents minutes moments paths
    objectives instances items"""
)
_PERSON = re.compile(
    r"\s+(?:[a-z]+\s+)?(?:soldier|civilian|person|man|woman|child|boy|girl|militant|terrorist"
    r"|policeman|officer|official|suspect|student|guard|fighter|cop|worker|attacker|bomber|passenger"
    r"|woman)\b"
)
_CASUALTY = re.compile(
    r"\b(?:kill|injur|wound|arrest|martyr|dead\b|died\b|detain|shot\b|captur|kidnap|abduct|left\b)", re.IGNORECASE
)
_CUE = re.compile(
    r"\b(?:total(?:s|led|ed|ling|ing)?|tolls?|number(?:ed|ing|s)?|tally|count|rose|risen|rising"
    r"|increased|decreased|grew|grown|declined|fell|dropped"
    r"|reached|reaching|stands?|stood|averag(?:ed|es|ing)|comprising|counted|claimed|left|scored"
    r"|population|membership|score[sd]?)\b[^.;,\d]{0,40}\Z"
    r"|\bfrom\s+\d[^.;]{0,30}\bto\s+\Z|(?:%|\bpercent|\bup|\bdown|\bcent)\s+from\s+\Z",
    re.IGNORECASE,
)


def qualifier(text: str, start: int, end: int, numeral: Numeral) -> Qualifier:
    """The bound or approximation that the words around the number state; "exact" where they state none."""
    if numeral.form == "vague":
        return "vague"
    before = text[max(0, start - 48) : start]
    found = _BEFORE.search(before)
    if found is not None and found.lastgroup and not _PARTICLE.search(text[max(0, start - 60) : start]):
        return _named(found.lastgroup)
    if numeral.plus:
        return "at_least"
    for at in (numeral.end, end):
        for name, words in _AFTER:
            if words.match(text, at):
                return name
    return "exact"


def _named(name: str) -> Qualifier:
    return next(key for key, _ in _QUALIFIERS if key == name)


def is_name(text: str, numeral: Numeral, unit_start: bool) -> bool:
    """Whether the number is part of a name, a label, a list mark, an age, an ordinal or a time of day."""
    start, end = numeral.start, numeral.end
    before = text[max(0, start - 60) : start]
    after = text[end : end + 24]
    if numeral.currency is not None:
        return False
    if _AGE_AFTER.match(after) or _CLOCK.match(after) or re.search(r"\bage[ds]?\s+(?:of\s+)?\Z", before, re.IGNORECASE):
        return True
    if numeral.percent:
        return False
    if _PER_SECOND.match(after):
        return True
    if not numeral.scaled and (_ANCIENT.match(after) or _is_ancient(before, after, numeral)):
        return True
    if numeral.form == "digits" and unit_start and re.match(r"[.)]", after) and _LIST_MARK.match(text[:start]):
        return True
    joined = _JOINED_WORD.match(after)
    if joined is not None and not _counts_members(joined[1], numeral):
        return True
    if not numeral.scaled and (_LABEL.search(before) or _LABEL_LIST.search(before)):
        return True
    if numeral.form == "digits":
        return _is_mark(before, after, numeral) or _named_thing(before, after, numeral)
    word = text[start:end]
    return word[0].isupper() and bool(before.strip()) and not re.search(r"[.!?:;“\"‘(—–-]\s*\Z|\n\s*\Z", before)


def _is_ancient(before: str, after: str, numeral: Numeral) -> bool:
    """Whether a number is a year of the first centuries: "in around 208," with nothing that it could count."""
    return (
        numeral.form == "digits" and _IN_YEAR.search(before) is not None and re.match(r"[,.;)]|\Z", after) is not None
    )


_TIME_OR_MEASURE = re.compile(
    r"(?:second|minute|hour|day|night|week|month|year|decade|kilomet|km|met|mile|foot|feet|ft|inch"
    r"|acre|ton|pound|percent|per|dollar|rupee|euro"
    r"|billion|million|hectare|square|megawatt|MW|kg|odd|plus|barrel|lit)",
    re.IGNORECASE,
)


def _is_mark(before: str, after: str, numeral: Numeral) -> bool:
    """A footnote's mark after a full stop, or a rank before a name ("16 Erik Jones")."""
    if numeral.scaled or (numeral.value or 0) >= 200:
        return False
    if re.search(r"[.!?][”’\"')]*\s?\Z", before) and re.match(r"\s+[A-Z]", after):
        return True
    if re.search(r":\s?\Z", before) and re.match(r"[.)]\s+[A-Z]", after):
        return True
    return (
        not before.strip() and re.match(r"\s+[A-Z][a-z’'-]+\s+(?:[A-Z][\w’'.-]*\s*){1,2}(?:\d|\Z)", after) is not None
    )


def _counts_members(word: str, numeral: Numeral) -> bool:
    """ "6-day", "2,600-kilometer", "15-member"; not "two-pronged", "two-state", "four-wheel"."""
    if _TIME_OR_MEASURE.match(word):
        return True
    return word.lower() in _MEMBERS and (numeral.value or 0) >= 3


def _named_thing(before: str, after: str, numeral: Numeral) -> bool:
    """A bare number right after a capitalised word ("Boeing 747", "Group 20"), without a plural noun after it."""
    if numeral.scaled or numeral.form == "range":
        return False
    name = _NAME_BEFORE.search(before)
    if name is None or name[1].lower() in _SENTENCE_WORDS:
        return False
    following = re.match(r"\s+([A-Za-z]+)(?:\s+([A-Za-z]+))?", after)
    if following is None:
        return True
    return not any(x and (is_plural(x) or x.lower() in PARTICIPLES) for x in following.groups())


_SENTENCE_WORDS = word_set(
    """the a in on at over some about nearly almost around more at least of and with from by to killed only another
    kills kill injures wounds arrests total these those our their its"""
)


#: "a third of", "by a third."; not "a third buyer"
_PART_OF = re.compile(r"\s+(?:of|less|more|higher|lower|by|in|to|since|from|and|over|between|after)\b|[^\s\w]|\Z")

#: "the first half of the century": a part in order, not a share
_A_HALF = re.compile(
    r"\b(?:first|second|latter|former|last|other|better|top|bottom|later|earlier)[\s-]+\Z", re.IGNORECASE
)


def is_claim(text: str, numeral: Numeral, counted: str | None, acted: bool, qualified: bool, measured: bool) -> bool:
    """Whether the number says how much or how many of something, rather than being a pronoun or a figure of speech."""
    before = text[max(0, numeral.start - 60) : numeral.start]
    if measured or (numeral.form == "range" and counted):
        return True
    if numeral.form == "vague":
        return True
    if numeral.form == "fraction":
        if _A_HALF.search(before):
            return False
        return text[numeral.start].lower() != "a" or _PART_OF.match(text, numeral.end) is not None
    if numeral.form == "words" and not numeral.scaled and (numeral.value or 0) < 13:
        return _small_word(text, numeral, counted, acted, qualified, before)
    if counted is not None:
        return not (counted.split()[-1].lower() in DISCOURSE and (numeral.value or 0) < 13)
    qualified = qualified and not _may_be_year(numeral)
    return numeral.scaled or acted or qualified or _CUE.search(before) is not None


def _may_be_year(numeral: Numeral) -> bool:
    """Whether a bare number has the form of a year ("built around 1534")."""
    value = numeral.value if numeral.value is not None else numeral.low
    return numeral.form in ("digits", "range") and value is not None and 1000 <= value < 2100 and value == int(value)


def _small_word(text: str, numeral: Numeral, counted: str | None, acted: bool, qualified: bool, before: str) -> bool:
    """ "two soldiers were killed", "three provinces"; not "one of", "the two countries", "two reasons"."""
    if numeral.value == 1:
        around = text[max(0, numeral.start - 40) : numeral.end + 60]
        return _PERSON.match(text, numeral.end) is not None and _CASUALTY.search(around) is not None
    if _DEFINITE.search(before) and not acted:
        return False
    if counted is not None:
        return counted.split()[-1].lower() not in DISCOURSE
    return acted or (qualified and _CUE.search(before) is not None)
