"""Records and generations: one SQLite file, the sources' bytes, and a folder for each state of the index.

    with open_store(path) as store: ...                  the live generation, pinned while it is open
    with StoreWriter.open(path) as writer: ...           the next one; ``writer.commit`` flips to it
    for finding in examine(path): ...                    every byte checked

What an index keeps in its folder is not known here.
"""

from ctcorpus.store.citekeys import corpus_folder
from ctcorpus.store.database import FORMAT
from ctcorpus.store.reader import Store, open_store
from ctcorpus.store.view import StoredPassage, View

__all__ = ["FORMAT", "Store", "StoredPassage", "View", "corpus_folder", "open_store"]
