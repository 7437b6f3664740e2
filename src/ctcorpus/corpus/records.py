"""Wire forms that join several records: what ``--json`` prints of a document."""

from __future__ import annotations

from typing import Any

from ctcorpus.corpus.corpus import Corpus


def show_record(corpus: Corpus, id: str) -> dict[str, Any]:
    """The wire form ``ctcorpus/show/1`` of the document that an ID names, and of the span where it names one."""
    entry, span = corpus.find(id)
    document, facts = corpus.store.document(entry.id), corpus.store.facts(entry.id)
    plain = document.to_dict()
    provenance, metadata = plain.pop("provenance"), plain.pop("metadata")
    passages = [{"id": x.id, "start": x.start, "end": x.end, "heading": x.heading} for x in document.passages]
    row = entry.to_dict()
    own = {"citekey", "path", "paths", "work", "version", "superseded_by", "kind", "country", "reliability", "stated"}
    basis = dict(metadata["basis"]) | dict.fromkeys(entry.maintained, "maintainer")
    given: dict[str, Any] = {name: row[name] for name in ("title", "published", "url") if name in entry.maintained}
    if provenance["retrieved"] is None and "retrieved" in entry.stated:
        given["retrieved"], basis["retrieved"] = entry.stated["retrieved"].value, "maintainer"
    whole = {
        "schema": "ctcorpus/show/1",
        **{key: row[key] for key in row if key in own},
        **provenance,
        **metadata,
        **plain,
        **given,
        "basis": basis,
        "path": row["path"],
        "passages": passages,
        **{key: value for key, value in facts.to_dict().items() if key != "rules"},
    }
    if span is not None:
        whole["span"] = {"start": span.start, "end": span.end, "text": span.of(document.text)}
    return whole
