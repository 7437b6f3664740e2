"""A page made of cited passages: every word in it is a source's, but for headings and names of columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, ClassVar

from ctcorpus.model.analysis import Basis
from ctcorpus.model.record import Nested, Record, record


@record
class BriefRow(Record):
    """One quotation. words: verbatim; id: where they stand. fields: what was read of them, name -> value.

    reference: for people, with citekey and span.
    """

    words: str
    id: str
    reference: str
    fields: Mapping[str, str] = field(default_factory=dict)


@record
class BriefSection(Record):
    """A heading and its rows. left_off: rows beyond what a page holds."""

    heading: str
    rows: tuple[BriefRow, ...]
    left_off: int = 0

    NESTED: ClassVar[Nested] = {"rows": BriefRow}


@record
class Brief(Record):
    """What the corpus says of a query. absent: what was searched for and stands in none of its documents.

    searched: documents that were searched. sources: citekey -> reference of each document that is quoted.
    """

    basis: Basis
    query: str
    searched: int
    generation: int
    sections: tuple[BriefSection, ...]
    absent: tuple[str, ...]
    sources: Mapping[str, str]
    path: str | None = None

    NESTED: ClassVar[Nested] = {"basis": Basis, "sections": BriefSection}

    @property
    def rows(self) -> int:
        """How many quotations there are."""
        return sum(len(x.rows) for x in self.sections)

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/brief/1``."""
        return {"schema": "ctcorpus/brief/1", **Record.to_dict(self)}
