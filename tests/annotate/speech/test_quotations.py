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


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        # the tag stands behind its clause: by last name, with a hearer, with an occasion, before its speaker
        ("But the road has been open since May, Baig said, even in the north.", "Baig", None),
        ("The road was open all winter, Baig said while visiting the town.", "Baig", "The road was open all winter"),
        ("Every bridge in the town is shut, Baig told Noor.", "Baig", "Every bridge in the town is shut"),
        ("The men were taken to the coast, a police source told the Daily Sun.", "police source", None),
        ("The road was closed in the night, said Noor, a road engineer.", "Noor", "The road was closed in the night"),
        ("Snow is rarer than before, said study co-author Sara Noor, a snow physicist.", "Sara Noor", None),
        ("He was in charge of the town, said another witness, former aide Sara Noor.", "Sara Noor", None),
        ("The upper road was never safe, say experts.", "experts", "The upper road was never safe"),
        ("Only one road is open to cars, added Omar Baig.", "Omar Baig", "Only one road is open to cars"),
        ("The key to the town, says Baig, is the bridge.", "Baig", "The key to the town, says Baig, is the bridge"),
        ("A long winter could empty the shops, the brokerage said.", "brokerage", None),
        ("Baig said the bridge was shut, Noor told reporters, adding that it was old.", "Noor", None),
        # who speaks
        ("The talks have failed, people familiar with Ruritanian trade policy said.",
         "people familiar with Ruritanian trade policy", "The talks have failed"),
        ("The talks have failed, according to two people familiar with the matter.",
         "people familiar with the matter", "The talks have failed"),
        ("A person with knowledge of the talks said that they had failed.", "person with knowledge of the talks", None),
        ("The chairman, CEO and president Omar Baig said the firm would move.", "Omar Baig", "the firm would move"),
        ("Sara Noor, who leads the bridge office at Port Hill, said the bridge was old.", "Sara Noor", None),
        ("High school teacher Sara Noor said she had left at dawn.", "Sara Noor", "she had left at dawn"),
        ("US officials said the road was open.", "US officials", "the road was open"),
        ("He has pleaded guilty, the U.S. Attorney’s Office for the Western District said in a statement.",
         "U.S. Attorney’s Office for the Western District", "He has pleaded guilty"),
        ("The Ruritanian foreign ministry said it was ready.", "Ruritanian foreign ministry", "it was ready"),
        ("Baig and Noor said that the call was short.", "Baig and Noor", "the call was short"),
        ("In a statement, Omar Baig said the road was open.", "Omar Baig", "the road was open"),
        ("Port Hill goalkeeper Omar Baig said he had left.", "Omar Baig", "he had left"),
        ("The road was shut by then, said Sara de Noor, a teacher.", "Sara de Noor", None),
        ("The utility said it would shut the road.", "utility", "it would shut the road"),
        ("Most road engineers, however, argue that the road is safe.", "road engineers", "the road is safe"),
        ("Ruritania's trade ministry said this month that the road was open.", "Ruritania's trade ministry", None),
        ("The shops of the town are empty, reports Reuters.", "Reuters", "The shops of the town are empty"),
        # what is said
        ("Omar Baig told lawmakers it was his duty to report.", "Omar Baig", "it was his duty to report"),
        ("The unions said more than 15,000 people came.", "unions", "more than 15,000 people came"),
        ("Baig said five firms — Alpha, Beta and Gamma among them — had been chosen.", "Baig",
         "five firms — Alpha, Beta and Gamma among them — had been chosen"),
        ("One of the guards, according to prison records, had worked all night.", "prison records",
         "One of the guards, according to prison records, had worked all night"),
    ],
)  # fmt: skip
def test_how_news_reports(text: str, speaker: str, words: str | None) -> None:
    records = [(q.speaker, text[q.start : q.end]) for q in found(text)]
    assert speaker in [s for s, _ in records]
    assert words is None or (speaker, words) in records


