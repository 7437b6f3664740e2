"""The public face of ctcorpus: open a corpus, one call for each command."""

from ctcorpus.corpus.corpus import Corpus

__all__ = ["Corpus"]
