"""Whose word a figure or a claim is, by the clause, the sentence, the quotation or the sentence before."""

from __future__ import annotations

import pytest

from ctcorpus.annotate.speech.attribution import Attributions
from ctcorpus.annotate.speech.quotations import find_quotations
from ctcorpus.model.facts import Attribution
from ctcorpus.model.span import Span
from tests.annotate.speech.speech_texts import document


def source(text: str, words: str) -> tuple[Attribution | None, str]:
    """The attribution of the words and its cue as printed."""
    made = document(text)
    span = Span(text.index(words), text.index(words) + len(words))
    sentence = next(s for s in made.sentences if s.contains(span))
    found = Attributions(made, find_quotations(made)).of(sentence, span)
    return found, text[found.start : found.end] if found else ""


@pytest.mark.parametrize(
    ("text", "words", "speaker", "basis", "cue"),
    [
        (
            "Forces killed 83 people, according to data from Ruritanian media.",
            "83 people",
            "data from Ruritanian media",
            "clause",
            "according to data from Ruritanian media",
        ),
        ("Ruritania claims to have killed 40 rebels.", "40 rebels", "Ruritania", "clause", "Ruritania claims"),
        (
            "The cost is $5 billion, per Ruritanian estimates, a heavy load.",
            "$5 billion",
            "Ruritanian estimates",
            "clause",
            "per Ruritanian estimates",
        ),
        ("“We lost 12 men,” Omar Baig said.", "12 men", "Omar Baig", "quotation", "Omar Baig said"),
        (
            "According to official data, forces made 75 raids. These raids killed 20 rebels.",
            "20 rebels",
            "official data",
            "preceding_sentence",
            "According to official data",
        ),
        (
            "Officials say the road is open.",
            "Officials say the road is open.",
            "Officials",
            "sentence",
            "Officials say",
        ),
    ],
)
def test_sources(text: str, words: str, speaker: str, basis: str, cue: str) -> None:
    found, printed = source(text, words)
    assert found is not None
    assert (found.speaker, found.basis, printed) == (speaker, basis, cue)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Forces made 75 raids.", "75 raids"),
        ("Forces killed 83 people, according to media. This led to a 13% drop.", "13% drop"),
        ("According to official data, forces made 75 raids. Hundreds of 40 towns fled.", "40 towns"),
        ("According to official data, forces made 75 raids.\nThese raids killed 20 rebels.", "20 rebels"),
        ("According to official data, forces made 75 raids. These 9 figures show resolve.", "9 figures"),
        ("Officials reject claims that 100 people were hit.", "100 people"),
        ("Officials say the road is open, but 12 bridges are shut.", "12 bridges"),
    ],
)
def test_no_source_where_the_text_gives_none(text: str, words: str) -> None:
    assert source(text, words)[0] is None
