"""The receipt of a search, and the same search run again: what changed, and why."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ctcorpus.errors import SourceError, UnknownIdError, UsageError
from ctcorpus.model.asked import Asked
from ctcorpus.model.hit import Hit, Results
from ctcorpus.model.receipt import Cause, Change, HitReceipt, Receipt, Replay
from ctcorpus.model.version import VERSION

if TYPE_CHECKING:
    from ctcorpus.store import Store

SCHEMA = "ctcorpus/receipt/1"


def receipt(store: Store, asked: Asked, results: Results) -> Receipt:
    """The receipt of an answer that was just given."""

    if results.since:  # "last" means another point tomorrow
        asked = replace(asked, new_since=str(results.since.after_generation))
    entries = store.entries_of(dict.fromkeys(x.document for x in results.hits))
    return Receipt(
        made=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        version=VERSION,
        asked=asked,
        query=results.query,
        generation=results.generation,
        digest=store.digest,
        rules=store.rules,
        searched=results.searched,
        excluded=results.excluded,
        total=results.total,
        total_relation=results.total_relation,
        totals=results.totals,
        absent_words=results.absent_words,
        hits=tuple(_kept(x, entries[x.document].work) for x in results.hits),
    )


def write_receipt(made: Receipt, path: Path) -> None:
    """Writes a receipt under a temporary name, then renames it. Raises UsageError where that cannot be done."""
    temporary = path.with_name(f".{path.name}.new")
    try:
        temporary.write_text(json.dumps(made.to_dict(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise UsageError(f"The receipt cannot be written to '{path}': {error.strerror or error}") from error


def read_receipt(path: Path) -> Receipt:
    """A receipt that was written before. Raises SourceError where the file is none."""
    try:
        plain = json.loads(path.read_bytes())
    except OSError as error:
        raise SourceError(path, error.strerror or str(error)) from error
    except ValueError as error:
        raise SourceError(path, "it is not JSON") from error
    if not isinstance(plain, dict) or plain.get("schema") != SCHEMA:
        raise SourceError(path, f"it is no receipt of a search ({SCHEMA})")
    try:
        return Receipt.from_dict(plain)
    except (TypeError, ValueError, AttributeError) as error:
        raise SourceError(path, f"a part of the receipt is missing: {error}") from error


def replay(store: Store, path: Path, ask: Callable[[Asked], Results]) -> Replay:
    """The recorded search, run again on the store as it is now: what changed, hit by hit, and what may be why."""
    was = read_receipt(path)
    now = ask(was.asked)
    causes = tuple(_causes(store, was))
    changes = tuple(_changes(store, was, now, causes))
    return Replay(
        receipt=str(path),
        made=was.made,
        query=was.asked.query,
        same=not changes and dict(was.totals) == dict(now.totals),
        causes=causes,
        changes=changes,
        was=was.totals,
        now=now.totals,
    )


def _kept(hit: Hit, work: str) -> HitReceipt:
    return HitReceipt(
        rank=hit.rank,
        match=hit.match,
        passage=hit.passage.id,
        document=hit.document,
        work=work,
        path=hit.path,
        sha256=hashlib.sha256(hit.text.encode("utf-8")).hexdigest(),
        text_sha256=hit.citation.text_sha256,
        reference=hit.citation.reference,
    )


def _causes(store: Store, was: Receipt) -> Iterator[Cause]:

    if was.version != VERSION:
        yield Cause("version", was.version, VERSION)
    before, after = _parts(was.rules), _parts(store.rules)
    if before["rules"] != after["rules"]:
        yield Cause("rules", before["rules"], after["rules"])
    if before["thesaurus"] != after["thesaurus"]:
        yield Cause("thesaurus", before["thesaurus"], after["thesaurus"])
    if was.digest != store.digest:
        yield Cause("documents", was.digest, store.digest)


def _parts(rules: str) -> dict[str, str]:
    """The version of the rules, and of the thesaurus that they were used with."""
    parts = rules.split(" thesaurus/")
    return {"rules": parts[0], "thesaurus": parts[1] if len(parts) > 1 else ""}


def _changes(store: Store, was: Receipt, now: Results, causes: tuple[Cause, ...]) -> Iterator[Change]:
    before = {x.passage: x for x in was.hits}
    after = {x.passage.id: x for x in now.hits}
    for passage, kept in before.items():
        hit = after.get(passage)
        if hit is None:
            yield Change("gone", passage, kept.rank, None, _why_gone(store, kept, causes), kept.reference)
        elif hit.rank != kept.rank or hit.match != kept.match:
            why = "the passages around it changed, or what words weigh" if causes else "the order of equals changed"
            yield Change("moved", passage, kept.rank, hit.rank, why, hit.citation.reference)
    works = {x.work for x in was.hits}
    for passage, hit in after.items():
        if passage not in before:
            why = _why_new(store, hit, was, works, causes)
            yield Change("new", passage, None, hit.rank, why, hit.citation.reference)


def _why_gone(store: Store, kept: HitReceipt, causes: tuple[Cause, ...]) -> str:
    try:
        entry = store.entry(kept.document)
    except UnknownIdError:
        return f"its document ('{kept.path}') is no longer in the store"
    if entry.superseded_by:
        return f"its document is superseded by version {entry.superseded_by[:12]} of the same source"
    if kept.passage not in store.passages([kept.passage]):
        return "its document is now cut into other passages"
    return f"it is still there, but no longer among these hits ({_told(causes)})"


def _why_new(store: Store, hit: Hit, was: Receipt, works: set[str], causes: tuple[Cause, ...]) -> str:
    from ctcorpus.corpus.maintaining.history import read_history

    came = read_history(store).first_seen.get(hit.document, 0)
    if came > was.generation:
        if store.entry(hit.document).work in works:
            return "its document is a newer version of a source that was found before"
        return f"its document came later, with generation {came}"
    return f"it was there before, but not among these hits ({_told(causes)})"


def _told(causes: tuple[Cause, ...]) -> str:
    names = {"version": "another version of ctcorpus", "rules": "other rules", "thesaurus": "another thesaurus"}
    return ", ".join(names.get(x.what, "other documents") for x in causes) or "nothing else is known to have changed"
