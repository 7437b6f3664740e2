"""Which work a document belongs to: the lineage of a source over its versions, its citekey and its paths."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace as replaced
from typing import Any

from ctcorpus.errors import SourceError
from ctcorpus.model.document import Document
from ctcorpus.model.entry import Entry, Statement
from ctcorpus.store.citekeys import Citekeys, citekey_stem, corpus_folder
from ctcorpus.store.stage import Stage

#: what a maintainer may state of a source, and an entry has
STATED = ("country", "kind", "published", "reliability", "title", "url")


def registry(stage: Stage, trusted: str) -> Citekeys:
    """All citekeys of the corpus folder's file and of the stage; what the store says wins, and a warning tells.

    trusted: digest of the file as the last commit wrote it; where it is still that, it says all that the store says.
    """
    keys = Citekeys(corpus_folder(stage.path), trusted)
    if keys.digest and keys.digest == trusted:
        return keys
    for entry in stage.entries(all_versions=True):
        for path in entry.paths if entry.superseded_by is None else ():
            keys.note(entry.citekey, entry.work, path)
        if not keys.agrees(entry.citekey, entry.work):
            keys.warnings.append(f"{keys.path.name}: in the store '{entry.path}' is called '{entry.citekey}'")
    return keys


def leave(stage: Stage, document: str, path: str, successor: str) -> Entry | None:
    """Takes a path from a document that no longer stands there; the entry if it stood nowhere else.

    In that case it is superseded by what stands there now: readable still, no longer searched.
    """
    entry = stage.entry(document)
    others = set(entry.paths) - {path}
    if others:
        stage.put_entry(renamed(entry, others))
        return None
    stage.put_entry(replaced(entry, superseded_by=successor))
    return entry


def drop(stage: Stage, document: str) -> None:
    """Takes a document out; with the newest version of a work go the older ones. UnknownIdError."""
    entry = stage.entry(document)
    for version in stage.versions(entry.work):
        older = entry.superseded_by is None and version.superseded_by is not None
        if older or version.id == document:
            stage.drop_document(version.id)
        elif version.superseded_by == document:
            stage.put_entry(replaced(version, superseded_by=entry.superseded_by))


def identified(stage: Stage, keys: Callable[[], Citekeys], document: Document, path: str, left: Entry | None) -> Entry:
    """The document's entry with its work, citekey, version and paths, not yet described.

    left: the entry that ``leave`` gave for the path. A document that is searched already gets one path more; one that
    was superseded is the newest version again; a new one continues the work of ``left``, or that which the citekeys
    know by this path or id, or begins a work of its own. Only those two ask for ``keys``, which are slow to gather.
    """
    old = stage.entries_of([document.id]).get(document.id)
    if old is not None and old.superseded_by is None:
        return renamed(old, {*old.paths, path})
    before = old or left
    known = (before.citekey, before.work) if before else keys().known(path, document.id)
    work = known[1] if known else document.id
    citekey = known[0] if known else keys().give(citekey_stem(document), work)
    version = 1 + max((entry.version for entry in stage.versions(work)), default=0)
    kept = before.stated if before else {}
    return Entry(document.id, citekey, path, (path,), work=work, version=version, stated=kept)


def described(entry: Entry, document: Document) -> Entry:
    """The entry with what the document says of itself, and what a maintainer states beside it."""
    metadata, text = document.metadata, document.text
    words = sum(len(text[passage.start : passage.end].split()) for passage in document.passages)
    own = Entry(
        id=entry.id,
        citekey=entry.citekey,
        path=entry.path,
        paths=entry.paths,
        title=metadata.title,
        authors=metadata.authors,
        site=metadata.site,
        publisher=metadata.publisher,
        published=metadata.published,
        as_of=metadata.as_of,
        language=metadata.language,
        words=words,
        passages=len(document.passages),
        work=entry.work,
        version=entry.version,
        title_basis=metadata.basis.get("title"),
        sha256=document.provenance.sha256,
        text_sha256=document.text_sha256,
        url=document.provenance.url,
    )
    return stated(own, entry.stated)


def stated(entry: Entry, statements: Mapping[str, Statement]) -> Entry:
    """The entry with exactly these statements of a maintainer: each gives the value where the source has none."""
    own: dict[str, Any] = {name: None if name in entry.maintained else getattr(entry, name) for name in STATED}
    own["kind"] = None  # no source says of itself what kind it is
    maintained = tuple(name for name in STATED if own[name] is None and name in statements)
    values = own | {name: statements[name].value for name in maintained}
    values["kind"] = values["kind"] or "unknown"
    basis = "maintainer" if "title" in maintained else entry.title_basis if values["title"] else None
    return replaced(entry, **values, title_basis=basis, stated=dict(sorted(statements.items())), maintained=maintained)


def renamed(entry: Entry, paths: set[str]) -> Entry:
    """The entry with these paths, at least one, the first by name in front."""
    ordered = tuple(sorted(paths))
    return replaced(entry, path=ordered[0], paths=ordered)


def refuse_name(path: str) -> None:
    """Raises SourceError for a name that no row can hold, because it is not Unicode."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError as error:
        raise SourceError(path.encode("utf-8", "backslashreplace").decode("utf-8"), "its name is not UTF-8") from error
