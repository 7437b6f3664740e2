"""Headings that stand inside a line of running text, where an article was flattened into one line.

    ... through indiscriminate killings. Not a Matter of Choice Islamabad has said that ...

Such a heading is a run of words cased as a title, right after the end of a sentence, and the next sentence begins
inside the same run of capitals. A name and its office look alike ("Foreign Minister Dar said"), so the rule asks
for much: a long line, at least two such headings in it, words that the text also uses in lower case, and a word
to begin the next sentence with that is known to stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ctcorpus.ingest.lexicon import FUNCTION_WORDS, OFFICES, STARTERS, word_set
from ctcorpus.model.span import Span

#: characters of the line, and headings in it, from which on the rule applies
LEAST_LINE, LEAST_HEADINGS = 1_500, 2
LEAST_WORDS, MOST_WORDS = 2, 8
#: characters from which the words of the text are learnt
LEARNT = 500_000

TOKEN = re.compile(r"\s*([^\W_][\w'’/&-]*):?(?=\s)")
_LOWER = re.compile(r"(?<![\w’'-])[a-z]{4,}")
# a name that needs no article; what follows "the" may be the last word of a longer name
_ALONE = re.compile(r"(?<![\w’'-])(?!(?:the|an?|this|our|its|their) )[a-z]+,? ([A-Z][\w-]+)(?=(?:[’']s)? [a-z]|[,.;])")
_VERB = re.compile(
    r"(?:has|have|had|is|are|was|were|will|would|must|can|could|should|may|might|does|did|do|remains?|continues?|"
    r"faces?|says?|said|[a-z]{2,}(?:[^su]s|ed))"
)
#: words of headings that a short article may not use otherwise
HEADING_WORDS = word_set(
    "forward ahead path way conclusion background context outlook role response challenges challenge strategy "
    "future threat threats efforts overview implications lessons recommendations successes history policy options "
    "next steps analysis impact dimension dimensions factors causes measures progress approach success failure"
)


#: no heading begins with these, though its sentence may
_OPENERS = word_set("In At But Now Because If Both And Or So Thus Also Since Nor Regarding Its His Her Their")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a text shows of its own words: those it writes in lower case, and names that stand alone in it."""

    lower: frozenset[str]
    alone: frozenset[str]


def learn(text: str) -> Vocabulary:
    """The vocabulary of a text, from its first LEARNT characters."""
    sample = text[:LEARNT]
    return Vocabulary(frozenset(_LOWER.findall(sample)), frozenset(_ALONE.findall(sample)))


def inline_headings(text: str, found: Sequence[Span], vocabulary: Vocabulary) -> list[Span]:
    """The headings inside a paragraph whose sentences are ``found``; none unless there are at least two."""
    if not found or found[-1].end - found[0].start < LEAST_LINE:
        return []
    headings = [heading for span in found[1:] if (heading := _heading(text, span, vocabulary)) is not None]
    return headings if len(headings) >= LEAST_HEADINGS else []


def _heading(text: str, sentence: Span, vocabulary: Vocabulary) -> Span | None:
    """The heading that the sentence begins with: the longest, where several fit."""
    run = list(_run(text, sentence))
    if len(run) <= LEAST_WORDS:
        return None
    for size in range(min(MOST_WORDS, len(run) - 2), LEAST_WORDS - 1, -1):
        head, rest = run[:size], run[size:]
        if _begins_sentence(rest, vocabulary) and _reads_as_heading(head, vocabulary):
            return Span(sentence.start, head[-1][1])
    return None


def _run(text: str, sentence: Span) -> Iterator[tuple[str, int]]:
    """The words of the run of title case and two after it, each with the offset of its end."""
    at, extra = sentence.start, 0
    for _ in range(MOST_WORDS + 4):
        token = TOKEN.match(text, at, sentence.end)
        if token is None:
            return
        yield token[1], token.end(1)
        at = token.end()
        if token[1][0].islower() and token[1] not in FUNCTION_WORDS:
            extra += 1
            if extra == 2:
                return


def _begins_sentence(rest: list[tuple[str, int]], vocabulary: Vocabulary) -> bool:
    """Whether the words begin a sentence: "The government ...", "Islamabad believes ..."."""
    first, second = rest[0][0], rest[1][0]
    if not first[0].isupper():
        return False
    if first in STARTERS:
        return second[0].islower() and second not in ("of", "and")
    name = re.sub(r"[’']s$", "", first)
    return name in vocabulary.alone and second[0].islower() and (name != first or bool(_VERB.fullmatch(second)))


def _reads_as_heading(head: list[tuple[str, int]], vocabulary: Vocabulary) -> bool:
    """Whether the words are a heading: title case, ordinary words in it, no office, no name, no open end."""
    words = [word for word, _ in head]
    content = [word for word in words if word.lower() not in FUNCTION_WORDS]
    last = words[-1].lower()
    if not words[0][0].isupper() or words[0] in _OPENERS or not content:
        return False
    if any(not word[0].isupper() for word in content):
        return False
    if last in FUNCTION_WORDS or last in OFFICES or words[-1] in STARTERS or (len(words) == 2 and words[0] == "The"):
        return False
    ordinary = [_is_ordinary(word.lower(), vocabulary) for word in content]
    settled = ordinary[-1] or (len(words) > 2 and words[-2].lower() in FUNCTION_WORDS)
    return settled and any(o for o, word in zip(ordinary, content, strict=True) if word not in STARTERS)


def _is_ordinary(word: str, vocabulary: Vocabulary) -> bool:
    forms = (word, word.removesuffix("s"), word + "s", word.removesuffix("es"))
    return any(form in vocabulary.lower for form in forms) or word in HEADING_WORDS
