"""The noun phrase that a speech verb has as its subject: read from the words around the verb, without a parser.

Each word of a short window is given a one-letter class, and phrases are regular expressions over the classes, so
that what is accepted can be read off the table below. What does not fit is no speaker: None, never the nearest name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ctcorpus.annotate.speech.names import goes_on, name_after_portfolio, trailing_name
from ctcorpus.annotate.speech.speakers import RECORDS, SINGLE_PERSONS, is_person_name
from ctcorpus.annotate.speech.verbs import word_set
from ctcorpus.annotate.speech.words import Words, words_text
from ctcorpus.model.span import Span

_BE = word_set("is are was were be been being am")
_HAVE = word_set("has have had")

_CORE = r"[aNQCRr]*[CRr]"
_STRICT = re.compile(
    rf"(?:D[aNQv]*|[QN]*)(?:[CRQ]*a{{0,2}}r+[CR]*|[CRQ]*[CR]|a{{1,2}}r+C*|Ca{{1,3}}r+C{{2,3}}|[CRQ]*a{{1,4}}C{{2,3}})"
    rf"(?:PD?{_CORE})*(?:k{_CORE})?"
)
#: people by what they know: "two people familiar with the talks", "a person with knowledge of the matter"
_INFORMED = re.compile(r"[DN]*[aNCQ]*r+v?P?(?P<post>a)(?:PD?[aNQCRrV]+)+")
_INFORMED_BY = word_set("familiar close briefed involved acquainted knowledge")
#: whoever no list names, in a tag: "…, the brokerage said"
_UNLISTED = re.compile(r"Da{1,3}")
_ARTICLES = word_set("the a an another his her their")
_INTRO = re.compile(r"^[vkTs.]*(?:P?D?[aN]*T+N*)?[vkT]*")
_OUTRO = re.compile(r"(?:P?D?[aN]*+T++N*+|v)++$")
_FORWARD = re.compile(r"D?[aNQv]{0,4}?(?:(?<=a)CC(?:C(?!C))?(?!r)|[CRQa]{0,3}?r+C*|[CRQ]*[CR](?:kC)?|[CRQ]+r*C*)")
_BOUNDARY = '.",swVxoO'


@dataclass(frozen=True, slots=True)
class Subject:
    """Whoever speaks. span: the speaker's own name or words; phrase: the whole noun phrase with appositions.

    pronoun: "he", "she" or "they" where the subject is only that; else None.
    """

    span: Span
    phrase: Span
    pronoun: str | None = None


def verb_is_active(words: Words, verb: int, *, past: bool) -> tuple[bool, int]:
    """Whether the verb at index ``verb`` states that something was said, and where its verb group begins.

    "was told", "did not say", "would say" and "to say" do not.
    """
    start = verb
    while start and words.classes[start - 1] in "vxT":
        if words.classes[start - 1] == "x":
            auxiliary = words.texts[start - 1].lower()
            if auxiliary not in _HAVE and (past or auxiliary not in _BE):
                return False, start
        start -= 1
    if start and words.texts[start - 1].lower() == "to":
        return False, start
    return True, start


def subject_before(words: Words, end: int, *, tag: bool = False) -> Subject | None:
    """The subject that ends before index ``end`` (where the verb group begins), or None.

    tag: nothing but the subject stands between a comma or a mark and the verb, so that any noun may speak.
    """
    if end == 0:
        return None
    if words.classes[end - 1] == ",":
        return _over_appositions(words, end - 1)
    if words.classes[end - 1] in "Oo":
        return _pronoun(words, end - 1)
    if words.classes[end - 1] == "w":
        return _antecedent(words, end - 1) if words.texts[end - 1].lower() == "who" else None
    start = end
    while start and words.classes[start - 1] not in _BOUNDARY:
        start -= 1
    bound = words.classes[start - 1] if start else ""
    if bound in {"w", "x", "o", "O"} or (bound == "s" and _is_relative(words, start - 1)):
        return None
    start, stop = _trimmed(words, start, end)
    if start < stop and words.classes[start] == "P":
        if bound == ",":
            return _over_appositions(words, start - 1)
        return _after_place(words, start, stop)
    if bound == "," and words.classes[start:stop].startswith("a") and not _is_noun_phrase(words, start, stop):
        return _over_appositions(words, start - 1)
    if tag and bound in {",", '"', ""} and _is_unlisted(words, start, stop):
        return _speaker(words, start, stop)
    return _noun_phrase(words, start, stop)


def _is_unlisted(words: Words, start: int, stop: int) -> bool:
    """Whether a phrase is an article and a noun that no list holds: "the brokerage"."""
    if _UNLISTED.fullmatch(words.classes, start, stop) is None or words.texts[start].lower() not in _ARTICLES:
        return False
    return not words.texts[stop - 1].endswith(("ed", "ing"))


def _is_noun_phrase(words: Words, start: int, stop: int) -> bool:
    return _STRICT.fullmatch(words.classes, start, stop) is not None


def _is_relative(words: Words, that: int) -> bool:
    """Whether "that" follows a noun: "the group that said", not "officials said that X said"."""
    return words.texts[that].lower() == "that" and that > 0 and words.classes[that - 1] in "arCRQN"


def _trimmed(words: Words, start: int, end: int) -> tuple[int, int]:
    classes = words.classes[start:end]
    intro = _INTRO.match(classes)
    if intro and intro.end() < len(classes):
        start += intro.end()
    outro = _OUTRO.search(words.classes, start, end)
    return start, outro.start() if outro and outro.start() > start else end


def _after_place(words: Words, start: int, stop: int) -> Subject | None:
    """The subject after a place or an occasion that opens the sentence: "In Islamabad the minister"."""
    for at in range(stop - 1, start, -1):
        if words.classes[at] == "D":
            return _noun_phrase(words, at, stop) if words.classes[at - 1] != "P" else None
    return None


def _antecedent(words: Words, who: int) -> Subject | None:
    end = who - 1 if who and words.classes[who - 1] == "," else who
    return subject_before(Words(words.texts[:end], words.spans[:end], words.classes[:end]), end) if end else None


def _pronoun(words: Words, at: int) -> Subject | None:
    if words.classes[at] != "O":
        return None
    if at and words.classes[at - 1] not in '.",skvTV':
        return None
    span = Span(*words.spans[at])
    return Subject(span, span, words.texts[at].lower())


def _over_appositions(words: Words, comma: int) -> Subject | None:
    """The subject before what stands between commas: "X, the minister, said"."""
    end = comma
    for _ in range(6):
        start = end
        while start and words.classes[start - 1] not in ',."':
            start -= 1
        leads_on = start > 0 and words.classes[start - 1] == ","
        subject = _segment_subject(words, start, end, last=not leads_on)
        if subject is not None:
            return Subject(subject.span, Span(subject.phrase.start, words.spans[comma - 1][1]), subject.pronoun)
        if not leads_on:
            return None
        end = start - 1
    return None


def _segment_subject(words: Words, start: int, end: int, *, last: bool) -> Subject | None:
    """The subject that the stretch between two commas is, or None where it is an insertion."""
    cut = max(words.classes.rfind("s", start, end), start - 1) + 1
    cut, stop = _trimmed(words, cut, end)
    if cut >= stop:
        return None
    if words.classes[cut] in "PwN" or "w" in words.classes[cut:stop] or "x" in words.classes[cut:stop]:
        return None
    subject = _noun_phrase(words, cut, stop)
    if subject is None:
        return None
    if _names_person(words, subject):
        return subject
    before = words.classes[start - 2] if start > 1 else ""
    return subject if last or before in {"v", "T", "s"} else None


def _names_person(words: Words, subject: Subject) -> bool:
    inside = [
        (word, letter)
        for word, (start, end), letter in zip(words.texts, words.spans, words.classes, strict=True)
        if subject.span.start <= start and end <= subject.span.end
    ]
    return all(letter == "C" for _, letter in inside) and is_person_name(" ".join(word for word, _ in inside))


def subject_after(words: Words, start: int) -> tuple[Subject, int] | None:
    """The subject that begins at index ``start`` ("said X"), and the index after it; None where none does."""
    while start < len(words) and words.classes[start] == "v":
        start += 1
    if start >= len(words):
        return None
    if words.classes[start] == "O":
        subject = _pronoun(Words(words.texts[start:], words.spans[start:], words.classes[start:]), 0)
        return (subject, start + 1) if subject else None
    match = _FORWARD.match(words.classes, start)
    if match is None:
        return None
    end = match.end()
    tail = _FORWARD_TAIL.match(words.classes, end)
    if tail and words.classes[end - 1] in "rR":
        end = tail.end()
    subject = _noun_phrase(words, start, end)
    return (_named_later(words, subject, end) or _with_apposition(words, subject, end), end) if subject else None


def _named_later(words: Words, subject: Subject, end: int) -> Subject | None:
    """The person whom an apposition names: "said a witness, former aide Sara Noor"; None where it names nobody."""
    match = _NAMED_LATER.match(words.classes, end)
    if match is None or words.texts[end - 1] not in SINGLE_PERSONS:
        return None
    first, stop = match.span("name")
    if not is_person_name(words_text(words, first, stop)):
        return None
    name = Span(words.spans[first][0], words.spans[stop - 1][1])
    return Subject(name, Span(subject.phrase.start, name.end))


def _with_apposition(words: Words, subject: Subject, end: int) -> Subject:
    """The subject with the apposition behind it in its phrase: "said X, the army chief"."""
    match = _APPOSITION.match(words.classes, end)
    if match is None or not set(match.group()) & set("rR"):
        return subject
    return Subject(subject.span, Span(subject.phrase.start, words.spans[match.end() - 1][1]), subject.pronoun)


_NAMED_LATER = re.compile(r"(?:PD?[aNQCRr]{1,5})?,D?[aNQCRr]{0,6}?(?<!C)(?P<name>C{2,3})(?=[,.]|$)")
_APPOSITION = re.compile(r",(?=[DrRa])[DaNQCRr]{1,6}(?:P[DaNQCRr]{1,6}){0,2}")
_FORWARD_TAIL = re.compile(r"PD?[aNQ]*?(?:[CRQ]*r+C*|[CRQ]*[CR])")


_NOUNS = str.maketrans("vkV", "aar")
_CITED = re.compile(rf"D?{_CORE}(?:PD?[aNQCRrD]*)*")


def cited_after(words: Words, start: int) -> tuple[Subject, int] | None:
    """The source that "according to" or "per" names from index ``start`` to the next mark, and the index after it."""
    end = start
    while end < len(words) and (words.classes[end] not in '.,"wxVsoO' or words.texts[end].lower() in RECORDS):
        end += 1
    stop = end
    outro = _OUTRO.search(words.classes, start, end)
    if outro and outro.start() > start:
        stop = outro.start()
    begin = start
    classes = words.classes[start:stop].translate(_NOUNS)
    if not _CITED.fullmatch(classes) and not _is_informed(words, start, stop):
        return None
    subject = _speaker(words, begin, stop)
    return (subject, end) if subject else None


def _noun_phrase(words: Words, start: int, stop: int) -> Subject | None:
    if start >= stop or not (_is_noun_phrase(words, start, stop) or _is_informed(words, start, stop)):
        return None
    return _speaker(words, start, stop)


def _is_informed(words: Words, start: int, stop: int) -> bool:
    """Whether a phrase is of people by what they know: "people familiar with the talks"."""
    match = _INFORMED.fullmatch(words.classes, start, stop)
    return match is not None and words.texts[match.start("post")] in _INFORMED_BY


def _speaker(words: Words, start: int, stop: int) -> Subject | None:
    """The speaker in a noun phrase: the name that stands in it without its titles, else the phrase as printed."""
    phrase = Span(words.spans[start][0], words.spans[stop - 1][1])
    first = start + 1 if words.classes[start] == "D" else start
    if words.texts[first] == "_" and "_" not in words.texts[first + 1 : stop]:
        first += 1  # emphasis that is closed behind the phrase
    preposition = words.classes.find("P", first, stop)
    core = preposition if preposition > 0 else stop
    if first >= core:
        return None
    name = trailing_name(words, first, core)
    if name is None and preposition > 0:
        name = name_after_portfolio(words, preposition, stop)
    if name and preposition > 0 and goes_on(words, name, preposition):
        name = None
    begin, end = name if name else (first, stop)
    return Subject(Span(words.spans[begin][0], words.spans[end - 1][1]), phrase)
