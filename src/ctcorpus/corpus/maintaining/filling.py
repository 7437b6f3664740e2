"""The index of the generation under way, from its rows: on the parent's index, where that is possible and pays."""

from __future__ import annotations

import shutil
from collections.abc import Mapping

from ctcorpus.corpus.maintaining.passages import indexed_passages
from ctcorpus.corpus.maintaining.reading import Found
from ctcorpus.corpus.maintaining.run import Teller
from ctcorpus.errors import StoreOutdatedError
from ctcorpus.index.disk import MOST_DELETED, DiskWriter
from ctcorpus.store.writer import StoreWriter

#: in a store: made from its documents, and made anew when it is needed
CACHE = "cache"
#: so many documents to be indexed are told of as a step of their own
WORTH_A_STEP = 500


def fill_index(writer: StoreWriter, fresh: Mapping[str, Found], tell: Teller) -> None:
    """Builds the index of the generation under way from its rows: on the parent's, where that is possible and pays."""
    try:
        if not _mostly_new(writer) and _filled(writer, fresh, tell).deleted_share <= MOST_DELETED:
            return
    except StoreOutdatedError:  # the parent's is of an earlier form: the rows know all that it knew
        if writer.parent_folder is None:
            raise
        shutil.rmtree(writer.path / CACHE, ignore_errors=True)  # nobody else knows what earlier versions kept there
    writer.parent_folder = None
    for file in writer.folder.iterdir():
        file.unlink()
    _filled(writer, fresh, tell)


def _mostly_new(writer: StoreWriter) -> bool:
    """Whether so much of the parent's index is to go that it need not be tried: passages, as the index counts them."""
    if writer.parent_folder is None or writer.base is None:
        return False
    before = writer.base.counts().passages
    gone = sum(x.passages for x in writer.base.entries_of(writer.removed()).values())
    come = sum(x.passages for x in writer.staged.entries_of(writer.added()).values())
    return gone > MOST_DELETED * (before + come)


def _filled(writer: StoreWriter, fresh: Mapping[str, Found], tell: Teller) -> DiskWriter:
    target = DiskWriter(writer.folder, writer.parent_folder)
    try:
        target.remove(writer.removed())
        stage, added = writer.staged, writer.added()
        if len(added) >= WORTH_A_STEP:
            tell.step("indexing")
        for at, name in enumerate(added, start=1):
            held = fresh.get(name)
            document, facts = (held.document, held.facts) if held else (stage.document(name), stage.facts(name))
            target.add(indexed_passages(document, facts, stage.entry(name)))
            if len(added) >= WORTH_A_STEP:
                tell.progress(at, len(added), document.provenance.path)
        target.finish()
    except BaseException:  # nothing is swallowed: the index lets go of its files, whatever it was
        target.abandon()
        raise
    return target
