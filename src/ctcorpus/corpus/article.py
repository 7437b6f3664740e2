"""One article, of the store or not: its text, its facts and its row."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ctcorpus.errors import UnknownIdError
from ctcorpus.model.entry import Entry

if TYPE_CHECKING:
    from ctcorpus.analysis.news import Article
    from ctcorpus.annotate.thesaurus import Thesaurus
    from ctcorpus.store import Store


def article(store: Store, thesaurus: Thesaurus, id: str) -> Article:
    """The document that an ID names, else the file of this name, read now; nothing is written.

    Raises UnknownIdError where neither is there, SourceError for a file that cannot be read.
    """
    from ctcorpus.analysis.news import Article

    try:
        entry = store.find(id)
    except UnknownIdError:
        if not Path(id).is_file():
            raise
        return _read(Path(id), thesaurus)
    return Article(store.document(entry.id), store.facts(entry.id), entry)


def _read(path: Path, thesaurus: Thesaurus) -> Article:
    from ctcorpus.analysis.news import Article
    from ctcorpus.annotate import annotate
    from ctcorpus.ingest import read_bytes
    from ctcorpus.ingest.source import read_source

    document = read_bytes(read_source(path), name=str(path))
    meta = document.metadata
    entry = Entry(
        id=document.id,
        citekey=path.name,
        path=str(path),
        paths=(str(path),),
        title=meta.title,
        authors=meta.authors,
        site=meta.site,
        publisher=meta.publisher,
        published=meta.published,
        as_of=meta.as_of,
        passages=len(document.passages),
    )
    return Article(document, annotate(document, thesaurus), entry)
