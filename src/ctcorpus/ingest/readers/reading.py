"""What a reader gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a source and how it was read. reader: name and version; a new version makes new document ids."""

    text: str
    media_type: str
    reader: str
    encoding: str
    encoding_basis: str
    warnings: tuple[str, ...] = ()
