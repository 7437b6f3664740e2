"""Checks every byte of a store; on request writes a new generation from what is sound. Nothing is mended in place."""

from __future__ import annotations

import time
from pathlib import Path

from ctcorpus.annotate.thesaurus import Thesaurus
from ctcorpus.corpus.maintaining.ledger import Ledger, read_ledger
from ctcorpus.corpus.maintaining.writing import finish
from ctcorpus.errors import StoreDamagedError
from ctcorpus.ingest.sandbox import missing_protection
from ctcorpus.model.report import DoctorReport, Flaw
from ctcorpus.store.doctor import Examination, damaged_documents, sound_documents
from ctcorpus.store.writer import StoreWriter


def examine(path: Path, thesaurus: Thesaurus, *, repair: bool = False) -> DoctorReport:
    """What was checked and found; with ``repair``, where something fatal was found, also what was written and lost."""
    began = time.perf_counter()
    examination = Examination(path)
    flaws = tuple(Flaw(x.block, x.problem, x.fatal) for x in examination)
    written: int | None = None
    lost: tuple[str, ...] = ()
    if repair and any(x.fatal for x in flaws):
        written, lost = _rewrite(path, thesaurus)
    seconds = round(time.perf_counter() - began, 6)
    notes = tuple(x for x in (missing_protection(),) if x)
    return DoctorReport(dict(examination.checked), flaws, written, lost, seconds, notes)


def _rewrite(path: Path, thesaurus: Thesaurus) -> tuple[int, tuple[str, ...]]:
    """Writes a generation from the sound documents; its number, and the ids of those that are lost."""
    lost = tuple(damaged_documents(path))
    with StoreWriter.open(path, rebuild=True) as writer:
        for sound in sound_documents(path):
            if sound.entry is not None:
                writer.carry(sound.entry, sound.document, sound.facts, sound.source, sound.states)
            elif sound.states:
                writer.put(sound.document, sound.facts, sound.source, sound.states[0])
        rules = writer.base.rules if writer.base else ""
        return finish(writer, thesaurus, _ledger(writer), rules=rules), lost


def _ledger(writer: StoreWriter) -> Ledger:
    """The ledger as it was, empty where it is damaged: then ``sources.toml`` is applied anew by the next run."""
    try:
        return read_ledger(writer.base.index_folder if writer.base else None)
    except StoreDamagedError:
        return Ledger()
