"""What is counted and compared about words: concordance, collocates, keyness, passages alike, topics.

Every row of counts carries ``query``, the search that opens the passages it was counted in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

from ctcorpus.model.analysis import Basis
from ctcorpus.model.citation import Citation
from ctcorpus.model.record import Nested, Record, record


@record
class KwicLine(Record):
    """A keyword with its surroundings: all three verbatim and contiguous. start, end: of the keyword."""

    document: str
    left: str
    keyword: str
    right: str
    start: int
    end: int
    citekey: str

    @property
    def id(self) -> str:
        """``DOCUMENT:START-END`` of the keyword, which ``cite`` and ``show`` take."""
        return f"{self.document}:{self.start}-{self.end}"

    def to_dict(self) -> dict[str, Any]:
        """The contract's line, with its id."""
        return {**Record.to_dict(self), "id": self.id}


@record
class Concordance(Record):
    """Lines of a query. matching: passages that match it; read: those of them that the lines were taken from.

    total: occurrences in the passages read; the lines are ``offset`` and following of these in the order of ``sort``.
    """

    basis: Basis
    query: str
    sort: Literal["left", "right", "document"]
    matching: int
    read: int
    total: int
    offset: int
    lines: tuple[KwicLine, ...]
    warnings: tuple[str, ...] = ()

    NESTED: ClassVar[Nested] = {"basis": Basis, "lines": KwicLine}

    def __iter__(self) -> Iterator[KwicLine]:
        return iter(self.lines)

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/kwic/1``."""
        return {"schema": "ctcorpus/kwic/1", **Record.to_dict(self)}


@record
class Collocate(Record):
    """A word beside another. together: within the window; alone: all its occurrences in the selection.

    expected: what chance would put into the window. documents: in which they stand together.
    """

    term: str
    together: int
    alone: int
    expected: float
    g2: float
    log_ratio: float
    mi: float
    dispersion: float | None
    documents: int
    query: str


@record
class Collocations(Record):
    """The collocates of a word, by G2. occurrences: of the word; words: in the selection; candidates: terms that
    reach the minimum. measures: what each number is."""

    basis: Basis
    word: str
    window: int
    minimum: int
    occurrences: int
    words: int
    candidates: int
    measures: Mapping[str, str]
    rows: tuple[Collocate, ...]
    warnings: tuple[str, ...] = ()

    NESTED: ClassVar[Nested] = {"basis": Basis, "rows": Collocate}

    def __iter__(self) -> Iterator[Collocate]:
        return iter(self.rows)

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/collocates/1``."""
        return {"schema": "ctcorpus/collocates/1", **Record.to_dict(self)}


@record
class Keyword(Record):
    """A word of unusual frequency. target, reference: occurrences; the same per million words.

    more_in: where it is relatively more frequent. dispersion, documents: over the documents of that side.
    """

    term: str
    target: int
    reference: int
    target_per_million: float
    reference_per_million: float
    g2: float
    log_ratio: float
    more_in: Literal["target", "reference"]
    dispersion: float | None
    documents: int
    query: str


@record
class Keyness(Record):
    """How the words of a target depart from those of a reference, by G2.

    basis: of the target; against: of the reference, None where that is the rest of the corpus. shared: passages that
    both filters select, counted as the target's.
    """

    basis: Basis
    against: Basis | None
    target_passages: int
    reference_passages: int
    target_words: int
    reference_words: int
    shared: int
    minimum: int
    candidates: int
    measures: Mapping[str, str]
    rows: tuple[Keyword, ...]
    warnings: tuple[str, ...] = ()

    NESTED: ClassVar[Nested] = {"basis": Basis, "against": Basis, "rows": Keyword}

    def __iter__(self) -> Iterator[Keyword]:
        return iter(self.rows)

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/keyness/1``."""
        return {"schema": "ctcorpus/keyness/1", **Record.to_dict(self)}


@record
class Alike(Record):
    """A passage and how alike it is: cosine of TF-IDF weights, 0 to 1. shared: the words that make it so, in
    lower case as the passage has them, weightiest first."""

    passage: str
    document: str
    citekey: str
    score: float
    shared: tuple[str, ...]
    text: str
    citation: Citation

    NESTED: ClassVar[Nested] = {"citation": Citation}


@record
class Similar(Record):
    """The passages most like a text that the corpus holds. compared: passages it was compared with."""

    basis: Basis
    id: str
    measure: str
    compared: int
    passages: tuple[Alike, ...]

    NESTED: ClassVar[Nested] = {"basis": Basis, "passages": Alike}

    def __iter__(self) -> Iterator[Alike]:
        return iter(self.passages)

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/similar/1``."""
        return {"schema": "ctcorpus/similar/1", **Record.to_dict(self)}


@record
class TopicPassage(Record):
    """A passage of a topic. share: how much of the passage's weight over all topics is this one's, 0 to 1."""

    passage: str
    document: str
    citekey: str
    share: float
    text: str
    citation: Citation

    NESTED: ClassVar[Nested] = {"citation": Citation}


@record
class Topic(Record):
    """Words that stand together, and where. size, documents: passages that are more of this topic than of any other,
    and their documents. largest_share: of these passages, the share of the document that has most."""

    number: int
    terms: tuple[str, ...]
    size: int
    documents: int
    largest_share: float
    query: str
    passages: tuple[TopicPassage, ...]

    NESTED: ClassVar[Nested] = {"passages": TopicPassage}


@record
class Topics(Record):
    """The topics of a selection, largest first, or the reason why there are none. fitted: passages they were found in,
    all or an even sample of the selection."""

    basis: Basis
    method: str
    fitted: int
    topics: tuple[Topic, ...]
    reason: str | None = None

    NESTED: ClassVar[Nested] = {"basis": Basis, "topics": Topic}

    def __iter__(self) -> Iterator[Topic]:
        return iter(self.topics)

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/topics/1``."""
        return {"schema": "ctcorpus/topics/1", **Record.to_dict(self)}


@record
class ConceptPair(Record):
    """Two concepts in the same passages. expected: passages that chance would put them into together."""

    a: str
    b: str
    passages: int
    a_passages: int
    b_passages: int
    expected: float
    g2: float
    query: str


@record
class CoOccurrence(Record):
    """Which concepts stand in the same passages: pairs by G2, each concept with the passages that name it."""

    basis: Basis
    concepts: Mapping[str, int]
    measure: str
    pairs: tuple[ConceptPair, ...]

    NESTED: ClassVar[Nested] = {"basis": Basis, "pairs": ConceptPair}

    def __iter__(self) -> Iterator[ConceptPair]:
        return iter(self.pairs)

    def to_dict(self) -> dict[str, Any]:
        """The wire form ``ctcorpus/concepts-co-occurrence/1``."""
        return {"schema": "ctcorpus/concepts-co-occurrence/1", **Record.to_dict(self)}
