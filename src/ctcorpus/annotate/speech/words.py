"""The words of a short window of text, each with a class of one letter: what phrases are recognised by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ctcorpus.annotate.speech.speakers import HEADS, TITLES
from ctcorpus.annotate.speech.verbs import NOUN_LIKE, VERBS

#: characters of text that are looked at on either side of a verb: bounds the work for one verb
WINDOW = 400

_TOKEN = re.compile(
    r"[a-z][^\W_]*(?:[-‑/&.’'][^\W_]+)*(?:(?<=s)[’'])?"  # most words: tried first
    r"|(?:[A-Z]\.)+(?=[A-Z]|\W|$)|(?:Gov|Lt|Gen|Col|Maj|Brig|Sen|Rep|Dr|Mr|Mrs|Ms|St|Prof|Capt|Sgt|Adm|Sec|Jr|Sr|Hon|No|Bros|Inc|Corp|Ltd)\."
    r"|\([^()]{0,60}\)|[A-Z][a-z]{3,}(?=said(?![\w’']))"  # an aside; a name that a verb is glued to
    r"|[^\W_]+(?:[-‑/&.’'][^\W_]+)*(?:(?<=s)[’'])?|\S"
)

#: parts of names that are not capitalised: "Sara de Noor"
_PARTICLES = frozenset({"de", "der", "da", "di", "du", "la", "van", "von", "bin", "ibn", "ul"})
#: a pronoun with its verb: no name, though it may begin a sentence
_CONTRACTION = re.compile(r"(?:i|we|you|he|she|they|it|that|there|who|what|here)[’'](?:ll|re|ve|d|m|s)")

_ORDINALS = frozenset({"first", "second", "third", "fourth", "fifth", "next"})
#: a name that begins with a single letter: "K-Electric"; not "F-16"
_BRAND = re.compile(r"[A-Z]-[A-Z][a-z]{2,}")

# one letter for each class of word:
#   D determiner    a other word     r head noun of a speaker   R the same, capitalised   C other capitalised word
#   Q possessive    N number         P preposition              k and, or                 T day, month, time
#   O he she they   o other pronoun  w who, which               s that, as, when ...      x auxiliary
#   V speech verb   v adverb         , comma                    " quotation mark          . other mark
_CLASSES: dict[str, str] = {}
for _letter, _words in {
    "D": "a an the some several many most all both another any various numerous other few two three its his her their "
    "my our this these those one each every",
    "P": "of for at in from with on to by near under over inside outside about against between among across during "
    "into within through following amid per via upon including",
    "k": "and or",
    "O": "he she they",
    "o": "i we you it everyone nobody someone anyone nothing something no-one none there myself us me him them himself "
    "herself themselves one's",
    "w": "who which whom whose where what how why",
    "s": "that as when while because if although though since after before whereas until unless than but so yet once "
    "whether",
    "x": "is are was were be been being am has have had do does did will would can could may might must should shall "
    "not never cannot isn’t isn't didn’t didn't doesn’t doesn't don’t don't won’t won't wasn’t wasn't wouldn’t "
    "wouldn't haven’t haven't hasn’t hasn't couldn’t couldn't can’t can't",
    "T": "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
    "september october november december yesterday today tonight earlier later week month year morning evening "
    "afternoon night last next ago recently then now again",
    "v": "also however meanwhile further furthermore moreover again already still even just rightly often once too "
    "therefore thus aptly instead ever soon indeed always similarly additionally ironically notably separately",
}.items():
    for _word in _words.split():
        _CLASSES.setdefault(_word, _letter)
for _word in HEADS:
    _CLASSES.setdefault(_word, "r")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a window of text with their places (in the whole text) and classes, a letter for each."""

    texts: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    classes: str

    def __len__(self) -> int:
        return len(self.texts)


def words_text(words: Words, start: int, stop: int) -> str:
    """The words from index ``start`` to ``stop``, joined by blanks."""
    return " ".join(words.texts[start:stop])


def read_words(text: str, start: int, end: int, *, sentence_start: int) -> Words:
    """The words of ``text[start:end]``. sentence_start: a capital there says nothing about the word."""
    texts: list[str] = []
    spans: list[tuple[int, int]] = []
    letters: list[str] = []
    at_start = True
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        if word[0] == "(" and len(word) > 1:
            continue
        letter = _class_of(word, at_start and match.start() <= sentence_start + 2)
        if letter == "C":
            if word == "The" and letters and letters[-1] in '."':
                letter = "D"
        elif letter == "V" and word in NOUN_LIKE and _is_noun(word, letters[-1:]):
            letter = "r" if word in HEADS else "a"
        elif letter == "a" and word in _PARTICLES and letters[-1:] == ["C"]:
            letter = "C"
        texts.append(word)
        spans.append(match.span())
        letters.append(letter)
        if at_start and word[0].isalnum():
            at_start = False
    return Words(tuple(texts), tuple(spans), "".join(letters))


def _is_noun(word: str, before: list[str]) -> bool:
    """Whether a form such as "report" or "state" is a noun behind a word of this class."""
    return before != [] and (before[0] in "DQNPa" or (before[0] in "CR" and VERBS[word].form == "base"))


@lru_cache(maxsize=1 << 15)
def _class_of(word: str, first: bool) -> str:
    char = word[0]
    if char == "&":
        return "C"
    if not char.isalnum():
        return "," if char == "," else '"' if char in '“”"«»‘' else "." if char not in "’'*_" else "v"
    if char.isdigit():
        return "N"
    lower = word.lower()
    capital = char != lower[0]
    if not capital and lower in VERBS:
        return "V"
    if _CONTRACTION.fullmatch(lower):
        return "o"
    bare = lower.rstrip(".")
    letter = _CLASSES.get(bare)
    if word.endswith(("’s", "'s", "s’", "s'")):
        return "Q"
    if capital:
        return _capital_class(word, lower, letter, first)
    if letter is not None:
        return letter
    return "v" if lower.endswith("ly") and len(lower) > 4 else "a"


def _capital_class(word: str, lower: str, letter: str | None, first: bool) -> str:
    if (len(word) == 1 and not first and word not in "I") or (word[1:2] == "-" and not _BRAND.fullmatch(word)):
        return "N"
    if letter == "r":
        return "r" if first and lower not in TITLES else "R"
    if first and letter is not None and len(word) > 1 and word.isupper():
        return "C"  # "US officials", "WHO experts"
    if letter is not None and (letter in "TO" or first or word in ("I", "He", "She", "They", "We", "It")):
        return letter
    if first and (lower.endswith("ly") or lower in _ORDINALS):
        return "v"
    return "C"
