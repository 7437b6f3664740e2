"""The forms under which names are compared: folded (one spelling, any typography) and skeleton (transliterations).

Folding takes away what typography and house style add: case, accents, the choice between British and American
spelling. A skeleton takes away what a transliteration chooses freely: inner vowels, doubled letters, the
joining particle of "Zarb-e-Azb". Two names with equal skeletons are one name; two that merely look alike are not.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: a run of letters and digits: hyphens, apostrophes and full stops stand between tokens
TOKEN = re.compile(r"[^\W_]+")

#: the joining particles of Persian and Arabic names, which are written in many ways and often left out
PARTICLES = frozenset(("e", "i", "ul", "al", "el", "ud", "um", "un", "ur", "us", "uz", "ush", "ut", "o"))

#: one spelling for words that houses spell differently
_SPELLINGS = {
    "organisation": "organization",
    "organisations": "organizations",
    "centre": "center",
    "centres": "centers",
    "defence": "defense",
    "grey": "gray",
    "labour": "labor",
    "programme": "program",
    "madrasah": "madrassa",
    "madrasa": "madrassa",
    "madrassah": "madrassa",
    "radicalisation": "radicalization",
    "deradicalisation": "deradicalization",
}

#: letters and pairs that transliterations of one sound choose between
_SOUNDS = (("kh", "k"), ("gh", "g"), ("sh", "s"), ("ph", "f"), ("dh", "d"), ("th", "t"), ("q", "k"), ("w", "v"))
_FIRST = str.maketrans("eiyou", "iiiuu")
_INNER_VOWELS = re.compile(r"[aeiouy]+")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=65_536)
def fold(token: str) -> str:
    """The token without case and accents, in one spelling: "Türkiye" -> "turkiye", "Centre" -> "center"."""
    if not token.isascii():
        parts = unicodedata.normalize("NFKD", token.replace("ı", "i"))
        token = "".join(x for x in parts if not unicodedata.combining(x))
    token = token.casefold()
    return _SPELLINGS.get(token, token)


def spellings(token: str) -> frozenset[str]:
    """Every small-letter form that folds to what the token folds to, as far as house spellings go."""
    form = fold(token)
    return frozenset((form, token.lower(), *(x for x, y in _SPELLINGS.items() if y == form)))


def folded(name: str) -> tuple[str, ...]:
    """The folded tokens of a name, in order; empty where it has no letter or digit."""
    return tuple(fold(token) for token in TOKEN.findall(name))


@lru_cache(maxsize=65_536)
def skeleton(token: str) -> str:
    """The consonants of a transliterated token, sounds and doubled letters made one.

    A first vowel stays (as a, i or u), a last h goes: "Shehbaz", "Shahbaz" -> "shbz"; "Fasaad", "Fasad" -> "fsd".
    Digits and other scripts stay as they are.
    """
    word = fold(token)
    if not word.isascii() or not word.isalpha():
        return word
    first = word[0].translate(_FIRST) if word[0] in "aeiou" else ""
    rest = _INNER_VOWELS.sub(" ", _DOUBLED.sub(r"\1", word)).rstrip("h ")
    for written, sound in _SOUNDS:
        rest = rest.replace(written, sound)
    return first + rest.replace(" ", "")


def key(name: str) -> tuple[str, ...]:
    """The skeletons of a name's tokens, joining particles left out: equal keys are one transliterated name.

    A particle that opens the name stays: "Al Mizan" keeps its "al".
    """
    tokens = folded(name)
    return tuple(skeleton(x) for n, x in enumerate(tokens) if n == 0 or x not in PARTICLES)
