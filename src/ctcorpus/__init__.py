"""ctcorpus: search and analyse a corpus of articles; every answer is a quotation that a stranger can find again.

    import ctcorpus

    with ctcorpus.open("data/index") as corpus:
        for hit in corpus.search("border fence"):
            print(hit.text, hit.citation.reference)

Nothing heavy happens on import: names are looked up when they are first used.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctcorpus.model.version import VERSION

if TYPE_CHECKING:
    from ctcorpus.corpus import Corpus
    from ctcorpus.errors import CtcorpusError
    from ctcorpus.model.citation import Citation, Selector
    from ctcorpus.model.document import Document, Passage
    from ctcorpus.model.hit import Hit, Results
    from ctcorpus.model.span import Span

__version__ = VERSION

__all__ = [
    "Citation",
    "Corpus",
    "CtcorpusError",
    "Document",
    "Hit",
    "Passage",
    "Results",
    "Selector",
    "Span",
    "__version__",
    "open",
]

_HOMES = {
    "Citation": "ctcorpus.model.citation",
    "Corpus": "ctcorpus.corpus",
    "CtcorpusError": "ctcorpus.errors",
    "Document": "ctcorpus.model.document",
    "Hit": "ctcorpus.model.hit",
    "Passage": "ctcorpus.model.document",
    "Results": "ctcorpus.model.hit",
    "Selector": "ctcorpus.model.citation",
    "Span": "ctcorpus.model.span",
}


def open(path: Path | str | None = None) -> Corpus:  # the name is the public one, as in gzip.open
    """The corpus at a path; without one, the store that the command line would use.

    Nothing is read before the first call on it; that raises StoreMissingError where no store was built yet.
    """
    from ctcorpus.corpus import Corpus
    from ctcorpus.corpus.place import find_store

    return Corpus(find_store(path))


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'ctcorpus' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
