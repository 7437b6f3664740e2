"""Who says what: speakers are the subjects of their verbs, or None."""

from __future__ import annotations

import time

import pytest

from ctcorpus.annotate.speech.quotations import find_quotations
from ctcorpus.model.facts import Quotation
from tests.annotate.speech.speech_texts import document


def found(text: str) -> list[Quotation]:
    return list(find_quotations(document(text)))


def said(text: str) -> list[tuple[str | None, str | None, str]]:
    """Speaker, verb and words of each quotation."""
    return [(q.speaker, q.verb, text[q.start : q.end]) for q in found(text)]


@pytest.mark.parametrize(
    ("text", "speaker", "verb", "words"),
    [
        ("“We are ready,” General Omar Baig said.", "Omar Baig", "said", "“We are ready,”"),
        ("“We are ready,” said Omar Baig, the army chief.", "Omar Baig", "said", "“We are ready,”"),
        ("Omar Baig said, “We are ready.”", "Omar Baig", "said", "“We are ready.”"),
        ("Omar Baig told reporters on Monday: “We are ready.”", "Omar Baig", "told", "“We are ready.”"),
        ("Omar Baig, the minister, said: “We are ready.”", "Omar Baig", "said", "“We are ready.”"),
        ("The minister, Omar Baig, said: “We are ready.”", "Omar Baig", "said", "“We are ready.”"),
        ("Minister for Information Sara Noor said, “It is done.”", "Sara Noor", "said", "“It is done.”"),
        ("A spokesman for President Omar Baig said, “No.”", "spokesman for President Omar Baig", "said", "“No.”"),
        (
            "Omar Baig, at the meeting headed by Prime Minister Ali Dar, said, “Enough is enough.”",
            "Omar Baig",
            "said",
            "“Enough is enough.”",
        ),
        ("Later Minister Omar Baigsaid, “Enough is enough.”", "Omar Baig", "said", "“Enough is enough.”"),
        ("“It is a hard road”, as stated by Sara Noor in her book.", "Sara Noor", "stated", "“It is a hard road”"),
        ("“It is a hard road,” according to the World Bank.", "World Bank", "according to", "“It is a hard road,”"),
        ("“Is it over?” Omar Baig asked.", "Omar Baig", "asked", "“Is it over?”"),
        ("Security officials maintain, “It is safe.”", "Security officials", "maintain", "“It is safe.”"),
        ("A “Daily Sun” report said the plan was “bold and quick”.", "Daily Sun", "said", "“bold and quick”"),
        ("In the words of Sara Noor, “the road is hard.”", "Sara Noor", "In the words of", "“the road is hard.”"),
    ],
)
def test_direct_speech(text: str, speaker: str, verb: str, words: str) -> None:
    assert (speaker, verb, words) in said(text)


@pytest.mark.parametrize(
    ("text", "speaker", "verb", "words"),
    [
        ("Officials say the road is open.", "Officials", "say", "the road is open"),
        ("DG ISPR emphasised that the road is open.", "DG ISPR", "emphasised", "the road is open"),
        ("Ruritania claims to have killed 40 rebels.", "Ruritania", "claims", "to have killed 40 rebels"),
        ("The road, officials say, is open to all.", "officials", "say", "The road, officials say, is open to all"),
        ("The road is open to all, officials said on Monday.", "officials", "said", "The road is open to all"),
        ("According to Ruritanian media, the road is open.", "Ruritanian media", "According to", "the road is open"),
        ("Forces killed 83 people, according to data from media.", "data from media", "according to", None),
        ("The cost exceeds $126 billion, per official estimates.", "official estimates", "per", None),
        ("Ruritania argues it cannot leave.", "Ruritania", "argues", "it cannot leave"),
        ("Omar Baig told the court that he was away.", "Omar Baig", "told", "he was away"),
    ],
)
def test_reported_speech(text: str, speaker: str, verb: str, words: str | None) -> None:
    (record,) = found(text)
    assert (record.speaker, record.verb, record.direct) == (speaker, verb, False)
    assert words is None or text[record.start : record.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "They cleared the “No Go Zones” of the north.",
        "Operation Alpha (“Resolve for Peace”) began in June.",
        "He was known as “Jafar” to his friends.",
        "The song “Blue River Days” is old.",
        "It is said that the road is open.",
        "Omar Baig did not say that the road is open.",
        "Officials deny that civilians were hit.",
        "According to the treaty, the border is closed.",
        "He asked for 30 per cent of it.",
        "",
        "“ “ “",
        "هذا نص",
    ],
)
def test_what_is_no_speech(text: str) -> None:
    assert found(text) == []


