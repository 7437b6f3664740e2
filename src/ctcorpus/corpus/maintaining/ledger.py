"""What a store remembers for itself beside rows and index: a small file in the generation's folder, sealed with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ctcorpus.corpus.maintaining.survey import Look
from ctcorpus.errors import StoreDamagedError
from ctcorpus.ingest.readers.columns import Columns

FILE = "ledger.json"


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the next run needs to know of the last one.

    statements: digest of ``sources.toml`` as it was applied; empty where there was none. failed: name of an input that
    was set aside -> what its file looked like. forgotten: sha256 of a source that was forgotten -> when (UTC). fields:
    the columns by which tables of articles were read.
    """

    statements: str = ""
    failed: Mapping[str, Look] = field(default_factory=dict)
    forgotten: Mapping[str, str] = field(default_factory=dict)
    fields: Columns = field(default_factory=dict)


def read_ledger(folder: Path | None) -> Ledger:
    """The ledger of a generation; an empty one where it has none. StoreDamagedError where it cannot be read."""
    try:
        found = json.loads((folder / FILE).read_bytes()) if folder else {}
    except FileNotFoundError:
        return Ledger()
    except ValueError as error:
        raise StoreDamagedError(folder or "", f"{FILE}: {error}") from error
    failed = {name: (int(a), int(b), int(c), int(d)) for name, (a, b, c, d) in found.get("failed", {}).items()}
    fields = {what: tuple(names) for what, names in found.get("fields", {}).items()}
    return Ledger(found.get("statements", ""), failed, found.get("forgotten", {}), fields)


def write_ledger(folder: Path, ledger: Ledger) -> None:
    """Writes the ledger into the folder of a generation under way."""
    plain = {
        "statements": ledger.statements,
        "failed": dict(sorted(ledger.failed.items())),
        "forgotten": dict(sorted(ledger.forgotten.items())),
        "fields": {what: list(names) for what, names in sorted(ledger.fields.items())},
    }
    (folder / FILE).write_text(json.dumps(plain, indent=1, ensure_ascii=True) + "\n", encoding="ascii")
