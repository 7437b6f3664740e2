"""What is in the store, what it rests on, and what has changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctcorpus.annotate import rules
from ctcorpus.corpus.maintaining.alike import read_links
from ctcorpus.corpus.maintaining.ledger import read_ledger
from ctcorpus.corpus.maintaining.survey import survey
from ctcorpus.corpus.stating.configuration import read_configuration
from ctcorpus.corpus.stating.sources_file import FILE as SOURCES_FILE
from ctcorpus.corpus.stating.sources_file import digest_of
from ctcorpus.model.report import Failure, Status
from ctcorpus.store import FORMAT, Store, corpus_folder

if TYPE_CHECKING:
    from ctcorpus.annotate.thesaurus import Thesaurus


def status(store: Store, thesaurus: Thesaurus) -> Status:
    """The state of a store against its sources as they stand now; nothing is written.

    The remedy is the command that mends what is stale, None where nothing is.
    """
    folder = corpus_folder(store.path)
    ledger = read_ledger(store.index_folder)
    found = survey(store, folder, (), configured=read_configuration(folder).sources, failed=ledger.failed)
    entries = list(store.entries())
    wanted = rules(thesaurus)
    counts = store.counts()
    stated_anew = digest_of(folder / SOURCES_FILE) != ledger.statements
    stale = bool(found.new or found.changed or found.news or store.rules != wanted or stated_anew)
    remedy = "ctcorpus index --prune" if found.gone else "ctcorpus index" if stale else None
    return Status(
        store=str(store.path),
        format=FORMAT,
        generation=store.generation,
        created=store.created,
        digest=store.digest,
        documents=counts.documents,
        passages=counts.passages,
        sources=tuple(store.sources()),
        failed=tuple(Failure(path, reason) for path, reason in store.failed()),
        new=tuple(found.new),
        changed=tuple(found.changed),
        gone=tuple(found.gone),
        rules=store.rules,
        rules_wanted=wanted,
        basis={
            "documents": len(entries),
            "dated": sum(1 for x in entries if x.published),
            "dated_by_maintainer": sum(1 for x in entries if "published" in x.maintained),
            "with_author": sum(1 for x in entries if x.authors),
            "with_title": sum(1 for x in entries if x.title),
            "kind_unknown": sum(1 for x in entries if x.kind == "unknown"),
        },
        remedy=remedy,
        statements_stale=stated_anew,
        stated=sum(1 for x in entries if x.stated),
        forgotten=len(ledger.forgotten),
        alike=read_links(store.index_folder),
    )