def test_a_tag_splits_one_speech() -> None:
    text = "“The principle is simple,” officials state. “It cannot be a shield. It ends here.”"
    assert said(text) == [
        ("officials", "state", "“The principle is simple,”"),
        ("officials", "state", "“It cannot be a shield. It ends here.”"),
    ]


def test_a_block_quotation_is_led_up_to_by_the_paragraph_before() -> None:
    text = 'The founder, Omar Ali Baig, declared in 1947 that:\n\n> *"We stand by the Charter."*'
    assert said(text) == [("Omar Ali Baig", "declared", '"We stand by the Charter."')]


def test_second_hand_speech_names_who_passes_it_on() -> None:
    first = found("The COAS reaffirmed that “any violation will be met,” the ISPR stated.")[0]
    assert (first.speaker, first.via) == ("COAS", ("ISPR",))
    inner = found("Omar Baig said that Sara Noor claimed that the road was open.")[1]
    assert (inner.speaker, inner.via) == ("Sara Noor", ("Omar Baig",))
    nested = found("Omar Baig said, “Sara Noor told me, ‘Enough of it.’”")[1]
    assert (nested.speaker, nested.via) == ("Sara Noor", ("Omar Baig",))


def test_an_inserted_frame_is_not_passed_on_by_the_sentence_before() -> None:
    text = "Officials say the only road is open to all. The same clarity, analysts argue, is needed now."
    assert [(q.speaker, q.via, text[q.start : q.end]) for q in found(text)] == [
        ("Officials", (), "the only road is open to all"),
        ("analysts", (), "The same clarity, analysts argue, is needed now"),
    ]


def test_a_pronoun_stands_for_the_speaker_before_only_where_nobody_else_is_named() -> None:
    plain = found("“We won,” said Omar Baig. “We will stay.”\n“It was hard,” he said.")
    assert plain[-1].speaker == "Omar Baig"
    crowded = found("“We won,” said Omar Baig.\nThen Ali Dar met Sara Noor.\n“It was hard,” he said.")
    assert crowded[-1].speaker is None
    assert crowded[-1].speaker_span is None
    assert found("“It was hard,” he said.")[0].speaker is None


def test_a_subordinate_frame_ends_at_its_comma() -> None:
    text = "When officials said that the road was open, nobody moved."
    assert said(text)[0][2] == "the road was open"


def test_every_span_is_its_text_and_records_are_in_order() -> None:
    text = "“A road is open,” said Omar Baig. He added that it was safe. According to Sara Noor, it was not."
    records = found(text)
    assert [r.start for r in records] == sorted(r.start for r in records)
    for record in records:
        assert record.id.endswith(f":{record.start}-{record.end}")
        assert record.speaker_span is None or record.speaker_span.of(text) == record.speaker


@pytest.mark.parametrize(
    "unit", ["“", '"', "said ", "Omar said that ", "according to ", "Omar, ", "Monday ", "“Go,” he said. ", "1"]
)
def test_time_is_linear(unit: str) -> None:
    started = time.perf_counter()
    find_quotations(document(unit * 10_000))
    assert time.perf_counter() - started < 5


def test_a_person_behind_an_unlisted_calling_is_the_speaker() -> None:
    (quoted,) = found("“Rain is rare there in winter,” said planetary geologist Ana Marlow of the laboratory.")
    assert quoted.speaker == "Ana Marlow"


def test_adding_to_something_reports_nothing() -> None:
    assert found("The state attorney general is at work, adding to the problems that have troubled the firm.") == []
