"""Claims, the strength of their assertion, and what bears on them elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctcorpus.analysis.claims.assertion import assertion_of
from tests.analysis.fact_samples import corpus


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("The fence is complete.", "stated"),
        ("Officials denied that the fence is complete.", "denied"),
        ("Officials did not deny that the fence is complete.", "stated"),
        ("The state claims to have built it.", "claimed"),
        ("The group allegedly built it.", "alleged"),
        ("The fence was reportedly built.", "reported"),
        ("Evidence of it remains contested.", "contested"),
        ("An estimated 40 men built it.", "estimated"),
        ("The group is believed to have built it.", "assessed"),
    ],
)
def test_cues(sentence: str, wanted: str) -> None:
    strength, cue = assertion_of(sentence, 100, None, None)
    assert strength == wanted
    assert (cue is None) == (wanted == "stated")
    if cue is not None:
        assert cue.of(" " * 100 + sentence).lower() in sentence.lower()


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ("claimed", "Responsibility for the blast was claimed by the group."),
        ("stated", "The blast claimed nine lives."),
        ("contested", "The army accuses the port of smuggling, which the port denies."),
        ("denied", "The port rejected the allegation of smuggling."),
        ("contested", "Officials saw no evidence of smuggling."),
        ("stated", "Hundreds of suspected smugglers were held."),
        ("contested", "The port disputes these figures."),
        ("stated", "The dispute over the island began in 1950."),
        ("stated", "They crossed the disputed territory in May."),
    ],
)
def test_more_cues(wanted: str, sentence: str) -> None:
    assert assertion_of(sentence, 0, None, None)[0] == wanted


def test_a_cue_holds_for_its_own_clause() -> None:
    sentence = "Officials rejected the charge, but 40 men built the fence."
    assert assertion_of(sentence, 0, sentence.index("40"), None)[0] == "stated"


def test_claims_are_verbatim_and_related_with_a_reason(tmp_path: Path) -> None:
    with corpus(tmp_path) as made:
        report = made.claims(n=50)
        assert report.claims
        assert not report.more
        for claim in report.claims:
            text = made.show(claim.document).text
            assert claim.text == text[claim.start : claim.end]
            for other in claim.related:
                assert other.document != claim.document
                assert other.reason
                assert other.text == made.show(other.document).text[other.start : other.end]
        killed = next(x for x in report.claims if "2,600 terrorists" in x.text)
        assert any(x.relation == "same_figure" for x in killed.related)


def test_a_limit_says_that_there_is_more(tmp_path: Path) -> None:
    with corpus(tmp_path) as made:
        assert made.claims(n=1).more
        assert made.claims("nowhere").claims == ()


def test_sentences_of_one_matter_are_candidates_and_bare_names_are_none(tmp_path: Path) -> None:
    texts = {
        "a.txt": "First title\n\nThe TTP shelters in Afghanistan and plans raids from its camps.\n",
        "b.txt": "Second title\n\nCamps of the TTP in Afghanistan were shelled.\n\nA choir of Tel Aviv sang.\n",
        "c.txt": "Third title\n\nThe BLA has a branch in Tel Aviv, a paper said.\n",
    }
    with corpus(tmp_path, texts) as made:
        claims = {x.text.split()[1]: x for x in made.claims(n=50).claims}
        assert [x.text.split()[0] for x in claims["TTP"].related] == ["Camps"]
        assert all("choir" not in y.text for x in claims.values() for y in x.related)


def test_a_place_and_a_word_of_change_make_a_claim(tmp_path: Path) -> None:
    text = "A title\n\nAttacks in Swat increased after the bridge was closed to traffic.\n\nSwat is a green valley.\n"
    with corpus(tmp_path, {"a.txt": text}) as made:
        assert [x.text.split()[0] for x in made.claims().claims] == ["Attacks"]
