from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from ctcorpus.analysis.words.topics import LEAST_DOCUMENTS, LEAST_PASSAGES, MOST_OF_ONE
from ctcorpus.corpus import Corpus
from ctcorpus.errors import UsageError
from tests.analysis.word_samples import TEXTS, indexed

SUBJECTS = {
    "river": ["river", "flood", "bank", "dike", "current", "delta", "water", "stream", "levee", "rain"],
    "court": ["court", "judge", "trial", "lawyer", "verdict", "appeal", "witness", "bench", "clerk", "oath"],
    "harvest": ["harvest", "wheat", "field", "barn", "plough", "grain", "seed", "straw", "orchard", "farmer"],
}
COMMON = ["report", "week", "people", "place", "morning", "number", "word", "road", "house", "season"]


def articles() -> dict[str, str]:
    """24 articles of 10 paragraphs; each paragraph about one of three subjects."""
    chance = random.Random(7)
    made = {}
    for number in range(24):
        paragraphs = [f"Notes of day {number}"]
        for _ in range(10):
            subject = SUBJECTS[chance.choice(sorted(SUBJECTS))]
            words = [chance.choice(subject if chance.random() < 0.5 else COMMON) for _ in range(130)]
            paragraphs.append("The " + " ".join(words) + ".")
        made[f"{number:02d}.txt"] = "\n\n".join(paragraphs) + "\n"
    return made


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    with indexed(tmp_path_factory.mktemp("topics"), articles()) as corpus:
        yield corpus


def test_subjects_are_found_each_with_its_passages(corpus: Corpus) -> None:
    found = corpus.topics(n=3)
    assert found.reason is None
    assert found.fitted == corpus.store.counts().passages >= LEAST_PASSAGES
    subjects = []
    for topic in found:
        (name,) = [x for x, words in SUBJECTS.items() if set(topic.terms[:5]) <= set(words)]
        subjects.append(name)
        assert topic.documents > 1
        assert topic.largest_share <= MOST_OF_ONE
        for passage in topic.passages:
            assert 0 < passage.share <= 1
            assert passage.citation.quote == passage.text
            assert any(x in passage.text for x in topic.terms)
    assert sorted(subjects) == sorted(SUBJECTS)
    assert [x.size for x in found] == sorted((x.size for x in found), reverse=True)


def test_the_same_at_every_run(corpus: Corpus) -> None:
    assert corpus.topics(n=4).to_dict() == corpus.topics(n=4).to_dict()


def test_a_small_corpus_has_none_and_says_so(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus) -> None:
    with indexed(tmp_path_factory.mktemp("small"), TEXTS) as small:
        found = small.topics()
        assert found.topics == ()
        assert str(LEAST_PASSAGES) in str(found.reason)
        assert str(LEAST_DOCUMENTS) in str(found.reason)
    assert "0 passages in 0 documents" in str(corpus.topics("submarine").reason)


def test_no_topics_cannot_be_asked_for(corpus: Corpus) -> None:
    with pytest.raises(UsageError):
        corpus.topics(n=0)
