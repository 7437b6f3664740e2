"""Whatever is typed: an answer, or nothing with a reason; never a crash, and the same in every process."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ctcorpus.corpus import Corpus
from ctcorpus.errors import QueryLimitError

PIECES = (
    *("fence", "border", "Army", "2024", "700", "open hearings", "AND", "OR", "NOT", "w/3", "not", "TO"),
    *('"', "“", "”", "«", "(", ")", "+", "-", "*", "?", "~", "~2", "/", "/a.*/", "/[/", "/(/", "a*", "*e*", "f?nce"),
    *("=", ":", "title:", "site:", "published:", "date:", "num:", "2024..", "..", ">", "@", "@army", "+state", "said:"),
    *(
        "\x00",
        "\n",
        "\t",
        "🙂",
        "\u202e",
        "\u200f",
        "\ud800",
        "é",
        "ہ",
        "\\",
        "'",
        "’",
        "{",
        "}",
        "[",
        "]",
        "^",
        "$",
        "|",
    ),
    *(";", ",", "!", "#", "%", "&", "<", "id:", "kind:", "concept:", "event:2020-13", "fence~1", "fencee~2", " "),
)
TYPED = st.lists(st.sampled_from(PIECES), max_size=12).flatmap(
    lambda parts: st.sampled_from([" ".join(parts), "".join(parts)])
)
SAME_FIXTURE = settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@SAME_FIXTURE
@given(TYPED)
def test_nothing_typed_crashes_or_is_answered_with_nothing_in_silence(corpus: Corpus, text: str) -> None:
    try:
        results = corpus.search(text, 3)
    except QueryLimitError:
        return
    query = results.query
    if not results.total:
        assert query.warnings or results.absent_words, text
    for hit in results:
        assert hit.text == corpus.show(hit.document).text[hit.passage.start : hit.passage.end]


def test_a_query_without_a_word_finds_nothing_and_says_so(corpus: Corpus) -> None:
    for text in ("", " ", "!!", '"', "()", "🙂", "\x00"):
        results = corpus.search(text)
        assert results.total == 0, text
        assert results.query.warnings, text


def test_a_pattern_that_cannot_be_looked_up_is_searched_as_text_with_a_warning(corpus: Corpus) -> None:
    results = corpus.search(" ".join(f"{x}ence~2" for x in "abcdefgh"))
    assert sum("searched as text" in x for x in results.query.warnings) == 2
    assert corpus.search("a" * 40 + "~1").query.warnings


def test_the_answer_is_the_same_in_every_process(corpus: Corpus) -> None:
    queries = [
        "border fence",
        "fence OR court OR river army",
        "f* c?urts",
        "fence w/9 army",
        "army 2024",
        "officials~2",
    ]
    code = (
        "import sys, json, ctcorpus\n"
        "corpus = ctcorpus.open(sys.argv[1])\n"
        "answers = [corpus.search(q, facets=True, group_by='site').to_dict() | {'seconds': 0} for q in sys.argv[2:]]\n"
        "sys.stdout.write(json.dumps(answers))"
    )
    answers = [
        subprocess.run(
            [sys.executable, "-c", code, str(corpus.path), *queries],
            env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "4711")
    ]  # fmt: skip
    assert answers[0] == answers[1]
    assert all(x["hits"] for x in json.loads(answers[0]))
