from __future__ import annotations

import re

import pytest

from ctcorpus.corpus import Corpus
from ctcorpus.errors import UsageError
from ctcorpus.index.analysis import Analyzer
from ctcorpus.model.words import KwicLine
from tests.analysis.word_samples import BRIDGE


def shown(line: KwicLine) -> str:
    return f"{line.left}|{line.keyword}|{line.right}"


def test_lines_are_verbatim_and_their_ids_are_spans(seeds: Corpus) -> None:
    for query in ("operations", '"security forces"', "terror*", "/milita.*/", "@ttp", "border fence"):
        found = seeds.kwic(query, width=60)
        assert found.total == len(found.lines) > 0
        for line in found:
            text = seeds.store.text(line.document)
            assert (
                text[line.start - len(line.left) : line.end + len(line.right)] == line.left + line.keyword + line.right
            )
            assert text[line.start : line.end] == line.keyword
            assert seeds.cite(line.id).quote == line.keyword


def test_every_occurrence_has_its_line(seeds: Corpus) -> None:
    wanted = 0
    for entry in seeds.documents():
        document = seeds.show(entry.id)
        for passage in document.passages:
            wanted += len(re.findall(r"(?i)(?<![\w])security forces(?![\w])", passage.span.of(document.text)))
    assert seeds.kwic('"security forces"').total == wanted > 0


def test_order(corpus: Corpus) -> None:
    exact = Analyzer().exact
    right = [exact(x.right)[:3] for x in corpus.kwic("=bridge", sort="right", width=200)]
    assert right == sorted(right)
    left = [exact(x.left)[:-4:-1] for x in corpus.kwic("=bridge", sort="left", width=200)]
    assert left == sorted(left)
    assert len(left) == len(right) == 7
    places = [(x.document, x.start) for x in corpus.kwic("=bridge author:lund")]
    assert places == sorted(places)


def test_width_and_sentence(corpus: Corpus) -> None:
    (first, *_) = corpus.kwic('"old bridge"', width=4)
    assert shown(first) == "The |old bridge| was"
    (line,) = corpus.kwic('"new bridge opened"', width=200, sentence=True)
    assert shown(line) == "The |new bridge opened| in June."
    (line,) = corpus.kwic('"new bridge opened"', width=500)
    assert shown(line) == BRIDGE.split("\n\n")[2].replace("new bridge opened", "|new bridge opened|")


def test_a_filter_narrows(corpus: Corpus) -> None:
    assert {x.citekey for x in corpus.kwic("boats author:lund")} == {"lund-nd-bridge"}
    assert corpus.kwic("boats", 1, offset=1).lines == corpus.kwic("boats").lines[1:2]


def test_what_is_not_there(corpus: Corpus) -> None:
    found = corpus.kwic("submarine")
    assert (found.total, found.matching, found.lines, found.basis.documents) == (0, 0, (), 0)
    with pytest.raises(UsageError):
        corpus.kwic("author:lund")
    with pytest.raises(UsageError):
        corpus.kwic("")


def test_the_wire_form(corpus: Corpus) -> None:
    plain = corpus.kwic("harbour").to_dict()
    assert plain["schema"] == "ctcorpus/kwic/1"
    assert {"document", "left", "keyword", "right", "start", "end", "id"} <= plain["lines"][0].keys()
