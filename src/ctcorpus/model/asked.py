"""A question as it is put: the words, and every option that the answer depends on."""

from __future__ import annotations

from ctcorpus.model.record import Record, record


@record
class Asked(Record):
    """A question with everything that its answer depends on. new_since: a generation, a date or "last"."""

    query: str
    n: int = 10
    offset: int = 0
    exact: bool = False
    state_labels: bool = True
    explain: bool = False
    ranker: str = "bm25"
    sort: str = "score"
    group_by: str | None = None
    context: int = 0
    facets: bool = False
    include_undated: bool = False
    new_since: str | None = None
