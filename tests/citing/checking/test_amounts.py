"""A bound keeps its direction, an estimate stays one, and a number is itself."""

from __future__ import annotations

import pytest

from ctcorpus.annotate import annotate
from ctcorpus.annotate.thesaurus import Thesaurus
from ctcorpus.citing.checking.amounts import fit
from ctcorpus.citing.checking.claims import Claims
from ctcorpus.citing.checking.drafts import read_bytes
from ctcorpus.model.facts import Figure


def _figure(text: str) -> Figure:
    thesaurus = Thesaurus(())
    claims = Claims(read_bytes(text.encode(), name="memo.md"), thesaurus)
    (found,) = annotate(claims.body.document, thesaurus).figures
    return found


@pytest.mark.parametrize(
    ("draft", "source", "wanted"),
    [
        ("They ran 75,175 operations.", "They ran 75,175 operations.", "fits"),
        ("They ran over 75,000 operations.", "They ran 75,175 operations.", "fits"),
        ("They ran 75,175 operations.", "They ran over 75,000 operations.", "differs"),
        ("They ran 75,000 operations.", "They ran over 75,000 operations.", "loosened"),
        ("They killed more than 2,600 men.", "They killed nearly 2,600 men.", "differs"),
        ("They killed more than 2,600 men.", "They killed 2,597 men.", "differs"),
        ("They killed nearly 2,600 men.", "They killed 2,597 men.", "fits"),
        ("They killed about 2,600 men.", "They killed 2,597 men.", "fits"),
        ("They killed 2,600 men.", "They killed about 2,600 men.", "fits"),
        ("They killed over 60 men.", "They killed 600 men.", "differs"),
        ("They have 3,000 to 5,000 men.", "They have 3,000–5,000 men.", "fits"),
        ("They have 5,000 men.", "They have 3,000–5,000 men.", "loosened"),
        ("They killed dozens of men.", "They killed 42 men.", "fits"),
        ("They killed 42 men.", "They killed dozens of men.", "loosened"),
    ],
)
def test_fit(draft: str, source: str, wanted: str) -> None:
    assert fit(_figure(draft), _figure(source)) == wanted
