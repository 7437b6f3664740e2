"""The surroundings of a figure: the act in the source's own word, the actor, the place, the period, the hedge.

Everything is a span of the sentence (the period's may lie in the sentence before); nothing is taken over a semicolon
or from farther than ``REACH`` characters.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from ctcorpus.annotate.numbers.noun_phrases import word_set
from ctcorpus.model.facts import Date
from ctcorpus.model.span import Span

REACH = 240

_ACTS = (
    r"(?:kill(?:ed|ing|s)?|killings?|martyr(?:ed|ing)|murder(?:ed|ing|s)?|assassinat(?:ed|ing|ion)"
    r"|eliminat(?:ed|ing|es?|ion)|neutrali[sz](?:ed|ing|es?|ation)"
    r"|arrest(?:ed|ing|s)?|detain(?:ed|ing|s)?|detention|captur(?:ed|ing|es?)|apprehend(?:ed|ing|s)?"
    r"|injur(?:ed|ing|es?)|wound(?:ed|ing|s)?|displac(?:ed|ing|es?)"
    r"|behead(?:ed|ing)|execut(?:ed|ing|es?)|massacr(?:ed|ing)|slain|slaughter(?:ed|ing)|shot\s+dead"
    r"|died|dead|lost\s+their\s+lives|laid\s+down\s+their\s+lives"
    r"|sacrificed\s+their\s+lives|perished|abduct(?:ed|ing)|kidnap(?:ped|ping)|convict(?:ed|ing)"
    r"|sentenc(?:ed|ing)|destroy(?:ed|ing|s)?|seiz(?:ed|ing|es?)"
    r"|recover(?:ed|ing|s)?|conduct(?:ed|ing|s)?|launch(?:ed|ing|es)?|carr(?:ied|ying|ies)\s+out"
    r"|deploy(?:ed|ing|s)?|foil(?:ed|ing|s)?|avert(?:ed|ing|s)?"
    r"|thwart(?:ed|ing|s)?|disrupt(?:ed|ing|s)?|dismantl(?:ed|ing|es?)|rescu(?:ed|ing|es?)"
    r"|repatriat(?:ed|ing|es?)|surrender(?:ed|ing)?|releas(?:ed|ing|es?)"
    r"|free[ds]?|identif(?:ied|ying|ies)|complet(?:ed|ing|es?)|affect(?:ed|ing|s)?|host(?:ed|ing|s)?"
    r"|evacuat(?:ed|ing)|maim(?:ed|ing)|orphaned|blinded|raped"
    r"|fled|sacrific(?:ed|ing)|tortured|expelled|deport(?:ed|ing|s)?|recruit(?:ed|ing|s)?|trained|martyrdom|hanged"
    r"|imprison(?:ed|ing)|jail(?:ed|ing)?|targeted|bombed|fired|tested|infect(?:ed|ing))"
)
_ACT_BEFORE = re.compile(
    rf"\b(?P<act>{_ACTS})\s+(?:(?:of|by|in|with|out|a|an|the|at|least|over|more|than|nearly|almost"
    rf"|about|around|some|up|to|as|many|another|additional|total"
    r"|estimated|approximately|roughly|least|fewer|less|no|upwards|only|further|all|other|between|its"
    r"|their|his)\s+){0,6}\Z",
    re.IGNORECASE,
)
_ACT_AFTER = re.compile(
    r"\s*(?:\([^)]{0,20}\)\s*)?(?P<passive>(?:(?:were|was|are|is|been|being|be|have|has|had"
    r"|reportedly|allegedly|also|people|others|later|since"
    rf"|then|got|tragically|either)\s+)*)(?P<act>{_ACTS})\b(?P<object>\s+(?:[\d$£€]|(?:an?|the|at|over"
    rf"|more|nearly|about|some|one|two|three|four|five|six"
    r"|seven|eight|nine|ten|dozens|hundreds|thousands|scores|several|many|its|their|his|her)\b))?",
    re.IGNORECASE,
)
#: acts that nobody does to another
_OWN = re.compile(
    r"(?:died|dead|lost|laid|sacrificed\s+their|perished|fled|surrender\w*|\w+(?:tion|dom))\b", re.IGNORECASE
)
_MOST = re.compile(
    r"\b(?:majority|most|concentrated|largest|half|mainly|mostly|especially|particularly|including)\b", re.IGNORECASE
)
_JOINED = re.compile(
    r"\s*(?:,|,?\s+and|,?\s+as\s+well\s+as|,?\s+or|,?\s+including|,?\s+among\s+them)\s+(?:(?:the|an?|at|least|over|more|than|nearly"
    r"|about|some|another|also)\s+){0,3}\Z",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?:were|was|are|is|been|being|be|get|got)\s+(?:\w+ly\s+)?\Z", re.IGNORECASE)
_BY = re.compile(
    r"\s+(?:[^.;,]{0,40}?\s)?by\s+((?:the\s+)?(?:[A-Z][\w’'-]*(?:\s+(?:of\s+(?:the"
    r"\s+)?)?[A-Z][\w’'-]*){0,5}|(?:security|armed|law[\s-]enforcement|government|police|military"
    r"|unidentified|unknown|foreign|occupation)?\s?(?:forces|gunmen|militants|troops|police"
    r"|terrorists|agencies|army|insurgents)))(?!\w)"
)
_BODY = (
    r"(?:security\s+forces|law[\s-]enforcement\s+(?:agencies|agents|personnel)|armed\s+forces"
    r"|security\s+and\s+intelligence\s+agencies|(?:the\s+)?(?:military|army|police|government"
    r"|authorities|militants|terrorists|gunmen|troops|insurgents|forces|country|soldiers|rangers))"
)
_SUBJECT = re.compile(
    rf"(?:\A|[\s“\"(])(?P<actor>(?:the\s+"
    rf"|The\s+)?(?:(?:[A-Z][\w.-]*(?:[’']s?)?(?:\s+(?:of\s+(?:the\s+)?)?(?:and"
    rf"\s+(?=[A-Z]))?[A-Z][\w.-]*(?:[’']s?)?){{0,5}})(?:\s+{_BODY})?|{_BODY}|{_BODY[:-1]}"
    rf"|Security\s+forces)))"
    r"\s+(?:\((?:[A-Z][\w-]*)\)\s+)?(?:(?:has|have|had|also|reportedly|allegedly|claims?|claimed"
    r"|says?|said|to|it|that|successfully|jointly|then|since|already)\s+){0,5}\Z"
)
_NOT_ACTORS = word_set(
    "in on at the this these those it they he she we that while which who there operations operation since over during"
)
_PLACE = re.compile(
    r"\b(?:in|near|across|inside|throughout|within|around|outside|from|along|of)\s+(?:(?:the"
    r"|and\s+around|northern|southern|eastern|western|central|occupied|neighbou?ring"
    r"|Indian[\s-][Oo]ccupied|the\s+city\s+of|parts\s+of|the\s+province\s+of|the\s+town\s+of)\s+){0,2}"
    r"(?P<place>[A-Z][\w’'-]*(?:(?:,?\s+(?:and\s+)?(?:other\s+(?:areas|parts|cities"
    r"|districts)\s+of\s+)?|\s+of\s+(?:the\s+)?|-)[A-Z][\w-]*"
    r"|\s+\([A-Z]{2,6}\)(?=\s+and\s+[A-Z])){0,6})"
)
_NO_PLACE = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
    r"|Operation|Article|Chapter|Resolution|Council|Assembly|Committee|Commission|Court|Conference"
    r"|Charter|Agreement|Treaty|Declaration|Report|Summit|Ministry"
    r"|Government|Party|Army|War|Day|Times|Post|News|Bank|Fund|Nations|Parliament|Congress|Senate"
    r"|University|Company|Inc|Ramadan|Eid|Christmas|English|Urdu"
    r"|UN|US\$|Mr|Mrs|Ms|Dr|President|Minister|General|Spring|Summer|Autumn|Winter|Q[1-4]|Force"
    r"|Forces|Police|Club|League|Act|Plan|Policy|Programme|Program)\b"
)
_HEDGE = re.compile(
    r"\b(?:reportedly|allegedly|alleged|alleges|purported(?:ly)?|apparently|supposedly|unconfirmed"
    r"|estimated|estimates?|claims?|claimed|claiming|believed|suspected"
    r"|thought\s+to|said\s+to\s+(?:have|be)|may\s+(?:have|be|well)|might\s+(?:have|be)"
    r"|could\s+(?:have|be)|possibly|perhaps|probably|likely|presumed|feared|rumou?red)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r";|\s+(?:but|while|whereas|although|though)\s+|:\s", re.IGNORECASE)
_COMPARED = re.compile(
    r"\b(?:compared\s+(?:to|with)|than(?:\s+in)?|versus|vs\.?|relative\s+to|down\s+from"
    r"|up\s+from|percent\s+from|per\s+cent\s+from|\d+%\s+from)\s+(?:[\w’'%,]+\s+){0,6}\Z",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"[\s“\"]*(?:(?:However|Moreover|In\s+addition|As\s+a\s+result|Consequently|Furthermore"
    r"|Additionally|Overall|Meanwhile|Also|Of|Among|During|In|At|Besides|Similarly)?,?\s*)"
    r"(?:these|those|this|such|they|them|the\s+same)\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:were|was|had|lost|died|fell|rose|took|\w{3,}ed)\b")
_NOW = re.compile(
    r"\b(?:today|now|currently|at\s+present|will|would|annually|per\s+year|every\s+year)\b", re.IGNORECASE
)


def act_of(text: str, number: int, end: int, previous: tuple[Span, int] | None) -> Span | None:
    """The act word of the figure, offsets into ``text``.

    number: where the number begins; end: where its noun ends. previous: the act of the figure before it in the
    sentence and where that figure ends; it holds for this one too where only a comma or "and" stands between.
    """
    left = max(0, number - 80)
    before = _ACT_BEFORE.search(text[left:number])
    end = _past_insertion(text, end)
    after = _ACT_AFTER.match(text[end : end + 60])
    if before is not None and not _in_name(text, left + before.start("act")):
        return Span(left + before.start("act"), left + before.end("act"))
    if after is not None and _is_passive(after):
        return Span(end + after.start("act"), end + after.end("act"))
    if previous is not None and 0 < number - previous[1] < 40 and _JOINED.fullmatch(text[previous[1] : number]):
        return previous[0]
    return None


def _in_name(text: str, act: int) -> bool:
    """Whether an act word with a capital stands behind another capitalised word: "the Duty Free over 2000 metres"."""
    return text[act].isupper() and re.search(r"[A-Z][\w’'-]*\s\Z", text[max(0, act - 30) : act]) is not None


#: what is put between those counted and what was done to them: "27,000 people, including children, were killed"
_INSERTION = re.compile(
    r"(?:,\s+(?P<words>(?:including|among\s+them|among\s+whom|most|mostly|mainly|many|some\s+of|both|largely|chiefly|such\s+as"
    r"|as\s+well\s+as|especially|notably|the\s+majority|half\s+of|predominantly|primarily|men|women|old|young)\b[^.;:()“”\"]{2,110}?),"
    r"|\s*\((?P<aside>[^().;]{2,90})\)|\s+[–—]\s+(?P<dashed>[^.;:–—]{2,90}?)\s+[–—])(?=\s+(?:(?:have|has|had|were|was|are"
    r"|reportedly|tragically|also)\s+)+(?:been\s+)?[a-z])"
)
_CLAUSE_WORD = re.compile(r"\b(?:but|while|whereas|which|who|that|when|were|was|had|has|have)\b")


def _past_insertion(text: str, end: int) -> int:
    """Where a noun phrase that ends at ``end`` goes on after a phrase put in between; ``end`` where none is."""
    found = _INSERTION.match(text, end, min(len(text), end + 160))
    if found is None or _CLAUSE_WORD.search(found[found.lastgroup or "words"]):
        return end
    return found.end()


def _is_passive(after: re.Match[str]) -> bool:
    """Whether the act after the noun was done to it: "12 men were killed"; not "12 men killed a guard"."""
    if _OWN.match(after["act"]):
        return True
    if after["act"].lower().endswith("ing"):
        return "being" in after["passive"]
    return (
        after["object"] is None or re.search(r"\b(?:were|was|are|is|been|being|be|got)\b", after["passive"]) is not None
    )


def actor_of(text: str, act: Span, number: int, end: int) -> Span | None:
    """Who did it: the "by" phrase of a passive, or the subject right before an active verb."""
    by = _BY.match(text[max(act.end, end) : max(act.end, end) + 120])
    if by is not None:
        start = max(act.end, end)
        return Span(start + by.start(1), start + by.end(1))
    left = max(0, act.start - 120)
    before = text[left : act.start]
    if act.start > number or _OWN.match(text, act.start):
        return None
    if _PASSIVE.search(before):
        return None
    subject = _SUBJECT.search(before)
    if subject is None or subject["actor"].lower() in _NOT_ACTORS:
        return None
    start, stop = subject.span("actor")
    lead = re.match(r"(?:The|the|In|On|By|Since)\s+", before[start:stop])
    if lead is not None and lead.group().strip() not in ("The", "the"):
        start += lead.end()
    return Span(left + start, left + stop)


def place_of(text: str, start: int, end: int, limit: int) -> Span | None:
    """The place named after the figure (up to ``limit``, the next figure), else the one that opens the sentence."""
    right = min(limit, end + REACH)
    stop = _CLAUSE.search(text[end:right])
    for found in _PLACE.finditer(text[end : end + stop.start() if stop else right]):
        if _MOST.search(text[end : end + found.start()]):
            break
        if _is_place(text, end + found.start(), found["place"]):
            return _place_span(text, end + found.start("place"), end + found.end("place"))
    left = max(0, start - REACH)
    cut = [x.end() for x in _CLAUSE.finditer(text[left:start])]
    left += cut[-1] if cut else 0
    places = [x for x in _PLACE.finditer(text[left:start]) if _is_place(text, left + x.start(), x["place"])]
    if places and re.match(r"\s+and\s+(?:in|at|near)\b", text[left + places[-1].end() : start]):
        return None  # "in Ukraine and in 50 other places"
    return _place_span(text, left + places[-1].start("place"), left + places[-1].end("place")) if places else None


_SAYS = re.compile(
    r"[’']?s?\s+(?:said|says|told|reported|reports|stated|added|confirmed|officials?|police|according"
    r"|announced|claimed)\b"
)


def _place_span(text: str, start: int, end: int) -> Span:
    """The place without a speaker that follows it after a comma ("in Lakki Marwat, ISPR said")."""
    comma = text.rfind(",", start, end)
    if comma > start and (_SAYS.match(text, end) or text[comma + 1 : end].strip().isupper()):
        end = comma
    return Span(start, end)


def _is_place(text: str, at: int, place: str) -> bool:
    """A capitalised name that is no month, body or act; "of" and "from" hold only after another place word."""
    if re.search(r"[’']s?\Z", place):
        return False  # "in Khan's house"
    if _NO_PLACE.search(place) or (place.isupper() and len(place) > 5) or len(place) < 2:
        return False
    if text[at : at + 3].lower() == "of " or text[at : at + 5].lower() == "from ":
        return (
            re.search(
                r"\b(?:city|province|district|town|village|areas?|parts?|people|north|south|east|west)\s+\Z",
                text[max(0, at - 12) : at],
            )
            is not None
        )
    return True


def hedge_of(text: str, start: int, end: int) -> Span | None:
    """The word that keeps the claim at a distance ("reportedly", "claims"), nearest before it in its clause."""
    left = max(0, start - REACH)
    cut = [x.end() for x in _CLAUSE.finditer(text[left:start])]
    left += cut[-1] if cut else 0
    found = list(_HEDGE.finditer(text[left:start]))
    if found:
        return Span(left + found[-1].start(), left + found[-1].end())
    after = _HEDGE.search(text[end : end + 60].split(".")[0])
    return Span(end + after.start(), end + after.end()) if after is not None else None


def period_of(text: str, offset: int, number: Span, end: int, dates: Sequence[Date]) -> Date | None:
    """The date that the figure is about, of those of its sentence.

    The one right after its noun ("306 in 2023"), else the nearest before it, else the nearest after; dates it is only
    compared with do not count. offset: where ``text`` begins in the document; number and end are the document's.
    """
    dates = dates[max(0, bisect_left(dates, number.start, key=lambda x: x.start) - 8) :][:16]
    stated = [x for x in dates if x.value is not None and (x.end <= number.start or x.start >= number.end)]
    after = next((x for x in stated if x.start >= end and x.type != "duration"), None)
    if after is not None and _ATTACHED.fullmatch(text[end - offset : after.start - offset][:40]):
        return after
    usable = [x for x in stated if not _is_compared(text, x.start - offset)]
    dated = [x for x in usable if x.type != "duration"]
    before = [x for x in dated if x.end <= number.start]
    if before:
        return before[-1]
    if dated:
        return dated[0]
    opening = [x for x in usable if x.start - offset < 3 and _COVERS.match(_words(text, x, offset))]
    return opening[0] if opening else None


_ATTACHED = re.compile(
    r"\s+(?:(?!than\b|to\b|with\b)[a-z]+\s+){0,2}(?:in|during|on|since|from|by|for)\s+(?:the\s+"
    r"|early\s+|late\s+)?|\s+(?=since)|\s",
    re.IGNORECASE,
)
_COVERS = re.compile(r"(?:over|in|during|within|for|throughout|across|(?:the\s+)?(?:past|last))\b", re.IGNORECASE)


def _words(text: str, item: Date, offset: int) -> str:
    """The words of a date, out of its sentence's text."""
    return text[max(0, item.start - offset) : item.end - offset]


def _is_compared(text: str, at: int) -> bool:
    """Whether the date at ``at`` is only what the claim is compared with ("than in 2022")."""
    before = text[max(0, at - 60) : at]
    return _COMPARED.search(before) is not None


def refers_back(text: str) -> bool:
    """Whether a sentence opens by pointing at the one before: "These operations ...", "They ..."."""
    return _BACK.match(text[:60]) is not None


def continues(text: str) -> bool:
    """Whether a sentence that opens with a figure goes on counting in the past tense, without a time of its own."""
    return _PAST.search(text[:REACH]) is not None and _NOW.search(text[:REACH]) is None
