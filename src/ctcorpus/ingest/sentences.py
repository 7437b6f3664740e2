"""Where sentences end: own rules, in one pass from left to right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ctcorpus.ingest.lexicon import STARTERS, STOPS, word_set
from ctcorpus.model.span import Span

# possessive throughout: a match never gives back what it took, so the scan is linear on any text
_STOP = re.compile(rf"[{STOPS}]++(?:\[\d{{1,3}}\]|[\"”’'»)\]*_])*+[{STOPS}]?+")
_NEXT = re.compile(r"\s++[\"“‘'«(\[*_]*+")
_SPACE = re.compile(r"\s*+")
_WHITE = re.compile(r"\s")
_WORD = re.compile(r"[^\W\d_]++")
_BEFORE = re.compile(r"[\w.'’&-]*\Z")
_GLUED = re.compile(r"[\"“‘]?[A-Z][a-z]")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_LIST_MARK = re.compile(r"\(?(?:\d{1,3}|[ivxlc]{1,5}|[a-zA-Z])")
#: how far back the word before a stop is looked for
REACH = 24

#: never the end of a sentence: something follows
NEVER = word_set(
    "mr mrs ms dr prof gen lt col maj brig capt cpt cdr cmdr cmdre comdr sgt cpl pvt hav adm gov sen rep rev hon "
    "messrs amb supt insp asst addl lft retd e.g i.e vs viz cf approx ca rs regt gp wg sqn flt"
)
#: the end of a sentence unless a number follows
BEFORE_NUMBER = word_set("no nos pp res cl art arts sec sect para paras fig figs ch chap vol vols")
#: the end of a sentence only where the next word often begins one
SOMETIMES = word_set(
    "mt ft div inc ltd co corp llc jr sr al bros st ave dept govt est assn univ intl jan feb mar apr jun jul aug "
    "sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun m.p ph.d ph"
)


def sentences(text: str, start: int, end: int) -> list[Span]:
    """The sentences of the paragraph ``text[start:end]``, in order, each without white space at its sides.

    Quotes and brackets that close after the stop belong to the sentence. A paragraph without a stop is one
    sentence. What holds no letter and no digit is no sentence: it stays with the one before it, or is dropped.
    """
    found: list[Span] = []
    left = start
    for cut in _ends(text, start, end):
        span = trimmed(text, left, cut)
        if any(character.isalnum() for character in text[span.start : span.end]):
            found.append(span)
        elif found:
            found[-1] = Span(found[-1].start, max(span.end, found[-1].end))
        left = cut
    return found


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without the white space (no-break spaces too) at its sides."""
    part = text[start:end]
    right = start + len(part.rstrip())
    return Span(min(right, start + len(part) - len(part.lstrip())), right)


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    opened = start
    for match in _STOP.finditer(text, start, end):
        if match.end() >= end:
            break
        if _is_end(text, match, opened, end):
            opened = match.end()
            yield opened
    yield end


def _is_end(text: str, match: re.Match[str], opened: int, end: int) -> bool:
    stop = match.group()
    after = _NEXT.match(text, match.end(), end)
    if after is None:
        return _is_glued(text, match, end)
    follows = text[after.end() : after.end() + 1]
    if not follows or follows.islower():
        return not follows
    if stop[0] != "." or stop.startswith(".."):
        return True
    word = before(text, opened, match.start())
    if not word:
        return True
    return _period_ends(text, word, follows, after.end(), match.start() - len(word) == _first(text, opened, end))


def before(text: str, opened: int, stop: int) -> str:
    """The word right before a stop, with the periods inside it; at most REACH characters are looked at."""
    found = _BEFORE.search(text[max(opened, stop - REACH) : stop])
    return found.group().lstrip(".'’&-") if found else ""


def _first(text: str, opened: int, end: int) -> int:
    space = _SPACE.match(text, opened, end)
    return space.end() if space else opened


def _period_ends(text: str, word: str, follows: str, at: int, leads: bool) -> bool:
    """Whether a single period after ``word`` ends the sentence. leads: the word is the first of the sentence."""
    low = word.lower()
    if leads and _LIST_MARK.fullmatch(word):
        return False
    if low in NEVER:
        return False
    if low in BEFORE_NUMBER:
        return not follows.isdigit()
    if (len(word) == 1 and word.isupper()) or _DOTTED.fullmatch(word) or low in SOMETIMES:
        following = _WORD.match(text, at)
        initial = following is not None and text[following.end() : following.end() + 1] == "."
        return following is not None and following.group() in STARTERS and not initial
    return True


def _is_glued(text: str, match: re.Match[str], end: int) -> bool:
    """Whether a sentence ends here though no space follows: "the border.Pakistan has".

    A whole word in lower case, a year or a closing quote before the stop, a capitalised word after it; not in
    an address ("www.Dawn.com").
    """
    if match.group()[0] not in ".!?" or not _GLUED.match(text, match.end(), end):
        return False
    token = text[max(0, match.start() - REACH) : match.start()]
    token = _WHITE.split(token)[-1]
    if any(mark in token for mark in "@/.") or token.lower().startswith("www"):
        return False
    tail = token[-3:]
    return (len(tail) == 3 and (tail.isdigit() or (tail.isalpha() and tail.islower()))) or len(match.group()) > 1
