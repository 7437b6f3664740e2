"""Reported speech: the clause that somebody is said to have said, without quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ctcorpus.annotate.speech.frames import Frame, cited_at, cue_of, frame_of_verb
from ctcorpus.annotate.speech.speakers import HEADS, MEDIA, is_person_name
from ctcorpus.annotate.speech.subjects import subject_after
from ctcorpus.annotate.speech.verbs import NOUN_LIKE, VERBS, VerbForm, word_set
from ctcorpus.annotate.speech.words import WINDOW, Words, read_words
from ctcorpus.model.span import Span


@dataclass(frozen=True, slots=True)
class Report:
    """A reported clause and its frame. clause: the words as printed, without "that" and the closing stop."""

    clause: Span
    frame: Frame


#: between a verb and its "that": a hearer, an occasion, a day
_TO_THAT = re.compile(r"(?:D?[aNCRQr]{1,5}|[Oo])??(?:PD?[aNQCRrT]*+|v|D?T++N*+)*+s")
_TO_CLAUSE = re.compile(r"(?:P?D?T+N*)?,?")
#: where a reported clause ends before its sentence does: what follows may be another voice
_TURN = re.compile(r"; |, (?:but|while|whereas|although|though|according to|as per) | — |, per ")
_DASH = " — "
#: characters behind a verb in which its clause must have begun
_AHEAD = 160
#: characters of a clause that are searched for its end
_FAR = 2000
_SUBJECTLESS = word_set("so nothing yes no hello much more less goodbye otherwise in to by at on for with of")
_CITED_RECORDS = word_set(
    "agreement accord treaty law constitution charter plan schedule rules rule principle principles article "
    "provision provisions criteria wishes needs tradition reason policy resolution doctrine standards"
)
#: a finite verb with a subject of its own: not the one of "maintains its support and is glad"
_FINITE = re.compile(r"(?<!k)(?<!kv)x")
#: verbs with forms that are more often nouns, which yet take a clause without "that"
_WITH_CLAUSE = word_set("claim state note hope fear")
_STOPS = " \t\r\n.!?*_"
#: what a tag that closes a sentence may still hold: an occasion, a day
_TAIL = re.compile(r"(?:PD?[aNQCRrT]*+|v|T++N*+)*+")
_OCCASION = word_set("in on at during to after")
#: what goes on about the occasion: "…, X said while visiting Y"
_MEANWHILE = word_set("while after before when as")
_COORDINATORS = word_set("but so yet")
_INSERTED = frozenset({"say", "tell", "report", "believe"})
#: verbs that may stand before a person's name without addressing that person
_INVERTED = word_set("report add explain note argue recall insist write")
#: whom a verb tells: "told reporters", "told him"
_HEARER = re.compile(r"(?:D?[aNQCRr]{0,3}[CRr]|[oO])(?![aCRr])")
_TO_TOLD = re.compile(r"(?:D?[aNQCRr]{0,4}[CRr]|[oO])(?=[oO][xaV])")
_NOMINATIVES = word_set("he she they it we i there")
#: a subject that begins with a bound: "more than 40 people", "at least 5,000"
_MEASURE = re.compile(r"[aP][aPs]D?N|[aP][aPs]a[ar]")
_BOUNDS = word_set("more at up fewer less nearly")


def report_of_verb(body: str, sentence: Span, verb: Span, *, floor: int = 0) -> Report | None:
    """What the verb at ``verb`` reports in its sentence: "X said that …", "X claims to have …", "…, X said, …".

    floor: its subject is not looked for before this place.
    """
    form = VERBS[body[verb.start : verb.end]]
    if form.group in {"deny", "describe"}:
        return None
    if not _may_report(body, sentence, verb, form):
        return None
    right = read_words(body, verb.end, min(sentence.end, verb.end + _AHEAD), sentence_start=-9)
    start = _clause_start(right, form, body[verb.start : verb.end])
    inserted = start is None and _is_closed(right, form)
    inverted = start is None and not inserted and _may_invert(form)
    if start is None and not inserted and not inverted:
        return None
    left_start = max(sentence.start, verb.start - WINDOW, min(floor, verb.start))
    left = read_words(body, left_start, verb.start, sentence_start=sentence.start)
    if inverted:
        return _inverted(left, right, sentence, verb, body)
    words = Words((*left.texts, body[verb.start : verb.end]), (*left.spans, (verb.start, verb.end)), left.classes + "V")
    frame = frame_of_verb(words, len(left), form, tag=inserted or _says_that(right, form))
    if frame is None and not inserted:
        return _inverted(left, right, sentence, verb, body)
    if frame is None or (frame.subject is None and form.form == "ing"):
        return None
    if inserted:
        return _around(body, sentence, verb, left, right, frame) if form.group in _INSERTED else None
    return _report(body, start or verb.end, sentence, frame)


def _may_report(body: str, sentence: Span, verb: Span, form: VerbForm) -> bool:
    """Whether a verb that needs a "that", or else a comma before its subject, has one: told before words are read."""
    needs = form.group == "find"
    if not needs and (body[verb.start : verb.end] not in NOUN_LIKE or form.lemma in _WITH_CLAUSE):
        return True
    if "that" in body[verb.end : verb.end + _AHEAD].lower():
        return True
    return not needs and "," in body[max(sentence.start, verb.start - WINDOW) : verb.start]


def _clause_start(right: Words, form: VerbForm, printed: str) -> int | None:
    """Where the reported clause begins in the words after its verb, or None where none begins."""
    if form.lemma == "add" and right.texts[:1] == ("to",):
        return None  # "adding to the problems that …"
    that = _TO_THAT.match(right.classes)
    if that and right.texts[that.end() - 1].lower() == "that":
        direct = that.end() == 1 or right.classes[0] in "PTv" or right.classes.startswith("DT")
        direct = direct or right.texts[0] == "out" or form.group == "tell" or form.lemma == "warn"
        if direct and that.end() < len(right):
            return right.spans[that.end()][0]
    if form.group == "tell":
        told = _TO_TOLD.match(right.classes)
        return right.spans[told.end()][0] if told and right.texts[told.end()].lower() in _NOMINATIVES else None
    if form.group == "find" or len(right) < 4:
        return None
    if form.lemma == "claim" and right.texts[0] == "to" and right.classes[1:2] in {"x", "a"}:
        return right.spans[0][0]
    if form.lemma in {"urge", "recommend"} or (form.group == "believe" and form.form == "ing"):
        return None
    if printed in NOUN_LIKE and (form.lemma not in _WITH_CLAUSE or right.texts[0].endswith(("ing", "ed"))):
        return None  # "legal claims resulting from this have …"
    skip = _TO_CLAUSE.match(right.classes)
    at = skip.end() if skip and skip.end() < len(right) else 0
    if at and right.classes[at - 1] == "," and right.texts[at].endswith("ing"):
        return None
    return right.spans[at][0] if _is_clause(right, at, form) else None


def _is_clause(right: Words, at: int, form: VerbForm) -> bool:
    """Whether a clause without "that" begins at index ``at``: a subject, and for most verbs a finite verb too."""
    letter, word = right.classes[at], right.texts[at].lower()
    measured = _MEASURE.match(right.classes, at) is not None and word in _BOUNDS
    if measured:
        return form.group == "say"
    if letter in '.,"kxwVv' or word in _SUBJECTLESS or (letter == "s" and word != "if"):
        return False
    nominative = letter in "Oo" and word not in {"him", "them", "me", "us", "nothing", "something", "himself"}
    if nominative and len(right) > at + 2:
        return True
    if letter == "P":
        return False
    head = re.match(r"s?[^.\",s]*", right.classes[at : at + 16])
    finite = _FINITE.search(head.group() if head else "") is not None
    if form.group == "say":
        return finite or len(right) - at >= 5
    return finite or (form.lemma in {"believe", "argue", "insist", "think"} and len(right) - at >= 8)


def _is_closed(right: Words, form: VerbForm) -> bool:
    """Whether the verb ends what it says: "…, officials say, …", "…, officials said on Monday.", "…, X told CNN."."""
    hearer = _HEARER.match(right.classes) if form.group == "tell" else None
    if form.group == "tell" and hearer is None:
        return False
    first = hearer.end() if hearer else 0
    end = _tail_end(right, form)
    if any(right.classes[i] == "P" and right.texts[i] not in _OCCASION for i in range(first, end)):
        return False
    if end == len(right) or right.texts[end] in _MEANWHILE:
        return True
    return right.classes[end] in ",." and '"' not in right.classes[end + 1 : end + 2]


def _tail_end(right: Words, form: VerbForm) -> int:
    """The index behind the hearer, the occasion and the day of a tag."""
    hearer = _HEARER.match(right.classes) if form.group == "tell" else None
    tail = _TAIL.match(right.classes, hearer.end() if hearer else 0)
    return tail.end() if tail else 0


def _around(body: str, sentence: Span, verb: Span, left: Words, right: Words, frame: Frame) -> Report | None:
    """The sentence that an inserted "officials say" stands in: all of it, or what goes before a closing one."""
    subject = frame.subject
    if subject is None:
        return None
    before = [i for i, (_, end) in enumerate(left.spans) if end <= subject.phrase.start]
    if not before or left.classes[before[-1]] != "," or len(before) < 3:
        return None
    opener = left.classes[0] in "Ps" and left.texts[0].lower() not in _COORDINATORS
    if opener and "," not in left.classes[: before[-1]]:
        return None
    after = _tail_end(right, VERBS[body[verb.start : verb.end]])
    closing = right.spans[after][0] if after < len(right) else sentence.end
    is_last = sentence.end - closing < WINDOW and not body[closing : sentence.end].strip(_STOPS)
    is_last = is_last or _hangs_on(right, after)
    if not is_last and body[closing : closing + 1] != ",":
        return None
    end = left.spans[before[-1]][0] if is_last else sentence.end
    if is_last and len(before) < 5:
        return None
    return _report(body, sentence.start, Span(sentence.start, end), frame, turn=False)


def _says_that(right: Words, form: VerbForm) -> bool:
    """Whether "said" goes before "that" or a pronoun, which shows that the noun before it can speak."""
    nominative = right.texts[:1] and right.texts[0].lower() in {"that", "it", "he", "she", "they", "we"}
    return form.group == "say" and form.form in {"third", "past"} and bool(nominative)


def _hangs_on(right: Words, at: int) -> bool:
    """Whether what stands behind a tag belongs to the tag: "…, X said while visiting Y", "…, X said, adding that"."""
    if at < len(right) and right.texts[at] in _MEANWHILE:
        return True
    following = right.texts[at + 1] if at + 1 < len(right) else ""
    return following.endswith("ing") or right.classes[at + 1 : at + 2] in {"s", "w", "k"}


def _may_invert(form: VerbForm) -> bool:
    """Whether the speaker may follow the verb: "…, said X", "…, added X"; "…, warned X" warns X."""
    return form.form != "ing" and (form.group == "say" or (form.lemma in _INVERTED and form.form != "base"))


def _inverted(left: Words, right: Words, sentence: Span, verb: Span, body: str) -> Report | None:
    """ "The road is open, said X." """
    form = VERBS[body[verb.start : verb.end]]
    if len(left) < 4 or left.classes[-1] != "," or not _may_invert(form):
        return None
    found = subject_after(right, 0)
    if found is None or right.classes[found[1] : found[1] + 1] in set("xaVOoDN"):
        return None
    name = found[0].span.of(body)
    is_medium = form.lemma == "report" and name.split()[-1].lower() in MEDIA
    if form.group != "say" and not is_medium and not is_person_name(name):
        return None
    frame = Frame(found[0], body[verb.start : verb.end], cue_of(found[0], (verb.start, verb.end)))
    goes_on = right.classes[found[1] : found[1] + 2] == ",x"  # "The key, says X, is …"
    end = sentence.end if goes_on else left.spans[-1][0]
    return _report(body, sentence.start, Span(sentence.start, end), frame, turn=False)


def _report(body: str, start: int, within: Span, frame: Frame, *, turn: bool = True) -> Report | None:
    end = within.end
    if turn:
        end = _turn(body, start, min(end, start + _FAR)) or end
        if _is_subordinate(body, frame):
            comma = body.find(", ", start, min(end, start + _FAR))
            end = comma if comma >= 0 else end
    while end > start and body[end - 1] in _STOPS:
        end -= 1
    while end > start and body[end - 1] in " \t\r\n“,:":
        end -= 1
    if end - start < 8 or not any(char.isalnum() for char in body[start : min(end, start + WINDOW)]):
        return None
    return Report(Span(start, end), frame)


def _turn(body: str, start: int, end: int) -> int | None:
    """Where another voice may begin in a clause; an aside between dashes is none."""
    match = _TURN.search(body, start, end)
    if match is not None and match.group() == _DASH:
        closing = body.find(_DASH, match.end(), end)
        match = _TURN.search(body, closing + len(_DASH), end) if closing > 0 else match
    return match.start() if match else None


_SUBORDINATOR = re.compile(
    r"(?<![^\W_])(?:when|while|after|before|as|if|although|though|since|because)\s+(?:the\s+)?$", re.I
)


def _is_subordinate(body: str, frame: Frame) -> bool:
    """Whether the frame's own clause hangs on another: "When X suggested that A, B" (B is not X's word)."""
    at = frame.cue.start
    return frame.subject is not None and _SUBORDINATOR.search(body[max(0, at - 14) : at]) is not None


def report_of_source(body: str, sentence: Span, at: int) -> Report | None:
    """What an "according to X" that begins at ``at`` covers in its sentence: the clause on the side it leans to."""
    frame = cited_at(body, at, sentence.end)
    if frame is None or frame.subject is None or not _is_source(body, frame):
        return None
    before = body[max(sentence.start, at - WINDOW) : at].strip(' “"*_->')
    opens = before == "" or (before.endswith((",", ".")) is False and before.lower() in {"but", "and", "however"})
    if opens:
        comma = body.find(",", frame.cue.end, min(sentence.end, frame.cue.end + WINDOW))
        if comma < 0:
            return None
        return _report(body, _skip_blanks(body, comma + 1), sentence, frame)
    if frame.verb == "per" and not before.endswith((",", ";", "(", "—")):
        return None
    turn = max(
        (m.end() for m in _TURN.finditer(body, max(sentence.start, at - WINDOW), at - 1)), default=sentence.start
    )
    goes_on = _GOES_ON.match(body, frame.cue.end, min(sentence.end, frame.cue.end + WINDOW)) is not None
    end = sentence.end if goes_on else _back_to_comma(body, at)
    return _report(body, turn, Span(turn, end), frame, turn=False)


#: "One of them, according to X, had left": the clause goes on behind its source
_GOES_ON = re.compile(r",\s+(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|may|might|must|should)\b")


def _is_source(body: str, frame: Frame) -> bool:
    assert frame.subject is not None
    phrase = body[frame.subject.phrase.start : frame.subject.phrase.end]
    words = re.findall(r"[^\W_]+(?:[-’'][^\W_]+)*", phrase)
    if any(word.lower() in _CITED_RECORDS for word in words):
        return False
    return any(word.lower() in HEADS for word in words) or any(word[:1].isupper() for word in words)


def _skip_blanks(body: str, at: int) -> int:
    while at < len(body) and body[at].isspace():
        at += 1
    return at


def _back_to_comma(body: str, at: int) -> int:
    while at and (body[at - 1].isspace() or body[at - 1] in ",(—"):
        at -= 1
    return at
