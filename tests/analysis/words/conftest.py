"""The articles of ``word_samples`` and the five seeds, each indexed once for the tests of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ctcorpus.corpus import Corpus
from tests.analysis.word_samples import SEEDS, TEXTS, indexed


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    with indexed(tmp_path_factory.mktemp("words"), TEXTS) as corpus:
        yield corpus


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    with Corpus(tmp_path_factory.mktemp("seeds") / "index") as corpus:
        corpus.index([SEEDS])
        yield corpus
