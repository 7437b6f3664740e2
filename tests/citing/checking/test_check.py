"""Verdicts on drafts: a table of hand-made cases over articles made for it, and properties of their sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ctcorpus.corpus import Corpus
from ctcorpus.errors import UnknownIdError, UsageError
from ctcorpus.model.check import CLEAN
from tests.citing.check_corpus import checked, corpus_in, only, verdicts


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    with corpus_in(tmp_path_factory.mktemp("check")) as made:
        yield made


#: what a person may write, all of it right
SOUND = (
    "The paper says “Its ferries are old, safe and slow.”",
    'The paper says "its ferries are old, safe and slow".',
    "'The trade cannot be ended by patrols alone', it says.",
    "«Its ferries are old, safe and slow.»",
    "As the text has it:\n\n> Its ferries are old,\n> safe and slow.\n",
    'The line carried "3,000-4,000 passengers a day in 2022".',
    'It is "a trade with its own bankers, as the Elan report put it".',
    'It is "a trade with its own\nbankers".',
    'Captain Solheim said, "We were never told that the doors were open."',
    'Erik Solheim said: "The sea was calm, and nobody was afraid."',
    'Governor Haddad: "A post without people is a house without a door," she said.',
    'Lindqvist writes that "the repair cost exceeded $4.5 million, per an estimate of the insurers".',
    'Harbour Watch reports that "the crew had not closed the bow doors".',
    '"The coast guard rescued 1,482 passengers ... in March 2024"',
    '"[I]ts ferries are old, safe and slow."',
    '"Its ferries are old, safe [sic] and slow."',
    '"[They] were never told that the doors were open", he said.',
    "The coast guard rescued 1,482 passengers in March 2024, the port authority says.",
    "In 2023 the river police arrested 214 smugglers.",
    "Police detained more than 200 smugglers in 2023.",
    "Some 60 officers patrolled over 5,000 kilometres of bank in 2023.",
    "The northern line carried 3,000 to 4,000 passengers a day in 2022.",
    "The insurers estimate that the repair cost more than $4.5 million.",
    "The ministry claims to have inspected 640 ships in 2023.",
    "It calls it “a house without a door”.",
    "The article “The Night Ferry and its Passengers: What the Inquiry Found” tells it.",
)
#: what must not pass, and as what it is told
WRONG = (
    ("altered", '"Its ferries are new, safe and slow."'),
    ("altered", '"Its ferries are old, safe and not slow."'),
    ("altered", '"The trade can be ended by patrols alone"'),
    ("altered", '"We were told that the doors were open"'),
    ("altered", '"Its ferries are old safe and slow."'),
    ("altered", '"ITS FERRIES ARE OLD, SAFE AND SLOW."'),
    ("altered", '"The crew had ... closed the bow doors"'),
    ("altered", '"Its ferries are old ... In the first quarter of 2024 it carried fewer"'),
    ("altered", '"Its ferries are old, safe and slow because two ferries were in dock."'),
    ("altered", '"Its ferries are [not] old, safe and slow"'),
    ("altered", '"Smuggling is [...] a trade with its own bankers"'),
    ("figure_mismatch", '"The coast guard rescued 1,428 passengers from the night ferry"'),
    ("figure_mismatch", '"a rise of 21% over the five years before"'),
    ("figure_mismatch", '"The repair cost exceeded $4.5 billion"'),
    ("figure_mismatch", '"there were seven ships in 2023"'),
    ("figure_mismatch", '"5,000 passengers a day in 2022"'),
    ("misattributed", 'Governor Haddad said, "We were never told that the doors were open."'),
    ("misattributed", 'Captain Solheim said, "A post without people is a house without a door."'),
    ("misattributed", 'Prime Minister Olsen said "Its ferries are old, safe and slow."'),
    ("misattributed", 'According to the article (river_07), "its ferries are old, safe and slow".'),
    ("misattributed", "> A post without people is a house without a door\n> — Erik Solheim\n"),
    ("unresolved", 'Smuggling is "merely a matter of poverty".'),
    ("unresolved", 'The captain said "We were never told and left it there.'),
    ("not_found", '"The lighthouse was painted white every spring by its keeper."'),
    ("figure_mismatch", "In 2022 the river police arrested 214 smugglers."),
    ("figure_mismatch", "In 2023 the river police killed 214 smugglers."),
    ("figure_mismatch", "In 2023 the river police arrested 412 smugglers."),
    ("figure_mismatch", "Over 300 of the passengers of the night ferry had no papers."),
    ("figure_mismatch", "Fewer than 5,000 kilometres of bank were patrolled in 2023."),
    ("not_found", "The lighthouse has 99 windows."),
)


@pytest.mark.parametrize("draft", SOUND)
def test_what_is_right_is_clean(corpus: Corpus, draft: str) -> None:
    report = checked(corpus, draft)
    assert report.items
    assert {x for x in verdicts(report) if x not in CLEAN} == set(), report.items
    assert report.is_clean


@pytest.mark.parametrize(("verdict", "draft"), WRONG)
def test_what_is_wrong_never_passes(corpus: Corpus, verdict: str, draft: str) -> None:
    report = checked(corpus, draft)
    assert verdict in verdicts(report), report.items
    assert not report.is_clean


def test_every_sentence_is_verbatim_and_none_with_a_change_is_clean(corpus: Corpus) -> None:
    for entry in corpus.documents():
        document = corpus.show(entry.id)
        for sentence in document.sentences:
            words = sentence.of(document.text)
            found = corpus.check(quote=words).items[0]
            assert found.verdict == "verbatim"
            assert document.text[found.start : found.end].strip("“”") == words.strip("“”")
            for changed in _changes(words):
                assert corpus.check(quote=changed).items[0].verdict not in CLEAN, changed


def _changes(words: str) -> Iterator[str]:
    """The sentence with one word more, one less, another, and with another digit."""
    tokens = words.split()
    middle = len(tokens) // 2
    yield " ".join([*tokens[:middle], "not", *tokens[middle:]])
    yield " ".join([*tokens[:middle], *tokens[middle + 1 :]])
    yield " ".join([*tokens[:middle], "granite", *tokens[middle + 1 :]])
    digit = re.search(r"\d", words)
    if digit:
        yield words[: digit.start()] + str((int(digit[0]) + 3) % 10) + words[digit.end() :]


def test_typography_is_no_difference(corpus: Corpus) -> None:
    for entry in corpus.documents():
        document = corpus.show(entry.id)
        for sentence in document.sentences:
            words = sentence.of(document.text).replace("’", "'").replace("–", "-").replace(" ", " \n ", 1)
            words = words.replace("“", '"').replace("”", '"').replace("É", "E")
            assert corpus.check(quote=words).items[0].verdict in CLEAN, words


def test_an_item_names_its_place_in_the_draft_and_in_the_store(corpus: Corpus) -> None:
    report = checked(corpus, "# A *memo*\n\nIt says **that** “Its ferries are new, safe and slow.”\n")
    found = only(report)
    assert (found.draft.line, found.draft.text) == (3, "“Its ferries are new, safe and slow.”")
    assert [(x.draft, x.source) for x in found.differences] == [("new", "old")]
    assert found.document is not None
    text = corpus.show(found.document).text
    assert text[found.start : found.end] == "Its ferries are old, safe and slow" == found.source


def test_warnings(corpus: Corpus) -> None:
    cut = only(checked(corpus, 'It says "the crew had not closed the bow doors".'))
    assert (cut.verdict, cut.warnings) == ("verbatim", ("context_cut",))
    dropped = only(checked(corpus, "The ministry inspected 640 ships in 2023."))
    assert (dropped.verdict, "attribution_dropped" in dropped.warnings) == ("figure_supported", True)
    assert dropped.source_says is not None
    assert dropped.source_says.speaker == "ministry"
    undated = only(checked(corpus, "The river police arrested 214 smugglers."))
    assert "period_dropped" in undated.warnings


def test_strict_makes_a_warning_a_finding(corpus: Corpus) -> None:
    draft = 'It says "the crew had not closed the bow doors".'
    assert checked(corpus, draft).is_clean
    assert checked(corpus, draft, strict=True).findings == 1


def test_a_work_that_the_store_lacks_is_counted_apart(corpus: Corpus) -> None:
    report = checked(corpus, 'One says "Winter is long" [@olsen-2019-winter]. It says "Its ferries are old".')
    assert (report.outside, report.findings, report.is_clean) == (2, 0, True)
    assert not checked(corpus, 'One says "Winter is long" [@olsen-2019-winter].').is_clean
    assert verdicts(checked(corpus, '"The sea is made of lead and salt" [external]')) == ["outside_corpus"]


def test_a_draft_in_which_nothing_can_be_checked_is_not_clean(corpus: Corpus) -> None:
    report = checked(corpus, "Only words of the writer.")
    assert (report.checked, report.findings, report.is_clean) == (0, 0, False)


def test_a_cited_key_binds_the_quotation_to_its_source(corpus: Corpus) -> None:
    keys = {entry.path.rpartition("/")[2]: entry.citekey for entry in corpus.documents()}
    right = checked(corpus, f"“Its ferries are old, safe and slow” [@{keys['ledger.txt']}].")
    assert verdicts(right) == ["verbatim", "verbatim"]
    wrong = checked(corpus, f"“Its ferries are old, safe and slow” [@{keys['harbour.txt']}].")
    assert "misattributed" in verdicts(wrong)


def test_one_quotation_with_speaker_and_source(corpus: Corpus) -> None:
    words = "We were never told that the doors were open"
    assert corpus.check(quote=f"“{words}”", speaker="Solheim").is_clean
    assert not corpus.check(quote=words, speaker="Amina Haddad").is_clean
    assert corpus.check(quote=words, source="harbour.txt").is_clean
    assert not corpus.check(quote=words, source="ledger.txt").is_clean
    with pytest.raises(UnknownIdError):
        corpus.check(quote=words, source="nothing-of-this-name")
    with pytest.raises(UsageError):
        corpus.check(quote="“”")


def test_a_long_draft_takes_time_in_proportion(corpus: Corpus) -> None:
    draft = 'It says "Its ferries are old, safe and slow."\n\n' * 200 + "“" * 2_000 + "[@" * 2_000 + "> " * 2_000
    assert checked(corpus, draft).checked >= 200


def test_drafts_are_files_of_known_formats(corpus: Corpus, tmp_path: Path) -> None:
    from ctcorpus.errors import SourceError

    for name, data in (
        ("a.pdf", b"%PDF"),
        ("b.md", b""),
        ("c.md", b" \n"),
        ("d.md", b"\0\1\2\3" * 50),
        ("e.docx", b"PK"),
    ):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(SourceError):
            corpus.check([str(tmp_path / name)])
    with pytest.raises(SourceError, match="no such file"):
        corpus.check([str(tmp_path / "nothing.md")])
