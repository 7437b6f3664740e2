"""How a passage is laid out in the fields of an index: the same for every engine.

Text fields hold terms with positions. Each value of a field stands apart from the next, so that no run of terms
reaches from one into another; joined compounds are values of their own behind the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field

from ctcorpus.index.analysis import Analyzer, Token
from ctcorpus.index.base import IndexedPassage
from ctcorpus.index.intervals import FIRST_DAY, LAST_DAY, blocks_of, day_number, number_key
from ctcorpus.index.ranking import Ranking
from ctcorpus.model.record import record

#: what words are matched and scored on, and the very forms of the body's words
RANKED, EXACT, SAID = "ranked", "exact", "said"
#: fields of words that are conditions: matched as a run of folded words, never scored
WORDED = ("title", "heading", "author", "site", "path", "country", "speaker", "label", "citekey")
#: fields whose whole folded value is one key
KEYED = ("kind", "concept", "lang")
TEXT_FIELDS = (RANKED, EXACT, SAID, *WORDED)
#: ``document`` is what a removal names; ``id`` what an answer does
DOCUMENT, ID = "document", "id"
DATED = ("published", "asof", "event", "period")
NUMBER = "number"
#: the name under which a mention by a state's label is filed, and asked for
STATE_MARK = "+state"
#: bits of ``order_key`` that hold where a passage starts
START_BITS = 23

_ID = re.compile(r"(.*):(\d+)-(\d+)", re.DOTALL)


@record
class Entry:
    """A passage taken apart. terms: field -> values -> terms. keys: field -> whole values. points: field -> numbers."""

    passage: IndexedPassage
    terms: dict[str, list[list[str]]] = field(default_factory=dict)
    keys: dict[str, list[str]] = field(default_factory=dict)
    points: dict[str, list[float]] = field(default_factory=dict)


def entry(passage: IndexedPassage, analyzer: Analyzer, ranking: Ranking, body: list[Token] | None = None) -> Entry:
    """The passage as it is indexed. body: its body's tokens, where they are known.

    Raises ValueError for a date that is none.
    """
    made = Entry(passage)
    title, heading = analyzer.tokens(passage.title), analyzer.tokens(passage.heading)
    body = analyzer.tokens(passage.body) if body is None else body
    ranked = [*[title] * ranking.title, *[heading] * ranking.heading, body]
    made.terms[RANKED] = _values(ranked, stemmed=True)
    made.terms[EXACT] = _values([body])
    made.terms[SAID] = _values([analyzer.tokens(x) for x in passage.said])
    made.terms["title"], made.terms["heading"] = _values([title]), _values([heading])
    for name in WORDED[2:]:
        made.terms[name] = _values([analyzer.tokens(x) for x in passage.fields.get(name, ())])
    for name in KEYED:
        made.keys[name] = [key(analyzer, x) for x in passage.fields.get(name, ())]
    made.keys[ID], made.keys[DOCUMENT] = [passage.id], [passage.document]
    for name in DATED:
        days = [
            (day_number(first, open_end=FIRST_DAY), day_number(last, open_end=LAST_DAY))
            for first, last in passage.dates.get(name, ())
        ]
        made.points[name] = [low for low, _ in days]
        made.keys[within(name)] = blocks_of(days)
    made.points[NUMBER] = [low for low, _ in passage.numbers]
    made.keys[within(NUMBER)] = blocks_of((number_key(low), number_key(high)) for low, high in passage.numbers)
    return made


def within(name: str) -> str:
    """The field that holds the blocks of ``name``'s intervals."""
    return f"{name}_within"


def key(analyzer: Analyzer, value: str) -> str:
    """A whole value as one key; the mark of a state's label survives folding."""
    plain = value.removesuffix(STATE_MARK)
    return analyzer.fold(plain) + (STATE_MARK if plain != value else "")


def place(passage: str) -> tuple[str, int, str]:
    """What ties are broken by: document and start, read from ``DOCUMENT:START-END``; then the id itself."""
    found = _ID.fullmatch(passage)
    return (found[1], int(found[2]), passage) if found else (passage, 0, passage)


def span(passage: str) -> tuple[int, int]:
    """The start and the end of a passage, read from its id; 0 and 0 where it has none."""
    found = _ID.fullmatch(passage)
    return (int(found[2]), int(found[3])) if found else (0, 0)


def order_key(passage: str) -> int:
    """63 bits in the order of ``place``, as far as they go: ten digits of the document's id, then the start.

    Two documents in a hundred thousand agree in ten digits with a chance of 1 in 200; their passages then mingle.
    """
    document, start, _ = place(passage)
    return document_key(document) << START_BITS | min(start, (1 << START_BITS) - 1)


def document_key(document: str) -> int:
    """The bits of ``order_key`` above START_BITS, which passages of one document share."""
    try:
        return int(document[:10].ljust(10, "0"), 16)
    except ValueError:  # no id of ours: its first letters
        return int.from_bytes(document.encode()[:5].ljust(5, b"\0"), "big")


def _values(texts: Iterable[list[Token]], *, stemmed: bool = False) -> list[list[str]]:
    """The words of each text as one value, then every joined compound as a value of its own."""
    words: list[list[str]] = []
    joined: list[list[str]] = []
    for tokens in texts:
        words.append([token.stem if stemmed else token.exact for token in tokens if not token.joined])
        joined.extend([token.stem if stemmed else token.exact] for token in tokens if token.joined)
    return [value for value in (*words, *joined) if value]
