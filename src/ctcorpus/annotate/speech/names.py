"""The name in a speaker's noun phrase: where it begins and ends among the titles, bodies and places around it."""

from __future__ import annotations

from ctcorpus.annotate.speech.speakers import (
    BODIES,
    MEDIA,
    OCCASIONS,
    PORTFOLIOS,
    RECORDS,
    SPOKES,
    STATES,
    TITLES,
    is_person_name,
)
from ctcorpus.annotate.speech.words import Words, words_text


def goes_on(words: Words, name: tuple[int, int], preposition: int) -> bool:
    """Whether a name goes on behind a preposition: "Voice of America", "The Battle for Hearts and Minds"."""
    link = words.texts[preposition]
    short = name[1] - name[0] == 1 and link == "of"
    # no person's name has an article
    titled = "The" in (words.texts[name[0]], words.texts[name[0] - 1] if name[0] else "")
    return short or titled or (link in {"of", "for"} and not is_person_name(words_text(words, *name)))


def trailing_name(words: Words, first: int, core: int) -> tuple[int, int] | None:
    """The run of name words at the end of a phrase's core; with its title where it is no person's."""
    head = words.texts[core - 1].lower()
    if head in RECORDS:
        run = [i for i in range(first, core - 1) if words.classes[i] in "CR"]
        media = run and {words.texts[i].lower() for i in run} & MEDIA and run[-1] - run[0] == len(run) - 1
        return (run[0], run[-1] + 1) if media else None
    begin = core
    while (
        begin > first and words.classes[begin - 1] in "CN" and words.texts[begin - 1].strip(".").lower() not in TITLES
    ):
        begin -= 1
    while begin < core and words.classes[begin] == "N":
        begin += 1
    begin = _first_of_two(words, first, begin)
    if begin in {first, core}:
        return (first, core) if begin == first and core - first else None
    if words.classes[begin - 1] == "Q":
        return (first, core)
    if words.classes[begin - 1] in "Rr" and _is_whole(words, begin, core):
        return (first, core)
    return begin, core


def _is_whole(words: Words, begin: int, core: int) -> bool:
    """Whether the capitalised words from index ``begin`` are one name with the head word before them."""
    head = words.texts[begin - 1]
    return not is_person_name(words_text(words, begin, core)) or (head[0].isupper() and head.lower() in BODIES)


def _first_of_two(words: Words, first: int, begin: int) -> int:
    """Where the first of two names begins ("Baig and Noor"); ``begin`` where one name stands alone."""
    if begin - 2 < first or words.classes[begin - 1] != "k" or words.classes[begin - 2] != "C":
        return begin
    begin -= 2
    while begin > first and words.classes[begin - 1] == "C":
        begin -= 1
    return begin


def name_after_portfolio(words: Words, preposition: int, stop: int) -> tuple[int, int] | None:
    """The name in "Minister for Information X" and "the briefing by X"; None in "spokesman for X"."""
    head = words.texts[preposition - 1].lower().rstrip(".")
    link = words.texts[preposition].lower()
    begin = preposition + 1
    if head in OCCASIONS and link in {"by", "from"}:
        begin += begin < stop and words.classes[begin] == "D"
        return trailing_name(words, begin, stop) if begin < stop else None
    if head in SPOKES or head not in TITLES or link not in {"of", "for", "to"}:
        return None
    known = STATES if link == "to" else PORTFOLIOS
    while begin < stop and (words.texts[begin].lower() in known or words.classes[begin] in "Dk"):
        begin += 1
    while begin < stop and words.texts[begin].lower().rstrip(".") in TITLES:
        begin += 1
    run = words.classes[begin:stop]
    if len(run) >= 2 and set(run) <= {"C"} and is_person_name(words_text(words, begin, stop)):
        return begin, stop
    return None
