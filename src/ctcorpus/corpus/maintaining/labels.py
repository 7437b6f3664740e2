"""The label table of a generation: a file in its index folder, sealed with the rest of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from ctcorpus.annotate.label_table import LabelTable
from ctcorpus.corpus.maintaining.tiers import keep
from ctcorpus.store import Store

if TYPE_CHECKING:
    from ctcorpus.annotate.thesaurus import Thesaurus

FILE = "labels.json"


def write_labels(folder: Path, thesaurus: Thesaurus, same: Path | None = None) -> None:
    """Writes the table of a thesaurus into the folder of a generation under way.

    same: the folder of a generation that has this very table.
    """
    if same is not None and (same / FILE).is_file():
        keep([same / FILE], folder)
        return
    table = LabelTable.of(thesaurus).to_dict()
    (folder / FILE).write_text(json.dumps(table, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def read_labels(store: Store) -> LabelTable:
    """The table of the generation that is open; its checksum was compared when the store was opened."""
    return LabelTable.from_dict(json.loads((store.index_folder / FILE).read_bytes()))
