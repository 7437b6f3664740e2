"""How strongly a sentence asserts: stated in the author's own voice, or claimed, alleged, reported, denied …

A lexicon of cues with their scope: a cue holds for its own clause, and a negated cue is none. Where several hold,
the most doubtful prevails.
"""

from __future__ import annotations

import re

from ctcorpus.model.analysis import Assertion
from ctcorpus.model.facts import Attribution
from ctcorpus.model.span import Span


def _words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


_CUES: tuple[tuple[Assertion, str], ...] = (
    (
        "denied",
        r"den(?:y|ies|ied|ying|ial of)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:e|es|ed|ing)|rebut(?:s|ted)?"
        r"|rul(?:e|es|ed|ing) out|disown(?:s|ed)?",
    ),
    (
        "contested",
        r"(?:contested|disputed)(?! (?:territor|region|area|border|land|island|state|seat|election)\w*)"
        r"|disputes?(?= (?:the|this|these|those|his|her|its|their|any)\b)|unverified|unconfirmed|unsubstantiated"
        r"|could not be (?:independently )?verified"
        r"|cannot be (?:independently )?verified|remains? unclear|no evidence(?= (?:of|that|for|to)\b)"
        r"|conflicting|contradictory|questioned",
    ),
    (
        "alleged",
        r"alleg(?:e|es|ed|ing|edly|ation|ations)|accus(?:e|es|ed|ing|ation|ations)|purported(?:ly)?|supposedly",
    ),
    (
        "claimed",
        r"claimed(?! (?:\S+ ){0,3}(?:lives|victims|casualties)\b)|claim(?:s|ing)?(?= (?:that|to|responsibility|it|they"
        r"|he|she|the|a|an|over|some|\d+)\b|, )|insist(?:s|ed)?|assert(?:s|ed)?"
        r"|maintain(?:s|ed)? that|argu(?:e|es|ed)|contend(?:s|ed)?|boast(?:s|ed)?|vow(?:s|ed)?",
    ),
    (
        "assessed",
        r"assess(?:es|ed)?|believed to|thought to|is believed|are believed|believes?(?= (?:that|the)\b)|likely|probably"
        r"|apparently|suspected(?= (?:of|to|that)\b)|suspects?(?= (?:that|the)\b)"
        r"|appears? to|seems? to|points? toward|indicat(?:e|es|ed|ing) that|suggest(?:s|ed)?",
    ),
    ("estimated", r"estimat(?:e|es|ed|ing)|projected|calculated"),
    (
        "reported",
        r"reportedly|report(?:s|ed)? that|according to|said|says|told|announced|noted|stated|revealed|confirmed"
        r"|emphasi[sz](?:e|es|ed)|stress(?:es|ed)?|underscor(?:e|es|ed)",
    ),
)
_LEXICON = tuple((name, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)) for name, words in _CUES)
#: where another clause begins, for which a cue before it does not hold
_CLAUSE = re.compile(r"; |, but |, while |, whereas |, and yet |\. ", re.IGNORECASE)
_NEGATED = re.compile(r"(?:\bnot|n't|n’t|\bnever|\bnor|\bhardly|\bno)\s+(?:\w+\s+)?$", re.IGNORECASE)
#: words that turn a statement round
NEGATIONS = _words(
    "not no never neither nor none without cannot isn wasn aren weren doesn don didn hasn haven hadn won wouldn"
)

#: words of cause, change and lack: with them a sentence about a place or a topic says something that can be checked
TELLING = _words(
    "fail fails failed failing lack lacks lacked lacking cause causes caused lead leads led enable enables enabled "
    "enabling support supports supported supporting sponsor sponsors sponsored fund funds funded harbour harbours "
    "harboured harbor harbors shelter shelters originate originates originated increase increases increased "
    "increasing decrease decreased decline declines declined reduce reduces reduced reducing rise rises rose risen "
    "grow grows grew grown growing fall falls fell fallen weaken weakens weakened strengthen strengthens strengthened "
    "limit limits limited remain remains remained contribute contributes contributed prevent prevents prevented "
    "undermine undermines undermined violate violates violated breach breached threaten threatens threatened receive "
    "receives received provide provides provided achieve achieves achieved emphasizes emphasises emphasized emphasised "
    "succeed succeeded underfunded resourced resurgence worsened improved deteriorated expanded collapsed hosts hosted "
    "allows allowed used carried launched conducted deployed banned occupied restored killed died wounded injured "
    "attacked bombed captured arrested seized destroyed displaced fled crossed"
)

_BY_VERB: dict[str, Assertion] = {
    **dict.fromkeys(("claim", "claims", "claimed", "claiming", "insists", "asserts", "argues", "maintains"), "claimed"),
    **dict.fromkeys(("alleges", "alleged", "accuses", "accused"), "alleged"),
    **dict.fromkeys(("denies", "denied", "rejects", "rejected", "dismissed", "reject", "deny"), "denied"),
    **dict.fromkeys(("estimates", "estimated"), "estimated"),
    **dict.fromkeys(("assesses", "assessed", "believes", "suspects"), "assessed"),
}


def assertion_of(sentence: str, start: int, at: int | None, said: Attribution | None) -> tuple[Assertion, Span | None]:
    """The strength of a sentence and the words that set it, as a span of the document.

    start: where the sentence begins. at: where in the document the thing asserted stands (a figure); None: anywhere.
    said: whose word it is. Without a cue it is "reported" where somebody is named for it, else "stated".
    """
    begin, end = _clause(sentence, None if at is None else at - start)
    answered = _answered(sentence, begin, end)
    if answered is not None:
        return "contested", Span(start + answered.start(), start + answered.end())
    for name, pattern in _LEXICON:
        for found in pattern.finditer(sentence, begin, end):
            if not _NEGATED.search(sentence, max(begin, found.start() - 24), found.start()):
                return name, Span(start + found.start(), start + found.start() + len(found[0].rstrip()))
    if said is not None:
        return _BY_VERB.get((said.verb or "").lower(), "reported"), Span(said.start, said.end)
    return "stated", None


def _answered(sentence: str, begin: int, end: int) -> re.Match[str] | None:
    """The denial that answers an allegation or claim before it: "accuses India of ..., which New Delhi denies"."""
    cues = dict(_LEXICON)
    said = [x.end() for name in ("alleged", "claimed") for x in cues[name].finditer(sentence, begin, end)]
    if not said:
        return None
    found = cues["denied"].search(sentence, min(said), end)
    return found if found and not _NEGATED.search(sentence, max(begin, found.start() - 24), found.start()) else None


def _clause(sentence: str, at: int | None) -> tuple[int, int]:
    """The clause that holds a place; the whole sentence where none is asked for."""
    if at is None:
        return 0, len(sentence)
    edges = [0, *(x.end() for x in _CLAUSE.finditer(sentence)), len(sentence)]
    return max(x for x in edges if x <= max(at, 0)), min((x for x in edges if x > at), default=len(sentence))


def is_negated(words: frozenset[str]) -> bool:
    """Whether a sentence of these words (exact forms) turns a statement round."""
    return bool(words & NEGATIONS)
