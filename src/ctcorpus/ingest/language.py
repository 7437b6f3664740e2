"""The language of a text, only where it is clear."""

from __future__ import annotations

import re
from collections import Counter

from ctcorpus.ingest.lexicon import word_set

#: function words that tell the languages of the Latin script apart
PROFILES: dict[str, frozenset[str]] = {
    "en": word_set("the of and to that is was for with by this are from has have which its not their been"),
    "de": word_set("der die und das den von zu mit ist auf für nicht ein eine dem des im sich als auch"),
    "fr": word_set("le la les des et du une est que pour dans qui sur au par pas plus avec sont ce"),
    "es": word_set("el los las del que una por con para su como más se lo es al fue ha y pero"),
    "it": word_set("il che di della gli per una con non sono nel dei alla più del le ha è anche si"),
    "pt": word_set("o os as do da que uma para com não dos se em por mais ao foi como na no"),
    "nl": word_set("de het een van en dat is op te met voor niet zijn aan ook door naar bij om er"),
    "tr": word_set("ve bir bu için ile de da olarak çok daha olan gibi kadar sonra ne ki en var ise"),
    "id": word_set("yang dan di dengan untuk dari ini itu pada dalam tidak akan ke oleh adalah juga"),
    "pl": word_set("i w na z do się nie że o jest to po od jak za przez dla oraz był są"),
}
WORD = re.compile(r"[^\W\d_]+")
#: characters that are looked at
SAMPLE = 10_000
#: least number of function words, their least share of all words, and how far ahead of the second
LEAST_WORDS, LEAST_SHARE, LEAD = 8, 0.12, 2.0


def detect_language(text: str, start: int = 0) -> str | None:
    """ "en" where the text from ``start`` on is clearly English; None otherwise, whatever else it may be."""
    words = Counter(WORD.findall(text[start : start + SAMPLE].lower()))
    counts = {name: sum(words[word] for word in profile) for name, profile in PROFILES.items()}
    english = counts.pop("en")
    clear = english >= LEAST_WORDS and english >= LEAST_SHARE * words.total() and english >= LEAD * max(counts.values())
    return "en" if clear else None
