from __future__ import annotations

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from ctcorpus.analysis.words.stream import FUNCTION_WORDS
from ctcorpus.corpus import Corpus
from ctcorpus.index.analysis import Analyzer
from tests.analysis.word_samples import BRIDGE, indexed


def stems(text: str) -> list[str]:
    grammar = {x.stem for word in FUNCTION_WORDS for x in Analyzer().tokens(word)}
    return [x.stem for x in Analyzer().tokens(text) if not x.joined and x.stem not in grammar]


def test_scores_are_those_of_scikit_learn(seeds: Corpus) -> None:
    stored = [x for entry in seeds.documents() for x in seeds.store.passages_of(entry.id)]
    matrix = TfidfVectorizer(analyzer=stems).fit_transform([x.text for x in stored])
    asked = stored[7]
    cosines = np.asarray((matrix @ matrix[7].T).todense()).ravel()
    wanted = {x.passage.id: float(y) for x, y in zip(stored, cosines, strict=True) if x is not asked and y > 0}
    found = seeds.similar(asked.passage.id, 1000, same_document=True)
    assert {x.passage: x.score for x in found} == pytest.approx(wanted, abs=1e-6)
    assert [x.score for x in found] == sorted(wanted.values(), reverse=True) or len(found.passages) == len(wanted)


def test_the_first_few_are_the_first_of_all(seeds: Corpus) -> None:
    """Not every passage is compared in full: only those that can be among the first."""
    for row in (3, -1):
        asked = seeds.show("jamali-2025-pakistans").passages[row].id
        every = seeds.similar(asked, 1000).to_dict()["passages"]
        for limit in (0, 1, 2, 7, len(every) - 1):
            assert seeds.similar(asked, limit).to_dict()["passages"] == every[:limit]


def test_other_documents_only_unless_asked(seeds: Corpus) -> None:
    own = seeds.entry("jamali-2025-pakistans").id
    assert own not in {x.document for x in seeds.similar(own, 50)}
    passage = seeds.show(own).passages[3]
    beside = {x.passage for x in seeds.similar(passage.id, 50, same_document=True)}
    assert passage.id not in beside
    assert any(x.startswith(own) for x in beside)


def test_shared_words_stand_in_both(seeds: Corpus) -> None:
    passage = seeds.show("jamali-2025-pakistans").passages[3]
    asked = set(stems(passage.span.of(seeds.store.text(passage.document))))
    for row in seeds.similar(passage.id, 5):
        assert row.shared
        assert all(stems(x)[0] in asked and x in Analyzer().exact(row.text) for x in row.shared)
        assert row.citation.quote == row.text


def test_a_filter_and_nothing_alike(corpus: Corpus) -> None:
    bridge = corpus.entry("lund-nd-bridge").id
    assert {x.citekey for x in corpus.similar(bridge, where="ferry")} == {
        x.citekey for x in corpus.documents() if "ferry" in x.path
    }
    assert corpus.similar(bridge, where="submarine").passages == ()
    start = BRIDGE.index("The old")
    assert corpus.similar(f"{bridge}:{start}-{start + 3}").passages == ()  # a function word alone


def test_one_document_only(tmp_path_factory: pytest.TempPathFactory) -> None:
    with indexed(tmp_path_factory.mktemp("one"), {"bridge.txt": BRIDGE}) as corpus:
        found = corpus.similar(corpus.documents()[0].id)
        assert (found.compared, found.passages) == (0, ())
