"""What changed between two versions of a work: sentence by sentence, each with a place that can be cited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from ctcorpus.errors import UsageError
from ctcorpus.model.document import Document
from ctcorpus.model.entry import Entry
from ctcorpus.model.report import Change, DiffReport, Piece
from ctcorpus.store import Store

#: what a document says of itself and a change of which is told
FIELDS = ("title", "standfirst", "authors", "site", "publisher", "published", "as_of")
#: two sentences that share so much of their words are one that was changed
ALIKE = 0.5


def diff(store: Store, entry: Entry, before: int | None = None, after: int | None = None) -> DiffReport:
    """The differences between two versions, by number; by default the one that the entry names (the newest, where a
    citekey is given) and the one before it.

    Raises UsageError where the work has one version only, or not the one that is asked for.
    """
    versions = {x.version: x for x in store.versions(entry.work)}
    if len(versions) < 2:
        raise UsageError(f"'{entry.citekey}' has one version only: it has not changed since it was first read")
    last = after if after is not None else entry.version
    earlier = [x for x in versions if x < last]
    if before is None and not earlier:
        last, earlier = max(versions), [entry.version]
    first = before if before is not None else max(earlier)
    for number in (first, last):
        if number not in versions:
            known = ", ".join(str(x) for x in sorted(versions))
            raise UsageError(f"'{entry.citekey}' has no version {number}", f"There are: {known}")
    old, new = store.document(versions[first].id), store.document(versions[last].id)
    ours, theirs = _pieces(old), _pieces(new)
    matcher = SequenceMatcher(None, [x.text for x in ours], [x.text for x in theirs], autojunk=False)
    changes = tuple(_moved(list(_changes(matcher, ours, theirs))))
    return DiffReport(
        citekey=entry.citekey,
        before=old.id,
        after=new.id,
        before_version=first,
        after_version=last,
        versions=len(versions),
        fields=tuple(_fields(old, new)),
        changes=changes,
        unchanged=sum(x.size for x in matcher.get_matching_blocks()),
    )


def _pieces(document: Document) -> list[Piece]:
    """Every sentence, heading and line of front matter, in order."""
    spans = document.units()
    return [Piece(f"{document.id}:{x.start}-{x.end}", x.start, x.end, x.of(document.text)) for x in spans]


def _fields(old: Document, new: Document) -> Iterator[dict[str, object]]:
    before, after = old.metadata.to_dict(), new.metadata.to_dict()
    for name in FIELDS:
        if before[name] != after[name]:
            yield {"field": name, "before": before[name], "after": after[name]}


def _changes(matcher: SequenceMatcher[str], ours: Sequence[Piece], theirs: Sequence[Piece]) -> Iterator[Change]:
    for what, a, b, c, d in matcher.get_opcodes():
        if what != "equal":
            yield from _paired(ours[a:b], theirs[c:d])


def _paired(before: Sequence[Piece], after: Sequence[Piece]) -> Iterator[Change]:
    """What stood here against what stands here now: sentences that share most of their words are one, in order."""
    at = 0
    for piece in before:
        words = set(piece.text.lower().split())
        found = next((x for x in range(at, min(len(after), at + 20)) if _share(words, after[x]) >= ALIKE), None)
        if found is None:
            yield Change("removed", piece, None)
            continue
        yield from (Change("added", None, x) for x in after[at:found])
        yield Change("changed", piece, after[found])
        at = found + 1
    yield from (Change("added", None, x) for x in after[at:])


def _share(words: set[str], other: Piece) -> float:
    theirs = set(other.text.lower().split())
    return 2 * len(words & theirs) / (len(words) + len(theirs)) if words or theirs else 0.0


def _moved(changes: list[Change]) -> Iterator[Change]:
    """The changes with a sentence that was removed here and added there, in the same words, told as moved."""
    added = {x.after.text: at for at, x in enumerate(changes) if x.kind == "added" and x.after}
    paired: dict[int, int] = {}
    for at, change in enumerate(changes):
        if change.kind == "removed" and change.before and (there := added.pop(change.before.text, None)) is not None:
            paired[at] = there
    targets = set(paired.values())
    for at, change in enumerate(changes):
        if at in paired:
            yield Change("moved", change.before, changes[paired[at]].after)
        elif at not in targets:
            yield change
