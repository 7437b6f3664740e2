"""Where sentences end: one stress line a trap, ``|`` where the cut belongs."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctcorpus.ingest.sentences import sentences

SPACED = """
Lt. Gen. Ahmed Sharif spoke.|He met U.S. officials in Washington.
They left the U.S.|The talks failed.
It cost Rs. 5,000 million.|Nobody paid.
He went to D.I. Khan on Monday.|Police followed.
Maj. Imran (retd.) Khan said no.|Was it true?
Resolution No. 1267 stands.|The answer was no.|Then he left.
Groups, e.g. the miners, and others, i.e. the farmers, remain.|See them vs. India.
“Enough is enough.”.|A recent analysis followed.
He said, “We will act.”|The state agreed.
“Why now?” he asked.|“Because,” she said.
Visit www.Dawn.com for more.|Go to St. Petersburg at 5 p.m. on Friday.
Acme Inc. and Ajax Ltd. merged.|Prof. Dr. S. A. Khan of M.I.T. said so.|“Stop!”|They did.
He wrote “it is over”.|They left (all of them).|It ended...|Nobody knew.
It was 3.5 percent.|Growth of 2.6 km was seen.
The scholars’ boards met.|The extremists’ camp fell.
1. The first point is clear.|2. The second is not.
Fighting ended on Feb. 10, 2024.|It began in Jan.|The truce held.
The raid took place at 10 a.m.|The army confirmed it.
He cited Art. 51 and para. 3.|They like modern art.|It sells.
What next?!|Nobody knows…|Well… maybe.
The clashes ended.[12]|The army replied.
No stop at the end.|It just ends
""".strip().splitlines()


@pytest.mark.parametrize("line", SPACED)
@pytest.mark.parametrize("space", [" ", "\u00a0", "  "])
def test_stress_lines(line: str, space: str) -> None:
    text = line.replace("|", " ").replace(" ", space) if space != "  " else line.replace("|", "  ")
    found = [span.of(text) for span in sentences(text, 0, len(text))]
    assert found == [part.replace(" ", space) if space != "  " else part for part in line.split("|")]


@pytest.mark.parametrize(
    "line",
    ["They closed the border.|Pakistan protested.", "It was in 2025.|India denied it.", "It fell.”|The end came."],
)
def test_a_missing_space_hides_no_end(line: str) -> None:
    text = line.replace("|", "")
    assert [span.of(text) for span in sentences(text, 0, len(text))] == line.split("|")


@given(st.text(alphabet="aB .!?…“”’\u00a0\n1)"))
def test_sentences_cover_every_letter_in_order(text: str) -> None:
    found = sentences(text, 0, len(text))
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    covered = {i for span in found for i in range(span.start, span.end)}
    assert all(i in covered for i, character in enumerate(text) if character.isalnum())
