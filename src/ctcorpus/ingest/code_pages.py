"""The single-byte code pages that letter statistics confuse, told apart by frequent words with accents, and Thai."""

from __future__ import annotations

import re

from ctcorpus.ingest.decoded import Decoded
from ctcorpus.ingest.lexicon import word_set

SAMPLE = 100_000
#: words that are needed, different ones, and how far ahead of the second code page the first must be
LEAST_WORDS, LEAD = 2, 1.5
#: at most this share of what is not ASCII may stand as no letter could: a sign or a digit inside a word
MOST_ODD = 0.04
#: function words alone: they are frequent whatever the text is about
_WESTERN = word_set(
    "für über während können müssen würde wäre schon daß été à où déjà même très après être ça más también según está"
    " años qué sí não são até então já também perché più però già può så är för från också på når også være nå"
)
_CENTRAL = word_set(
    "się są że także będzie które który która których więc była może już również między przed też aż choć gdyż jeśli"
    " wśród będą później można każdy ponieważ więcej został została dzięki"
    " však také již může při které jsou který která kteří ještě není až než své zatímco později někdy vždy proč další"
    " byly nebyly tím před pouze řekl řekla uvedl právě ktoré môže však už môžu ďalší pričom takže"
    " és hogy már több között még vagy így úgy után előtt által ami amíg azért számára során új első"
    " să în că și după până către fără când decât însă"
)
_TURKISH = word_set(
    "için çok olduğu olduğunu değil başka büyük şu şey şimdi önce göre aynı diğer ayrıca hiç gün böyle artık"
)
_BALTIC = word_set(
    "už iš šį šių šis dėl būti kurių jį jų tačiau taip pat nuo arī jūs tās kā šī pēc tāpēc vēl ļoti mūsu või üks ka"
)
#: code page -> the words that tell it; of two with the same hits the first is taken
PAGES = (
    ("cp1252", _WESTERN),
    ("cp1250", _CENTRAL),
    ("iso8859_2", _CENTRAL),
    ("cp1254", _TURKISH),
    ("cp1257", _BALTIC),
    ("mac_roman", _WESTERN),
    ("cp850", _WESTERN),
    ("cp852", _CENTRAL),
    ("cp857", _TURKISH),
)
_WORD = re.compile(r"[^\W\d_]+")
_ACCENTED = re.compile(r"[^\x00-\x7f]")
_CONTROL = re.compile(r"[\x80-\x9f]")
_ODD = re.compile(
    r"(?<=[^\W\d_])[^\x00-\x7f\w\s’‘“”«»–—…·-](?=[^\W\d_])|[^\x00-\x7f]\d|[^\x00-\x7f\w\s][^\x00-\x7f\w\s]"
)
_THAI = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e5b]")
#: a letter of ours between two of theirs, without a space: pairs of bytes of another encoding
_MIXED_THAI = re.compile(r"[\u0e01-\u0e5b][A-Za-z@^\\_|~]+(?=[\u0e01-\u0e5b])")
LEAST_THAI, THAI_SHARE = 30, 0.9


def by_words(data: bytes) -> Decoded | None:
    """The text in the code page in which most of these words stand; None where too few do, or two are level."""
    scores: list[tuple[int, str]] = []
    different: dict[str, int] = {}
    for name, words in PAGES:
        text = data[:SAMPLE].decode(name, "replace").lower()
        found = [word for word in _WORD.findall(text) if word in words and _ACCENTED.search(word)]
        different[name] = len(set(found))
        scores.append((len(found) - len(_CONTROL.findall(text)) - text.count("\ufffd"), name))
    ranked = sorted(scores, key=lambda score: -score[0])
    best, name = ranked[0]
    rival = next((score for score, other in ranked[1:] if not _alike(data, name, other)), 0)
    if different[name] < LEAST_WORDS or best < LEAST_WORDS or best < LEAD * rival:
        return None
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return None
    if is_odd(text):
        return None
    return Decoded(text, name, "detected", (f"not UTF-8; read as {name}, told by {best} of its words",))


def is_odd(text: str) -> bool:
    """Whether signs stand inside words as they do where letters were read in another code page."""
    sample = text[:SAMPLE]
    return len(_ODD.findall(sample)) > MOST_ODD * len(_ACCENTED.findall(sample))


def thai(data: bytes) -> Decoded | None:
    """The text in cp874, where nearly all that is not ASCII is Thai; None elsewhere."""
    try:
        text = data.decode("cp874")
    except UnicodeDecodeError:
        return None
    found, high = len(_THAI.findall(text)), len(_ACCENTED.findall(text))
    mixed = len(_MIXED_THAI.findall(text))
    runs = len(re.findall(r"[\u0e01-\u0e5b]+", text))
    if found < LEAST_THAI or found < THAI_SHARE * high or found < 5 * runs or mixed > 0.1 * runs:
        return None
    return Decoded(text, "cp874", "detected", ("not UTF-8; read as cp874, told by its Thai letters",))


def _alike(data: bytes, one: str, other: str) -> bool:
    return data[:SAMPLE].decode(one, "replace") == data[:SAMPLE].decode(other, "replace")
