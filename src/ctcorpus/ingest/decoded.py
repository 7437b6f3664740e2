"""A text and how it was decoded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it came about. basis: "bom", "utf-8", "declared", "detected" or "fallback". warnings: doubts."""

    text: str
    encoding: str
    basis: str
    warnings: tuple[str, ...] = ()
