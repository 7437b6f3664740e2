"""The words that decide whether two wordings say the same: what turns a meaning, what hedges it, what is a number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ctcorpus.citing.checking.canon import Canon

#: a word (letters and digits with inner apostrophes), a number with decimals, a sign of a unit; else one character
TOKEN = re.compile(r"\d+(?:\.\d+)+|[^\W_]+(?:'[^\W_]+)*|[^\w\s]|_")
WORD = re.compile(r"\d+(?:\.\d+)+|[^\W_]+(?:'[^\W_]+)*|[%$€£¥₹°]")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


NEGATIONS = _set(
    "not cannot can't no never without neither nor none nobody nothing nowhere hardly barely scarcely seldom rarely "
    "isn't aren't wasn't weren't don't doesn't didn't won't wouldn't shouldn't couldn't hasn't haven't hadn't mustn't "
    "needn't ain't non dont didnt isnt wasnt wont cant"
)
#: what takes back, limits or turns what stands beside it
TURNS = _set(
    "but however if unless except although though yet only rather instead fail fails failed failing refuse refuses "
    "refused deny denies denied denying reject rejects rejected despite nevertheless nonetheless otherwise until "
    "provided lest whereas"
)
#: a clause that begins so changes what goes before it
CONTRASTS = _set("but however if unless although though except whereas yet provided nevertheless nonetheless")
HEDGES = _set(
    "reportedly allegedly alleged alleges purported purportedly apparently supposedly unconfirmed estimated claims "
    "claimed claiming claim suspected possibly perhaps probably likely presumed rumoured rumored may might could "
    "believed seemingly ostensibly"
)
NUMBERS = _set(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands "
    "million millions billion billions trillion trillions dozen dozens half quarter third fourth fifth first second "
    "double triple twice thrice percent lakh crore once both % $ € £ ¥ ₹ °"
)
STOPWORDS = _set(
    "a an the of to in on at by for from with and or as is are was were be been being it its this that these those "
    "he she they we i you his her their our my who which what has have had do does did will would shall should can "
    "could may might must so such than then there here also not no s into over about after before out up down"
)
#: words that a writer may stand a bracket in for: they only point
POINTERS = _set(
    "he she it they we i you him her them us me his hers its their theirs our ours my mine your yours this that these "
    "those the a an who which here there himself herself itself themselves ourselves today tomorrow yesterday now is "
    "are was were has have had be been will would and to of s"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A token of a comparable form: its key (no case), and its place in the form."""

    key: str
    start: int
    end: int


def words(form: Canon) -> list[Piece]:
    """The words, numbers and unit signs of a form, in order."""
    return [Piece(m[0].casefold(), m.start(), m.end()) for m in WORD.finditer(form.text)]


def keys(text: str) -> list[str]:
    """The keys of a comparable text's words, in order."""
    return [m[0].casefold() for m in WORD.finditer(text)]


def is_number(key: str) -> bool:
    """Whether a word is a number, a part of one, or the sign of its unit."""
    return key[0].isdigit() or key in NUMBERS


def is_negation(key: str) -> bool:
    """Whether a word denies what it stands with."""
    return key in NEGATIONS or key.endswith("n't")


def turns(text: str) -> str | None:
    """The first word that would turn the meaning of what stands around it, were it left out; None without one."""
    return next((x for x in keys(text) if is_negation(x) or x in TURNS or x in HEDGES), None)


def weight(key: str) -> float:
    """How much a word tells about where a sentence comes from."""
    return 0.3 if key in STOPWORDS and not is_negation(key) else 1.0
