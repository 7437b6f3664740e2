"""The digest of what is searched, in two steps, so that a change of one document costs no look at all the others.

Documents are put into up to 256 parts by the first two digits of their id. A generation's list has a line for each part
that holds any: its digits and the sha256 of its documents. The digest of the content is the sha256 of that list; so the
list of the generation before can be taken over once it has been held against that generation's digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ctcorpus.store.view import View

#: in the folder of a generation: its list
FILE = "content.sha256s"
#: digits of an id that name a part
_DIGITS = 2
#: with more parts to be read anew than this, one scan of everything is quicker
_MANY = 48


def content_list(view: View) -> bytes:
    """The list of a view: a line for each part, in order, by id, digest of the text and digest of the facts."""
    return _written(_parts(view, "", _DIGITS))


def digest_as_kept(view: View, folder: Path) -> str:
    """The digest of a view's content, as the generation in ``folder`` keeps it: without a list, as one long text."""
    if (folder / FILE).exists():
        return hashlib.sha256(content_list(view)).hexdigest()
    digest = hashlib.sha256()
    for _, line in _lines(view, ""):
        digest.update(line)
    return digest.hexdigest()


def content_list_after(view: View, before: Path, digest: str, changed: Collection[str]) -> bytes:
    """What ``content_list`` gives, computed from the list of the generation before.

    before: that generation's folder. digest: its content's; a list that has another is not used. changed: the ids of
    all documents that either generation searches and that the other does not, or has otherwise.
    """
    touched = sorted({name[:_DIGITS] for name in changed})
    try:
        data = (before / FILE).read_bytes()
    except FileNotFoundError:  # written before there were lists
        return content_list(view)
    if len(touched) > _MANY or hashlib.sha256(data).hexdigest() != digest:
        return content_list(view)
    parts = {line[:_DIGITS]: line[_DIGITS + 1 :] for line in data.decode("ascii").splitlines()}
    for part in touched:
        parts.pop(part, None)
        parts.update(_parts(view, part, _DIGITS))
    return _written(parts)


def _written(parts: Mapping[str, str]) -> bytes:
    return "".join(f"{part} {digest}\n" for part, digest in sorted(parts.items())).encode("ascii")


def _parts(view: View, begin: str, digits: int) -> dict[str, str]:
    """Part -> digest, of the documents that are searched and whose id begins so."""
    found: dict[str, str] = {}
    part, digest = "", hashlib.sha256()
    for name, line in _lines(view, begin):
        if name[:digits] != part:
            if part:
                found[part] = digest.hexdigest()
            part, digest = name[:digits], hashlib.sha256()
        digest.update(line)
    if part:
        found[part] = digest.hexdigest()
    return found


def _lines(view: View, begin: str) -> Iterator[tuple[str, bytes]]:
    """Id and what it stands for, in order of id."""
    # two plain scans and a set are four times as quick as one query that looks up each row's entry
    bounds = (begin, f"{begin}g")  # after every hexadecimal digit
    within = "searched = 1 AND id >= ? AND id < ?"
    searched = {name for (name,) in view.visible("entries", "id", "entries", within, *bounds)}
    query = (
        "SELECT d.id, t.sha256, d.facts_seal FROM documents d JOIN texts t ON t.row = d.text "
        "WHERE d.born <= ?1 AND (d.died IS NULL OR d.died > ?1) AND {} ORDER BY {}"
    )
    where = query.format("d.id >= ?2 AND d.id < ?3", "d.id") if begin else query.format("?2 < ?3", "+d.id")
    for name, text, facts in view.each("documents", where, view.generation, *bounds):
        if name in searched:
            yield name, f"{name} {text} {bytes(facts).hex()}\n".encode()
