"""What is in the store, what it rests on, and what has changed since."""

from __future__ import annotations

from ctcorpus.annotate import rules
from ctcorpus.annotate.thesaurus import Thesaurus
from ctcorpus.corpus.survey import survey
from ctcorpus.model.report import Failure, Status
from ctcorpus.store import FORMAT, Store, corpus_folder


def status(store: Store, thesaurus: Thesaurus) -> Status:
    """The state of a store against its sources as they stand now; nothing is written."""
    found = survey(store, corpus_folder(store.path), ())
    entries = list(store.entries())
    wanted = rules(thesaurus)
    counts = store.counts()
    stale = bool(found.new or found.changed or found.news or store.rules != wanted)
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
            "with_author": sum(1 for x in entries if x.authors),
            "with_title": sum(1 for x in entries if x.title),
            "kind_unknown": sum(1 for x in entries if x.kind == "unknown"),
        },
        remedy=remedy,
        warnings=(),
    )
