"""The evidence pack: a folder that a stranger can check without this tool."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from ctcorpus.citing.exporting.formats import render
from ctcorpus.citing.exporting.output import write_folder
from ctcorpus.model.export import Selection, Written
from ctcorpus.store import Store

Sources = Literal["none", "full"]

MANIFEST = "manifest.json"
#: file of the pack -> the format it is in
FILES = {
    "passages.md": "markdown",
    "passages.jsonl": "jsonl",
    "passages.html": "html",
    "references.ris": "ris",
    "references.json": "csl-json",
    "annotations.jsonld": "w3c",
}
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_README = """An evidence pack: {passages} quotations from {documents} documents.

passages.md          for reading; pandoc takes it, with references.json
passages.html        for reading in a browser; it loads nothing
passages.jsonl       for programs: a quotation a line, with its position and the digests of its source
references.ris       for Zotero and the like: a record a source, its quotations as notes
references.json      CSL-JSON, for pandoc and other processors
annotations.jsonld   W3C Web Annotations
manifest.json        the SHA-256 of every other file
verify.py            checks all of this: python3 verify.py
{sources}
Start and end of a quotation count the Unicode code points of its text, from 0.
Whoever changes a file can change the manifest too. Compare the SHA-256 of manifest.json, which verify.py prints,
with the one that the sender tells you by another way.
"""
_WITH = """texts/               the text of each source, as it was read: what the positions count in
sources/             each source, byte for byte, named by its SHA-256
"""
_WITHOUT = """
The texts of the sources did not come with it. So verify.py can tell that these files are the ones that were packed,
not that the quotations stand in their sources. For that, have each source, take the text whose SHA-256 is named
beside the quotation, and put it into texts/ under the document's id.
"""


def write_pack(
    store: Store, selection: Selection, folder: Path, *, sources: Sources = "none", force: bool = False
) -> list[Written]:
    """Writes the whole pack or nothing; its files, the manifest last.

    sources "full": with the text and the bytes of each source. force: replaces a folder that is a pack. Raises
    UsageError where something is in the way.
    """
    files = _files(store, selection, sources)
    told = {name: _told(data) for name, data in files.items()}
    manifest = {
        "schema": "ctcorpus/pack/1",
        "made": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "query": selection.query,
        "generation": selection.generation,
        "corpus_digest": store.digest,
        "passages": len(selection.passages),
        "sources": sources,
        "files": told,
    }
    files[MANIFEST] = (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    return write_folder(folder, files, force=force, own=MANIFEST)


def _files(store: Store, selection: Selection, sources: Sources) -> dict[str, bytes]:
    """Name -> bytes of every file but the manifest."""
    files: dict[str, bytes] = {}
    for name, form in FILES.items():
        made = render(selection, form)
        files[name] = made.encode("utf-8") if isinstance(made, str) else made
    documents = dict.fromkeys(passage.document for passage in selection.passages)
    if sources == "full":
        for name in documents:
            document = store.document(name)
            files[f"texts/{name}.txt"] = document.text.encode("utf-8")
            suffix = Path(document.provenance.path).suffix.lower()
            ending = suffix if _SUFFIX.fullmatch(suffix) else ""
            files[f"sources/{document.provenance.sha256}{ending}"] = store.source_bytes(document.provenance.sha256)
    with_sources = _WITH if sources == "full" else _WITHOUT
    readme = _README.format(passages=len(selection.passages), documents=len(documents), sources=with_sources)
    files["README.txt"] = readme.encode("utf-8")
    files["verify.py"] = Path(__file__).with_name("verify_pack.txt").read_bytes()
    return files


def _told(data: bytes) -> Mapping[str, object]:
    return {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
