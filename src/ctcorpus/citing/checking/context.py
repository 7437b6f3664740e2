"""What a quotation leaves behind in its sentence: a "but" after it, a negation or a hedge before it, its speaker."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from ctcorpus.citing.checking.canon import canon
from ctcorpus.citing.checking.claims import Claim, Claims
from ctcorpus.citing.checking.compare import Found
from ctcorpus.citing.checking.wording import CONTRASTS, HEDGES, is_negation, keys
from ctcorpus.model.check import Warned
from ctcorpus.model.document import Document
from ctcorpus.model.facts import Quotation
from ctcorpus.model.span import Span

#: words that give what stands beside them to somebody
REPORTING = re.compile(
    r"\b(?:said|says|say|state[sd]?|claim(?:s|ed|ing)?|told|according|per|argue[sd]?|maintain(?:s|ed)?|insist(?:s|ed)?"
    r"|report(?:s|ed)?|alleg(?:es|ed|ing|edly)|quot(?:es|ed|ing)|call(?:s|ed)|describ(?:es|ed)|assert(?:s|ed)?"
    r"|warn(?:s|ed)?"
    r"|stress(?:es|ed)?|emphasi[sz]e[sd]?|believe[sd]?|note[sd]?|announce[sd]?|declare[sd]?|concede[sd]?|official\w*"
    r"|estimate[sd]?|reaffirm(?:s|ed)?|reiterate[sd]?|contend(?:s|ed)?|clarif(?:ies|ied)"
    r"|in the words of|put it|data|figures)\b",
    re.IGNORECASE,
)


def context_warnings(claims: Claims, claim: Claim, found: Found, said: Quotation | None) -> Iterator[Warned]:
    """What a reader of the draft would not learn."""
    document, span = found.document, found.span
    sentence = sentence_of(document, span)
    after = keys(canon(document.text, span.end, max(span.end, sentence.end)).text)
    if any(x in CONTRASTS for x in after):
        yield "context_cut"
    around = _around(claims, claim)
    if said is not None and claim.voice is None and not REPORTING.search(around):
        yield "attribution_dropped"
    before = keys(canon(document.text, sentence.start, max(sentence.start, span.start)).text)[-8:]
    if any(x in HEDGES for x in before) and not any(x in HEDGES for x in keys(canon(around).text)):
        yield "hedge_dropped"


def reverses(claims: Claims, claim: Claim, found: Found) -> bool:
    """Whether the words stand right behind a negation that the draft does not give before them."""
    document, span = found.document, found.span
    sentence = sentence_of(document, span)
    before = keys(canon(document.text, sentence.start, max(sentence.start, span.start)).text)[-2:]
    if not any(is_negation(x) for x in before):
        return False
    mine = claims.draft.plain[claim.sentence.start : claim.outer.start]
    return not any(is_negation(x) or x in HEDGES for x in keys(canon(mine).text)[-8:])


def sentence_of(document: Document, span: Span) -> Span:
    """The sentence or heading that the end of a span lies in; the span itself where it lies in none."""
    last = max(span.start, span.end - 1)
    units = [*_near(document, last), *(Span(x.start, x.end) for x in document.headings)]
    return next((x for x in units if x.start <= last < x.end), span)


def _near(document: Document, at: int) -> list[Span]:
    index = bisect_right(document.sentences, at, key=lambda x: x.start)
    return list(document.sentences[max(0, index - 1) : index])


def _around(claims: Claims, claim: Claim) -> str:
    """The draft's own words beside the quotation, in its sentence, and the line that leads it in."""
    plain = claims.draft.plain
    start = min(claim.sentence.start, max(0, claim.outer.start - 80))
    return plain[start : claim.outer.start] + " " + plain[claim.outer.end : claim.sentence.end]
