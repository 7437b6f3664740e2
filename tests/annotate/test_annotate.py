"""All rules together on texts made to break them: linear time, no crash, and nothing found in repeated junk."""

from __future__ import annotations

import time

import pytest

from ctcorpus.annotate import VERSION, annotate, rules
from ctcorpus.annotate.thesaurus import Thesaurus
from ctcorpus.model.document import Document, Metadata, Paragraph, Provenance
from ctcorpus.model.facts import Facts
from ctcorpus.model.span import Span

#: kind of junk -> what it repeats
JUNK = {
    "digits": "1234567890",
    "numbers": "1 ",
    "number words": "one ",
    "fractions": "a quarter of ",
    "ranges": "from 5 to ",
    "percentages": "5% ",
    "joined numbers": "12-",
    "joined by no-break spaces": "5\u00a0",
    "opening quotes": "“",
    "single quotes": "'word' ",
    "verbs": "said ",
    "brackets": "(TTP) ",
    "open brackets": "(",
    "right to left": 'قال "هذا" ',
    "mixed scripts": "Россия 25 убит 中国 said “да” 2020年 ",
    "spaces": " ",
    "line breaks": "said\n",
    "one word": "a",
    "titles": "General Name Other, Chief of Staff, ",
}


def one_sentence(text: str, language: str | None = None) -> Document:
    """A document that is a single sentence."""
    provenance = Provenance("a.txt", "text/plain", "0" * 64, len(text), "utf-8", "utf-8", "text/1")
    whole = (Span(0, len(text)),) if text else ()
    paragraphs = (Paragraph(0, len(text), "paragraph"),) if text else ()
    metadata = Metadata(language=language)
    return Document("d" * 32, text, "0" * 64, provenance, metadata, paragraphs=paragraphs, sentences=whole)


def timed(text: str) -> tuple[float, Facts]:
    document, thesaurus = one_sentence(text), Thesaurus.shipped()
    begin = time.process_time()
    facts = annotate(document, thesaurus)
    return time.process_time() - begin, facts


@pytest.mark.parametrize("kind", JUNK)
def test_junk_takes_linear_time_and_gives_no_figures(kind: str) -> None:
    def least(length: int) -> float:
        return min(timed(JUNK[kind] * (length // len(JUNK[kind])))[0] for _ in range(2))

    timed(JUNK[kind] * 8)
    assert least(40_000) < 3 * least(20_000) + 0.05
    assert timed(JUNK[kind] * (20_000 // len(JUNK[kind])))[1].figures == ()


def test_speech_without_end_takes_linear_time() -> None:
    short = min(timed("“Go,” he said. " * 1_000)[0] for _ in range(3))
    long = min(timed("“Go,” he said. " * 2_000)[0] for _ in range(3))
    assert long < 3 * short + 0.05
    _, facts = timed("“Go,” he said. " * 100)
    assert facts.figures == () and facts.dates == ()


def test_an_empty_document_has_no_facts() -> None:
    assert annotate(one_sentence(""), Thesaurus.shipped()) == Facts(rules=rules(Thesaurus.shipped()))
    assert rules(Thesaurus.shipped()).startswith(f"facts/{VERSION} ")


def test_a_long_sentence_of_prose_keeps_its_figures() -> None:
    places = [f"in district {chr(97 + x % 26)}{chr(97 + x // 26)} the police held {x + 20} men," for x in range(200)]
    _, facts = timed(" ".join(places))
    assert len(facts.figures) == 200


@pytest.mark.parametrize(("language", "found"), [(None, 1), ("en", 1), ("de", 0)])
def test_english_rules_are_for_english(language: str | None, found: int) -> None:
    facts = annotate(one_sentence("Pakistan held 12 men in May 2020, officials said.", language), Thesaurus.shipped())
    assert [x.concept for x in facts.mentions] == ["plc:pakistan"]
    assert (len(facts.figures), len(facts.dates), len(facts.quotations)) == (found, found, found)
