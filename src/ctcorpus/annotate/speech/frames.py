"""The frame of a quotation: who, by which verb, and where the two stand beside the words that are quoted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ctcorpus.annotate.speech.speakers import RECORDS
from ctcorpus.annotate.speech.subjects import Subject, cited_after, subject_after, subject_before, verb_is_active
from ctcorpus.annotate.speech.verbs import NOUN_LIKE, TAGS, VERBS, VerbForm, word_set
from ctcorpus.annotate.speech.words import WINDOW, Words, read_words
from ctcorpus.model.span import Span


@dataclass(frozen=True, slots=True)
class Frame:
    """A report's frame. subject: None where the verb's subject is no speaker; cue: the subject with its verb."""

    subject: Subject | None
    verb: str | None
    cue: Span
    via: Subject | None = None


#: between a verb and the words it introduces: a hearer, an occasion, a day, then a mark or "that"
_COMPLEMENT = re.compile(r"(?:D?[aNCRQr]{1,6}|[Oo])?(?:,?PD?[aNQCRrT]*+|v|T++N*+)*+[,.]?s?[,.]?")
#: words that announce a name or a term, not speech: "the term “X”", "so-called “X”"
_NAMING = word_set(
    "term terms word words phrase phrases slogan so-called called named nicknamed titled entitled dubbed termed "
    "known motto song book film movie series titled label labelled labeled alias name code-named codenamed"
)
#: between such a verb and what it names: "called the plan “", "presenting 2025 as a “"
_NAMED = re.compile(r"[^.,\"]{1,8}")
_NAMED_AS = re.compile(r"[^.\"]{1,14}s(?:D[aN]?)?")
_NEEDS_AS = word_set("describe present condemn hail slam denounce characterise characterize")
_MODIFIED = re.compile(r"[DQ][aN]{1,3}$")
_PASSIVE = word_set("is are was were")
_GERUND_AFTER = word_set("that whether if")
_SPEAKING = frozenset({"say", "tell", "report", "believe"})


def cue_of(subject: Subject | None, verb: tuple[int, int]) -> Span:
    """From the subject to the verb, whichever comes first; the verb alone where there is no subject."""
    if subject is None:
        return Span(*verb)
    return Span(min(subject.phrase.start, verb[0]), max(subject.phrase.end, verb[1]))


def frame_of_verb(words: Words, verb: int, form: VerbForm, *, tag: bool = False) -> Frame | None:
    """The frame that the verb at index ``verb`` makes with the subject before it; None where it states nothing.

    tag: as in ``subject_before``.
    """
    place = words.spans[verb]
    if form.form == "ing" and not (verb and words.texts[verb - 1].lower() in {"is", "are", "was", "were"}):
        if verb and (words.classes[verb - 1] in "DQ" or _MODIFIED.search(words.classes, max(0, verb - 4), verb)):
            return None  # "a stark warning that"
        if verb and words.texts[verb - 1].lower() in _GERUND_AFTER:
            return None  # "believes that adding members would help"
        subject = _main_subject(words, verb)
        return Frame(subject, words.texts[verb], Span(*place)) if subject or verb else None
    active, start = verb_is_active(words, verb, past=form.form == "past")
    if not active:
        return None
    subject = subject_before(words, start, tag=tag)
    if subject is None:
        return None
    if form.form == "base" and not _is_plural(words, start, subject):
        return None
    return Frame(subject, words.texts[verb], cue_of(subject, place))


def _is_plural(words: Words, end: int, subject: Subject) -> bool:
    """Whether a verb without an ending can agree with the subject before it: "officials say", not "the State say"."""
    last = next(
        (w for w, (_, stop) in zip(words.texts, words.spans, strict=True) if stop == subject.span.end), ""
    ).lower()
    if subject.pronoun:
        return subject.pronoun == "they"
    return (
        last in {"people", "police", "media", "data", "men", "women", "taliban"}
        or (last.endswith("s") and not last.endswith("ss"))
        or "k" in words.classes[:end]
    )


def _main_subject(words: Words, verb: int) -> Subject | None:
    """The subject of the clause that a participle hangs on: "X condemned the attack, saying …"."""
    start = words.classes.rfind(".", 0, verb) + 1
    breaks = [m.end() for m in re.finditer(r",[ks]", words.classes[start:verb])]
    if breaks:
        start += breaks[-1]
    intro = re.match(r"(?:[vkT]++,?|[Ps][^,]{0,20},)*+", words.classes[start:verb])
    start += intro.end() if intro else 0
    found = subject_after(words, start)
    if found is None or found[1] >= verb:
        return None  # "One county reporting station"
    following = words.classes[found[1] : found[1] + 1]
    if found[1] == 1 and words.texts[0].endswith("ing") and following in {"P", "D", "a"}:
        return None  # "Commenting on the vote, …": a participle
    if found[1] == 1 and re.match(r"a[ar]*x", words.classes[1:verb]):
        return None  # a capital at the head of a sentence is no name: "Health care providers …, warning that"
    if following == "x" and words.texts[found[1]] in _PASSIVE and words.texts[found[1] + 1].endswith("ed"):
        return None  # "Two men were charged with forging records, stating that": who states is not said
    return found[0] if following in {"x", "a", "v", "V", ",", "P"} else None


def frame_after(body: str, start: int, end: int, *, closed: bool) -> Frame | None:
    """The frame that follows quoted words in ``body[start:end]``: "said X", "X said", "according to X".

    closed: whether the words end with a stop of their own; if not, the frame must begin with a comma.
    """
    words = read_words(body, start, min(end, start + WINDOW), sentence_start=-9)
    first = 0
    while first < len(words) and words.classes[first] in ",v":
        closed = closed or words.classes[first] == ","
        first += 1
    if first >= len(words):
        return None
    cited = _cited(words, first)
    if cited is not None:
        return cited
    if words.texts[first] in {"—", "–", "--"}:
        first += 1
    form = VERBS.get(words.texts[first]) if first < len(words) else None
    if form is not None and form.group in _SPEAKING and form.form in {"third", "past"}:
        found = subject_after(words, first + 1)
        if found is None:
            return None
        return Frame(found[0], words.texts[first], cue_of(found[0], words.spans[first]))
    return _tag(words, first) if closed else None


def _tag(words: Words, first: int) -> Frame | None:
    """ "X said" where X begins at index ``first`` and nothing but X and its verb stand there."""
    for at in range(first + 1, min(len(words), first + 40)):
        form = VERBS.get(words.texts[at]) if words.classes[at] == "V" else None
        if form is not None and form.group in _SPEAKING and form.form != "ing":
            break
        if words.texts[at] in TAGS:
            form = VerbForm("report", words.texts[at], "past")
            break
        if words.classes[at] in '."s':
            return None
    else:
        return None
    frame = frame_of_verb(words, at, form, tag=True)
    while first < at and words.classes[first] in "vsk":
        first += 1
    begins = frame is not None and frame.subject is not None and frame.subject.phrase.start <= words.spans[first][0] + 4
    return frame if begins else None


def _cited(words: Words, first: int) -> Frame | None:
    """ "according to X", "as stated by X", "in the words of X", "as X put it" from index ``first``."""
    lowered = [word.lower() for word in words.texts[first : first + 4]]
    if lowered[:2] == ["according", "to"]:
        return _source(words, first, 2)
    if lowered[:1] == ["per"]:
        return _source(words, first, 1)
    if lowered[:4] == ["in", "the", "words", "of"]:
        return _source(words, first, 4)
    if lowered[:1] == ["as"] and lowered[2:3] == ["by"] and lowered[1] in VERBS:
        return _source(words, first, 3, verb=words.texts[first + 1])
    if lowered[:2] == ["as", "per"]:
        return _source(words, first, 2)
    if lowered[:1] == ["as"]:
        for at in range(first + 2, min(first + 12, len(words) - 1)):
            if words.texts[at] in {"put", "puts"} and words.texts[at + 1] == "it":
                subject = subject_before(
                    Words(words.texts[: at + 1], words.spans[: at + 1], words.classes[:at] + "V"), at
                )
                return Frame(subject, words.texts[at], cue_of(subject, words.spans[at + 1])) if subject else None
    return None


def _source(words: Words, first: int, length: int, *, verb: str | None = None) -> Frame | None:
    found = cited_after(words, first + length)
    if found is None:
        return None
    subject, end = found
    cue = Span(words.spans[first][0], max(subject.phrase.end, subject.span.end))
    printed = verb or " ".join(words.texts[first : first + length])
    if words.texts[first + length - 1] == "by" and verb and end < len(words):
        return Frame(subject, printed, cue)
    return Frame(subject, printed, cue)


def cited_at(body: str, start: int, end: int) -> Frame | None:
    """The frame of an "according to X" (or its like) that begins at ``start``; ends before ``end``."""
    words = read_words(body, start, min(end, start + WINDOW), sentence_start=start)
    return _cited(words, 0)


def frame_before(body: str, start: int, end: int, *, inner: str, sentence_start: int) -> Frame | None:
    """The frame that leads up to quoted words which begin at ``end``: "X said, “", "X said that the war is “".

    inner: the quoted words: a short one that looks like a name or a term is not taken for speech.
    """
    start = max(start, end - WINDOW)
    words = read_words(body, start, end, sentence_start=sentence_start)
    if not len(words) or words.texts[-1].lower() in _NAMING:
        return None
    leads = words.classes[-1] in ",." and words.texts[-1] in {",", ":", "—", "–"}
    verbs = [at for at, letter in enumerate(words.classes) if letter == "V"]
    for at in verbs[:-5:-1]:
        form = VERBS[words.texts[at]]
        gap = words.classes[at + 1 :]
        whole = bool(_COMPLEMENT.fullmatch(gap)) and (not gap or gap[-1] in ",.s" or form.group != "describe")
        if form.group == "deny":
            return None
        if not whole and words.texts[at] in NOUN_LIKE and form.group != "describe":
            continue
        if not _governs(form, gap, inner, whole=whole, leads=leads):
            continue
        frame = frame_of_verb(words, at, form)
        if frame is None and whole and leads and verb_is_active(words, at, past=form.form == "past")[0]:
            return Frame(None, words.texts[at], Span(*words.spans[at]))
        if frame is not None:
            return frame
    if leads:
        return _frame_of_lead(words)
    return None


def _governs(form: VerbForm, gap: str, inner: str, *, whole: bool, leads: bool) -> bool:
    """Whether words quoted behind such a verb and such a gap are its speaker's."""
    if whole and form.group != "describe" and (leads or gap[-1:] == "s"):
        return form.group in _SPEAKING or form.group == "find"
    if _is_term(inner):
        return False
    if form.group == "describe":
        return bool((_NAMED_AS if form.lemma in _NEEDS_AS else _NAMED).fullmatch(gap))
    if "." in gap or "w" in gap[:1]:
        return False
    if form.group == "find":
        return gap[:1] == "s"
    if form.group in {"report", "believe"} and not whole:
        return gap[:1] == "s" or "x" in gap
    return True


def _is_term(inner: str) -> bool:
    """Whether quoted words inside a clause look like a name or a term: one word, or every long word capitalised."""
    words = inner.split()
    if len(words) < 2:
        return True
    return len(words) <= 8 and all(word[:1].isupper() or len(word) <= 3 for word in words)


def _frame_of_lead(words: Words) -> Frame | None:
    """ "According to X, “" and "X: “"."""
    for at in range(len(words)):
        if words.texts[at].lower() in {"according", "in", "as"} and (at == 0 or words.classes[at - 1] in "vk,s"):
            frame = _cited(words, at)
            if frame is not None and frame.cue.end <= words.spans[-1][0]:
                return frame
    if words.texts[-1] == ":" and 2 <= len(words) <= 8 and words.classes[:-1].strip("DCRQrN") == "":
        found = cited_after(words, 0)
        if found and found[1] == len(words) - 1 and not _is_record(words):
            subject = found[0]
            named = len(words) > 2 or words.classes[0] in "Rr"
            return Frame(subject, None, subject.phrase) if named else None
    return None


def _is_record(words: Words) -> bool:
    return any(word.lower() in RECORDS for word in words.texts)
