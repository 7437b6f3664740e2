"""Claims, the strength of their assertion, and what bears on them elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctcorpus.analysis.assertion import assertion_of
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