@pytest.mark.parametrize(
    "text",
    [
        "One Port Hill reporting station has had no rain since the middle of the month.",
        "Recent large-scale rebel raids in the north serve as a stark warning that the road is not safe.",
        "We’ll start by noting that the road is open.",
        "Health care providers have left the town, warning that it is unsafe.",
        "Two guards were charged with forging records, stating they had walked the rounds.",
    ],
)
def test_whose_speech_is_not_plain(text: str) -> None:
    assert [q.speaker for q in found(text) if q.speaker] == []


def test_one_tag_between_two_halves_has_one_speaker() -> None:
    text = "Sara Noor, a teacher, said pay is low. “They know it,” she said. “They have known it for years.”"
    assert [q.speaker for q in found(text) if q.direct] == ["Sara Noor", "Sara Noor"]


def test_a_pronoun_waits_for_the_end_of_a_long_speech() -> None:
    long = "It was a long road. " * 40
    text = f"“We left,” Sara Noor said. “{long}”\n\n“It was cold,” she said."
    assert found(text)[-1].speaker == "Sara Noor"


def test_a_pronoun_is_nobodys_where_a_last_name_comes_between() -> None:
    text = "“We left,” said Sara Noor, a friend of Ali Dar. Dar came late. “It was cold,” he said."
    assert found(text)[-1].speaker is None


def test_a_new_paragraph_may_have_gone_over_to_another_speaker() -> None:
    text = (
        "“We left,” Sara Noor said. “I stayed,” Omar Dar said.\n\n"
        "The actress was not keen to leave the stage. “It was cold,” she said."
    )
    assert found(text)[-1].speaker is None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Inter-Services Public Relations said that the road is open.", "Inter-Services Public Relations"),
        ("Inter-Services Public Relations (ISPR) said that the road is open.", "Inter-Services Public Relations"),
        ("The road is open, Inter-Services Public Relations said.", "Inter-Services Public Relations"),
        ("Bank Noor said that the road is open.", "Bank Noor"),
        ("Police Inspector Sara Noor said that the road is open.", "Sara Noor"),
        ("The Directorate’s Director General Omar Baig said that the road is open.", "Omar Baig"),
        ("_The Power of Fear_ says that the road is open.", "Power of Fear"),
        ("The film The Power of Fear says that the road is open.", "film The Power of Fear"),
        ("The Battle for Hearts and Minds says that the road is open.", "Battle for Hearts and Minds"),
        ("_The River Guide to Noor_ says that the road is open.", "River Guide to Noor"),
        ("Omar Baig of the Power Company said that the road is open.", "Omar Baig"),
        ("Noor Bros. announced that the road is open.", "Noor Bros."),
        ("K-Electric said that the road is open.", "K-Electric"),
    ],
)
def test_a_name_is_not_cut(text: str, speaker: str) -> None:
    assert [q.speaker for q in found(text)] == [speaker]


@pytest.mark.parametrize("text", ["AP reported that the road is open.", "The road is open, according to AP."])
def test_an_agency_by_its_letters_is_a_medium(text: str) -> None:
    (report,) = found(text)
    assert (report.speaker, report.speaker_kind) == ("AP", "media")


@pytest.mark.parametrize(
    "text",
    [
        "First, let us clear the ground by stating that the road is open.",
        "Commenting on the vote, though adding that it was close, he left.",
        "Baig wrote his letter to the town before he had seen it.",
        "Peru maintains its support for the treaty and is glad of it.",
        "Legal claims resulting from this have cost the town much.",
    ],
)
def test_what_only_looks_like_speech(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Critics point out that the road is open.", "the road is open"),
        ("He warned the town that the road is shut.", "the road is shut"),
        ("Sara Noor asked if the road was open.", "if the road was open"),
        ("Officials said building work was over.", "building work was over"),
        ("Omar Baig argued the road and the bridge were shut.", "the road and the bridge were shut"),
        ("Officials believe that adding a lane would help the town.", "adding a lane would help the town"),
    ],
)
def test_where_a_reported_clause_begins(text: str, words: str) -> None:
    assert [text[q.start : q.end] for q in found(text)] == [words]
